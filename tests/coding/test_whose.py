"""Whose people a figure counts: what is said of that by its words and by what stands around it."""

from __future__ import annotations

import pytest

from sijill.coding.ground import Ground
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
