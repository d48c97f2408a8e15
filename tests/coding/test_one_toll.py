"""One toll told for one place and day is one event, in whatever words it is told again."""

import pytest

from sijill.coding.assemble import of_one_toll
from sijill.coding.decisions import Models, likely, tell
from sijill.coding.ground import Ground
from sijill.language.analysis import Analysis
from sijill.records import Report


@pytest.mark.parametrize(
    ("text", "events"),
    [
        ("قتل 31 شخصا في تفجير في بغداد الاثنين.\nوأوقع هجوم في بغداد 31 قتيلا الاثنين.", 1),
        ("قتل 31 شخصا في تفجير في بغداد الاثنين.\nوأوقع هجوم في الموصل 31 قتيلا الاثنين.", 2),
        ("قتل 31 شخصا في تفجير في بغداد الاثنين.\nوأوقع هجوم في بغداد 31 قتيلا الجمعة.", 2),
        ("قتل 31 شخصا في تفجير في بغداد الاثنين.\nوأوقع هجوم في بغداد 27 قتيلا الاثنين.", 2),
        ("قتل 3 أشخاص في تفجير في بغداد الاثنين.\nوأوقع هجوم في بغداد 3 قتلى الاثنين.", 2),
        (
            "قتل 3 أشخاص وأصيب 8 في تفجير في بغداد الاثنين.\nوأوقع هجوم في بغداد 3 قتلى و8 جرحى الاثنين.",
            1,
        ),
    ],
)
def test_what_gives_one_toll_is_one_event(text: str, events: int) -> None:
    report = Report(id="x", text=text, published="2016-03-09", language="ar")
    ground, models = Ground(Analysis(report)), Models()
    told = [tell(ground, models, *each) for each in likely(ground, models, 0.0)]
    groups = [[t for t in told if t.trigger.sentence == k] for k in (0, 1)]
    figures = [[f for f in ground.figures if f.sentence == k] for k in (0, 1)]
    found = of_one_toll(list(zip(groups, figures, strict=True)))
    assert len(found) == events
    assert sorted(t.trigger for group, _ in found for t in group) == sorted(t.trigger for t in told)
