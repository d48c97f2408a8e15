"""The normal form, and the exactness of its map back."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sijill.text.script import normal_form, normalise

LEVELLED = [
    ("إدلب", "ادلب"),
    ("مدرسة", "مدرسه"),
    ("مستشفى", "مستشفي"),
    ("قُتِلَ ثَلاثَةٌ", "قتل ثلاثه"),
    ("قـتـلـى", "قتلي"),
    ("ﻗﺘﻠﻰ", "قتلي"),
    ("ﻻ", "لا"),
    ("٢٥ و ۳۴", "25 و 34"),
    ("مقـ.ـتل عنـ.ـاصر", "مقتل عناصر"),
    ("د.ا.ع.ش", "داعش"),
    ("#دير_الزور", "#دير الزور"),
    ("البو\u200cكمال", "البوكمال"),
    ("Öçalan", "ocalan"),
]
KEPT = [("قتل.في البيت", "قتل.في البيت"), ("3.5", "3.5"), ("و.ع", "و.ع")]


@pytest.mark.parametrize(("given_text", "wanted"), LEVELLED + KEPT)
def test_normal_form(given_text: str, wanted: str) -> None:
    assert normal_form(given_text) == wanted


def test_span_gives_the_words_as_they_stand() -> None:
    text = "سقط قـُـتـلى 😀 في مقـ.ـتل"
    normal = normalise(text)
    words = [text[slice(*normal.span(*m.span()))] for m in re.finditer(r"\w+", normal.text)]
    assert words == ["سقط", "قـُـتـلى", "في", "مقـ.ـتل"]


PIECES = st.sampled_from(
    [
        "قتل",
        "ـ",
        "ُ",
        "ﻻ",
        "ﷺ",
        "😀",
        "👨‍👩‍👧",
        "e\u0301",
        "\r\n",
        "\u200f",
        "٣",
        "Aleppo",
        "İ",
        "ß",
        ".",
        "_",
        "#",
        " ",
        "\ufeff",
        "\x00",
        "ق.ت.ل",
    ]
)


@given(st.one_of(st.text(), st.lists(PIECES).map("".join)))
def test_every_range_maps_inside_the_text_and_in_order(text: str) -> None:
    normal = normalise(text)
    assert "\x00" not in normal.text
    offsets = [normal.offset(i) for i in range(len(normal.text) + 1)]
    assert offsets == sorted(offsets)
    for i in range(len(normal.text)):
        start, end = normal.span(i, i + 1)
        assert 0 <= start < end <= len(text)
        assert normal.text[i] in normal_form(text[start]) or text[start] == "_"


@given(st.text(alphabet=st.characters(codec="utf-8", max_codepoint=0xFFFF)))
def test_normal_form_is_stable(text: str) -> None:
    once = normal_form(text).replace(".", "")
    assert normal_form(once) == once


def test_each_character_is_levelled_the_same_alone_and_among_many() -> None:
    """Few unusual characters are replaced one by one, many are looked up in one go: both give what each gives alone."""
    letters = [chr(code) for code in range(0x20, 0x700) if code not in range(0x5F0, 0x605)]
    letters = [letter for letter in letters if letter not in "._-*·•/|,\u0640"]
    alone = "".join(f" {normalise(letter).text}" for letter in letters)
    assert normalise("".join(f" {letter}" for letter in letters)).text == alone
    for letter in letters:
        assert (
            normalise(f"في {letter} يوم {letter}").text
            == f"في {normalise(letter).text} يوم {normalise(letter).text}"
        )


@given(st.text(alphabet="قتل ثلاثة\u064b\u0640\u0651أ", max_size=12))
def test_span_is_what_its_ends_stand_for(text: str) -> None:
    """A range maps to the offsets of its first code point and of what follows its last, marks that vanished included."""
    normal = normalise(text)
    for start in range(len(normal.text)):
        for end in range(start + 1, len(normal.text) + 1):
            last = max(normal.offset(end), normal.offset(end - 1) + 1)
            assert normal.span(start, end) == (normal.offset(start), last)
