"""Whose people a figure counts: what is said of that by its words and by what stands around it."""

from __future__ import annotations

import pytest

from sijill.coding.decisions import Models, Telling
from sijill.coding.ground import Ground
from sijill.coding.sides import Sides
from sijill.coding.whose import Opposed, Settled, side_features, standing
from sijill.language.analysis import Analysis
from sijill.records import Report

PARTIES = Opposed("armed_clash", ("yem-gov",), ("houthis",), "YE")


def ground(text: str) -> Ground:
    return Ground(Analysis(Report(id="t", text=text, published="2018-06-12")))


@pytest.mark.parametrize(
    ("text", "side"),
    [
        ("قتل عشرة من الحوثيين في اليمن.", "b"),
        ("قتل عشرة جنود في اليمن.", "a"),
        ("قتل عشرة مدنيين في اليمن.", "civilians"),
        ("قتل عشرة أشخاص في اليمن.", "none"),
    ],
)
def test_people_stand_where_their_party_stands(text: str, side: str) -> None:
    read = ground(text)
    found = [standing(read, actor, PARTIES) for actor in read.figures[0].quantity.who]
    assert next((s for s in found if s != "none"), "none") == side


def test_a_figure_without_people_is_said_to_follow_the_one_before() -> None:
    read = ground("مقتل 13 جنديا وأسر خمسة في اليمن.")
    first, second = read.figures
    said = side_features(read, second, PARTIES, Settled(first, "a"))
    assert "before=a&kind=soldiers>none" in said
    assert not any(f.startswith("before=") for f in side_features(read, first, PARTIES, None))


def sided(text: str, type_: str, a: tuple[str, ...], b: tuple[str, ...]) -> Sides:
    """The sides of an event of a text, as given."""
    read = ground(text)
    trigger = read.triggers[0]
    sides = Sides(read, Models(), [Telling(trigger, 1.0, {}, [], [])], type_, None, read.figures)
    sides.a, sides.b = a, b
    return sides


@pytest.mark.parametrize(
    ("text", "side"),
    [
        ("أسفرت غارة تركية عن مقتل أربعة مقاتلين.", True),
        ("أسفرت غارة تركية عن مقتل أربعة مدنيين.", False),
    ],
)
def test_armed_people_whom_a_strike_hits_are_of_the_other_side(text: str, side: bool) -> None:
    sides = sided(text, "air_strike", ("tur-gov",), ())
    assert (sides.casualties(sides.ground.figures)[0][0].side == "b") is side


@pytest.mark.parametrize(
    ("text", "counts"),
    [
        ("اشتباكات قتل فيها 13 جنديا يمنيا. وقالت حركة الحوثيين إنها قتلت عشرين جنديا يمنيا.", [13]),
        ("اشتباكات. وقالت حركة الحوثيين إنها قتلت عشرين جنديا يمنيا.", [20]),
    ],
)
def test_of_rival_tolls_the_first_stands(text: str, counts: list[int]) -> None:
    sides = sided(text, "armed_clash", ("yem-gov",), ("houthis",))
    assert [c.n for c in sides.casualties(sides.ground.figures)[0]] == counts
