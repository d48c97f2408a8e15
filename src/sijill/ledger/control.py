"""Who holds a place from when to when, and on whose word.

Every control change of the records that speaks of one place is a claim; claims of the same change (the same taker within a
few days) are one change with several words for it. A full change ends the spell of whoever held the place; a partial one
opens a shared spell; rival takers within the days of one change make the spell contested.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Literal

import msgspec

from sijill.language.transliteration import skeletons
from sijill.ledger.accounts import days_between, house_of
from sijill.ledger.comparisons import great_circle
from sijill.ledger.parties import is_unidentified, of_one_camp
from sijill.records import ControlChange, Extent, Manner, Place, Record

State = Literal["held", "partial", "contested", "left"]

ONE_CHANGE_DAYS = 3
"""Days within which two reports of the same taker are of one change."""
ONE_PLACE_KM = 2.0
_SAME_NAME_KM = 25.0


class ControlClaim(msgspec.Struct, frozen=True, kw_only=True):
    """A control change as one report has it. `index` into `Record.control`; `day` its date, else the day of publication
    (`dated` is False then)."""

    record: str
    index: int
    voice: str
    house: str
    place: Place
    day: str
    dated: bool
    before: tuple[str, ...]
    after: tuple[str, ...]
    extent: Extent
    manner: Manner


class Spell(msgspec.Struct, frozen=True, kw_only=True):
    """A stretch of time with one state of a place. `holders` hold it, in part if `partial`; where it's `contested` they
    are the rivals; of a place that was `left` nobody is said to have taken over. `start` is None of what is known only by
    being lost, `end` None of what lasts as far as anybody tells. `words` are the claims that open it."""

    holders: tuple[str, ...]
    state: State
    start: str | None
    end: str | None
    manner: Manner = "unknown"
    voices: tuple[str, ...] = ()
    words: tuple[ControlClaim, ...] = ()


class Timeline(msgspec.Struct, frozen=True, kw_only=True):
    """The spells of a place in order of time, without gaps from the first to the last."""

    place: Place
    spells: tuple[Spell, ...]

    def on(self, day: str) -> Spell | None:
        """The spell of a day (ISO date); None before anything is told."""
        found = None
        for spell in self.spells:
            if (spell.start or "") <= day and (spell.end is None or day < spell.end):
                found = spell
        return found


def timelines(records: Iterable[Record], voices: Mapping[str, str] | None = None) -> tuple[Timeline, ...]:
    """The timeline of every place that changes hands, sorted by name. The order of the records changes nothing."""
    groups = _by_place(control_claims(records, voices))
    return tuple(
        sorted(
            (timeline(group) for group in groups),
            key=lambda t: (t.place.name, t.place.lat or 0.0, t.place.lon or 0.0),
        )
    )


def control_claims(records: Iterable[Record], voices: Mapping[str, str] | None = None) -> list[ControlClaim]:
    """The control changes of the records that have a place and a day, sorted by day and report."""
    found = []
    for record in records:
        for index, change in enumerate(record.control):
            day = change.start or record.report.published
            if change.place is not None and day is not None:
                found.append(_claim(record, index, change, change.place, day, voices or {}))
    return sorted(found, key=_order)


def _claim(
    record: Record, index: int, change: ControlChange, place: Place, day: str, voices: Mapping[str, str]
) -> ControlClaim:
    own = record.report.id
    return ControlClaim(
        record=own, index=index, voice=voices.get(own, own), house=house_of(record, change.sources)[0], place=place, day=day,
        dated=change.start is not None, before=change.from_, after=change.to, extent=change.extent, manner=change.manner,
    )  # fmt: skip


def _order(claim: ControlClaim) -> tuple[str, str, int]:
    return claim.day, claim.record, claim.index


def same_place(left: Place, right: Place) -> bool:
    """Whether two places of records are one: points within 2 km, or one name in either script not far off. A place
    and what lies around it (`precision` 2) have one timeline, in which what happens around it is of a part; a district or
    province has its own."""
    if left.precision != right.precision and max(left.precision, right.precision) > 2:
        return False
    if left.country and right.country and left.country != right.country:
        return False
    named = left.name == right.name or bool(set(skeletons(left.name)) & set(skeletons(right.name)))
    if left.lat is None or left.lon is None or right.lat is None or right.lon is None:
        return named
    apart = great_circle(left.lat, left.lon, right.lat, right.lon)
    return apart <= ONE_PLACE_KM or (named and apart <= _SAME_NAME_KM)


def _by_place(claims: Sequence[ControlClaim]) -> list[list[ControlClaim]]:
    """The claims by place: connected components of `same_place`."""
    places = sorted(
        {claim.place for claim in claims}, key=lambda p: (p.name, p.lat or 0.0, p.lon or 0.0, p.precision)
    )
    leader = list(range(len(places)))

    def root(number: int) -> int:
        while leader[number] != number:
            number = leader[number]
        return number

    for one, left in enumerate(places):
        for other in range(one):
            if root(one) != root(other) and same_place(left, places[other]):
                low, high = sorted((root(one), root(other)))
                leader[high] = low
    number_of = {place: root(number) for number, place in enumerate(places)}
    groups: dict[int, list[ControlClaim]] = {}
    for claim in claims:
        groups.setdefault(number_of[claim.place], []).append(claim)
    return [groups[number] for number in sorted(groups)]


# --- from claims to spells


class _Change(msgspec.Struct, frozen=True):
    """Claims of one change: the same taker (or leaver) within a few days."""

    claims: tuple[ControlClaim, ...]

    @property
    def day(self) -> str:
        """The day that most voices give, dated ones first; the earliest of those."""
        dated = [c for c in self.claims if c.dated] or list(self.claims)
        voices: dict[str, set[str]] = {}
        for claim in dated:
            voices.setdefault(claim.day, set()).add(claim.voice)
        return min(voices, key=lambda day: (-len(voices[day]), day))

    @property
    def taker(self) -> str:
        """The first actor that takes over; "" of a withdrawal with nobody after it."""
        leads = sorted(c.after[0] for c in self.claims if c.after)
        return max(leads, key=lambda lead: (leads.count(lead), lead)) if leads else ""

    @property
    def full(self) -> bool:
        """Whether the whole place changes hands on the word of as many voices as say that a part does."""
        extents = [c.extent for c in self.claims]
        return extents.count("partial") <= extents.count("full") or "partial" not in extents

    @property
    def voices(self) -> tuple[str, ...]:
        return tuple(sorted({c.voice for c in self.claims}))


def timeline(claims: Sequence[ControlClaim]) -> Timeline:
    """The timeline of one place from the claims that speak of it."""
    ordered = sorted(claims, key=_order)
    if any(claim.place.precision <= 1 for claim in ordered):
        ordered = [_of_a_part(claim) if claim.place.precision == 2 else claim for claim in ordered]
    changes = sorted(_changes(ordered), key=lambda change: (change.day, change.taker, change.voices))
    spells: list[Spell] = []
    for change in changes:
        _apply(change, spells)
    names = sorted((c.place for c in ordered), key=lambda p: (p.precision, p.name))
    place = max(names, key=lambda p: (sum(1 for c in ordered if c.place == p), -p.precision, p.name))
    return Timeline(place=place, spells=tuple(spells))


def _of_a_part(claim: ControlClaim) -> ControlClaim:
    """What changes hands around a place is no more than a part of it."""
    return msgspec.structs.replace(claim, extent="partial" if claim.extent == "full" else claim.extent)


def _changes(claims: Sequence[ControlClaim]) -> list[_Change]:
    groups: list[list[ControlClaim]] = []
    for claim in claims:
        for group in reversed(groups):
            if any(_one_change(claim, other) for other in group):
                group.append(claim)
                break
        else:
            groups.append([claim])
    return [_Change(tuple(sorted(group, key=_order))) for group in groups]


def _one_change(left: ControlClaim, right: ControlClaim) -> bool:
    if left.record == right.record or abs(days_between(left.day, right.day)) > ONE_CHANGE_DAYS:
        return False
    if left.after and right.after:
        return any(_one_holder(x, y) for x in left.after for y in right.after)
    return any(_one_holder(x, y) for x in left.before for y in right.before)


def _one_holder(left: str, right: str) -> bool:
    return left == right or (
        not is_unidentified(left) and not is_unidentified(right) and of_one_camp(left, right)
    )


def _apply(change: _Change, spells: list[Spell]) -> None:
    after = _actors([c.after for c in change.claims])
    before = _actors([c.before for c in change.claims])
    day, manner = change.day, _manner(change.claims)
    if not spells and before:
        spells.append(Spell(holders=before, state="held", start=None, end=None))
    last = spells[-1] if spells else None
    if last is not None and last.words and last.start is not None and _is_rival(change, last):
        rivals = tuple(sorted({*last.holders, *after}))
        contested = msgspec.structs.replace(
            last, holders=rivals, state="contested", voices=tuple(sorted({*last.voices, *change.voices})),
            words=(*last.words, *change.claims),
        )  # fmt: skip
        spells[-1] = contested
        return
    staying = tuple(h for h in last.holders if not any(_one_holder(h, b) for b in before)) if last else ()
    if last is not None and not after and staying == last.holders and last.state != "left":
        # Somebody leaves who held nothing: it bears out whoever holds the place.
        spells[-1] = msgspec.structs.replace(
            last, voices=tuple(sorted({*last.voices, *change.voices})), words=(*last.words, *change.claims)
        )
        return
    if last is not None:
        spells[-1] = msgspec.structs.replace(last, end=max(day, last.start or ""))
    if not after:
        state: State = "partial" if not change.full else "held" if staying else "left"
        holders = staying if change.full or last is None else last.holders
    elif change.full:
        state, holders = "held", after
    else:
        state = "partial"
        holders = tuple(dict.fromkeys([*after, *(last.holders if last else before)]))
    spells.append(
        Spell(holders=holders, state=state, start=max(day, (last.start or "") if last else ""), end=None, manner=manner, voices=change.voices, words=change.claims)
    )  # fmt: skip


def _is_rival(change: _Change, last: Spell) -> bool:
    """Whether a change denies the last one: full, on the same days, by a taker of another camp who doesn't say that it was
    taken from whoever the last spell gives it to."""
    if not change.taker or not change.full or last.state not in ("held", "contested"):
        return False
    if days_between(last.start or change.day, change.day) > 1:
        return False
    if any(_one_holder(change.taker, holder) for holder in last.holders):
        return False
    taken_from = {actor for claim in change.claims for actor in claim.before}
    return not any(_one_holder(actor, holder) for actor in taken_from for holder in last.holders)


def _actors(lists: Sequence[tuple[str, ...]]) -> tuple[str, ...]:
    """The actors of several tellings, those named first and most often first."""
    counts: dict[str, tuple[int, int]] = {}
    for actors in lists:
        for position, actor in enumerate(actors):
            lead, told = counts.get(actor, (0, 0))
            counts[actor] = lead + (position == 0), told + 1
    return tuple(sorted(counts, key=lambda actor: (-counts[actor][0], -counts[actor][1], actor)))


def _manner(claims: Sequence[ControlClaim]) -> Manner:
    manners: list[Manner] = sorted(c.manner for c in claims if c.manner != "unknown")
    return max(manners, key=lambda m: (manners.count(m), m)) if manners else "unknown"
