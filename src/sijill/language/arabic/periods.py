"""Arabic parts of months, years and longer: "مطلع آذار", "الأسبوع الأول من أيار", "صيف 2014", "الثمانينيات"."""

from __future__ import annotations

from sijill.language.arabic.dates import Dates
from sijill.language.arabic.time_units import Found
from sijill.language.times import (
    Days,
    day,
    edge_of,
    month_span,
    opening_of,
    past_hijri,
    past_month,
    period,
    precision_of,
    shift,
    unit_span,
    week_of,
    year_span,
)


class Periods(Dates):
    """Parts of a month or year, seasons, decades and centuries."""

    def edge(self, i: int) -> Found:
        """ "مطلع آذار", "منتصف الشهر الماضي", "أواخر عام 2015", "مطلع العام 2021", "بداية الأسبوع". "أواخر الشهر" is
        of the month that was named before where that of the report hasn't come so far."""
        tag = self.tag(i, "edge")
        if tag is None:
            return None
        j = tag.stop + 1 if self.form(tag.stop) in ("ال", "من") else tag.stop
        found = (
            self.month_in_frame(j)
            or self.year(j)
            or self.unit(j, False)
            or self.plain_unit(j)
            or self.decade(j)
        )
        if (
            found is None
            and len(self.form(j)) == 4
            and self.form(j).isdecimal()
            and 1950 <= int(self.form(j)) <= 2050
        ):
            found = self.one_year((int(self.form(j)), False, j + 1))
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
        future = self.reference is not None and first > self.reference
        if days.rule == "plain" and days.grain == "month" and future and self.said and self.said < days.first:
            first, last = edge_of(unit_span(self.said, "month", 0), tag.sense.value, "month")
            future = False
        precision = 4 if days.grain == "month" else precision_of(first, last)
        return days._replace(
            first=first, last=last, precision=precision, rule="edge", future=future and days.relative
        ), stop

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
            return period((None, None), "month", True, "month"), stop
        span = (
            past_hijri(self.reference, number, None)
            if hijri
            else month_span(past_month(self.reference, number), number)
        )
        return (period(span, "month", True, "month"), stop) if span else None

    def nth(self, i: int) -> Found:
        """ "أول جمعة من يوليو", "الأسبوع الأول من أيار", "الأسبوع الأخير من عام 2015", "الربع الثالث من 2016",
        "النصف الأول من الشهر", "أسبوع 16 سبتمبر"."""
        form = self.form(i)
        atom = self.numbers.atom(i)
        if atom is not None and atom.kind == "ordinal":
            j = i + 2 if self.form(i + 1) == "يوم" else i + 1
            week = self.tag(j, "unit")
            if week is not None and week.sense.value == "week" and self.form(j + 1) == "من":
                whole = self.whole_after(j + 1)
                return self.nth_week(int(atom.value), whole) if whole else None
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
        opening = self.opening(i)
        if opening is not None:
            return opening
        unit = self.tag(i, "unit")
        if unit is None or unit.sense.value != "week":
            return None
        if self.form(i) == "اسبوع":
            found = self.date_at(i + 1)
            if found is None or found[0].grain != "day":
                return None
            whole_week = week_of(found[0].first) if found[0].first else (None, None)
            return period(whole_week, "week", found[0].relative, "unit"), found[1]
        last = self.modifier(i + 1)[0] == "recent" or self.form(i + 1) == "الاخير"
        part = self.numbers.atom(i + 1)
        if not last and (part is None or part.kind != "ordinal"):
            return None
        if self.form(i + 2) != "من":
            return None
        whole = self.whole_after(i + 2)
        return self.nth_week(None if last or part is None else int(part.value), whole) if whole else None

    def opening(self, i: int) -> Found:
        """ "الأشهر الستة الأولى من العام": so many units with which a year or month begins."""
        unit = self.tag(i, "unit.many")
        if (
            unit is None
            or not self.forms[i].startswith("ال")
            or unit.sense.value not in ("month", "week", "day")
        ):
            return None
        atom = self.numbers.atom(unit.stop)
        count = self.numbers.cardinal(unit.stop, atom) if atom is not None and atom.definite else None
        if count is None or not isinstance(count.value, int):
            return None
        first = self.numbers.atom(count.stop)
        if first is None or first.kind != "ordinal" or first.value != 1:
            return None
        whole = self.whole_after(count.stop + 1)
        return (opening_of(whole[0], unit.sense.value, count.value), whole[1]) if whole is not None else None

    def whole_after(self, j: int) -> Found:
        """The month or year that a part is of: after "من", "في", "لـ" or nothing."""
        if self.form(j) in ("من", "في", "ل", "لل"):
            j += 1
        found = self.month_in_frame(j) or self.year(j) or self.unit(j, False) or self.plain_unit(j)
        if (
            found is None
            and len(self.form(j)) == 4
            and self.form(j).isdecimal()
            and 1950 <= int(self.form(j)) <= 2050
        ):
            found = self.one_year((int(self.form(j)), False, j + 1))
        return (
            found
            if found is not None and found[0].kind == "period" and found[0].grain in ("month", "year")
            else None
        )

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
            first = shift(days.first, "week", n - 1)
            last = min(shift(first, "day", 6), days.last)
            if first > last:
                return None
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
        return days._replace(
            first=first, last=last, precision=precision_of(first, last), grain="part", rule="month"
        ), stop

    def season(self, i: int) -> Found:
        tag = self.tag(i, "season")
        if tag is None:
            return None
        j = tag.stop
        year = self.year_at(j)
        month = int(tag.sense.value)
        if year is not None and not year[1]:
            return Days(
                month_span(year[0], month)[0],
                month_span(year[0], month + 2)[1],
                5,
                False,
                "period",
                "season",
                "month",
            ), year[2]
        word, after = self.modifier(j)
        if not word or not tag.definite:
            return None
        first = last = None
        if self.reference is not None:
            at = past_month(self.reference, month) + (word == "next")
            first, last = month_span(at, month)[0], month_span(at, month + 2)[1]
        return Days(first, last, 5, True, "period", "season", "month", None, word == "next"), after

    def decade(self, i: int) -> Found:
        """ "السبعينيات", "ثمانينيات القرن الماضي"; of somebody's age it says no time ("في العشرينيات من عمره")."""
        tag = self.tag(i, "decade")
        if tag is None:
            return None
        after = tag.stop + (self.form(tag.stop) == "من")
        if self.form(after).startswith("عمر") or self.form(after) == "العمر":
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
