"""Decisions: the models applied to what the rules proposed. Which triggers tell events, which of them tell one event,
who stands on which side, where and when, and which figure belongs to which event."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from typing import TypeVar

import msgspec

from sijill.coding.casualties import Figure
from sijill.coding.features import (
    count_features,
    figure_features,
    group_features,
    pair_features,
    place_features,
    time_features,
    trigger_features,
)
from sijill.coding.ground import Ground
from sijill.coding.models import Model, Trees, model, trees
from sijill.coding.targets import named_target
from sijill.coding.triggers import Trigger
from sijill.language.gazetteer import distance_km
from sijill.language.places import PlaceMention
from sijill.language.times import TimeMention

Spot = TypeVar("Spot", PlaceMention, TimeMention)

REACH_PLACE, REACH_TIME, REACH_GROUP, REACH_FIGURE = 6, 5, 1, 2
"""How many sentences away a place, time, party or figure may stand from the trigger that it belongs to."""


SINCE = 0.5
"""How likely "since 22 May" must be a happening's own time: it mostly says from when a total is counted."""


class Telling(msgspec.Struct, eq=False):
    """A trigger that tells an event, with what was decided for it alone: scored sides, places and times. Each is its own."""

    trigger: Trigger
    probability: float
    sides: dict[int, dict[str, float]]
    places: list[tuple[float, PlaceMention]]
    times: list[tuple[float, TimeMention]]
    _ids: dict[str, frozenset[str]] = msgspec.field(default_factory=dict)

    @property
    def place(self) -> PlaceMention | None:
        return self.places[0][1] if self.places and self.places[0][0] >= 0.3 else None

    @property
    def time(self) -> TimeMention | None:
        return self.times[0][1] if self.times and self.times[0][0] >= 0.3 else None

    def ids(self, ground: Ground, side: str) -> frozenset[str]:
        """Ids of the named parties that more likely than not stand on a side; worked out when first asked for."""
        known = self._ids.get(side)
        if known is None:
            own = [g for g, p in self.sides.items() if p[side] > 0.5]
            near = [g for g in own if ground.groups[g].sentence == self.trigger.sentence]
            known = frozenset(i for g in near or own for a in ground.groups[g].actors for i in a.ids)
            self._ids[side] = known
        return known


class Models:
    """The models of every decision, from a folder (None: those that ship), each loaded when first asked for."""

    def __init__(self, folder: Path | None = None, given: Mapping[str, Model | Trees] | None = None) -> None:
        self._folder = folder
        self.__dict__.update(given or {})

    @cached_property
    def event(self) -> Trees:
        """Whether what was assembled stands."""
        return trees("event", self._folder)

    def __getattr__(self, name: str) -> Model:
        if name.startswith("_"):
            raise AttributeError(name)
        loaded = self.__dict__[name] = model(name, self._folder)
        return loaded


def tell(ground: Ground, models: Models, trigger: Trigger, probability: float) -> Telling:
    """What is decided for one trigger by itself."""
    reach = 0 if ground.reviews_press else REACH_PLACE  # each line is of a matter of its own
    places = [
        (models.place.probability(place_features(ground, trigger, p)), p)
        for p in near(ground.places, ground.place_sentences, trigger, reach)
    ]
    times = [
        (models.time.probability(time_features(ground, trigger, t)), t)
        for t in near(ground.times, ground.time_sentences, trigger, REACH_TIME)
        if not t.future  # what is told has happened
    ]
    sides = {
        k: models.group.probabilities(group_features(ground, trigger, g))
        for k, g in enumerate(ground.groups)
        if abs(g.sentence - trigger.sentence) <= REACH_GROUP
    }
    chances = {p.first: chance for chance, p in places}
    places = [
        (max([chance] + [chances.get(other.first, 0.0) for other in ground.lists.get(p.first, ())]), p)
        for chance, p in places
    ]
    places.sort(key=lambda item: (-item[0], item[1].first))
    times = [(c, t) for c, t in times if t.kind != "since" or c >= SINCE]
    times.sort(key=lambda item: (-item[0], item[1].first_token))
    return Telling(trigger, probability, sides, places, times)


def near(spots: list[Spot], sentences: list[int], trigger: Trigger, reach: int) -> list[Spot]:
    """The places or times that stand in the first sentence, in the trigger's, up to `reach` before it or two after it;
    `sentences` are those that they stand in."""
    first, last = trigger.sentence - reach, trigger.sentence + 2
    return [
        spot
        for spot, sentence in zip(spots, sentences, strict=True)
        if first <= sentence <= last or sentence == 0
    ]


def token_of(spot: PlaceMention | TimeMention) -> int:
    """The first token of a mention."""
    return spot.first_token if isinstance(spot, TimeMention) else spot.first


def likely(ground: Ground, models: Models, threshold: float) -> list[tuple[Trigger, float]]:
    """The triggers that tell events, in order of place, with how likely each does."""
    chances = ((t, models.trigger.probability(trigger_features(ground, t))) for t in ground.triggers)
    return [(trigger, chance) for trigger, chance in chances if chance >= threshold]


def agreement(ground: Ground, left: Telling, right: Telling) -> dict[str, str]:
    """How far what was decided for two triggers agrees: "same", "diff", "one", "none" for place, time, agent, target."""

    def compare(a: object, b: object, equal: bool) -> str:
        if not a and not b:
            return "none"
        if not a or not b:
            return "one"
        return "same" if equal else "diff"

    s, t = left.time, right.time
    same_time = bool(s and t) and (
        s.first == t.first if s and t and s.first and t.first else _same_words(ground, s, t)
    )
    found = {
        "place": relation(left.place, right.place),
        "time": compare(s, t, same_time),
    }
    for side in ("a", "b"):
        x, y = left.ids(ground, side), right.ids(ground, side)
        found[side] = compare(x, y, bool(x & y))
    if found["a"] == "diff" or found["b"] == "diff":
        crossed = bool(
            (left.ids(ground, "a") | left.ids(ground, "b"))
            & (right.ids(ground, "a") | right.ids(ground, "b"))
        )
        found["sides"] = "crossed" if crossed else "apart"
    return found


def tell_one_event(ground: Ground, models: Models, left: Telling, right: Telling) -> float:
    """How likely two triggers, in order of place, tell one event; worked out when first asked for."""
    chance = ground.told_as_one.get((left, right))
    if chance is None:
        same = agreement(ground, left, right)
        chance = models.pair.probability(pair_features(ground, left.trigger, right.trigger, same))
        ground.told_as_one[left, right] = chance
    return chance


def _same_words(ground: Ground, one: TimeMention | None, other: TimeMention | None) -> bool:
    """Whether two times without days are told in the same words ("الجمعة" twice)."""
    if one is None or other is None:
        return False
    return ground.forms[one.first_token : one.stop] == ground.forms[other.first_token : other.stop]


NEAR_KM, HOLDS_KM = 12.0, 75.0
"""How far apart two names of one spot may lie, and a spot from the middle of the unit that holds it."""


def relation(one: PlaceMention | None, other: PlaceMention | None) -> str:
    """How two places stand to each other: "same"; "near" (a hotel and its town); "holds" where one is a unit that the
    other may lie in (a town and its province); "apart"; "open" where one has no coordinates; "one", "none" for want
    of a place."""
    if one is None or other is None:
        return "none" if one is other else "one"
    if place_key(one) == place_key(other):
        return "same"
    if one.lat is None or one.lon is None or other.lat is None or other.lon is None:
        return "open"
    if one.rule == other.rule == "places.within":
        return "open"  # two names that are only known to lie near a third
    apart = distance_km(one.lat, one.lon, other.lat, other.lon)
    coarse = max(one.precision, other.precision)
    if coarse == 6:
        return "holds" if one.country == other.country else "apart"
    if coarse >= 3:
        if one.adm1 and other.adm1 and coarse == 4:
            return "holds" if one.adm1 == other.adm1 else "apart"
        return "holds" if apart <= HOLDS_KM else "apart"
    return "near" if apart <= NEAR_KM else "apart"


def place_key(place: PlaceMention | None) -> object:
    """What makes two mentions one place: its id in the gazetteer, else its name."""
    return (place.geonameid or place.name) if place else None


def cluster(ground: Ground, models: Models, tellings: list[Telling], threshold: float) -> list[list[Telling]]:
    """Group the triggers that tell one event: each joins the group that it most likely belongs to, in text order."""
    groups: list[list[Telling]] = []
    for telling in tellings:
        told = _told_by(groups, telling)
        if told is not None:
            told.append(telling)
            continue
        best, best_score = None, threshold
        for group in groups:
            if not all(telling.trigger.kind.goes_with(other.trigger.kind) for other in group):
                continue
            chances = sorted(
                (tell_one_event(ground, models, other, telling) for other in group),
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


def join(ground: Ground, groups: list[list[Telling]]) -> list[list[Telling]]:
    """Join what one battle is told by: fighting and moves at one place between the same parties, and the blasts in it; and
    what tells that one building was blown up."""
    joined: list[list[Telling]] = []
    for group in groups:
        best, best_score = None, 0.0
        for other in joined:
            score = _joining(ground, other, group)
            if score > best_score:
                best, best_score = other, score
        if best is None:
            joined.append(group)
        else:
            best.extend(group)
    return joined


OUTCOMES = frozenset({"killed", "wounded", "both", "missing", "displaced"})


def _told_by(groups: list[list[Telling]], later: Telling) -> list[Telling] | None:
    """The group whose happening a bare outcome is the toll of: "المعارك ... تسببت في مقتل 48، كما قتل 32". The outcome
    has no place of its own, and the nearest word before it in its sentence tells a happening."""
    outcome = later.trigger
    if outcome.kind.name not in OUTCOMES:
        return None
    before = [
        (t.trigger.first, group)
        for group in groups
        for t in group
        if t.trigger.sentence == outcome.sentence
        and t.trigger.first < outcome.first
        and t.trigger.kind.name not in OUTCOMES
    ]
    if not before:
        return None
    _, group = max(before, key=lambda item: item[0])
    fits = all(t.trigger.kind.goes_with(outcome.kind) for t in group)
    return group if fits and _relation_of(group, [later]) not in ("apart", "open") else None


_MOVES = frozenset({"withdraw", "advance", "besiege", "capture"})
_TOGETHER = ("same", "near")


def _joining(ground: Ground, earlier: list[Telling], later: list[Telling]) -> float:
    """How strongly two groups of triggers are one battle; 0 where they can't be."""
    if not all(x.trigger.kind.goes_with(y.trigger.kind) for x in earlier for y in later):
        return 0.0
    blown = [_is_blast(g) for g in (earlier, later)]
    if all(blown):
        return 2.0 * _one_building(ground, earlier, later)
    fought = [
        any(t.trigger.kind.group == "battles" or t.trigger.kind.name in _MOVES for t in g)
        for g in (earlier, later)
    ]
    if all(fought):
        return _one_battle(ground, earlier, later)
    if (blown[0] and fought[1]) or (fought[0] and blown[1]):
        return _blast_in_battle(ground, earlier, later)
    return 0.0


_BLASTS = frozenset({"bombing", "suicide", "grenade"})


def _is_blast(group: list[Telling]) -> bool:
    """Whether a group of triggers tells of nothing but charges that went off."""
    told = {t.trigger.kind.name for t in group} - OUTCOMES
    return bool(told) and told <= _BLASTS


def _one_building(ground: Ground, earlier: list[Telling], later: list[Telling]) -> bool:
    """Whether two groups of triggers name one building that was blown up: a trial, a visit and a tribute tell the same
    bombing beside days of their own."""
    if _relation_of(earlier, later) == "apart":
        return False
    hit = [frozenset[str]().union(*(named_target(ground, t.trigger) for t in g)) for g in (earlier, later)]
    return bool(hit[0] & hit[1])


def _blast_in_battle(ground: Ground, earlier: list[Telling], later: list[Telling]) -> float:
    """A car bomb that the sentence of a battle tells, by or against its parties, is a part of it (codebook, "Events")."""
    if not {t.trigger.sentence for t in earlier} & {t.trigger.sentence for t in later}:
        return 0.0
    parties = [_parties(ground, g) for g in (earlier, later)]
    if _relation_of(earlier, later) == "apart" or (all(parties) and not parties[0] & parties[1]):
        return 0.0
    days = [[t.time.first for t in g if t.time and t.time.first] for g in (earlier, later)]
    apart = min((abs((x - y).days) for x in days[0] for y in days[1]), default=0)
    return 1.2 if apart <= 1 else 0.0


def _parties(ground: Ground, group: list[Telling]) -> frozenset[str]:
    """The ids of the named parties on either side of what a group of triggers tells."""
    return frozenset[str]().union(*(t.ids(ground, side) for t in group for side in "ab"))


def _relation_of(earlier: list[Telling], later: list[Telling]) -> str:
    """How the places of two groups of triggers stand to each other: the closest relation that any two of them have."""
    found = {relation(x.place, y.place) for x in earlier for y in later}
    for closest in ("same", "near", "holds", "open", "apart", "one"):
        if closest in found:
            return closest
    return "none"


def _one_battle(ground: Ground, earlier: list[Telling], later: list[Telling]) -> float:
    """Fighting, advances and withdrawals at one place between the same parties, on days that run together, are one."""
    if later[0].trigger.sentence - earlier[-1].trigger.sentence > 4:
        return 0.0
    where = _relation_of(earlier, later)
    if where == "apart":
        return 0.0
    days = [
        sorted(t.time.first for t in g if t.time and t.time.first and t.time.precision == 1)
        for g in (earlier, later)
    ]
    if days[0] and days[1] and min(abs((x - y).days) for x in days[0] for y in days[1]) > 3:
        return 0.0
    parties = [_parties(ground, g) for g in (earlier, later)]
    shared = parties[0] & parties[1]
    if parties[0] and parties[1] and not shared:
        return 0.0
    if not any(t.place for t in later) and not shared:
        return 0.0
    return 1.5 + 0.2 * len(shared) + (where in _TOGETHER)


def may_be_one(earlier: list[Telling], later: list[Telling]) -> bool:
    """Whether neither the places nor the days of two groups of triggers say that they tell of two events."""
    if _relation_of(earlier, later) == "apart":
        return False
    days = [
        {t.time.first for t in g if t.time and t.time.first and t.time.precision == 1}
        for g in (earlier, later)
    ]
    return not (days[0] and days[1]) or min(abs((x - y).days) for x in days[0] for y in days[1]) <= 1


def owner_of(
    ground: Ground, models: Models, figure: Figure, groups: list[list[Telling]], needed: float
) -> int | None:
    """The group of triggers whose event a figure counts; None where it belongs to none with more than the chance `needed`."""
    best, best_score = None, needed
    for k, group in enumerate(groups):
        for telling in group:
            if abs(figure.sentence - telling.trigger.sentence) > REACH_FIGURE:
                continue
            chance = models.figure.probability(figure_features(ground, telling.trigger, figure))
            if chance > best_score:
                best, best_score = k, chance
    return best


def what_it_counts(ground: Ground, models: Models, figure: Figure) -> dict[str, float]:
    """How likely a figure is one event's own ("event"), a running total or a toll for several places ("tally"), or
    neither ("none")."""
    return models.count.probabilities(count_features(ground, figure))
