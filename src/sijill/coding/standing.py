"""Which of the assembled events stand: each is weighed as a whole, among all that the report may tell."""

from __future__ import annotations

from datetime import date

from sijill.coding.assemble import Assembled, propose, replace_event
from sijill.coding.casualties import Figure
from sijill.coding.decisions import Models, Telling, place_key, relation, tell_one_event
from sijill.coding.features import event_features
from sijill.coding.ground import Ground
from sijill.records import GROUP_OF

STANDS, STANDS_ALONE = 0.35, 0.25
"""How likely what was assembled must be an event, to stand: in a report, and in a sentence or two, which have nothing
around them that could make sure."""
SURE = 0.5
"""How likely the likeliest event of a report must be for the report to hold any: most that is doubtful alone is none."""
_BESIDE = 8
"""How many proposed events to either side one is held against, whether both are told as one."""


def standing_events(ground: Ground, models: Models) -> tuple[list[Assembled], list[Figure]]:
    """The events of a report, in order of their first words, and the figures that are tallies."""
    proposed, tally_figures = propose(ground, models)
    whole = ground.is_whole
    found = []
    for assembled, (features, amounts) in zip(proposed, weighed(ground, models, proposed), strict=True):
        confidence = models.event.probability(features, amounts)
        if confidence >= (STANDS if whole else STANDS_ALONE):
            found.append(replace_event(assembled, confidence=round(confidence, 3)))
    if whole and found and max(a.event.confidence or 0.0 for a in found) < SURE:
        return [], tally_figures
    return found, tally_figures


def weighed(
    ground: Ground, models: Models, proposed: list[Assembled]
) -> list[tuple[list[str], dict[str, float]]]:
    """For each proposed event the features and the amounts by which it is decided whether it stands."""
    again = _told_again(ground, models, proposed)
    return [
        (
            _features(ground, assembled, proposed),
            _amounts(assembled) | {"again": again[k]},
        )
        for k, assembled in enumerate(proposed)
    ]


def _features(ground: Ground, assembled: Assembled, proposed: list[Assembled]) -> list[str]:
    main, event = assembled.tellings, assembled.event
    time = next((t.time for t in main if t.time), None)
    when = event.date_precision if event.start else time.precision if time else 0
    triggers = [t.trigger for t in main]
    features = event_features(
        ground, event, triggers, _surest(main).trigger, len(proposed), when, _age(ground, assembled)
    )
    return [*features, *_beside(assembled, proposed)]


def _amounts(assembled: Assembled) -> dict[str, float]:
    """How sure everything is of which an event was made. Not how long the report is and where in it the event stands: that
    shows how the reports one learns from were written."""
    main, event = assembled.tellings, assembled.event
    told = sorted((t.probability for t in main), reverse=True)
    chances: dict[object, float] = {}
    for telling in main:
        for chance, place in telling.places:
            key = place_key(place)
            chances[key] = max(chance, chances.get(key, 0.0))
    places = sorted(chances.values(), reverse=True)
    own = [t.places[0][0] for t in main if t.places]
    sides = [p for t in main for p in t.sides.values()]
    return {
        "told": told[0],
        "told next": told[1] if len(told) > 1 else 0.0,
        "told in all": sum(told),
        "place": places[0] if places else 0.0,
        "place next": places[1] if len(places) > 1 else 0.0,
        "place on the whole": sum(own) / len(own) if own else 0.0,
        "time": max((t.times[0][0] for t in main if t.times), default=0.0),
        "who acts": max((p["a"] for p in sides), default=0.0),
        "who is acted on": max((p["b"] for p in sides), default=0.0),
        "type": assembled.type_chance,
        "precision of place": float(event.place.precision if event.place else 0),
    }


def _surest(tellings: list[Telling]) -> Telling:
    return max(tellings, key=lambda t: t.probability)


def _age(ground: Ground, assembled: Assembled) -> int | None:
    """How many days before the report an event ended; None where either day is not known."""
    event = assembled.event
    time = next((t.time for t in assembled.tellings if t.time), None)
    last = date.fromisoformat(event.end or event.start) if event.start else time.last if time else None
    return (ground.analysis.reference - last).days if last and ground.analysis.reference else None


def _told_again(ground: Ground, models: Models, proposed: list[Assembled]) -> list[float]:
    """Of each proposed event, how likely its surest word tells the same as that of another near it."""
    surest = [_surest(a.tellings) for a in proposed]
    found = [0.0] * len(proposed)
    for k, one in enumerate(surest):
        for j in range(k + 1, min(k + 1 + _BESIDE, len(surest))):
            left, right = sorted((one, surest[j]), key=lambda t: t.trigger.first)
            chance = tell_one_event(ground, models, left, right)
            found[k], found[j] = max(found[k], chance), max(found[j], chance)
    return found


def _beside(assembled: Assembled, proposed: list[Assembled]) -> list[str]:
    """How an event stands to those of its group that are told by more triggers, or by as many and before it: what is
    told again in other words is often taken for another event."""
    group, start, size = GROUP_OF[assembled.event.type], assembled.event.start, len(assembled.tellings)
    found: set[str] = set()
    before = True
    for other in proposed:
        if other is assembled:
            before = False
            continue
        bigger = len(other.tellings)
        if bigger < size or (bigger == size and not before):
            continue
        kin = "group" if GROUP_OF[other.event.type] == group else "other"
        same_day = other.event.start == start if other.event.start and start else "none"
        found.add(f"beside={kin}:{relation(other.place, assembled.place)}:{same_day}")
    return sorted(found) or ["beside=nothing"]
