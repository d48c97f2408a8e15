"""English times: days, dates, months, years, what is relative to the report, spans, durations and times of day.

`EnglishTimes.read` tries at every token that a time may begin at; each method reads one kind of time and gives its days
with the token after it, or None. What was named explicitly wins over what is relative ("Friday, 3 August").
"""

from __future__ import annotations

from datetime import date

from sijill.language.english.numbers import EnglishNumbers
from sijill.language.tagging import Tagged
from sijill.language.times import (
    PRECISION,
    Days,
    PartOfDay,
    TimeKind,
    TimeMention,
    day,
    edge_of,
    from_hijri,
    hijri_month_span,
    make_date,
    month_span,
    next_weekday,
    past_hijri,
    past_month,
    past_month_day,
    past_units,
    past_weekday,
    precision_of,
    shift,
    unit_span,
    week_of,
    year_span,
)
from sijill.rules.lexicon import Tag

Found = tuple[Days, int] | None

_LAST = {"last": "past", "previous": "past", "past": "recent", "recent": "recent", "this": "this", "current": "this",
         "next": "next", "coming": "next", "preceding": "past"}  # fmt: skip
_FIRST_TOKENS = frozenset({"from", "between", "the", "a", "an", "in", "at", "on", *_LAST, "few", "several", "for", "over", "earlier", "later", "around"})
_MONTH_FRAMES = frozenset({"in", "since", "of", "until", "during", "early", "late", "mid", "by", "from", "through", "last", "this", "next", "to", "and", "between", "throughout", "before", "after"})
_YEAR_FRAMES = frozenset({"in", "since", "of", "until", "during", "early", "late", "mid", "by", "from", "through", "before", "after", "year", "throughout", "between", "to"})
_AGE = frozenset({"aged", "age"})
_ENDINGS = frozenset({"st", "nd", "rd", "th"})
_AMBIGUOUS_MONTHS = frozenset({"may", "march", "mar", "sep", "jan", "dec", "jun", "august"})


class EnglishTimes:
    """The times of one tagged text, counted from `reference` where they are relative."""

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

    def read(self) -> list[TimeMention]:
        """Every time, in order."""
        found: list[TimeMention] = []
        i, n = 0, len(self.forms)
        while i < n:
            result = self.time(i) if self.may_begin(i) else None
            if result is None or result[1] <= i:
                i += 1
                continue
            days, stop = result
            start, end = self.words.span(i, stop)
            found.append(
                TimeMention(
                    i, stop, start, end, days.first, days.last, days.precision, days.relative, days.kind,
                    days.part, days.future, f"en.times.{days.rule}",
                )  # fmt: skip
            )
            i = stop
        return found

    def may_begin(self, i: int) -> bool:
        form = self.forms[i]
        if i in self.tags or form[0].isdigit():
            return True
        return i in self._near and (form in _FIRST_TOKENS or self.numbers.atom(i) is not None)

    # What stands at a token

    def tag(self, i: int, *categories: str) -> Tag | None:
        """The longest tag at a token of any of the categories (without "time.")."""
        for tag in self.tags.get(i, ()):
            if tag.sense.category[5:] in categories:
                return tag
        return None

    def form(self, i: int) -> str:
        return self.forms[i] if 0 <= i < len(self.forms) else ""

    # Whole expressions

    def time(self, i: int) -> Found:
        """The longest time that begins at token i."""
        found = self.since(i) or self.until(i) or self.between(i) or self.ago(i) or self.earlier(i)
        if found is not None:
            return found
        moment = self.moment(i)
        if moment is not None:
            return self.through(i, moment) or moment
        return self.clock(i) or self.duration_mention(i)

    def since(self, i: int) -> Found:
        tag = self.tag(i, "since")
        if tag is None:
            return None
        at = tag.stop + (self.form(tag.stop) in ("the", "about", "around"))
        found = self.ago(at) or self.moment(tag.stop)
        return (found[0]._replace(kind="since"), found[1]) if found else None

    def until(self, i: int) -> Found:
        tag = self.tag(i, "until")
        found = self.moment(tag.stop) if tag else None
        return (found[0]._replace(kind="until"), found[1]) if found else None

    def between(self, i: int) -> Found:
        """"from 3 to 7 August", "between August 3 and 7", "from Thursday to Saturday", "between 2014 and 2018"."""
        if self.form(i) == "from":
            joiners = frozenset({"to", "through", "until", "till", "-"})
        elif self.form(i) == "between":
            joiners = frozenset({"and", "-"})
        else:
            return None
        listed = self.date(i + 1, joiners) or self.years(i + 1, joiners)
        if listed is not None and listed[0].kind == "span":
            return listed
        first = self.moment(i + 1)
        return self.through(i, first, joiners) if first else None

    def through(self, i: int, first: tuple[Days, int], joiners: frozenset[str] = frozenset({"to", "through", "-"})) -> Found:
        """A moment with the end of its span: "2 October to 22 October", "Thursday and Friday"."""
        days, j = first
        if days.grain not in ("day", "month", "year", "week") or days.kind not in ("point", "period"):
            return None
        if self.form(j) not in joiners:
            return self.next_day_too(days, j)
        at = j + 1 + (self.form(j + 1) == "on")
        second = self.moment(at)
        if second is None or second[0].grain not in ("day", "month", "year", "week"):
            return None
        return self.joined(days, second[0]), second[1]

    def next_day_too(self, days: Days, j: int) -> Found:
        """"Thursday and Friday", "Thursday night into Friday": two days that follow each other."""
        if days.rule != "weekday" or self.form(j) not in ("and", "into", "or", "/"):
            return None
        second = self.weekday(j + 1)
        if second is None or second[0].rule != "weekday":
            return None
        if days.first and second[0].first and (second[0].first - days.first).days % 7 != 1:
            return None
        return self.joined(days, second[0]), second[1]

    def joined(self, first: Days, last: Days) -> Days:
        """One span of two moments. The first lies before the second: relative ones are moved back until it does."""
        begin, end = first.first, last.last
        if begin and end and first.relative:
            begin = self.before(first, begin, end)
        if begin and end and begin > end:
            begin, end = end, begin
        precision = max(first.precision, last.precision)
        if precision > 1:
            precision = max(precision, precision_of(begin, end))
        return Days(
            begin, end, precision, first.relative or last.relative, "span",
            "day", "span", first.part, first.future or last.future,
        )  # fmt: skip

    def before(self, days: Days, begin: date, end: date) -> date:
        """The start of a relative moment as the last such one before the end of its span."""
        if days.rule == "weekday":
            return past_weekday(end, begin.weekday())
        if days.rule == "date" and days.grain == "day":
            return past_month_day(end, begin.month, begin.day) or begin
        if days.rule == "month" and begin > end:
            return shift(begin, "year", -1)
        return begin

    def earlier(self, i: int) -> Found:
        """"earlier this month": from the unit's first day to the report."""
        if self.form(i) not in ("earlier", "later"):
            return None
        found = self.unit(i + 1)
        if found is None or self.form(i + 1) != "this":
            return None
        days = found[0]
        if self.form(i) == "later":
            return days._replace(first=self.reference, future=True, rule="earlier"), found[1]
        return days._replace(last=self.reference, precision=precision_of(days.first, self.reference), rule="earlier"), found[1]

    # Moments: one day or one unit of the calendar

    def moment(self, i: int) -> Found:
        if i >= len(self.forms):
            return None
        return (
            self.with_part_before(i)
            or self.night(i)
            or self.weekday(i)
            or self.relative_day(i)
            or self.date(i)
            or self.edge(i)
            or self.unit(i)
            or self.month(i)
            or self.year(i)
            or self.season(i)
            or self.decade(i)
        )

    def with_part_before(self, i: int) -> Found:
        """"late on Friday", "the early hours of Friday", "overnight Thursday", "this morning"."""
        if self.form(i) == "this":
            tag = self.tag(i + 1, "part")
            return (day(self.reference, True, "day", tag.sense.value), tag.stop) if tag else None  # type: ignore[arg-type]
        j = i + (self.form(i) == "the")
        tag = self.tag(j, "part")
        early = self.form(j) in ("late", "early") and tag is None
        if tag is None and not early:
            return None
        at = tag.stop if tag else j + 1
        while self.form(at) in ("of", "on", "the", "hours"):
            at += 1
        found = self.weekday(at) or self.relative_day(at) or (self.date(at) if not early else None)
        if found is None or found[0].grain != "day" or found[0].kind != "point":
            return None
        part: PartOfDay = tag.sense.value if tag else ("evening" if self.form(j) == "late" else "morning")  # type: ignore[assignment]
        return found[0]._replace(part=found[0].part or part), found[1]

    def night(self, i: int) -> Found:
        tag = self.tag(i, "night")
        if tag is None:
            return None
        value = shift(self.reference, "day", int(tag.sense.value)) if self.reference else None
        return day(value, True, "day", "night"), tag.stop

    def relative_day(self, i: int) -> Found:
        """"yesterday", "yesterday morning", "today, Friday"."""
        tag = self.tag(i, "day")
        if tag is None:
            return None
        offset = int(tag.sense.value)
        value = shift(self.reference, "day", offset) if self.reference else None
        days, stop = self.with_part_after(day(value, True, "day", None, offset > 0), tag.stop)
        at, closes = self.opened(stop)
        named = self.weekday(at)
        if named is not None and named[0].kind == "point" and (value is None or named[0].first == value):
            return named[0]._replace(part=days.part or named[0].part), named[1] + (closes and self.form(named[1]) == ")")
        return days, stop

    def opened(self, j: int) -> tuple[int, bool]:
        """Past a comma or bracket between a day and its other name."""
        if self.form(j) == ",":
            j += 1
        closes = self.form(j) == "("
        return j + closes, closes

    def with_part_after(self, days: Days, stop: int) -> tuple[Days, int]:
        """"Friday night", "Friday at dawn", "yesterday in the afternoon"."""
        at = stop
        while self.form(at) in ("at", "in", "the", "early", "late") and at - stop < 2:
            at += 1
        tag = self.tag(at, "part")
        if tag is None or days.grain != "day":
            return days, stop
        return days._replace(part=days.part or tag.sense.value), tag.stop  # type: ignore[arg-type]

    def weekday(self, i: int) -> Found:
        """"Friday", "last Friday", "next Monday", "Friday last week", "Friday, 3 August 2018"."""
        word = _LAST.get(self.form(i), "")
        j = i + bool(word)
        tag = self.tag(j, "weekday")
        if tag is None:
            short = self.tag(j, "weekday.short") if not word else None
            if short is None:
                return None
            at = short.stop + (self.form(short.stop) == ".")
            found = self.date(at + (self.form(at) == ","))
            return found if found is not None and found[0].grain == "day" else None
        number, stop = int(tag.sense.value), tag.stop
        days = self.weekday_days(number, word)
        if not word and self.form(stop) in ("last", "this", "next") and (week := self.unit(stop)) and week[0].grain == "week":
            value = shift(week[0].first, "day", number) if week[0].first else None
            return self.with_part_after(day(value, True, "weekday", None, week[0].future), week[1])
        if not word and (week := self.unit(stop + 1)) and self.form(stop) == "of" and week[0].grain == "week":
            value = shift(week[0].first, "day", number) if week[0].first else None
            return day(value, True, "weekday", None, week[0].future), week[1]
        days, stop = self.with_part_after(days, stop)
        at, closes = self.opened(stop)
        found = self.date(at + (self.form(at) == "the"))
        if found is not None and found[0].grain == "day" and found[0].kind == "point":
            return found[0]._replace(part=days.part), found[1] + (closes and self.form(found[1]) == ")")
        return days, stop

    def weekday_days(self, number: int, word: str) -> Days:
        reference, value = self.reference, None
        if reference is not None:
            value = next_weekday(reference, number) if word == "next" else past_weekday(reference, number, word == "past")
        return day(value, True, "weekday", None, word == "next")

    # Dates of the calendar

    def date(self, i: int, joiners: frozenset[str] = frozenset({"-", "and", "to"})) -> Found:
        found = self.numeric(i) or self.day_month(i, joiners) or self.month_day(i, joiners)
        if found is None or found[0].grain != "day":
            return found
        return self.with_part_after(*found) if found[0].kind == "point" else found

    def numeric(self, i: int) -> Found:
        """"2018-08-03", "03/08/2015" (day first unless that cannot be), "3.8.2015", "8/2015"."""
        form = self.form(i)
        if not form[:1].isdigit() or (self.words.adjoins(i) and self.form(i - 1) in "/-.:+"):
            return None
        parts, stop = [form], i + 1
        if "." in form:
            parts = form.split(".")
        elif self.form(i + 1) in ("/", "-"):
            mark = self.form(i + 1)
            while self.form(stop) == mark and self.form(stop + 1).isdigit() and self.words.adjoins(stop) and self.words.adjoins(stop + 1):
                parts.append(self.form(stop + 1))
                stop += 2
        if not 1 < len(parts) < 4 or not all(p.isdigit() and len(p) < 5 for p in parts):
            return None
        numbers = [int(p) for p in parts]
        if len(parts) == 2:
            if len(parts[1]) == 4 and 1 <= numbers[0] <= 12 and 1900 <= numbers[1] < 2100 and "." not in form:
                return Days(*month_span(numbers[1], numbers[0]), 4, False, "period", "month", "numeric"), stop
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
        if form.isdigit():
            if not (0 < int(form) < 32 and len(form) < 3):
                return None
            ending = self.form(i + 1) in _ENDINGS and self.words.adjoins(i + 1)
            return int(form), i + 1 + ending
        atom = self.numbers.atom(i)
        count = self.numbers.ordinal(i, atom) if atom else None
        if count is None or not isinstance(count.value, int) or not 0 < count.value < 32 or count.kind != "ordinal":
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
        if not (form.isdigit() and len(form) == 4):
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
        """"3 August 2018", "the 3rd of August", "3-7 August"."""
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
        """"the 12th of this month"."""
        found = self.unit(j)
        if found is None or found[0].grain != "month" or found[0].first is None:
            return None
        value = make_date(found[0].first.year, found[0].first.month, numbers[0])
        return (day(value, True, "date"), found[1]) if value else None

    def month_day(self, i: int, joiners: frozenset[str]) -> Found:
        """"August 3, 2018", "Aug. 3-7", "August 3 and 4"."""
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
            return (self.days_of(known[0], known[-1], False, rule), year[2]) if len(known) == len(values) else None
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

    def days_of(self, first: date | None, last: date | None, relative: bool, rule: str, count: int = 1) -> Days:
        if first == last and count < 2:
            return Days(first, last, 1, relative, "point", "day", rule)
        return Days(first, last, 1, relative, "span", "day", rule)

    def of_relative_year(self, j: int) -> Found:
        """"last year", "of this year" after a month."""
        at = j + (self.form(j) in ("of", ","))
        if self.form(at) not in _LAST:
            return None
        found = self.unit(at)
        return found if found is not None and found[0].grain == "year" and found[0].kind == "period" else None

    # Months, years, units

    def month(self, i: int) -> Found:
        """"August 2018", "last August", "in May": a month's name alone only in such a frame."""
        word = _LAST.get(self.form(i), "")
        found = self.month_at(i + bool(word))
        if found is None:
            return None
        number, hijri, j = found
        rule = "hijri" if hijri else "month"
        year = self.year_at(j)
        if year is not None and year[1] == hijri:
            span = hijri_month_span(year[0], number) if hijri else month_span(year[0], number)
            return (Days(*span, 4, False, "period", "month", rule), year[2]) if span else None
        of_year = self.of_relative_year(j)
        if of_year is not None:
            span = month_span(of_year[0].first.year, number) if of_year[0].first else (None, None)
            return Days(*span, 4, True, "period", "month", rule), of_year[1]
        if not word and self.form(i - 1) not in _MONTH_FRAMES and (self.form(i) in _AMBIGUOUS_MONTHS or self.form(i - 1) != "-"):
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
        return Days(*span, 4, True, "period", "month", rule, None, word == "next")

    def edge(self, i: int) -> Found:
        """"early August", "mid-August 2018", "the end of last month", "late 2015"."""
        tag = self.tag(i, "edge")
        if tag is None:
            return None
        j = tag.stop
        while self.form(j) in ("-", "in", "of", "the"):
            j += 1
        at = self.month_at(j)
        found = self.month(j) or self.unit(j) or self.bare_year(j) or self.decade(j)
        if found is None and at is not None:
            found = self.month_days(at[0], at[1], "", "month"), at[2]
        if found is None and self.tag(j, "unit") is not None and self.form(j - 1) == "the" and self.forms[j] in ("week", "month", "year"):
            span = unit_span(self.reference, self.forms[j], 0) if self.reference else (None, None)
            found = Days(*span, PRECISION[self.forms[j]], True, "period", self.forms[j], "unit"), j + 1
        if found is None or found[0].grain not in ("week", "month", "year", "decade") or found[0].kind != "period":
            return None
        days, stop = found
        if days.first is None or days.last is None:
            return days._replace(rule="edge"), stop
        first, last = edge_of((days.first, days.last), tag.sense.value, days.grain)
        precision = 4 if days.grain == "month" else precision_of(first, last)
        return days._replace(first=first, last=last, precision=precision, rule="edge"), stop

    def bare_year(self, i: int) -> Found:
        form = self.form(i)
        if form.isdigit() and len(form) == 4 and 1900 <= int(form) < 2100 and self.form(i + 1) not in ("/", ":", "%"):
            return Days(*year_span(int(form)), 5, False, "period", "year", "year"), i + 1
        return None

    def year(self, i: int) -> Found:
        """"in 2015", "2014-2018"."""
        listed = self.years(i, frozenset({"-"}))
        if listed is not None:
            return listed
        if self.form(i - 1) not in _YEAR_FRAMES or self.numbers.counts_noun(i + 1) or self.numbers.atom(i + 1) is not None or self.tag(i + 1, "unit.many"):
            return None
        return self.bare_year(i)

    def years(self, i: int, joiners: frozenset[str]) -> Found:
        first, last = self.form(i), self.form(i + 2)
        if not (len(first) == 4 and first.isdigit() and 1900 <= int(first) < 2100 and self.form(i + 1) in joiners):
            return None
        if not (len(last) == 4 and last.isdigit() and int(first) < int(last) < 2100) or self.form(i + 3) in ("-", "/"):
            return None
        return Days(year_span(int(first))[0], year_span(int(last))[1], 5, False, "span", "year", "years"), i + 3

    def season(self, i: int) -> Found:
        """"summer 2014", "the summer of 2014", "last summer"."""
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
        return Days(month_span(at, month)[0], month_span(at, month + 2)[1], 5, True, "period", "season", "month", None, word == "next"), tag.stop

    def decade(self, i: int) -> Found:
        """"the 1990s"."""
        j = i + (self.form(i) == "the")
        form = self.form(j)
        if not (len(form) == 4 and form.isdigit() and form[3] == "0" and self.form(j + 1) == "s" and self.words.adjoins(j + 1)):
            return None
        year = int(form)
        return Days(year_span(year)[0], year_span(year + 9)[1], 5, False, "period", "decade", "year"), j + 2

    def unit(self, i: int) -> Found:
        """"last week", "the past week", "the last three days", "this month", "the past 24 hours", "recent days"."""
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
            if number is None or number.value is not None and not isinstance(number.value, int):
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
            return day(shift(reference, "day", offset) if reference else None, True, "day", None, word == "next")
        first = last = None
        if reference is not None:
            if single or word == "this":
                first, last = unit_span(reference, unit, {"past": -1, "this": 0, "next": 1}[word])
            elif word == "recent":
                first, last = past_units(reference, unit, 3 if count is None and unit != "hour" else count or 1)
            else:
                first = shift(reference, "day", int(unit != "hour"))
                last = shift(reference, unit, count or 3) if unit != "hour" else shift(reference, "day", -(-(count or 1) // 24))
            precision = precision if single else precision_of(first, last)
        return Days(first, last, precision, True, "period", unit, "unit", None, word == "next")

    # Lengths of time

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
        """"two days ago", "a week ago"."""
        length = self.duration(i)
        if length is None or self.form(length[2]) != "ago":
            return None
        unit, count, stop = length
        value = shift(self.reference, unit, -(3 if count is None and unit != "hour" else count or 0)) if self.reference else None
        precision = {"day": 2, "week": 4, "month": 5}.get(unit, PRECISION[unit]) if count is None else PRECISION[unit]
        kind: TimeKind = "point"
        return Days(value, value, precision, True, kind, "day", "ago"), stop + 1

    def duration_mention(self, i: int) -> Found:
        """"three days", "24 hours" alone; an age is none."""
        if self.form(i) in ("a", "an", "one") and self.form(i - 1) not in ("for", "over", "within", "than"):
            return None
        length = self.duration(i)
        if length is None or self.form(i - 1) in _AGE or self.form(length[2]) in ("old", "earlier", "later"):
            return None
        return Days(None, None, 5, False, "duration", length[0], "duration"), length[2]

    # Times of day

    def clock(self, i: int) -> Found:
        """"8:30 pm", "at 8 a.m.", "at dawn", "overnight": a time of day, with its day where one follows."""
        form = self.form(i)
        j, part = i, None
        if form.isdigit() and int(form) < 25:
            j = i + 1
            minutes = self.form(j) == ":" and self.form(j + 1).isdigit() and len(self.form(j + 1)) == 2 and self.words.adjoins(j)
            if minutes:
                j += 2
            half = self.half_of_day(j)
            if half is None and not minutes:
                return None
            j = half or j
        else:
            if form in ("at", "in"):
                j += 1 + (self.form(j + 1) == "the")
            tag = self.tag(j, "part")
            if tag is None or (j == i and form not in ("overnight", "midnight", "noon", "dawn")):
                return None
            j, part = tag.stop, tag.sense.value
        at = j
        while self.form(at) in ("on", "of", ",") and at - j < 1:
            at += 1
        found = self.weekday(at) or self.relative_day(at) or (self.date(at) if at > j else None)
        if found is not None and found[0].grain == "day" and found[0].kind == "point":
            return found[0]._replace(part=found[0].part or part), found[1]
        return Days(None, None, 1, False, "clock", "hour", "clock", part), j  # type: ignore[arg-type]

    def half_of_day(self, j: int) -> int | None:
        """The token after "am", "p.m.", "GMT" at token j."""
        if self.form(j) in ("am", "pm", "gmt", "hours"):
            return j + 1
        if self.form(j) in ("a", "p") and self.form(j + 1) == "." and self.form(j + 2) == "m":
            return j + 3 + (self.form(j + 3) == "." and self.words.adjoins(min(j + 3, len(self.forms) - 1)))
        if self.form(j) == "o" and self.form(j + 2) == "clock":
            return j + 3
        return None


