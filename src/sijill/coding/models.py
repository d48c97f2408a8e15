"""The small trained models that decide, as plain weights or trees: a sum, squashed to a probability.

A model is a JSON file under `knowledge/models/`. Weights of features: `{"classes": [...], "intercepts": [...], "weights":
{feature: [...]}}`; a binary model has one class (the probability that it holds), others give one probability a class. Trees:
`{"inputs": [...], "start": …, "trees": [[[input, threshold, left, right, value], …], …]}`. `card.md` beside them says what
they were trained on, the licence of that, and their scores.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property, lru_cache
from itertools import repeat
from pathlib import Path
from struct import Struct

import msgspec

from sijill.coding.said import Said
from sijill.rules.knowledge import KNOWLEDGE

Features = Said | Sequence[str]


DECIMALS = 3
"""How exact weights are: sums of whole thousandths are the same in every order."""
_UNIT = 10**DECIMALS
_LANE = 32
"""How many bits each class has in a whole number that holds the weights of all."""
_HALF = 1 << (_LANE - 1)


def _packed(weights: Iterable[float]) -> int:
    """The weights of all classes side by side in one whole number, so that one addition adds them all."""
    return sum(round(weight * _UNIT) << (_LANE * k) for k, weight in enumerate(weights))


class _Lanes(dict[str, int]):
    """The weights of each feature for several classes, packed when they are first asked for; 0 of what is not known."""

    def __init__(self, rows: dict[str, msgspec.Raw]) -> None:
        super().__init__()
        self._rows = rows

    def __missing__(self, feature: str) -> int:
        row = self._rows.pop(feature, None)
        if row is None:
            return 0
        packed = self[feature] = _packed(_ROW.decode(row))
        return packed


_NOUGHTS = repeat(0)
_ROW = msgspec.json.Decoder(tuple[float, ...])
_BINARY = msgspec.json.Decoder(dict[str, tuple[float]])
_SEVERAL = msgspec.json.Decoder(dict[str, msgspec.Raw])


class _Written(msgspec.Struct):
    """A model as its file has it. `weights[f]` has one number a class."""

    name: str
    classes: tuple[str, ...]
    intercepts: tuple[float, ...]
    weights: msgspec.Raw


class Model:
    """Weights of a logistic regression."""

    def __init__(
        self, name: str, classes: Iterable[str], intercepts: Iterable[float], weights: dict[str, int]
    ) -> None:
        self.name = name
        self.classes = tuple(classes)
        self.weights = weights
        self._start = _packed(intercepts)
        self._bias = sum(_HALF << (_LANE * k) for k in range(len(self.classes)))
        self._lanes = Struct(f"<{len(self.classes)}I")

    @classmethod
    def of(
        cls,
        name: str,
        classes: Iterable[str],
        intercepts: Iterable[float],
        weights: Mapping[str, Iterable[float]],
    ) -> Model:
        """A model by its numbers: `weights[f]` has one a class."""
        return cls(name, classes, intercepts, {f: _packed(row) for f, row in weights.items()})

    @classmethod
    def read(cls, path: Path) -> Model:
        """A model from its file."""
        written = msgspec.json.decode(path.read_bytes(), type=_Written)
        weights: dict[str, int] = {}
        if len(written.classes) > 1:
            weights = _Lanes(_SEVERAL.decode(written.weights))
        else:
            known: dict[float, int] = {}  # many features have the same weight, which is one object
            for feature, (weight,) in _BINARY.decode(written.weights).items():
                weights[feature] = known.get(weight) or known.setdefault(weight, _packed((weight,)))
        return cls(written.name, written.classes, written.intercepts, weights)

    def _added(self, features: Iterable[str]) -> int:
        """The weights of the features that are known, added up."""
        if isinstance(self.weights, _Lanes):
            return sum(map(self.weights.__getitem__, features))
        return sum(map(self.weights.get, features, _NOUGHTS))

    def _weigh(self, features: Features) -> int:
        """The same; what candidates share is weighed once."""
        if not isinstance(features, Said):
            return self._added(features)
        total = self._added(features.own)
        for said in features.shared:
            if said.weighed is None:
                said.weighed = {}
            if self not in said.weighed:
                said.weighed[self] = self._weigh(said)
            total += said.weighed[self]
        return total

    def _unpacked(self, total: int) -> list[float]:
        """The number of each class of those that are packed."""
        lanes = (total + self._bias).to_bytes(self._lanes.size, "little")
        return [(lane - _HALF) / _UNIT for lane in self._lanes.unpack(lanes)]

    def scores(self, features: Features) -> list[float]:
        """The score of each class: intercept plus the weights of the features that are known."""
        return self._unpacked(self._start + self._weigh(features))

    def probability(self, features: Features) -> float:
        """Of a binary model: how likely its class is, 0 to 1."""
        score = (self._start + self._weigh(features)) / _UNIT
        return 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, score))))

    def probabilities(self, features: Features) -> dict[str, float]:
        """Of a model of several classes: how likely each is; they add up to 1."""
        scores = self.scores(features)
        top = max(scores)
        powers = [math.exp(s - top) for s in scores]
        total = sum(powers)
        return {c: p / total for c, p in zip(self.classes, powers, strict=True)}

    def reasons(
        self, features: Features, class_: str | None = None, most: int = 5
    ) -> list[tuple[str, float]]:
        """The features that weighed most, by the size of their weight, for `sijill explain`."""
        index = self.classes.index(class_) if class_ else 0
        known = ((f, packed) for f in features if (packed := self._added((f,))))
        found = [(f, self._unpacked(packed)[index]) for f, packed in known]
        return sorted(found, key=lambda item: (-abs(item[1]), item[0]))[:most]


Node = tuple[int, float, int, int, float]
"""An input, the threshold up to which one goes left, the nodes to the left and right, and what those who come here are
worth on the whole; a leaf has no input (-1)."""


Branch = tuple[int, float, "Branch", "Branch"] | float
"""An input, its threshold and what stands to the left and right of it; what a leaf is worth."""


def _grown(tree: tuple[Node, ...], at: int) -> Branch:
    input_, threshold, left, right, value = tree[at]
    return (input_, threshold, _grown(tree, left), _grown(tree, right)) if input_ >= 0 else value


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

    @cached_property
    def _roots(self) -> list[Branch]:
        """Each tree as branches that hold branches."""
        return [_grown(tree, 0) for tree in self.trees]

    def probability(self, features: list[str], amounts: Mapping[str, float]) -> float:
        """How likely it is, 0 to 1."""
        values = self._values(features, amounts)
        score = self.start
        for at in self._roots:
            while isinstance(at, tuple):
                input_, threshold, left, right = at
                at = left if values[input_] <= threshold else right
            score += at
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
    return Model.read(path)
