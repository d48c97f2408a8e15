"""Who stands on which side of an event, and whose people its figures count."""

from __future__ import annotations

import msgspec

from sijill.coding.between import said_between
from sijill.coding.casualties import Figure
from sijill.coding.decisions import Models, Telling
from sijill.coding.evidence import evidence
from sijill.coding.ground import Ground
from sijill.coding.parties import CROWDS, Party, parties, placed
from sijill.coding.whose import Opposed, Settled, side_features, standing
from sijill.language.actors import country_of, is_civil, is_state
from sijill.language.mentions import ActorMention
from sijill.records import GROUP_OF, Casualty, Evidence

_ARMED = ("state", "soldiers", "fighters", "group", "leaders")
_CROWDED = ("violent_demonstration", "mob_violence")
"""Demonstrations whose people are rioters."""
_LAID = ("ied", "suicide_bombing", "grenade")
"""What somebody laid, wore or threw, also where nobody is said to have (codebook, "Unknown hands")."""


class Sides:
    """Who stands on which side of one event, and whose dead its figures are."""

    def __init__(
        self,
        ground: Ground,
        models: Models,
        group: list[Telling],
        type_: str,
        country: str | None,
        figures: list[Figure],
    ) -> None:
        self.ground = ground
        self.told = group[0].trigger
        self.models = models
        self.type = type_
        self.family = GROUP_OF[type_]
        self.country = country
        self.spots: dict[str, list[tuple[int, int, str]]] = {}
        found = parties(ground, group, figures, type_, country)
        chances = {party.id: models.party.probabilities(party.features) for party in found}
        self.chances = chances
        said = (
            said_between(ground, sorted({t.trigger.sentence for t in group}))
            if self.family == "battles"
            else None
        )
        self.sides = placed(chances, type_, said)
        for party in found:
            if party.id in self.sides:
                self.spots[party.id] = [(m.first, m.stop, m.rule) for m in self._nearest(group, party)]

    def _nearest(self, group: list[Telling], party: Party) -> list[ActorMention]:
        return sorted(
            party.mentions,
            key=lambda m: (
                min(abs(self.ground.analysis.sentence_of(m.first) - t.trigger.sentence) for t in group),
                m.first,
            ),
        )

    def result(self) -> tuple[tuple[str, ...], tuple[str, ...], list[Evidence]]:
        """side_a, side_b and their evidence, as the codebook orders the sides of each kind of event."""
        told = self.told
        here = (told.first, told.stop, told.rule)
        order = sorted(self.sides, key=lambda i: (min(self.spots[i] or [here]), i))
        a, b = ([i for i in order if self.sides[i] == side] for side in "ab")
        if self.family == "demonstrations":
            a, b = self._demonstration(a, b)
        elif self.type in _LAID and not a and self.country:
            a = [f"unidentified-{self.country.lower()}"]
        elif self.family == "battles" and self._should_flip(a, b):
            a, b = b, a
        self.a, self.b = tuple(a), tuple(b)
        entries = []
        for side, ids in (("a", a), ("b", b)):
            for k, id_ in enumerate(ids):
                if self.spots.get(id_):
                    spot, chance = self.spots[id_][0], self._chance(id_)
                    entries.append(evidence(self.ground, f"side_{side}[{k}]", *spot, chance))
                else:
                    entries.append(
                        evidence(
                            self.ground, f"side_{side}[{k}]", told.first, told.stop, "nobody else is said"
                        )
                    )
        return self.a, self.b, entries

    def _demonstration(self, a: list[str], b: list[str]) -> tuple[list[str], list[str]]:
        """The crowd acts, and force without measure is used on it (codebook, "Demonstrations")."""
        crowd = "rioters" if self.type in _CROWDED else "protesters"
        a, b = ([i for i in ids if i not in CROWDS] for ids in (a, b))
        if self.type == "excessive_force_against_protesters":
            force = [i for i in (*a, *b) if i != "civilians"]
            return force or self._force(), [crowd]
        if self.type == "peaceful_protest":
            b = []
        elif self.type != "mob_violence":
            b = [i for i in b if i != "civilians"]
        if self.type == "protest_with_intervention" and not b:
            b = self._force()
        return [crowd, *(i for i in a if i != "civilians")], b

    def _force(self) -> list[str]:
        """Whose force a crowd met where no party is sure enough: of the states that are spoken of the likeliest, else of
        the country's government."""
        states = [i for i in sorted(self.chances) if is_state(i)]
        likely = max(states, key=lambda i: 1 - self.chances[i]["none"], default=None)
        force = likely or self.ground.analysis.government(self.country)
        return [force] if force else []

    def _chance(self, id_: str) -> float:
        """How likely a party stands where it was put."""
        known = self.chances.get(id_)
        return max(known["a"], known["b"]) if known else 0.0

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
            rival = self.rival(figure, casualty, found)
            if rival is not None:
                whole = rival
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
            if (
                figure.part
                and same is not None
                and found[same].part_of is None
                and all(c.part_of != same for c in found)
            ):
                found[same] = msgspec.structs.replace(found[same], part_of=whole)
            entries.append(
                evidence(
                    self.ground, f"casualties[{index}]", quantity.first, quantity.stop, figure.rule, chance
                )
            )
            if not figure.part and found[index].part_of is None:
                whole = index
        return tuple(found), entries

    def rival(self, figure: Figure, casualty: Casualty, found: list[Casualty]) -> int | None:
        """The index of the figure in whose stead a side gives another, of what the other lost ("مقتل 13 من المسلحين، بينما قالت
        الحركة إنها قتلت عشرين جنديا"): of rival tolls the first stands. None where it is the only one."""
        if casualty.n is None or casualty.part_of is not None:
            return None
        told = (casualty.outcome, casualty.side)
        for k, other in enumerate(found):
            if (
                (other.outcome, other.side) == told
                and other.part_of is None
                and other.n not in (None, casualty.n)
            ):
                return k if self._claimed_by_foe(figure, casualty.side) else None
        return None

    def _claimed_by_foe(self, figure: Figure, side: str) -> bool:
        """Whether the last speaker before a figure in its sentence is a party that does not stand on a side."""
        first = self.ground.analysis.sentences[figure.sentence].first
        token = min(figure.cue, figure.quantity.first)
        before = [s for s in self.ground.analysis.speakers if first <= s.first < token]
        speaker = max(before, key=lambda s: s.first, default=None)
        own = {"a": self.a, "b": self.b}.get(side, ())
        return (
            speaker is not None
            and speaker.kind == "party"
            and speaker.actor is not None
            and speaker.actor not in own
        )

    def already(self, found: list[Casualty], casualty: Casualty) -> int | None:
        """The index of a figure that says the same: equal, or a vague one where a number stands already. A part may be
        told again by itself ("12 قتيلا بينهم خمسة عسكريين ... مقتل خمسة عسكريين"), and a figure again as a part."""
        for k, other in enumerate(found):
            if other.outcome != casualty.outcome:
                continue
            if (other.part_of is None) != (casualty.part_of is None):
                if other.n is not None and (other.n, other.side) == (casualty.n, casualty.side):
                    return k
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
        parties = Opposed(self.type, self.a, self.b, self.country)
        chances = self.models.side.probabilities(side_features(self.ground, figure, parties, before))
        hit = self.hits_armed(figure, parties)
        possible = [
            s
            for s in sorted(chances)
            if (s != "a" or (self.a and not hit)) and (s != "b" or hit or self.armed(self.b))
        ]
        best = max(possible, key=lambda s: chances[s])
        return best, chances[best]

    def hits_armed(self, figure: Figure, parties: Opposed) -> bool:
        """Whether a figure of what one side does to another counts armed people, who are then whom it was done to, named or
        not ("غارة تركية ... استشهاد أربعة مقاتلين"); not those who are named as the side that acts ("his own men")."""
        if self.family not in ("explosions", "violence") or figure.outcome in ("arrested", "abducted"):
            return False
        who = figure.quantity.who
        armed = (
            bool(who)
            and (who[0].who in _ARMED or bool(who[0].ids))
            and not any(is_civil(i) for a in who for i in a.ids)
        )
        return armed and all(standing(self.ground, a, parties) != "a" for a in who)

    def armed(self, ids: tuple[str, ...]) -> bool:
        return any(i not in ("civilians", "protesters") for i in ids)
