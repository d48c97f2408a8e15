"""The models that ship load, and give probabilities."""

from __future__ import annotations

import math

import pytest

from sijill.coding.models import model
from sijill.records import EventType
from sijill.training.fit import DECISIONS


@pytest.mark.parametrize("name", DECISIONS)
def test_a_model_gives_probabilities(name: str) -> None:
    judge = model(name)
    assert judge.name == name
    assert judge.weights
    assert all(len(w) == len(judge.classes) == len(judge.intercepts) for w in judge.weights.values())
    assert all(math.isfinite(x) for w in judge.weights.values() for x in w)
    for features in ([], ["no such feature"], sorted(judge.weights)[:40]):
        if len(judge.classes) == 1:
            assert 0.0 <= judge.probability(features) <= 1.0
        else:
            chances = judge.probabilities(features)
            assert set(chances) == set(judge.classes)
            assert all(0.0 <= p <= 1.0 for p in chances.values())
            assert sum(chances.values()) == pytest.approx(1.0)


@pytest.mark.parametrize("name", DECISIONS)
def test_the_order_of_features_changes_no_answer(name: str) -> None:
    judge = model(name)
    features = sorted(judge.weights)[:60]
    assert judge.scores(features) == pytest.approx(judge.scores(features[::-1]))


@pytest.mark.parametrize("name", DECISIONS)
def test_reasons_are_the_weights_that_weigh_most(name: str) -> None:
    judge = model(name)
    reasons = judge.reasons([*sorted(judge.weights)[:30], "no such feature"])
    assert len(reasons) == 5
    assert [abs(w) for _, w in reasons] == sorted((abs(w) for _, w in reasons), reverse=True)


def test_types_are_the_codebooks() -> None:
    assert set(model("type").classes) <= set(EventType.__args__)
