"""The models that ship load, and give probabilities."""

from __future__ import annotations

import math

import pytest

from sijill.coding.models import Trees, model, trees
from sijill.records import EventType
from sijill.training.fit import DECISIONS, TREES

WEIGHTED = [name for name in DECISIONS if name not in TREES]


@pytest.mark.parametrize("name", WEIGHTED)
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


@pytest.mark.parametrize("name", WEIGHTED)
def test_the_order_of_features_changes_no_answer(name: str) -> None:
    judge = model(name)
    features = sorted(judge.weights)[:60]
    assert judge.scores(features) == pytest.approx(judge.scores(features[::-1]))


@pytest.mark.parametrize("name", WEIGHTED)
def test_reasons_are_the_weights_that_weigh_most(name: str) -> None:
    judge = model(name)
    reasons = judge.reasons([*sorted(judge.weights)[:30], "no such feature"])
    assert len(reasons) == 5
    assert [abs(w) for _, w in reasons] == sorted((abs(w) for _, w in reasons), reverse=True)


def test_types_are_the_codebooks() -> None:
    assert set(model("type").classes) <= set(EventType.__args__)


@pytest.mark.parametrize("name", sorted(TREES))
def test_trees_give_probabilities_whatever_they_are_asked(name: str) -> None:
    judge = trees(name)
    assert judge.name == name
    assert len(judge.trees) == TREES[name]
    for tree in judge.trees:
        for at, (input_, _, left, right, _) in enumerate(tree):
            assert -1 <= input_ < len(judge.inputs)
            assert input_ < 0 or at < min(left, right) <= max(left, right) < len(tree)
    for features, amounts in (
        ([], {}),
        (["no such feature"], {"no such amount": 1.0}),
        (list(judge.inputs), {}),
    ):
        assert 0.0 < judge.probability(features, amounts) < 1.0


STUMP = Trees("stump", ("told", "k=clash"), 0.0, (((0, 0.5, 1, 2, 0.0), (-1, 0, -1, -1, -1.0), (1, 0.5, 3, 4, 0.5), (-1, 0, -1, -1, 0.25), (-1, 0, -1, -1, 2.0)),))  # fmt: skip


@pytest.mark.parametrize(
    ("features", "told", "score"),
    [([], 0.5, -1.0), ([], 0.6, 0.25), (["k=clash"], 0.6, 2.0), (["k=clash"], 0.1, -1.0)],
)
def test_a_tree_is_walked_to_the_leaf(features: list[str], told: float, score: float) -> None:
    assert STUMP.probability(features, {"told": told}) == pytest.approx(1 / (1 + math.exp(-score)))


def test_the_reasons_of_trees_add_up_to_how_far_they_moved_the_score() -> None:
    assert STUMP.reasons(["k=clash"], {"told": 0.6}) == [("k=clash", 1.5), ("told 0.60", 0.5)]
    assert STUMP.reasons([], {"told": 0.6}) == [("told 0.60", 0.5), ("not k=clash", -0.25)]
