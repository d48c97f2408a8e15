"""Fitting: the same examples give the same weights, and the weights learn what they are shown."""

from __future__ import annotations

import itertools

import pytest

pytest.importorskip("sklearn", reason="training needs the extra `train`")

from sijill.training.examples import Example
from sijill.training.fit import collect, cross_validate, fit, shipped_reports, trained


@pytest.fixture(scope="module")
def examples() -> dict[str, list[Example]]:
    return collect(itertools.islice(shipped_reports(), 0, None, 12))


@pytest.mark.parametrize("decision", ["trigger", "place", "figure", "type"])
def test_fitting_twice_gives_the_same_weights(examples: dict[str, list[Example]], decision: str) -> None:
    assert fit(examples[decision]) == fit(examples[decision])


def test_collecting_twice_gives_the_same_examples() -> None:
    few = list(itertools.islice(shipped_reports(), 6))
    assert collect(few) == collect(few)


def test_a_model_learns_what_it_is_shown() -> None:
    shown = [
        Example([f"w={word}", "b"], label, str(i))
        for i, (word, label) in enumerate([("قتل", "yes"), ("أكل", "no")] * 20)
    ]
    judge = trained(shown, "trigger")
    assert judge.probability(["w=قتل", "b"]) > 0.6 > 0.4 > judge.probability(["w=أكل", "b"])


def test_cross_validation_never_splits_a_document(examples: dict[str, list[Example]]) -> None:
    scores = cross_validate(examples["trigger"], folds=2)
    assert scores["n"] == len(examples["trigger"])
    assert 0.5 < scores["accuracy"] <= 1.0
