"""The small trained models that decide, as plain weights: a sum over features, squashed to a probability.

A model is a JSON file under `knowledge/models/`: `{"classes": [...], "intercepts": [...], "weights": {feature: [...]}}`.
A binary model has one class (the probability that it holds); others give one probability a class. `card.md` beside them
says what they were trained on, the licence of that, and their scores.
"""

from __future__ import annotations

import math
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


@lru_cache(maxsize=32)
def model(name: str, folder: Path | None = None) -> Model:
    """The model of a decision by name, from `folder` or from what ships."""
    path = (folder or KNOWLEDGE / "models") / f"{name}.json"
    return msgspec.json.decode(path.read_bytes(), type=Model)
