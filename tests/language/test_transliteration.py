"""Names that are one in two scripts, and names that are not."""

import pytest

from sijill.language.transliteration import fold_latin, likeness, skeletons, sound_form

SAME = [
    ("السوسة", "As Susah"),
    ("السوسة", "As-Sousse"),
    ("دير الزور", "Deir ez-Zor"),
    ("دير الزور", "Dayr az Zawr"),
    ("البوكمال", "Albu Kamal"),
    ("البو كمال", "Ālbū Kamāl"),
    ("أبو كمال", "Abu Kamal"),
    ("منبج", "Manbij"),
    ("صنعاء", "Sanaa"),
    ("الشحيل", "Ash Shuhayl"),
    ("وادي سوف", "Oued Souf"),
    ("شرناق", "Şırnak"),
    ("عين العرب", "Ayn al ‘Arab"),
    ("جنين", "Janīn"),
    ("الحديدة", "Al Ḩudaydah"),
    ("أولاد جلال", "Ouled Djellal"),
    ("تل رفعت", "Tell Rifaat"),
    ("خان شيخون", "Khan Shaykhun"),
    ("القامشلي", "Qamishli"),
    ("غريان", "Gharyan"),
    ("بركة السبع", "Birkat as Sab"),
    ("ثرمانين", "Tharmanin"),
    ("الذيبية", "Adh Dhibiyah"),
]


@pytest.mark.parametrize(("arabic", "latin"), SAME)
def test_same_name_shares_a_skeleton_and_sounds_alike(arabic: str, latin: str) -> None:
    assert set(skeletons(arabic)) & set(skeletons(latin))
    assert likeness(arabic, latin) >= 0.6


@pytest.mark.parametrize(
    ("arabic", "latin"),
    [
        ("السوسة", "As Suwayda"),
        ("حلب", "Homs"),
        ("تدمر", "Dayr Hafir"),
        ("هجين", "Jinan"),
        ("شبام", "Shabwah"),
    ],
)
def test_different_names_share_no_skeleton(arabic: str, latin: str) -> None:
    assert not set(skeletons(arabic)) & set(skeletons(latin))


def test_likeness_tells_long_vowels_apart() -> None:
    assert likeness("سور", "Sur") > likeness("سور", "Sar")


def test_article_goes_only_before_its_sun_letter() -> None:
    assert sound_form("As Susah") == "susa"
    assert sound_form("As Kanah").startswith("as")


def test_fold_latin_takes_marks_off() -> None:
    assert fold_latin("‘Afrīn") == "afrin"
    assert fold_latin("Şırnak") == "shirnak"


def test_empty_names_have_no_skeleton() -> None:
    assert skeletons("") == ()
    assert skeletons("123") == ()
    assert likeness("", "x") == 0.0
