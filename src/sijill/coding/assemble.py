"""Assembly: from what was decided to the codebook's record of one report, every cell with its evidence."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta
from itertools import pairwise
from typing import NamedTuple

import msgspec

from sijill.coding.casualties import Figure
from sijill.coding.decisions import (
    Models,
    Telling,
    accepted,
    add_details,
    cluster,
    is_tally,
    join,
    owner_of,
    place_key,
)
from sijill.coding.features import event_features, side_features
from sijill.coding.ground import Ground
from sijill.coding.status import sources_of, status_of
from sijill.coding.typing_of_events import type_features
from sijill.language.actors import allied, country_of, is_state
from sijill.language.mentions import ActorMention
from sijill.language.places import PlaceMention
from sijill.language.times import TimeMention
from sijill.records import GROUP_OF, Casualty, Event, Evidence, Place

ACCEPT = 0.25
"""How likely a trigger must be to tell an event, to be proposed."""
WEAK, DETAIL = 0.15, 0.8
"""How likely a trigger must be to tell a detail of an event that others tell, and how likely to tell that same event."""
STANDS = 0.42
"""How likely what was assembled must be an event, to stand."""
SAME = 0.5
"""How likely two triggers must be to tell one event."""
TALLY = 0.35
SPLIT = 0.6
"""How likely each of several places must be, for a trigger to tell an event at each."""


class Assembled(NamedTuple):
    """An event with the triggers that tell it and the figures that it took."""

    event: Event
    tellings: list[Telling]
    figures: list[Figure]


def assemble(ground: Ground, models: Models) -> tuple[list[Assembled], list[Figure]]:
    """The events of a report, in order of their first words, and the figures that are tallies."""
    proposed, tally_figures = propose(ground, models)
    found = []
    for assembled in proposed:
        features = features_of(ground, assembled, len(proposed))
        confidence = models.event.probability(features)
        if confidence >= STANDS:
            found.append(replace_event(assembled, confidence=round(confidence, 3)))
    return found, tally_figures


def features_of(ground: Ground, assembled: Assembled, size: int) -> list[str]:
    """The features by which it is decided whether what was assembled stands."""
    main = _main(assembled.tellings)
    event = assembled.event
    time = next((t.time for t in main if t.time), None)
    when = event.date_precision if event.start else time.precision if time else 0
    last = date.fromisoformat(event.end or event.start) if event.start else time.last if time else None
    age = (ground.analysis.reference - last).days if last else None
    return event_features(
        ground, assembled.event, [t.trigger for t in main], [t.probability for t in main], size, when, age
    )


def _main(tellings: list[Telling]) -> list[Telling]:
    """The triggers that tell the event by themselves, apart from those that add a detail."""
    return [t for t in tellings if t.probability >= ACCEPT] or tellings


def propose(ground: Ground, models: Models) -> tuple[list[Assembled], list[Figure]]:
    """What may be the events of a report, before it is decided which of them stand; and the figures that are tallies."""
    tellings = accepted(ground, models, WEAK)
    groups = join(
        ground, models, cluster(ground, models, [t for t in tellings if t.probability >= ACCEPT], SAME)
    )
    add_details(ground, models, groups, [t for t in tellings if t.probability < ACCEPT])
    groups = split_places(ground, groups)
    tally_figures = _tally_figures(ground, models)
    owned: dict[int, list[Figure]] = defaultdict(list)
    last_owner: int | None = None
    for figure in ground.figures:
        if figure in tally_figures:
            continue
        owner = last_owner if figure.part else owner_of(ground, models, figure, groups)[0]
        last_owner = owner
        if owner is not None:
            owned[owner].append(figure)
    found = [_event(ground, models, group, owned[k]) for k, group in enumerate(groups)]
    return [a for a in found if _stands(a)], tally_figures


def split_places(ground: Ground, groups: list[list[Telling]]) -> list[list[Telling]]:
    """One event a place where one trigger tells of several ("demonstrations in Baghdad, Basra and Najaf"): places of one
    sentence that each are likely and of which none lies in another."""
    found: list[list[Telling]] = []
    for group in groups:
        spots: dict[object, tuple[Telling, float, PlaceMention]] = {}
        for telling in group:
            for chance, place in telling.places:
                if chance >= SPLIT and (place_key(place) not in spots or chance > spots[place_key(place)][1]):
                    spots[place_key(place)] = (telling, chance, place)
        apart = _apart(ground, [place for _, _, place in spots.values()])
        if len(apart) < 2:
            found.append(group)
            continue
        for place in sorted(apart, key=lambda p: p.first):
            key = place_key(place)
            own = [t for t in group if any(place_key(p) == key and c >= SPLIT for c, p in t.places)]
            found.append(
                [
                    msgspec.structs.replace(t, places=[(c, p) for c, p in t.places if place_key(p) == key])
                    for t in own
                ]
            )
    return found


def _apart(ground: Ground, places: list[PlaceMention]) -> list[PlaceMention]:
    """Places that are joined in one sentence and of which none holds another: those of the finest level that at least
    two of them have."""
    exact = [p for p in places if p.precision <= 2 and p.lat is not None]
    units = [p for p in places if p.precision in (3, 4)]
    level = exact if len(exact) > 1 else units if len(units) > 1 and not exact else []
    level.sort(key=lambda p: p.first)
    return level if all(_joined(ground, p, q) for p, q in pairwise(level)) else []


def _joined(ground: Ground, left: PlaceMention, right: PlaceMention) -> bool:
    """Whether "و", "and" or a comma joins two places that stand close in one sentence."""
    if (
        ground.analysis.sentence_of(left.first) != ground.analysis.sentence_of(right.first)
        or right.first - left.stop > 6
    ):
        return False
    between = ground.forms[left.stop : right.first + 1]
    return any(form in ("،", ",", "و", "and") or (form.startswith("و") and len(form) > 2) for form in between)


def _tally_figures(ground: Ground, models: Models) -> list[Figure]:
    """Figures that are tallies; a part goes with its whole."""
    found: list[Figure] = []
    whole_is_tally = False
    for figure in ground.figures:
        if not figure.part and not figure.rule.endswith("+joined"):
            whole_is_tally = is_tally(ground, models, figure) >= TALLY
        if whole_is_tally:
            found.append(figure)
    return found


def _stands(assembled: Assembled) -> bool:
    """An event stands on a place, a time, a party or a figure; a bare word tells none."""
    event = assembled.event
    return bool(event.place or event.start or event.side_a or event.side_b or event.casualties)


def evidence(ground: Ground, field: str, first: int, stop: int, rule: str) -> Evidence:
    """An evidence entry for tokens `first` to `stop`."""
    start, end = ground.analysis.words.span(first, stop)
    return Evidence(field=field, start=start, end=end, text=ground.analysis.report.text[start:end], rule=rule)


def _event(ground: Ground, models: Models, group: list[Telling], figures: list[Figure]) -> Assembled:
    entries: list[Evidence] = [
        evidence(ground, "type", t.trigger.first, t.trigger.stop, t.trigger.rule) for t in group
    ]
    main = _main(group)
    type_ = likely_type(models.type.probabilities(type_features(ground, main)), main)
    place, place_entries = best_place(ground, group)
    start, end, precision, time_entries = best_time(ground, group, GROUP_OF[type_])
    sides = _Sides(ground, models, group, type_, place.country if place else ground.analysis.country)
    sides.read_figures(figures)
    side_a, side_b, side_entries = sides.result()
    casualties, casualty_entries = sides.casualties(figures)
    event = Event(
        type=type_,  # type: ignore[arg-type]
        status=status_of(ground, group, (*side_a, *side_b)),
        start=start,
        end=end,
        date_precision=precision,
        place=place,
        side_a=side_a,
        side_b=side_b,
        casualties=casualties,
        sources=sources_of(ground, group),
        means=_means(ground, group),
        confidence=round(max(t.probability for t in group), 3),
        evidence=(*entries, *place_entries, *time_entries, *side_entries, *casualty_entries),
    )
    return Assembled(event, group, figures)


def likely_type(chances: dict[str, float], group: list[Telling]) -> str:
    """The likeliest type among those of the groups that the triggers stand for; a word that goes with everything leaves
    the whole of violence open. The type that a kind gives by itself counts double."""
    kinds = {t.trigger.kind for t in group}
    groups = {k.group for k in kinds}
    if any(k.family == "any" for k in kinds):
        groups |= {"battles", "explosions", "violence"}
    if any(k.group == "battles" and k.strength > 0 for k in kinds):
        groups -= {"strategic"}  # a withdrawal inside a battle doesn't make it a handover
    defaults = {k.type for k in kinds}
    possible = [c for c in sorted(chances) if GROUP_OF[c] in groups] or sorted(chances)
    return max(possible, key=lambda c: chances[c] * (2 if c in defaults else 1))


def to_place(mention: PlaceMention) -> Place:
    """The record's place of a mention."""
    return Place(
        name=mention.name,
        country=mention.country,
        lat=mention.lat,
        lon=mention.lon,
        precision=mention.precision,
    )


def best_place(ground: Ground, group: list[Telling]) -> tuple[Place | None, list[Evidence]]:
    """Where an event happened: the place that its triggers together most likely mean."""
    totals: dict[object, float] = defaultdict(float)
    mentions: dict[object, tuple[float, PlaceMention]] = {}
    for telling in group:
        for chance, place in telling.places:
            key = place_key(place)
            totals[key] += chance
            if key not in mentions or chance > mentions[key][0]:
                mentions[key] = (chance, place)
    if not totals:
        return None, []
    key = max(totals, key=lambda k: (totals[k], -mentions[k][1].first))
    chance, mention = mentions[key]
    if chance < 0.25:
        return None, []
    return located(ground, mention), [evidence(ground, "place", mention.first, mention.stop, mention.rule)]


def located(ground: Ground, mention: PlaceMention) -> Place:
    """The record's place of a mention. One that no gazetteer knows takes the coordinates of the known place that its
    sentence sets it in ("قرية الحميرة في كركوك"), no finer than a district."""
    place = to_place(mention)
    if place.lat is not None:
        return place
    sentence = ground.analysis.sentence_of(mention.first)
    around = [
        p
        for p in ground.places
        if p.lat is not None and p.precision <= 4 and ground.analysis.sentence_of(p.first) == sentence
    ]
    if not around:
        return place
    parent = min(around, key=lambda p: (abs(p.first - mention.first), p.first))
    return msgspec.structs.replace(
        place,
        name=f"{place.name}, {parent.name}",
        country=parent.country,
        lat=parent.lat,
        lon=parent.lon,
        precision=max(3, parent.precision),
    )


def best_time(
    ground: Ground, group: list[Telling], family: str
) -> tuple[str | None, str | None, int, list[Evidence]]:
    """When: first and last day, UCDP precision and evidence. A battle spans the days that its triggers name."""
    scored: dict[int, tuple[float, TimeMention]] = {}
    for telling in group:
        for chance, time in telling.times:
            if time.first_token not in scored or chance > scored[time.first_token][0]:
                scored[time.first_token] = (chance, time)
    ranked = sorted(scored.values(), key=lambda item: (-item[0], item[1].first_token))
    if not ranked or ranked[0][0] < 0.3:
        return None, None, 5, []
    best = ranked[0][1]
    chosen = [best]
    if family == "battles":
        days = {
            t.time.first_token: t.time
            for t in group
            if t.time
            and t.times[0][0] >= 0.5
            and (t.trigger.kind.group == "battles" or t.trigger.kind.family == "fight")
        }
        chosen += [
            t for token, t in sorted(days.items())
            if token != best.first_token and t.precision <= 2 and best.precision <= 2 and t.first and best.first and abs((t.first - best.first).days) <= 5
        ]  # fmt: skip
    entries = [evidence(ground, "start", t.first_token, t.stop, t.rule) for t in chosen]
    spans = [(ground.analysis.days(t), t.kind) for t in chosen]
    dated = [(first, first if kind == "since" else last or first) for (first, last), kind in spans if first]
    if not dated:
        return None, None, 5, entries
    first, last = min(d for d, _ in dated), max(d for _, d in dated)
    return first.isoformat(), last.isoformat(), best.precision, entries


def _means(ground: Ground, group: list[Telling]) -> tuple[str, ...]:
    """Weapons and tactics said in the clauses that tell the event."""
    found: list[str] = []
    for telling in group:
        first, stop = telling.trigger.clause
        for i in range(first, stop):
            found += [c.partition(":")[2] for c in ground.cues.get(i, ()) if c.startswith("means:")]
    return tuple(dict.fromkeys(found))


class _Sides:
    """Who stands on which side of one event, and whose dead its figures are."""

    def __init__(
        self, ground: Ground, models: Models, group: list[Telling], type_: str, country: str | None
    ) -> None:
        self.ground = ground
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
        if self.family == "battles":
            sides["b"] = [i for i in sides["b"] if i != "civilians"] if len(sides["b"]) > 1 else sides["b"]
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
            evidence(self.ground, f"side_{side}[{k}]", *self.spots[id_][0][:2], self.spots[id_][0][2])
            for side in "ab"
            for k, id_ in enumerate(sides[side])
            if id_ in self.spots
        ]
        if sides["a"] and not any(e.field.startswith("side_a") for e in entries):
            entries += [
                evidence(self.ground, "side_a[0]", *self.first_words(), "nobody is said to have laid it")
            ]
        return self.a, self.b, entries

    def first_words(self) -> tuple[int, int]:
        trigger = self.ground.triggers[0] if self.ground.triggers else None
        return (trigger.first, trigger.stop) if trigger else (0, 1)

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
            side = self.side_of(figure, side if figure.part or figure.quantity.others else None)
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
                evidence(self.ground, f"casualties[{index}]", quantity.first, quantity.stop, figure.rule)
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

    def side_of(self, figure: Figure, inherited: str | None) -> str:
        """Whose people a figure counts: as its words and the event's sides make most likely."""
        features = side_features(figure, self.type, (self.a, self.b), self.match(figure), inherited)
        chances = self.models.side.probabilities(features)
        possible = [s for s in sorted(chances) if (s != "a" or self.a) and (s != "b" or self.armed(self.b))]
        return max(possible, key=lambda s: chances[s])

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


def within(day: date, first: date, last: date, slack: int) -> bool:
    """Whether a day lies in a span, give or take."""
    return first - timedelta(slack) <= day <= last + timedelta(slack)


def replace_event(assembled: Assembled, **changes: object) -> Assembled:
    """The same with fields of the event changed."""
    return assembled._replace(event=msgspec.structs.replace(assembled.event, **changes))
