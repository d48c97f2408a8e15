"""Why an event stands: the features that weighed most in the small models' decisions on it, told anew from the text."""

from __future__ import annotations

import msgspec

from sijill.coding.assemble import features_of, propose
from sijill.coding.decisions import Models
from sijill.coding.features import trigger_features
from sijill.coding.ground import Ground
from sijill.language.analysis import Analysis
from sijill.records import Event, Report

LONGEST = 20_000
"""Code points of a text up to which a derivation is told; longer ones are coded in pieces."""


class Reason(msgspec.Struct, frozen=True):
    """A feature of a decision and its weight: above zero it speaks for, below against."""

    feature: str
    weight: float


class Derivation(msgspec.Struct, frozen=True):
    """One decision of a model. `words` are those that it was about, "" where it was about the event as a whole."""

    model: str
    words: str
    probability: float
    reasons: tuple[Reason, ...]


def derivations(report: Report, most: int = 6) -> list[tuple[Event, tuple[Derivation, ...]]]:
    """The events that the rules of today propose for a report, each with the decision on it as a whole and on the words that
    tell it; `most` reasons for each. Nothing for a text longer than `LONGEST`."""
    if len(report.text) > LONGEST:
        return []
    analysis = Analysis(report)
    ground, models = Ground(analysis), Models()
    proposed, _ = propose(ground, models)
    found = []
    for assembled in proposed:
        features = features_of(ground, assembled, len(proposed))
        whole = Derivation(
            "event",
            "",
            models.event.probability(features),
            _reasons(models.event.reasons(features, most=most)),
        )
        told = []
        for telling in sorted(assembled.tellings, key=lambda telling: -telling.probability)[:3]:
            trigger = telling.trigger
            names = trigger_features(ground, trigger)
            start, end = analysis.words.span(trigger.first, trigger.stop)
            reasons = _reasons(models.trigger.reasons(names, most=most))
            told.append(Derivation("trigger", report.text[start:end], telling.probability, reasons))
        found.append((assembled.event, (whole, *told)))
    return found


def _reasons(weighed: list[tuple[str, float]]) -> tuple[Reason, ...]:
    return tuple(Reason(feature, round(weight, 3)) for feature, weight in weighed)
