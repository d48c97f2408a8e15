"""English times: days, dates, months, years, what is relative to the report, spans, durations and times of day.

`EnglishTimes.read` tries at every token that a time may begin at; each method reads one kind of time and gives its days
with the token after it, or None. What was named explicitly wins over what is relative ("Friday, 3 August").
"""

from __future__ import annotations

from sijill.language.english.dates import _LAST, SHARES, EnglishDates, Found
from sijill.language.times import (
    OFFSET,
    Days,
    PartOfDay,
    TimeMention,
    day,
    joined,
    lasting,
    next_weekday,
    nth,
    past_day_of_month,
    past_units,
    past_weekday,
    placed,
    precision_of,
    shift,
)

_FIRST_TOKENS = frozenset(
    {
        "from",
        "between",
        "the",
        "a",
        "an",
        "in",
        "at",
        "on",
        *_LAST,
        "few",
        "several",
        "for",
        "over",
        "earlier",
        "later",
        "around",
    }
)
_RUNNING = frozenset({"straight", "consecutive", "successive", "running"})
_AGE = frozenset({"aged", "age"})
_SUFFIX = frozenset({"st", "nd", "rd", "th"})
_NO_NOUN = frozenset(
    {"", ",", ".", ";", ":", "\n", "a", "an", "the", "at", "in", "near", "and", "two", "three"}
)


class EnglishTimes(EnglishDates):
    """The times of one tagged text, counted from `reference` where they are relative."""

    def read(self) -> list[TimeMention]:
        """Every time, in order."""
        found: list[TimeMention] = []
        i, n = 0, len(self.forms)
        while i < n:
            result = self.time(i) if self.may_begin(i) else None
            if result is None or result[1] <= i:
                i += 1
                continue
            days, stop = self.spoken_of.clock(result[0], i), result[1]
            self.spoken_of.name(days, i)
            found.append(placed(self.words, days, i, stop, "en"))
            i = stop
        return found

    def may_begin(self, i: int) -> bool:
        form = self.forms[i]
        if i in self.tags or form[0].isdecimal():
            return True
        if form == "the" and self.form(i - 1) == "on" and self.form(i + 1).isdecimal():
            return True
        if self.form(i + 1) in SHARES:  # "the first quarter of 2018"
            return True
        return i in self._near and (form in _FIRST_TOKENS or self.numbers.atom(i) is not None)

    def time(self, i: int) -> Found:
        """The longest time that begins at token i."""
        found = (
            self.same_day(i)
            or self.since(i)
            or self.until(i)
            or self.between(i)
            or self.ago(i)
            or self.days_later(i)
            or self.earlier(i)
        )
        if found is not None:
            return found
        moment = self.moment(i)
        if moment is not None:
            return self.through(i, moment) or moment
        return self.nth_day(i) or self.clock(i) or self.duration_mention(i)

    def nth_day(self, i: int) -> Found:
        """ "(entered its) fifth day", "(for a) third straight night", "(its) second week": how long it has gone on."""
        atom = self.numbers.atom(i)
        number = self.numbers.ordinal(i, atom) if atom else None
        if (
            number is None
            or number.kind != "ordinal"
            or not isinstance(number.value, int)
            or number.value < 2
        ):
            return None
        j = number.stop + (self.form(number.stop) in _RUNNING)
        tag = self.tag(j, "unit", "part")
        unit = "day" if tag and tag.sense.value == "night" else tag.sense.value if tag else ""
        return (nth(unit, number.value), j + 1) if unit in ("day", "week") else None

    def same_day(self, i: int) -> Found:
        """ "the same day", "the next morning", "hours later": a day counted from the one that is spoken of."""
        tag = self.tag(i, "same", "day")
        if tag is None or tag.sense.category != "time.same":
            return None  # "the day before yesterday" is longer
        value = self.spoken_of.day(i)
        return day(value and shift(value, "day", int(tag.sense.value)), True, "same"), tag.stop

    def days_later(self, i: int) -> Found:
        """ "two days later", "six hours earlier", counted from the day that is spoken of."""
        length = self.duration(i)
        word = self.form(length[2]) if length else ""
        value = self.spoken_of.day(i)
        if length is None or value is None or word not in ("later", "earlier"):
            return None
        unit, count, stop = length
        if unit == "hour":
            count = 0
        elif unit not in OFFSET or count is None:
            return None
        return day(
            shift(value, unit, -(count or 0) if word == "earlier" else count or 0), True, "after"
        ), stop + 1

    def since(self, i: int) -> Found:
        tag = self.tag(i, "since")
        if tag is None:
            return None
        at = tag.stop + (self.form(tag.stop) in ("the", "about", "around"))
        found = self.ago(at) or self.moment(tag.stop) or self.part_of_today(tag.stop)
        return (found[0]._replace(kind="since"), found[1]) if found else None

    def weekend(self, i: int) -> Found:
        """ "(at) the weekend": the last Saturday and Sunday that had begun."""
        tag = self.tag(i, "weekend")
        if tag is None:
            return None
        first = last = None
        if self.reference is not None:
            first = past_weekday(self.reference, 5)
            last = min(shift(first, "day", 1), self.reference)
        return Days(first, last, 2, True, "period", "day", "weekend"), tag.stop

    def day_of_month(self, i: int) -> Found:
        """ "(on) the 12th", where no noun follows that it counts: the last such day."""
        number = self.form(i + 1)
        said = self.form(i - 1) == "on" and self.form(i) == "the" and number.isdecimal()
        if not said or self.form(i + 2) not in _SUFFIX or self.form(i + 3) not in _NO_NOUN:
            return None
        if not 0 < int(number) < 32:
            return None
        value = past_day_of_month(self.reference, int(number)) if self.reference else None
        return day(value, True, "date"), i + 3

    def part_of_today(self, i: int) -> Found:
        """ "(since) midnight", "(since) the early morning": of the day of the report."""
        tag = self.tag(i + (self.form(i) == "the"), "part")
        return (day(self.reference, True, "day", tag.sense.value), tag.stop) if tag else None  # type: ignore[arg-type]

    def until(self, i: int) -> Found:
        tag = self.tag(i, "until")
        found = self.moment(tag.stop) if tag else None
        return (found[0]._replace(kind="until"), found[1]) if found else None

    def between(self, i: int) -> Found:
        """ "from 3 to 7 August", "between August 3 and 7", "from Thursday to Saturday", "between 2014 and 2018"."""
        if self.form(i) == "from":
            joiners = frozenset({"to", "through", "until", "till", "-"})
        elif self.form(i) == "between":
            joiners = frozenset({"and", "-"})
        else:
            return None
        listed = self.date_at(i + 1, joiners) or self.years(i + 1, joiners)
        if listed is not None and listed[0].kind == "span":
            return listed
        first = self.moment(i + 1)
        return self.through(i, first, joiners) if first else None

    def through(
        self, i: int, first: tuple[Days, int], joiners: frozenset[str] = frozenset({"to", "through", "-"})
    ) -> Found:
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
        return joined(days, second[0]), second[1]

    def next_day_too(self, days: Days, j: int) -> Found:
        """ "Thursday and Friday", "Thursday night into Friday": two days that follow each other."""
        if days.rule != "weekday" or self.form(j) not in ("and", "into", "or", "/"):
            return None
        second = self.weekday(j + 1)
        if second is None or second[0].rule != "weekday":
            return None
        if days.first and second[0].first and (second[0].first - days.first).days % 7 != 1:
            return None
        return joined(days, second[0]), second[1]

    def earlier(self, i: int) -> Found:
        """ "earlier this month": from the unit's first day to the report."""
        if self.form(i) not in ("earlier", "later"):
            return None
        found = self.unit(i + 1)
        if found is None or self.form(i + 1) != "this":
            return None
        days = found[0]
        if self.form(i) == "later":
            return days._replace(first=self.reference, future=True, rule="earlier"), found[1]
        return days._replace(
            last=self.reference, precision=precision_of(days.first, self.reference), rule="earlier"
        ), found[1]

    def moment(self, i: int) -> Found:
        if i >= len(self.forms):
            return None
        return (
            self.with_part_before(i)
            or self.night(i)
            or self.weekday(i)
            or self.relative_day(i)
            or self.date_at(i)
            or self.edge(i)
            or self.nth_week(i)
            or self.opening(i)
            or self.weekend(i)
            or self.day_of_month(i)
            or self.unit(i)
            or self.month(i)
            or self.year(i)
            or self.season(i)
            or self.decade(i)
        )

    def with_part_before(self, i: int) -> Found:
        """ "late on Friday", "the early hours of Friday", "overnight Thursday", "this morning"."""
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
        found = self.weekday(at) or self.relative_day(at) or (self.date_at(at) if not early else None)
        if found is None or found[0].grain != "day" or found[0].kind != "point":
            return None
        part: PartOfDay = tag.sense.value if tag else ("evening" if self.form(j) == "late" else "morning")  # type: ignore[assignment]
        return found[0]._replace(part=found[0].part or part), found[1]

    def night(self, i: int) -> Found:
        tag = self.tag(i, "night", "overnight")
        if tag is None:
            return None
        if tag.sense.category == "time.overnight":
            first, last = past_units(self.reference, "hour", 1) if self.reference else (None, None)
            return Days(first, last, 1, True, "span", "day", "overnight", "night"), tag.stop
        value = shift(self.reference, "day", int(tag.sense.value)) if self.reference else None
        return day(value, True, "day", "night"), tag.stop

    def relative_day(self, i: int) -> Found:
        """ "yesterday", "yesterday morning", "today, Friday"."""
        tag = self.tag(i, "day")
        if tag is None:
            return None
        offset = int(tag.sense.value)
        value = shift(self.reference, "day", offset) if self.reference else None
        days, stop = self.with_part_after(day(value, True, "day", None, offset > 0), tag.stop)
        at, closes = self.opened(stop)
        named = self.weekday(at)
        if named is not None and named[0].kind == "point" and (value is None or named[0].first == value):
            return named[0]._replace(part=days.part or named[0].part), named[1] + (
                closes and self.form(named[1]) == ")"
            )
        return days, stop

    def opened(self, j: int) -> tuple[int, bool]:
        """Past a comma or bracket between a day and its other name."""
        if self.form(j) == ",":
            j += 1
        closes = self.form(j) == "("
        return j + closes, closes

    def weekday(self, i: int) -> Found:
        """ "Friday", "last Friday", "next Monday", "Friday last week", "Friday, 3 August 2018"."""
        word = _LAST.get(self.form(i), "")
        j = i + bool(word)
        tag = self.tag(j, "weekday")
        if tag is None:
            short = self.tag(j, "weekday.short") if not word else None
            if short is None:
                return None
            at = short.stop + (self.form(short.stop) == ".")
            found = self.date_at(at + (self.form(at) == ","))
            return found if found is not None and found[0].grain == "day" else None
        number, stop = int(tag.sense.value), tag.stop
        days = self.weekday_days(number, word)
        if (
            not word
            and self.form(stop) in ("last", "this", "next")
            and (week := self.unit(stop))
            and week[0].grain == "week"
        ):
            value = shift(week[0].first, "day", number) if week[0].first else None
            return self.with_part_after(day(value, True, "weekday", None, week[0].future), week[1])
        if not word and (week := self.unit(stop + 1)) and self.form(stop) == "of" and week[0].grain == "week":
            value = shift(week[0].first, "day", number) if week[0].first else None
            return day(value, True, "weekday", None, week[0].future), week[1]
        days, stop = self.with_part_after(days, stop)
        at, closes = self.opened(stop)
        found = self.date_at(at + (self.form(at) == "the"))
        if found is not None and found[0].grain == "day" and found[0].kind == "point":
            return found[0]._replace(part=days.part), found[1] + (closes and self.form(found[1]) == ")")
        return days, stop

    def weekday_days(self, number: int, word: str) -> Days:
        reference, value = self.reference, None
        if reference is not None:
            value = (
                next_weekday(reference, number)
                if word == "next"
                else past_weekday(reference, number, word == "past")
            )
        return day(value, True, "weekday", None, word == "next")

    def duration_mention(self, i: int) -> Found:
        """ "three days", "24 hours" alone; an age is none."""
        found = self.duration(i)
        one = self.form(i) in ("a", "an", "one") and self.form(i - 1) not in ("for", "over", "within", "than")
        if found is None or (one and self.form(found[2]) != "of"):
            return None
        if self.form(i - 1) in _AGE or self.form(found[2]) in ("old", "earlier", "later"):
            return None
        unit, count, stop = found
        return lasting(unit, count), stop

    def clock(self, i: int) -> Found:
        """ "8:30 pm", "at 8 a.m.", "at dawn", "overnight": a time of day, with its day where one follows."""
        form = self.form(i)
        j = i
        part: PartOfDay | None = None
        if form.isdecimal() and int(form) < 25:
            j = i + 1
            minutes = (
                self.form(j) == ":"
                and self.form(j + 1).isdecimal()
                and len(self.form(j + 1)) == 2
                and self.words.adjoins(j)
            )
            if minutes:
                j += 2
            half = self.half_of_day(j) if minutes or self.form(j) != "hours" else None
            if half is None and not minutes:
                return None
            j = half or j
        else:
            if form in ("at", "in"):
                j += 1 + (self.form(j + 1) == "the")
            tag = self.tag(j, "part")
            if tag is None or (j == i and form not in ("overnight", "midnight", "noon", "dawn")):
                return None
            j, part = tag.stop, tag.sense.value  # type: ignore[assignment]
        at = j
        while self.form(at) in ("on", "of", ",") and at - j < 1:
            at += 1
        found = self.weekday(at) or self.relative_day(at) or (self.date_at(at) if at > j else None)
        if found is not None and found[0].grain == "day" and found[0].kind == "point":
            return found[0]._replace(part=found[0].part or part), found[1]
        return Days(None, None, 1, False, "clock", "hour", "clock", part), j

    def half_of_day(self, j: int) -> int | None:
        """The token after "am", "p.m.", "GMT" at token j."""
        if self.form(j) in ("am", "pm", "gmt", "hours"):
            return j + 1
        if self.form(j) in ("a", "p") and self.form(j + 1) == "." and self.form(j + 2) == "m":
            return j + 3 + (self.form(j + 3) == "." and self.words.adjoins(min(j + 3, len(self.forms) - 1)))
        if self.form(j) == "o" and self.form(j + 2) == "clock":
            return j + 3
        return None
