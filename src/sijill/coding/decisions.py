"""Decisions: the models applied to what the rules proposed. Which triggers tell events, which of them tell one event,
who stands on which side, where and when, and which figure belongs to which event."""

from __future__ import annotations

from functools import cached_property
from typing import TypeVar

import msgspec

from sijill.coding.casualties import Figure
from sijill.coding.features import (
    figure_features,
    group_features,
    pair_features,
    place_features,
    tally_features,
    time_features,
    trigger_features,
)
from sijill.coding.ground import Ground
from sijill.coding.models import Model, model
from sijill.coding.triggers import Trigger
from sijill.language.places import PlaceMention
from sijill.language.times import TimeMention

Spot = TypeVar("Spot", PlaceMention, TimeMention)

REACH_PLACE, REACH_TIME, REACH_GROUP, REACH_FIGURE = 6, 5, 1, 2
"""How many sentences away a place, time, party or figure may stand from the trigger that it belongs to."""


class Telling(msgspec.Struct):
    """A trigger that tells an event, with what was decided for it alone: scored sides, places and times."""

    trigger: Trigger
    probability: float
    sides: dict[int, dict[str, float]]
    places: list[tuple[float, PlaceMention]]
    times: list[tuple[float, TimeMention]]

    @property
    def place(self) -> PlaceMention | None:
        return self.places[0][1] if self.places and self.places[0][0] >= 0.3 else None

    @property
    def time(self) -> TimeMention | None:
        return self.times[0][1] if self.times and self.times[0][0] >= 0.3 else None

    def ids(self, ground: Ground, side: str) -> frozenset[str]:
        """Ids of the named parties that more likely than not stand on a side."""
        return frozenset(i for g, p in self.sides.items() if p[side] > 0.5 for i in ground.groups[g].ids)


class Models:
    """The models of every decision, loaded when first asked for."""

    @cached_property
    def trigger(self) -> Model:
        return model("trigger")

    @cached_property
    def group(self) -> Model:
        return model("group")

    @cached_property
    def place(self) -> Model:
        return model("place")

    @cached_property
    def time(self) -> Model:
        return model("time")

    @cached_property
    def pair(self) -> Model:
        return model("pair")

    @cached_property
    def figure(self) -> Model:
        return model("figure")

    @cached_property
    def tally(self) -> Model:
        return model("tally")

    @cached_property
    def type(self) -> Model:
        return model("type")


def tell(ground: Ground, models: Models, trigger: Trigger, probability: float) -> Telling:
    """What is decided for one trigger by itself."""
    places = [
        (models.place.probability(place_features(ground, trigger, p)), p)
        for p in near(ground, ground.places, trigger, REACH_PLACE)
    ]
    times = [
        (models.time.probability(time_features(ground, trigger, t)), t)
        for t in near(ground, ground.times, trigger, REACH_TIME)
    ]
    sides = {
        k: models.group.probabilities(group_features(ground, trigger, g))
        for k, g in enumerate(ground.groups)
        if abs(g.sentence - trigger.sentence) <= REACH_GROUP
    }
    places.sort(key=lambda item: (-item[0], item[1].first))
    times.sort(key=lambda item: (-item[0], item[1].first_token))
    return Telling(trigger, probability, sides, places, times)


def near(ground: Ground, spots: list[Spot], trigger: Trigger, reach: int) -> list[Spot]:
    """The places or times that stand in the trigger's sentence, up to `reach` before it or two after it."""
    found = []
    for spot in spots:
        apart = ground.analysis.sentence_of(token_of(spot)) - trigger.sentence
        if -reach <= apart <= 2 or ground.analysis.sentence_of(token_of(spot)) == 0:
            found.append(spot)
    return found


def token_of(spot: PlaceMention | TimeMention) -> int:
    """The first token of a mention."""
    return spot.first_token if isinstance(spot, TimeMention) else spot.first


def accepted(ground: Ground, models: Models, threshold: float) -> list[Telling]:
    """The triggers that tell events, in order of place."""
    found = []
    for trigger in ground.triggers:
        probability = models.trigger.probability(trigger_features(ground, trigger))
        if probability >= threshold:
            found.append(tell(ground, models, trigger, probability))
    return found


def agreement(ground: Ground, left: Telling, right: Telling) -> dict[str, str]:
    """How far what was decided for two triggers agrees: "same", "diff", "one", "none" for place, time, agent, target."""

    def compare(a: object, b: object, equal: bool) -> str:
        if not a and not b:
            return "none"
        if not a or not b:
            return "one"
        return "same" if equal else "diff"

    p, q, s, t = left.place, right.place, left.time, right.time
    same_time = bool(s and t) and (s.first == t.first if s and t and s.first and t.first else s == t)
    found = {
        "place": compare(p, q, bool(p and q) and place_key(p) == place_key(q)),
        "time": compare(s, t, same_time),
    }
    for side in ("a", "b"):
        x, y = left.ids(ground, side), right.ids(ground, side)
        found[side] = compare(x, y, bool(x & y))
    if found["a"] == "diff" or found["b"] == "diff":
        crossed = bool((left.ids(ground, "a") | left.ids(ground, "b")) & (right.ids(ground, "a") | right.ids(ground, "b")))
        found["sides"] = "crossed" if crossed else "apart"
    return found


def place_key(place: PlaceMention | None) -> object:
    """What makes two mentions one place: its id in the gazetteer, else its name."""
    return (place.geonameid or place.name) if place else None


def cluster(ground: Ground, models: Models, tellings: list[Telling], threshold: float) -> list[list[Telling]]:
    """Group the triggers that tell one event: each joins the group that it most likely belongs to, in text order."""
    groups: list[list[Telling]] = []
    for telling in tellings:
        best, best_score = None, threshold
        for group in groups:
            chances = sorted(
                (
                    models.pair.probability(pair_features(ground, other.trigger, telling.trigger, agreement(ground, other, telling)))
                    for other in group
                ),
                reverse=True,
            )
            score = sum(chances[:2]) / len(chances[:2]) * 0.6 + sum(chances) / len(chances) * 0.4
            if score > best_score:
                best, best_score = group, score
        if best is None:
            groups.append([telling])
        else:
            best.append(telling)
    return groups


def owner_of(
    ground: Ground, models: Models, figure: Figure, groups: list[list[Telling]]
) -> tuple[int | None, float]:
    """The group of triggers whose event a figure counts, and how likely; None where it belongs to none."""
    best, best_score = None, 0.35
    for k, group in enumerate(groups):
        for telling in group:
            if abs(figure.sentence - telling.trigger.sentence) > REACH_FIGURE:
                continue
            chance = models.figure.probability(figure_features(ground, telling.trigger, figure))
            if chance > best_score:
                best, best_score = k, chance
    return best, best_score


def is_tally(ground: Ground, models: Models, figure: Figure) -> float:
    """How likely a figure is a running total or a toll for several places."""
    return models.tally.probability(tally_features(ground, figure))
