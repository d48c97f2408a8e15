"""Times in a text: what a time mention is, the calendar arithmetic that both languages share, and who reads which.

Every day is a `datetime.date` of the Gregorian calendar; every pair of days is inclusive. Weeks run from Monday to
Sunday. Relative expressions count from the reference, the day of the report; without one they stay without days.
"""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from functools import lru_cache
from typing import Literal, NamedTuple

from sijill.language.tagging import Tagged, tag_text
from sijill.text.words import Words

TimeKind = Literal["point", "span", "since", "until", "duration", "period", "clock"]
PartOfDay = Literal["dawn", "morning", "noon", "afternoon", "evening", "night", "midnight"]


class TimeMention(NamedTuple):
    """A time: tokens `first_token` to `stop` (exclusive), code points `start` to `end` (exclusive) of the given text.

    `first` and `last` are its days, None where it is relative and no reference was given, or where it has no place in
    the calendar (a duration, a time of day alone). `precision` is UCDP's date_prec: 1 the day, 2 within 2–6 days, 3 a
    week, 4 a month, 5 longer. `kind`: a "point" is one day; a "span" runs from a day to a day; a "period" is a unit of
    the calendar in which something lies (last month, 2015); "since" runs on from its days to the report; "until" ends
    with them; a "duration" is a length; a "clock" a time of day. `future` where it lies ahead of the report. `run` is how
    many days, the last among them, a duration of days or weeks runs ("three days of clashes", "for the fifth day").
    """

    first_token: int
    stop: int
    start: int
    end: int
    first: date | None
    last: date | None
    precision: int
    relative: bool
    kind: TimeKind
    part_of_day: PartOfDay | None
    future: bool
    rule: str
    run: int | None = None


class Days(NamedTuple):
    """Days that words stand for, before they are placed in the text: see `TimeMention`. `grain` is the unit that was
    named ("day", "week", "month", "year", …)."""

    first: date | None
    last: date | None
    precision: int
    relative: bool
    kind: TimeKind
    grain: str
    rule: str
    part: PartOfDay | None = None
    future: bool = False
    run: int | None = None


def read_times(tagged: Tagged, reference: date | None = None) -> list[TimeMention]:
    """Every time of a tagged text, in order, none inside another."""
    if tagged.language == "ar":
        from sijill.language.arabic.times import ArabicTimes

        return ArabicTimes(tagged, reference).read()
    from sijill.language.english.times import EnglishTimes

    return EnglishTimes(tagged, reference).read()


def day_of_writing(tagged: Tagged, published: date) -> date:
    """The day that "today" means: the day of publication, or an earlier one where the report itself says so, since
    papers print a report of the day before as it stood ("أمس الثلاثاء" in Thursday's paper was written on Wednesday)."""
    done = 0
    for tag in tagged.of("time.day"):
        if tag.first < done or tag != tagged.first(tag.first, "time.day"):
            continue  # the "أمس" of "أول أمس" is not yesterday
        done = tag.stop
        if tag.sense.value not in ("0", "-1"):
            continue
        at = tag.stop + (tag.stop < len(tagged.words) and tagged.words.forms[tag.stop] == "(")
        weekday = tagged.first(at, "time.weekday")
        if weekday is None:
            continue
        said = published + timedelta(int(tag.sense.value))
        back = (said.weekday() - int(weekday.sense.value)) % 7
        return published - timedelta(back) if back <= LONGEST_LAG else published
    return published


LONGEST_LAG = 3
"""How many days a report may lie before it is printed."""


def find_times(text: str, language: str, reference: date | None = None) -> list[TimeMention]:
    """Every time of a text, "ar" or "en"; relative ones count from `reference`."""
    return read_times(tag_text(text, language), reference)


def calendar_tokens(tagged: Tagged) -> set[int]:
    """The tokens that belong to dates and times of day, where a number counts nothing."""
    return {
        i
        for t in read_times(tagged)
        if t.kind == "clock" or t.rule.rpartition(".")[2] in CALENDAR_RULES
        for i in range(t.first_token, t.stop)
    }


CALENDAR_RULES = frozenset({"date", "numeric", "month", "year", "hijri", "years", "clock"})
"""Last names of the rules that read days, months and years of the calendar, and times of day."""

SAID_FOR = 120
"""How many words a day that was named goes on to be the one that "the same day" and a bare time of day mean."""

PRECISION = {"hour": 1, "day": 1, "week": 3, "month": 4, "season": 5, "year": 5, "decade": 5, "century": 5}
"""UCDP date_prec of a unit of time."""

OFFSET = {"day": 1, "week": 7}


Span = tuple[date | None, date | None]
"""First and last day, both None where they are not known."""


def period(
    span: Span,
    grain: str,
    relative: bool,
    rule: str,
    precision: int = 0,
    future: bool = False,
    kind: TimeKind = "period",
) -> Days:
    """A unit of the calendar; without a precision it has that of its grain."""
    return Days(span[0], span[1], precision or PRECISION[grain], relative, kind, grain, rule, None, future)


def unit_of(reference: date | None, unit: str, count: int) -> Span:
    """`unit_span`, or no days where there is no reference."""
    return unit_span(reference, unit, count) if reference else (None, None)


def day(
    value: date | None, relative: bool, rule: str, part: PartOfDay | None = None, future: bool = False
) -> Days:
    """A single day."""
    return Days(value, value, 1, relative, "point", "day", rule, part, future)


def lasting(unit: str, count: int | None, rule: str = "duration") -> Days:
    """So many units with no place in the calendar; a count of None is a few. After a week of fighting it is the eighth
    day, after three days of it the third."""
    run = None
    if count is not None and count > 0:
        run = {"day": count, "week": 7 * count + 1}.get(unit)
    return Days(None, None, 5, False, "duration", unit, rule, run=run)


def nth(unit: str, number: int) -> Days:
    """The length of what is in a day or week that is counted ("لليوم الثالث", "entered its second week")."""
    run = number if unit == "day" else 7 * (number - 1) + 1
    return Days(None, None, 5, False, "duration", unit, "nth", run=run)


class Said:
    """The day that the text speaks of: the last single day that it named."""

    def __init__(self) -> None:
        self._day: date | None = None
        self._at = 0

    def name(self, days: Days, at: int) -> None:
        """A time at token `at` was read; where it is a single day that is past, the text goes on to speak of it."""
        if days.kind == "point" and days.grain == "day" and days.precision == 1 and not days.future:
            self._day, self._at = days.first, at

    def day(self, at: int) -> date | None:
        """The day that is spoken of at a token; None where none was named shortly before."""
        return self._day if at - self._at <= SAID_FOR else None

    def clock(self, days: Days, at: int) -> Days:
        """A time of day, on the day that is spoken of: "صباحا", "at 2:15 p.m."; the clock's alone where there is none."""
        value = self.day(at) if days.kind == "clock" else None
        return days if value is None else days._replace(first=value, last=value, kind="point", relative=True)


def placed(words: Words, days: Days, first: int, stop: int, language: str) -> TimeMention:
    """The mention of days that tokens `first` to `stop` stand for."""
    start, end = words.span(first, stop)
    return TimeMention(
        first_token=first,
        stop=stop,
        start=start,
        end=end,
        first=days.first,
        last=days.last,
        precision=days.precision,
        relative=days.relative,
        kind=days.kind,
        part_of_day=days.part,
        future=days.future,
        rule=f"{language}.times.{days.rule}",
        run=days.run,
    )


def make_date(year: int, month: int, number: int) -> date | None:
    """The date, or None where the calendar has no such day."""
    if not (1 <= year <= 9999 and 1 <= month <= 12 and 1 <= number <= monthrange(max(year, 1), month)[1]):
        return None
    return date(year, month, number)


def month_span(year: int, month: int) -> tuple[date, date]:
    """First and last day of a month; `month` may run over the year's ends (0 is December before)."""
    year, month = year + (month - 1) // 12, (month - 1) % 12 + 1
    year = min(max(year, 1), 9999)
    return date(year, month, 1), date(year, month, monthrange(year, month)[1])


def year_span(year: int) -> tuple[date, date]:
    """First and last day of a year."""
    year = min(max(year, 1), 9999)
    return date(year, 1, 1), date(year, 12, 31)


def week_of(value: date, weeks: int = 0) -> tuple[date, date]:
    """Monday and Sunday of the week of a day, `weeks` weeks on."""
    monday = shift(value, "day", -value.weekday() + 7 * weeks)
    return monday, shift(monday, "day", 6)


def shift(value: date, unit: str, count: int) -> date:
    """A day so many units on (back where negative); of months and years the day is kept, or the last that there is."""
    try:
        if unit in OFFSET:
            return value + timedelta(OFFSET[unit] * count)
        if unit == "hour":
            return value + timedelta(int(count / 24))
    except OverflowError:
        return value
    months = {"month": 1, "year": 12, "decade": 120, "century": 1200}[unit] * count
    year, month = value.year + (value.month - 1 + months) // 12, (value.month - 1 + months) % 12 + 1
    if not 1 <= year <= 9999:
        return value
    return date(year, month, min(value.day, monthrange(year, month)[1]))


def days_back(reference: date | None, parts: list[tuple[str, int | None]]) -> date | None:
    """The day so many units before the reference; a count of None is a few: three, of hours none of a day. None where
    there is no reference or the calendar doesn't reach so far."""
    value = reference
    for unit, count in parts:
        if value is None:
            return None
        size = count if count is not None else 0 if unit == "hour" else 3
        moved = shift(value, unit, -size)
        value = None if moved == value and size and unit != "hour" else moved
    return value


def unit_span(reference: date, unit: str, count: int) -> tuple[date, date]:
    """The unit of the calendar `count` units from that of the reference: ("month", -1) is the month before."""
    if unit == "week":
        return week_of(reference, count)
    if unit == "month":
        return month_span(reference.year, reference.month + count)
    if unit == "year":
        return year_span(reference.year + count)
    if unit in ("decade", "century"):
        size = 10 if unit == "decade" else 100
        year = min(max((reference.year // size + count) * size, 1), 9900)
        return date(year, 1, 1), date(year + size - 1, 12, 31)
    value = shift(reference, unit, count)
    return value, value


def past_units(reference: date, unit: str, count: int) -> tuple[date, date]:
    """The `count` units up to the reference: "the past week", "the last 24 hours". Days are whole, so that hours reach
    from the day when they began to the reference; decades are the calendar's."""
    if unit == "decade":
        return unit_span(reference, unit, -count)[0], unit_span(reference, unit, -1)[1]
    if unit == "hour":
        return reference - timedelta(max(1, -(-count // 24))), reference
    first = shift(reference, unit, -count)
    return first, max(first, shift(reference, "day", -1)) if unit in ("day", "week") else reference


def next_units(reference: date, unit: str, count: int) -> tuple[date, date]:
    """The `count` units after the reference: "the coming days"; hours begin on its day."""
    if unit == "hour":
        return reference, shift(reference, "day", -(-count // 24))
    first = shift(reference, "day", 1)
    return first, max(first, shift(reference, unit, count))


def past_weekday(reference: date, weekday: int, before: bool = False) -> date:
    """The last such day not after the reference (Monday is 0); with `before`, strictly before it."""
    back = (reference.weekday() - weekday) % 7
    return shift(reference, "day", -(back or 7 * before))


def next_weekday(reference: date, weekday: int) -> date:
    """The first such day after the reference."""
    return shift(reference, "day", (weekday - reference.weekday() - 1) % 7 + 1)


def past_month_day(reference: date, month: int, number: int) -> date | None:
    """The last such day not after the reference; None where no year has it."""
    for year in range(reference.year, reference.year - 9, -1):
        value = make_date(year, month, number)
        if value is not None and value <= reference:
            return value
    return None


def past_month(reference: date, month: int, before: bool = False) -> int:
    """The year of the last such month that began by the reference; with `before`, of one that had ended."""
    year = reference.year if (reference.month, 0) >= (month, int(before)) else reference.year - 1
    return year - 1 if before and (year, month) == (reference.year, reference.month) else year


def past_day_of_month(reference: date, number: int) -> date | None:
    """The last day with that number in its month that is not after the reference."""
    for back in range(4):
        first, _ = month_span(reference.year, reference.month - back)
        value = make_date(first.year, first.month, number)
        if value is not None and value <= reference:
            return value
    return None


def edge_of(span: tuple[date, date], edge: str, grain: str) -> tuple[date, date]:
    """The early, mid or late part of a unit: of a month days 1–10, 11–20 and 21–end, of a year its thirds, of a
    week Monday and Tuesday, Wednesday and Thursday, the rest; of a decade four, three and three years."""
    first, last = span
    index = ("early", "mid", "late").index(edge)
    if grain == "month":
        starts = (first, shift(first, "day", 10), shift(first, "day", 20))
    elif grain == "year":
        starts = (first, shift(first, "month", 4), shift(first, "month", 8))
    elif grain == "week":
        starts = (first, shift(first, "day", 2), shift(first, "day", 4))
    else:
        starts = (first, shift(first, "year", 4), shift(first, "year", 7))
    return starts[index], last if index == 2 else shift(starts[index + 1], "day", -1)


def opening_of(whole: Days, unit: str, count: int) -> Days:
    """The first `count` units of a month or year: "the first six months of 2018"."""
    if whole.first is None or whole.last is None:
        return whole._replace(grain="part")
    last = min(whole.last, shift(shift(whole.first, unit, count), "day", -1))
    return whole._replace(last=last, precision=precision_of(whole.first, last), grain="part", rule="month")


def precision_of(first: date | None, last: date | None) -> int:
    """UCDP date_prec of a span by its length."""
    if first is None or last is None:
        return 1
    length = (last - first).days + 1
    return 1 if length < 2 else 2 if length < 7 else 3 if length == 7 else 4 if length <= 31 else 5


def joined(first: Days, last: Days) -> Days:
    """One span of two moments. The first lies before the second: a relative one is taken as the last such before the
    end. Years that overlap are one year of two calendars ("1436هـ - 2015م"). Without the days of one there are none."""
    begin, end = first.first, last.last
    if begin is None or end is None or first.last is None or last.first is None:
        begin = end = None
    elif first.grain == last.grain == "year" and begin <= end and last.first <= first.last:
        return last
    else:
        if first.relative:
            begin = _last_before(first, begin, end)
        begin, end = min(begin, end), max(begin, end)
    precision = max(first.precision, last.precision)
    if precision > 1:
        precision = max(precision, precision_of(begin, end))
    return Days(
        first=begin,
        last=end,
        precision=precision,
        relative=first.relative or last.relative,
        kind="span",
        grain="day",
        rule="span",
        part=first.part,
        future=first.future or last.future,
    )


def _last_before(days: Days, begin: date, end: date) -> date:
    if days.rule == "weekday":
        return past_weekday(end, begin.weekday())
    if days.rule == "date" and days.grain == "day":
        return past_month_day(end, begin.month, begin.day) or begin
    if days.rule == "month" and days.grain == "month":
        return date(max(end.year - (begin.month > end.month), 1), begin.month, 1)
    return begin


HIJRI_YEARS = range(1343, 1501)


@lru_cache(maxsize=4096)
def from_hijri(year: int, month: int, number: int) -> date | None:
    """The Gregorian day of a day of the Hijri calendar (Umm al-Qura, as hijridate has it); None out of its range."""
    from hijridate import Hijri

    if year not in HIJRI_YEARS or not 1 <= month <= 12:
        return None
    try:
        value = Hijri(year, month, number).to_gregorian()
    except (ValueError, OverflowError):
        return None
    return date(value.year, value.month, value.day)


@lru_cache(maxsize=4096)
def hijri_year_of(value: date) -> int:
    """The Hijri year of a day; 0 where the tables have none."""
    from hijridate import Gregorian

    try:
        return int(Gregorian(value.year, value.month, value.day).to_hijri().year)
    except (ValueError, OverflowError):
        return 0


def hijri_month_span(year: int, month: int) -> tuple[date, date] | None:
    """First and last day of a Hijri month; None out of the tables' range."""
    first = from_hijri(year, month, 1)
    following = from_hijri(year + month // 12, month % 12 + 1, 1)
    return (first, following - timedelta(1)) if first and following else None


def hijri_year_span(year: int) -> tuple[date, date] | None:
    """First and last day of a Hijri year; None out of the tables' range."""
    first, following = from_hijri(year, 1, 1), from_hijri(year + 1, 1, 1)
    return (first, following - timedelta(1)) if first and following else None


def past_hijri(reference: date, month: int, number: int | None, word: str = "") -> tuple[date, date] | None:
    """The last such Hijri day, or month where no day is given, that began by the reference; with `word` "next" the
    first that begins after it, with "this" that of the reference's own year."""
    year = hijri_year_of(reference)
    for candidate in (year, year + 1) if word == "next" else (year, year - 1):
        if number is None:
            span = hijri_month_span(candidate, month)
        else:
            value = from_hijri(candidate, month, number)
            span = (value, value) if value else None
        if span and (word == "this" or (span[0] > reference) == (word == "next")):
            return span
    return None
