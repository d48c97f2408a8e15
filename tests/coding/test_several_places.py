"""A toll for several places at once counts for none of them alone."""

from __future__ import annotations

import msgspec
import pytest

from sijill.coding.assemble import of_several_places
from sijill.coding.decisions import Models, likely, tell
from sijill.coding.ground import Ground
from sijill.language.analysis import Analysis
from sijill.records import Report

TOLD = [
    ("قصف الجيش أمس مدينتي حمص وحماة وقتل 60 مدنيا.", True),
    ("قصف الجيش أمس مدينتي حمص وحماة وقتل 60 مدنيا في الأولى.", False),
    ("قصف الجيش أمس مدينتي حمص وحماة وقتل 60 مدنيا.\nففي حمص قتل 40.", False),
    ("قصف الجيش أمس بلدتي حمص وحماة وقتل 60 مدنيا.", True),
    ("قصف الجيش أمس حمص وحماة وقتل 60 مدنيا.", False),
    ("قصف الجيش أمس مدينتي حمص وحماة وقتل مدنيا.", False),
]


@pytest.mark.parametrize(("text", "several"), TOLD, ids=[text for text, _ in TOLD])
def test_a_toll_of_several_places(text: str, several: bool) -> None:
    ground, models = Ground(Analysis(Report(id="t", text=text, published="2016-03-09"))), Models()
    told = [tell(ground, models, *each) for each in likely(ground, models, 0.0)]
    told = [t for t in told if t.trigger.sentence == 0]
    places = [p for p in ground.places if ground.analysis.sentence_of(p.first) == 0]
    groups = [[msgspec.structs.replace(t, places=[(1.0, place)]) for t in told] for place in places]
    assert len(groups) == 2
    assert of_several_places(ground, groups, 0, ground.figures[0]) is several
