"""The ground of the Arabic time readers: what the words of a text say of time, token by token."""

from __future__ import annotations

from datetime import date

from sijill.language.arabic.numbers import numbers_of
from sijill.language.tagging import Tagged
from sijill.language.times import (
    Days,
    Said,
    day,
    shift,
)
from sijill.rules.knowledge import function_words
from sijill.rules.lexicon import Tag

_NEAR_MONTH = 9


_MONTH_OR_UNIT = frozenset({"month", "hijri", "unit", "unit.many"})
_PARTS = frozenset({"part", "part.alone"})
_OPENING = frozenset({
    "part", "part.alone", "night", "weekday", "weekday.bare", "day", "edge", "unit", "unit.two", "unit.many", "this", "month",
    "hijri", "season", "decade", "same", "same.hours",
})  # fmt: skip
_NO_WEEKDAY_AFTER = function_words("time.no_weekday")


class TimeWords:
    """The words of time of one tagged text. `reference` is the day that relative times count from; None where it is not known."""

    def __init__(self, tagged: Tagged, reference: date | None) -> None:
        self.tagged = tagged
        self.words = tagged.words
        self.forms = tagged.words.forms
        self.reference = reference
        self.tags: dict[int, list[Tag]] = {}
        self._near_month: set[int] = set()
        self._near_part: set[int] = set()
        for tag in tagged.under("time"):
            first = tag.first
            name = tag.sense.category[5:]
            if first in self.tags:
                self.tags[first].append(tag)
            else:
                self.tags[first] = [tag]
            if name in _MONTH_OR_UNIT:
                self._near_month.update(range(first - _NEAR_MONTH, first + 1))
            elif name in _PARTS:
                self._near_part.update(range(first - 4, first))
        self._named: dict[int, dict[str, Tag]] = {}
        for i, found in self.tags.items():
            if len(found) > 1:
                found.sort(key=lambda t: (t.first - t.stop, len(t.proclitics) + t.definite, t.sense))
            named = self._named[i] = {}
            for tag in found:
                if not tag.enclitic:
                    named.setdefault(tag.sense.category[5:], tag)
        self._opening = {i for i, named in self._named.items() if not _OPENING.isdisjoint(named)}
        """The tokens with a word that a moment may begin with."""
        self.numbers = numbers_of(tagged)
        self.said: date | None = None
        """The first day of the last time that was named before: what "the month" alone may go back to."""
        self.spoken_of = Said()

    def tag(self, i: int, *categories: str) -> Tag | None:
        """The longest tag at a token of any of the categories (without "time.")."""
        named = self._named.get(i)
        if named:
            for name, tag in named.items():
                if name in categories:
                    return tag
        return None

    def form(self, i: int) -> str:
        return self.forms[i] if 0 <= i < len(self.forms) else ""

    def is_word(self, i: int) -> bool:
        return bool(self.form(i)) and self.forms[i][0].isalpha()

    def modifier(self, i: int) -> tuple[str, int]:
        """ "past", "recent", "this", "next" at a token, and the token after; "" where there is none."""
        tag = self.tag(i, "past", "recent", "this", "next")
        return (tag.sense.category[5:], tag.stop) if tag else ("", i)

    def day_number(self, i: int) -> tuple[int, int] | None:
        """A number from 1 to 31 in digits or words, with the article or without, and the token after it."""
        if self.form(i) in ("ال", "لل", "بال") and self.form(i + 1).isdecimal():
            i += 1
        form = self.form(i)
        if form.isdecimal():
            return (int(form), i + 1) if 0 < int(form) < 32 and len(form) < 3 else None
        atom = self.numbers.atom(i)
        if atom is None or atom.kind in ("digits", "fraction", "vague", "scale.many"):
            return None
        count = self.numbers.ordinal(i, atom) or self.numbers.cardinal(i, atom)
        if count is None or not isinstance(count.value, int) or not 0 < count.value < 32:
            return None
        return count.value, count.stop

    def weekday_at(self, i: int) -> tuple[int, int] | None:
        """The weekday named at token i, and the token after."""
        tag = self.tag(i, "weekday")
        if tag is not None:
            if self.form(i - 1) in _NO_WEEKDAY_AFTER or self.form(i + 1) in ("عشر", "وعشرين", "وعشرون"):
                return None
            return int(tag.sense.value), tag.stop
        return None

    def opened(self, j: int) -> tuple[int, bool]:
        """Past what may stand between a day and its other name: a comma, a bracket, "الموافق", "في"."""
        if self.form(j) in ("،", ",", "-"):
            j += 1
        closes = self.form(j) in ("(", '"')
        if closes:
            j += 1
        matching = self.tag(j, "matching")
        if matching:
            j = matching.stop
        if self.form(j) in ("في", "ل"):
            j += 1
        return j, closes

    def closing(self, opened: bool, j: int) -> int:
        """1 where a bracket or quotation mark closes at token j what was opened before, else 0."""
        return int(opened and self.form(j) in (")", '"'))

    def with_part_after(self, days: Days, stop: int) -> tuple[Days, int]:
        """A day with its part named after it: "الثلاثاء صباحا"."""
        tag = self.tag(stop, "part.alone")
        if tag is not None and days.part is None and days.grain == "day":
            return days._replace(part=tag.sense.value), tag.stop  # type: ignore[arg-type]
        return days, stop

    def day_of_week(self, week: Days, number: int) -> Days:
        value = shift(week.first, "day", number) if week.first else None
        return day(value, True, "weekday", None, week.future)
