"""Which parties an event has, and on which side each stands: decided for the event as a whole, from all the words that
tell it.

What was decided for each trigger alone (who acts, who suffers) is one of the signs; others are how a party is named in the
rest of the report, who claims the deed, whom the event's figures count, and who else there is. So "the gunmen" of one
sentence can be the group that another names, and an event whose words name nobody can have the parties of the lede.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from functools import cached_property, lru_cache
from itertools import combinations
from typing import NamedTuple

from sijill.coding.between import Said
from sijill.coding.casualties import Figure
from sijill.coding.decisions import Telling
from sijill.coding.ground import Ground
from sijill.coding.surroundings import AROUND, stem
from sijill.language.actors import allied, country_of, is_civil, is_state, theatre_of
from sijill.language.mentions import ActorMention
from sijill.records import GROUP_OF

CROWDS = ("protesters", "rioters")
_UNARMED = ("civilians", "persons")
_BEFORE, _AFTER, _LEDE = 4, 2, 2
"""How many sentences before and after the words that tell an event, and at the head of the report, its parties are
looked for."""
_NEAR = 8
"""How many words on each side of the trigger that surest tells an event say what it was."""
_STEPS = (0.03, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.97)


class Party(NamedTuple):
    """Somebody who may be a party of an event: where the report speaks of them, and the features of the decision."""

    id: str
    mentions: tuple[ActorMention, ...]
    features: list[str]


def parties(
    ground: Ground, group: list[Telling], figures: list[Figure], type_: str, country: str | None
) -> list[Party]:
    """Everybody who may be a party of an event of a type in a country (ISO; None where none is said), in order of id;
    `group` are the triggers that tell it, `figures` those that count its people."""
    return Council(ground, group, figures, type_, country).parties()


def ids_of(ground: Ground, actor: ActorMention, family: str, country: str | None) -> tuple[str, ...]:
    """The ids that a mention may stand for in an event of a family: its own, or those of people whom nobody is named for."""
    if actor.ids:
        return actor.ids
    if actor.who in _UNARMED:
        return ("civilians", *CROWDS) if family == "demonstrations" else ("civilians",)
    if actor.who in ("state", "soldiers"):
        government = ground.analysis.government(country)
        return (government,) if government else ()
    return (f"unidentified-{country.lower()}",) if country and actor.noun != "allies" else ()


class Council:
    """Who may be a party of one event, with what speaks for each."""

    def __init__(
        self,
        ground: Ground,
        group: list[Telling],
        figures: list[Figure],
        type_: str,
        country: str | None,
    ) -> None:
        self.ground, self.group, self.figures = ground, group, figures
        self.type, self.family, self.country = type_, GROUP_OF[type_], country
        self.told = sorted({t.trigger.sentence for t in group})
        self.surest = max(group, key=lambda t: t.probability)
        self.unknown = f"unidentified-{country.lower()}" if country else ""
        self.mentions: dict[str, list[ActorMention]] = defaultdict(list)
        self.here: dict[str, dict[str, float]] = defaultdict(lambda: {"a": 0.0, "b": 0.0})
        self.beside: dict[str, dict[str, float]] = defaultdict(lambda: {"a": 0.0, "b": 0.0})
        self.sums: dict[str, dict[str, float]] = defaultdict(lambda: {"a": 0.0, "b": 0.0})
        self.main: dict[str, dict[str, float]] = defaultdict(lambda: {"a": 0.0, "b": 0.0})
        self.nameless: dict[str, float] = {"a": 0.0, "b": 0.0}
        self.definite = False
        self.called = ""
        """The noun of the nameless fighters that are likeliest a party."""
        self.named: Counter[str] = Counter()
        """How often the report names each group without a state."""
        self._kinds: dict[str, str] = {}
        self._weigh()

    def _weigh(self) -> None:
        for g, group in enumerate(self.ground.groups):
            chances = [(t, t.sides[g]) for t in self.group if g in t.sides]
            for actor in group.actors:
                ids = ids_of(self.ground, actor, self.family, self.country)
                for id_ in ids:
                    self.mentions[id_].append(actor)
                    if actor.ids and not is_state(id_) and not is_civil(id_):
                        self.named[id_] += 1
                for telling, chance in chances:
                    within = telling.trigger.sentence == group.sentence
                    scores = self.here if within else self.beside
                    for id_ in ids:
                        for side in "ab":
                            scores[id_][side] = max(scores[id_][side], chance[side])
                            self.sums[id_][side] += chance[side] if within else chance[side] / 2
                            if telling is self.surest:
                                self.main[id_][side] = max(self.main[id_][side], chance[side])
                    if within and not actor.ids and actor.who in ("fighters", "unknown", "leaders"):
                        for side in "ab":
                            if chance[side] > self.nameless[side]:
                                self.nameless[side] = chance[side]
                                self.definite = actor.definite
                                self.called = stem(self.ground.forms[actor.first])

    def parties(self) -> list[Party]:
        """See `parties`."""
        near = {
            id_
            for id_, mentions in self.mentions.items()
            if any(self._within_reach(self.ground.analysis.sentence_of(m.first)) for m in mentions)
        }
        near.add("civilians")
        if self.family == "demonstrations":
            near.update(CROWDS)
        near.update(i for i in (self.unknown, self.ground.analysis.government(self.country)) if i)
        self.ranked = {s: sorted(near, key=lambda i: (-self._chance(i, s), i))[:3] for s in "ab"}
        self.like_here = Counter(
            self.broad(self.kind(i))
            for i in near
            if any(self.ground.analysis.sentence_of(m.first) in self.told for m in self.mentions.get(i, ()))
        )
        return [Party(i, tuple(self.mentions.get(i, ())), self.features(i)) for i in sorted(near)]

    def _within_reach(self, sentence: int) -> bool:
        return sentence < _LEDE or any(k - _BEFORE <= sentence <= k + _AFTER for k in self.told)

    def _chance(self, id_: str, side: str) -> float:
        return (
            max(self.here[id_][side], self.beside[id_][side] / 2)
            if id_ in self.here or id_ in self.beside
            else 0.0
        )

    def kind(self, id_: str) -> str:
        """What kind of party an id is, seen from where the event happened."""
        known = self._kinds.get(id_)
        if known is None:
            known = self._kinds[id_] = self._find_kind(id_)
        return known

    def _find_kind(self, id_: str) -> str:
        if id_ in CROWDS or id_ == "civilians":
            return id_
        if id_.startswith("unidentified-"):
            return "unknown" if id_ == self.unknown else "unknown-elsewhere"
        home = country_of(id_)
        if is_state(id_):
            return "own-state" if home and home == self.country else "state"
        if is_civil(id_):
            return "civil"
        return "group" if self.country and self.country in theatre_of(id_) else "strange-group"

    def broad(self, kind: str) -> str:
        """Kinds that are one wherever they are from: states, groups."""
        return "group" if kind.endswith("group") else "state" if kind.endswith("state") else kind

    def features(self, id_: str) -> list[str]:
        """Whether a party is one of the event's, and on which side."""
        kind = self.kind(id_)
        analysis = self.ground.analysis
        broad = self.broad(kind)
        found = [
            f"kind={kind}", f"kind={kind}&type={self.type}", f"broad={broad}&family={self.family}",
            f"broad={broad}&triggers={min(len(self.group), 4)}", f"lang={analysis.language}&broad={broad}",
        ]  # fmt: skip
        for name, scores in (("here", self.here), ("beside", self.beside), ("main", self.main)):
            if id_ not in scores:
                found.append(f"{name}=no")
                continue
            for side in "ab":
                found += _steps(f"{name}.{side}", scores[id_][side])
                if name == "here":
                    found += _steps(f"{broad}&{name}.{side}", scores[id_][side])
                    found += _steps(f"{self.family}&{name}.{side}", scores[id_][side])
        a, b = self.sums[id_]["a"], self.sums[id_]["b"]
        told = self.surest.trigger
        found += [
            f"k={told.kind.name}&broad={broad}",
            f"k={told.kind.name}&f={told.form.split('.')[0]}&broad={broad}",
        ]
        leaning = "none" if max(a, b) < 0.2 else "a" if a > b else "b"
        found += [
            f"leaning={leaning}",
            f"leaning={leaning}&broad={broad}",
            f"leaning={leaning}&type={self.type}",
            f"leaning={leaning}&k={told.kind.name}&broad={broad}",
        ]
        found += self._beside_others(id_, broad, leaning)
        found += self._where_named(id_, broad)
        found += self._among_groups(id_, broad)
        found += self._counted(id_, broad)
        found += self._told_with(id_, broad)
        return found

    def _told_with(self, id_: str, broad: str) -> list[str]:
        """What else the words around the surest trigger say, whoever is named."""
        found = [f"id={id_}&family={self.family}", f"id={id_}&type={self.type}"]
        friends = [i for i in self.mentions if i != id_ and allied(i, id_)]
        for side in "ab":
            chance = max((self._chance(i, side) for i in friends), default=0.0)
            found += _steps(f"friends.{side}", chance)
        found += [f"cue={c}&broad={broad}" for c in self._cues]
        found += [f"cue={c}&type={self.type}&broad={broad}" for c in self._cues if broad == "civilians"]
        here = [
            m for m in self.mentions.get(id_, ()) if self.ground.analysis.sentence_of(m.first) in self.told
        ]
        if here and all(m.first in self.ground.speaking for m in here):
            found.append(f"only-speaks&broad={broad}")
        if broad in ("civilians", "unknown", "group", "state"):
            found += [f"{AROUND}{word}&broad={broad}" for word in self._words]
        if broad in ("group", "unknown") and self.called:
            found += [
                f"called={self.called}&broad={broad}",
                f"called={self.called}&broad={broad}&latest={id_ in self._latest}",
            ]
        return found

    @cached_property
    def _cues(self) -> tuple[str, ...]:
        """The cues in the clause of the surest trigger."""
        return self.ground.cues_in(*self.surest.trigger.clause)

    @cached_property
    def _words(self) -> list[str]:
        """The stems of the words beside the surest trigger, each once, in order of the alphabet."""
        told = self.surest.trigger
        first, stop, _, _ = self.ground.analysis.sentences[told.sentence]
        near = self.ground.forms[max(first, told.first - _NEAR) : min(stop, told.stop + _NEAR)]
        return sorted({stem(form) for form in near if form[0].isalpha()})

    def _beside_others(self, id_: str, broad: str, leaning: str) -> list[str]:
        found = []
        for side in "ab":
            others = [i for i in self.ranked[side] if i != id_]
            top = others[0] if others else None
            chance = self._chance(top, side) if top else 0.0
            own = self._chance(id_, side)
            level = (
                "sure"
                if chance >= 0.6
                else "likely"
                if chance >= 0.35
                else "weak"
                if chance >= 0.15
                else "no"
            )
            found.append(f"other-{side}={level}&broad={broad}&leaning={leaning}")
            if own >= 0.03:
                found.append(f"first-{side}={own >= chance}&level={level}&broad={broad}")
            if top and level in ("sure", "likely"):
                other = self.kind(top)
                tie = "allied" if allied(id_, top) else "kin" if broad == other else "other"
                found += [
                    f"with-{side}={tie}&leaning={leaning}",
                    f"with-{side}={other}&broad={broad}&leaning={leaning}",
                ]
        return found

    def _where_named(self, id_: str, broad: str) -> list[str]:
        """Where the report speaks of a party, as seen from the words that tell the event."""
        analysis = self.ground.analysis
        mentions = self.mentions.get(id_, [])
        if not mentions:
            return [f"named=nowhere&broad={broad}", f"named=nowhere&type={self.type}&broad={broad}"]
        spots = [(analysis.sentence_of(m.first), m) for m in mentions]
        apart, nearest = min(
            ((min((abs(s - k), s < k) for k in self.told), m) for s, m in spots),
            key=lambda x: (x[0], x[1].first),
        )
        where = "here" if apart[0] == 0 else f"{'before' if apart[1] else 'after'}{min(apart[0], 3)}"
        paragraph = any(
            analysis.sentences[s].paragraph == analysis.sentences[k].paragraph
            for s, _ in spots
            for k in self.told
        )
        heading = any(s == 0 for s, _ in spots)
        found = [
            f"where={where}", f"where={where}&broad={broad}", f"paragraph={paragraph}&broad={broad}",
            f"heading={heading}&broad={broad}&where={where}", f"form={nearest.form}&who={nearest.who}",
            f"mentions={min(len(mentions), 5)}&broad={broad}", f"noun={nearest.noun}" if nearest.form != "name" else "noun=name",
        ]  # fmt: skip
        if nearest.first in self.ground.speaking:
            found += ["speaks", f"speaks&broad={broad}"]
        if where != "here" and nearest.ids:
            first, stop = nearest.first, nearest.stop
            words = self.ground.forms[max(0, first - 3) : first] + self.ground.forms[stop : stop + 2]
            found += [f"word={w}&after={where.startswith('after')}" for w in dict.fromkeys(words)]
            sentence = analysis.sentences[analysis.sentence_of(first)]
            found += [f"said={c}&where={where}" for c in self.ground.cues_in(sentence.first, sentence.stop)]
            found += [
                f"told={t.kind.name}&where={where}"
                for t in self.ground.triggers_between(sentence.first, sentence.stop)[:3]
            ]
        clause = any(
            t.trigger.clause[0] <= m.first < t.trigger.clause[1] for t in self.group for _, m in spots
        )
        found += [
            f"clause={clause}&broad={broad}", f"clause={clause}&type={self.type}&broad={broad}",
            f"where={where}&type={self.type}&broad={broad}", f"like-here={min(self.like_here[broad], 3)}&where={where}&broad={broad}",
        ]  # fmt: skip
        return found

    def _among_groups(self, id_: str, broad: str) -> list[str]:
        """What speaks for a group being whom nameless fighters are, and for those staying nameless."""
        level, foes, claim = self._nameless_level, self._foes, self._claim
        if broad == "unknown":
            said = f"groups={min(len(foes), 2)}"
            found = [f"claimed={claim is not None}&broad=unknown"]
        elif broad == "group":
            latest = self._latest
            rank = "only" if len(foes) == 1 else "first" if foes and foes[0][1] == id_ else "other"
            said = f"rank={rank}&latest={id_ in latest}"
            found = [
                f"claimed={claim == id_}&broad=group",
                f"rank={rank}&latest={id_ in latest}",
                f"friend={allied(id_, self.government)}",
            ]
        else:
            return []
        found += [f"nameless.{s}={level[s]}&{said}&family={self.family}" for s in "ab"]
        found += [f"nameless.{s}={level[s]}&{said}" for s in "ab"]
        found += [f"nameless.{s}={level[s]}&{said}&def={self.definite}" for s in "ab"]
        return found

    @cached_property
    def government(self) -> str:
        """The government where the event happened; "" where that is not known."""
        return self.ground.analysis.government(self.country) or ""

    @cached_property
    def _nameless_level(self) -> dict[str, str]:
        """How likely nameless fighters stand on each side, coarse."""
        return {s: "sure" if c >= 0.6 else "likely" if c >= 0.3 else "no" for s, c in self.nameless.items()}

    @cached_property
    def _foes(self) -> list[tuple[int, str]]:
        """The groups that are not on the government's side, the one named most often first."""
        return sorted(((n, i) for i, n in self.named.items() if not allied(i, self.government)), reverse=True)

    @cached_property
    def _latest(self) -> tuple[str, ...]:
        """The ids of the mention of such a group that stands last before the words that surest tell the event."""
        foes = {i for _, i in self._foes}
        before = [m for i in foes for m in self.mentions[i] if m.first < self.surest.trigger.first]
        return max(before, key=lambda m: m.first).ids if before else ()

    @cached_property
    def _claim(self) -> str | None:
        """The group that claims what is told."""
        claims = (self.ground.analysis.claimant(t.trigger.first) for t in self.group)
        return next(filter(None, claims), None)

    def _counted(self, id_: str, broad: str) -> list[str]:
        """Whom the event's figures count."""
        found = []
        hurt: list[str] = sorted({a.who for f in self.figures for a in f.quantity.who}) or ["nobody"]
        if broad in ("civilians", "unknown", "protesters", "rioters"):
            found += [f"hurt={w}&broad={broad}" for w in hurt]
            found += [f"hurt={w}&broad={broad}&type={self.type}" for w in hurt]
            found.append(f"figures={min(len(self.figures), 2)}&broad={broad}&type={self.type}")
        for figure in self.figures:
            for actor in figure.quantity.who:
                if id_ in ids_of(self.ground, actor, self.family, self.country):
                    found += [
                        f"counted={figure.outcome}", f"counted={figure.outcome}&broad={broad}",
                        f"counted&part={figure.part}&broad={broad}", f"counted&family={self.family}&broad={broad}",
                        f"counted-with={min(len(figure.quantity.who), 2)}",
                    ]  # fmt: skip
        return sorted(set(found))


@lru_cache(maxsize=4096)
def _steps(name: str, chance: float) -> tuple[str, ...]:
    """The feature `name>=step` of each step that a chance reaches."""
    return tuple(f"{name}>={step}" for step in _STEPS if chance >= step)


_LEAST, _MOST = 0.12, 6
"""How likely a party must be to be weighed at all, and how many are."""
_NONE = -0.3
"""What speaks against leaving a party out: a missing one costs as much as one too many, and most that are asked about
are none."""
_SAID = 3.0
"""How much more it counts where the report itself says who is whose foe."""
_BATTLE = {"parted": -1.0, "crowded": -1.0, "alone": -1.5, "mixed": 0.0}
_ONE_SIDED = {"parted": -0.6, "crowded": -1.5, "alone": -0.5, "mixed": -1.0}
"""What it counts, in logarithms of chances, that allies stand against each other, that parties who are no allies stand on
one side (of two that fight; or act together in what is one-sided), that a side is empty, and that people with and without
arms are hit by one one-sided act."""


def placed(chances: dict[str, dict[str, float]], type_: str, said: Said | None = None) -> dict[str, str]:
    """The side ("a" or "b") of each id that is a party of an event, from how likely each is to stand there, so that
    together they are most likely: allies with each other, foes apart. `said` are the pairs that the report itself sets on one
    side of a fight or against each other."""
    told = sorted(chances, key=lambda i: (chances[i]["none"], i))[:_MOST]
    told = [i for i in told if 1 - chances[i]["none"] >= _LEAST]
    two_sided = GROUP_OF[type_] == "battles"
    weights = _BATTLE if two_sided else _ONE_SIDED
    logs = {
        i: {s: math.log(max(p, 1e-9)) + (_NONE if s == "none" else 0.0) for s, p in chances[i].items()}
        for i in told
    }
    said = (said or {}) if two_sided else {}
    friends = {(i, j): said.get(frozenset((i, j)), allied(i, j)) for i, j in combinations(told, 2)}
    sure = {pair: _SAID if frozenset(pair) in said else 1.0 for pair in friends}

    def worth(sides: dict[str, str]) -> float:
        total = sum(logs[i][side] for i, side in sides.items())
        for (i, j), friendly in friends.items():
            if "none" in (sides[i], sides[j]):
                continue
            if friendly:
                total += weights["parted"] * sure[i, j] if sides[i] != sides[j] else 0.0
            elif sides[i] == sides[j] and (two_sided or sides[i] == "a"):
                total += weights["crowded"] * sure[i, j]
        if not two_sided and len({is_civil(i) for i, side in sides.items() if side == "b"}) > 1:
            total += weights["mixed"]
        if len(told) > 1:
            total += weights["alone"] * sum(side not in sides.values() for side in "ab")
        return total

    best = {i: max(sorted(logs[i]), key=lambda s: logs[i][s]) for i in told}
    value, better = worth(best), True
    while better:
        better = False
        for i in told:
            for side in ("a", "b", "none"):
                other = {**best, i: side}
                if worth(other) > value + 1e-9:
                    best, value, better = other, worth(other), True
    return {i: side for i, side in best.items() if side != "none"}
