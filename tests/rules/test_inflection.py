"""What a lemma with a mark stands for."""

import pytest

from sijill.rules.inflection import arabic_forms, english_forms

ARABIC = [
    (
        "v:قتل/يقتل",
        {
            "قتل",
            "قتلت",
            "قتلوا",
            "قتلا",
            "قتلتا",
            "قتلن",
            "يقتل",
            "تقتل",
            "يقتلون",
            "تقتلون",
            "يقتلان",
            "تقتلان",
            "يقتلوا",
            "تقتلوا",
        },
    ),
    (
        "v:رمى/يرمي",
        {
            "رمى",
            "رمت",
            "رموا",
            "رميا",
            "رمتا",
            "رمين",
            "يرمي",
            "ترمي",
            "يرمون",
            "ترمون",
            "يرمان",
            "ترمان",
            "يرموا",
            "ترموا",
        },
    ),
    ("n:قتيل/قتلى", {"قتيل", "قتيلان", "قتيلين", "قتيلا", "قتيلي", "قتلى"}),
    ("n:غارة/غارات", {"غارة", "غارتان", "غارتين", "غارتا", "غارتي", "غارات"}),
    ("n:مسعف", {"مسعف", "مسعفان", "مسعفين", "مسعفا", "مسعفي", "مسعفون", "مسعفو"}),
    ("n:غارة", {"غارة", "غارتان", "غارتين", "غارتا", "غارتي", "غارات"}),
    ("m:مقتل", {"مقتل"}),
    ("w:لم", {"لم"}),
    ("إطلاق نار", {"إطلاق نار"}),
]
ENGLISH = [
    ("v:kill", {"kill", "kills", "killed", "killing"}),
    ("v:seize", {"seize", "seizes", "seized", "seizing"}),
    ("v:free", {"free", "frees", "freed", "freeing"}),
    ("v:bury", {"bury", "buries", "buried", "burying"}),
    ("v:deploy", {"deploy", "deploys", "deployed", "deploying"}),
    ("v:clash", {"clash", "clashes", "clashed", "clashing"}),
    ("v:shoot/shot", {"shoot", "shoots", "shot", "shooting"}),
    ("v:take/took/taken/taking", {"take", "takes", "took", "taken", "taking"}),
    ("v:stab/stabbed/stabbed/stabbing", {"stab", "stabs", "stabbed", "stabbing"}),
    ("n:soldier", {"soldier", "soldiers"}),
    ("n:man/men", {"man", "men"}),
    ("n:body", {"body", "bodies"}),
    ("n:boy", {"boy", "boys"}),
    ("n:blast", {"blast", "blasts"}),
    ("m:gunfire", {"gunfire"}),
    ("w:not", {"not"}),
    ("opened fire", {"opened fire"}),
]


@pytest.mark.parametrize(
    ("form", "wanted"), ARABIC, ids=lambda value: value if isinstance(value, str) else ""
)
def test_arabic_forms(form: str, wanted: set[str]) -> None:
    assert {surface for _, _, surface in arabic_forms(form)} == wanted


@pytest.mark.parametrize(
    ("form", "wanted"), ENGLISH, ids=lambda value: value if isinstance(value, str) else ""
)
def test_english_forms(form: str, wanted: set[str]) -> None:
    assert {surface for _, _, surface in english_forms(form)} == wanted


def test_a_mark_says_the_kind() -> None:
    kinds = {mark: {kind for kind, _, _ in arabic_forms(f"{mark}قصف/يقصف")} for mark in ("v:", "n:")}
    assert kinds == {"v:": {"verb"}, "n:": {"noun"}}
    assert [kind for kind, _, _ in arabic_forms("w:لم")] == ["word"]


def test_number_is_kept() -> None:
    inflections = {surface: inflection for _, inflection, surface in arabic_forms("n:جندي/جنود")}
    assert inflections["جندي"] == "singular"
    assert inflections["جنديان"] == inflections["جنديين"] == "dual"
    assert inflections["جنديا"] == "dual_construct"
    assert inflections["جنود"] == "plural"


def test_past_and_participle_are_told_apart() -> None:
    inflections = {
        surface: inflection
        for _, inflection, surface in english_forms("v:overrun/overran/overrun/overrunning")
    }
    assert inflections["overran"] == "past"
    assert inflections["overrunning"] == "gerund"
