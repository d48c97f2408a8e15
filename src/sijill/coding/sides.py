"""Who stands on which side of an event, and whose people its figures count."""

from __future__ import annotations

import msgspec

from sijill.coding.casualties import Figure
from sijill.coding.decisions import Models, Telling
from sijill.coding.evidence import evidence
from sijill.coding.features import side_features
from sijill.coding.ground import Ground
from sijill.language.actors import allied, country_of, is_state
from sijill.language.mentions import ActorMention
from sijill.records import GROUP_OF, Casualty, Evidence


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
        if actor.who in ("fighters", "unknown") and self.country:
            return (f"unidentified-{self.country.lower()}",)
        return ()

    def read_figures(self, figures: list[Figure]) -> None:
        """The people that figures count stand on a side too: against whoever acts."""
        for figure in figures:
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
        """side_a, side_b and their evidence, the state side first in battles."""
        sides: dict[str, list[str]] = {"a": [], "b": []}
        for id_ in sorted(self.scores, key=lambda i: (min(self.spots[i]), i)):
            scores = self.scores[id_]
            sides["a" if scores.get("a", 0) > scores.get("b", 0) else "b"].append(id_)
        if self.family == "violence" or self.type == "arrests":  # who was killed or taken didn't do it
            suffered = [i for i in sides["a"] if i in self.victims]
            if len(suffered) < len(sides["a"]):
                sides = {"a": [i for i in sides["a"] if i not in suffered], "b": suffered + sides["b"]}
        if self.family == "explosions" and sides["a"] and self.armed(tuple(sides["b"])):
            sides["a"], sides["b"] = self._camps(sides["a"], sides["b"])
        if self.family in ("battles", "explosions") and len(sides["b"]) > 1:
            sides["b"] = [
                i for i in sides["b"] if i != "civilians"
            ]  # the force was aimed at, whoever died beside it
        if self.family == "battles":
            sides["a"], sides["b"] = self._camps(sides["a"], sides["b"])
            self.flipped = self._should_flip(sides["a"], sides["b"])
            if self.flipped:
                sides = {"a": sides["b"], "b": sides["a"]}
        for side in "ab":  # "gunmen" are no second party beside a group that is named
            named = [
                i
                for i in sides[side]
                if not i.startswith("unidentified-")
                and i not in ("civilians", "protesters")
                and not is_state(i)
            ]
            sides[side] = [i for i in sides[side] if not (named and i.startswith("unidentified-"))]
        if (
            self.family == "explosions"
            and self.type in ("ied", "suicide_bombing")
            and not sides["a"]
            and self.country
        ):
            sides["a"] = [f"unidentified-{self.country.lower()}"]
        armed = [i for i in sides["b"] if i not in ("civilians", "protesters")]
        if armed and "civilians" in sides["b"] and self.family == "violence":
            sides["b"] = (
                ["civilians"]
                if self.type in ("attack", "abduction") and sides["b"][0] == "civilians"
                else sides["b"]
            )
        self.a, self.b = tuple(sides["a"]), tuple(sides["b"])
        entries = [
            evidence(self.ground, f"side_{side}[{k}]", *self.spots[id_][0], self._chance(id_))
            for side in "ab"
            for k, id_ in enumerate(sides[side])
            if id_ in self.spots
        ]
        if sides["a"] and not any(e.field.startswith("side_a") for e in entries):
            entries += [
                evidence(
                    self.ground,
                    "side_a[0]",
                    self.told.first,
                    self.told.stop,
                    "nobody is said to have laid it",
                )
            ]
        return self.a, self.b, entries

    def _chance(self, id_: str) -> float:
        """How likely a party stands where it was put: the most that any mention of it was given."""
        return min(1.0, max(self.scores.get(id_, {}).values(), default=0.0))

    def _camps(self, a: list[str], b: list[str]) -> tuple[list[str], list[str]]:
        """Allies fight on one side: who is allied with the other side's first party and not with its own goes over;
        where one side is empty, the state and its allies, or else the party named first and its own, stand against the rest."""
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
        side = "unknown"
        for figure in figures:
            side, chance = self.side_of(figure, side if figure.part or figure.quantity.others else None)
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

    def side_of(self, figure: Figure, inherited: str | None) -> tuple[str, float]:
        """Whose people a figure counts, as its words and the event's sides make most likely, and how likely."""
        features = side_features(figure, self.type, (self.a, self.b), self.match(figure), inherited)
        chances = self.models.side.probabilities(features)
        possible = [s for s in sorted(chances) if (s != "a" or self.a) and (s != "b" or self.armed(self.b))]
        best = max(possible, key=lambda s: chances[s])
        return best, chances[best]

    def armed(self, ids: tuple[str, ...]) -> bool:
        return any(i not in ("civilians", "protesters") for i in ids)

    def match(self, figure: Figure) -> str:
        """The side on which the people of a figure stand by their ids: "a", "b", "civilians", "none"."""
        for actor in figure.quantity.who:
            for id_ in self.ids_of(actor, "b"):
                if id_ in ("civilians", "protesters"):
                    return "civilians"
                if id_ in self.a:
                    return "a"
                if id_ in self.b:
                    return "b"
        return "none"
