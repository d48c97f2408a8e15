"""English dates and units of time: "3 August 2018", "in May", "last week", "the past three days"."""

from __future__ import annotations

from datetime import date

from sijill.language.english.numbers import EnglishNumbers
from sijill.language.tagging import Tagged
from sijill.language.times import (
    PRECISION,
    Days,
    Said,
    Span,
    day,
    days_back,
    edge_of,
    from_hijri,
    hijri_month_span,
    make_date,
    month_span,
    next_units,
    opening_of,
    past_hijri,
    past_month,
    past_month_day,
    past_units,
    period,
    precision_of,
    shift,
    unit_of,
    unit_span,
    week_of,
    year_span,
)
from sijill.rules.lexicon import Tag

Found = tuple[Days, int] | None
_LAST = {"last": "past", "previous": "past", "past": "recent", "recent": "recent", "this": "this", "current": "this",
         "next": "next", "coming": "next", "preceding": "past"}  # fmt: skip
SHARES = {"half": 6, "quarter": 3}
"""The months of each half and quarter of a year."""

_MONTH_FRAMES = frozenset(
    {
        "in",
        "since",
        "of",
        "until",
        "during",
        "early",
        "late",
        "mid",
        "by",
        "from",
        "through",
        "last",
        "this",
        "next",
        "to",
        "and",
        "between",
        "throughout",
        "before",
        "after",
    }
)
_YEAR_FRAMES = frozenset(
    {
        "in",
        "since",
        "of",
        "until",
        "during",
        "early",
        "late",
        "mid",
        "by",
        "from",
        "through",
        "before",
        "after",
        "year",
        "throughout",
        "between",
        "to",
    }
)
_ENDINGS = frozenset({"st", "nd", "rd", "th"})
_AMBIGUOUS_MONTHS = frozenset({"may", "march", "mar", "sep", "jan", "dec", "jun", "august"})


class EnglishDates:
    """Days, months, years and units of one tagged text. `reference` is the day that relative times count from."""

    def __init__(self, tagged: Tagged, reference: date | None) -> None:
        self.words = tagged.words
        self.forms = tagged.words.forms
        self.reference = reference
        self.tags: dict[int, list[Tag]] = {}
        for tag in tagged.tags:
            if tag.sense.category.startswith("time."):
                self.tags.setdefault(tag.first, []).append(tag)
        for found in self.tags.values():
            found.sort(key=lambda t: (t.first - t.stop, t.sense))
        self._near = {i for tag in self.tags for i in range(tag - 6, tag + 1)}
        self.numbers = EnglishNumbers(tagged)
        self.spoken_of = Said()

    def tag(self, i: int, *categories: str) -> Tag | None:
        """The longest tag at a token of any of the categories (without "time.")."""
        for tag in self.tags.get(i, ()):
            if tag.sense.category[5:] in categories:
                return tag
        return None

    def form(self, i: int) -> str:
        return self.forms[i] if 0 <= i < len(self.forms) else ""

    def with_part_after(self, days: Days, stop: int) -> tuple[Days, int]:
        """ "Friday night", "Friday at dawn", "yesterday in the afternoon"."""
        at = stop
        while self.form(at) in ("at", "in", "the", "early", "late") and at - stop < 2:
            at += 1
        tag = self.tag(at, "part")
        if tag is None or days.grain != "day":
            return days, stop
        return days._replace(part=days.part or tag.sense.value), tag.stop  # type: ignore[arg-type]

    def date_at(self, i: int, joiners: frozenset[str] = frozenset({"-", "and", "to"})) -> Found:
        found = self.numeric(i) or self.day_month(i, joiners) or self.month_day(i, joiners)
        if found is None or found[0].grain != "day" or found[0].kind != "point":
            return found
        days, stop = self.with_part_after(*found)
        if self.form(stop) == "(" and self.tag(stop + 1, "weekday") and self.form(stop + 2) == ")":
            return days, stop + 3
        return days, stop

    def numeric(self, i: int) -> Found:
        """ "2018-08-03", "03/08/2015" (day first unless that cannot be), "3.8.2015", "8/2015"."""
        form = self.form(i)
        if not form[:1].isdecimal() or (self.words.adjoins(i) and self.form(i - 1) in "/-.:+"):
            return None
        parts, stop = [form], i + 1
        if "." in form:
            parts = form.split(".")
        elif self.form(i + 1) in ("/", "-"):
            mark = self.form(i + 1)
            while (
                self.form(stop) == mark
                and self.form(stop + 1).isdecimal()
                and self.words.adjoins(stop)
                and self.words.adjoins(stop + 1)
            ):
                parts.append(self.form(stop + 1))
                stop += 2
        if not 1 < len(parts) < 4 or not all(p.isdecimal() and len(p) < 5 for p in parts):
            return None
        numbers = [int(p) for p in parts]
        if len(parts) == 2:
            if len(parts[1]) == 4 and 1 <= numbers[0] <= 12 and 1900 <= numbers[1] < 2100 and "." not in form:
                return period(month_span(numbers[1], numbers[0]), "month", False, "numeric"), stop
            return None
        year, month, number = numbers if len(parts[0]) == 4 else (numbers[2], numbers[1], numbers[0])
        if 1300 <= year <= 1500:
            value = from_hijri(year, month, number)
            return (Days(value, value, 1, False, "point", "day", "hijri"), stop) if value else None
        if not 1900 <= year < 2100:
            return None
        value = make_date(year, month, number) or make_date(year, number, month)
        return (day(value, False, "numeric"), stop) if value else None

    def day_number(self, i: int) -> tuple[int, int] | None:
        """A number from 1 to 31, "3", "3rd", "third", and the token after it."""
        form = self.form(i)
        if form.isdecimal():
            if not (0 < int(form) < 32 and len(form) < 3):
                return None
            ending = self.form(i + 1) in _ENDINGS and self.words.adjoins(i + 1)
            return int(form), i + 1 + ending
        atom = self.numbers.atom(i)
        count = self.numbers.ordinal(i, atom) if atom else None
        if (
            count is None
            or not isinstance(count.value, int)
            or not 0 < count.value < 32
            or count.kind != "ordinal"
        ):
            return None
        return count.value, count.stop

    def month_at(self, i: int) -> tuple[int, bool, int] | None:
        """A month's number, whether it is Hijri, and the token after (past the point of an abbreviation)."""
        tag = self.tag(i, "hijri", "month")
        if tag is None:
            return None
        if tag.sense.category == "time.month" and not self.words.between(i, i + 1)[:1].isupper():
            return None
        stop = tag.stop
        if self.form(stop) == "." and len(self.form(i)) < 5 and self.form(i) not in ("may", "june", "july"):
            stop += 1
        return int(tag.sense.value), tag.sense.category == "time.hijri", stop

    def year_at(self, i: int) -> tuple[int, bool, int] | None:
        """A year after a date: whether it is Hijri, and the token after."""
        j = i + (self.form(i) == ",")
        j += self.form(j) == "of"
        form = self.form(j)
        if not (form.isdecimal() and len(form) == 4):
            return None
        year = int(form)
        if self.form(j + 1) == "ah" or 1400 <= year <= 1460:
            return year, True, j + 1 + (self.form(j + 1) == "ah")
        if not 1900 <= year < 2100:
            return None
        return year, False, j + 1

    def days_from(self, i: int, joiners: frozenset[str]) -> tuple[list[int], int] | None:
        """Day numbers of one month, joined: "3", "3-7", "3 and 4", "3, 4 and 5"."""
        first = self.day_number(i)
        if first is None:
            return None
        numbers, j = [first[0]], first[1]
        while len(numbers) < 6 and (self.form(j) in joiners or (self.form(j) == "," and "and" in joiners)):
            at = j + 1 + (self.form(j + 1) in ("and", "the"))
            following = self.day_number(at)
            if following is None or following[0] <= numbers[-1]:
                break
            numbers.append(following[0])
            j = following[1]
        return numbers, j

    def day_month(self, i: int, joiners: frozenset[str]) -> Found:
        """ "3 August 2018", "the 3rd of August", "3-7 August"."""
        j = i + (self.form(i) == "the")
        found = self.days_from(j, joiners)
        if found is None:
            return None
        numbers, j = found
        of_month = self.form(j) == "of"
        month = self.month_at(j + of_month)
        if month is None and len(numbers) > 1:
            numbers, j = numbers[:1], self.day_number(i + (self.form(i) == "the"))[1]  # type: ignore[index]
            month = self.month_at(j + (self.form(j) == "of"))
        if month is None:
            return self.day_of_this_month(numbers, j + 1) if of_month else None
        return self.in_year(numbers, *month)

    def day_of_this_month(self, numbers: list[int], j: int) -> Found:
        """ "the 12th of this month"."""
        found = self.unit(j)
        if found is None or found[0].grain != "month" or found[0].first is None:
            return None
        value = make_date(found[0].first.year, found[0].first.month, numbers[0])
        return (day(value, True, "date"), found[1]) if value else None

    def month_day(self, i: int, joiners: frozenset[str]) -> Found:
        """ "August 3, 2018", "Aug. 3-7", "August 3 and 4"."""
        month = self.month_at(i)
        if month is None:
            return None
        number, hijri, j = month
        found = self.days_from(j + (self.form(j) == "the"), joiners)
        if found is None:
            return None
        numbers, j = found
        if self.form(j) in ("%", ":", "/"):
            return None
        return self.in_year(numbers, number, hijri, j)

    def in_year(self, numbers: list[int], month: int, hijri: bool, j: int) -> Found:
        """The days of a month, with the year or what is said of it."""
        rule = "hijri" if hijri else "date"
        year = self.year_at(j)
        reference = self.reference
        if year is not None and year[1] == hijri:
            make = from_hijri if hijri else make_date
            values = [make(year[0], month, n) for n in numbers]
            known = [v for v in values if v]
            return (
                (self.days_of(known[0], known[-1], False, rule), year[2])
                if len(known) == len(values)
                else None
            )
        of_year = self.of_relative_year(j)
        if of_year is not None:
            span, j = of_year
            first = make_date(span.first.year, month, numbers[0]) if span.first else None
            last = make_date(span.first.year, month, numbers[-1]) if span.first else None
            return self.days_of(first, last, True, rule, len(numbers)), j
        if reference is None:
            return self.days_of(None, None, True, rule, len(numbers)), j
        if hijri:
            found = [past_hijri(reference, month, n) for n in numbers]
            days = [f[0] for f in found if f]
            return (self.days_of(min(days), max(days), True, rule), j) if days else None
        last = past_month_day(reference, month, numbers[-1])
        first = make_date(last.year, month, numbers[0]) if last else None
        return (self.days_of(first, last, True, rule), j) if first else None

    def days_of(
        self, first: date | None, last: date | None, relative: bool, rule: str, count: int = 1
    ) -> Days:
        if first == last and count < 2:
            return Days(first, last, 1, relative, "point", "day", rule)
        return Days(first, last, 1, relative, "span", "day", rule)

    def of_relative_year(self, j: int) -> Found:
        """ "last year", "of this year" after a month."""
        at = j + (self.form(j) in ("of", ","))
        if self.form(at) not in _LAST:
            return None
        found = self.unit(at)
        return found if found is not None and found[0].grain == "year" and found[0].kind == "period" else None

    def month(self, i: int) -> Found:
        """ "August 2018", "last August", "in May": a month's name alone only in such a frame."""
        word = _LAST.get(self.form(i), "")
        found = self.month_at(i + bool(word))
        if found is None:
            return None
        number, hijri, j = found
        rule = "hijri" if hijri else "month"
        year = self.year_at(j)
        if year is not None and year[1] == hijri:
            span = hijri_month_span(year[0], number) if hijri else month_span(year[0], number)
            return (period(span, "month", False, rule), year[2]) if span else None
        of_year = self.of_relative_year(j)
        if of_year is not None:
            whole: Span = month_span(of_year[0].first.year, number) if of_year[0].first else (None, None)
            return period(whole, "month", True, rule), of_year[1]
        if (
            not word
            and self.form(i - 1) not in _MONTH_FRAMES
            and (self.form(i) in _AMBIGUOUS_MONTHS or self.form(i - 1) != "-")
        ):
            return None
        if self.form(i) in _AMBIGUOUS_MONTHS and self.form(i - 1) in ("and", "to", "by") and not word:
            return None
        return self.month_days(number, hijri, word, rule), j

    def month_days(self, number: int, hijri: bool, word: str, rule: str) -> Days:
        reference = self.reference
        span: tuple[date | None, date | None] = (None, None)
        if reference is not None and hijri:
            span = past_hijri(reference, number, None) or span
        elif reference is not None:
            year = past_month(reference, number, word == "past")
            if word == "next":
                year = reference.year + (number <= reference.month)
            span = month_span(year, number)
        return period(span, "month", True, rule, future=word == "next")

    def edge(self, i: int) -> Found:
        """ "early August", "mid-August 2018", "the end of last month", "late 2015"."""
        tag = self.tag(i, "edge")
        if tag is None:
            return None
        j = tag.stop
        while self.form(j) in ("-", "in", "of", "the"):
            j += 1
        at = self.month_at(j)
        found = self.month(j) or self.unit(j) or self.decade(j) or self.bare_year(j)
        if found is None and at is not None:
            found = self.month_days(at[0], at[1], "", "month"), at[2]
        if (
            found is None
            and self.tag(j, "unit") is not None
            and self.form(j - 1) == "the"
            and self.forms[j] in ("week", "month", "year")
        ):
            span = unit_of(self.reference, self.forms[j], 0)
            found = period(span, self.forms[j], True, "unit"), j + 1
        if (
            found is None
            or found[0].grain not in ("week", "month", "year", "decade")
            or found[0].kind != "period"
        ):
            return None
        days, stop = found
        if days.first is None or days.last is None:
            return days._replace(rule="edge"), stop
        first, last = edge_of((days.first, days.last), tag.sense.value, days.grain)
        precision = 4 if days.grain == "month" else precision_of(first, last)
        return days._replace(first=first, last=last, precision=precision, rule="edge"), stop

    def nth_week(self, i: int) -> Found:
        """ "the second week of July", "the last week of May 2018": days 8–14 of a month, the week of its last day."""
        j = i + (self.form(i) == "the")
        atom = self.numbers.atom(j)
        last = self.form(j) in ("last", "final")
        if not last and (atom is None or atom.kind != "ordinal" or not 0 < atom.value < 6):
            return None
        if self.form(j + 1) != "week" or self.form(j + 2) != "of":
            return None
        whole = self.month(j + 3)
        if whole is None or whole[0].grain != "month":
            return None
        days, stop = whole
        if days.first is None or days.last is None:
            return period((None, None), "week", True, "month"), stop
        if last or atom is None:
            return period(week_of(days.last), "week", days.relative, "month"), stop
        first = shift(days.first, "week", int(atom.value) - 1)
        return period((first, min(shift(first, "day", 6), days.last)), "week", days.relative, "month"), stop

    def opening(self, i: int) -> Found:
        """ "the first half of the year", "the first ten months of 2018", "the second quarter of last year"."""
        j = i + (self.form(i) == "the")
        atom = self.numbers.atom(j)
        if atom is None or atom.kind != "ordinal":
            return None
        months = SHARES.get(self.form(j + 1))
        count = self.numbers.atom(j + 1) if months is None and atom.value == 1 else None
        number = self.numbers.cardinal(j + 1, count) if count is not None else None
        if number is not None and isinstance(number.value, int) and self.form(number.stop) == "months":
            months, stop = number.value, number.stop + 1
        elif months is not None and 1 <= atom.value * months <= 12:
            stop = j + 2
        else:
            return None
        whole = self.whole_year(stop)
        if whole is None:
            return None
        days, after = whole
        if days.first is None or days.last is None:
            return days._replace(grain="part"), after
        first = shift(days.first, "month", months * (int(atom.value) - 1))
        return opening_of(days._replace(first=first), "month", months), after

    def whole_year(self, j: int) -> Found:
        """The year after "of": "of the year", "of 2018", "of last year"."""
        if self.form(j) != "of":
            return None
        if self.form(j + 1) == "the" and self.form(j + 2) == "year":
            return period(unit_of(self.reference, "year", 0), "year", True, "unit"), j + 3
        found = self.bare_year(j + 1) or self.unit(j + 1)
        return found if found is not None and found[0].grain == "year" and found[0].kind == "period" else None

    def bare_year(self, i: int) -> Found:
        form = self.form(i)
        if (
            form.isdecimal()
            and len(form) == 4
            and 1900 <= int(form) < 2100
            and self.form(i + 1) not in ("/", ":", "%")
        ):
            return period(year_span(int(form)), "year", False, "year"), i + 1
        return None

    def year(self, i: int) -> Found:
        """ "in 2015", "2014-2018"."""
        listed = self.years(i, frozenset({"-"}))
        if listed is not None:
            return listed
        if (
            self.form(i - 1) not in _YEAR_FRAMES
            or self.numbers.counts_noun(i + 1)
            or self.numbers.atom(i + 1) is not None
            or self.tag(i + 1, "unit.many")
        ):
            return None
        return self.bare_year(i)

    def years(self, i: int, joiners: frozenset[str]) -> Found:
        first, last = self.form(i), self.form(i + 2)
        if not (
            len(first) == 4
            and first.isdecimal()
            and 1900 <= int(first) < 2100
            and self.form(i + 1) in joiners
        ):
            return None
        if not (len(last) == 4 and last.isdecimal() and int(first) < int(last) < 2100) or self.form(
            i + 3
        ) in (
            "-",
            "/",
        ):
            return None
        return Days(
            year_span(int(first))[0], year_span(int(last))[1], 5, False, "span", "year", "years"
        ), i + 3

    def season(self, i: int) -> Found:
        """ "summer 2014", "the summer of 2014", "last summer"."""
        word = _LAST.get(self.form(i), "")
        tag = self.tag(i + bool(word) + (self.form(i) == "the"), "season")
        if tag is None:
            return None
        month, year = int(tag.sense.value), self.year_at(tag.stop)
        if year is not None and not year[1]:
            first, last = month_span(year[0], month)[0], month_span(year[0], month + 2)[1]
            return Days(first, last, 5, False, "period", "season", "month"), year[2]
        if word not in ("past", "this", "next"):
            return None
        if self.reference is None:
            return Days(None, None, 5, True, "period", "season", "month"), tag.stop
        at = past_month(self.reference, month) + (word == "next")
        return Days(
            month_span(at, month)[0],
            month_span(at, month + 2)[1],
            5,
            True,
            "period",
            "season",
            "month",
            None,
            word == "next",
        ), tag.stop

    def decade(self, i: int) -> Found:
        """ "the 1990s"."""
        j = i + (self.form(i) == "the")
        form = self.form(j)
        if not (
            len(form) == 4
            and form.isdecimal()
            and form[3] == "0"
            and self.form(j + 1) == "s"
            and self.words.adjoins(j + 1)
        ):
            return None
        year = int(form)
        return Days(year_span(year)[0], year_span(year + 9)[1], 5, False, "period", "decade", "year"), j + 2

    def unit(self, i: int) -> Found:
        """ "last week", "the past week", "the last three days", "this month", "the past 24 hours", "recent days"."""
        j = i + (self.form(i) == "the")
        word = _LAST.get(self.form(j), "")
        if not word:
            return None
        if word == "past" and self.form(i) == "the" and self.form(j) == "last":
            word = "recent"
        j += 1
        count: int | None = 1
        atom = self.numbers.atom(j)
        if self.form(j) in ("few", "several", "couple"):
            count, j = (2 if self.form(j) == "couple" else None), j + 1
            j += self.form(j) == "of"
        elif atom is not None:
            number = self.numbers.cardinal(j, atom)
            if number is None or (number.value is not None and not isinstance(number.value, int)):
                return None
            count, j = number.value, number.stop
        tag = self.tag(j, "unit", "unit.many")
        if tag is None:
            return None
        many = tag.sense.category == "time.unit.many"
        if many and count == 1:
            count = None
        if many and word == "past":
            word = "recent"
        if word == "recent" and self.form(j - 1) in ("recent",) and not many:
            return None
        return self.unit_days(tag.sense.value, count, word), tag.stop

    def unit_days(self, unit: str, count: int | None, word: str) -> Days:
        """The days of a unit, or of `count` of them (None: a few), by what is said of it."""
        reference, precision = self.reference, PRECISION[unit]
        single = count == 1 and word != "recent"
        if single and unit in ("day", "hour"):
            offset = {"past": -1, "this": 0, "next": 1}[word] if unit == "day" else 0
            return day(
                shift(reference, "day", offset) if reference else None, True, "day", None, word == "next"
            )
        first = last = None
        if reference is not None:
            if single or word == "this":
                first, last = unit_span(reference, unit, {"past": -1, "this": 0, "next": 1}[word])
            elif word == "recent":
                first, last = past_units(
                    reference, unit, 3 if count is None and unit != "hour" else count or 1
                )
            else:
                first, last = next_units(reference, unit, count or 3)
            precision = precision if single else precision_of(first, last)
        return Days(first, last, precision, True, "period", unit, "unit", None, word == "next")

    def duration(self, i: int) -> tuple[str, int | None, int] | None:
        """A unit, its count (None: a few) and the token after: "three days", "a week", "24 hours", "three-day"."""
        if self.form(i) in ("a", "an", "one"):
            tag = self.tag(i + 1, "unit")
            if tag is not None:
                return tag.sense.value, 1, tag.stop
        j, count = i, None
        if self.form(i) == "a" and self.form(i + 1) == "couple" and self.form(i + 2) == "of":
            j, count = i + 3, 2
        elif self.form(i) in ("few", "several"):
            j = i + 1
        else:
            atom = self.numbers.atom(i)
            number = self.numbers.cardinal(i, atom) if atom else None
            if number is None or number.stop <= i:
                return None
            j, count = number.stop, None if number.value is None else int(number.value)
        tag = self.tag(j, "unit.many")
        return (tag.sense.value, count, tag.stop) if tag else None

    def ago(self, i: int) -> Found:
        """ "two days ago", "a week ago"."""
        length = self.duration(i)
        if length is None or self.form(length[2]) != "ago":
            return None
        unit, count, stop = length
        value = days_back(self.reference, [(unit, count)])
        precision = (
            {"day": 2, "week": 4, "month": 5}.get(unit, PRECISION[unit]) if count is None else PRECISION[unit]
        )
        return Days(value, value, precision, True, "point", "day", "ago"), stop + 1
