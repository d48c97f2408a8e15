"""Who stands on which side of an event, and whose people its figures count."""

from __future__ import annotations

import msgspec

from sijill.coding.casualties import Figure
from sijill.coding.decisions import Models, Telling
from sijill.coding.evidence import evidence
from sijill.coding.ground import Ground
from sijill.coding.whose import Parties, Settled, side_features
from sijill.language.actors import allied, country_of, is_state
from sijill.language.mentions import ActorMention
from sijill.records import GROUP_OF, Casualty, Evidence

_PLANTED = ("ied", "suicide_bombing", "grenade")
_SUFFERED = ("arrests", "looting")
"""Kinds of the strategic group that somebody suffers."""


def _named_only(ids: list[str]) -> list[str]:
    """Without "gunmen" beside a group that is named: they are no second party."""
    named = any(
        not i.startswith("unidentified-") and i not in ("civilians", "protesters") and not is_state(i)
        for i in ids
    )
    return [i for i in ids if not (named and i.startswith("unidentified-"))]


class Sides:
    """Who stands on which side of one event, and whose dead its figures are."""

    def __init__(
        self, ground: Ground, models: Models, group: list[Telling], type_: str, country: str | None
    ) -> None:
        self.ground = ground
        self.told = group[0].trigger
        self.models = models
        self.type = type_
        self.family = GROUP_OF[type_]
        self.country = country
        self.scores: dict[str, dict[str, float]] = {}
        self.spots: dict[str, list[tuple[int, int, str]]] = {}
        self.flipped = False
        self.victims: set[str] = set()
        self.hurt: set[str] = set()
        for near in (
            True,
            False,
        ):  # who stands in the sentences that tell it; then, for a side that is empty, around them
            filled = {side for scores in self.scores.values() for side in scores}
            for g, (chance, side) in sorted(self.likely(group, near).items()):
                if side not in filled:
                    for actor in ground.groups[g].actors:
                        self.add(side, chance, actor)
        if self.family == "demonstrations" and not self.scores:
            self.scores["protesters"] = {"a": 1.0}
            self.spots["protesters"] = [(t.trigger.first, t.trigger.stop, t.trigger.rule) for t in group[:1]]

    def likely(self, group: list[Telling], near: bool) -> dict[int, tuple[float, str]]:
        """The groups of parties that more likely than not stand on a side, in the sentences that tell the event
        (`near`) or those beside them."""
        best: dict[int, tuple[float, str]] = {}
        for telling in group:
            for g, chances in telling.sides.items():
                if (self.ground.groups[g].sentence == telling.trigger.sentence) != near:
                    continue
                for side in "ab":
                    if chances[side] > best.get(g, (0.0, ""))[0]:
                        best[g] = (chances[side], side)
        return {g: found for g, found in best.items() if found[0] >= (0.5 if near else 0.6)}

    def add(self, side: str, chance: float, actor: ActorMention) -> None:
        for id_ in self.ids_of(actor, side):
            scores = self.scores.setdefault(id_, {})
            scores[side] = scores.get(side, 0.0) + chance
            self.spots.setdefault(id_, []).append((actor.first, actor.stop, actor.rule))

    def ids_of(self, actor: ActorMention, side: str) -> tuple[str, ...]:
        """The ids that a mention stands for on a side of this event; nobody is invented for "the forces" of no country."""
        if actor.ids:
            return actor.ids
        if actor.noun == "protester" and self.family == "demonstrations":
            return ("protesters",)
        if actor.who == "civilians":
            return ("protesters",) if self.family == "demonstrations" and side == "a" else ("civilians",)
        if actor.who == "persons":
            if self.family == "demonstrations" and side == "a":
                return ("protesters",)
            return ("civilians",) if side == "b" else ()
        if actor.who in ("state", "soldiers"):
            government = self.ground.analysis.government(self.country)
            return (government,) if government else ()
        claimant = self.ground.analysis.claimant(actor.first) if side == "a" else None
        if claimant and actor.who == "fighters":
            return (claimant,)
        if actor.who in ("fighters", "unknown") and self.country:
            return (f"unidentified-{self.country.lower()}",)
        return ()

    def read_figures(self, figures: list[Figure]) -> None:
        """The people that figures count stand on a side too: against whoever acts."""
        for figure in figures:
            self.hurt.update(a.who for a in figure.quantity.who)
            together = [
                self.scores[i] for a in figure.quantity.who for i in self.ids_of(a, "b") if i in self.scores
            ]
            on_a = sum(s.get("a", 0.0) - s.get("b", 0.0) for s in together) > 0
            for actor in figure.quantity.who:
                for id_ in self.ids_of(actor, "b"):
                    if figure.outcome in ("killed", "captured", "abducted", "arrested") and not figure.part:
                        self.victims.add(id_)
                    if id_ not in self.scores:
                        self.scores[id_] = {"a" if on_a and len(figure.quantity.who) > 1 else "b": 0.5}
                        self.spots[id_] = [(actor.first, actor.stop, actor.rule)]

    def result(self) -> tuple[tuple[str, ...], tuple[str, ...], list[Evidence]]:
        """side_a, side_b and their evidence, as the codebook orders the sides of each kind of event."""
        sides: dict[str, list[str]] = {"a": [], "b": []}
        for id_ in sorted(self.scores, key=lambda i: (min(self.spots[i]), i)):
            scores = self.scores[id_]
            sides["a" if scores.get("a", 0) > scores.get("b", 0) else "b"].append(id_)
        if self.family == "demonstrations":
            a, b = self._demonstration(sides["a"], sides["b"])
        elif self.family == "battles":
            a, b = self._battle(sides["a"], sides["b"])
        elif self.family == "strategic" and self.type not in _SUFFERED:
            a, b = sides["a"], sides["b"]
        else:
            a, b = self._one_sided(sides["a"], sides["b"])
        a, b = _named_only(a), _named_only(b)
        self.a, self.b = tuple(a), tuple(b)
        entries = []
        for side, ids in (("a", a), ("b", b)):
            for k, id_ in enumerate(ids):
                if id_ in self.spots:
                    spot, chance = self.spots[id_][0], self._chance(id_)
                    entries.append(evidence(self.ground, f"side_{side}[{k}]", *spot, chance))
                else:
                    told = self.told
                    entries.append(
                        evidence(
                            self.ground, f"side_{side}[{k}]", told.first, told.stop, "nobody else is said"
                        )
                    )
        return self.a, self.b, entries

    def _demonstration(self, a: list[str], b: list[str]) -> tuple[list[str], list[str]]:
        """Demonstrators act, whoever breaks in stands against them; where force without measure is used on them the
        force acts (codebook, "Demonstrations")."""
        crowd = ["rioters" if self.type in ("violent_demonstration", "mob_violence") else "protesters"]
        forces = [i for i in (*a, *b) if i not in ("protesters", "rioters", "civilians")]
        forces.sort(key=lambda i: not is_state(i))
        if self.type == "excessive_force_against_protesters":
            return forces[:1], crowd
        if self.type == "peaceful_protest":
            return crowd, []
        return crowd, [i for i in forces if is_state(i)][:1] or ([] if self.type != "mob_violence" else b[:1])

    def _battle(self, a: list[str], b: list[str]) -> tuple[list[str], list[str]]:
        """Camps face each other, the state's first; civilians are nobody's side."""
        a, b = ([i for i in side if i not in ("civilians", "protesters")] for side in (a, b))
        a, b = self._camps(a, b)
        self.flipped = self._should_flip(a, b)
        return (b, a) if self.flipped else (a, b)

    def _one_sided(self, a: list[str], b: list[str]) -> tuple[list[str], list[str]]:
        """Strikes, bombs, violence, arrests, looting: one party acts, on another or on civilians."""
        suffered = [i for i in a if i in self.victims]
        if self.family == "violence" or self.type == "arrests":  # who was killed or taken didn't do it
            if len(suffered) < len(a):
                a, b = [i for i in a if i not in suffered], suffered + b
        if self.type in _PLANTED:  # no state is told to lay bombs: it is whom they were meant for
            b = [*b, *(i for i in a if is_state(i) and i not in b)]
            a = [i for i in a if not is_state(i)]
        elif self.family == "explosions" and a and self.armed(tuple(b)):
            a, b = self._camps(a, b)
        if len(a) > 1:
            first = max(a, key=lambda i: (self.scores[i].get("a", 0.0), -a.index(i)))
            others = [i for i in a if i != first and not allied(i, first)]
            a = [first]
            if not b:
                b = others[:1]
        if self.family == "explosions" and self.armed(tuple(b)):
            b = [i for i in b if i != "civilians"]  # the force was aimed at, whoever died beside it
            first = max(b, key=lambda i: (self.scores[i].get("b", 0.0), -b.index(i)))
            b = [i for i in b if i == first or allied(i, first)]
        elif self.type in ("attack", "abduction") and b[:1] == ["civilians"]:
            b = ["civilians"]
        unknown = [f"unidentified-{self.country.lower()}"] if self.country else []
        if not a and (self.type in _PLANTED or self.family == "violence"):
            a = unknown
        if not b and (
            self.family == "violence" or self.unarmed_hurt
        ):  # violence is on civilians by the codebook
            b = ["civilians"]
        return a, b

    @property
    def unarmed_hurt(self) -> bool:
        """Whether the event's figures count people of whom no arms are said; without, whom a strike hit stays open."""
        return any(who in ("civilians", "persons") for who in self.hurt)

    def _chance(self, id_: str) -> float:
        """How likely a party stands where it was put: the most that any mention of it was given."""
        return min(1.0, max(self.scores.get(id_, {}).values(), default=0.0))

    def _camps(self, a: list[str], b: list[str]) -> tuple[list[str], list[str]]:
        """Allies fight on one side: who is allied with the other side's first party and not with its own goes over;
        where one side is empty, the state and its allies, or else the party named first and its own, stand against the rest."""
        if a and b and all(i.startswith("unidentified-") for i in b):
            states = [i for i in a if is_state(i) or any(is_state(j) and allied(i, j) for j in a)]
            foes = [i for i in a if i not in states]
            if states and foes:  # the gunmen are those whom the report names beside the state
                return states, foes
        if a and b:

            def elsewhere(i: str, own: list[str], other: list[str]) -> bool:
                ours, theirs = (sum(allied(i, j) for j in side if j != i) for side in (own, other))
                return theirs > ours

            go_b = [i for i in a if elsewhere(i, a, b)] if len(a) > 1 else []
            go_a = [i for i in b if elsewhere(i, b, a)] if len(b) > 1 else []
            if len(go_a) == len(b) or len(go_b) == len(a):
                return a, b
            return [i for i in a if i not in go_b] + go_a, [i for i in b if i not in go_a] + go_b
        together = a or b
        states = [i for i in together if is_state(i)]
        with_state = [i for i in together if i in states or any(allied(i, s) for s in states)]
        rest = [i for i in together if i not in with_state and i not in ("civilians", "protesters")]
        if with_state and rest:
            return with_state, rest
        with_first = [i for i in together if i == together[0] or allied(i, together[0])]
        others = [i for i in rest if i not in with_first]
        return (with_first, others) if others and not states else (a, b)

    def _should_flip(self, a: list[str], b: list[str]) -> bool:
        """Battles: the state side of the country stands first, else any state."""
        states_a = [i for i in a if is_state(i)]
        states_b = [i for i in b if is_state(i)]
        if self.country and any(country_of(i) == self.country for i in states_b):
            return not any(country_of(i) == self.country for i in states_a)
        return bool(states_b) and not states_a

    def casualties(self, figures: list[Figure]) -> tuple[tuple[Casualty, ...], list[Evidence]]:
        """The event's figures: each once, parts under their whole; a figure told twice stands once."""
        found: list[Casualty] = []
        entries: list[Evidence] = []
        whole: int | None = None
        before: Settled | None = None
        for figure in figures:
            side, chance = self.side_of(figure, before)
            before = Settled(figure, side)
            quantity = figure.quantity
            casualty = Casualty(
                outcome=figure.outcome,  # type: ignore[arg-type]
                side=side,  # type: ignore[arg-type]
                n=quantity.n,
                bound=quantity.bound,  # type: ignore[arg-type]
                part_of=whole if figure.part else None,
                n_high=quantity.high,
            )
            if figure.part and (
                whole is None
                or found[whole].n is not None
                and quantity.n is not None
                and quantity.n > (found[whole].n or 0)
            ):
                continue
            same = self.already(found, casualty)
            index = same if same is not None else len(found)
            if same is None:
                found.append(casualty)
            elif (
                found[same].bound == "exact"
                and casualty.bound in ("at_least", "at_most", "about")
                and casualty.n == found[same].n
            ):
                found[same] = msgspec.structs.replace(
                    found[same], bound=casualty.bound, n_high=casualty.n_high
                )
            entries.append(
                evidence(
                    self.ground, f"casualties[{index}]", quantity.first, quantity.stop, figure.rule, chance
                )
            )
            if not figure.part:
                whole = index
        return tuple(found), entries

    def already(self, found: list[Casualty], casualty: Casualty) -> int | None:
        """The index of a figure that says the same: equal, or a vague one where a number stands already."""
        for k, other in enumerate(found):
            if (other.part_of is None) != (casualty.part_of is None) or other.outcome != casualty.outcome:
                continue
            if other.n == casualty.n and (
                other.side == casualty.side or "unknown" in (other.side, casualty.side)
            ):
                return k
            if casualty.n is None and casualty.part_of is None and other.side == casualty.side:
                return k
        return None

    def side_of(self, figure: Figure, before: Settled | None) -> tuple[str, float]:
        """Whose people a figure counts, as its words and the event's sides make most likely, and how likely; `before` is
        the figure of the event before it."""
        parties = Parties(self.type, self.a, self.b, self.country)
        chances = self.models.side.probabilities(side_features(self.ground, figure, parties, before))
        possible = [s for s in sorted(chances) if (s != "a" or self.a) and (s != "b" or self.armed(self.b))]
        best = max(possible, key=lambda s: chances[s])
        return best, chances[best]

    def armed(self, ids: tuple[str, ...]) -> bool:
        return any(i not in ("civilians", "protesters") for i in ids)
