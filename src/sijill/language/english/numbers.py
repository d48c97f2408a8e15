"""English numbers: numerals and number words, with what bounds them, and what only looks like a number left out."""

from __future__ import annotations

import re
from typing import NamedTuple

from sijill.language.numbers import (
    Bound,
    Kind,
    NumberMention,
    is_label,
    is_range,
    joined_numerals,
    read_numeral,
    whole,
    without_overlap,
)
from sijill.language.tagging import Tagged
from sijill.rules.lexicon import Tag

_NO_PREFIXES: frozenset[str] = frozenset()
_WORD_KINDS = frozenset(
    {
        "zero",
        "unit",
        "teen",
        "tens",
        "hundred",
        "scale",
        "scale.many",
        "dozen",
        "vague",
        "ordinal",
        "fraction",
    }
)
_COUNTED = ("people.", "outcome.")
_YEAR_FRAMES = frozenset(
    {
        "in",
        "since",
        "until",
        "of",
        "by",
        "from",
        "early",
        "late",
        "mid",
        "during",
        "before",
        "after",
        "year",
        "to",
    }
)
_ORDINAL_ENDINGS = frozenset({"st", "nd", "rd", "th"})
_YEAR = re.compile(r"(19|20)\d\d$")


class Atom(NamedTuple):
    """A number word or numeral at a token: what it is, its value and the token after."""

    kind: str
    value: int | float
    stop: int
    name: str = ""


class Count(NamedTuple):
    """A number with its token after; `value` None where it is vague, `scale` the scale word that ends it."""

    value: int | float | None
    stop: int
    kind: Kind
    rule: str
    scale: int = 1


class EnglishNumbers:
    """The numbers of one tagged text. `at(i)` is the number that begins at token i, bounds aside."""

    def __init__(self, tagged: Tagged) -> None:
        self.tagged = tagged
        self.words = tagged.words
        self.forms = tagged.words.forms
        self._tags: dict[int, list[Tag]] = {}
        self._before: dict[int, Tag] = {}
        self._after: dict[int, Tag] = {}
        for tag in tagged.tags:
            category = tag.sense.category
            if category == "number.bound.before":
                known = self._before.get(tag.stop)
                if known is None or known.first > tag.first:
                    self._before[tag.stop] = tag
            elif category == "number.bound.after":
                known = self._after.get(tag.first)
                if known is None or known.stop < tag.stop:
                    self._after[tag.first] = tag
            elif category.startswith("number."):
                self._tags.setdefault(tag.first, []).append(tag)

    def read(self) -> list[NumberMention]:
        """Every number, in order."""
        found: list[NumberMention] = []
        i, n, used = 0, len(self.forms), -1
        while i < n:
            form = self.forms[i]
            if not (i in self._tags or form[0].isdecimal() or form in ("a", "an")):
                i += 1
                continue
            count = self.at(i)
            if count is None:
                i += 2 * joined_numerals(self.words, i) - 1 if form[0].isdecimal() else 1
                continue
            mention, used = self.bounded(i, count, used)
            found.append(mention)
            i = max(mention.stop, i + 1)
        return without_overlap(found)

    def form(self, i: int) -> str:
        return self.forms[i] if 0 <= i < len(self.forms) else ""

    def has(self, i: int, category: str) -> bool:
        return any(tag.sense.category == category for tag in self._tags.get(i, ()))

    def atom(self, i: int) -> Atom | None:
        """The number word or numeral at token i."""
        form = self.form(i)
        if form[:1].isdecimal():
            numeral = read_numeral(self.words, i)
            return Atom("digits", numeral.value, numeral.stop) if numeral else None
        best: Tag | None = None
        for tag in self._tags.get(i, ()):
            if tag.sense.category[7:] in _WORD_KINDS and (best is None or tag.stop > best.stop):
                best = tag
        if best is None:
            return None
        value = best.sense.value
        return Atom(
            best.sense.category[7:], whole(float(value)) if value[0].isdecimal() else 0, best.stop, value
        )

    def at(self, i: int) -> Count | None:
        """The number that begins at token i; None where none does or where it is no number of anything."""
        if self.form(i) in ("a", "an"):
            after = self.atom(i + 1)
            if self.atom(i) is None and (
                after is None or after.kind not in ("hundred", "scale", "dozen", "fraction", "ordinal")
            ):
                return None
            if after is not None and after.kind == "ordinal":
                return None
            if after is not None and after.kind in ("hundred", "scale", "dozen"):
                return self.with_unit(self.cardinal(i + 1, after))
        atom = self.atom(i)
        if atom is None:
            return self.multiple(i)
        if atom.kind == "digits":
            ending = self.form(atom.stop)
            if ending in _ORDINAL_ENDINGS and self.words.adjoins(atom.stop) and isinstance(atom.value, int):
                return Count(atom.value, atom.stop + 1, "ordinal", "en.numbers.ordinal")
            if self.no_count(i, atom):
                return None
        if (
            atom.kind == "unit"
            and atom.value == 1
            and (
                self.form(i - 1) in ("no", "any", "every", "each", "another", "this", "that")
                or self.form(i + 1) in ("another", "'")
            )
        ):
            return None
        if (
            self.form(atom.stop) == "-"
            and self.words.adjoins(atom.stop)
            and self.has(atom.stop + 1, "number.age")
        ):
            return None
        return self.with_unit(self.fraction(i, atom) or self.ordinal(i, atom) or self.cardinal(i, atom))

    def with_unit(self, count: Count | None) -> Count | None:
        if count is None or count.value is None or count.kind not in ("cardinal", "fraction"):
            return count
        if self.form(count.stop) == "%":
            return Count(count.value, count.stop + 1, "percent", "en.numbers.percent")
        for tag in self._tags.get(count.stop, ()):
            if tag.sense.category == "number.percent":
                return Count(count.value, tag.stop, "percent", "en.numbers.percent")
        return count

    def no_count(self, i: int, atom: Atom) -> bool:
        """Whether the numeral at token i is a name, a date, an hour, a year or a mark of a list."""
        if is_label(self.words, i, atom.stop, _NO_PREFIXES):
            return True
        if self.form(atom.stop) in ("am", "pm") or (
            self.form(atom.stop) in ("a", "p")
            and self.form(atom.stop + 1) == "."
            and self.form(atom.stop + 2) == "m"
        ):
            return True
        counted = self.counts_noun(atom.stop)
        if _YEAR.match(self.forms[i]) and self.form(i - 1) in _YEAR_FRAMES and not counted:
            return True
        head = i - 1
        while self.form(head) in (".", "#", '"', "(") and self.form(head):
            head -= 1
        return self.has(head, "number.label") and atom.stop == i + 1 and not counted

    def counts_noun(self, i: int) -> bool:
        return any(
            tag.sense.category.startswith(_COUNTED) and tag.sense.kind == "noun" for tag in self.tagged.at(i)
        )

    def cardinal(self, i: int, first: Atom) -> Count | None:
        """Units, tens, hundreds and scales as English joins them: "two hundred and five thousand"."""
        if first.kind == "vague":
            if first.name == "couple":
                return Count(2, first.stop, "cardinal", "en.numbers.couple")
            return self.vague(first)
        if first.kind == "scale.many":
            return self.vague(first)
        if first.kind in ("ordinal", "fraction"):
            return None
        total, group, limit, last = 0, 0, 10**15, ""
        stop, atom = i, first
        while True:
            value, kind = atom.value, atom.kind
            if (
                kind in ("unit", "zero", "teen")
                and (
                    stop == i
                    or (group % 100 == 0 and last in ("hundred", "scale", "hundred-and"))
                    or (kind == "unit" and last == "tens")
                )
            ) or (kind == "tens" and (stop == i or last in ("hundred", "scale", "hundred-and"))):
                group, last = group + int(value), kind
            elif kind == "digits" and stop == i:
                group, last = value, kind  # type: ignore[assignment]
            elif kind == "hundred" and last in ("unit", "teen", "tens", "digits", "") and group < 100:
                group, last = (group or 1) * 100, "hundred"
            elif kind == "scale" and value < limit and (group or stop == i):
                total, group, limit, last = total + whole((group or 1) * value), 0, int(value), "scale"  # type: ignore[assignment]
            elif kind == "dozen" and last in ("", "unit", "teen", "tens", "digits", "half"):
                group, last = (group or 1) * 12, "done"
            else:
                break
            stop = atom.stop
            if last == "done":
                break
            j = stop
            if (
                self.form(j) == "-"
                and self.words.adjoins(j)
                and self.words.adjoins(j + 1 if j + 1 < len(self.forms) else j)
                and last == "tens"
            ) or (self.form(j) == "and" and last in ("hundred", "scale")):
                j += 1
            elif self.form(j) in ("and",):
                break
            following = self.atom(j)
            if following is None or (j > stop and following.kind not in ("unit", "teen", "tens")):
                break
            if last == "scale" and following.kind == "digits":
                break
            atom = following
        if stop == i:
            return None
        rule = "en.numbers.numeral" if first.kind == "digits" and stop == first.stop else "en.numbers.words"
        return Count(whole(total + group), stop, "cardinal", rule, limit if last == "scale" else 1)

    def vague(self, first: Atom) -> Count:
        """ "dozens", "several hundred", "tens of thousands": a size and no number."""
        stop = first.stop
        while True:
            j = stop + 1 if self.form(stop) == "of" else stop
            after = self.atom(j)
            if after is None or after.kind not in ("scale.many", "hundred", "scale", "dozen"):
                return Count(None, stop, "cardinal", "en.numbers.vague")
            stop = after.stop

    def fraction(self, i: int, first: Atom) -> Count | None:
        """ "half", "a quarter", "two-thirds", "one third"; "half a million" is a cardinal."""
        if first.kind == "fraction" and self.forms[i].endswith("s") and self.forms[i] != "halves":
            return None
        if first.kind == "fraction":
            j = first.stop
            if self.form(j) == "a":
                scale = self.atom(j + 1)
                if scale is not None and scale.kind in ("scale", "dozen"):
                    return Count(
                        whole(first.value * scale.value), scale.stop, "cardinal", "en.numbers.part_of_scale"
                    )
            return Count(first.value, j, "fraction", "en.numbers.fraction")
        if first.kind not in ("unit", "digits"):
            return None
        j = first.stop + 1 if self.form(first.stop) == "-" and self.words.adjoins(first.stop) else first.stop
        parts = self.atom(j)
        if parts is None or (
            parts.kind != "fraction"
            and not (parts.kind == "ordinal" and first.value == 1 and parts.value > 2)
        ):
            return None
        if parts.kind == "ordinal":
            return Count(1 / parts.value, parts.stop, "fraction", "en.numbers.fraction")
        return Count(first.value * parts.value, parts.stop, "fraction", "en.numbers.fraction")

    def ordinal(self, i: int, first: Atom) -> Count | None:
        """ "third", "twenty-first", "21st"."""
        if first.kind == "ordinal":
            if (
                self.form(i - 1) == "a"
                and 2 < first.value < 11
                and self.form(first.stop) in ("of", ".", ",", "")
            ):
                return Count(1 / first.value, first.stop, "fraction", "en.numbers.fraction")
            return Count(first.value, first.stop, "ordinal", "en.numbers.ordinal")
        if first.kind == "tens":
            j = first.stop + 1 if self.form(first.stop) == "-" else first.stop
            after = self.atom(j)
            if after is not None and after.kind == "ordinal" and after.value < 10:
                return Count(first.value + after.value, after.stop, "ordinal", "en.numbers.ordinal")
        return None

    def multiple(self, i: int) -> Count | None:
        """ "twice", "threefold"."""
        for tag in self._tags.get(i, ()):
            if tag.sense.category == "number.multiple":
                return Count(int(tag.sense.value), tag.stop, "multiple", "en.numbers.multiple")
        return None

    def bounded(self, i: int, count: Count, used: int) -> tuple[NumberMention, int]:
        """The mention of a number with its bound and range; `used` is the last token of a bound that another took."""
        first, stop, high, rule = i, count.stop, None, count.rule
        bound = "vague" if count.value is None else "about" if rule == "en.numbers.couple" else "exact"
        if count.kind == "cardinal" and count.value is not None:
            ranged = self.range(first, stop, count.value)
            if ranged is not None:
                first, stop, high, low = ranged
                count = count._replace(value=low)
                bound, rule = "about", "en.numbers.range"
        before = self._before.get(first) or (
            self._before.get(first - 1) if self.form(first - 1) in ("the", "a", "of") else None
        )
        while before is not None and before.first > used:
            if bound != "vague":
                bound = before.sense.value
            first = before.first
            before = self._before.get(first)
        after = self._after.get(stop)
        if after is not None and self.atom(after.stop) is None:
            used, stop = after.stop - 1, after.stop
            bound = after.sense.value if bound == "exact" else bound
        start, end = self.words.span(first, stop)
        return NumberMention(
            first, stop, start, end, count.value, count.kind, _bound(bound), high, rule
        ), used

    def range(
        self, first: int, stop: int, low: int | float
    ) -> tuple[int, int, int | float, int | float] | None:
        """First token, token after, upper and lower end of a range: "between 20 and 25", "20-25", "20 to 25", "three or
        four". A scale said once counts for both ("two to three million")."""
        between = self.form(first - 1) == "between"
        joiner = self.form(stop)
        if joiner == "-":
            if not (self.forms[stop - 1][0].isdecimal() and is_range(self.words, stop - 1)):
                return None
        elif not (
            (joiner == "and" and between) or (joiner in ("to", "or") and self.form(first - 1) != "from")
        ):
            return None
        upper = self.atom(stop + 1)
        if upper is None or upper.kind in ("ordinal", "fraction", "vague"):
            return None
        count = self.cardinal(stop + 1, upper)
        if count is None or count.value is None or not low < count.value:
            return None
        shared = whole(low * count.scale) if low * count.scale < count.value else low
        return first - 1 if between else first, count.stop, count.value, shared


def _bound(value: str) -> Bound:
    return value if value in ("at_least", "at_most", "about", "vague") else "exact"  # type: ignore[return-value]
