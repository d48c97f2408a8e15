"""Arabic numbers: what is read, what is left, and that spelled numbers come back."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sijill.language.arabic import find_numbers
from sijill.language.numbers import NumberMention
from sijill.text.script import normal_form

# text -> (words, value, kind, bound, high)
READ: list[tuple[str, list[tuple[str, float | None, str, str, float | None]]]] = [
    ("ثلاثة جنود وخمسة مدنيين", [("ثلاثة", 3, "cardinal", "exact", None), ("وخمسة", 5, "cardinal", "exact", None)]),
    ("مقتل ألفي شخص", [("ألفي", 2000, "cardinal", "exact", None)]),
    ("سقط ألفا قتيل", [("ألفا", 2000, "cardinal", "exact", None)]),
    ("نزح ألفا و200 شخص", [("ألفا و200", 1200, "cardinal", "exact", None)]),
    ("أكثر من خمسة وعشرين ألفاً", [("أكثر من خمسة وعشرين ألفاً", 25000, "cardinal", "at_least", None)]),
    ("ما لا يقل عن ٢٠ قتيلا", [("ما لا يقل عن ٢٠", 20, "cardinal", "at_least", None)]),
    ("أصيب 40 شخصا على الأقل", [("40", 40, "cardinal", "at_least", None)]),
    ("قتل 40 على الأقل", [("40 على الأقل", 40, "cardinal", "at_least", None)]),
    ("لم يتجاوزوا سبعة", [("لم يتجاوزوا سبعة", 7, "cardinal", "at_most", None)]),
    ("لا يتجاوز 30 مقاتلا", [("لا يتجاوز 30", 30, "cardinal", "at_most", None)]),
    ("زهاء الـ 20 مسلحا", [("زهاء الـ 20", 20, "cardinal", "about", None)]),
    ("قرابة مئتي عنصر", [("قرابة مئتي", 200, "cardinal", "about", None)]),
    ("ما بين 20 و25 قتيلا", [("ما بين 20 و25", 20, "cardinal", "about", 25)]),
    ("بين ثمانين وتسعين ألف نازح", [("بين ثمانين وتسعين ألف", 80000, "cardinal", "about", 90000)]),
    ("20–25 جريحا", [("20–25", 20, "cardinal", "about", 25)]),
    ("في تشرين الأول 2023 إلى 36,412 شهيدا", [("36,412", 36412, "cardinal", "exact", None)]),
    ("ثلاثة أو أربعة قتلى", [("ثلاثة أو أربعة", 3, "cardinal", "about", 4)]),
    ("عشرات القتلى", [("عشرات", None, "cardinal", "vague", None)]),
    ("مئات الآلاف من النازحين", [("مئات الآلاف", None, "cardinal", "vague", None)]),
    ("بضعة أشخاص", [("بضعة", None, "cardinal", "vague", None)]),
    ("قتيلان وجريحان", [("قتيلان", 2, "cardinal", "exact", None), ("وجريحان", 2, "cardinal", "exact", None)]),
    ("غارتان على البلدة", [("غارتان", 2, "cardinal", "exact", None)]),
    ("عنصراً واحداً", [("واحداً", 1, "cardinal", "exact", None)]),
    ("مليون ونصف المليون", [("مليون ونصف المليون", 1_500_000, "cardinal", "exact", None)]),
    ("نصف مليون", [("نصف مليون", 500_000, "cardinal", "exact", None)]),
    ("3 آلاف و200 نازح", [("3 آلاف و200", 3200, "cardinal", "exact", None)]),
    ("١٬٢٣٤٬٥٦٧ نسمة", [("١٬٢٣٤٬٥٦٧", 1_234_567, "cardinal", "exact", None)]),
    ("1 234 567 نسمة", [("1 234 567", 1_234_567, "cardinal", "exact", None)]),
    ("12,5 مليون", [("12,5 مليون", 12_500_000, "cardinal", "exact", None)]),
    ("20 بالمئة", [("20 بالمئة", 20, "percent", "exact", None)]),
    ("٢٠٪ من السكان", [("٢٠٪", 20, "percent", "exact", None)]),
    ("ثلاثة أضعاف", [("ثلاثة أضعاف", 3, "multiple", "exact", None)]),
    ("نصف السكان", [("نصف", 0.5, "fraction", "exact", None)]),
    ("ثلاثة أرباع المدينة", [("ثلاثة أرباع", 0.75, "fraction", "exact", None)]),
    ("الفرقة الرابعة", [("الرابعة", 4, "ordinal", "exact", None)]),
    ("اللواء الحادي عشر", [("الحادي عشر", 11, "ordinal", "exact", None)]),
    ("الذكرى الخامسة والعشرون", [("الخامسة والعشرون", 25, "ordinal", "exact", None)]),
    ("الكتاب المئة والخامس والعشرون", [("المئة والخامس والعشرون", 125, "ordinal", "exact", None)]),
    ("20قتيلا", [("20", 20, "cardinal", "exact", None)]),
    ("كتيبة 7 و3 قتلى", [("3", 3, "cardinal", "exact", None)]),
    ("مقتل 12 و5 جرحى", [("12", 12, "cardinal", "exact", None), ("5", 5, "cardinal", "exact", None)]),
    ("خمسة إلى ستة آلاف نازح", [("خمسة إلى ستة آلاف", 5000, "cardinal", "about", 6000)]),
]  # fmt: skip

NO_COUNT = [
    "اللواء 104", "كتيبة 7", "مخيم 7", "قرار مجلس الأمن رقم 2254", "القرار 2254", "الساعة 8", "الساعة الثامنة", "عام 2015",
    "سنة ألفين وخمسة عشر", "1. مقتل مدني", "أولاً – القتل", "هاتف 0991234567", "طائرة إف-16", "طائرة F16", "دبابة تي-72",
    "2015-08-03", "03/08/2015", "8:30 صباحا", "تشرين الثاني", "كانون الأول", "لست هنا", "كمية كبيرة", "وأحد الجنود", "صمام أمان", "صباح الاثنين",
    "الأحد", "هاجم أمين الفرع", "حركة طالبان", "مدنيين", "وسعت القوات", "2014-2018", "5 كانون الأول", "الثامن من آذار 2011",
]  # fmt: skip


def seen(text: str) -> list[tuple[str, float | None, str, str, float | None]]:
    return [(text[n.start : n.end], n.value, n.kind, n.bound, n.high) for n in find_numbers(text)]


@pytest.mark.parametrize(("text", "wanted"), READ, ids=[text for text, _ in READ])
def test_numbers_read(text: str, wanted: list[tuple[str, float | None, str, str, float | None]]) -> None:
    assert seen(text) == wanted


@pytest.mark.parametrize("text", NO_COUNT)
def test_numbers_that_count_nothing(text: str) -> None:
    assert not [n for n in find_numbers(text) if n.kind == "cardinal"]


# A speller, to read back what it writes.

_UNITS_M = ["", "واحد", "اثنان", "ثلاثة", "أربعة", "خمسة", "ستة", "سبعة", "ثمانية", "تسعة", "عشرة"]
_UNITS_F = ["", "واحدة", "اثنتان", "ثلاث", "أربع", "خمس", "ست", "سبع", "ثماني", "تسع", "عشر"]
_TENS = ["", "", "عشر", "ثلاث", "أربع", "خمس", "ست", "سبع", "ثمان", "تسع"]
_HUNDREDS = ["", "مئة", "مئتان", "ثلاثمئة", "أربعمئة", "خمسمئة", "ستمئة", "سبعمئة", "ثمانمئة", "تسعمئة"]
_SCALES = [
    (10**12, "تريليون", "تريليونات"),
    (10**9, "مليار", "مليارات"),
    (10**6, "مليون", "ملايين"),
    (10**3, "ألف", "آلاف"),
]


def _oblique(word: str, oblique: bool) -> str:
    return word[:-2] + "ين" if oblique and word.endswith("ان") and len(word) > 3 else word


def below_hundred(n: int, feminine: bool, oblique: bool) -> str:
    units = _UNITS_F if feminine else _UNITS_M
    if n <= 10:
        return _oblique(units[n], oblique)
    if n < 20:
        ten = "عشرة" if feminine else "عشر"
        if n == 11:
            return ("إحدى " if feminine else "أحد ") + ten
        if n == 12:
            return (
                ("اثنتي " if oblique else "اثنتا ") if feminine else ("اثني " if oblique else "اثنا ")
            ) + ten
        return units[n - 10] + " " + ten
    tens = _TENS[n // 10] + ("ين" if oblique else "ون")
    return f"{_oblique(units[n % 10], oblique)} و{tens}" if n % 10 else tens


def below_thousand(
    n: int, feminine: bool, oblique: bool, construct: bool = False, long_form: bool = False
) -> str:
    hundreds = _oblique(_HUNDREDS[n // 100], oblique)
    if construct and n == 200:
        hundreds = hundreds[:-1]
    if long_form:
        hundreds = hundreds.replace("مئ", "مائ")
    parts = [p for p in (hundreds, below_hundred(n % 100, feminine, oblique) if n % 100 else "") if p]
    return " و".join(parts)


def spell(n: int, feminine: bool, oblique: bool, long_form: bool) -> str:
    """A whole number in Arabic words."""
    if n == 0:
        return "صفر"
    parts = []
    for size, one, many in _SCALES:
        count, n = divmod(n, size)
        if count == 1:
            parts.append(one)
        elif count == 2:
            parts.append(one + ("ين" if oblique else "ان"))
        elif count:
            last = count % 100
            noun = many if 2 < last < 11 else one + "ا" if last > 10 else one
            parts.append(below_thousand(count, False, oblique, count == 200, long_form) + " " + noun)
    if n:
        parts.append(below_thousand(n, feminine, oblique, False, long_form))
    return " و".join(parts)


@settings(max_examples=1500, deadline=None)
@given(
    st.one_of(st.integers(0, 2000), st.integers(0, 10**6), st.integers(0, 10**12)),
    st.booleans(), st.booleans(), st.booleans(),
)  # fmt: skip
def test_numbers_spelled_come_back(n: int, feminine: bool, oblique: bool, long_form: bool) -> None:
    text = spell(n, feminine, oblique, long_form)
    found = find_numbers(text)
    assert [(m.value, m.kind, m.start, m.end) for m in found] == [(n, "cardinal", 0, len(text))], text


@pytest.mark.parametrize("hundred", range(11))
def test_numbers_to_a_thousand_in_every_gender_and_case(hundred: int) -> None:
    for n in range(hundred * 100, hundred * 100 + 100):
        for feminine in (False, True):
            for oblique in (False, True):
                text = spell(n, feminine, oblique, False)
                assert [m.value for m in find_numbers(text)] == [n], text


_ORDINALS = [
    "",
    "الأول",
    "الثاني",
    "الثالث",
    "الرابع",
    "الخامس",
    "السادس",
    "السابع",
    "الثامن",
    "التاسع",
    "العاشر",
]
_ORDINALS_F = [
    "",
    "الأولى",
    "الثانية",
    "الثالثة",
    "الرابعة",
    "الخامسة",
    "السادسة",
    "السابعة",
    "الثامنة",
    "التاسعة",
    "العاشرة",
]


def spell_ordinal(n: int, feminine: bool, oblique: bool) -> str:
    words = _ORDINALS_F if feminine else _ORDINALS
    if n <= 10:
        return words[n]
    unit = ("الحادية" if feminine else "الحادي") if n % 10 == 1 else words[n % 10]
    if n < 20:
        return unit + (" عشرة" if feminine else " عشر")
    tens = "ال" + _TENS[n // 10] + ("ين" if oblique else "ون")
    return f"{unit} و{tens}" if n % 10 else tens


@pytest.mark.parametrize("n", range(1, 100))
def test_ordinals_to_a_hundred(n: int) -> None:
    for feminine in (False, True):
        for oblique in (False, True):
            text = spell_ordinal(n, feminine, oblique)
            assert [(m.value, m.kind) for m in find_numbers(text)] == [(n, "ordinal")], text


_DIGITS = ["0123456789", "٠١٢٣٤٥٦٧٨٩", "۰۱۲۳۴۵۶۷۸۹"]


@given(st.integers(0, 10**12), st.sampled_from(_DIGITS), st.sampled_from(["", ",", "٬"]))
def test_numerals_come_back_in_every_script(n: int, digits: str, separator: str) -> None:
    plain = f"{n:,}".replace(",", separator) if separator else str(n)
    if not separator and len(plain) > 7:
        plain = plain[:7]
    text = "".join(digits[int(c)] if c.isdigit() else c for c in plain)
    value = int(plain.replace(separator, "")) if separator else int(plain)
    assert [(m.value, text[m.start : m.end]) for m in find_numbers(text)] == [(value, text)]


_NOISE = st.sampled_from(["", "😀 ", "abc ", "\r\n", "كتب ", "«", "\u200f", "– ", "مَدِينَةٌ ", "… ", "🇸🇾 "])
_SAID = st.sampled_from(
    ["ثلاثة وعشرين", "ما لا يقل عن 20", "ألفي", "٢٠ بالمئة", "الخامسة والعشرون", "بين 20 و25", "عشرات"]
)


@given(st.lists(_NOISE, max_size=4), _SAID, st.lists(st.sampled_from("ًٌَُِّْـ"), max_size=3))
def test_number_offsets_hold_in_mixed_text(noise: list[str], said: str, marks: list[str]) -> None:
    """Whatever stands before, and whatever marks are strewn over the words, the offsets give the words back."""
    text = "".join(noise) + said[:2] + ("".join(marks) if said[0].isalpha() else "") + said[2:] + " \r\n😀"
    found = [m for m in find_numbers(text) if normal_form(text[m.start : m.end]) == normal_form(said)]
    assert len(found) == 1


@given(st.text(alphabet=st.sampled_from("ثلاثةوعشرين مئألفا 0123٤٥,.٬-–/:%()\r\nabc😀ًـ"), max_size=60))
def test_number_mentions_are_ordered_and_inside(text: str) -> None:
    found: list[NumberMention] = find_numbers(text)
    ends = [0]
    for mention in found:
        assert ends[-1] <= mention.start < mention.end <= len(text)
        assert (mention.value is None) == (mention.bound == "vague")
        ends.append(mention.end)
