"""Times: days, spans and periods, resolved to calendar days where there is a day to count from.

Words of time are data (`knowledge/lexicons/*/times.tsv`); the grammar of how they combine is here, one for both
languages. Weekdays and dates without a year resolve to the past, as news means them. Weeks run from Monday.
Precision is UCDP's `date_prec`: 1 the day, 2 within 2–6 days, 3 within a week, 4 within a month, 5 longer.
"""

from __future__ import annotations

import calendar
from collections.abc import Callable
from datetime import date, timedelta
from typing import NamedTuple

from sijill.language.numbers import NumberMention, find_in
from sijill.language.tagging import Tagged
from sijill.rules.lexicon import Tag


class TimeMention(NamedTuple):
    """A time: tokens `first_token` to `stop` (exclusive), offsets `start` and `end` in the given text (end exclusive).

    `first` and `last` are days, both inclusive, or None where it counts from a day that is not given. `kind` is "point"
    (a day, or a stretch in which it happened), "span" (from … to), "since", "duration", "period" (a week, month, year) or
    "clock" (a time of day alone). `part` is the part of the day, if said.
    """

    first_token: int
    stop: int
    start: int
    end: int
    first: date | None
    last: date | None
    precision: int
    relative: bool
    kind: str
    part: str | None
    rule: str


class _Days(NamedTuple):
    """A stretch of days that a piece of text means, before it is written down as a mention."""

    stop: int
    first: date | None
    last: date | None
    precision: int
    relative: bool
    kind: str
    rule: str
    weekday: int | None = None
    part: str | None = None


_OF = frozenset({"من", "ل", "of", "the", "في"})
_OPEN, _CLOSE = frozenset({"(", "/", "،", ",", "-", "الموافق", "ال"}), frozenset({")"})
_BETWEEN = frozenset({"بين", "between", "مابين"})
_FROM = frozenset({"من", "from"})
_TO = frozenset({"الي", "حتي", "to", "until", "till", "-", "لغايه", "و", "and", "through"})


def read_times(tagged: Tagged, reference: date | None) -> list[TimeMention]:
    """Every time of a tagged text, in order, none inside another. `reference` is the day that "today" means."""
    reader = _Reader(tagged, reference)
    found: list[TimeMention] = []
    i = 0
    while i < len(reader.forms):
        mention = reader.at(i)
        if mention is None:
            i += 1
            continue
        found.append(mention)
        i = mention.stop
    return found


def _month_end(year: int, month: int) -> date:
    return date(year, month, calendar.monthrange(year, month)[1])


def _safe(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


class _Reader:
    def __init__(self, tagged: Tagged, reference: date | None) -> None:
        self.tagged = tagged
        self.forms = tagged.words.forms
        self.today = reference
        self.arabic = tagged.language == "ar"
        self.numbers: dict[int, NumberMention] = {
            n.first: n for n in find_in(tagged) if n.kind in ("cardinal", "ordinal") and n.rule != "dual"
        }

    # -- the tokens -----------------------------------------------------------------------------------------------

    def tag(self, i: int, category: str) -> Tag | None:
        for tag in self.tagged.at(i):
            if tag.sense.category == category and not tag.enclitic:
                return tag
        return None

    def form(self, i: int) -> str:
        return self.forms[i] if 0 <= i < len(self.forms) else ""

    def integer(self, i: int) -> tuple[int, int] | None:
        """A whole number at token i: (value, stop). Numerals are read bare; words by the grammar of numbers."""
        form = self.form(i)
        if form.isdigit():
            return int(form), i + 1
        number = self.numbers.get(i)
        if number and number.value is not None and float(number.value).is_integer() and number.high is None:
            return int(number.value), number.stop
        return None

    def skip(self, i: int, words: frozenset[str], most: int = 2) -> int:
        k = i
        while k < len(self.forms) and k - i < most and self.forms[k] in words:
            k += 1
        return k

    # -- a mention ------------------------------------------------------------------------------------------------

    def at(self, i: int) -> TimeMention | None:
        if not self.tagged.at(i) and not self.form(i)[:1].isdigit() and self.form(i) not in _BETWEEN | _FROM:
            return None
        readers: tuple[Callable[[int], _Days | None], ...] = (self.span, self.since, self.ago, self.during, self.days)
        for read in readers:
            days = read(i)
            if days:
                first, last = days.first, days.last
                if first and last and last < first:
                    first, last = last, first
                start, end = self.tagged.words.span(i, days.stop)
                return TimeMention(i, days.stop, start, end, first, last, days.precision, days.relative, days.kind, days.part, days.rule)
        return None

    def days(self, i: int) -> _Days | None:
        """A day or period with what stands beside it and means the same: "أمس (الخميس)", "الجمعة 5 حزيران"."""
        found = self.one(i)
        if found is None or found.kind == "clock":
            return found
        for _ in range(3):
            k = self.skip(found.stop, _OPEN, 2)
            closed = k > found.stop and self.form(k - 1) == "("
            if self.form(found.stop) in ("،", ",", "-") and found.precision == 1 and found.weekday is None:
                break
            further = self.one(k) if k < len(self.forms) else None
            if further is None:
                part = self.tag(found.stop, "time.part")
                if part and not part.proclitics.startswith("و") and not self.leads(part.stop):
                    found = found._replace(stop=part.stop, part=part.sense.value)
                    continue
                break
            if further.kind not in ("point", "period", "clock") or not self.agree(found, further):
                break
            stop = further.stop + 1 if closed and self.form(further.stop) in _CLOSE else further.stop
            found = self.merge(found, further)._replace(stop=stop)
        return found

    def leads(self, i: int) -> bool:
        return any(self.tag(i, c) for c in ("time.day", "time.weekday"))

    def agree(self, a: _Days, b: _Days) -> bool:
        if b.kind == "clock":
            return True
        if a.weekday is not None and b.weekday is not None:
            return False
        if a.weekday is not None and b.first:
            return b.precision == 1 and (b.first.weekday() == a.weekday or b.relative is False)
        if b.weekday is not None and a.first:
            return a.precision == 1 and a.first.weekday() == b.weekday
        if a.first is None or b.first is None:
            return a.first is None and b.first is None
        return bool(a.last and b.last and a.first <= b.last and b.first <= a.last)

    def merge(self, a: _Days, b: _Days) -> _Days:
        if b.kind == "clock":
            return a._replace(part=b.part or a.part)
        if a.weekday is not None and b.weekday is None:
            return b._replace(weekday=a.weekday, part=a.part or b.part)
        if b.weekday is not None:
            return a._replace(weekday=b.weekday, part=a.part or b.part)
        return (a if a.precision <= b.precision else b)._replace(part=a.part or b.part)

    def one(self, i: int) -> _Days | None:
        """A single expression at token i, with the part of the day or "يوم" before it."""
        part = self.tag(i, "time.part")
        if part:
            k = self.skip(part.stop, frozenset({"من", "of", "on", "يوم", "ال"}), 2)
            after = self.plain(k)
            if after and after.kind == "point":
                return after._replace(part=part.sense.value)
            if part.proclitics.startswith("و") and part.sense.value in ("noon", "dawn"):
                return None
            if self.form(part.stop).isdigit() or not self.arabic or part.first == part.stop - 1 and self.form(i).endswith("ا"):
                return _Days(part.stop, None, None, 5, True, "clock", part.sense.rule, None, part.sense.value)
            return None
        word = self.tag(i, "time.day_word")
        if word:
            k = self.skip(word.stop, frozenset({"ال", "الموافق", ":"}), 2)
            after = self.plain(k)
            if after and after.kind == "point" and after.precision == 1:
                return after
        if self.form(i) in ("on", "في", "بتاريخ", "في ال") and False:
            return None
        return self.plain(i)

    def plain(self, i: int) -> _Days | None:
        for read in (self.numeric, self.relative_day, self.weekday, self.day_of_month, self.month_day, self.positioned, self.month, self.unit_which, self.year):
            found = read(i)
            if found:
                return found
        return None

    # -- single expressions ---------------------------------------------------------------------------------------

    def numeric(self, i: int) -> _Days | None:
        """03/08/2015, 2015-08-03, 1436/10/20هـ."""
        a, b, c = self.form(i), self.form(i + 2), self.form(i + 4)
        mark = self.form(i + 1)
        if "." in a and a.count(".") == 1 and self.form(i + 1) == "." and self.form(i + 2).isdigit():
            day, month = a.split(".")
            return self.numbered(day, month, self.form(i + 2), i + 3)
        if not (a.isdigit() and b.isdigit()) or mark not in ("/", "-") or not self.tagged.words.adjoins(i + 1):
            return None
        if c.isdigit() and self.form(i + 3) == mark and self.tagged.words.adjoins(i + 3):
            return self.numbered(a, b, c, i + 5)
        if mark == "/" and 1 <= int(a) <= 31 and 1 <= int(b) <= 12 and self.today:
            found = self.past(int(b), int(a))
            return self.point(i + 3, found, "day/month", relative=True) if found else None
        return None

    def numbered(self, a: str, b: str, c: str, stop: int) -> _Days | None:
        if not (a.isdigit() and b.isdigit() and c.isdigit()):
            return None
        year, month, day = (int(a), int(b), int(c)) if len(a) == 4 else (int(c), int(b), int(a))
        if month > 12 and day <= 12:
            month, day = day, month
        if year < 100:
            year += 2000
        era = self.tag(stop, "time.era")
        if 1300 <= year <= 1500:
            return self.hijri(year, month, day, era.stop if era else stop)
        found = _safe(year, month, day) if 1900 <= year <= 2100 else None
        return self.point(era.stop if era else stop, found, "numeric date") if found else None

    def hijri(self, year: int, month: int, day: int | None, stop: int) -> _Days | None:
        """A Hijri day or month by the Umm al-Qura calendar."""
        from hijridate import Hijri

        try:
            first = Hijri(year, month, day or 1)
            start = first.to_gregorian()
            begin = date(start.year, start.month, start.day)
            if day:
                return self.point(stop, begin, "hijri date")
            return _Days(stop, begin, begin + timedelta(first.month_length() - 1), 4, False, "period", "hijri month")
        except (ValueError, OverflowError):
            return None

    def point(self, stop: int, day: date | None, rule: str, relative: bool = False, weekday: int | None = None) -> _Days:
        return _Days(stop, day, day, 1, relative, "point", rule, weekday)

    def relative_day(self, i: int) -> _Days | None:
        tag = self.tag(i, "time.day")
        if tag is None:
            return None
        if self.arabic and self.form(i) == "اليوم" and self.tag(tag.stop, "time.which"):
            return None
        day = self.today + timedelta(int(tag.sense.value)) if self.today else None
        return self.point(tag.stop, day, tag.sense.rule, relative=True)

    def weekday(self, i: int) -> _Days | None:
        which = self.tag(i, "time.which") if not self.arabic else None
        k = which.stop if which else i
        tag = self.tag(k, "time.weekday")
        if tag is None:
            return None
        if not self.arabic and which is None and tag.stop - tag.first == 1 and self.form(k) in ("mon", "wed", "sat", "sun", "fri"):
            text = self.tagged.words.between(k, k + 1)
            if not text[0].isupper():
                return None
        stop = tag.stop
        if self.arabic:
            if self.form(i) == "جمعه" and not self.tag(i - 1, "time.day_word"):
                return None
            which = self.tag(stop, "time.which")
            if which and which.sense.value == "this" and self.form(stop) not in ("الجاري", "الحالي"):
                which = None
            stop = which.stop if which else stop
        target = int(tag.sense.value)
        if self.today is None:
            return self.point(stop, None, tag.sense.rule, relative=True, weekday=target)
        back = (self.today.weekday() - target) % 7
        if which and which.sense.value == "last" and back == 0:
            back = 7
        day = self.today - timedelta(back)
        if which and which.sense.value == "next":
            day = self.today + timedelta((target - self.today.weekday()) % 7 or 7)
        return self.point(stop, day, tag.sense.rule, relative=True, weekday=target)

    def day_of_month(self, i: int) -> _Days | None:
        """5 كانون الأول, الخامس من حزيران, 5 من الشهر الجاري, 22 مايو/ أيار الماضي, 5 June 2015."""
        start = self.skip(i, frozenset({"ال", "the"}), 1)
        number = self.integer(start)
        if number is None or not 1 <= number[0] <= 31:
            return None
        day, k = number
        if not self.arabic and self.form(k) in ("st", "nd", "rd", "th"):
            k += 1
        j = self.skip(k, _OF | frozenset({"شهر", "day", "-"}), 2)
        month = self.named_month(j)
        if month:
            return self.in_month(day, *month)
        unit = self.tag(j, "time.unit")
        which = self.which_after(unit) if unit and unit.sense.value == "month" and j > k else None
        if which and self.today:
            value, stop = which
            year, number_of_month = self.shifted({"last": -1, "this": 0, "next": 1}[value])
            found = _safe(year, number_of_month, day)
            return self.point(stop, found, "day of this month", relative=True) if found else None
        return None

    def month_day(self, i: int) -> _Days | None:
        """June 5, 2015 (English)."""
        tag = None if self.arabic else self.tag(i, "time.month")
        if tag is None or not self.capital(i):
            return None
        k = tag.stop + 1 if self.form(tag.stop) == "." else tag.stop
        number = self.integer(k)
        if number is None or not self.form(k).isdigit() or not 1 <= number[0] <= 31:
            return None
        stop = number[1] + 1 if self.form(number[1]) in ("st", "nd", "rd", "th") else number[1]
        return self.in_month(number[0], int(tag.sense.value), "gregorian", stop)

    def capital(self, i: int) -> bool:
        return self.tagged.words.between(i, i + 1)[:1].isupper()

    def named_month(self, i: int) -> tuple[int, str, int] | None:
        """A month at token i, also twice over ("مايو/ أيار", "فبراير (شباط)"): (number, calendar, stop)."""
        i = self.skip(i, frozenset({"شهر", "الشهر"}), 1)
        tag = self.tag(i, "time.month")
        if tag is None:
            tag = self.tag(i, "time.hijri")
            return (int(tag.sense.value), "hijri", tag.stop) if tag else None
        if not self.arabic and not self.capital(i):
            return None
        stop = tag.stop
        k = self.skip(stop, frozenset({"/", "(", "-"}), 2)
        if k > stop:
            again = self.tag(k, "time.month")
            if again and again.sense.value == tag.sense.value:
                stop = again.stop + 1 if self.form(again.stop) == ")" else again.stop
        return int(tag.sense.value), "gregorian", stop

    def in_month(self, day: int, month: int, calendar_name: str, stop: int) -> _Days | None:
        """A day of a named month, with the year or "الماضي" after it."""
        year, stop, which = self.year_after(stop)
        if calendar_name == "hijri":
            if year is None:
                if self.today is None:
                    return None
                year = self.hijri_year(month, day)
            return self.hijri(year, month, day, stop) if year and 1300 <= year <= 1500 else None
        if year is not None:
            found = _safe(year, month, day)
            return self.point(stop, found, "day month year") if found else None
        if self.today is None:
            return _Days(stop, None, None, 1, True, "point", "day month")
        found = self.past(month, day, forward=which == "next", before_month=which == "last")
        return self.point(stop, found, "day month", relative=True) if found else None

    def hijri_year(self, month: int, day: int) -> int | None:
        from hijridate import Gregorian

        if self.today is None:
            return None
        try:
            now = Gregorian(self.today.year, self.today.month, self.today.day).to_hijri()
        except (ValueError, OverflowError):
            return None
        return now.year if (month, day) <= (now.month, now.day) else now.year - 1

    def past(self, month: int, day: int, forward: bool = False, before_month: bool = False) -> date | None:
        """The last day-and-month that is not after today."""
        if self.today is None:
            return None
        year = self.today.year
        found = _safe(year, month, day)
        if forward:
            return found if found and found > self.today else _safe(year + 1, month, day)
        if found is None or found > self.today or (before_month and month == self.today.month and found.year == year and found > self.today):
            found = _safe(year - 1, month, day) or found
        return found

    def year_after(self, i: int) -> tuple[int | None, int, str | None]:
        """The year, or which year, after a month: (year, stop, "last" | "this" | "next" | None)."""
        k = self.skip(i, frozenset({"من", "ل", ",", "،", "عام", "سنه", "العام", "لعام", "of", "in", "the"}), 2)
        form = self.form(k)
        if form.isdigit() and len(form) == 4 and (1300 <= int(form) <= 1500 or 1900 <= int(form) <= 2100):
            era = self.tag(k + 1, "time.era")
            joined = era and (era.sense.value == "ah" or self.form(k + 1) != "م" or True)
            return int(form), (era.stop if era and joined else k + 1), None
        number = self.numbers.get(k)
        if self.arabic and number and number.value and 1900 <= number.value <= 2100 and k > i:
            return int(number.value), number.stop, None
        unit = self.tag(k, "time.unit")
        if unit and unit.sense.value == "year" and k > i - 1:
            which = self.which_after(unit)
            if which and self.today:
                return self.today.year + {"last": -1, "this": 0, "next": 1}[which[0]], which[1], None
        which_tag = self.tag(i, "time.which") if self.arabic else None
        if which_tag and which_tag.sense.value in ("last", "this", "next") and self.form(i) not in ("هذا", "هذه", "نفسه"):
            return None, which_tag.stop, which_tag.sense.value
        return None, i, None

    def positioned(self, i: int) -> _Days | None:
        """مطلع الشهر, منتصف آذار, أواخر العام 2021: early, mid and late are days 1–10, 11–20, 21–end."""
        tag = self.tag(i, "time.position")
        if tag is None:
            return None
        k = self.skip(tag.stop, _OF | frozenset({"-", "شهر"}), 2)
        period = self.month(k) or self.unit_which(k) or self.bare_unit(k) or self.year(k)
        if period is None:
            return None
        if period.first is None or period.last is None:
            return period._replace(kind="point", rule=tag.sense.rule)
        length = (period.last - period.first).days
        position = tag.sense.value
        if length > 40:
            return self.positioned_year(position, period, tag)
        if length <= 7:
            return period._replace(kind="point", rule=tag.sense.rule)
        first = {"early": period.first, "mid": period.first + timedelta(10), "late": period.first + timedelta(20)}[position]
        last = {"early": period.first + timedelta(9), "mid": period.first + timedelta(19), "late": period.last}[position]
        return _Days(period.stop, first, last, 4, period.relative, "point", tag.sense.rule)

    def positioned_year(self, position: str, period: _Days, tag: Tag) -> _Days:
        assert period.first
        year = period.first.year
        months = {"early": (1, 4), "mid": (5, 8), "late": (9, 12)}[position]
        return _Days(period.stop, date(year, months[0], 1), _month_end(year, months[1]), 5, period.relative, "point", tag.sense.rule)

    def bare_unit(self, i: int) -> _Days | None:
        """"الشهر", "العام" alone after "مطلع": the current one."""
        unit = self.tag(i, "time.unit")
        if unit and unit.sense.value in ("week", "month", "year") and (unit.definite or self.form(i).startswith("ال") or not self.arabic):
            return self.period(unit.sense.value, 0, unit.stop, unit.sense.rule)
        return None

    def month(self, i: int) -> _Days | None:
        found = self.named_month(i)
        if found is None:
            return None
        month, calendar_name, stop = found
        year, stop_after, which = self.year_after(stop)
        if calendar_name == "hijri":
            if year and 1300 <= year <= 1500:
                return self.hijri(year, month, None, stop_after)
            if self.today and (which or self.tag(i - 1, "time.month_word") or self.form(i) == "شهر"):
                guess = self.hijri_year(month, 1)
                return self.hijri(guess, month, None, stop_after) if guess else None
            return None
        if year is None and which is None and not self.month_frame(i):
            return None
        if year is None:
            if self.today is None:
                return _Days(stop_after, None, None, 4, True, "period", "month")
            year = self.today.year
            if which == "next":
                year += month <= self.today.month
            elif month > self.today.month or (which == "last" and month == self.today.month):
                year -= 1
        return _Days(stop_after, date(year, month, 1), _month_end(year, month), 4, which is not None, "period", "month")

    def month_frame(self, i: int) -> bool:
        """Whether a month's name stands where a time does: after a preposition or a word of time, with a capital."""
        before = self.form(i - 1)
        if self.arabic:
            own = next((t for t in self.tagged.at(i) if t.sense.category == "time.month"), None)
            return before in ("في", "شهر", "منذ", "خلال", "من", "حتي", "الي", "قبل", "بعد", "مطلع", "منتصف", "اواخر", "اوائل", "نهايه", "بدايه") or (
                own is not None and own.proclitics.endswith(("ب", "ل"))
            ) or self.form(i) == "شهر"
        return self.capital(i) and (before in ("in", "since", "of", "early", "late", "mid", "-", "during", "until", "from", "to", "last", "and") or self.form(i) not in ("may", "march", "mar"))

    def unit_which(self, i: int) -> _Days | None:
        """الأسبوع الماضي, الشهر الجاري, last week, this year; الأيام الماضية."""
        if self.arabic:
            unit = self.tag(i, "time.unit")
            if unit is None or not (unit.definite or self.form(i).startswith(("ال", "لل", "بال"))):
                if unit and self.form(i - 1) in ("هذا", "هذه"):
                    return self.period(unit.sense.value, 0, unit.stop, unit.sense.rule)
                return None
            which = self.which_after(unit)
            if which is None:
                if self.form(i - 1) in ("هذا", "هذه"):
                    return self.period(unit.sense.value, 0, unit.stop, unit.sense.rule)
                return None
            value, stop = which
            last_word = self.form(stop - 1)
        else:
            start = self.skip(i, frozenset({"the"}), 1)
            tag = self.tag(start, "time.which")
            unit = self.tag(tag.stop, "time.unit") if tag else None
            if tag is None or unit is None:
                return None
            value, stop, last_word = tag.sense.value, unit.stop, self.form(tag.first)
        plural = unit.sense.inflection == "plural"
        if plural or (last_word in ("الاخير", "past", "الاخيره") and unit.sense.value != "day"):
            return self.recent(unit.sense.value, 1 if not plural else None, stop, unit.sense.rule)
        return self.period(unit.sense.value, {"last": -1, "this": 0, "next": 1}[value], stop, unit.sense.rule)

    def which_after(self, unit: Tag | None) -> tuple[str, int] | None:
        if unit is None:
            return None
        which = self.tag(unit.stop, "time.which")
        if which and not (self.form(unit.stop) in ("هذا", "هذه") and False):
            return which.sense.value, which.stop
        return None

    def shifted(self, months: int) -> tuple[int, int]:
        assert self.today
        index = self.today.year * 12 + self.today.month - 1 + months
        return index // 12, index % 12 + 1

    def period(self, unit: str, shift: int, stop: int, rule: str) -> _Days | None:
        """The current unit shifted by so many: a week from Monday to Sunday, a calendar month or year."""
        precision = {"day": 1, "week": 3, "weekend": 2, "month": 4, "year": 5, "hour": 1, "decade": 5}.get(unit)
        if precision is None:
            return None
        if self.today is None:
            return _Days(stop, None, None, precision, True, "period", rule)
        if unit in ("day", "hour"):
            return _Days(stop, self.today + timedelta(shift if unit == "day" else 0), self.today + timedelta(shift if unit == "day" else 0), 1, True, "point", rule)
        if unit in ("week", "weekend"):
            monday = self.today - timedelta(self.today.weekday()) + timedelta(7 * shift)
            if unit == "weekend":
                return _Days(stop, monday + timedelta(5), monday + timedelta(6), 2, True, "point", rule)
            return _Days(stop, monday, monday + timedelta(6), 3, True, "period", rule)
        if unit == "month":
            year, month = self.shifted(shift)
            return _Days(stop, date(year, month, 1), _month_end(year, month), 4, True, "period", rule)
        if unit == "decade":
            start = (self.today.year // 10 + shift) * 10
            return _Days(stop, date(start, 1, 1), date(start + 9, 12, 31), 5, True, "period", rule)
        year = self.today.year + shift
        return _Days(stop, date(year, 1, 1), date(year, 12, 31), 5, True, "period", rule)

    def recent(self, unit: str, n: int | None, stop: int, rule: str) -> _Days | None:
        """The past n units up to today; a bare plural leaves the beginning open."""
        if n is None:
            precision = {"day": 2, "hour": 1, "week": 4, "month": 5, "year": 5}.get(unit, 5)
            return _Days(stop, None, None, precision, True, "duration", rule)
        days = {"day": n, "week": 7 * n, "month": 30 * n, "year": 365 * n, "hour": (n + 23) // 24, "minute": 0}.get(unit, n)
        precision = 1 if days <= 1 else 2 if days <= 6 else 3 if days <= 7 else 4 if days <= 31 else 5
        if self.today is None:
            return _Days(stop, None, None, precision, True, "duration", rule)
        if unit == "month":
            year, month = self.shifted(-n)
            first = date(year, month, min(self.today.day, calendar.monthrange(year, month)[1]))
        elif unit == "year":
            first = _safe(self.today.year - n, self.today.month, self.today.day) or self.today - timedelta(365 * n)
        else:
            first = self.today - timedelta(days)
        return _Days(stop, first, self.today, precision, True, "duration", rule)

    def year(self, i: int) -> _Days | None:
        word = self.tag(i, "time.year_word")
        if word:
            form = self.form(word.stop)
            number = self.numbers.get(word.stop)
            value = int(form) if form.isdigit() else int(number.value) if number and number.value else 0
            stop = word.stop + 1 if form.isdigit() else number.stop if number else word.stop
            era = self.tag(stop, "time.era")
            if 1900 <= value <= 2100:
                return _Days(era.stop if era and self.form(stop) in ("م", "ميلادي", "ميلاديه") else stop, date(value, 1, 1), date(value, 12, 31), 5, False, "period", "year")
            if 1300 <= value <= 1500:
                first, last = self.hijri(value, 1, 1, stop), self.hijri(value, 12, 29, stop)
                if first and last:
                    return _Days(era.stop if era else stop, first.first, last.last, 5, False, "period", "hijri year")
            return None
        form = self.form(i)
        if form.isdigit() and len(form) == 4 and 1900 <= int(form) <= 2100 and self.form(i - 1) in ("in", "since", "during", "of", "until", "early", "late", "منذ"):
            return _Days(i + 1, date(int(form), 1, 1), date(int(form), 12, 31), 5, False, "period", "year")
        return None

    # -- with a word before ---------------------------------------------------------------------------------------

    def since(self, i: int) -> _Days | None:
        """منذ 22 مايو, since Friday; منذ ثلاثة أيام."""
        tag = self.tag(i, "time.since")
        if tag is None:
            return None
        k = self.skip(tag.stop, frozenset({"ال", "يوم", "early", "the", "حوالي", "نحو", "اكثر", "من"}), 2)
        amount = self.amount(k)
        if amount:
            n, unit, stop = amount
            found = self.recent(unit, n, stop, tag.sense.rule)
            return found._replace(kind="since") if found else None
        found = self.days(k)
        if found is None or found.kind not in ("point", "period"):
            return None
        last = self.today if found.first else None
        if last and found.first and found.first > last:
            last = found.last
        return found._replace(last=last, kind="since", rule=tag.sense.rule)

    def ago(self, i: int) -> _Days | None:
        """قبل يومين, منذ أسبوع; two days ago."""
        if self.arabic:
            tag = self.tag(i, "time.ago")
            amount = self.amount(self.skip(tag.stop, frozenset({"نحو", "حوالي", "اكثر", "من"}), 2)) if tag else None
            if tag is None or amount is None:
                return None
            n, unit, stop = amount
            rule = tag.sense.rule
        else:
            amount = self.amount(i)
            tag = self.tag(amount[2], "time.ago") if amount else None
            if amount is None or tag is None:
                return None
            n, unit, stop, rule = amount[0], amount[1], tag.stop, tag.sense.rule
        if n is None:
            precision = {"day": 2, "hour": 1, "minute": 1, "week": 4}.get(unit, 5)
            day = self.today if unit in ("hour", "minute") else None
            return _Days(stop, day, day, precision, True, "point", rule)
        if self.today is None:
            return _Days(stop, None, None, 1 if unit == "day" else 5, True, "point", rule)
        if unit in ("hour", "minute"):
            day = self.today - timedelta(n // 24 if unit == "hour" else 0)
            return self.point(stop, day, rule, relative=True)
        if unit == "day":
            return self.point(stop, self.today - timedelta(n), rule, relative=True)
        if unit == "week":
            day = self.today - timedelta(7 * n)
            return _Days(stop, day, day, 3, True, "point", rule)
        back = self.recent(unit, n, stop, rule)
        return back._replace(last=back.first, kind="point", precision=4 if unit == "month" else 5) if back else None

    def amount(self, i: int) -> tuple[int | None, str, int] | None:
        """So many units of time at token i: (n, unit, stop); n None for a bare plural ("أيام")."""
        unit = self.tag(i, "time.unit")
        if unit and self.arabic and not unit.definite and not self.form(i).startswith("ال"):
            inflection = unit.sense.inflection
            if inflection.startswith("dual"):
                return 2, unit.sense.value, unit.stop
            if inflection == "plural":
                return None, unit.sense.value, unit.stop
            return 1, unit.sense.value, self.past_one(unit.stop)
        if not self.arabic and self.form(i) in ("a", "an"):
            unit = self.tag(i + 1, "time.unit")
            return (1, unit.sense.value, unit.stop) if unit else None
        start = self.skip(i, frozenset({"ال"}), 1)
        number = self.numbers.get(start)
        plain = self.integer(start)
        if number and number.value is None:
            unit = self.tag(number.stop, "time.unit")
            return (None, unit.sense.value, unit.stop) if unit else None
        if plain is None:
            return None
        unit = self.tag(plain[1], "time.unit")
        return (plain[0], unit.sense.value, unit.stop) if unit else None

    def past_one(self, i: int) -> int:
        return i + 1 if self.form(i) in ("واحد", "واحده") else i

    def during(self, i: int) -> _Days | None:
        """على مدار ثلاثة أيام, خلال الـ 24 ساعة الماضية, over the past three days, خلال الشهر الماضي."""
        tag = self.tag(i, "time.during")
        if tag is None:
            return None
        k = self.skip(tag.stop, frozenset({"ال", "the", "نحو"}), 2)
        which = None if self.arabic else self.tag(k, "time.which")
        k = which.stop if which else k
        unit_amount = self.definite_amount(k) or self.amount(k)
        if unit_amount:
            n, unit, stop = unit_amount
            after = self.tag(stop, "time.which") if self.arabic else which
            stop = after.stop if after and self.arabic else stop
            if after is None and tag.sense.rule.endswith("during") and self.form(tag.first) in ("في", "for", "in", "within", "ل", "مده"):
                return None
            if after is None:
                return _Days(stop, None, None, 5, True, "duration", tag.sense.rule)
            return self.recent(unit, n, stop, tag.sense.rule)
        if which:
            return None
        found = self.days(k)
        if found and found.kind in ("period", "point", "duration"):
            return found
        return None

    def definite_amount(self, i: int) -> tuple[int | None, str, int] | None:
        """"اليومين الماضيين", "الأيام الثلاثة الماضية", "الأيام الماضية"."""
        unit = self.tag(i, "time.unit") if self.arabic else None
        if unit is None or not (unit.definite or self.form(i).startswith("ال")):
            return None
        if unit.sense.inflection.startswith("dual"):
            return 2, unit.sense.value, unit.stop
        if unit.sense.inflection == "plural":
            number = self.integer(unit.stop)
            return (number[0], unit.sense.value, number[1]) if number else (None, unit.sense.value, unit.stop)
        return None

    def span(self, i: int) -> _Days | None:
        """من 3 إلى 7 آب, بين 10 و12 كانون الأول, from Friday to Monday, 3-7 August."""
        form = self.form(i)
        opened = form in _BETWEEN or form in _FROM
        k = self.skip(i + 1, frozenset({"يوم", "ال", "يومي", "the"}), 1) if opened else i
        left_number = self.integer(k)
        left = self.days_of_span(k)
        left_stop = left.stop if left else left_number[1] if left_number else None
        if left_stop is None or (not opened and self.form(left_stop) != "-"):
            return None
        joiner = self.form(left_stop)
        joined_word = joiner.startswith("و") and len(joiner) > 1 and form in _BETWEEN
        j = left_stop if joined_word else left_stop + 1
        if not joined_word and joiner not in _TO:
            if not (joiner == "و" or form in _BETWEEN):
                return None
            j = left_stop
        if form not in _BETWEEN and joiner in ("و", "and"):
            return None
        j = self.skip(j, frozenset({"يوم", "ال", "the"}), 1)
        right = self.days_of_span(j)
        if right is None or right.last is None and right.first is not None:
            return None
        if left is None and left_number and 1 <= left_number[0] <= 31 and right.precision == 1 and right.first:
            first = _safe(right.first.year, right.first.month, left_number[0])
            if first and first <= right.first:
                return _Days(right.stop, first, right.last, 1, right.relative, "span", "day to day")
            return None
        if left is None or not opened:
            return None
        first = left.first
        if first and right.last and first > right.last:
            first = _safe(first.year - 1, first.month, first.day)
        return _Days(right.stop, first, right.last, max(left.precision, right.precision), left.relative or right.relative, "span", "from to")

    def days_of_span(self, i: int) -> _Days | None:
        found = self.days(i)
        return found if found and found.kind in ("point", "period") else None
