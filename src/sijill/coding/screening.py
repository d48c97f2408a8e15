"""Screening: reports that tell no event, known before all of them is read.

The score of a trigger is a sum of weights, so that what isn't known of it yet adds at most the largest weight that it may
have. First the words alone are weighed, then times, then parties; each is needed for coding anyway. Where no word can reach
what is asked of a trigger, nothing more is read, and the record is the same as if it were.
"""

from __future__ import annotations

import math
from collections import defaultdict
from functools import cached_property
from itertools import product

from sijill.coding.casualties import Figure
from sijill.coding.features import bucket, word_features
from sijill.coding.ground import Ground, count_between
from sijill.coding.models import Model
from sijill.coding.pieces import CROWDED_SENTENCE
from sijill.coding.triggers import Trigger, possible_triggers
from sijill.language.actors import is_civil
from sijill.language.mentions import ActorMention
from sijill.language.people import possible_people

_REACH = 14
"""How many tokens may stand between a number that a tally begins with and the word for what became of those it counts."""
_ARMED_BEFORE, _ARMED_AFTER = 2, 4
"""How many sentences before a word of fate, and after it, an armed party may be named that whose fate is told is near to."""
_MARGIN = 1e-6
"""More than what sums of the same weights in another order differ by."""


class Bounds:
    """The most that each thing adds to a trigger's score, by the weights of the model that decides."""

    def __init__(self, model: Model) -> None:
        self._weights = model.of_first
        self._intercept = model.intercepts[0]

    def weight(self, feature: str) -> float:
        """The weight of a feature; 0 of one that the model doesn't know."""
        return self._weights.get(feature, 0.0)

    def words(self, ground: Ground, trigger: Trigger, possible: list[Trigger]) -> float:
        """The words around a trigger and the triggers that are `possible` beside it, whatever is counted there."""
        told = (
            self.weight(f"with={other.kind.name}")
            for other in possible
            if other.sentence == trigger.sentence and other is not trigger
        )
        earlier = sum(
            other.first < trigger.first and other.kind.group == trigger.kind.group for other in possible
        )
        return (
            self._intercept
            + sum(filter(None, map(self._weights.get, word_features(ground, trigger))))
            + self.weight(f"lang={ground.analysis.language}")
            + self.weight("published=True")
            + self.figures(ground, trigger)
            + sum(sorted(max(0.0, weight) for weight in told)[-4:])
            + max(self.weight(f"earlier={n}&def={trigger.definite}") for n in range(min(earlier, 3) + 1))
            + max(self.weight(f"doctriggers={bucket(n + 1)}") for n in range(len(possible)))
        )

    def figures(self, ground: Ground, trigger: Trigger) -> float:
        """Whatever figures its sentence has; none where no word for what became of people stands."""
        sentence = ground.analysis.sentences[trigger.sentence]
        if not count_between(ground.outcome_tokens, sentence.first, sentence.stop):
            return self.weight("figures=0")
        killed = max(0.0, self.weight(f"killed-here&k={trigger.kind.name}"))
        own = self._most["own-figure"] if trigger.first in ground.outcome_tokens else 0.0
        return max(self.weight("figures=0"), self._most["figures"] + own + killed)

    @cached_property
    def _most(self) -> dict[str, float]:
        """The largest weight, 0.0 or more, of the features of each name ("name=value")."""
        most: dict[str, float] = defaultdict(float)
        for feature, weight in self._weights.items():
            name = feature.partition("=")[0]
            most[name] = max(most[name], weight)
        return most

    @cached_property
    def any_place(self) -> float:
        """Whatever places there are."""
        return self._any_spot("place")

    @cached_property
    def any_time(self) -> float:
        """Whatever times there are."""
        return self._any_spot("time")

    def _any_spot(self, name: str) -> float:
        somewhere = product(("clause", "sentence", "none"), (True, False))
        return max(
            self._spots(name, "none", False, True), *(self._spots(name, *at, False) for at in somewhere)
        )

    def _spots(self, name: str, where: str, near: bool, nowhere: bool) -> float:
        found = self.weight(f"{name}={where}") + self.weight(f"near{name}={near}")
        return found + self.weight(f"doc-no-{name}") if nowhere else found

    def times(self, ground: Ground, trigger: Trigger) -> float:
        """The times that the report has."""
        sentence = ground.analysis.sentences[trigger.sentence]
        spots = ground.time_tokens
        where = "clause" if count_between(spots, *trigger.clause) else "sentence"
        if not count_between(spots, sentence.first, sentence.stop):
            where = "none"
        near = count_between(spots, trigger.stop, trigger.stop + 7) > 0
        return self._spots("time", where, near, not spots)

    def any_party(self, ground: Ground, trigger: Trigger, tokens: list[int]) -> float:
        """Whatever parties there are, of which each begins at one of the tokens."""
        sentence = ground.analysis.sentences[trigger.sentence]
        none = self.weight("who=none")
        here = max(none, self._any_whos) if count_between(tokens, *trigger.clause) else none
        after = (bucket(i - trigger.stop) for i in tokens if trigger.stop <= i < sentence.stop)
        return here + max((self._any_next.get(distance, 0.0) for distance in after), default=0.0)

    @cached_property
    def _any_whos(self) -> float:
        return sum(
            max(0.0, weight)
            for feature, weight in self._weights.items()
            if feature.startswith("who=") and feature != "who=none"
        )

    @cached_property
    def _any_next(self) -> dict[str, float]:
        """The most that people at a distance after a trigger add."""
        found: dict[str, float] = {}
        for feature, weight in self._weights.items():
            if feature.startswith("next="):
                distance = feature.rpartition(":")[2]
                found[distance] = max(found.get(distance, 0.0), weight)
        return found

    def parties(self, ground: Ground, trigger: Trigger) -> float:
        """The parties that the report has; whatever they are where the report's country settles one in the sentence."""
        sentence = ground.analysis.sentences[trigger.sentence]
        if count_between(ground.analysis.unsettled, sentence.first, sentence.stop):
            return self.any_party(ground, trigger, ground.analysis.party_starts)
        first, stop = trigger.clause
        groups = ground.groups_at_sight
        whos = sorted({a.who for g in groups if first <= g.first < stop for a in g.actors})
        found = sum(self.weight(f"who={who}") for who in whos or ("none",))
        for group in groups:
            if trigger.stop <= group.first < sentence.stop:
                distance = bucket(group.first - trigger.stop)
                return found + self.weight(f"next={group.actors[0].who}:{distance}")
        return found


def is_count(ground: Ground, figure: Figure) -> bool:
    """Whether a figure says how many in a number, near the word for what became of them: what a tally begins with."""
    quantity = figure.quantity
    first, stop = max(quantity.first, figure.cue - _REACH), min(quantity.stop, figure.cue + _REACH)
    return count_between(ground.counts, first, stop) > 0


def may_count(ground: Ground, *, at_sight: bool = False) -> bool:
    """Whether a report may have a figure that a tally begins with; `at_sight` before its times are read."""
    if not ground.outcome_tokens:
        return False
    counts = ground.counts_at_sight if at_sight else ground.counts
    return any(
        count_between(counts, max(sentence.first, i - _REACH), min(sentence.stop, i + _REACH))
        for i in ground.outcome_tokens
        for sentence in (ground.analysis.sentences[ground.analysis.sentence_of(i)],)
    )


def may_tell(ground: Ground, bounds: Bounds, least: float) -> bool:
    """Whether a report may have a trigger that is as likely as `least` (0 to 1) to tell an event, a figure that is a tally
    or somebody's fate. Where it may not, there is nothing for its record."""
    analysis = ground.analysis
    possible = possible_triggers(analysis)
    if len(possible) > CROWDED_SENTENCE:
        return True  # it may be cut in two, each of which is a report of its own
    tokens = analysis.party_starts
    fates = _near_fates(ground)
    fated = not fates.isdisjoint(map(analysis.sentence_of, tokens))
    wanted = math.log(least / (1.0 - least)) - _MARGIN - bounds.any_place
    left = [
        (score, trigger)
        for trigger in possible
        if (score := bounds.words(ground, trigger, possible))
        + bounds.any_time
        + bounds.any_party(ground, trigger, tokens)
        >= wanted
    ]
    if not (left or fated or may_count(ground, at_sight=True)):
        return False
    left = [
        (score, trigger)
        for before, trigger in left
        if (score := before + bounds.times(ground, trigger)) + bounds.any_party(ground, trigger, tokens)
        >= wanted
    ]
    if may_count(ground):
        return True
    if any(score + bounds.parties(ground, trigger) >= wanted for score, trigger in left):
        return True
    armed = {g.sentence for g in ground.groups_at_sight if any(map(_may_bear_arms, g.actors))}
    armed.update(map(analysis.sentence_of, analysis.unsettled))
    return not fates.isdisjoint(armed) and _may_name(ground, armed)


def _told_fates(ground: Ground) -> set[int]:
    """The sentences with a word for what became of somebody."""
    return set(map(ground.analysis.sentence_of, ground.analysis.tagged.tokens("outcome", "fate")))


def _near_fates(ground: Ground) -> set[int]:
    """The sentences in which a party may be named that somebody is of whose fate is told: what becomes of people in a report
    without an event is read only of those near an armed party."""
    return {k + far for k in _told_fates(ground) for far in range(-_ARMED_BEFORE, _ARMED_AFTER + 1)}


def _may_name(ground: Ground, armed: set[int]) -> bool:
    """Whether somebody may be named beside a word for what became of people and, whatever places there are, in a sentence
    that tells of one of the armed, or in the next."""
    analysis = ground.analysis
    near = {k + far for k in _told_fates(ground) for far in (-1, 0, 1)}
    beside = armed | {k + 1 for k in armed}
    return any(
        analysis.sentence_of(names[0].first) in near
        and not beside.isdisjoint(analysis.sentence_of(name.first) for name in names)
        for names in possible_people(analysis.tagged, analysis.in_times, set(), analysis.people)
    )


def _may_bear_arms(actor: ActorMention) -> bool:
    """Whether people may be of an armed party, once it is known whose they are."""
    if actor.ids:
        return any(not is_civil(i) for i in actor.ids)
    return actor.who in ("state", "soldiers", "fighters") or actor.noun == "allies"
