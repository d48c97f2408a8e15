"""Arabic dates of the Gregorian and the Hijri calendar: days, months and years, in digits and words."""

from __future__ import annotations

from datetime import date

from sijill.language.arabic.time_units import Found, TimeUnits
from sijill.language.times import (
    Days,
    Span,
    day,
    from_hijri,
    hijri_month_span,
    hijri_year_span,
    make_date,
    month_span,
    past_day_of_month,
    past_hijri,
    past_month,
    past_month_day,
    period,
    year_span,
)

_FRAMES = frozenset(
    {
        "في",
        "منذ",
        "خلال",
        "حتي",
        "شهر",
        "بين",
        "لشهر",
        "بشهر",
        "شهري",
        "وفي",
        "ومنذ",
        "طوال",
        "طيله",
        "اواخر",
        "مطلع",
    }
)
_YEAR_FRAMES = frozenset(
    {
        "في",
        "منذ",
        "خلال",
        "حتي",
        "قبل",
        "بعد",
        "وفي",
        "ومنذ",
        "بدايه",
        "نهايه",
        "مطلع",
        "اواخر",
        "منتصف",
        "لعام",
        "بين",
    }
)


class Dates(TimeUnits):
    """Days, months and years that are named. A day and month without a year is the last such day not after the reference."""

    def date_at(self, i: int) -> Found:
        if self.form(i) in ("يوم", "بتاريخ", "ليوم", "تاريخ"):
            found = self.numeric(i + 1, True) or self.day_month(i + 1)
            if found is not None:
                return found
            number = self.day_number(i + 1)
            digits = self.form(i + 1)[:1].isdecimal()
            if (
                number is not None
                and digits
                and not self.is_word(number[1])
                and self.form(number[1]) not in ("/", "-", "%", ".")
            ):
                value = past_day_of_month(self.reference, number[0]) if self.reference else None
                return day(value, True, "date"), number[1]
            return None
        found = self.numeric(i, False) or self.day_month(i)
        if (
            found is not None
            and self.form(found[1]) == "("
            and self.form(found[1] + 2) == ")"
            and self.weekday_at(found[1] + 1)
        ):
            return found[0], found[1] + 3
        return found

    def numeric(self, i: int, framed: bool) -> Found:
        """ "03/08/2015", "2015-08-03", "3.8.2015", "1436/10/20هـ", "8/2015"; day and month alone only in a frame or
        where they can be nothing else. The day stands before the month unless that cannot be."""
        form = self.form(i)
        if not form[:1].isdecimal() or (self.words.adjoins(i) and self.form(i - 1) in "/-.:+"):
            return None
        parts, stop = [form], i + 1
        if "." in form:
            parts = form.split(".")
        elif self.form(i + 1) in ("/", "-", "\\") and self.form(i + 1):
            mark = self.form(i + 1)
            while (
                self.form(stop) == mark
                and self.form(stop + 1).isdecimal()
                and (
                    (self.words.adjoins(stop) and self.words.adjoins(stop + 1))
                    or (mark == "/" and len(parts) < 3)
                )
            ):
                parts.append(self.form(stop + 1))
                stop += 2
        if not 1 < len(parts) < 4 or not all(p.isdecimal() and len(p) < 5 for p in parts):
            return None
        numbers = [int(p) for p in parts]
        hijri = self.tag(stop, "hijri.mark")
        common = self.tag(stop, "common.mark") if hijri is None else None
        after = hijri.stop if hijri else common.stop if common else stop
        if len(parts) == 3:
            return self.three_numbers(parts, numbers, hijri is not None, after)
        if len(parts[1]) == 4 and 1 <= numbers[0] <= 12 and 1900 <= numbers[1] < 2100 and "." not in form:
            first, last = month_span(numbers[1], numbers[0])
            return period((first, last), "month", False, "numeric"), after
        if (
            len(parts[0]) == 4
            and 1 <= numbers[1] <= 12
            and 1900 <= numbers[0] < 2100
            and form[:4].isdecimal()
            and self.form(i + 1) == "/"
        ):
            first, last = month_span(numbers[0], numbers[1])
            return period((first, last), "month", False, "numeric"), after
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
        if (
            not (0 < low <= 12 and high <= 31)
            or any(len(p) > 2 for p in parts)
            or self.form(stop) in ("%", "/", "-")
        ):
            return None
        slash = self.form(i + 1) == "/"
        framed = (
            framed
            or self.form(i - 1) in ("يوم", "بتاريخ", "تاريخ", "ليوم", "من")
            or (self.form(i - 1) == "في" and not self.is_word(stop))
        )
        framed = framed or self.tag(i - 1, "weekday") is not None
        if not framed and not (slash and high > 12):
            return None
        if "." in self.form(i) and self.is_word(stop):
            return None
        number, month = numbers if numbers[1] <= 12 else (numbers[1], numbers[0])
        value = past_month_day(self.reference, month, number) if self.reference else None
        return day(value, True, "numeric"), stop

    def month_at(self, i: int) -> tuple[int, bool, int] | None:
        """A month's number, whether it is Hijri, and the token after; a second name of it beside it is passed over."""
        j = i + 1 if self.form(i) in ("شهر", "لشهر", "الشهر") else i
        tag = self.tag(j, "hijri", "month")
        if tag is None:
            if j > i and self.form(j).isdecimal() and 0 < int(self.form(j)) < 13 and not self.is_word(j + 1):
                return int(self.form(j)), False, j + 1
            return None
        number, hijri, stop = int(tag.sense.value), tag.sense.category == "time.hijri", tag.stop
        while True:
            mark = self.form(stop)
            second = (
                self.tag(stop + 1, "month")
                if mark in ("/", "(", "-", "او", "\\")
                else self.tag(stop, "month")
            )
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
        if form.isdecimal():
            year = int(form)
            mark = (
                self.tag(j + 1, "hijri.mark")
                if self.words.adjoins(j + 1 if j + 1 < len(self.forms) else j) or self.form(j + 1) != "م"
                else None
            )
            if mark is not None:
                return (year, True, mark.stop) if 1300 <= year <= 1500 else None
            early = named and len(form) == 3 and not self.this_year(j - 1)
            if (len(form) == 4 and (1000 <= year < 2100)) or early:
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

    def this_year(self, i: int) -> bool:
        """Whether "the year" stands at token i, after which a number of three digits counts people ("منذ مطلع العام 402
        قتيل"; "عام 656")."""
        unit = self.tag(i, "unit")
        return unit is not None and unit.definite

    def day_month(self, i: int, joiners: frozenset[str] = frozenset({"و", "-", "الي", "حتي"})) -> Found:
        """ "5 كانون الأول", "الثامن من آذار 2011", "16 فبراير (شباط) الماضي", "في الـ 12 من الشهر الجاري", and days
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
        if self.form(j) == "في" and self.form(j - 1).endswith("ه"):
            return None  # "لولاية ثالثة في نيسان": days are masculine
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
            return self.day_number(
                at + 1 if self.form(at) in ("ال",) and not self.form(at + 1).isdecimal() else at
            )
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
            return self.matched(
                self.days_of(min(values_known), max(values_known), False, "hijri" if hijri else "date"), j
            )
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
            last = make_date(last.year - 1, month, numbers[-1]) or last
        if word == "next" or (
            word == "this" and last.month == reference.month and last.year < reference.year
        ):
            last = make_date(last.year + 1, month, numbers[-1]) or last
        first = make_date(last.year, month, numbers[0])
        if first is None:
            return None
        days_found = self.days_of(first, last, True, "date")._replace(future=word == "next")
        return self.with_part_after(*self.matched(days_found, j))

    def days_of(
        self, first: date | None, last: date | None, relative: bool, rule: str, count: int = 1
    ) -> Days:
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
        found = self.date_at(at) if self.form(at) != "(" else None
        if found is None or found[0].grain != "day":
            return days, j
        stop = found[1] + (1 if self.form(j) == "(" and self.form(found[1]) == ")" else 0)
        return (found[0] if (found[0].first and not found[0].relative) or days.first is None else days), stop

    def relative_year(self, j: int) -> Found:
        """ "من العام الماضي", "من هذا العام" after a month."""
        at = j + 1 if self.form(j) in ("من", "في") else j
        found = (
            self.unit(at, with_weekday=False)
            if self.tag(at, "unit") or self.form(at) in ("هذا", "هذه")
            else None
        )
        return found if found is not None and found[0].grain == "year" and found[0].kind == "period" else None

    def day_of_named_month(self, numbers: list[int], j: int) -> Found:
        """ "الـ 12 من الشهر الجاري", "من 4-23 في الشهر المقبل"."""
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
        """ "سبتمبر الحادي والعشرين من ألف وتسعمائة…", "شهر نوفمبر بين 19 و20", "يناير 4-22"."""
        month = self.month_at(i)
        if month is None:
            return None
        number, hijri, j = month
        if self.form(j) == "بين":
            first = self.day_number(j + 1)
            second = self.next_day(first[1], frozenset({"و", "-"})) if first else None
            return self.in_year([first[0], second[0]], number, hijri, second[1]) if first and second else None
        first = self.day_number(j)
        if first is None:
            return None
        if self.forms[j].isdecimal():
            second = self.next_day(first[1], frozenset({"-", "الي", "حتي"}))
            return self.in_year([first[0], second[0]], number, hijri, second[1]) if second else None
        atom = self.numbers.atom(j)
        if atom is None or not atom.definite or not atom.kind.startswith("ordinal"):
            return None
        return self.in_year([first[0]], number, hijri, first[1])

    def month(self, i: int) -> Found:
        """ "أيار 2015", "سبتمبر الماضي", "شهر رمضان", "في آذار": a month's name alone only in such a frame."""
        found = self.month_at(i)
        if found is None:
            return None
        number, hijri, j = found
        named = self.form(i) in ("شهر", "لشهر")
        year = self.year_at(j)
        rule = "hijri" if hijri else "month"
        if year is not None:
            span = (
                hijri_month_span(year[0], number)
                if hijri
                else (month_span(year[0], number) if not year[1] else None)
            )
            return (period(span, "month", False, rule), year[2]) if span else None
        of_year = self.relative_year(j)
        if of_year is not None:
            whole: Span = month_span(of_year[0].first.year, number) if of_year[0].first else (None, None)
            return period(whole, "month", True, rule), of_year[1]
        pair = self.two_months(number, j) if not hijri else None
        if pair is not None:
            return pair
        word, j = self.modifier(j)
        framed = named or bool(word) or (self.form(i - 1) in _FRAMES and not hijri)
        if not framed or (
            self.forms[i].endswith("اب") and not named and "آ" not in self.words.between(i, i + 1)
        ):
            return None
        if self.form(j) == "المبارك":
            j += 1
        if self.reference is None:
            return period((None, None), "month", True, rule), j
        if hijri:
            span = past_hijri(self.reference, number, None, word)
            return (period(span, "month", True, rule, future=word == "next"), j) if span else None
        at = past_month(self.reference, number, word == "past")
        if word == "next":
            at = self.reference.year if number > self.reference.month else self.reference.year + 1
        return period(month_span(at, number), "month", True, rule, future=word == "next"), j

    def two_months(self, number: int, j: int) -> Found:
        """ "(شهري) أيار وحزيران", "تموز وآب 2014": a month and the next."""
        second = self.month_at(j) if self.form(j).startswith("و") else None
        if second is None or second[1] or second[0] != number % 12 + 1:
            return None
        stop = second[2]
        year = self.year_at(stop)
        if year is not None and not year[1]:
            return Days(
                month_span(year[0], number - 12 * (number == 12))[0],
                month_span(year[0], second[0])[1],
                5,
                False,
                "span",
                "month",
                "month",
            ), year[2]
        word, stop = self.modifier(stop)
        if self.reference is None:
            return Days(None, None, 5, True, "span", "month", "month"), stop
        at = past_month(self.reference, second[0], word == "past") + (word == "next")
        first, last = month_span(at, number - 12 * (number == 12))[0], month_span(at, second[0])[1]
        return Days(first, last, 5, True, "span", "month", "month", None, word == "next"), stop

    def year(self, i: int) -> Found:
        """ "عام 2015", "سنة ألفين وعشرة", "العام 1436هـ", "عامي 2011 و2012", "في 2015", "2014-2018"."""
        unit = self.tag(i, "unit", "unit.two")
        if (unit is not None and unit.sense.value == "year") or self.form(i) in ("عامي", "لعامي"):
            found = self.year_at(i + 1, True)
            if found is None or self.form(i + 1) in ("من", "،", ","):
                return None
            listed = self.years(i + 1, frozenset({"و", "-", "الي", "حتي"}))
            return listed or self.one_year(found)
        form = self.form(i)
        if len(form) == 4 and form.isdecimal():
            listed = self.years(i, frozenset({"-"}))
            if listed is not None:
                return listed
            after = i + 1
            marked = (
                self.tag(after, "hijri.mark", "common.mark")
                if self.words.adjoins(min(after, len(self.forms) - 1))
                else None
            )
            framed = self.form(i - 1) in _YEAR_FRAMES and 1950 <= int(form) <= 2050
            if not marked and (not framed or self.counts_after(after)):
                return None
            found = self.year_at(i)
            return self.one_year(found) if found else None
        if self.form(i - 1) in ("في", "وفي"):
            alone = self.day_alone(i)
            if alone is not None:
                return alone
            atom = self.numbers.atom(i)
            if atom is not None and atom.kind == "scale" and not atom.prefixed:
                count = self.numbers.cardinal(i, atom)
                if (
                    count
                    and isinstance(count.value, int)
                    and 1500 < count.value < 2100
                    and count.value % 100
                    and not self.is_word(count.stop)
                ):
                    return self.one_year((count.value, False, count.stop))
        return None

    def day_alone(self, i: int) -> Found:
        """ "في 15", "في الخامس عشر" at the end of a text: the day of a month."""
        number = self.day_number(i)
        if number is None or any(form.isalnum() for form in self.forms[number[1] :]):
            return None
        atom = self.numbers.atom(i)
        if not self.forms[i].isdecimal() and (atom is None or not atom.definite):
            return None
        value = past_day_of_month(self.reference, number[0]) if self.reference else None
        return day(value, True, "date"), number[1]

    def counts_after(self, i: int) -> bool:
        """Whether a counted noun, a unit or a sign follows, so that four digits are no year."""
        if self.form(i) in ("%", "/", ":", "-", ".") and self.form(i + 1)[:1].isdecimal():
            return True
        return (
            self.numbers.counts_noun(i)
            or self.tag(i, "unit", "unit.many") is not None
            or self.numbers.has(i, "number.measure")
            or self.numbers.atom(i) is not None
        )

    def one_year(self, found: tuple[int, bool, int]) -> Found:
        number, hijri, stop = found
        span = hijri_year_span(number) if hijri else year_span(number)
        return (period(span, "year", False, "year"), stop) if span else None

    def years(self, i: int, joiners: frozenset[str]) -> Found:
        """ "2014-2018", "2014 إلى 2018", "2011 و2012"."""
        first = self.form(i)
        if len(first) != 4 or not first.isdecimal() or not 1900 <= int(first) < 2100:
            return None
        if self.form(i + 1) not in joiners:
            return None
        last = self.form(i + 2)
        if (
            len(last) != 4
            or not last.isdecimal()
            or not int(first) < int(last) < 2100
            or self.form(i + 3) in ("/", "-")
        ):
            return None
        return Days(
            year_span(int(first))[0], year_span(int(last))[1], 5, False, "span", "year", "years"
        ), i + 3
