"""The one script that makes the weights: `python -m sijill.training.fit` (or `sijill train` on a user's reports).

Deterministic: examples in order of file, a fixed solver, no sampling. Scores are by cross-validation over documents.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable
from hashlib import sha256
from math import log
from pathlib import Path
from typing import Any, TypedDict

from sijill.coding.decisions import Models
from sijill.coding.models import DECIMALS, Model, Node, Trees
from sijill.coding.surroundings import AROUND
from sijill.training.examples import (
    Annotated,
    Example,
    annotated_passage,
    annotated_report,
    annotated_sentence,
    assembled_examples,
    examples_of,
    told_parties,
    told_types,
)

ANNOTATIONS = Path(__file__).parent / "annotations"
DECISIONS = (
    "words",
    "trigger",
    "group",
    "place",
    "time",
    "pair",
    "figure",
    "count",
    "type",
    "side",
    "person",
    "control",
    "holder",
    "party",
    "event",
)
STRENGTH = {
    "words": 0.5,
    "group": 0.5,
    "side": 0.5,
    "trigger": 0.5,
    "pair": 0.5,
    "person": 0.5,
    "figure": 0.3,
    "time": 0.5,
    "type": 0.3,
    "holder": 0.05,
    "party": 0.08,
}
"""Inverse regularisation of decisions with many telling features; the others take `fit`'s own."""
TRUST_AROUND = 0.3
"""How large the features of what merely stands around something count beside the others."""
LEAST = 3
"""A feature must stand in as many examples to get a weight."""


def shipped_reports() -> Iterable[Annotated]:
    """The invented reports that come with the package."""
    for path in sorted((ANNOTATIONS / "reports").glob("*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            yield annotated_report(json.loads(line))


def named_passages() -> Iterable[Annotated]:
    """The invented passages that come with the package to show who is named as one to whom something happened."""
    for path in sorted((ANNOTATIONS / "persons").glob("*.txt")):
        lines = (line.strip() for line in path.read_text(encoding="utf-8").splitlines())
        for i, line in enumerate(line for line in lines if line and not line.startswith("#")):
            yield annotated_passage(line, f"{path.stem}-named-{i:03}", path.stem)


def labelled_sentences(texts: dict[tuple[str, str], tuple[str, str | None]]) -> Iterable[Annotated]:
    """The labelled sentences whose texts (by set and id, with the day of publication) are at hand."""
    path = ANNOTATIONS / "gsr" / "labels.jsonl"
    for line in path.read_text(encoding="utf-8").splitlines() if path.is_file() else ():
        label = json.loads(line)
        known = texts.get((label["set"], label["id"]))
        if known:
            yield annotated_sentence(label, *known)


def collect(annotated: Iterable[Annotated]) -> dict[str, list[Example]]:
    """The examples of every decision."""
    found: dict[str, list[Example]] = defaultdict(list)
    for report in annotated:
        for decision, example in examples_of(report):
            found[decision].append(_kept(example))
    return found


def _kept(example: Example) -> Example:
    """An example with its features alone, and nothing of what they were weighed by."""
    return example._replace(features=list(example.features))


class Fitted(TypedDict):
    """The weights of one decision, as `sijill.coding.models.Model` reads them."""

    classes: list[str]
    intercepts: list[float]
    weights: dict[str, list[float]]


def fit(examples: list[Example], strength: float = 0.15) -> Fitted:
    """The weights of one decision, as `sijill.coding.models.Model` reads them."""
    from sklearn.feature_extraction import DictVectorizer
    from sklearn.linear_model import LogisticRegression

    counts = Counter(f for e in examples for f in set(e.features))
    rows = [{f: _trust(f) for f in e.features if counts[f] >= LEAST} for e in examples]
    vectoriser = DictVectorizer(sort=True)
    matrix = vectoriser.fit_transform(rows)
    learner = LogisticRegression(C=strength, max_iter=2000, solver="lbfgs")
    learner.fit(matrix, [e.label for e in examples])
    classes = [str(c) for c in learner.classes_]
    binary = len(classes) == 2
    names = vectoriser.get_feature_names_out()
    weights = {
        str(name): [round(float(w) * _trust(name), DECIMALS) for w in column]
        for name, column in zip(names, learner.coef_.T, strict=True)
        if max(abs(w) for w in column) * _trust(name) >= 0.005
    }
    return {
        "classes": classes[1:] if binary else classes,
        "intercepts": [round(float(b), DECIMALS) for b in learner.intercept_],
        "weights": weights,
    }


TREES = {"event": 200}
"""Decisions by boosted trees, with how many: those that hang on few things taken together."""
OFTEN = 150
"""In how many examples a feature must stand for trees to ask for it."""


class Grown(TypedDict):
    """The trees of one decision, as `sijill.coding.models.Trees` reads them."""

    inputs: list[str]
    start: float
    trees: list[list[Node]]


def grow(examples: list[Example], count: int) -> Grown:
    """The trees of one decision, as `sijill.coding.models.Trees` reads them."""
    from numpy import zeros
    from sklearn.ensemble import GradientBoostingClassifier

    counts = Counter(f for e in examples for f in set(e.features))
    inputs = [*sorted(examples[0].amounts), *sorted(f for f, n in counts.items() if n >= OFTEN)]
    places = {name: i for i, name in enumerate(inputs)}
    matrix = zeros((len(examples), len(inputs)))
    for row, example in zip(matrix, examples, strict=True):
        for feature in example.features:
            if feature in places:
                row[places[feature]] = 1.0
        for name, amount in example.amounts.items():
            row[places[name]] = amount
    grower = GradientBoostingClassifier(
        n_estimators=count, learning_rate=RATE, max_leaf_nodes=8, max_depth=None, min_samples_leaf=20,
        max_features=0.2, random_state=0,
    )  # fmt: skip
    labels = [e.label == "yes" for e in examples]
    grower.fit(matrix, labels)
    share = sum(labels) / len(labels)
    trees = [_nodes(estimator.tree_) for estimator in grower.estimators_[:, 0]]
    return {"inputs": inputs, "start": round(log(share / (1 - share)), 4), "trees": trees}


RATE = 0.05
"""How far each tree goes of the way that it would."""


def _nodes(tree: Any) -> list[Node]:
    """A tree of scikit-learn as nodes; what an inner one is worth is the mean of those below it."""
    worth = [float(v[0][0]) * RATE for v in tree.value]
    size = tree.weighted_n_node_samples
    for at in reversed(range(tree.node_count)):  # children stand after their parents
        left, right = tree.children_left[at], tree.children_right[at]
        if left >= 0:
            worth[at] = (worth[left] * size[left] + worth[right] * size[right]) / size[at]
    return [
        (int(max(input_, -1)), round(float(threshold), 4), int(left), int(right), round(value, 4))
        for input_, threshold, left, right, value in zip(
            tree.feature, tree.threshold, tree.children_left, tree.children_right, worth, strict=True
        )
    ]


def _trust(feature: str) -> float:
    """How large a feature counts in training: the smaller, the more examples its weight needs to grow."""
    return TRUST_AROUND if feature.startswith(AROUND) else 1.0


def cross_validate(examples: list[Example], name: str = "cv", folds: int = 5) -> dict[str, float]:
    """Accuracy and, of binary decisions, precision, recall and F1 of "yes", over folds of whole documents."""
    documents = sorted({e.document for e in examples})
    fold_of = {d: i % folds for i, d in enumerate(documents)}
    right = hit = predicted = gold = 0
    for fold in range(folds):
        train = [e for e in examples if fold_of.get(e.document) != fold]
        test = [e for e in examples if fold_of[e.document] == fold]
        judge = trained(train, name)
        for e in test:
            answer = _answer(judge, e)
            right += answer == e.label
            hit += answer == e.label == "yes"
            predicted += answer == "yes"
            gold += e.label == "yes"
    scores = {"n": float(len(examples)), "accuracy": right / max(1, len(examples))}
    if gold:
        p, r = hit / max(1, predicted), hit / gold
        scores |= {"precision": p, "recall": r, "f1": 2 * p * r / max(1e-9, p + r)}
    return scores


FRACTIONS = (0.125, 0.25, 0.5, 1.0)
"""How much of the documents each step of the learning curve is trained on."""


def learning_curve(examples: list[Example], name: str, folds: int = 5) -> list[float]:
    """The share of right answers on a fifth of the documents, after training on more and more of the others
    (`FRACTIONS`): what more annotation would bring."""
    documents = sorted({e.document for e in examples}, key=lambda d: sha256(d.encode()).hexdigest())
    held = set(documents[::folds])
    others = [d for d in documents if d not in held]
    test = [e for e in examples if e.document in held]
    found = []
    for fraction in FRACTIONS:
        seen = set(others[: int(len(others) * fraction)])
        judge = trained([e for e in examples if e.document in seen], name)
        found.append(sum(_answer(judge, e) == e.label for e in test) / max(1, len(test)))
    return found


def _answer(judge: Model | Trees, example: Example) -> str:
    features = list(example.features)
    if isinstance(judge, Trees):
        return "yes" if judge.probability(features, example.amounts) >= 0.5 else "no"
    if len(judge.classes) == 1:
        return "yes" if judge.probability(features) >= 0.5 else "no"
    return max(judge.probabilities(features).items(), key=lambda x: x[1])[0]


def trained(examples: list[Example], name: str) -> Model | Trees:
    """A model fitted in memory."""
    if name in TREES:
        grown = grow(examples, TREES[name])
        return Trees(
            name, tuple(grown["inputs"]), grown["start"], tuple(tuple(tree) for tree in grown["trees"])
        )
    data = fit(examples, STRENGTH.get(name, 0.15))
    return Model.of(name, data["classes"], data["intercepts"], data["weights"])


class UnseenModels(Models):
    """Models that never saw some documents, each fitted when it is first asked for."""

    def __init__(self, examples: dict[str, list[Example]], unseen: set[str]) -> None:
        super().__init__()
        self._examples, self._unseen = examples, unseen

    def __getattr__(self, name: str) -> Model | Trees:  # type: ignore[override]
        if name.startswith("_"):
            raise AttributeError(name)
        seen = [e for e in self._examples[name] if e.document not in self._unseen]
        fitted = self.__dict__[name] = trained(seen, name)
        return fitted

    def forget(self, name: str) -> None:
        """Fit a model anew when it is next asked for."""
        self.__dict__.pop(name, None)


def add_told_examples(annotated: list[Annotated], examples: dict[str, list[Example]], folds: int = 4) -> None:
    """Examples of what is decided on what was decided before: the type of a group of triggers, who its parties are, then which assembled events
    stand and whose people their figures count. Each report is coded with models that never saw it."""
    parts = [annotated[fold::folds] for fold in range(folds)]
    models = [UnseenModels(examples, {a.report.id for a in part}) for part in parts]
    for stage in (told_types, told_parties, assembled_examples):
        added: dict[str, list[Example]] = defaultdict(list)
        for part, unseen in zip(parts, models, strict=True):
            for report in part:
                for decision, example in stage(report, unseen):
                    added[decision].append(_kept(example))
        for decision, found in added.items():
            examples.setdefault(decision, []).extend(found)
            for unseen in models:
                unseen.forget(decision)


def write_models(
    examples: dict[str, list[Example]], folder: Path, decisions: Iterable[str] = DECISIONS
) -> None:
    """Fit the decisions, every one if not told which, and write their weights to `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    for decision in decisions:
        if decision in TREES:
            lines = _trees_as_lines(decision, grow(examples[decision], TREES[decision]))
        else:
            lines = _lines(decision, fit(examples[decision], STRENGTH.get(decision, 0.15)))
        (folder / f"{decision}.json").write_text(lines, encoding="utf-8")


def _trees_as_lines(name: str, grown: Grown) -> str:
    """Trees as JSON, one a line."""
    head = json.dumps({"name": name, "inputs": grown["inputs"], "start": grown["start"]}, ensure_ascii=False)
    rows = ",\n".join(json.dumps(tree, separators=(",", ":")) for tree in grown["trees"])
    return f'{head[:-1]}, "trees": [\n{rows}\n]}}\n'


def _lines(name: str, model: Fitted) -> str:
    """A model as JSON with one feature a line, in order, so that a change of one weight is a change of one line."""
    weights = model["weights"]
    rows = ",\n".join(
        f"{json.dumps(name, ensure_ascii=False)}:{json.dumps(weights[name], separators=(',', ':'))}"
        for name in sorted(weights)
    )
    parts = {"name": name, "classes": model["classes"], "intercepts": model["intercepts"]}
    head = ",".join(
        f"{json.dumps(key)}:{json.dumps(value, ensure_ascii=False)}" for key, value in parts.items()
    )
    return "{" + head + ',"weights":{\n' + rows + "\n}}\n"
