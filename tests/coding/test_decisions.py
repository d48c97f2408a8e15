"""Decisions on pairs of triggers."""

from __future__ import annotations

from collections import Counter

import pytest

from sijill.coding.decisions import Models
from sijill.coding.ground import Ground
from sijill.coding.models import Features, Model
from sijill.coding.standing import standing_events
from sijill.language.analysis import Analysis
from sijill.records import Report

TEXT = (
    "انفجرت سيارة مفخخة في بغداد الاثنين.\n\nوقال مصدر أمني إن الانفجار وقع قرب نقطة تفتيش.\n\n"
    "وانفجرت سيارة مفخخة أخرى في الموصل الثلاثاء.\n\nوانفجرت عبوة ناسفة في البصرة الأربعاء."
)


def test_two_triggers_are_weighed_once(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: Counter[tuple[str, ...]] = Counter()
    weigh = Model.probability

    def counted(self: Model, features: Features) -> float:
        if self.name == "pair":
            asked[tuple(features)] += 1
        return weigh(self, features)

    monkeypatch.setattr(Model, "probability", counted)
    ground = Ground(Analysis(Report(id="r", text=TEXT, published="2015-06-10", language="ar")))
    events, _ = standing_events(ground, Models())
    assert len(events) > 1
    assert asked
    assert max(asked.values()) == 1
