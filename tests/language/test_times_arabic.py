"""Arabic times: days, precision, kinds and spans, counted from one Tuesday; and what is no time."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sijill.language.arabic import find_times
from sijill.text.script import normal_form

TUESDAY = date(2018, 6, 12)

# text -> the words, first, last, precision, kind
ONE: list[tuple[str, str, str | None, str | None, int, str]] = [
    ("وقع فجر الجمعة الماضي", "فجر الجمعة الماضي", "2018-06-08", "2018-06-08", 1, "point"),
    ("قتل الاثنين", "الاثنين", "2018-06-11", "2018-06-11", 1, "point"),
    ("قتل الثلاثاء", "الثلاثاء", "2018-06-12", "2018-06-12", 1, "point"),
    ("قتل الثلاثاء الماضي", "الثلاثاء الماضي", "2018-06-05", "2018-06-05", 1, "point"),
    ("يعقد الخميس المقبل", "الخميس المقبل", "2018-06-14", "2018-06-14", 1, "point"),
    ("مساء أمس الاثنين", "مساء أمس الاثنين", "2018-06-11", "2018-06-11", 1, "point"),
    ("أول من أمس (الأحد)", "أول من أمس (الأحد)", "2018-06-10", "2018-06-10", 1, "point"),
    ("أول أمس الأحد", "أول أمس الأحد", "2018-06-10", "2018-06-10", 1, "point"),
    ("قتل اليوم الثلاثاء", "اليوم الثلاثاء", "2018-06-12", "2018-06-12", 1, "point"),
    ("منذ 22 مايو/ أيار الماضي", "منذ 22 مايو/ أيار الماضي", "2018-05-22", "2018-05-22", 1, "since"),
    ("في الـ 12 من الشهر الجاري", "الـ 12 من الشهر الجاري", "2018-06-12", "2018-06-12", 1, "point"),
    ("في 5 كانون الأول", "5 كانون الأول", "2017-12-05", "2017-12-05", 1, "point"),
    ("بين 10 و12 كانون الأول", "بين 10 و12 كانون الأول", "2017-12-10", "2017-12-12", 1, "span"),
    ("من 3 إلى 7 آب", "من 3 إلى 7 آب", "2017-08-03", "2017-08-07", 1, "span"),
    ("من 28 كانون الأول إلى 3 كانون الثاني", "من 28 كانون الأول إلى 3 كانون الثاني", "2017-12-28", "2018-01-03", 1, "span"),
    ("16 فبراير (شباط) الماضي", "16 فبراير (شباط) الماضي", "2018-02-16", "2018-02-16", 1, "point"),
    ("20 تشرين الأول/أكتوبر", "20 تشرين الأول/أكتوبر", "2017-10-20", "2017-10-20", 1, "point"),
    ("في 3 يونيو حزيران 2016", "3 يونيو حزيران 2016", "2016-06-03", "2016-06-03", 1, "point"),
    ("في 14 جانفي 2011", "14 جانفي 2011", "2011-01-14", "2011-01-14", 1, "point"),
    ("في الثامن من آذار 2011", "الثامن من آذار 2011", "2011-03-08", "2011-03-08", 1, "point"),
    ("الأحد 10 حزيران/يونيو", "الأحد 10 حزيران/يونيو", "2018-06-10", "2018-06-10", 1, "point"),
    ("يومي السبت والأحد", "يومي السبت والأحد", "2018-06-09", "2018-06-10", 1, "span"),
    ("ليل الخميس - الجمعة", "ليل الخميس - الجمعة", "2018-06-07", "2018-06-08", 1, "span"),
    ("من الجمعة إلى الأحد", "من الجمعة إلى الأحد", "2018-06-08", "2018-06-10", 1, "span"),
    ("في الأشهر الستة الأولى من العام 2017", "الأشهر الستة الأولى من العام 2017", "2017-01-01", "2017-06-30", 5, "period"),
    ("منذ مطلع العام إلى 158 شهيدا", "منذ مطلع العام", "2018-01-01", "2018-04-30", 5, "since"),
    ("مطلع العام 2021", "مطلع العام 2021", "2021-01-01", "2021-04-30", 5, "period"),
    ("مطلع آذار", "مطلع آذار", "2018-03-01", "2018-03-10", 4, "period"),
    ("منتصف نيسان 2017", "منتصف نيسان 2017", "2017-04-11", "2017-04-20", 4, "period"),
    ("أواخر الشهر الماضي", "أواخر الشهر الماضي", "2018-05-21", "2018-05-31", 4, "period"),
    ("الأسبوع الماضي", "الأسبوع الماضي", "2018-06-04", "2018-06-10", 3, "period"),
    ("الأسبوع الفائت", "الأسبوع الفائت", "2018-06-04", "2018-06-10", 3, "period"),
    ("خلال الأسبوع الأخير", "الأسبوع الأخير", "2018-06-05", "2018-06-11", 3, "period"),
    ("الشهر الماضي", "الشهر الماضي", "2018-05-01", "2018-05-31", 4, "period"),
    ("هذا العام", "هذا العام", "2018-01-01", "2018-12-31", 5, "period"),
    ("العام المنصرم", "العام المنصرم", "2017-01-01", "2017-12-31", 5, "period"),
    ("خلال الأيام الثلاثة الماضية", "الأيام الثلاثة الماضية", "2018-06-09", "2018-06-11", 2, "period"),
    ("خلال الـ 24 ساعة الماضية", "الـ 24 ساعة الماضية", "2018-06-11", "2018-06-12", 2, "period"),
    ("قبل يومين", "قبل يومين", "2018-06-10", "2018-06-10", 1, "point"),
    ("قبل ثلاثة أشهر", "قبل ثلاثة أشهر", "2018-03-12", "2018-03-12", 4, "point"),
    ("منذ ثلاثة أيام", "منذ ثلاثة أيام", "2018-06-09", "2018-06-09", 1, "since"),
    ("منذ سنوات", "منذ سنوات", None, None, 5, "since"),
    ("حتى مساء أمس", "حتى مساء أمس", "2018-06-11", "2018-06-11", 1, "until"),
    ("على مدار ثلاثة أيام", "على مدار ثلاثة أيام", None, None, 5, "duration"),
    ("استمرت خمسة أيام", "خمسة أيام", None, None, 5, "duration"),
    ("استمرت أسبوعا", "أسبوعا", None, None, 5, "duration"),
    ("يتواصل لليوم الرابع والعشرين", "لليوم الرابع والعشرين", None, None, 5, "duration"),
    ("بتاريخ 03/08/2015", "بتاريخ 03/08/2015", "2015-08-03", "2015-08-03", 1, "point"),
    ("في 2015-08-03", "2015-08-03", "2015-08-03", "2015-08-03", 1, "point"),
    ("في ٠٣/٠٨/٢٠١٥", "٠٣/٠٨/٢٠١٥", "2015-08-03", "2015-08-03", 1, "point"),
    ("في 5 شوال 1436هـ", "5 شوال 1436هـ", "2015-07-21", "2015-07-21", 1, "point"),
    ("في 1436/10/5هـ", "1436/10/5هـ", "2015-07-21", "2015-07-21", 1, "point"),
    ("5 شوال 1436هـ الموافق 21 يوليو 2015", "5 شوال 1436هـ الموافق 21 يوليو 2015", "2015-07-21", "2015-07-21", 1, "point"),
    ("في 17 رمضان", "17 رمضان", "2018-06-01", "2018-06-01", 1, "point"),
    ("عام 2015", "عام 2015", "2015-01-01", "2015-12-31", 5, "period"),
    ("سنة ألفين وخمسة عشر", "سنة ألفين وخمسة عشر", "2015-01-01", "2015-12-31", 5, "period"),
    ("بين عامي 2011 و2013", "بين عامي 2011 و2013", "2011-01-01", "2013-12-31", 5, "span"),
    ("أيار 2015", "أيار 2015", "2015-05-01", "2015-05-31", 4, "period"),
    ("في آب", "آب", "2017-08-01", "2017-08-31", 4, "period"),
    ("في أيار الماضي", "أيار الماضي", "2018-05-01", "2018-05-31", 4, "period"),
    ("صيف 2014", "صيف 2014", "2014-06-01", "2014-08-31", 5, "period"),
    ("في ثمانينيات القرن الماضي", "ثمانينيات القرن الماضي", "1980-01-01", "1989-12-31", 5, "period"),
    ("الربع الثالث من عام 2016", "الربع الثالث من عام 2016", "2016-07-01", "2016-09-30", 5, "period"),
    ("وقت سابق من الشهر الجاري", "وقت سابق من الشهر الجاري", "2018-06-01", "2018-06-12", 4, "period"),
    ("أحد الأسبوع الماضي", "أحد الأسبوع الماضي", "2018-06-10", "2018-06-10", 1, "point"),
    ("الأسبوع الماضي من الثلاثاء إلى الخميس", "الأسبوع الماضي من الثلاثاء إلى الخميس", "2018-06-05", "2018-06-07", 1, "span"),
    ("خلال آخر ثلاثة أيام", "آخر ثلاثة أيام", "2018-06-09", "2018-06-11", 2, "period"),
    ("الأسبوع قبل الماضي", "الأسبوع قبل الماضي", "2018-05-28", "2018-06-03", 3, "period"),
    ("منذ نحو أسبوع", "منذ نحو أسبوع", "2018-06-05", "2018-06-05", 3, "since"),
    ("في تموز وآب 2014", "تموز وآب 2014", "2014-07-01", "2014-08-31", 5, "span"),
    ("الأسبوع الأول من أيار", "الأسبوع الأول من أيار", "2018-05-01", "2018-05-07", 3, "period"),
    ("أول جمعة من أيار", "أول جمعة من أيار", "2018-05-04", "2018-05-04", 1, "point"),
    ("الجمعة 8 حزيران، قتل", "الجمعة 8 حزيران", "2018-06-08", "2018-06-08", 1, "point"),
    ("الجمعة 15 قتيلا", "الجمعة", "2018-06-08", "2018-06-08", 1, "point"),
    ("في 5 أيار 2017 (الجمعة)", "5 أيار 2017 (الجمعة)", "2017-05-05", "2017-05-05", 1, "point"),
    ("من أيلول 2017 إلى آذار 2018", "من أيلول 2017 إلى آذار 2018", "2017-09-01", "2018-03-31", 5, "span"),
    ("منذ ساعات الفجر الأولى", "منذ ساعات الفجر الأولى", "2018-06-12", "2018-06-12", 1, "since"),
    ("قصفت هذا الصباح", "هذا الصباح", "2018-06-12", "2018-06-12", 1, "point"),
    ("عند الثالثة فجراً", "الثالثة فجراً", None, None, 1, "clock"),
    ("الساعة 8 من مساء الجمعة", "الساعة 8 من مساء الجمعة", "2018-06-08", "2018-06-08", 1, "point"),
    ("اليوم المنصرم", "اليوم المنصرم", "2018-06-11", "2018-06-11", 1, "point"),
    ("غداً", "غداً", "2018-06-13", "2018-06-13", 1, "point"),
]  # fmt: skip

NONE = [
    "قتل اثنين من الجنود", "أحد الجنود", "سوق الخميس", "عمره 20 عاما", "اللواء 104", "الأمين العام", "صباح فخري",
    "قتل رمضان محمد", "فصائل 3-1", "يصل الكهرباء", "ربيع محمد",
]  # fmt: skip

PARTS = [
    ("فجر الجمعة", "dawn"), ("صباح اليوم", "morning"), ("ظهر الأحد", "noon"), ("بعد ظهر أمس", "afternoon"), ("أمس مساء", "evening"),
    ("ليل الأربعاء", "night"), ("الليلة الماضية", "night"), ("منتصف ليل الخميس", "midnight"), ("الثامنة صباحا", "morning"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "words", "first", "last", "precision", "kind"), ONE, ids=[row[0] for row in ONE]
)
def test_times_read(
    text: str, words: str, first: str | None, last: str | None, precision: int, kind: str
) -> None:
    found = [
        (text[t.start : t.end], t.first and str(t.first), t.last and str(t.last), t.precision, t.kind)
        for t in find_times(text, TUESDAY)
    ]
    assert found == [(words, first, last, precision, kind)]


@pytest.mark.parametrize("text", NONE)
def test_times_that_are_none(text: str) -> None:
    assert find_times(text, TUESDAY) == []


@pytest.mark.parametrize(("text", "part"), PARTS)
def test_times_part_of_day(text: str, part: str) -> None:
    assert [t.part_of_day for t in find_times(text, TUESDAY)] == [part]


@pytest.mark.parametrize(
    ("text", "words", "first", "last", "precision", "kind"), ONE, ids=[row[0] for row in ONE]
)
def test_times_without_a_reference(
    text: str, words: str, first: str | None, last: str | None, precision: int, kind: str
) -> None:
    """A relative time has no days without a reference; any other has the same."""
    (found,) = find_times(text)
    assert (
        (found.first is None and found.last is None)
        if found.relative
        else (found.first and str(found.first)) == first
    )
    assert text[found.start : found.end] == words
    assert found.kind == kind


def test_the_month_is_the_one_that_was_named_before() -> None:
    """ "Late in the month" of a report on December, written in early January, is late December."""
    text = "خلال كانون الأول 2019 قصفت القوات البلدة. وفي أواخر الشهر خطف مسلحون مدنيا"
    late = find_times(text, date(2020, 1, 4))[-1]
    assert (late.first, late.last, late.precision) == (date(2019, 12, 21), date(2019, 12, 31), 4)


def test_times_ahead_are_marked() -> None:
    assert [t.future for t in find_times("غداً والأسبوع المقبل والخميس القادم", TUESDAY)] == [True, True, True]
    assert [t.future for t in find_times("أمس والأسبوع الماضي", TUESDAY)] == [False, False]


@given(
    st.lists(st.sampled_from(["", "😀 ", "abc ", "\r\n", "قُتِلَ ", "«", "\u200f", "🇸🇾 "]), max_size=4),
    st.sampled_from([row[:5] for row in ONE]),
    st.lists(st.sampled_from("ًٌَُِّْـ"), max_size=3),
)
def test_time_offsets_hold_in_mixed_text(
    noise: list[str], row: tuple[str, str, str | None, str | None, int], marks: list[str]
) -> None:
    text, words, first, _, _ = row
    marked = words[:1] + ("".join(marks) if words[0].isalpha() else "") + words[1:]
    given_text = "".join(noise) + text.replace(words, marked) + " \r\n😀"
    found = [
        t
        for t in find_times(given_text, TUESDAY)
        if normal_form(given_text[t.start : t.end]) == normal_form(words)
    ]
    assert [t.first and str(t.first) for t in found] == [first]


_PIECES = [
    "أمس", "الجمعة", " ", " ", "5", "12", "آذار", "/", "-", "من", "إلى", "عام", "2015", "الماضي",
    "منذ", "(", ")", "،", "شهر", "أيام", "قبل", "ليل", "مطلع", "9999", "0", "1436", "هـ", "و",
]  # fmt: skip


@given(st.lists(st.sampled_from(_PIECES), max_size=25).map(" ".join))
def test_time_mentions_are_ordered_and_inside(text: str) -> None:
    for reference in (None, TUESDAY, date(1, 1, 1), date(9999, 12, 31)):
        end = 0
        for mention in find_times(text, reference):
            assert end <= mention.start < mention.end <= len(text)
            assert (mention.first is None) == (mention.last is None)
            assert mention.first is None or mention.last is None or mention.first <= mention.last
            end = mention.end


@pytest.mark.parametrize(
    ("text", "words", "day"),
    [
        ("قتل اثنان يوم 3 يونيو 2018. وفي اليوم نفسه قصفت القوات البلدة", "اليوم نفسه", "2018-06-03"),
        ("قتل اثنان يوم 3 يونيو 2018. وفجر اليوم التالي انسحبوا", "فجر اليوم التالي", "2018-06-04"),
        ("هاجموا البلدة أمس، وبعد ساعات انفجرت سيارة", "بعد ساعات", "2018-06-11"),
        ("هاجموا البلدة يوم 3 يونيو 2018، وبعد يومين انسحبوا", "بعد يومين", "2018-06-05"),
        ("هاجموا البلدة أمس، وقصف الطيران ليلا الحي", "ليلا", "2018-06-11"),
        ("قصفت البلدة الليلة قبل الماضية", "الليلة قبل الماضية", "2018-06-10"),
        ("قتل اثنان فجر السبت قبل الماضي", "فجر السبت قبل الماضي", "2018-06-02"),
    ],
)
def test_days_counted_from_the_day_that_is_spoken_of(text: str, words: str, day: str) -> None:
    found = {
        text[t.start : t.end].removeprefix("و"): str(t.first) for t in find_times(text, date(2018, 6, 12))
    }
    assert found[words] == day


def test_a_time_of_day_has_no_day_where_none_is_spoken_of() -> None:
    assert [(t.first, t.kind) for t in find_times("قصف الطيران الحي ليلا", date(2018, 6, 12))] == [
        (None, "clock")
    ]
    assert [t.first for t in find_times("انسحبوا في اليوم نفسه", date(2018, 6, 12))] == [None]


def test_so_many_days_of_something_are_a_length() -> None:
    found = find_times("هاجموا البلدة أمس بعد ثلاثة أيام من القصف", date(2018, 6, 12))
    assert [(str(t.first), t.kind) for t in found] == [("2018-06-11", "point"), ("None", "duration")]
