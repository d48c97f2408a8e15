"""The models that ship load, and give probabilities."""

from __future__ import annotations

import json
import math
from typing import Any

import pytest

from sijill.coding.models import Model, Trees, model, trees
from sijill.coding.said import Said
from sijill.records import EventType
from sijill.rules.knowledge import KNOWLEDGE
from sijill.training.fit import DECISIONS, TREES

WEIGHTED = [name for name in DECISIONS if name not in TREES]


def written(name: str) -> dict[str, Any]:
    """A model as its file has it."""
    path = KNOWLEDGE / "models" / f"{name}.json"
    return json.loads(path.read_text(encoding="utf-8"))  # type: ignore[no-any-return]


def features_of(name: str) -> list[str]:
    return sorted(written(name)["weights"])


@pytest.mark.parametrize("name", WEIGHTED)
def test_scores_are_the_weights_of_the_file_added_up(name: str) -> None:
    judge, file = model(name), written(name)
    features = [*features_of(name)[::50], "no such feature", features_of(name)[0]]
    assert all(
        len(row) == len(file["classes"]) == len(file["intercepts"]) for row in file["weights"].values()
    )
    rows = [file["intercepts"], *(file["weights"][f] for f in features if f in file["weights"])]
    assert judge.scores(features) == pytest.approx([sum(column) for column in zip(*rows, strict=True)])
    assert judge.scores(["no such feature"]) == pytest.approx(file["intercepts"])


def test_what_is_shared_is_weighed_as_if_it_were_said_anew() -> None:
    judge = Model.of(
        "both", ["a", "b"], [0.1, -0.2], {"x": [1.5, -2.0], "y": [-0.75, 0.25], "z": [-3.0, 0.0]}
    )
    shared = Said(["y", "unknown"], Said(["z"]))
    for own in (["x"], ["x", "y"], []):
        said = Said(own, shared)
        assert judge.scores(said) == judge.scores(list(said)) == judge.scores(said)
    other = Model.of("other", ["yes"], [0.0], {"y": [1.0]})
    assert other.scores(Said(["y"], shared)) == [2.0]
    assert judge.reasons(Said([], shared), "a") == [("z", -3.0), ("y", -0.75)]


@pytest.mark.parametrize("name", WEIGHTED)
def test_a_model_gives_probabilities(name: str) -> None:
    judge = model(name)
    assert judge.name == name
    for features in ([], ["no such feature"], features_of(name)[:40]):
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
    features = features_of(name)[:60]
    assert judge.scores(features) == judge.scores(features[::-1])


@pytest.mark.parametrize("name", WEIGHTED)
def test_reasons_are_the_weights_that_weigh_most(name: str) -> None:
    judge = model(name)
    reasons = judge.reasons([*features_of(name)[:30], "no such feature"])
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
