"""Arabic times: days, dates, months, years, what is relative to the report, spans, durations and times of day.

`ArabicTimes.read` tries at every token that a time may begin at; each method reads one kind of time and gives its days
with the token after it, or None. What was named explicitly wins over what is relative ("الجمعة 3 آب").
"""

from __future__ import annotations

from sijill.language.arabic.periods import Periods
from sijill.language.arabic.time_units import _GONE, _TO, _UNSAID, Found
from sijill.language.times import (
    OFFSET,
    Days,
    PartOfDay,
    TimeMention,
    day,
    joined,
    lasting,
    make_date,
    month_span,
    next_weekday,
    nth,
    past_day_of_month,
    past_weekday,
    placed,
    precision_of,
    shift,
)

_AGE = frozenset({"العمر", "عمره", "عمرها", "البالغ", "البالغه", "يبلغ", "تبلغ", "سن", "اعمارهم"})
_FIRST_TOKENS = frozenset(
    {
        "من",
        "بين",
        "حتي",
        "وحتي",
        "لغايه",
        "هذا",
        "هذه",
        "وهذا",
        "وقت",
        "ما",
        "يومي",
        "بتاريخ",
        "تاريخ",
        "نهار",
        "ومن",
        "وبين",
        "ال",
        "لل",
        "بال",
        "عامي",
        "لعامي",
        "اخر",
    }
)
_SECOND_TOKENS = frozenset({"ال", "بين", "سابق", "مبكر", "هذا", "هذه", "يومي", "عامي", "اخر"})
_MOMENT_TOKENS = frozenset(
    {
        "اخر",
        "ال",
        "لل",
        "بال",
        "هذا",
        "هذه",
        "وهذا",
        "يومي",
        "بتاريخ",
        "تاريخ",
        "نهار",
        "بيوم",
        "ويوم",
        "عامي",
        "لعامي",
        "شهر",
    }
)


_LEANING = frozenset({"past", "recent", "next", "matching", "common.mark"})


class ArabicTimes(Periods):
    """The times of one tagged text, counted from `reference` where they are relative."""

    def read(self) -> list[TimeMention]:
        """Every time, in order."""
        found: list[TimeMention] = []
        done = 0
        for i in self.starts():
            result = self.time(i) if i >= done else None
            if result is None or result[1] <= i:
                continue
            days, done = result
            days = self.spoken_of.clock(days, i)
            if days.first is not None and days.grain in ("day", "month") and not days.future:
                self.said = days.first
            self.spoken_of.name(days, i)
            found.append(placed(self.words, days, i, done, "ar"))
        return found

    def starts(self) -> list[int]:
        """The tokens that a time may begin at, in order."""
        forms, tags = self.forms, self.tags
        words = self.numbers.words_at()
        near = (self._near_month | self._near_part) & words
        after_in = {i for i in words if i and forms[i - 1] in ("في", "وفي")}
        heads = (tags.keys() | near | after_in) - self.leaning(words)
        found = []
        for i in sorted({*heads, *self.words.numerals, *self.words.at(_FIRST_TOKENS)}):
            if i in heads or "0" <= forms[i] < ":":
                found.append(i)
            elif forms[i] in _FIRST_TOKENS:
                following = forms[i + 1] if i + 1 < len(forms) else ""
                if i + 1 in heads or following[:1].isdecimal() or following in _SECOND_TOKENS:
                    found.append(i)
        return found

    def leaning(self, numbers: set[int]) -> set[int]:
        """The tokens that say something of a time before them ("الماضي", "الموافق") and begin none."""
        return {
            i
            for i, named in self._named.items()
            if named
            and named.keys() <= _LEANING
            and i not in numbers
            and self.forms[i] not in _FIRST_TOKENS
            and self.forms[i] not in _MOMENT_TOKENS
        }

    def is_plain(self, i: int) -> bool:
        """Whether a numeral stands where it can be no part of a time: no word of time near, no mark in it or after it."""
        form = self.forms[i]
        return (
            form[0].isdecimal()
            and len(form) != 4
            and "." not in form
            and i not in self._near_month
            and self.form(i + 1) not in ("/", "-", "\\", ":")
            and self.form(i - 1) not in ("في", "وفي")
        )

    def time(self, i: int) -> Found:
        """The longest time that begins at token i."""
        found = None
        if i in self.tags:
            found = (
                self.nth_day(i)
                or self.same_day(i)
                or self.since(i)
                or self.ago(i)
                or self.during(i)
                or self.after(i)
            )
        elif self.is_plain(i):
            return None
        if found is None and self.forms[i] in _FIRST_TOKENS:
            found = self.until(i) or self.between(i) or self.earlier(i)
        if found is not None:
            return found
        moment = self.moment(i)
        if moment is not None:
            return self.through(i, moment) or self.with_clock_after(moment)
        return self.clock(i) or self.duration_mention(i)

    def since(self, i: int) -> Found:
        """ "منذ 22 مايو/ أيار الماضي", "منذ ثلاثة أيام": what runs on from then to the report."""
        tag = self.tag(i, "since")
        if tag is None:
            return None
        moment = self.moment(tag.stop) or self.this_part(tag.stop)
        if moment is not None:
            days = moment[0] if tag.stop - tag.first == 1 else self.ahead(moment[0])
            return days._replace(kind="since"), moment[1]
        length = self.duration(self.past_about(tag.stop))
        return self.back(length[0], length[1], "since") if length else None

    def until(self, i: int) -> Found:
        if self.form(i) not in ("حتي", "لغايه", "وحتي"):
            return None
        moment = self.moment(i + 1)
        return (self.ahead(moment[0])._replace(kind="until"), moment[1]) if moment else None

    def ahead(self, days: Days) -> Days:
        """A day and month without a year that would lie most of a year back: the one to come is meant, where the words
        look ahead ("حتى 31 آب", "اعتبارا من 12 آب")."""
        if (
            self.reference is None
            or days.first is None
            or days.last is None
            or not days.relative
            or days.rule != "date"
        ):
            return days
        if (self.reference - days.first).days <= 300:
            return days
        return days._replace(
            first=shift(days.first, "year", 1), last=shift(days.last, "year", 1), future=True
        )

    def between(self, i: int) -> Found:
        """ "من … إلى …", "بين … و…": of days, months or years; a bare number takes the month of the other."""
        form = self.form(i)
        if form in ("من", "ومن"):
            return self.span(i + 1, _TO) or self.alone_from(i)
        if form == "ما" and self.form(i + 1) == "بين":
            i, form = i + 1, "بين"
        if form in ("بين", "وبين"):
            return self.span(i + 1, frozenset({"و"}))
        return None

    def alone_from(self, i: int) -> Found:
        """ "من أسبوع" on its own: a week ago."""
        length = self.duration(i + 1)
        if length is None or self.is_word(length[1]) or self.is_word(i - 1) or not length[0]:
            return None
        return self.back(length[0], length[1], "point")

    def span(self, i: int, joiners: frozenset[str]) -> Found:
        """Days that run from the time at token i to the one after the joiner."""
        listed = self.day_month(i, joiners) or self.years(i, joiners)
        if listed is not None:
            return listed
        first = self.moment(i) or self.month_in_frame(i)
        if first is None or first[0].grain not in ("day", "month", "year", "week"):
            return None
        return first if first[0].kind == "span" else self.through(i, first, joiners)

    def through(
        self, i: int, first: tuple[Days, int], joiners: frozenset[str] = frozenset({"الي", "حتي", "-"})
    ) -> Found:
        """A moment with the end of its span: "2 أكتوبر إلى 22 أكتوبر", "12 يناير 2016 - 2016/01/22"."""
        days, j = first
        if "و" in joiners and j in self.tags and self.form(j).startswith("و"):
            at = j
        elif self.form(j) in joiners:
            at = j + 1
        else:
            return None
        second = self.moment(at) or (self.month_in_frame(at) if days.grain == "month" else None)
        if (
            second is None
            or second[0].grain not in ("day", "month", "year", "week")
            or days.kind not in ("point", "period", "span")
        ):
            return None
        return joined(days, second[0]), second[1]

    def earlier(self, i: int) -> Found:
        """ "وقت سابق من هذا الشهر": from the unit's first day to the report."""
        if self.form(i) != "وقت" or self.form(i + 1) not in ("سابق", "مبكر"):
            return None
        j = i + 2
        while self.form(j) in ("من", "ل"):
            j += 1
        found = self.moment(j)
        if found is None:
            return None
        days = found[0]
        last = min(days.last, self.reference) if days.last and self.reference else days.last
        if days.grain == "day":
            return days, found[1]
        return days._replace(
            last=last, precision=precision_of(days.first, last), kind="period", rule="earlier"
        ), found[1]

    def moment(self, i: int) -> Found:
        if i >= len(self.forms):
            return None
        if i not in self._opening:
            form = self.forms[i]
            if form[0].isdecimal() or form in _MOMENT_TOKENS or self.numbers.atom(i) is not None:
                if form == "هذا" and self.tag(i + 1, "part"):
                    return self.this_part(i)
                return self.weekdays(i) or self.date_at(i) or self.nth(i) or self.unit(i) or self.year(i)
            return None
        return (
            self.with_part(i)
            or self.night(i)
            or self.weekdays(i)
            or self.relative_day(i)
            or self.date_at(i)
            or self.edge(i)
            or self.nth(i)
            or self.unit(i)
            or self.year(i)
            or self.month(i)
            or self.season(i)
            or self.decade(i)
        )

    def with_part(self, i: int) -> Found:
        """ "فجر الجمعة", "مساء يوم أمس", "بعد ظهر اليوم السبت", "ليل الخميس - الجمعة"."""
        tag = self.tag(i, "part")
        if tag is None:
            return None
        j = tag.stop
        while self.form(j) in ("من", "هذا"):
            j += 1
        found = (
            self.same_day(j) or self.night(j) or self.weekdays(j) or self.relative_day(j) or self.date_at(j)
        )
        if found is None or found[0].grain != "day":
            return None
        days, stop = found
        part: PartOfDay = tag.sense.value  # type: ignore[assignment]
        if part in ("night", "midnight", "evening") and days.rule == "weekday" and days.kind == "point":
            second = self.night_of_two(days, stop)
            if second is not None:
                return second[0]._replace(part=part), second[1]
        return days._replace(part=part), stop

    def this_part(self, i: int) -> Found:
        """ "هذا الصباح"; after "منذ" also "الصباح", "ساعات الفجر الأولى": of the day of the report."""
        j = i + (self.form(i) == "هذا")
        tag = self.tag(j, "part")
        definite = tag is not None and (tag.definite or self.forms[j].startswith("ال"))
        if tag is None or (j == i and not definite and tag.stop - tag.first < 2):
            return None
        return day(self.reference, True, "day", tag.sense.value), tag.stop  # type: ignore[arg-type]

    def night_of_two(self, days: Days, stop: int) -> Found:
        """ "ليل الخميس الجمعة", "ليل الخميس - الجمعة", "ليل الخميس على الجمعة"."""
        j = stop + 1 if self.form(stop) in ("-", "/", "علي", "الي") else stop
        second = self.weekday_at(j)
        if second is None:
            return None
        number, after = second
        if days.first is None:
            return days._replace(part="night", kind="span"), after
        if shift(days.first, "day", 1).weekday() != number:
            return None
        first = days.first
        if self.reference and shift(first, "day", 1) > self.reference:
            first = shift(first, "week", -1)
        return Days(first, shift(first, "day", 1), 1, True, "span", "day", "weekday", "night"), after

    def same_day(self, i: int) -> Found:
        """ "اليوم نفسه", "اليوم التالي", "بعد ذلك بيومين": a day counted from the one that is spoken of."""
        tag = self.tag(i, "same", "same.hours")
        if tag is None:
            return None
        value = self.spoken_of.day(i)
        return day(value and shift(value, "day", int(tag.sense.value)), True, "same"), tag.stop

    def after(self, i: int) -> Found:
        """ "بعد يومين", "بعد ساعات", "بعد نصف ساعة": so long after the day that is spoken of. "بعد ثلاثة أيام من" may be what
        took so long, and stays a length."""
        tag = self.tag(i, "after")
        value = self.spoken_of.day(i)
        if tag is None or value is None:
            return None
        j = self.past_about(tag.stop)
        j += self.form(j) in ("نصف", "ربع", "بضع")
        length = self.duration(j)
        if length is None or len(length[0]) > 1:
            return None
        (unit, count), stop = length[0][0], length[1]
        if unit == "hour":
            count = 0
        elif unit not in OFFSET or count is None or count == _UNSAID or self.form(stop) == "من":
            return None
        return day(shift(value, unit, count or 0), True, "after"), stop

    def night(self, i: int) -> Found:
        tag = self.tag(i, "night")
        if tag is None:
            return None
        value = shift(self.reference, "day", int(tag.sense.value)) if self.reference else None
        return self.with_weekday(day(value, True, "day", "night"), tag.stop)

    def relative_day(self, i: int) -> Found:
        """ "أمس", "أول من أمس (الخميس)", "اليوم السبت", "غدا"."""
        tag = self.tag(i, "day")
        if tag is None:
            return None
        offset = int(tag.sense.value)
        stop = tag.stop
        if offset == 0 and self.forms[i].endswith("ليوم"):
            word, after = self.modifier(stop)
            if word in ("past", "next"):
                offset, stop = (-1 if word == "past" else 1), after
            elif self.is_definite_noun(stop):
                return None
        value = shift(self.reference, "day", offset) if self.reference else None
        found = self.with_weekday(day(value, True, "day", None, offset > 0), stop)
        return self.with_part_after(found[0], found[1])

    def is_definite_noun(self, i: int) -> bool:
        """Whether a word with the article that is no time follows, so that "اليوم" is "the … day"."""
        form = self.form(i)
        if form in ("نفسه", "ذاته", "عينه", "الذي"):
            return True
        return (
            form.startswith("ال")
            and len(form) > 4
            and i not in self.tags
            and self.numbers.atom(i) is not None
        ) or (form in ("التالي", "الواحد", "الوطني", "العالمي", "الدولي", "السابع", "الاسود"))

    def with_weekday(self, days: Days, stop: int) -> tuple[Days, int]:
        """A relative day with its weekday, or its date, named after it: "أمس الجمعة", "أمس (الجمعة)", "اليوم 3 آب"."""
        j, closes = self.opened(stop)
        second = self.weekdays(j) if self.weekday_at(j if self.form(j) != "يوم" else j + 1) else None
        if second is not None and second[0].kind == "point":
            named = second[0].first
            if (
                named
                and named == self.reference
                and days.first
                and days.first < named
                and second[0].rule == "weekday"
            ):
                named = shift(named, "week", -1)
                second = day(named, True, "weekday"), second[1]
            fits = named is None or days.first is None or named == days.first
            if not fits and second[0].rule == "weekday" and self.form(stop) in ("،", ","):
                return days, stop
            after = second[1] + self.closing(closes, second[1])
            chosen = second[0]._replace(part=days.part or second[0].part, future=days.future)
            return (chosen if not days.future or second[0].rule != "weekday" else days), after
        dated = self.date_at(j)
        if dated is not None and dated[0].grain == "day":
            after = dated[1] + self.closing(closes, dated[1])
            return dated[0]._replace(part=days.part), after
        return days, stop

    def weekdays(self, i: int) -> Found:
        """A weekday with what is said of it: "يوم الجمعة الماضي", "الأربعاء، 22 يناير", "الأحد من الأسبوع الماضي",
        "الجمعة 15", "يومي السبت والأحد"."""
        j, pair = i, False
        if self.form(j) in ("يوم", "نهار", "ليوم", "يومي", "بيوم", "ويوم"):
            pair, j = self.form(j) == "يومي", j + 1
        found = self.weekday_at(j)
        if found is None:
            return self.bare_weekday(i, j)
        number, stop = found
        in_week = self.of_week(stop)
        if in_week is not None:
            return self.day_of_week(in_week[0], number), in_week[1]
        word, after = self.modifier(stop)
        if word:
            return self.dated(self.weekday_days(number, word), after)
        if self.form(stop) == "قبل" and self.modifier(stop + 1)[0] == "past":
            days = self.weekday_days(number, "past")
            value = days.first and shift(days.first, "week", -1)
            return days._replace(first=value, last=value), stop + 2
        second = self.weekday_at(stop)
        linked = second is not None and self.form(stop).startswith("وال")
        if not linked and pair and self.form(stop) == "و":
            second = self.weekday_at(stop + 1)
            linked = second is not None
        if linked and second is not None and (pair or (number + 1) % 7 == second[0]):
            word, after = self.modifier(second[1])
            last = self.weekday_days(second[0], word)
            first = past_weekday(last.first, number, True) if last.first else None
            days = Days(first, last.last, 1, True, "span", "day", "weekdays", None, last.future)
            at, closes = self.opened(after)
            exact = self.date_at(at)
            if exact is not None and exact[0].grain == "day":
                return exact[0], exact[1] + self.closing(closes, exact[1])
            return days, after
        return self.dated(self.weekday_days(number, ""), stop)

    def weekday_days(self, number: int, word: str) -> Days:
        reference = self.reference
        value = None
        if reference is not None:
            value = (
                next_weekday(reference, number)
                if word == "next"
                else past_weekday(reference, number, word == "past")
            )
        return day(value, True, "weekday", None, word == "next")

    def bare_weekday(self, i: int, j: int) -> Found:
        """ "أحد الأسبوع الماضي", "يوم جمعة": a weekday without its article needs a week or a day beside it."""
        tag = self.tag(j, "weekday.bare")
        if tag is None:
            return None
        in_week = self.of_week(tag.stop)
        if in_week is None:
            return None
        return self.day_of_week(in_week[0], int(tag.sense.value)), in_week[1]

    def of_week(self, i: int) -> Found:
        """ "(من) الأسبوع الماضي", "(من) هذا الأسبوع" after a weekday."""
        j = i + 1 if self.form(i) in ("من", "في") else i
        if not any(
            t.sense.category == "time.unit" and t.sense.value == "week"
            for k in (j, j + 1)
            for t in self.tags.get(k, ())
        ):
            return None
        found = self.unit(j, with_weekday=False)
        return found if found is not None and found[0].grain == "week" and found[0].kind == "period" else None

    def dated(self, days: Days, stop: int) -> tuple[Days, int]:
        """A weekday with its date after it; the date wins. A bare number is the day of the month."""
        j, closes = self.opened(stop)
        found = self.date_at(j)
        if found is not None and found[0].grain == "day" and found[0].kind == "point":
            after = found[1] + self.closing(closes, found[1])
            return self.with_part_after(found[0], after)
        number = (
            self.day_number(j)
            if (j == stop and self.form(j)[:1].isdecimal()) or self.form(stop) == "في"
            else None
        )
        if number is not None and not self.is_word(number[1]) and self.form(number[1]) not in ("%", "-", "/"):
            return self.numbered(days, number[0]), number[1]
        if number is not None and self.form(number[1]) in _TO:
            return self.numbered(days, number[0]), number[1]
        return self.with_part_after(days, stop)

    def numbered(self, days: Days, number: int) -> Days:
        """ "الجمعة 15": the last such weekday that is the 15th, else the last 15th."""
        if self.reference is None or days.first is None:
            return days
        for back in range(14):
            first, _ = month_span(self.reference.year, self.reference.month - back + 1)
            value = make_date(first.year, first.month, number)
            if (
                value
                and value.weekday() == days.first.weekday()
                and (value <= self.reference or (value - self.reference).days < 12)
            ):
                return day(value, True, "date")
        return day(past_day_of_month(self.reference, number), True, "date")

    def during(self, i: int) -> Found:
        """ "على مدار ثلاثة أيام", "لمدة أسبوع", "خلال 24 ساعة": a length with no place in the calendar."""
        tag = self.tag(i, "during")
        if tag is None or self.moment(tag.stop) is not None:
            return None
        length = self.duration(tag.stop)
        if length is None or length[0][0][1] == _UNSAID:
            return None
        return self.lasting(length[0]), length[1]

    def lasting(self, parts: list[tuple[str, int | None]]) -> Days:
        """The length that units with their counts make; only one of a single unit is counted in days."""
        unit, count = parts[-1]
        return lasting(unit, count if len(parts) == 1 and count != _UNSAID else None)

    def nth_day(self, i: int) -> Found:
        """ "لليوم الثالث على التوالي", "في يومها الخامس", "للأسبوع الثاني": how long it has gone on."""
        tag = self.tag(i, "nth")
        atom = self.numbers.atom(tag.stop) if tag else None
        if tag is None or atom is None:
            return None
        number = self.numbers.ordinal(tag.stop, atom)
        if number is None or not isinstance(number.value, int) or not 1 < number.value < 400:
            return None
        return nth(tag.sense.value, number.value), number.stop

    def duration_mention(self, i: int) -> Found:
        """ "ثلاثة أيام", "24 ساعة", "يومين" alone; an age is none."""
        length = self.duration(i)
        if length is None or (self.tag(i, "unit") is not None and not self.is_lasting(i, length[1])):
            return None
        if self.form(length[1]) in _GONE:
            return self.back(length[0], length[1], "point")
        if self.tag(i, "unit.many") is not None or self.form(i - 1) in _AGE or self.form(i - 2) in _AGE:
            return None
        return self.lasting(length[0]), length[1]

    def is_lasting(self, i: int, stop: int) -> bool:
        """Whether a unit without a number is how long something took: "استمرت أسبوعا", "بعد أسبوع من الاشتباكات"."""
        tag = self.tag(i, "unit")
        if tag is None or tag.sense.value != "week":
            return False
        return self.tag(i - 1, "lasting") is not None or (
            self.tag(i - 1, "after") is not None and self.form(stop) == "من"
        )

    def clock(self, i: int) -> Found:
        """ "الساعة 8:30 صباحا", "عند الثالثة فجرا", "مساء": a time of day, with its day where one follows."""
        part: PartOfDay | None = None
        tag = self.tag(i, "clock")
        j = i
        if tag is not None:
            hour = self.hour(tag.stop)
            if hour is None:
                return None
            j = hour
        elif (
            self.form(i).isdecimal()
            and self.form(i + 1) == ":"
            and len(self.form(i + 2)) == 2
            and self.words.adjoins(i + 1)
        ):
            hour = self.hour(i)
            if hour is None:
                return None
            j = hour
        elif self.form(i).startswith(("ال", "وال")) and self.numbers.atom(i) is not None:
            atom = self.numbers.atom(i)
            hour = (
                self.hour(i)
                if atom is not None
                and atom.kind.startswith("ordinal")
                and not self.form(i - 1).endswith("ساعات")
                else None
            )
            if hour is None or (
                self.tag(hour, "part.alone") is None
                and not (self.form(hour) == "من" and self.tag(hour + 1, "part"))
            ):
                return None
            j = hour
        alone = self.tag(j, "part.alone")
        if alone is not None:
            part, j = alone.sense.value, alone.stop  # type: ignore[assignment]
        if j == i:
            return None
        return self.with_day(Days(None, None, 1, False, "clock", "hour", "clock", part), j)

    def with_day(self, clock: Days, j: int) -> tuple[Days, int]:
        """A time of day with the day that follows it: "الساعة 3 من فجر اليوم"."""
        at = j
        while (
            self.form(at) in ("من", "يوم")
            and at - j < 2
            and not (self.form(at) == "يوم" and self.weekdays(at))
        ):
            at += 1
        found = (
            self.with_part(at)
            or self.night(at)
            or self.weekdays(at)
            or self.relative_day(at)
            or (self.date_at(at) if at > j else None)
        )
        if found is None or found[0].grain != "day" or found[0].kind != "point":
            return clock, j
        return found[0]._replace(part=found[0].part or clock.part), found[1]

    def with_clock_after(self, moment: tuple[Days, int]) -> tuple[Days, int]:
        """A day with its hour after it: "الجمعة الساعة 8 صباحا", "اليوم عند الثالثة فجرا"."""
        days, j = moment
        if days.grain != "day" or days.kind != "point":
            return moment
        at = j
        if self.form(at) in ("عند", "في", "حوالي", "قرابه", "نحو"):
            at += 1
        if self.form(at) == "تمام":
            at += 1
        if at >= len(self.forms) or self.tag(at, "clock") is None:
            return moment
        clock = self.clock(at)
        if clock is None or clock[0].kind != "clock":
            return moment
        return days._replace(part=days.part or clock[0].part), clock[1]

    def hour(self, i: int) -> int | None:
        """The token after an hour at token i: "8", "8:30", "الثامنة والنصف", "الثالثة إلا ربعا"; None where there is none."""
        form = self.form(i)
        if form.isdecimal():
            if int(form) > 24:
                return None
            j = i + 1
            if self.form(j) == ":" and self.form(j + 1).isdecimal() and int(self.form(j + 1)) < 60:
                j += 2
                if self.form(j) == ":" and self.form(j + 1).isdecimal():
                    j += 2
        else:
            atom = self.numbers.atom(i)
            count = self.numbers.ordinal(i, atom) or self.numbers.cardinal(i, atom) if atom else None
            if count is None or count.value is None or count.value > 24:
                return None
            j = count.stop
        if self.form(j) in ("والنصف", "والربع", "والثلث", "ونصف"):
            j += 1
        elif (
            self.form(j) == "الا" and self.form(j + 1) in ("ربعا", "ثلثا", "الربع", "الثلث", "ربع", "ثلث")
        ) or (
            self.form(j).startswith("و")
            and self.numbers.atom(j) is not None
            and self.form(j + 1).startswith("دقيق")
        ):
            j += 2
        return j
