"""Accounts: one event, everything said of it, and where the tellers differ.

`Claim` is one figure as said, `Estimate` what a counting rule makes of claims (`sijill.ledger.counting`), `Account` an
event with all its tellings. An account is a pure function of the records, of which reports are copies, and of which
events are one; the order in which they come changes nothing.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from functools import lru_cache
from typing import Any, Literal

import msgspec

from sijill.records import (
    GROUP_OF,
    Bound,
    Casualty,
    CasualtySide,
    Event,
    EventType,
    Outcome,
    Place,
    Record,
    Source,
    SourceKind,
    Status,
)
from sijill.rules.knowledge import KNOWLEDGE
from sijill.text.script import normal_form

Rule = Literal["ucdp", "acled", "airwars"]
Grade = Literal["Confirmed", "Fair", "Weak", "Contested", "Discounted"]
EventRef = tuple[str, int]
"""An event of a record: (report id, index in `Record.events`)."""

_CUE_REACH = 60


class Claim(msgspec.Struct, frozen=True, kw_only=True, order=True):
    """One figure as one report has it.

    `voice` is the same for copies of one text; `house` says on whose word: a quoted agency, monitor, official or party,
    else the report's source. `figure` is the index in `Event.casualties`, `part_of` the one that it is a part of.
    `said` is the day of publication. `start` and `end` are the days that the telling covers. `words` are those that
    stand in the report for the figure, "" where the record keeps no evidence. `revises` says that the words themselves
    correct an earlier toll ("rose to"). `tally` marks a figure of a tally, which no rule counts. `day` is the first day of
    the run of days that the claim tells of where a battle is told day by day, "" where it tells of the whole. `reliability`
    is what people set about the source.
    """

    record: str
    event: int
    figure: int
    voice: str
    house: str
    source: str = ""
    actor: str | None = None
    kind: SourceKind = "media"
    said: str | None = None
    status: Status = "reported"
    type: EventType = "armed_clash"
    side_a: tuple[str, ...] = ()
    side_b: tuple[str, ...] = ()
    start: str | None = None
    end: str | None = None
    outcome: Outcome = "killed"
    side: CasualtySide = "unknown"
    n: int | None = None
    n_high: int | None = None
    bound: Bound = "exact"
    part_of: int | None = None
    words: str = ""
    revises: bool = False
    tally: bool = False
    day: str = ""
    reliability: Literal["high", "usual", "low"] = "usual"


class Estimate(msgspec.Struct, frozen=True, kw_only=True):
    """What a counting rule makes of the claims for one outcome and side ("total": all sides). low ≤ best ≤ high.

    `voices` is the number of independent voices that give a figure. `children`, `women`, `men` are the most that one
    voice counts among them, or None (airwars only).
    """

    rule: Rule
    outcome: Outcome
    side: CasualtySide | Literal["total"]
    low: int
    best: int
    high: int
    voices: int
    children: int | None = None
    women: int | None = None
    men: int | None = None


class Contradiction(msgspec.Struct, frozen=True, kw_only=True):
    """A cell on which the tellers differ: each value with the voices that give it, most voices first."""

    field: str
    values: tuple[tuple[str, tuple[str, ...]], ...]


class Named(msgspec.Struct, frozen=True, kw_only=True):
    """A person as one report names them in connection with the event."""

    record: str
    index: int
    name: str
    fate: str


class Linked(msgspec.Struct, frozen=True, kw_only=True, order=True):
    """Events that are one. `days` parts those of a battle told day by day; an event in none of them tells of the whole."""

    events: tuple[EventRef, ...]
    days: tuple[tuple[EventRef, ...], ...] = ()


class Day(msgspec.Struct, frozen=True, kw_only=True):
    """One day (or run of days) of a battle that was told day by day: its events and its claims."""

    start: str | None
    end: str | None
    events: tuple[EventRef, ...]


class Account(msgspec.Struct, frozen=True, kw_only=True):
    """One event with all that is said of it. `days` has more than one entry where it was told day by day."""

    id: str
    type: EventType
    status: Status
    start: str | None
    end: str | None
    date_precision: int
    place: Place | None
    side_a: tuple[str, ...]
    side_b: tuple[str, ...]
    events: tuple[EventRef, ...]
    voices: tuple[str, ...]
    houses: tuple[str, ...]
    claims: tuple[Claim, ...]
    days: tuple[Day, ...] = ()
    contradictions: tuple[Contradiction, ...] = ()
    persons: tuple[Named, ...] = ()
    means: tuple[str, ...] = ()

    @property
    def group(self) -> str:
        """The codebook's group of the type."""
        return GROUP_OF[self.type]


@lru_cache(maxsize=1)
def counting_knowledge() -> dict[str, Any]:
    """The readings, cues and tiers of `knowledge/linking/counting.json`."""
    return dict(msgspec.json.decode((KNOWLEDGE / "linking" / "counting.json").read_bytes()))


def house_of(record: Record, sources: Sequence[Source]) -> tuple[str, Source | None]:
    """On whose word something stands: (key of the house, the quoted source or None).

    A quoted agency, monitor, official or party with a name or an id is the house; witnesses, medics and activists are
    nobody in particular, so the report's own source stays the house.
    """
    for source in sources:
        if source.kind in counting_knowledge()["proper_kinds"] and (source.actor or len(source.name) > 2):
            return (source.actor or normal_form(source.name.lower())), source
    return normal_form((record.report.source or f"report {record.report.id}").lower()), None


def claims_of(record: Record, index: int, voice: str | None = None, day: str = "") -> tuple[Claim, ...]:
    """The claims of one event of a record, one for each figure. `voice` is the key of its copies, its own id if None;
    `day` the first day of its run where the event is told day by day."""
    event = record.events[index]
    house, quoted = house_of(record, event.sources)
    own = record.report
    return tuple(
        Claim(
            record=own.id, event=index, figure=number, voice=voice or own.id, house=house,
            source=quoted.name if quoted else own.source or "", actor=quoted.actor if quoted else None,
            kind=quoted.kind if quoted else event.sources[0].kind if event.sources else "media",
            said=own.published, status=event.status, type=event.type, side_a=event.side_a, side_b=event.side_b,
            start=event.start, end=event.end, outcome=casualty.outcome, side=casualty.side, n=casualty.n,
            n_high=casualty.n_high, bound=casualty.bound, part_of=casualty.part_of,
            words=_words_of(event, number), revises=_revises(record, event, number, casualty), day=day,
        )
        for number, casualty in enumerate(event.casualties)
    )  # fmt: skip


def _words_of(event: Event, number: int) -> str:
    field = f"casualties[{number}]"
    return " ".join(entry.text for entry in event.evidence if entry.field == field)


def _revises(record: Record, event: Event, number: int, casualty: Casualty) -> bool:
    """Whether words of revision stand shortly before the figure."""
    if casualty.part_of is not None or casualty.n is None:
        return False
    field = f"casualties[{number}]"
    for entry in event.evidence:
        if entry.field == field:
            before = normal_form(record.report.text[max(0, entry.start - _CUE_REACH) : entry.end].lower())
            if any(cue in before for cue in counting_knowledge()["revision_cues"]):
                return True
    return False


def make_accounts(
    records: Iterable[Record], clusters: Iterable[Linked], voices: Mapping[str, str] | None = None
) -> tuple[Account, ...]:
    """An account for each set of events that are one (`sijill.ledger.linking.link`), sorted by date, place and id.

    `voices` maps a report's id to the key of its copies (`sijill.ledger.duplicates.voices`); a report that isn't in it
    speaks for itself. Raises KeyError where an event belongs to none of the records.
    """
    by_id = {record.report.id: record for record in records}
    accounts = [make_account(by_id, cluster, voices or {}) for cluster in clusters]
    return tuple(sorted(accounts, key=lambda a: (a.start or "", a.place.name if a.place else "", a.id)))


def make_account(records: Mapping[str, Record], cluster: Linked, voices: Mapping[str, str]) -> Account:
    """The account of events that are one."""
    refs = sorted(set(cluster.events))
    told = [(ref, records[ref[0]].events[ref[1]], records[ref[0]]) for ref in refs]
    spoken = {ref: voices.get(ref[0], ref[0]) for ref in refs}
    days = _days(cluster, records)
    day_of = {ref: day.start or "" for day in days for ref in day.events}
    claims = [
        claim
        for ref in refs
        for claim in claims_of(records[ref[0]], ref[1], spoken[ref], day_of.get(ref, ""))
    ]
    start, end, precision = _dates(told, len(days) > 1)
    persons = [
        Named(record=ref[0], index=number, name=person.name, fate=person.fate)
        for ref, _, record in told
        for number, person in enumerate(record.persons)
        if person.event == ref[1]
    ]
    by_voice = _one_per_voice(told, spoken)
    return Account(
        id=account_id(refs),
        type=_commonest([event.type for event, _ in by_voice], _specific_type),
        status=_status([event.status for event, _ in by_voice]),
        start=start, end=end, date_precision=precision,
        place=_place([event.place for event, _ in by_voice if event.place]),
        side_a=_side([event.side_a for event, _ in by_voice]), side_b=_side([event.side_b for event, _ in by_voice]),
        events=tuple(refs), voices=tuple(sorted(set(spoken.values()))),
        houses=tuple(sorted({house_of(record, event.sources)[0] for _, event, record in told})),
        claims=tuple(sorted(claims, key=claim_key)), days=days,
        contradictions=_contradictions(by_voice, len(days) > 1), persons=tuple(persons),
        means=tuple(sorted({m for _, event, _ in told for m in event.means})),
    )  # fmt: skip


def claim_key(claim: Claim) -> tuple[str, str, int, int]:
    """The order in which claims are kept: by day said, report, event, figure."""
    return claim.said or "", claim.record, claim.event, claim.figure


def account_id(refs: Sequence[EventRef]) -> str:
    """A name for the account that depends on its first event alone (by report id and index)."""
    record, index = min(refs)
    return "acc-" + hashlib.sha256(f"{record}\x1f{index}".encode()).hexdigest()[:12]


Told = tuple[EventRef, Event, Record]


def _one_per_voice(told: Sequence[Told], spoken: Mapping[EventRef, str]) -> list[tuple[Event, str]]:
    """One telling for each voice and event of it: copies of a text don't vote twice."""
    kept: dict[tuple[str, int], tuple[Event, str]] = {}
    for ref, event, _ in told:
        kept.setdefault((spoken[ref], ref[1]), (event, spoken[ref]))
    return [kept[key] for key in sorted(kept)]


def _commonest(values: Sequence[EventType], tie: Callable[[EventType], Any]) -> EventType:
    counts = Counter(values)
    return min(counts, key=lambda value: (-counts[value], tie(value), value))


def _specific_type(slug: EventType) -> tuple[bool, bool]:
    """Among types told equally often the more specific comes first: not `other`, not the plain `attack` or `armed_clash`."""
    return slug == "other", slug in ("attack", "armed_clash")


def _status(values: Sequence[Status]) -> Status:
    """Reported if anyone reports it in their own voice, else claimed if anyone claims it, else denied."""
    order: tuple[Status, ...] = ("reported", "claimed", "denied")
    return min(values, key=order.index)


def _place(places: Sequence[Place]) -> Place | None:
    """The place told with the finest precision; among those the most often told, then by name."""
    if not places:
        return None
    finest = min(place.precision for place in places)
    among = [place for place in places if place.precision == finest]
    counts = Counter((place.name, place.lat, place.lon) for place in among)
    return min(among, key=lambda p: (-counts[p.name, p.lat, p.lon], p.name, p.lat or 0.0, p.lon or 0.0))


def _side(sides: Sequence[tuple[str, ...]]) -> tuple[str, ...]:
    """The actors of a side, most often told first; unidentified ones only where nobody names any."""
    counts = Counter(actor for side in sides for actor in dict.fromkeys(side))
    leads = Counter(side[0] for side in sides if side)
    named = [actor for actor in counts if not actor.startswith("unidentified-")]
    keep = [actor for actor in named if 3 * counts[actor] >= max(counts[other] for other in named)] or list(
        counts
    )
    return tuple(sorted(keep, key=lambda actor: (-leads[actor], -counts[actor], actor)))


def _dates(told: Sequence[Told], many_days: bool) -> tuple[str | None, str | None, int]:
    """(start, end, precision): of the most exact tellings the commonest span; over all days of a battle the whole."""
    dated = [event for _, event, _ in told if event.start]
    if not dated:
        return None, None, 5
    finest = min(event.date_precision for event in dated)
    exact = [event for event in dated if event.date_precision == finest]
    if many_days:
        return min(e.start or "" for e in dated), max(e.end or e.start or "" for e in dated), finest
    spans = Counter((event.start, event.end or event.start) for event in exact)
    start, end = min(spans, key=lambda span: (-spans[span], span))
    return start, end, finest


def _days(cluster: Linked, records: Mapping[str, Record]) -> tuple[Day, ...]:
    """The days of a battle in order, each with its events; () where it was told in one piece."""
    found = []
    for refs in cluster.days:
        dated = [event for event in (records[r].events[i] for r, i in refs) if event.start]
        start = min((event.start or "" for event in dated), default=None)
        end = max((event.end or event.start or "" for event in dated), default=None)
        found.append(Day(start=start, end=end, events=tuple(sorted(refs))))
    return tuple(sorted(found, key=lambda day: (day.start or "", day.events)))


def _contradictions(by_voice: Sequence[tuple[Event, str]], many_days: bool) -> tuple[Contradiction, ...]:
    """The cells on which voices differ. Toll figures of one side and outcome are listed as said, never averaged."""
    cells: dict[str, dict[str, set[str]]] = {}
    for event, voice in by_voice:
        said: list[tuple[str, str]] = [("type", event.type), ("status", event.status)]
        if event.start and not many_days:
            said.append(
                ("dates", event.start if event.end in (None, event.start) else f"{event.start}/{event.end}")
            )
        if event.place:
            said.append(("place", event.place.name))
        said += [
            (name, " + ".join(sorted(side)))
            for name, side in (("side_a", event.side_a), ("side_b", event.side_b))
            if side
        ]
        if not many_days:
            said += [
                (f"{c.outcome}.{c.side}", _figure(c))
                for c in event.casualties
                if c.part_of is None and c.n is not None
            ]
        for field, value in said:
            cells.setdefault(field, {}).setdefault(value, set()).add(voice)
    return tuple(
        Contradiction(
            field=field,
            values=tuple(
                (v, tuple(sorted(who))) for v, who in sorted(values.items(), key=lambda i: (-len(i[1]), i[0]))
            ),
        )
        for field, values in sorted(cells.items())
        if len(values) > 1
    )


def _figure(casualty: Casualty) -> str:
    mark = {"at_least": "≥", "at_most": "≤", "about": "~"}.get(casualty.bound, "")
    return f"{mark}{casualty.n}" + (f"–{casualty.n_high}" if casualty.n_high else "")


def days_between(left: str, right: str) -> int:
    """Days from one ISO date to another."""
    return (date.fromisoformat(right) - date.fromisoformat(left)).days
