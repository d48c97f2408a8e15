"""Numbers: how many, how sure, and where that stands. One grammar over the number words of both languages.

Number words are data (`knowledge/lexicons/*/numbers.tsv`): units, teens, tens, hundreds, scales, bounds, vague words,
ordinals. The grammar joins them as the languages do and never glues neighbours: "ثلاثة جنود وخمسة مدنيين" is 3 and 5.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from sijill.language.tagging import Tagged
from sijill.rules.lexicon import Tag


class NumberMention(NamedTuple):
    """A number: tokens `first` to `stop` (exclusive), offsets `start` and `end` in the given text (end exclusive).

    `kind` is cardinal, ordinal, fraction, percent or multiple. `value` is None where words say only vaguely how many;
    `high` the upper end of a range; `bound` exact, at_least, at_most, about or vague.
    """

    first: int
    stop: int
    start: int
    end: int
    value: float | None
    high: float | None
    bound: str
    kind: str
    rule: str


_AND = frozenset({"و", "and"})
_RANGE = frozenset({"-", "الي", "to", "حتي", "او", "or"})
_DASH = frozenset({"-"})
_COUNTED = ("people.", "outcome.")


class _Atom(NamedTuple):
    kind: str
    value: float
    first: int
    stop: int
    joined: bool


def find_in(tagged: Tagged) -> list[NumberMention]:
    """Every number of a tagged text, in order, none inside another."""
    return list(_Reader(tagged).read())


def read_numbers(tagged: Tagged) -> list[NumberMention]:
    """The numbers of a tagged text, duals of counted nouns left to the nouns themselves."""
    return [n for n in find_in(tagged) if n.rule != "dual"]


class _Reader:
    def __init__(self, tagged: Tagged) -> None:
        self.tagged = tagged
        self.words = tagged.words
        self.forms = tagged.words.forms
        self.arabic = tagged.language == "ar"

    def read(self) -> Iterator[NumberMention]:
        i, count = 0, len(self.forms)
        while i < count:
            mention = self.at(i)
            if mention is None:
                i += 1
                continue
            yield mention
            i = mention.stop

    def at(self, i: int) -> NumberMention | None:
        form = self.forms[i]
        if not form[0].isdigit() and not self.tagged.at(i):
            return None
        ordinal = self.ordinal(i)
        if ordinal:
            return ordinal
        found = self.cardinal(i)
        if found is None:
            return self.vague(i) or self.fraction(i) or self.dual(i)
        value, stop = found
        if self.is_name(i, stop):
            return None
        for tag in self.tagged.at(stop):
            if tag.sense.category == "number.percent":
                return self.mention(i, tag.stop, value, None, "exact", "percent", "number+percent")
            if tag.sense.category == "number.multiple":
                return self.mention(i, tag.stop, value, None, "exact", "multiple", "number+multiple")
        if self.arabic and not self.forms[i][0].isdigit() and self.definite(i) and value < 1000:
            return self.mention(i, stop, value, None, "exact", "ordinal", "definite number")
        if stop < len(self.forms) and self.forms[stop] == "%":
            return self.mention(i, stop + 1, value, None, "exact", "percent", "number+percent")
        high = None
        if stop + 1 < len(self.forms) and self.forms[stop] in _RANGE and not self.is_date_like(i, stop):
            upper = self.cardinal(stop + 1)
            if upper and upper[0] > value:
                high, stop = upper[0], upper[1]
        elif self.forms[i - 1] in ("بين", "between") if i else False:
            upper = self.cardinal(stop + 1) if stop < len(self.forms) and self.forms[stop] in _AND else self.cardinal(stop)
            if upper and upper[0] > value:
                high, stop = upper[0], upper[1]
        return self.bounded(i, stop, value, high)

    def definite(self, i: int) -> bool:
        """"العشرون", "الواحد والثلاثين": with the article a number word is an ordinal."""
        return any(t.sense.category in _ATOMS and (t.definite or self.forms[i].startswith("ال")) for t in self.tagged.at(i))

    def bounded(self, first: int, stop: int, value: float, high: float | None) -> NumberMention:
        """The number with the words around it that bound it."""
        bound = "about" if high is not None else "exact"
        rule = "range" if high is not None else "number"
        after = next((t for t in self.tagged.at(stop) if t.sense.category == "number.bound.after"), None)
        before = self.bound_before(first)
        if high is None and (after or before):
            bound = (after or before).sense.value  # type: ignore[union-attr]
            rule = (after or before).sense.rule  # type: ignore[union-attr]
        return self.mention(first, after.stop if after else stop, value, high, bound, "cardinal", rule)

    def bound_before(self, first: int) -> Tag | None:
        """The bound that ends right before token `first`, or before one light word."""
        for back in range(1, 7):
            k = first - back
            if k < 0:
                return None
            for tag in self.tagged.at(k):
                if tag.sense.category == "number.bound.before" and 0 <= first - tag.stop <= (1 if self.light(tag.stop) else 0):
                    return tag
        return None

    def light(self, i: int) -> bool:
        return i < len(self.forms) and self.forms[i] in ("ال", "عن", "علي", "من", "an", "a", "عدد")

    def is_name(self, first: int, stop: int) -> bool:
        """"اللواء 104", "القرار 2254", "عام 2015": a figure that names something. Words of number are no names there."""
        if not self.forms[first][0].isdigit():
            return False
        value = self.forms[first]
        if (value.startswith("0") and len(value) > 1) or (value.isdigit() and len(value) > 7):
            return True
        after = self.forms[stop] if stop < len(self.forms) else ""
        if after in ("/", ":") or (first and self.forms[first - 1] in ("/", ":") and self.words.adjoins(first) and self.forms[first - 2 : first - 1] and self.forms[first - 2][0].isdigit()):
            return True
        if after == "." and self.starts_line(first):
            return True
        if first and any(t.sense.category == "number.not" for t in self.tagged.at(first - 1)):
            year = value.isdigit() and len(value) == 4 and 1900 <= int(value) <= 2100
            return year or self.forms[first - 1] not in ("in", "since", "عام", "سنه", "ساعه", "نقطه", "كيلو")
        return self.words.adjoins(first) and self.forms[first - 1][-1].isalpha() and not self.arabic

    def starts_line(self, i: int) -> bool:
        return i == 0 or self.forms[i - 1] == "\n"

    def is_date_like(self, first: int, stop: int) -> bool:
        return self.forms[stop] in _DASH and stop + 2 < len(self.forms) and self.forms[stop + 2] in _DASH

    def atom(self, i: int) -> _Atom | None:
        """The number word or numeral at token i."""
        if i >= len(self.forms):
            return None
        form = self.forms[i]
        if form[0].isdigit():
            value = _numeral(form)
            return None if value is None else _Atom("digits", value, i, i + 1, False)
        best: Tag | None = None
        for tag in self.tagged.at(i):
            if tag.sense.category in _ATOMS and not tag.enclitic:
                best = tag
                break
        if best is None:
            return None
        return _Atom(best.sense.category[7:], float(best.sense.value), i, best.stop, best.proclitics.startswith("و"))

    def cardinal(self, i: int) -> tuple[float, int] | None:
        """The cardinal that begins at token i: (value, stop)."""
        start = i
        if not self.arabic and self.forms[i : i + 1] in (["a"], ["an"]):
            nxt = self.atom(i + 1)
            if nxt and nxt.kind in ("hundred", "scale"):
                start = i + 1
        total, least, j = 0.0, float("inf"), start
        while True:
            group = self.below_thousand(j)
            if group is None:
                scale = self.atom(j)
                if scale is None or scale.kind not in ("scale", "scale2"):
                    break
                if self.arabic and scale.kind == "scale" and self.forms[j].endswith(("الاف", "الوف", "ملايين", "مليارات")) and total == 0:
                    break
                value, j = (2.0 if scale.kind == "scale2" else 1.0), scale.first
            else:
                value, j = group
            scale = self.atom(j)
            magnitude = 1.0
            while scale and scale.kind in ("scale", "scale2") and (not scale.joined or j == start):
                value, magnitude = value * scale.value, magnitude * scale.value
                j = scale.stop
                scale = self.atom(j)
            if magnitude >= least:
                break
            total, least = total + value, magnitude
            k = self.joined(j)
            if magnitude == 1.0 or k is None:
                return total, j
            nxt = self.atom(k)
            if nxt is None or (nxt.kind == "digits"):
                return total, j
            before = j
            ahead = self.below_thousand(k)
            after = self.atom(ahead[1]) if ahead else nxt
            ahead_magnitude = after.value if after and after.kind in ("scale", "scale2") else 1.0
            if ahead_magnitude >= least:
                return total, before
            j = k
        return (total, j) if j > start and total else None

    def joined(self, j: int) -> int | None:
        """Where a further part of a number may stand after token j: after "و", "and", or with و of its own."""
        if j >= len(self.forms):
            return None
        if self.forms[j] in _AND:
            return j + 1
        nxt = self.atom(j)
        if nxt and (nxt.joined or not self.arabic):
            return j
        return None

    def below_thousand(self, i: int) -> tuple[float, int] | None:
        """A number below a thousand, or a numeral, at token i."""
        a = self.atom(i)
        if a is None or a.kind in ("scale", "scale2"):
            return None
        if a.kind == "digits":
            return a.value, a.stop
        if a.kind == "unit" and a.value >= (3 if self.arabic else 1):
            b = self.atom(a.stop)
            if b and b.kind == "hundred" and b.value == 100 and not b.joined:
                return self.with_rest(a.value * 100, b.stop)
        if a.kind == "hundred":
            return self.with_rest(a.value, a.stop)
        return self.below_hundred(a)

    def with_rest(self, hundreds: float, j: int) -> tuple[float, int]:
        k = self.joined(j)
        a = self.atom(k) if k is not None else None
        if a is not None and a.kind in ("unit", "ten", "teen", "tens"):
            rest = self.below_hundred(a)
            if rest:
                following = self.atom(rest[1])
                # "مئة وخمسة آلاف" is 105,000; the scale belongs to the whole
                if following is None or following.kind not in ("hundred",):
                    return hundreds + rest[0], rest[1]
        return hundreds, j

    def below_hundred(self, a: _Atom) -> tuple[float, int] | None:
        b = self.atom(a.stop)
        if a.kind == "unit":
            if self.arabic and b and b.kind == "ten" and not b.joined:
                return a.value + 10, b.stop
            k = self.joined(a.stop) if self.arabic else None
            c = self.atom(k) if k is not None else None
            if c and c.kind == "tens":
                return a.value + c.value, c.stop
            return a.value, a.stop
        if a.kind == "tens" and not self.arabic:
            stop = a.stop + 1 if self.forms[a.stop : a.stop + 1] == ["-"] else a.stop
            c = self.atom(stop)
            if c and c.kind == "unit":
                return a.value + c.value, c.stop
        return a.value, a.stop

    def vague(self, i: int) -> NumberMention | None:
        for tag in self.tagged.at(i):
            if tag.sense.category == "number.vague":
                return self.mention(i, tag.stop, None, None, "vague", "cardinal", tag.sense.rule)
            if tag.sense.category == "number.scale" and self.arabic and tag.sense.inflection == "plain":
                return self.mention(i, tag.stop, None, None, "vague", "cardinal", tag.sense.rule)
        return None

    def fraction(self, i: int) -> NumberMention | None:
        for tag in self.tagged.at(i):
            if tag.sense.category == "number.fraction" and not tag.enclitic:
                scale = self.atom(tag.stop)
                if scale and scale.kind == "scale" and scale.value >= 1000:
                    value = float(tag.sense.value) * scale.value
                    return self.bounded(i, scale.stop, round(value), None)
                return self.mention(i, tag.stop, float(tag.sense.value), None, "exact", "fraction", tag.sense.rule)
        return None

    def dual(self, i: int) -> NumberMention | None:
        """"قتيلان", "جنديين": the dual of a noun for people is two."""
        for tag in self.tagged.at(i):
            if tag.sense.inflection == "dual" and tag.sense.category.startswith(_COUNTED):
                return self.mention(i, tag.stop, 2.0, None, "exact", "cardinal", "dual")
        return None

    def ordinal(self, i: int) -> NumberMention | None:
        """"الأول", "الحادي عشر", "الخامس والعشرون", "21st"."""
        tag = next((t for t in self.tagged.at(i) if t.sense.category.startswith("number.ordinal") and not t.enclitic), None)
        if tag is None:
            form = self.forms[i]
            if not self.arabic and form.isdigit() and self.forms[i + 1 : i + 2] and self.forms[i + 1] in ("st", "nd", "rd", "th") and self.words.adjoins(i + 1):
                return self.mention(i, i + 2, float(form), None, "exact", "ordinal", "numeral+th")
            return None
        value, stop = float(tag.sense.value), tag.stop
        ten = self.atom(stop)
        if ten and ten.kind == "ten" and value < 10 and not ten.joined:
            return self.mention(i, ten.stop, value + 10, None, "exact", "ordinal", tag.sense.rule)
        k = self.joined(stop)
        tens = self.atom(k) if k is not None else None
        if tens and tens.kind == "tens" and value < 10 and (self.arabic or tens.first == stop):
            return self.mention(i, tens.stop, value + tens.value, None, "exact", "ordinal", tag.sense.rule)
        if tag.sense.category == "number.ordinal.unit":
            return None
        return self.mention(i, stop, value, None, "exact", "ordinal", tag.sense.rule)

    def mention(
        self, first: int, stop: int, value: float | None, high: float | None, bound: str, kind: str, rule: str
    ) -> NumberMention:
        start, end = self.words.span(first, stop)
        return NumberMention(first, stop, start, end, value, high, bound, kind, rule)


_ATOMS = frozenset({"number.unit", "number.ten", "number.teen", "number.tens", "number.hundred", "number.scale", "number.scale2"})


def _numeral(form: str) -> float | None:
    """The value of a numeral in normal form: "1,200" and "1.200" are twelve hundred, "3.5" is three and a half."""
    for mark, other in (",.", ".,"):
        whole, _, rest = form.partition(other)
        parts = whole.split(mark)
        if len(parts) > 1 and all(len(p) == 3 for p in parts[1:]) and len(parts[0]) <= 3:
            return float("".join(parts) + "." + (rest or "0"))
    try:
        return float(form.replace(",", "."))
    except ValueError:
        return None
