"""Why an event stands: the features that weighed most in the small models' decisions on it, told anew from the text."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TypeVar

import msgspec

from sijill.coding.assemble import Assembled, propose
from sijill.coding.decisions import Models, Telling, token_of
from sijill.coding.features import place_features, time_features, trigger_features
from sijill.coding.ground import Ground
from sijill.coding.models import Features, Model
from sijill.coding.standing import weighed
from sijill.coding.typing_of_events import type_features
from sijill.language.analysis import Analysis
from sijill.language.places import PlaceMention
from sijill.language.times import TimeMention
from sijill.records import Event, Report

Spot = TypeVar("Spot", PlaceMention, TimeMention)

LONGEST = 20_000
"""Code points of a text up to which a derivation is told; longer ones are coded in pieces."""


class Reason(msgspec.Struct, frozen=True):
    """A feature of a decision and its weight: above zero it speaks for, below against."""

    feature: str
    weight: float


class Derivation(msgspec.Struct, frozen=True):
    """One decision of a `model` ("event", "trigger", "type", "place", "time"). `words` are those that it was about, "" where
    it was about the event as a whole; `probability` is how likely the model holds the answer."""

    model: str
    words: str
    probability: float
    reasons: tuple[Reason, ...]


def derivations(report: Report, most: int = 6) -> list[tuple[Event, tuple[Derivation, ...]]]:
    """The events that the rules of today propose for a report, each with the decisions on it: as a whole, on the words
    that tell it, on its type, place and time; `most` reasons for each. Nothing for a text longer than `LONGEST`."""
    if len(report.text) > LONGEST:
        return []
    ground, models = Ground(Analysis(report)), Models()
    proposed, _ = propose(ground, models)
    found = []
    for assembled, (features, amounts) in zip(proposed, weighed(ground, models, proposed), strict=True):
        reasons = models.event.reasons(features, amounts, most)
        whole = _told("event", "", models.event.probability(features, amounts), reasons)
        found.append((assembled.event, (whole, *_decisions(ground, models, assembled, most))))
    return found


def key_of(event: Event) -> tuple[int, str]:
    """What an event is known again by when its report is read anew: its first word, and its place's name."""
    first = min((e.start for e in event.evidence if e.field == "type"), default=-1)
    return first, event.place.name if event.place else ""


def _decisions(ground: Ground, models: Models, assembled: Assembled, most: int) -> Iterator[Derivation]:
    tellings = assembled.tellings
    for telling in sorted(tellings, key=lambda telling: -telling.probability)[:3]:
        trigger = telling.trigger
        words = ground.analysis.words.between(trigger.first, trigger.stop)
        said = trigger_features(ground, trigger)
        yield _derivation("trigger", words, telling.probability, models.trigger, said, most)
    features = type_features(ground, tellings, assembled.figures)
    chance = models.type.probabilities(features).get(assembled.event.type)
    if chance is not None:
        yield _derivation("type", "", chance, models.type, features, most, assembled.event.type)
    yield from _likeliest(ground, "place", tellings, lambda t: t.places, models.place, place_features, most)
    yield from _likeliest(ground, "time", tellings, lambda t: t.times, models.time, time_features, most)


def _likeliest(
    ground: Ground,
    question: str,
    tellings: list[Telling],
    spots: Callable[[Telling], list[tuple[float, Spot]]],
    model: Model,
    features: Callable[..., Features],
    most: int,
) -> Iterator[Derivation]:
    """The decision on the place or time that one of the triggers most likely means."""
    found = [(chance, spot, telling) for telling in tellings for chance, spot in spots(telling)[:1]]
    if found:
        chance, spot, telling = max(found, key=lambda item: item[0])
        words = ground.analysis.words.between(token_of(spot), spot.stop)
        yield _derivation(question, words, chance, model, features(ground, telling.trigger, spot), most)


def _derivation(
    name: str,
    words: str,
    probability: float,
    model: Model,
    features: Features,
    most: int,
    class_: str | None = None,
) -> Derivation:
    return _told(name, words, probability, model.reasons(features, class_, most=most))


def _told(name: str, words: str, probability: float, reasons: list[tuple[str, float]]) -> Derivation:
    return Derivation(name, words, probability, tuple(Reason(f, round(w, 3)) for f, w in reasons))
