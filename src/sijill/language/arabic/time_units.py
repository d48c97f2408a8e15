"""Arabic units of time: "الأسبوع الماضي", "آخر ثلاثة أيام", "قبل شهر", and lengths."""

from __future__ import annotations

from sijill.language.arabic.time_words import TimeWords
from sijill.language.times import (
    PRECISION,
    Days,
    TimeKind,
    day,
    days_back,
    joined,
    next_units,
    past_units,
    period,
    precision_of,
    shift,
    unit_of,
    unit_span,
)
from sijill.rules.lexicon import Tag

Found = tuple[Days, int] | None
_UNSAID = -1
_ABOUT = frozenset({"نحو", "حوالي", "قرابه", "زهاء", "اكثر", "اقل"})
_GONE = frozenset({"مضت", "خلت", "مضي", "مضوا"})
_TO = frozenset({"الي", "حتي", "ولغايه", "لغايه", "وحتي", "والي"})


class TimeUnits(TimeWords):
    """Units that are said to be past, present or next, and lengths of time."""

    def unit(self, i: int, with_weekday: bool = True) -> Found:
        """ "الأسبوع الماضي", "هذا الشهر", "الأيام الثلاثة الماضية", "الـ 24 ساعة الأخيرة", "العام الجاري"."""
        if self.form(i) in ("هذا", "هذه", "وهذا"):
            tag = self.tag(i + 1, "unit")
            if tag is None or (not tag.definite and not self.forms[i + 1].startswith("ال")):
                return None
            found = self.unit_days(tag.sense.value, 1, "this"), i + 2
            return self.in_week(*found) if with_weekday else found
        if self.form(i) == "اخر":
            length = self.one_duration(i + 1)
            if length is None or length[1] == _UNSAID or self.form(length[2]) in ("من", "في"):
                return None
            return self.unit_days(
                length[0], length[1], "past" if length[:2] == ("day", 1) else "recent"
            ), length[2]
        tag = self.tag(i, "unit", "unit.two", "unit.many")
        if tag is not None and (tag.definite or self.forms[i].startswith("ال")):
            return self.definite_unit(i, tag, with_weekday)
        return self.counted_unit(i)

    def definite_unit(self, i: int, tag: Tag, with_weekday: bool) -> Found:
        unit, category, j = tag.sense.value, tag.sense.category, tag.stop
        count: int | None = {"time.unit": 1, "time.unit.two": 2}.get(category)
        if count is None:
            number = self.numbers.atom(j)
            if (number is not None and number.definite) or self.form(j) == "ال":
                at = j + 1 if self.form(j) == "ال" and number is None else j
                atom = self.numbers.atom(at)
                found = self.numbers.cardinal(at, atom) if atom else None
                if found is None or not isinstance(found.value, int):
                    return None
                count, j = found.value, found.stop
            elif self.form(j) in ("القليله", "العديده", "القليلين"):
                j += 1
        if self.form(j) == "قبل" and self.modifier(j + 1)[0] == "past" and count == 1 and unit != "hour":
            span = unit_of(self.reference, unit, -2)
            kind: TimeKind = "point" if unit == "day" else "period"
            return period(span, unit, True, "unit", kind=kind), self.modifier(j + 1)[1]
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
        linked = self.form(first[1]) in _TO or self.form(first[1]) == "و"
        second = self.weekday_at(first[1] + 1 if linked else first[1])
        if self.form(stop) in ("من", "بين") and second is not None:
            closing = self.day_of_week(days, second[0])
            return joined(opening, closing), second[1]
        return (opening, first[1]) if self.form(stop) not in ("من", "بين") else (days, stop)

    def counted_unit(self, i: int) -> Found:
        """ "الـ 24 ساعة الماضية", "الثلاثة أيام الأخيرة", "48 ساعة الماضية"."""
        at = i + 1 if self.form(i) in ("ال", "بال", "لل") and self.form(i + 1).isdecimal() else i
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
        return (
            (self.unit_days(tag.sense.value, count.value, word), stop)
            if word in ("past", "recent", "next")
            else None
        )

    def unit_days(self, unit: str, count: int | None, word: str) -> Days:
        """The days of a unit, or of `count` of them (None: a few), by what is said of it."""
        precision = PRECISION[unit]
        reference = self.reference
        single = count == 1 and word != "recent"
        if single and unit in ("day", "hour"):
            offset = {"past": -1, "this": 0, "next": 1}[word] if unit == "day" else 0
            return day(
                shift(reference, "day", offset) if reference else None, True, "day", None, word == "next"
            )
        first = last = None
        if reference is not None:
            if single:
                first, last = unit_span(reference, unit, {"past": -1, "this": 0, "next": 1}[word])
            elif word in ("past", "recent"):
                first, last = past_units(
                    reference, unit, 3 if count is None and unit != "hour" else count or 1
                )
            elif word == "next":
                first, last = next_units(reference, unit, count or 3)
            else:
                first, last = unit_span(reference, unit, 0)
        if not single:
            precision = precision_of(first, last) if first else PRECISION[unit]
        return Days(first, last, precision, True, "period", unit, "unit", None, word == "next")

    def plain_unit(self, j: int) -> Found:
        """ "الشهر", "العام", "الأسبوع" after "مطلع": the one that runs."""
        tag = self.tag(j, "unit")
        if (
            tag is None
            or tag.sense.value not in ("week", "month", "year")
            or not self.forms[j].startswith("ال")
        ):
            return None
        if self.form(j + 1).startswith("ال") and self.is_word(j + 1) and self.form(j + 1) not in _TO:
            return None
        span = unit_of(self.reference, tag.sense.value, 0)
        return period(span, tag.sense.value, True, "plain"), j + 1

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
        if (
            self.form(j)[:1].isdecimal()
            or self.tag(j, "month", "hijri", "weekday", "weekday.bare", "day") is not None
        ):
            return True
        if self.form(j) == "ال" or self.modifier(j)[0]:
            return True
        atom = self.numbers.atom(j)
        return atom is not None and not (atom.kind == "unit" and atom.value == 1) and not atom.joined

    def past_about(self, i: int) -> int:
        """The token after words of rough measure: "منذ نحو أسبوع", "قبل أكثر من شهر"."""
        while self.form(i) in _ABOUT or (self.form(i) == "من" and self.form(i - 1) in _ABOUT):
            i += 1
        return i

    def back(self, parts: list[tuple[str, int | None]], stop: int, kind: TimeKind) -> Found:
        """The day that lies so long before the report."""
        if self.form(stop) == "من" and self.form(stop + 1) == "الان":
            stop, kind = stop + 2, "point"
        elif self.form(stop) in _GONE:
            stop += 1
        unit, vague = parts[-1][0], any(count is None or count == _UNSAID for _, count in parts)
        unsaid = any(count == _UNSAID and part != "hour" for part, count in parts)
        said = [(part, None if count == _UNSAID else count) for part, count in parts]
        value = None if unsaid else days_back(self.reference, said)
        precision = {"day": 2, "week": 4, "month": 5}.get(unit, PRECISION[unit]) if vague else PRECISION[unit]
        return Days(value, value, precision, True, kind, "day", "ago"), stop

    def ago(self, i: int) -> Found:
        """ "قبل يومين", "قبل ثلاثة أيام", "قبل شهر"."""
        tag = self.tag(i, "ago")
        if tag is None or self.form(i - 1) == "من":
            return None
        length = self.duration(self.past_about(tag.stop))
        if length is None or (self.form(length[1]) == "من" and self.form(length[1] + 1) != "الان"):
            return None
        return self.back(length[0], length[1], "point")
