"""Arabic numbers: numerals and number words, with what bounds them, and what only looks like a number left out."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from sijill.language.arabic.number_sum import SCALES, Atom, Sum
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
from sijill.rules.knowledge import lexicon
from sijill.rules.lexicon import Tag
from sijill.text.words import is_arabic

_PREFIXES = frozenset(
    {"و", "ف", "ب", "ل", "ك", "ال", "وال", "بال", "لل", "وب", "ول", "فال", "وبال", "ولل", "وك", "كال"}
)
"""Clitics that may stand glued, or held by a tatweel, before a numeral: "الـ12", "و20"."""
_MONTH_HEADS = frozenset({"تشرين", "كانون", "ربيع", "جمادي"})
_WORD_KINDS = frozenset({
    "zero", "unit", "unit.bound", "ten", "teen", "tens", "hundred", "scale", "scale.many", "scale.two", "dozen",
    "vague", "ordinal", "ordinal.bound", "fraction", "fraction.many",
})  # fmt: skip
_COUNTED = ("people.", "outcome.", "number.counted")
_ONE_AND_TWO = (1, 2)
_WIDEST = 10
"""How many times its lower end the upper end of a range may be ("منذ أكتوبر 2023 إلى 36,412" is none)."""
_PARTICLES = frozenset({"من", "في", "علي", "الي", "عن", "او", "ثم", "بين", "مع", "بعد", "قبل", "حتي"})
_NO_DUALS = frozenset({"امين", "امان", "طالبان", "اخران", "اخرين"})
"""What looks like a dual of a counted noun and is another word."""


class Count(NamedTuple):
    """A number that begins at a token; `value` None where it is vague, `scale` the scale word that ends it."""

    value: int | float | None
    stop: int
    kind: Kind
    rule: str
    definite: bool = False
    scale: int = 1


class ArabicNumbers:
    """The numbers of one tagged text. `at(i)` is the number that begins at token i, bounds aside."""

    def __init__(self, tagged: Tagged) -> None:
        self.tagged = tagged
        self.words = tagged.words
        self.forms = tagged.words.forms
        self._tags: dict[int, list[Tag]] = {}
        self._before: dict[int, Tag] = {}
        self._after: dict[int, Tag] = {}
        self._atoms: dict[int, Atom | None] = {}
        self._counts: dict[int, Count | None] = {}
        for tag in tagged.under("number"):
            category = tag.sense.category
            if category == "number.bound.before":
                known = self._before.get(tag.stop)
                if known is None or known.first > tag.first:
                    self._before[tag.stop] = tag
            elif category == "number.bound.after":
                known = self._after.get(tag.first)
                if known is None or known.stop < tag.stop:
                    self._after[tag.first] = tag
            else:
                self._tags.setdefault(tag.first, []).append(tag)

    def read(self, duals: bool) -> list[NumberMention]:
        """Every number, in order; `duals` gives those of counted nouns too."""
        found: list[NumberMention] = []
        bounds_used = -1
        done = 0
        for i in sorted({*self._tags, *self.words.numerals}):
            if i < done:
                continue
            count = self.at(i)
            if count is None:
                done = self.past_label(i)
                continue
            mention, bounds_used = self.bounded(i, count, bounds_used)
            found.append(mention)
            done = mention.stop
        if duals:
            found += self.duals({i for m in found for i in range(m.first, m.stop + 1)})
        return without_overlap(found)

    # Words and numerals one by one

    def atom(self, i: int) -> Atom | None:
        """The number word or numeral at token i."""
        if i not in self._atoms:
            self._atoms[i] = self._find_atom(i) if 0 <= i < len(self.forms) else None
        return self._atoms[i]

    def _find_atom(self, i: int) -> Atom | None:
        form = self.forms[i]
        if form[0].isdecimal():
            numeral = read_numeral(self.words, i)
            if numeral is None:
                return None
            prefix = self.forms[i - 1] if self.words.adjoins(i) and self.forms[i - 1] in _PREFIXES else ""
            return Atom(
                "digits",
                numeral.value,
                numeral.stop,
                prefix.startswith("و"),
                prefix not in ("", "و"),
                "ل" in prefix[-1:],
            )
        best: Tag | None = None
        for tag in self._tags.get(i, ()):
            kind = tag.sense.category[7:]
            if kind not in _WORD_KINDS or (tag.enclitic and kind not in ("fraction",)):
                continue
            if form in ("لست", "ولست", "فلست") or "ك" in tag.proclitics:
                continue
            if best is None or (-best.stop, len(best.proclitics) + 2 * best.definite) > (
                -tag.stop,
                len(tag.proclitics) + 2 * tag.definite,
            ):
                best = tag
        if best is None:
            return None
        if form == "واحد" and "أ" in self.words.between(i, i + 1):
            return Atom("unit.bound", 1, i + 1, True, False, False)  # "وأحد", not "واحد"
        kind, value = best.sense.category[7:], best.sense.value
        return Atom(
            kind, whole(float(value)) if value[0].isdecimal() else 0, best.stop,
            best.proclitics.startswith("و"), best.proclitics not in ("", "و"), best.definite, value,
        )  # fmt: skip

    def words_at(self) -> set[int]:
        """The tokens where a number word stands."""
        return {
            i for i, tags in self._tags.items() if any(tag.sense.category[7:] in _WORD_KINDS for tag in tags)
        }

    def next_atom(self, i: int) -> Atom | None:
        """The atom that goes on at token i, where a separate و, or و and a glued prefix, may stand before it."""
        atom = self.atom(i)
        if atom is not None:
            if (
                self.forms[i] == "واحد"
                and not atom.joined
                and (ten := self.atom(i + 1))
                and ten.kind == "ten"
            ):
                return atom._replace(joined=True)  # "وأحد عشر", which is written as "واحد" is
            return atom
        if i < len(self.forms) and self.forms[i] in ("و", "وال"):
            atom = self.atom(i + 1)
            if atom is not None and not atom.prefixed and (not atom.joined or atom.kind == "digits"):
                return atom._replace(joined=True, definite=atom.definite or self.forms[i] == "وال")
        return None

    # Numbers

    def at(self, i: int) -> Count | None:
        """The number that begins at token i; None where none does or where it is no number of anything."""
        if i not in self._counts:
            self._counts[i] = self._find(i)
        return self._counts[i]

    def _find(self, i: int) -> Count | None:
        atom = self.atom(i)
        if atom is None:
            return None
        if atom.kind == "digits" and self.no_count(i, atom):
            return None
        count = self.fraction(i, atom) or self.ordinal(i, atom) or self.cardinal(i, atom)
        if count is None or (count.kind == "cardinal" and self.is_hour(i)):
            return None
        if count.kind == "ordinal" and (self.forms[i - 1] in _MONTH_HEADS or self.is_hour(i)) and i:
            return None
        return self.with_unit(i, count)

    def with_unit(self, i: int, count: Count) -> Count:
        """A percentage or a multiple, where the words after (or the sign before) make it one."""
        stop = count.stop
        if count.value is None or count.kind not in ("cardinal", "fraction"):
            return count
        if stop < len(self.forms) and self.forms[stop] == "%":
            return Count(count.value, stop + 1, "percent", "ar.numbers.percent")
        if i and self.forms[i - 1] == "%" and self.words.adjoins(i):
            return Count(count.value, stop, "percent", "ar.numbers.percent")
        for tag in self._tags.get(stop, ()):
            if tag.sense.category == "number.percent":
                return Count(count.value, tag.stop, "percent", "ar.numbers.percent")
            if tag.sense.category == "number.multiple":
                return Count(count.value, tag.stop, "multiple", "ar.numbers.multiple")
        return count

    def cardinal(self, i: int, first: Atom) -> Count | None:
        """Units, tens, hundreds and scales as Arabic joins them: by و, a smaller unit before its ten, a multiplier
        right before its scale. What does not join ends the number: "ثلاثة وخمسة" are two."""
        if first.kind in ("unit.bound", "ordinal", "ordinal.bound", "fraction", "fraction.many"):
            after = self.next_atom(first.stop)
            if (
                first.kind != "unit.bound"
                or after is None
                or not (after.kind == "ten" or (after.kind == "tens" and after.joined))
            ):
                return None
        if first.kind == "vague" or first.kind == "scale.many":
            return self.vague(first)
        if self.is_weekday(i, first):
            return None
        made, stop = Sum(), i
        atom: Atom | None = first
        while atom is not None:
            again = atom.definite and atom.kind in SCALES and made.last == "fraction"
            if stop > i and not again and (atom.prefixed or (atom.definite and not first.definite)):
                break
            at = stop if self.forms[stop][0].isdecimal() else stop + 1
            if stop > i and atom.kind == "digits" and self.no_count(at, atom):
                break
            goes_on = (
                first.kind == "digits" and made.last == "scale" and self.smaller_follows(atom, made.limit)
            )
            if not made.add(atom, self.is_construct_dual(atom), goes_on):
                break
            stop = atom.stop
            atom = None if again else self.next_atom(stop)
        if stop == i:
            return None
        rule = "ar.numbers.numeral" if first.kind == "digits" and stop == first.stop else "ar.numbers.words"
        return Count(made.value, stop, "cardinal", rule, first.definite, made.scale)

    def is_construct_dual(self, atom: Atom) -> bool:
        """ "ألفا شخص" are two thousand: the dual before its noun; "ألفا و200", "25 ألفا" are the accusative."""
        at = atom.stop - 1
        if not self.forms[at].endswith(("لفا", "ونا", "يارا")) or atom.stop >= len(self.forms):
            return False
        following = self.forms[atom.stop]
        return (
            is_arabic(following)
            and not following.startswith(("و", "ال"))
            and self.atom(atom.stop) is None
            and following not in _PARTICLES
        )

    def smaller_follows(self, atom: Atom, limit: int) -> bool:
        """Whether a numeral after a scale word goes on with a lower scale of its own ("4 آلاف 3 مئة")."""
        after = self.atom(atom.stop)
        return after is not None and after.kind in ("hundred", "scale", "scale.many") and after.value < limit

    def vague(self, first: Atom) -> Count | None:
        """ "عشرات", "آلاف", "بضعة آلاف", "مئات الآلاف": a size and no number."""
        stop, kind = first.stop, "ar.numbers.vague"
        after = self.atom(stop)
        while (
            after is not None
            and not after.joined
            and after.kind in ("vague", "scale.many", "scale")
            and after.name != "few"
        ):
            stop = after.stop
            after = self.atom(stop)
        if after is not None and first.name == "few" and after.kind == "ten" and not after.joined:
            stop = after.stop
        return Count(None, stop, "cardinal", kind, first.definite)

    def fraction(self, i: int, first: Atom) -> Count | None:
        """ "نصف", "ثلثي", "ثلاثة أرباع"; of a scale word it makes a cardinal ("نصف مليون")."""
        if first.kind in ("unit", "digits") and 1 < first.value < 10:
            parts = self.atom(first.stop)
            if parts is None or parts.kind != "fraction.many" or parts.joined:
                return None
            value, stop = first.value * parts.value, parts.stop
        elif first.kind == "fraction":
            value, stop = first.value, first.stop
        else:
            return self.multiple(i)
        scale = self.atom(stop)
        if scale is not None and not scale.joined and not scale.prefixed and scale.kind in ("scale", "dozen"):
            return Count(whole(value * scale.value), scale.stop, "cardinal", "ar.numbers.part_of_scale")
        if first.kind == "fraction" and self.is_hour(i):
            return None
        return Count(value, stop, "fraction", "ar.numbers.fraction", first.definite)

    def multiple(self, i: int) -> Count | None:
        for tag in self._tags.get(i, ()):
            if tag.sense.category == "number.multiple.two":
                return Count(2, tag.stop, "multiple", "ar.numbers.multiple")
        return None

    def ordinal(self, i: int, first: Atom) -> Count | None:
        """ "الثالث", "الحادي عشر", "الخامسة والعشرون", "المئة والخامسة والعشرون", "الكتاب الثلاثون"."""
        if first.kind in ("ordinal", "ordinal.bound") or (
            first.definite and first.kind in ("unit", "unit.bound")
        ):
            return self.ordinal_from_unit(first)
        if not first.definite:
            return None
        if first.kind == "hundred":
            after = self.next_atom(first.stop)
            if after is not None and after.joined and after.kind in ("ordinal", "ordinal.bound"):
                rest = self.ordinal_from_unit(after)
                if rest is not None and rest.value is not None:
                    return Count(first.value + rest.value, rest.stop, "ordinal", "ar.numbers.ordinal", True)
            return None
        if first.kind == "tens" and not self.counts_noun(first.stop):
            return Count(first.value, first.stop, "ordinal", "ar.numbers.ordinal", True)
        return None

    def ordinal_from_unit(self, first: Atom) -> Count | None:
        is_ordinal = first.kind.startswith("ordinal")
        value, stop = first.value, first.stop
        after = self.next_atom(stop)
        if (
            after is not None
            and after.kind == "ten"
            and not after.joined
            and (is_ordinal or first.kind == "unit.bound")
        ):
            return Count(value + 10, after.stop, "ordinal", "ar.numbers.ordinal", first.definite)
        if (
            after is not None
            and after.kind == "tens"
            and after.joined
            and (is_ordinal or value in _ONE_AND_TWO)
        ):
            return Count(value + after.value, after.stop, "ordinal", "ar.numbers.ordinal", first.definite)
        if first.kind != "ordinal":
            return None
        if stop + 1 < len(self.forms) and self.forms[stop] == "بعد":
            hundred = self.atom(stop + 1)
            if hundred is not None and hundred.kind == "hundred" and hundred.definite:
                return Count(
                    value + hundred.value, hundred.stop, "ordinal", "ar.numbers.ordinal", first.definite
                )
        return Count(value, stop, "ordinal", "ar.numbers.ordinal", first.definite)

    # What is no count

    def no_count(self, i: int, atom: Atom) -> bool:
        """Whether the numeral at token i is a name, a date, an hour, a telephone number or a mark of a list."""
        words, forms = self.words, self.forms
        stop, form = atom.stop, forms[i]
        if is_label(words, i, stop, _PREFIXES):
            return True
        after = forms[stop] if stop < len(forms) and words.adjoins(stop) else ""
        if after and self.has(stop, "number.measure"):
            return True
        if after == "ه" and isinstance(atom.value, int) and 1300 <= atom.value <= 1500:
            return True
        if self.is_hour(i):
            return True
        head = self.head(i)
        if self.has(head, "number.year") and form.isdecimal() and len(form) > 3:
            return True
        return self.has(head, "number.label") and not self.counts_noun(stop) and stop == i + 1

    def past_label(self, i: int) -> int:
        """The token to go on from when the numeral at i is none: past all that is joined to it."""
        return i + 2 * joined_numerals(self.words, i) - 1 if self.forms[i][0].isdecimal() else i + 1

    def head(self, i: int) -> int:
        """The token before a numeral, past a glued prefix and marks of quotation."""
        k = i - 1
        while k >= 0 and self.forms[k] in ("ال", "(", '"', ":", "#"):
            k -= 1
        return k

    def is_hour(self, i: int) -> bool:
        """Whether token i stands where an hour does: "الساعة 8", "الساعة الثامنة"."""
        return self.has(self.head(i), "number.clock", "الساعه")

    def has(self, i: int, category: str, form: str = "") -> bool:
        if category == "number.clock":
            return i >= 0 and (self.forms[i] == form or self.forms[i].endswith("الساعه"))
        return any(tag.sense.category == category and not tag.enclitic for tag in self._tags.get(i, ()))

    def is_weekday(self, i: int, atom: Atom) -> bool:
        """ "الاثنين" alone is Monday, not two."""
        return atom.kind == "unit" and atom.value == 2 and atom.definite and self.forms[i].endswith("ين")

    def counts_noun(self, i: int) -> bool:
        """Whether a noun that reports count stands at token i."""
        return any(
            tag.sense.category.startswith(_COUNTED) and tag.sense.kind == "noun" and not tag.definite
            for tag in self.tagged.at(i)
        )

    # Bounds, ranges, duals

    def bounded(self, i: int, count: Count, used: int) -> tuple[NumberMention, int]:
        """The mention of a number with its bound and range. `used` is the last token of a bound that another number
        took; returned is the last one taken now."""
        first, stop, bound, high = i, count.stop, "vague" if count.value is None else "exact", None
        if (
            i
            and self.words.adjoins(i)
            and "ل" in self.forms[i - 1] in _PREFIXES
            and self.forms[i][0].isdecimal()
        ):
            first = i - 1
        rule = count.rule
        if count.kind == "cardinal" and count.value is not None:
            ranged = self.range(first, stop, count.value)
            if ranged is not None:
                first, stop, high, low = ranged
                count = count._replace(value=low)
                bound, rule = "about", "ar.numbers.range"
        before = self._before.get(first) or (
            self._before.get(first - 1)
            if first and self.forms[first - 1] in ("من", "ال", "عدد", "ب")
            else None
        )
        while before is not None and before.first > used:
            if bound != "vague":
                bound = before.sense.value
            first = before.first
            before = self._before.get(first)
            if before is None and first and self.forms[first - 1] in ("الي", "علي", "عن"):
                break
        after = self._after.get(stop)
        if after is None and count.kind == "cardinal":
            after = self.distant_bound(stop)
            if after is not None:
                used = after.stop - 1
                bound = bound if bound != "exact" else after.sense.value
        elif after is not None:
            used, stop = after.stop - 1, after.stop
            bound = bound if bound not in ("exact",) else after.sense.value
        start, end = self.words.span(first, stop)
        return NumberMention(
            first, stop, start, end, count.value, count.kind, _bound(bound), high, rule
        ), used

    def distant_bound(self, stop: int) -> Tag | None:
        """A bound after the counted noun: "40 شخصا على الأقل"."""
        for k in range(stop, min(stop + 3, len(self.forms))):
            if not self.forms[k][0].isalpha() or (k in self._tags and self.atom(k) is not None):
                return None
            tag = self._after.get(k + 1)
            if tag is not None and self.atom(tag.stop) is None:
                return tag
        return None

    def range(
        self, first: int, stop: int, low: int | float
    ) -> tuple[int, int, int | float, int | float] | None:
        """First token, token after, upper and lower end of a range that begins with a number: "بين 20 و25", "20-25",
        "20 إلى 25", "ثلاثة أو أربعة". A scale said once counts for both ("بين 80 و90 ألفا")."""
        forms = self.forms
        k, starts = stop, first
        between = first > 0 and forms[first - 1] in ("بين", "وبين")
        if between:
            starts = first - 2 if first > 1 and forms[first - 2] in ("ما", "وما") else first - 1
        if k >= len(forms):
            return None
        if between:
            upper = self.next_atom(k)
            if upper is None or not upper.joined:
                return None
            at = k if self.atom(k) is not None else k + 1
        elif (
            forms[k] == "-"
            and forms[stop - 1][0].isdecimal()
            and k + 1 < len(forms)
            and forms[k + 1][0].isdecimal()
        ):
            if not is_range(self.words, stop - 1):
                return None
            at = k + 1
        elif forms[k] in ("الي", "او") and not (first and forms[first - 1] in ("من", "الساعه")):
            at = k + 1
        else:
            return None
        upper = self.atom(at)
        if upper is None or upper.kind in ("ordinal", "ordinal.bound", "vague", "fraction") or upper.definite:
            return None
        count = self.cardinal(at, upper._replace(joined=False))
        if count is None or count.value is None or not low < count.value:
            return None
        if low < count.scale and not low * count.scale < count.value:
            return None
        shared = whole(low * count.scale) if low * count.scale < count.value else low
        return (starts, count.stop, count.value, shared) if count.value < _WIDEST * shared else None

    def duals(self, taken: set[int]) -> list[NumberMention]:
        """Duals of nouns that reports count: "قتيلان" is 2. A form that may be a sound plural ("مدنيين") is none."""
        found = []
        for tag in self.tagged.tags:
            sense = tag.sense
            if sense.inflection != "dual" or sense.kind != "noun" or tag.first in taken or tag.stop in taken:
                continue
            if (
                not sense.category.startswith(_COUNTED)
                or tag.enclitic
                or tag.definite
                or "ك" in tag.proclitics
            ):
                continue
            form = self.forms[tag.first].removeprefix(tag.proclitics)
            if form in _NO_DUALS:
                continue
            if form.endswith("ين") and any(
                s.inflection == "plural" for s, *_ in lexicon("ar").senses(form[:-2] + "ون")
            ):
                continue
            start, end = self.words.span(tag.first, tag.stop)
            found.append(
                NumberMention(
                    tag.first, tag.stop, start, end, 2, "cardinal", "exact", None, "ar.numbers.dual"
                )
            )
        return found


def _bound(value: str) -> Bound:
    return value if value in ("at_least", "at_most", "about", "vague") else "exact"  # type: ignore[return-value]


@lru_cache(maxsize=1)
def numbers_of(tagged: Tagged) -> ArabicNumbers:
    """The numbers of a tagged text, which the readers of times and of numbers share."""
    return ArabicNumbers(tagged)
