"""Arabic times: days, dates, months, years, what is relative to the report, spans, durations and times of day.

`ArabicTimes.read` tries at every token that a time may begin at; each method reads one kind of time and gives its days
with the token after it, or None. What was named explicitly wins over what is relative ("الجمعة 3 آب").
"""

from __future__ import annotations

from datetime import date

from sijill.language.arabic.numbers import ArabicNumbers
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
    hijri_year_span,
    make_date,
    month_span,
    next_weekday,
    past_day_of_month,
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

_UNSAID = -1
_TO = frozenset({"الي", "حتي", "ولغايه", "لغايه", "وحتي", "والي"})
_NEAR_MONTH = 9
_FRAMES = frozenset({"في", "منذ", "خلال", "حتي", "شهر", "بين", "لشهر", "بشهر", "شهري", "وفي", "ومنذ", "طوال", "طيله", "اواخر", "مطلع"})
_YEAR_FRAMES = frozenset({"في", "منذ", "خلال", "حتي", "قبل", "بعد", "وفي", "ومنذ", "بدايه", "نهايه", "مطلع", "اواخر", "منتصف", "لعام", "بين"})
_AGE = frozenset({"العمر", "عمره", "عمرها", "البالغ", "البالغه", "يبلغ", "تبلغ", "سن", "اعمارهم"})
_FIRST_TOKENS = frozenset({"من", "بين", "حتي", "وحتي", "لغايه", "هذا", "هذه", "وهذا", "وقت", "ما", "يومي", "بتاريخ", "تاريخ", "نهار", "ومن", "وبين", "ال", "لل", "بال", "عامي", "لعامي"})
_SECOND_TOKENS = frozenset({"ال", "بين", "سابق", "مبكر", "هذا", "هذه", "يومي", "عامي"})
_MOMENT_TOKENS = frozenset({"ال", "لل", "بال", "هذا", "هذه", "وهذا", "يومي", "بتاريخ", "تاريخ", "نهار", "بيوم", "ويوم", "عامي", "لعامي", "شهر"})


class ArabicTimes:
    """The times of one tagged text, counted from `reference` where they are relative."""

    def __init__(self, tagged: Tagged, reference: date | None) -> None:
        self.tagged = tagged
        self.words = tagged.words
        self.forms = tagged.words.forms
        self.reference = reference
        self.tags: dict[int, list[Tag]] = {}
        self._near_month: set[int] = set()
        self._near_part: set[int] = set()
        for tag in tagged.tags:
            category = tag.sense.category
            if category.startswith("time."):
                self.tags.setdefault(tag.first, []).append(tag)
                if category in ("time.month", "time.hijri", "time.unit", "time.unit.many"):
                    self._near_month.update(range(tag.first - _NEAR_MONTH, tag.first + 1))
                elif category in ("time.part", "time.part.alone"):
                    self._near_part.update(range(tag.first - 4, tag.first))
        self._named: dict[int, dict[str, Tag]] = {}
        for i, found in self.tags.items():
            if len(found) > 1:
                found.sort(key=lambda t: (t.first - t.stop, len(t.proclitics) + t.definite, t.sense))
            named = self._named[i] = {}
            for tag in found:
                if not tag.enclitic:
                    named.setdefault(tag.sense.category[5:], tag)
        self.numbers = ArabicNumbers(tagged)

    def read(self) -> list[TimeMention]:
        """Every time, in order."""
        found: list[TimeMention] = []
        done = 0
        for i in self.starts():
            result = self.time(i) if i >= done else None
            if result is None or result[1] <= i:
                continue
            days, done = result
            start, end = self.words.span(i, done)
            found.append(
                TimeMention(
                    i, done, start, end, days.first, days.last, days.precision, days.relative, days.kind,
                    days.part, days.future, f"ar.times.{days.rule}",
                )  # fmt: skip
            )
        return found

    def starts(self) -> list[int]:
        """The tokens that a time may begin at, in order."""
        forms, tags = self.forms, self.tags
        words = self.numbers.words_at()
        near = (self._near_month | self._near_part) & words
        after_in = {i for i in words if i and forms[i - 1] in ("في", "وفي")}
        heads = tags.keys() | near | after_in
        found = []
        for i, form in enumerate(forms):
            if i in heads or form[0] in "0123456789":
                found.append(i)
            elif form in _FIRST_TOKENS:
                following = forms[i + 1] if i + 1 < len(forms) else ""
                if i + 1 in heads or following[:1].isdigit() or following in _SECOND_TOKENS:
                    found.append(i)
        return found

    # What stands at a token

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
        """"past", "recent", "this", "next" at a token, and the token after; "" where there is none."""
        tag = self.tag(i, "past", "recent", "this", "next")
        return (tag.sense.category[5:], tag.stop) if tag else ("", i)

    # Whole expressions

    def time(self, i: int) -> Found:
        """The longest time that begins at token i."""
        found = self.since(i) or self.until(i) or self.between(i) or self.ago(i) or self.during(i) or self.earlier(i)
        if found is not None:
            return found
        moment = self.moment(i)
        if moment is not None:
            return self.through(i, moment) or self.with_clock_after(moment)
        return self.clock(i) or self.duration_mention(i)

    def since(self, i: int) -> Found:
        """"منذ 22 مايو/ أيار الماضي", "منذ ثلاثة أيام": what runs on from then to the report."""
        tag = self.tag(i, "since")
        if tag is None:
            return None
        moment = self.moment(tag.stop)
        if moment is not None:
            days = moment[0] if tag.stop - tag.first == 1 else self.ahead(moment[0])
            return days._replace(kind="since"), moment[1]
        length = self.duration(tag.stop)
        return self.back(length[0], length[1], "since") if length else None

    def until(self, i: int) -> Found:
        if self.form(i) not in ("حتي", "لغايه", "وحتي"):
            return None
        moment = self.moment(i + 1)
        return (self.ahead(moment[0])._replace(kind="until"), moment[1]) if moment else None

    def ahead(self, days: Days) -> Days:
        """A day and month without a year that would lie most of a year back: the one to come is meant, where the words
        look ahead ("حتى 31 آب", "اعتبارا من 12 آب")."""
        if self.reference is None or days.first is None or days.last is None or not days.relative or days.rule != "date":
            return days
        if (self.reference - days.first).days <= 300:
            return days
        return days._replace(first=shift(days.first, "year", 1), last=shift(days.last, "year", 1), future=True)

    def between(self, i: int) -> Found:
        """"من … إلى …", "بين … و…": of days, months or years; a bare number takes the month of the other."""
        form = self.form(i)
        if form in ("من", "ومن"):
            return self.span(i + 1, _TO) or self.alone_from(i)
        if form == "ما" and self.form(i + 1) == "بين":
            i, form = i + 1, "بين"
        if form in ("بين", "وبين"):
            return self.span(i + 1, frozenset({"و"}))
        return None

    def alone_from(self, i: int) -> Found:
        """"من أسبوع" on its own: a week ago."""
        length = self.duration(i + 1)
        if length is None or self.is_word(length[1]) or self.is_word(i - 1) or not length[0]:
            return None
        return self.back(length[0], length[1], "point")

    def span(self, i: int, joiners: frozenset[str]) -> Found:
        """Days that run from the time at token i to the one after the joiner."""
        listed = self.day_month(i, joiners) or self.years(i, joiners)
        if listed is not None:
            return listed
        first = self.moment(i)
        if first is None or first[0].grain not in ("day", "month", "year", "week"):
            return None
        return first if first[0].kind == "span" else self.through(i, first, joiners)

    def through(self, i: int, first: tuple[Days, int], joiners: frozenset[str] = frozenset({"الي", "حتي", "-"})) -> Found:
        """A moment with the end of its span: "2 أكتوبر إلى 22 أكتوبر", "12 يناير 2016 - 2016/01/22"."""
        days, j = first
        if "و" in joiners and j in self.tags and self.form(j).startswith("و"):
            at = j
        elif self.form(j) in joiners:
            at = j + 1
        else:
            return None
        second = self.moment(at)
        if second is None or second[0].grain not in ("day", "month", "year", "week") or days.kind not in ("point", "period", "span"):
            return None
        return self.joined(days, second[0]), second[1]

    def joined(self, first: Days, last: Days) -> Days:
        """One span of two moments. The first lies before the second: relative ones are moved back until it does. Years
        that overlap are one year of two calendars ("1436هـ - 2015م")."""
        begin, end = first.first, last.last
        if first.grain == last.grain == "year" and begin and last.first and first.last and end and begin <= end and last.first <= first.last:
            return last
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
        """"وقت سابق من هذا الشهر": from the unit's first day to the report."""
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
        return days._replace(last=last, precision=precision_of(days.first, last), kind="period", rule="earlier"), found[1]

    # Moments: one day or one unit of the calendar

    def moment(self, i: int) -> Found:
        if i >= len(self.forms):
            return None
        if i not in self.tags:
            form = self.forms[i]
            if form[0].isdigit() or form in _MOMENT_TOKENS or self.numbers.atom(i) is not None:
                return self.weekdays(i) or self.date(i) or self.nth(i) or self.unit(i) or self.year(i)
            return None
        return (
            self.with_part(i)
            or self.night(i)
            or self.weekdays(i)
            or self.relative_day(i)
            or self.date(i)
            or self.edge(i)
            or self.nth(i)
            or self.unit(i)
            or self.year(i)
            or self.month(i)
            or self.season(i)
            or self.decade(i)
        )

    def with_part(self, i: int) -> Found:
        """"فجر الجمعة", "مساء يوم أمس", "بعد ظهر اليوم السبت", "ليل الخميس - الجمعة"."""
        tag = self.tag(i, "part")
        if tag is None:
            return None
        j = tag.stop
        while self.form(j) in ("من", "هذا"):
            j += 1
        found = self.night(j) or self.weekdays(j) or self.relative_day(j) or self.date(j)
        if found is None or found[0].grain != "day":
            return None
        days, stop = found
        part: PartOfDay = tag.sense.value  # type: ignore[assignment]
        if part in ("night", "midnight") and days.rule == "weekday" and days.kind == "point":
            second = self.night_of_two(days, stop)
            if second is not None:
                return second
        return days._replace(part=part), stop

    def night_of_two(self, days: Days, stop: int) -> Found:
        """"ليل الخميس الجمعة", "ليل الخميس - الجمعة", "ليل الخميس على الجمعة"."""
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

    def night(self, i: int) -> Found:
        tag = self.tag(i, "night")
        if tag is None:
            return None
        value = shift(self.reference, "day", int(tag.sense.value)) if self.reference else None
        return self.with_weekday(day(value, True, "day", "night"), tag.stop)

    def relative_day(self, i: int) -> Found:
        """"أمس", "أول من أمس (الخميس)", "اليوم السبت", "غدا"."""
        tag = self.tag(i, "day")
        if tag is None:
            return None
        offset = int(tag.sense.value)
        stop = tag.stop
        if offset == 0 and self.forms[i].endswith("اليوم"):
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
        return form.startswith("ال") and len(form) > 4 and i not in self.tags and self.numbers.atom(i) is not None or (
            form in ("التالي", "الواحد", "الوطني", "العالمي", "الدولي", "السابع", "الاسود")
        )

    def with_weekday(self, days: Days, stop: int) -> tuple[Days, int]:
        """A relative day with its weekday, or its date, named after it: "أمس الجمعة", "أمس (الجمعة)", "اليوم 3 آب"."""
        j, closes = self.opened(stop)
        second = self.weekdays(j) if self.weekday_at(j if self.form(j) != "يوم" else j + 1) else None
        if second is not None and second[0].kind == "point":
            named = second[0].first
            if named and named == self.reference and days.first and days.first < named and second[0].rule == "weekday":
                named = shift(named, "week", -1)
                second = day(named, True, "weekday"), second[1]
            fits = named is None or days.first is None or named == days.first
            if not fits and second[0].rule == "weekday" and self.form(stop) in ("،", ","):
                return days, stop
            after = second[1] + self.closing(closes, second[1])
            chosen = second[0]._replace(part=days.part or second[0].part, future=days.future)
            return (chosen if not days.future or second[0].rule != "weekday" else days), after
        dated = self.date(j)
        if dated is not None and dated[0].grain == "day":
            after = dated[1] + self.closing(closes, dated[1])
            return dated[0]._replace(part=days.part), after
        return days, stop

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

    # Weekdays

    def weekday_at(self, i: int) -> tuple[int, int] | None:
        """The weekday named at token i, and the token after."""
        tag = self.tag(i, "weekday")
        if tag is not None:
            if self.form(i - 1) in ("سوق", "مدينه", "هذين", "كلا", "قريه", "بلده", "هذان") or self.form(i + 1) in ("عشر", "وعشرين", "وعشرون"):
                return None
            return int(tag.sense.value), tag.stop
        return None

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
        second = self.weekday_at(stop)
        joined = second is not None and self.form(stop).startswith("وال")
        if not joined and pair and self.form(stop) == "و":
            second = self.weekday_at(stop + 1)
            joined = second is not None
        if joined and second is not None and (pair or (number + 1) % 7 == second[0]):
            word, after = self.modifier(second[1])
            last = self.weekday_days(second[0], word)
            first = past_weekday(last.first, number, True) if last.first else None
            days = Days(first, last.last, 1, True, "span", "day", "weekdays", None, last.future)
            at, closes = self.opened(after)
            exact = self.date(at)
            if exact is not None and exact[0].grain == "day":
                return exact[0], exact[1] + self.closing(closes, exact[1])
            return days, after
        return self.dated(self.weekday_days(number, ""), stop)

    def weekday_days(self, number: int, word: str) -> Days:
        reference = self.reference
        value = None
        if reference is not None:
            value = next_weekday(reference, number) if word == "next" else past_weekday(reference, number, word == "past")
        return day(value, True, "weekday", None, word == "next")

    def bare_weekday(self, i: int, j: int) -> Found:
        """"أحد الأسبوع الماضي", "يوم جمعة": a weekday without its article needs a week or a day beside it."""
        tag = self.tag(j, "weekday.bare")
        if tag is None:
            return None
        in_week = self.of_week(tag.stop)
        if in_week is None:
            return None
        return self.day_of_week(in_week[0], int(tag.sense.value)), in_week[1]

    def of_week(self, i: int) -> Found:
        """"(من) الأسبوع الماضي", "(من) هذا الأسبوع" after a weekday."""
        j = i + 1 if self.form(i) in ("من", "في") else i
        if not any(t.sense.category == "time.unit" and t.sense.value == "week" for k in (j, j + 1) for t in self.tags.get(k, ())):
            return None
        found = self.unit(j, with_weekday=False)
        return found if found is not None and found[0].grain == "week" and found[0].kind == "period" else None

    def day_of_week(self, week: Days, number: int) -> Days:
        value = shift(week.first, "day", number) if week.first else None
        return day(value, True, "weekday", None, week.future)

    def dated(self, days: Days, stop: int) -> tuple[Days, int]:
        """A weekday with its date after it; the date wins. A bare number is the day of the month."""
        j, closes = self.opened(stop)
        found = self.date(j)
        if found is not None and found[0].grain == "day" and found[0].kind == "point":
            after = found[1] + self.closing(closes, found[1])
            return self.with_part_after(found[0], after)
        number = self.day_number(j) if j == stop and self.form(j)[:1].isdigit() or self.form(stop) == "في" else None
        if number is not None and not self.is_word(number[1]) and self.form(number[1]) not in ("%", "-", "/"):
            return self.numbered(days, number[0]), number[1]
        if number is not None and self.form(number[1]) in _TO:
            return self.numbered(days, number[0]), number[1]
        return self.with_part_after(days, stop)

    def numbered(self, days: Days, number: int) -> Days:
        """"الجمعة 15": the last such weekday that is the 15th, else the last 15th."""
        if self.reference is None or days.first is None:
            return days
        for back in range(14):
            first, _ = month_span(self.reference.year, self.reference.month - back + 1)
            value = make_date(first.year, first.month, number)
            if value and value.weekday() == days.first.weekday() and (value <= self.reference or (value - self.reference).days < 12):
                return day(value, True, "date")
        return day(past_day_of_month(self.reference, number), True, "date")

    # Dates of the calendar

    def date(self, i: int) -> Found:
        if self.form(i) in ("يوم", "بتاريخ", "ليوم", "تاريخ"):
            found = self.numeric(i + 1, True) or self.day_month(i + 1)
            if found is not None:
                return found
            number = self.day_number(i + 1)
            digits = self.form(i + 1)[:1].isdigit()
            if number is not None and digits and not self.is_word(number[1]) and self.form(number[1]) not in ("/", "-", "%", "."):
                value = past_day_of_month(self.reference, number[0]) if self.reference else None
                return day(value, True, "date"), number[1]
            return None
        return self.numeric(i, False) or self.day_month(i)

    def numeric(self, i: int, framed: bool) -> Found:
        """"03/08/2015", "2015-08-03", "3.8.2015", "1436/10/20هـ", "8/2015"; day and month alone only in a frame or
        where they can be nothing else. The day stands before the month unless that cannot be."""
        form = self.form(i)
        if not form[:1].isdigit() or (self.words.adjoins(i) and self.form(i - 1) in "/-.:+"):
            return None
        parts, stop = [form], i + 1
        if "." in form:
            parts = form.split(".")
        elif self.form(i + 1) in ("/", "-", "\\") and self.form(i + 1):
            mark = self.form(i + 1)
            while self.form(stop) == mark and self.form(stop + 1).isdigit() and (
                self.words.adjoins(stop) and self.words.adjoins(stop + 1) or (mark == "/" and len(parts) < 3)
            ):
                parts.append(self.form(stop + 1))
                stop += 2
        if not 1 < len(parts) < 4 or not all(p.isdigit() and len(p) < 5 for p in parts):
            return None
        numbers = [int(p) for p in parts]
        hijri = self.tag(stop, "hijri.mark")
        common = self.tag(stop, "common.mark") if hijri is None else None
        after = hijri.stop if hijri else common.stop if common else stop
        if len(parts) == 3:
            return self.three_numbers(parts, numbers, hijri is not None, after)
        if len(parts[1]) == 4 and 1 <= numbers[0] <= 12 and 1900 <= numbers[1] < 2100 and "." not in form:
            first, last = month_span(numbers[1], numbers[0])
            return Days(first, last, 4, False, "period", "month", "numeric"), after
        if len(parts[0]) == 4 and 1 <= numbers[1] <= 12 and 1900 <= numbers[0] < 2100 and form[:4].isdigit() and "/" == self.form(i + 1):
            first, last = month_span(numbers[0], numbers[1])
            return Days(first, last, 4, False, "period", "month", "numeric"), after
        return self.two_numbers(i, parts, numbers, framed, stop)

    def three_numbers(self, parts: list[str], numbers: list[int], hijri: bool, stop: int) -> Found:
        if len(parts[0]) == 4 or numbers[0] > 31:
            year, month, number = numbers
        else:
            number, month, year = numbers
        if hijri or (1300 <= year <= 1500):
            value = from_hijri(year, month, number) or from_hijri(year, number, month)
            return (Days(value, value, 1, False, "point", "day", "hijri"), stop) if value else None
        if year < 100 and len(parts[2]) == 2:
            year += 2000 if year < 70 else 1900
        if not 1900 <= year < 2100:
            return None
        value = make_date(year, month, number) or make_date(year, number, month)
        return (day(value, False, "numeric"), stop) if value else None

    def two_numbers(self, i: int, parts: list[str], numbers: list[int], framed: bool, stop: int) -> Found:
        """Day and month without a year."""
        low, high = min(numbers), max(numbers)
        if not (0 < low <= 12 and high <= 31) or any(len(p) > 2 for p in parts) or self.form(stop) in ("%", "/", "-"):
            return None
        slash = self.form(i + 1) == "/"
        framed = framed or self.form(i - 1) in ("يوم", "بتاريخ", "تاريخ", "ليوم", "من") or (self.form(i - 1) == "في" and not self.is_word(stop))
        framed = framed or self.tag(i - 1, "weekday") is not None
        if not framed and not (slash and high > 12):
            return None
        if "." in self.form(i) and self.is_word(stop):
            return None
        number, month = numbers if numbers[1] <= 12 else (numbers[1], numbers[0])
        value = past_month_day(self.reference, month, number) if self.reference else None
        return day(value, True, "numeric"), stop

    def day_number(self, i: int) -> tuple[int, int] | None:
        """A number from 1 to 31 in digits or words, with the article or without, and the token after it."""
        if self.form(i) in ("ال", "لل", "بال") and self.form(i + 1).isdigit():
            i += 1
        form = self.form(i)
        if form.isdigit():
            return (int(form), i + 1) if 0 < int(form) < 32 and len(form) < 3 else None
        atom = self.numbers.atom(i)
        if atom is None or atom.kind in ("digits", "fraction", "vague", "scale.many"):
            return None
        count = self.numbers.ordinal(i, atom) or self.numbers.cardinal(i, atom)
        if count is None or not isinstance(count.value, int) or not 0 < count.value < 32:
            return None
        return count.value, count.stop

    def month_at(self, i: int) -> tuple[int, bool, int] | None:
        """A month's number, whether it is Hijri, and the token after; a second name of it beside it is passed over."""
        j = i + 1 if self.form(i) in ("شهر", "لشهر", "الشهر") else i
        tag = self.tag(j, "hijri", "month")
        if tag is None:
            if j > i and self.form(j).isdigit() and 0 < int(self.form(j)) < 13 and not self.is_word(j + 1):
                return int(self.form(j)), False, j + 1
            return None
        number, hijri, stop = int(tag.sense.value), tag.sense.category == "time.hijri", tag.stop
        while True:
            mark = self.form(stop)
            second = self.tag(stop + 1, "month") if mark in ("/", "(", "-", "او", "\\") else self.tag(stop, "month")
            if second is None or int(second.sense.value) != number:
                return number, hijri, stop
            stop = second.stop + (1 if mark == "(" and self.form(second.stop) == ")" else 0)

    def year_at(self, i: int, named: bool = False) -> tuple[int, bool, int] | None:
        """A year, in digits or words, whether it is Hijri, and the token after; "من عام" and commas may stand before.
        `named` where "عام" stood before already."""
        j = i
        if self.form(j) in ("،", ","):
            j += 1
        if self.form(j) in ("من", "لل", "ل"):
            j += 1
        unit = self.tag(j, "unit")
        if unit is not None and unit.sense.value == "year":
            named, j = True, j + 1
        if self.form(j) == "(":
            j += 1
        form = self.form(j)
        if form.isdigit():
            year = int(form)
            mark = self.tag(j + 1, "hijri.mark") if self.words.adjoins(j + 1 if j + 1 < len(self.forms) else j) or self.form(j + 1) != "م" else None
            if mark is not None and 1300 <= year <= 1500:
                return year, True, mark.stop
            if len(form) == 4 and (1000 <= year < 2100) or (named and len(form) == 3):
                if 1400 <= year <= 1460:
                    return year, True, j + 1
                common = self.tag(j + 1, "common.mark")
                return year, False, common.stop if common else j + 1
            return None
        atom = self.numbers.atom(j)
        if atom is None or atom.kind not in ("scale", "scale.two") or (i == j and not named):
            return None
        count = self.numbers.cardinal(j, atom._replace(joined=False))
        if count is None or not isinstance(count.value, int) or not 1000 <= count.value < 2100:
            return None
        return count.value, False, count.stop

    def day_month(self, i: int, joiners: frozenset[str] = frozenset({"و", "-", "الي", "حتي"})) -> Found:
        """"5 كانون الأول", "الثامن من آذار 2011", "16 فبراير (شباط) الماضي", "في الـ 12 من الشهر الجاري", and days
        of one month together: "10 و11 كانون الأول", "3 إلى 7 آب"."""
        if i not in self._near_month:
            return None
        reversed_order = self.month_then_day(i)
        if reversed_order is not None:
            return reversed_order
        first = self.day_number(i)
        if first is None:
            return None
        numbers, j = [first[0]], first[1]
        while len(numbers) < 6:
            following = self.next_day(j, joiners)
            if following is None:
                break
            numbers.append(following[0])
            j = following[1]
        if joiners.isdisjoint({"-"}) and len(numbers) < 2:
            return None
        if self.form(j) in ("من", "ل", "في", "لل"):
            j += 1
        month = self.month_at(j)
        if month is None:
            return self.day_of_named_month(numbers, j)
        number, hijri, j = month
        return self.in_year(numbers, number, hijri, j)

    def next_day(self, j: int, joiners: frozenset[str]) -> tuple[int, int] | None:
        """The next day number of a list that goes on at token j."""
        if self.form(j) in joiners or (self.form(j) == "-" and "و" in joiners):
            at = j + 1
            return self.day_number(at + 1 if self.form(at) in ("ال",) and not self.form(at + 1).isdigit() else at)
        if "و" in joiners and self.form(j).startswith("و"):
            atom = self.numbers.atom(j)
            return self.day_number(j) if atom is not None and atom.joined else None
        return None

    def in_year(self, numbers: list[int], month: int, hijri: bool, j: int) -> Found:
        """The days of a month, with the year or what is said of it."""
        year = self.year_at(j)
        word = ""
        reference = self.reference
        if year is not None:
            number, hijri_year, j = year
            if hijri_year != hijri and hijri:
                return None
            make = from_hijri if hijri else make_date
            values = [make(number, month, n) for n in numbers]
            if None in values:
                return None
            values_known = [v for v in values if v]
            return self.matched(self.days_of(min(values_known), max(values_known), False, "hijri" if hijri else "date"), j)
        relative_year = self.relative_year(j)
        if relative_year is not None:
            span, j = relative_year
            first = make_date(span.first.year, month, numbers[0]) if span.first else None
            last = make_date(span.first.year, month, numbers[-1]) if span.first else None
            return self.with_part_after(self.days_of(first, last, True, "date"), j)
        word, j = self.modifier(j)
        if reference is None:
            return self.matched(self.days_of(None, None, True, "hijri" if hijri else "date", len(numbers)), j)
        if hijri:
            found = [past_hijri(reference, month, n, word) for n in numbers]
            days = [f[0] for f in found if f]
            return self.matched(self.days_of(min(days), max(days), True, "hijri"), j) if days else None
        last = past_month_day(reference, month, numbers[-1])
        if last is None:
            return None
        if word == "past" and last == reference:
            last = make_date(last.year - 1, month, numbers[-1])
        if word == "next" or (word == "this" and last.month == reference.month and last.year < reference.year):
            last = make_date(last.year + 1, month, numbers[-1])
        first = make_date(last.year, month, numbers[0]) if last else None
        if first is None or last is None:
            return None
        days_found = self.days_of(first, last, True, "date")._replace(future=word == "next")
        return self.with_part_after(*self.matched(days_found, j))

    def days_of(self, first: date | None, last: date | None, relative: bool, rule: str, count: int = 1) -> Days:
        if first is not None and last is not None and first > last:
            first, last = last, first
        if first == last and count < 2:
            return Days(first, last, 1, relative, "point", "day", rule)
        return Days(first, last, 1, relative, "span", "day", rule)

    def matched(self, days: Days, j: int) -> tuple[Days, int]:
        """A date with the same day of the other calendar after it: "5 شوال 1436هـ الموافق 21 يوليو 2015"."""
        tag = self.tag(j, "matching")
        at = tag.stop if tag else j + 1 if self.form(j) in ("(", "/", "-") and days.rule == "hijri" else 0
        if not at:
            return days, j
        if self.form(at) in ("ل", "في"):
            at += 1
        found = self.date(at) if self.form(at) != "(" else None
        if found is None or found[0].grain != "day":
            return days, j
        stop = found[1] + (1 if self.form(j) == "(" and self.form(found[1]) == ")" else 0)
        return (found[0] if found[0].first and not found[0].relative or days.first is None else days), stop

    def relative_year(self, j: int) -> Found:
        """"من العام الماضي", "من هذا العام" after a month."""
        at = j + 1 if self.form(j) in ("من", "في") else j
        found = self.unit(at, with_weekday=False) if self.tag(at, "unit") or self.form(at) in ("هذا", "هذه") else None
        return found if found is not None and found[0].grain == "year" and found[0].kind == "period" else None

    def day_of_named_month(self, numbers: list[int], j: int) -> Found:
        """"الـ 12 من الشهر الجاري", "من 4-23 في الشهر المقبل"."""
        tag = self.tag(j, "unit")
        if tag is None and self.form(j) not in ("هذا",):
            return None
        found = self.unit(j, with_weekday=False)
        if found is None or found[0].grain != "month" or found[0].kind != "period":
            return None
        month, stop = found
        if month.first is None:
            return self.days_of(None, None, True, "date", len(numbers)), stop
        values = [make_date(month.first.year, month.first.month, n) for n in numbers]
        known = [v for v in values if v]
        if not known:
            return None
        return self.days_of(min(known), max(known), True, "date")._replace(future=month.future), stop

    def month_then_day(self, i: int) -> Found:
        """"سبتمبر الحادي والعشرين من ألف وتسعمائة…", "شهر نوفمبر بين 19 و20"."""
        month = self.month_at(i)
        if month is None:
            return None
        number, hijri, j = month
        if self.form(j) == "بين":
            first = self.day_number(j + 1)
            second = self.next_day(first[1], frozenset({"و", "-"})) if first else None
            return self.in_year([first[0], second[0]], number, hijri, second[1]) if first and second else None
        atom = self.numbers.atom(j)
        if atom is None or not atom.definite or not atom.kind.startswith("ordinal"):
            return None
        first = self.day_number(j)
        return self.in_year([first[0]], number, hijri, first[1]) if first else None

    # Months, years, units

    def month(self, i: int) -> Found:
        """"أيار 2015", "سبتمبر الماضي", "شهر رمضان", "في آذار": a month's name alone only in such a frame."""
        found = self.month_at(i)
        if found is None:
            return None
        number, hijri, j = found
        named = self.form(i) in ("شهر", "لشهر")
        year = self.year_at(j)
        rule = "hijri" if hijri else "month"
        if year is not None:
            span = hijri_month_span(year[0], number) if hijri else (month_span(year[0], number) if not year[1] else None)
            return (Days(*span, 4, False, "period", "month", rule), year[2]) if span else None
        of_year = self.relative_year(j)
        if of_year is not None:
            span = month_span(of_year[0].first.year, number) if of_year[0].first else (None, None)
            return Days(*span, 4, True, "period", "month", rule), of_year[1]
        word, j = self.modifier(j)
        framed = named or bool(word) or (self.form(i - 1) in _FRAMES and not hijri)
        if not framed or (self.forms[i].endswith("اب") and not named and "آ" not in self.words.between(i, i + 1)):
            return None
        if self.form(j) == "المبارك":
            j += 1
        if self.reference is None:
            return Days(None, None, 4, True, "period", "month", rule), j
        if hijri:
            span = past_hijri(self.reference, number, None, word)
            return (Days(*span, 4, True, "period", "month", rule, None, word == "next"), j) if span else None
        at = past_month(self.reference, number, word == "past")
        if word == "next":
            at = self.reference.year if number > self.reference.month else self.reference.year + 1
        return Days(*month_span(at, number), 4, True, "period", "month", rule, None, word == "next"), j

    def season(self, i: int) -> Found:
        tag = self.tag(i, "season")
        if tag is None:
            return None
        j = tag.stop
        year = self.year_at(j)
        month = int(tag.sense.value)
        if year is not None and not year[1]:
            return Days(month_span(year[0], month)[0], month_span(year[0], month + 2)[1], 5, False, "period", "season", "month"), year[2]
        word, after = self.modifier(j)
        if not word or not tag.definite:
            return None
        first = last = None
        if self.reference is not None:
            at = past_month(self.reference, month) + (word == "next")
            first, last = month_span(at, month)[0], month_span(at, month + 2)[1]
        return Days(first, last, 5, True, "period", "season", "month", None, word == "next"), after

    def year(self, i: int) -> Found:
        """"عام 2015", "سنة ألفين وعشرة", "العام 1436هـ", "عامي 2011 و2012", "في 2015", "2014-2018"."""
        unit = self.tag(i, "unit", "unit.two")
        if unit is not None and unit.sense.value == "year" or self.form(i) in ("عامي", "لعامي"):
            found = self.year_at(i + 1, True)
            if found is None or self.form(i + 1) in ("من", "،", ","):
                return None
            listed = self.years(i + 1, frozenset({"و", "-", "الي", "حتي"}))
            return listed or self.one_year(found)
        form = self.form(i)
        if len(form) == 4 and form.isdigit():
            listed = self.years(i, frozenset({"-"}))
            if listed is not None:
                return listed
            after = i + 1
            marked = self.tag(after, "hijri.mark", "common.mark") if self.words.adjoins(min(after, len(self.forms) - 1)) else None
            framed = self.form(i - 1) in _YEAR_FRAMES and 1950 <= int(form) <= 2050
            if not marked and (not framed or self.counts_after(after)):
                return None
            found = self.year_at(i)
            return self.one_year(found) if found else None
        if self.form(i - 1) in ("في", "وفي"):
            atom = self.numbers.atom(i)
            if atom is not None and atom.kind == "scale" and not atom.prefixed:
                count = self.numbers.cardinal(i, atom)
                if count and isinstance(count.value, int) and 1500 < count.value < 2100 and count.value % 100 and not self.is_word(count.stop):
                    return self.one_year((count.value, False, count.stop))
        return None

    def counts_after(self, i: int) -> bool:
        """Whether a counted noun, a unit or a sign follows, so that four digits are no year."""
        if self.form(i) in ("%", "/", ":", "-", ".") and self.form(i + 1)[:1].isdigit():
            return True
        return self.numbers.counts_noun(i) or self.tag(i, "unit", "unit.many") is not None or self.numbers.has(i, "number.measure") or self.numbers.atom(i) is not None

    def one_year(self, found: tuple[int, bool, int]) -> Found:
        number, hijri, stop = found
        span = hijri_year_span(number) if hijri else year_span(number)
        return (Days(*span, 5, False, "period", "year", "year"), stop) if span else None

    def years(self, i: int, joiners: frozenset[str]) -> Found:
        """"2014-2018", "2014 إلى 2018", "2011 و2012"."""
        first = self.form(i)
        if len(first) != 4 or not first.isdigit() or not 1900 <= int(first) < 2100:
            return None
        if self.form(i + 1) not in joiners:
            return None
        last = self.form(i + 2)
        if len(last) != 4 or not last.isdigit() or not int(first) < int(last) < 2100 or self.form(i + 3) in ("/", "-"):
            return None
        return Days(year_span(int(first))[0], year_span(int(last))[1], 5, False, "span", "year", "years"), i + 3

    def decade(self, i: int) -> Found:
        """"السبعينيات", "ثمانينيات القرن الماضي"."""
        tag = self.tag(i, "decade")
        if tag is None:
            return None
        year, stop = 1900 + int(tag.sense.value), tag.stop
        if self.form(stop) in ("من", "القرن"):
            found = self.century(stop + (self.form(stop) == "من"))
            if found is not None:
                year, stop = found[0] + int(tag.sense.value), found[1]
        return Days(year_span(year)[0], year_span(year + 9)[1], 5, False, "period", "decade", "year"), stop

    def century(self, i: int) -> tuple[int, int] | None:
        """First year and the token after of "القرن الماضي", "القرن العشرين", "القرن التاسع عشر"."""
        if self.form(i) != "القرن":
            return None
        if self.modifier(i + 1)[0] == "past":
            return 1900, i + 2
        atom = self.numbers.atom(i + 1)
        count = self.numbers.ordinal(i + 1, atom) if atom else None
        if count is None or not isinstance(count.value, int) or not 0 < count.value < 22:
            return None
        return 100 * (count.value - 1), count.stop

    def edge(self, i: int) -> Found:
        """"مطلع آذار", "منتصف الشهر الماضي", "أواخر عام 2015", "مطلع العام 2021", "بداية الأسبوع"."""
        tag = self.tag(i, "edge")
        if tag is None:
            return None
        j = tag.stop + 1 if self.form(tag.stop) in ("ال", "من") else tag.stop
        found = self.month_in_frame(j) or self.year(j) or self.unit(j, False) or self.plain_unit(j) or self.decade(j)
        if found is None and len(self.form(j)) == 4 and self.form(j).isdigit() and 1950 <= int(self.form(j)) <= 2050:
            found = self.one_year((int(self.form(j)), False, j + 1))
        if found is None or found[0].grain not in ("week", "month", "year", "decade") or found[0].kind != "period":
            return None
        days, stop = found
        if days.first is None or days.last is None:
            return days._replace(rule="edge"), stop
        first, last = edge_of((days.first, days.last), tag.sense.value, days.grain)
        precision = 4 if days.grain == "month" else precision_of(first, last)
        return days._replace(first=first, last=last, precision=precision, rule="edge"), stop

    def month_in_frame(self, j: int) -> Found:
        """A month after "مطلع" and the like, which is frame enough."""
        found = self.month(j)
        if found is not None:
            return found
        at = self.month_at(j)
        if at is None:
            return None
        number, hijri, stop = at
        if self.reference is None:
            return Days(None, None, 4, True, "period", "month", "month"), stop
        span = past_hijri(self.reference, number, None) if hijri else month_span(past_month(self.reference, number), number)
        return (Days(*span, 4, True, "period", "month", "month"), stop) if span else None

    def plain_unit(self, j: int) -> Found:
        """"الشهر", "العام", "الأسبوع" after "مطلع": the one that runs."""
        tag = self.tag(j, "unit")
        if tag is None or tag.sense.value not in ("week", "month", "year") or not self.forms[j].startswith("ال"):
            return None
        if self.form(j + 1).startswith("ال") and self.is_word(j + 1):
            return None
        span = unit_span(self.reference, tag.sense.value, 0) if self.reference else (None, None)
        return Days(*span, PRECISION[tag.sense.value], True, "period", tag.sense.value, "unit"), j + 1

    def nth(self, i: int) -> Found:
        """"أول جمعة من يوليو", "الأسبوع الأول من أيار", "الأسبوع الأخير من عام 2015", "الربع الثالث من 2016",
        "النصف الأول من الشهر", "أسبوع 16 سبتمبر"."""
        form = self.form(i)
        atom = self.numbers.atom(i)
        if atom is not None and atom.kind == "ordinal":
            j = i + 2 if self.form(i + 1) == "يوم" else i + 1
            weekday = self.tag(j, "weekday.bare")
            whole = self.whole_after(weekday.stop) if weekday else None
            if weekday is None or whole is None:
                return None
            return self.nth_weekday(int(weekday.sense.value), int(atom.value), whole)
        if form in ("الربع", "النصف"):
            part = self.numbers.atom(i + 1)
            whole = self.whole_after(i + 2) if part is not None and part.kind == "ordinal" else None
            if part is None or whole is None or not 0 < part.value < (5 if form == "الربع" else 3):
                return None
            return self.share(form == "الربع", int(part.value), whole)
        unit = self.tag(i, "unit")
        if unit is None or unit.sense.value != "week":
            return None
        if self.form(i) == "اسبوع":
            found = self.date(i + 1)
            if found is None or found[0].grain != "day":
                return None
            week = week_of(found[0].first) if found[0].first else (None, None)
            return Days(*week, 3, found[0].relative, "period", "week", "unit"), found[1]
        last = self.modifier(i + 1)[0] == "recent" or self.form(i + 1) == "الاخير"
        part = self.numbers.atom(i + 1)
        if not last and (part is None or part.kind != "ordinal"):
            return None
        if self.form(i + 2) != "من":
            return None
        whole = self.whole_after(i + 2)
        return self.nth_week(None if last or part is None else int(part.value), whole) if whole else None

    def whole_after(self, j: int) -> Found:
        """The month or year that a part is of: after "من", "في", "لـ" or nothing."""
        if self.form(j) in ("من", "في", "ل", "لل"):
            j += 1
        found = self.month_in_frame(j) or self.year(j) or self.unit(j, False) or self.plain_unit(j)
        if found is None and len(self.form(j)) == 4 and self.form(j).isdigit() and 1950 <= int(self.form(j)) <= 2050:
            found = self.one_year((int(self.form(j)), False, j + 1))
        return found if found is not None and found[0].kind == "period" and found[0].grain in ("month", "year") else None

    def nth_weekday(self, weekday: int, n: int, whole: tuple[Days, int]) -> Found:
        days, stop = whole
        if days.first is None or days.last is None:
            return days._replace(precision=1, kind="point", grain="day", rule="date"), stop
        value = shift(days.first, "day", (weekday - days.first.weekday()) % 7 + 7 * (n - 1))
        return (day(value, days.relative, "date"), stop) if value <= days.last else None

    def nth_week(self, n: int | None, whole: tuple[Days, int]) -> Found:
        days, stop = whole
        if days.first is None or days.last is None:
            return days._replace(precision=3, grain="week"), stop
        if n is None:
            first, last = week_of(days.last)
        else:
            first, last = shift(days.first, "week", n - 1), shift(days.first, "day", 7 * n - 1)
        return days._replace(first=first, last=last, precision=3, grain="week", rule="month"), stop

    def share(self, quarter: bool, n: int, whole: tuple[Days, int]) -> Found:
        days, stop = whole
        if days.first is None or days.last is None:
            return days._replace(grain="part"), stop
        if days.grain == "year":
            months = 3 if quarter else 6
            first = shift(days.first, "month", months * (n - 1))
            last = shift(shift(first, "month", months), "day", -1)
        else:
            size = ((days.last - days.first).days + 1) // (4 if quarter else 2)
            first = shift(days.first, "day", size * (n - 1))
            last = days.last if n == (4 if quarter else 2) else shift(first, "day", size - 1)
        return days._replace(first=first, last=last, precision=precision_of(first, last), grain="part", rule="month"), stop

    def unit(self, i: int, with_weekday: bool = True) -> Found:
        """"الأسبوع الماضي", "هذا الشهر", "الأيام الثلاثة الماضية", "الـ 24 ساعة الأخيرة", "العام الجاري"."""
        if self.form(i) in ("هذا", "هذه", "وهذا"):
            tag = self.tag(i + 1, "unit")
            if tag is None or not tag.definite and not self.forms[i + 1].startswith("ال"):
                return None
            found = self.unit_days(tag.sense.value, 1, "this"), i + 2
            return self.in_week(*found) if with_weekday else found
        tag = self.tag(i, "unit", "unit.two", "unit.many")
        if tag is not None and (tag.definite or self.forms[i].startswith("ال")):
            return self.definite_unit(i, tag, with_weekday)
        return self.counted_unit(i)

    def definite_unit(self, i: int, tag: Tag, with_weekday: bool) -> Found:
        unit, category, j = tag.sense.value, tag.sense.category, tag.stop
        count: int | None = {"time.unit": 1, "time.unit.two": 2}.get(category)
        if count is None:
            number = self.numbers.atom(j)
            if number is not None and number.definite or self.form(j) == "ال":
                at = j + 1 if self.form(j) == "ال" and number is None else j
                atom = self.numbers.atom(at)
                found = self.numbers.cardinal(at, atom) if atom else None
                if found is None or not isinstance(found.value, int):
                    return None
                count, j = found.value, found.stop
            elif self.form(j) in ("القليله", "العديده", "القليلين"):
                j += 1
        word, stop = self.modifier(j)
        if not word:
            return None
        if unit == "hour" and category == "time.unit" and word == "this":
            return None
        days = self.unit_days(unit, count, word)
        return self.in_week(days, stop) if with_weekday else (days, stop)

    def in_week(self, days: Days, stop: int) -> Found:
        """A week with days of it named after it: "الأسبوع الماضي الأحد", "هذا الأسبوع من الثلاثاء إلى الخميس"."""
        if days.grain != "week" or days.kind != "period":
            return days, stop
        j = stop + 1 if self.form(stop) in ("يوم", "من", "بين") else stop
        first = self.weekday_at(j)
        if first is None or self.form(j).startswith("وال"):
            return days, stop
        opening = self.day_of_week(days, first[0])
        joined = self.form(first[1]) in _TO or self.form(first[1]) == "و"
        second = self.weekday_at(first[1] + 1 if joined else first[1])
        if self.form(stop) in ("من", "بين") and second is not None:
            closing = self.day_of_week(days, second[0])
            return self.joined(opening, closing), second[1]
        return (opening, first[1]) if self.form(stop) not in ("من", "بين") else (days, stop)

    def counted_unit(self, i: int) -> Found:
        """"الـ 24 ساعة الماضية", "الثلاثة أيام الأخيرة", "48 ساعة الماضية"."""
        at = i + 1 if self.form(i) in ("ال", "بال", "لل") and self.form(i + 1).isdigit() else i
        atom = self.numbers.atom(at)
        if atom is None or atom.kind in ("ordinal", "ordinal.bound", "vague", "fraction", "scale.many"):
            return None
        count = self.numbers.cardinal(at, atom)
        if count is None or not isinstance(count.value, int) or not 0 < count.value < 10_000:
            return None
        tag = self.tag(count.stop, "unit", "unit.many")
        if tag is None or self.forms[count.stop].startswith("ال"):
            return None
        word, stop = self.modifier(tag.stop)
        return (self.unit_days(tag.sense.value, count.value, word), stop) if word in ("past", "recent", "next") else None

    def unit_days(self, unit: str, count: int | None, word: str) -> Days:
        """The days of a unit, or of `count` of them (None: a few), by what is said of it."""
        precision = PRECISION[unit]
        reference = self.reference
        single = count == 1 and word != "recent"
        if single and unit in ("day", "hour"):
            offset = {"past": -1, "this": 0, "next": 1}[word] if unit == "day" else 0
            return day(shift(reference, "day", offset) if reference else None, True, "day", None, word == "next")
        first = last = None
        if reference is not None:
            if single:
                first, last = unit_span(reference, unit, {"past": -1, "this": 0, "next": 1}[word])
            elif word in ("past", "recent"):
                first, last = past_units(reference, unit, 3 if count is None and unit != "hour" else count or 1)
            elif word == "next":
                first = shift(reference, "day", int(unit != "hour"))
                last = shift(reference, unit, count or 3) if unit != "hour" else shift(reference, "day", -(-(count or 1) // 24))
            else:
                first, last = unit_span(reference, unit, 0)
        if not single:
            precision = precision_of(first, last) if first else PRECISION[unit]
        return Days(first, last, precision, True, "period", unit, "unit", None, word == "next")

    # Lengths of time

    def duration(self, i: int) -> tuple[list[tuple[str, int | None]], int] | None:
        """Units with their counts ("شهر و 21 يوم": a month and 21 days; a count of None is a few, of -1 unsaid, "أيام") and the token after."""
        parts: list[tuple[str, int | None]] = []
        j = i
        while len(parts) < 3:
            found = self.one_duration(j)
            if found is None:
                break
            parts.append(found[:2])
            j = found[2]
            if self.form(j) in ("ونصف", "ونصفا"):
                j += 1
            if self.form(j) == "و" and self.one_duration(j + 1):
                j += 1
            elif not (self.form(j).startswith("و") and self.one_duration(j)):
                break
        return (parts, j) if parts else None

    def one_duration(self, i: int) -> tuple[str, int | None, int] | None:
        atom = self.numbers.atom(i)
        if atom is not None and not atom.kind.startswith(("ordinal", "fraction")):
            count = self.numbers.cardinal(i, atom)
            if count is None:
                return None
            tag = self.tag(count.stop, "unit", "unit.many")
            if tag is None or tag.definite:
                return None
            value = None if count.value is None else int(count.value)
            return tag.sense.value, value, tag.stop
        tag = self.tag(i, "unit", "unit.two", "unit.many")
        if tag is None or tag.definite or self.forms[i].startswith("ال") or tag.proclitics not in ("", "و"):
            return None
        category = tag.sense.category
        if category == "time.unit" and self.names_unit(tag):
            return None
        stop = tag.stop
        if self.form(stop) in ("قليله", "عديده", "طويله", "واحد", "واحده", "كامله", "كامل", "كاملين"):
            stop += 1
        return tag.sense.value, {"time.unit": 1, "time.unit.two": 2}.get(category, _UNSAID), stop

    def names_unit(self, tag: Tag) -> bool:
        """Whether a singular unit is the head of a name and no length: "عام 2015", "شهر أيار", "يوم الجمعة"."""
        j = tag.stop
        if self.form(j)[:1].isdigit() or self.tag(j, "month", "hijri", "weekday", "weekday.bare", "day") is not None:
            return True
        if self.form(j) == "ال" or self.modifier(j)[0]:
            return True
        atom = self.numbers.atom(j)
        return atom is not None and not (atom.kind == "unit" and atom.value == 1) and not atom.joined

    def ago(self, i: int) -> Found:
        """"قبل يومين", "قبل ثلاثة أيام", "قبل شهر"."""
        tag = self.tag(i, "ago")
        if tag is None or self.form(i - 1) == "من":
            return None
        length = self.duration(tag.stop)
        if length is None or self.form(length[1]) in ("من", "علي") and self.form(length[1] + 1) != "الان":
            return None
        return self.back(length[0], length[1], "point")

    def back(self, parts: list[tuple[str, int | None]], stop: int, kind: TimeKind) -> Found:
        """The day that lies so long before the report."""
        if self.form(stop) == "من" and self.form(stop + 1) == "الان":
            stop, kind = stop + 2, "point"
        elif self.form(stop) in ("مضت", "خلت", "مضي"):
            stop += 1
        unit, vague = parts[-1][0], any(count is None or count == _UNSAID for _, count in parts)
        value = self.reference if not any(count == _UNSAID and part != "hour" for part, count in parts) else None
        if value is not None:
            for part, count in parts:
                value = shift(value, part, -(3 if count is None else max(count, 0)) if part != "hour" or count else 0)
        precision = {"day": 2, "week": 4, "month": 5}.get(unit, PRECISION[unit]) if vague else PRECISION[unit]
        return Days(value, value, precision, True, kind, "day", "ago"), stop

    def during(self, i: int) -> Found:
        """"على مدار ثلاثة أيام", "لمدة أسبوع", "خلال 24 ساعة": a length with no place in the calendar."""
        tag = self.tag(i, "during")
        if tag is None or self.moment(tag.stop) is not None:
            return None
        length = self.duration(tag.stop)
        if length is None or length[0][0][1] == _UNSAID:
            return None
        return Days(None, None, 5, False, "duration", length[0][-1][0], "duration"), length[1]

    def duration_mention(self, i: int) -> Found:
        """"ثلاثة أيام", "24 ساعة", "يومين" alone; an age is none."""
        length = self.duration(i)
        if length is None or self.tag(i, "unit") is not None:
            return None
        if self.tag(i, "unit.many") is not None or self.form(i - 1) in _AGE or self.form(i - 2) in _AGE:
            return None
        return Days(None, None, 5, False, "duration", length[0][-1][0], "duration"), length[1]

    # Times of day

    def clock(self, i: int) -> Found:
        """"الساعة 8:30 صباحا", "عند الثالثة فجرا", "مساء": a time of day, with its day where one follows."""
        part: PartOfDay | None = None
        tag = self.tag(i, "clock")
        j = i
        if tag is not None:
            hour = self.hour(tag.stop)
            if hour is None:
                return None
            j = hour
        elif self.form(i).isdigit() and self.form(i + 1) == ":" and len(self.form(i + 2)) == 2 and self.words.adjoins(i + 1):
            hour = self.hour(i)
            if hour is None:
                return None
            j = hour
        elif self.form(i).startswith(("ال", "وال")) and self.numbers.atom(i) is not None:
            atom = self.numbers.atom(i)
            hour = self.hour(i) if atom is not None and atom.kind.startswith("ordinal") else None
            if hour is None or (self.tag(hour, "part.alone") is None and not (self.form(hour) == "من" and self.tag(hour + 1, "part"))):
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
        while self.form(at) in ("من", "يوم") and at - j < 2 and not (self.form(at) == "يوم" and self.weekdays(at)):
            at += 1
        found = self.with_part(at) or self.night(at) or self.weekdays(at) or self.relative_day(at) or (self.date(at) if at > j else None)
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
        if form.isdigit():
            if int(form) > 24:
                return None
            j = i + 1
            if self.form(j) == ":" and self.form(j + 1).isdigit() and int(self.form(j + 1)) < 60:
                j += 2
                if self.form(j) == ":" and self.form(j + 1).isdigit():
                    j += 2
        else:
            atom = self.numbers.atom(i)
            count = self.numbers.ordinal(i, atom) or self.numbers.cardinal(i, atom) if atom else None
            if count is None or count.value is None or count.value > 24:
                return None
            j = count.stop
        if self.form(j) in ("والنصف", "والربع", "والثلث", "ونصف"):
            j += 1
        elif self.form(j) == "الا" and self.form(j + 1) in ("ربعا", "ثلثا", "الربع", "الثلث", "ربع", "ثلث"):
            j += 2
        elif self.form(j).startswith("و") and self.numbers.atom(j) is not None and self.form(j + 1).startswith("دقيق"):
            j += 2
        return j
