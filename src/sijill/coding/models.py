"""The small trained models that decide, as plain weights or trees: a sum, squashed to a probability.

A model is a JSON file under `knowledge/models/`. Weights of features: `{"classes": [...], "intercepts": [...], "weights":
{feature: [...]}}`; a binary model has one class (the probability that it holds), others give one probability a class. Trees:
`{"inputs": [...], "start": …, "trees": [[[input, threshold, left, right, value], …], …]}`. `card.md` beside them says what
they were trained on, the licence of that, and their scores.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from functools import cached_property, lru_cache
from pathlib import Path

import msgspec

from sijill.rules.knowledge import KNOWLEDGE


class Model(msgspec.Struct, frozen=True, dict=True):
    """Weights of a logistic regression. `weights[f]` has one number a class."""

    name: str
    classes: tuple[str, ...]
    intercepts: tuple[float, ...]
    weights: dict[str, tuple[float, ...]]

    def scores(self, features: list[str]) -> list[float]:
        """The score of each class: intercept plus the weights of the features that are known, in their order."""
        columns = zip(*filter(None, map(self.weights.get, features)), strict=True)
        totals = [sum(column, first) for first, column in zip(self.intercepts, columns, strict=False)]
        return totals or list(self.intercepts)

    @cached_property
    def _first(self) -> dict[str, float]:
        """The weights of the first class."""
        return {feature: weights[0] for feature, weights in self.weights.items()}

    def probability(self, features: list[str]) -> float:
        """Of a binary model: how likely its class is, 0 to 1."""
        score = sum(filter(None, map(self._first.get, features)), self.intercepts[0])
        return 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, score))))

    def probabilities(self, features: list[str]) -> dict[str, float]:
        """Of a model of several classes: how likely each is; they add up to 1."""
        scores = self.scores(features)
        top = max(scores)
        powers = [math.exp(s - top) for s in scores]
        total = sum(powers)
        return {c: p / total for c, p in zip(self.classes, powers, strict=True)}

    def reasons(
        self, features: list[str], class_: str | None = None, most: int = 5
    ) -> list[tuple[str, float]]:
        """The features that weighed most, by the size of their weight, for `sijill explain`."""
        index = self.classes.index(class_) if class_ else 0
        found = [(f, self.weights[f][index]) for f in features if f in self.weights]
        return sorted(found, key=lambda item: (-abs(item[1]), item[0]))[:most]


Node = tuple[int, float, int, int, float]
"""An input, the threshold up to which one goes left, the nodes to the left and right, and what those who come here are
worth on the whole; a leaf has no input (-1)."""


class Trees(msgspec.Struct, frozen=True, dict=True):
    """Boosted trees, which weigh together what a sum of weights takes one by one. `inputs` are features (1 where they hold,
    else 0) and amounts; the values of the leaves that one comes to are added to `start`."""

    name: str
    inputs: tuple[str, ...]
    start: float
    trees: tuple[tuple[Node, ...], ...]

    @cached_property
    def _places(self) -> dict[str, int]:
        return {name: i for i, name in enumerate(self.inputs)}

    def _values(self, features: list[str], amounts: Mapping[str, float]) -> list[float]:
        values = [0.0] * len(self.inputs)
        places = self._places
        for feature in features:
            at = places.get(feature)
            if at is not None:
                values[at] = 1.0
        for name, amount in amounts.items():
            at = places.get(name)
            if at is not None:
                values[at] = amount
        return values

    def probability(self, features: list[str], amounts: Mapping[str, float]) -> float:
        """How likely it is, 0 to 1."""
        values = self._values(features, amounts)
        score = self.start
        for tree in self.trees:
            input_, threshold, left, right, value = tree[0]
            while input_ >= 0:
                input_, threshold, left, right, value = tree[left if values[input_] <= threshold else right]
            score += value
        return 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, score))))

    def reasons(
        self, features: list[str], amounts: Mapping[str, float], most: int = 5
    ) -> list[tuple[str, float]]:
        """The inputs that moved the score most: each step down a tree moves it from what one node is worth to what the next
        is, and counts for the input that was asked there."""
        values = self._values(features, amounts)
        moved: dict[str, float] = {}
        for tree in self.trees:
            at = 0
            while tree[at][0] >= 0:
                input_, threshold, left, right, value = tree[at]
                at = left if values[input_] <= threshold else right
                name = self.inputs[input_]
                moved[name] = moved.get(name, 0.0) + tree[at][4] - value
        found = [(self._said(name, values), weight) for name, weight in moved.items()]
        return sorted(found, key=lambda item: (-abs(item[1]), item[0]))[:most]

    def _said(self, name: str, values: list[float]) -> str:
        """An input with its value, of a feature whether it holds."""
        value = values[self._places[name]]
        return f"{name} {value:.2f}" if "=" not in name else name if value else f"not {name}"


@lru_cache(maxsize=8)
def trees(name: str, folder: Path | None = None) -> Trees:
    """The trees of a decision by name, from `folder` or from what ships."""
    path = (folder or KNOWLEDGE / "models") / f"{name}.json"
    return msgspec.json.decode(path.read_bytes(), type=Trees)


@lru_cache(maxsize=32)
def model(name: str, folder: Path | None = None) -> Model:
    """The model of a decision by name, from `folder` or from what ships."""
    path = (folder or KNOWLEDGE / "models") / f"{name}.json"
    return msgspec.json.decode(path.read_bytes(), type=Model)
