"""Why an event was coded as it was: the decisions of the models behind it, each with the features that weighed most."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple, TypeVar

from sijill.coding.assemble import Assembled, assemble_events, features_of, propose
from sijill.coding.control import settle_types
from sijill.coding.decisions import Models, Telling
from sijill.coding.features import place_features, time_features, trigger_features
from sijill.coding.ground import Ground
from sijill.coding.models import Model
from sijill.coding.typing_of_events import type_features
from sijill.language.analysis import Analysis
from sijill.language.places import PlaceMention
from sijill.language.times import TimeMention
from sijill.records import Report

Spot = TypeVar("Spot", PlaceMention, TimeMention)
MOST = 4
"""How many features of a decision are shown."""


class Decided(NamedTuple):
    """One decision: the `question` ("trigger", "stands", "type", "place", "time"), the words that it was asked of, at
    `start` to `end` (code points of the report's text, end exclusive), how likely the answer is (0 to 1), and the
    features that weighed most for or against it, each with its weight in log odds."""

    question: str
    words: str
    start: int
    end: int
    chance: float
    features: tuple[tuple[str, float], ...]


def decisions_of(report: Report, models: Models | None = None) -> list[tuple[Decided, ...]]:
    """The decisions behind each event that `sijill.coding.code` gives for a report, in the order of its events."""
    models = models or Models()
    ground = Ground(Analysis(report))
    proposed, _ = propose(ground, models)
    events, _ = assemble_events(ground, models)
    return [tuple(_decisions(ground, models, a, proposed)) for a in settle_types(ground, events)]


def _decisions(
    ground: Ground, models: Models, event: Assembled, proposed: list[Assembled]
) -> Iterator[Decided]:
    first = event.tellings[0].trigger
    for telling in event.tellings:
        features = trigger_features(ground, telling.trigger)
        yield _decided(
            ground, "trigger", telling.trigger.first, telling.trigger.stop, telling.probability,
            models.trigger, features,
        )  # fmt: skip
    beside = next((p for p in proposed if p.tellings[0].trigger == first), event)
    features = features_of(ground, beside, proposed)
    yield _decided(
        ground, "stands", first.first, first.stop, models.event.probability(features), models.event, features
    )
    features = type_features(ground, event.tellings, event.figures)
    kinds = models.type.probabilities(features)
    if event.event.type in kinds:
        yield _decided(
            ground, "type", first.first, first.stop, kinds[event.event.type], models.type, features, event.event.type
        )  # fmt: skip
    yield from _likeliest(ground, "place", event.tellings, lambda t: t.places, models.place, place_features)
    yield from _likeliest(ground, "time", event.tellings, lambda t: t.times, models.time, time_features)


def _likeliest(
    ground: Ground,
    question: str,
    tellings: list[Telling],
    spots: Callable[[Telling], list[tuple[float, Spot]]],
    model: Model,
    features: Callable[..., list[str]],
) -> Iterator[Decided]:
    found = [(chance, spot, telling) for telling in tellings for chance, spot in spots(telling)[:1]]
    if found:
        chance, spot, telling = max(found, key=lambda item: item[0])
        first = spot.first_token if isinstance(spot, TimeMention) else spot.first
        yield _decided(
            ground, question, first, spot.stop, chance, model, features(ground, telling.trigger, spot)
        )


def _decided(
    ground: Ground,
    question: str,
    first: int,
    stop: int,
    chance: float,
    model: Model,
    features: list[str],
    class_: str | None = None,
) -> Decided:
    start, end = ground.analysis.words.span(first, stop)
    reasons = tuple(model.reasons(features, class_, MOST))
    return Decided(question, ground.analysis.report.text[start:end], start, end, round(chance, 3), reasons)
