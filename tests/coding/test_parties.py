"""Who the parties of an event are, decided for the event as a whole."""

from __future__ import annotations

import pytest

from sijill.coding import code
from sijill.coding.between import said_between
from sijill.coding.ground import Ground
from sijill.coding.parties import placed
from sijill.language.analysis import Analysis
from sijill.records import Report


def chance(a: float, b: float) -> dict[str, float]:
    """How likely a party stands on each side, or on none."""
    return {"a": a, "b": b, "none": 1 - a - b}


def test_foes_of_a_battle_stand_apart() -> None:
    both = {"syr-gov": chance(0.6, 0.1), "is": chance(0.45, 0.4)}
    assert placed(both, "armed_clash") == {"syr-gov": "a", "is": "b"}


def test_allies_of_a_battle_stand_together() -> None:
    three = {"syr-gov": chance(0.8, 0.1), "hezbollah": chance(0.35, 0.4), "nusra": chance(0.1, 0.8)}
    assert placed(three, "armed_clash") == {"syr-gov": "a", "hezbollah": "a", "nusra": "b"}


def test_what_is_one_sided_has_one_doer_unless_its_doers_are_allies() -> None:
    doers = {"is": chance(0.8, 0.0), "nusra": chance(0.5, 0.1), "civilians": chance(0.0, 0.9)}
    assert placed(doers, "attack") == {"is": "a", "civilians": "b"}
    allies = {"syr-gov": chance(0.8, 0.0), "hezbollah": chance(0.5, 0.1), "civilians": chance(0.0, 0.9)}
    assert placed(allies, "attack") == {"syr-gov": "a", "hezbollah": "a", "civilians": "b"}


def test_who_is_hardly_a_party_is_none() -> None:
    assert placed({"tur-gov": chance(0.05, 0.05), "is": chance(0.9, 0.0)}, "ied") == {"is": "a"}
    assert placed({}, "ied") == {}


def test_what_is_one_sided_seldom_hits_people_with_and_without_arms() -> None:
    hit = {"is": chance(0.8, 0.0), "civilians": chance(0.0, 0.8), "irq-gov": chance(0.05, 0.5)}
    assert placed(hit, "ied") == {"is": "a", "civilians": "b"}
    sure = {"is": chance(0.8, 0.0), "civilians": chance(0.0, 0.8), "irq-gov": chance(0.0, 0.95)}
    assert placed(sure, "ied") == {"is": "a", "civilians": "b", "irq-gov": "b"}


@pytest.mark.parametrize(
    ("text", "a", "b"),
    [
        (
            "قتل ثلاثة متظاهرين أمس في الناصرية جنوب العراق عندما أطلقت قوات الأمن الرصاص الحي على المحتجين.",
            ("irq-gov",),
            ("protesters",),
        ),
        ("تظاهر المئات أمس في البصرة جنوب العراق احتجاجا على الفساد وسط انتشار للشرطة.", ("protesters",), ()),
        (
            "انفجرت سيارة مفخخة أمس في سوق بمدينة الصدر في بغداد فقتل 12 مدنيا.",
            ("unidentified-iq",),
            ("civilians",),
        ),
    ],
)
def test_the_sides_of_what_the_codebook_settles(text: str, a: tuple[str, ...], b: tuple[str, ...]) -> None:
    (event,) = code(text, published="2019-11-28").events
    assert (event.side_a, event.side_b) == (a, b)


@pytest.mark.parametrize(
    ("text", "together", "apart"),
    [
        (
            "تدور اشتباكات بين جبهة النصرة وفصائل إسلامية من جهة وقوات النظام من جهة أخرى في القنيطرة بسوريا",
            [("nusra", "opposition-syr")],
            [("nusra", "syr-gov"), ("opposition-syr", "syr-gov")],
        ),
        ("دارت اشتباكات بين الجيش السوري ومقاتلي حزب الله في القصير بسوريا", [], [("hezbollah", "syr-gov")]),
        ("قصف الجيش السوري قرى بين حلب وإدلب وانسحب تنظيم داعش من سوريا", [], []),
    ],
)
def test_who_is_said_to_fight_whom(
    text: str, together: list[tuple[str, str]], apart: list[tuple[str, str]]
) -> None:
    report = Report(id="t", text=text, source="test", published="2016-05-20", language="ar")
    said = said_between(Ground(Analysis(report)), [0])
    assert said == {frozenset(p): True for p in together} | {frozenset(p): False for p in apart}


def test_what_the_report_says_of_foes_goes_before_who_is_usually_allied() -> None:
    three = {"syr-gov": chance(0.8, 0.1), "nusra": chance(0.5, 0.35), "opposition-syr": chance(0.1, 0.8)}
    said = {
        frozenset(("nusra", "opposition-syr")): True,
        frozenset(("nusra", "syr-gov")): False,
        frozenset(("opposition-syr", "syr-gov")): False,
    }
    assert placed(three, "armed_clash", said) == {"syr-gov": "a", "nusra": "b", "opposition-syr": "b"}
