"""The present state of a report: its newest record with people's decisions applied.

Each part of a record (event, tally, control change, person) keeps its number when newer rules read the report again:
parts of the newer record are matched to the earlier ones by what they say and the words that they rest on. A decision
names the part of the record that the person saw and is applied over whatever that part is now. Where the newer rules
say something else than what the person saw, the person's word stands and the conflict is shown; where they no longer
find the part, it is carried over from the record that the person saw.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Literal, get_args

import msgspec

from sijill.records import GROUP_OF, ControlChange, Event, Evidence, Person, Record, Report, Tally

Kind = Literal["events", "tallies", "control", "persons"]
Part = Event | Tally | ControlChange | Person
TYPES: dict[Kind, type[Part]] = {
    "events": Event,
    "tallies": Tally,
    "control": ControlChange,
    "persons": Person,
}
LETTERS: dict[Kind, str] = {"events": "e", "tallies": "t", "control": "c", "persons": "p"}
Review = Literal["machine", "accepted", "corrected", "rejected", "added"]
# What a part says; how it was found and how sure the machine was is no matter of agreement.
UNSAID = frozenset({"evidence", "confidence", "notes"})
PERSON = "person"  # what evidence names in place of a rule where a person pointed at the words
ALIKE = 0.5  # from this likeness on, two parts of two records of one report are the same part


class StoredRecord(msgspec.Struct, frozen=True):
    """A record as kept: its hash, the rules that made it, and when."""

    hash: str
    rules: str
    made_at: str
    record: Record


class Decision(msgspec.Struct, frozen=True):
    """What a person decided. `payload` is None where it was redacted."""

    hash: str
    chain: str
    who: str
    decided_at: str
    what: str
    report: str | None
    subject: dict[str, Any]
    payload: dict[str, Any] | None


class Conflict(msgspec.Struct, frozen=True):
    """A decision that was made before something else than what now stands: `was` is what the person saw, `found` what
    is there now without the decision, `now` what stands. `why` says it in words."""

    part: str
    path: str
    was: Any
    found: Any
    now: Any
    who: str
    decision: str
    why: str


class PresentPart(msgspec.Struct, frozen=True):
    """One part as it now stands. `machine` is what the newest rules say (None where they don't find it); `record` and
    `index` name the part that a new decision will be about, `added_by` the decision that brought it in."""

    id: str
    kind: Kind
    number: int
    value: Part
    machine: Part | None
    review: Review
    record: str | None
    index: int | None
    added_by: str | None
    decisions: tuple[str, ...] = ()
    conflicts: tuple[Conflict, ...] = ()


class Present(msgspec.Struct, frozen=True):
    """A report as it now stands."""

    hash: str
    report: Report
    rules: str | None
    notes: tuple[str, ...]
    parts: tuple[PresentPart, ...]

    def of(self, kind: Kind, rejected: bool = False) -> list[PresentPart]:
        """The parts of one kind, those that people rejected only if asked for."""
        return [part for part in self.parts if part.kind == kind and (rejected or part.review != "rejected")]

    @property
    def conflicts(self) -> list[Conflict]:
        """Every conflict of every part."""
        return [conflict for part in self.parts for conflict in part.conflicts]

    def record(self) -> Record:
        """The present state as a record by the codebook."""
        events = self.of("events")
        place = {part.number: position for position, part in enumerate(events)}
        persons = [
            msgspec.structs.replace(
                part.value, event=place.get(part.value.event) if part.value.event is not None else None
            )
            for part in self.of("persons")
            if isinstance(part.value, Person)
        ]
        return Record(
            report=self.report,
            events=tuple(part.value for part in events if isinstance(part.value, Event)),
            tallies=tuple(part.value for part in self.of("tallies") if isinstance(part.value, Tally)),
            control=tuple(part.value for part in self.of("control") if isinstance(part.value, ControlChange)),
            persons=tuple(persons),
            notes=self.notes,
        )


def part_id(report: str, kind: Kind, number: int) -> str:
    """The name of a part for people: the start of the report's hash, a letter for the kind, and a number."""
    return f"{report[:16]}.{LETTERS[kind]}{number}"


def plain(part: Part) -> dict[str, Any]:
    """The part as JSON has it: dicts, lists, text and numbers."""
    return dict(msgspec.json.decode(msgspec.json.encode(part)))


def said(part: Part) -> dict[str, Any]:
    """What the part says, as plain values, without evidence, confidence and notes."""
    return {key: value for key, value in plain(part).items() if key not in UNSAID}


class PathError(ValueError):
    """A path that leads nowhere in a part, or a value that the codebook doesn't know."""


_STEP = re.compile(r"([a-z_]+)|\[(\d+)\]")


def _steps(path: str) -> list[str | int]:
    steps: list[str | int] = []
    at = 0
    while at < len(path):
        if path[at] == "." and at:
            at += 1
        match = _STEP.match(path, at)
        if not match:
            raise PathError(f"{path!r} is no path to a field, such as `place.name` or `casualties[0].n`")
        steps.append(match[1] if match[1] else int(match[2]))
        at = match.end()
    if not steps:
        raise PathError("no field is named")
    return steps


def cell_of(path: str) -> str:
    """The cell, as evidence names it, that a path leads into: `casualties[0]` of `casualties[0].n`."""
    steps = _steps(path)
    return f"{steps[0]}[{steps[1]}]" if len(steps) > 1 and isinstance(steps[1], int) else str(steps[0])


def with_evidence(part: Part, cell: str, entries: Sequence[Evidence]) -> Part:
    """The part with other evidence for one cell."""
    others = tuple(entry for entry in part.evidence if entry.field != cell)
    return msgspec.structs.replace(part, evidence=(*others, *entries))


def field_at(part: Part, path: str) -> Any:
    """The plain value at a path of a part, such as `type`, `place.name`, `side_a`, `casualties[0].n`."""
    return _walk(plain(part), _steps(path), path)


def _has(holder: Any, step: str | int) -> bool:
    if isinstance(holder, dict):
        return step in holder
    return isinstance(holder, list) and isinstance(step, int) and step < len(holder)


def _walk(value: Any, steps: Sequence[str | int], path: str) -> Any:
    for step in steps:
        if not _has(value, step):
            raise PathError(f"there is no {path!r} in this part")
        value = value[step]
    return value


def with_field(part: Part, path: str, value: Any) -> Part:
    """The part with another value at `path`; an index one past a list's end appends to it.

    Raises `PathError` where the path leads nowhere or the codebook doesn't allow the value.
    """
    steps = _steps(path)
    values = plain(part)
    holder, last = _walk(values, steps[:-1], path), steps[-1]
    if isinstance(holder, list) and last == len(holder):
        holder.append(value)
    elif _has(holder, last) and last != "evidence":
        if len(steps) == 1 and isinstance(holder[last], list) and isinstance(value, list):
            values["evidence"] = _following(str(last), holder[last], value, values["evidence"])
        holder[last] = value
    else:
        raise PathError(f"there is no {path!r} in this part that can be set")
    return as_part(type(part), values)


def _following(
    field: str, was: list[Any], now: list[Any], evidence: list[dict[str, Any]]
) -> list[dict[str, Any]]:
    """The evidence after a list got other entries: that of an entry follows it to its new index, that of one that is gone
    goes. Entries are known by what they say, whatever they are a part of."""
    free = dict(enumerate(_essence(entry) for entry in now))
    moved: dict[int, int] = {}
    for index, entry in enumerate(was):
        found = next((at for at, other in free.items() if other == _essence(entry)), None)
        if found is not None:
            moved[index] = found
            del free[found]
    kept = []
    for entry in evidence:
        match = re.fullmatch(rf"{field}\[(\d+)\](.*)", entry["field"])
        if match is None:
            kept.append(entry)
        elif int(match[1]) in moved:
            kept.append({**entry, "field": f"{field}[{moved[int(match[1])]}]{match[2]}"})
    return kept


def _essence(entry: Any) -> Any:
    return (
        {key: value for key, value in entry.items() if key != "part_of"} if isinstance(entry, dict) else entry
    )


def as_part(kind: type[Part], values: Mapping[str, Any]) -> Part:
    """A part from plain values. Raises `PathError` naming what the codebook doesn't know."""
    try:
        return msgspec.convert(values, kind)
    except msgspec.ValidationError as error:
        raise PathError(str(error)) from error


def _marked(part: Part) -> set[int]:
    return {offset for entry in part.evidence for offset in range(entry.start, entry.end)}


def likeness(one: Part, other: Part) -> float:
    """How much two parts of the same kind say the same, from 0 to 1: the share of their fields that agree, a type of
    the same group by half, and with evidence on both sides the overlap of its words counted like three fields."""
    a, b = said(one), said(other)
    if a == b:
        return 1.0
    points, of = 0.0, 0.0
    for key, mine in a.items():
        theirs = b[key]
        if not mine and not theirs:
            continue
        of += 1.0
        if key == "place" and mine and theirs:
            points += mine["name"] == theirs["name"]
        elif key == "type" and mine != theirs:
            points += 0.5 * (GROUP_OF.get(mine) == GROUP_OF.get(theirs))
        else:
            points += mine == theirs
    mine_words, their_words = _marked(one), _marked(other)
    if mine_words and their_words:
        of += 3.0
        points += 3.0 * len(mine_words & their_words) / min(len(mine_words), len(their_words))
    return points / of if of else 1.0


def _numbered(
    kind: Kind, records: Sequence[StoredRecord]
) -> tuple[dict[tuple[str, int], int], dict[int, Part]]:
    """Give the parts of every record their lasting numbers.

    Returns (record's hash, index) → number, and number → the part's latest form.
    """
    numbers: dict[tuple[str, int], int] = {}
    latest: dict[int, Part] = {}
    for stored in records:
        parts: tuple[Part, ...] = getattr(stored.record, kind)
        scores = sorted(
            (
                (likeness(known, part), number, index)
                for number, known in latest.items()
                for index, part in enumerate(parts)
            ),
            key=lambda score: (-score[0], score[1], score[2]),
        )
        taken: dict[int, int] = {}
        for score, number, index in scores:
            if score >= ALIKE and index not in taken and number not in taken.values():
                taken[index] = number
        fresh = max(latest, default=-1) + 1
        for index, part in enumerate(parts):
            number = taken.get(index, -1)
            if number < 0:
                number, fresh = fresh, fresh + 1
            numbers[stored.hash, index] = number
            latest[number] = part
    return numbers, latest


def undone(decisions: Iterable[Decision]) -> set[str]:
    """The hashes of the decisions that were taken back by an undo that still stands."""
    cancelled: set[str] = set()
    for decision in sorted(
        decisions, key=lambda decision: (decision.decided_at, decision.hash), reverse=True
    ):
        if decision.what == "undo" and decision.hash not in cancelled:
            cancelled.add(decision.subject["decision"])
    return cancelled


def in_force(decisions: Iterable[Decision]) -> list[Decision]:
    """The decisions that stand, oldest first: what was undone falls away, and an undo that was undone itself too."""
    ordered = sorted(decisions, key=lambda decision: (decision.decided_at, decision.hash))
    cancelled = undone(ordered)
    return [decision for decision in ordered if decision.hash not in cancelled and decision.what != "undo"]


class _Working:
    """A part while decisions are being applied to it."""

    def __init__(
        self, value: Part | None, machine: Part | None, about: tuple[str | None, int | None, str | None]
    ) -> None:
        self.value = value
        self.machine = machine
        self.about = about
        self.review: Review = "machine"
        self.decisions: list[str] = []
        self.conflicts: list[Conflict] = []


def numbers(kind: Kind, records: Sequence[StoredRecord]) -> dict[tuple[str, int], int]:
    """The lasting number of every part of every record of one report: (record's hash, index) → number."""
    return _numbered(kind, sorted(records, key=lambda stored: (stored.made_at, stored.hash)))[0]


def present(
    hash_: str, report: Report, records: Sequence[StoredRecord], decisions: Iterable[Decision]
) -> Present:
    """What now stands of one report, from all its records (in any order) and the decisions about its parts."""
    ordered = sorted(records, key=lambda stored: (stored.made_at, stored.hash))
    standing = [
        d
        for d in in_force(decisions)
        if d.what in ("correct", "accept", "reject", "add") and d.payload is not None
    ]
    newest = ordered[-1] if ordered else None
    numbering = {kind: _numbered(kind, ordered) for kind in get_args(Kind)}
    events_of = numbering["events"][0]
    parts: list[PresentPart] = []
    for kind in get_args(Kind):
        numbers, latest = numbering[kind]
        working: dict[int, _Working] = {}
        for index, part in enumerate(getattr(newest.record, kind) if newest else ()):
            assert newest is not None
            value = _lasting(part, newest.hash, events_of)
            working[numbers[newest.hash, index]] = _Working(value, value, (newest.hash, index, None))
        added: dict[str, int] = {}
        by_hash = {stored.hash: stored for stored in ordered}
        for decision in standing:
            if decision.subject.get("part") != kind or decision.payload is None:
                continue
            if decision.what == "add":
                number = max([*working, *latest, -1]) + 1
                added[decision.hash] = number
                part = as_part(TYPES[kind], decision.payload["as"])
                working[number] = _Working(part, None, (None, None, decision.hash))
                working[number].review = "added"
                working[number].decisions.append(decision.hash)
                continue
            record, seen_index = str(decision.subject.get("record")), int(decision.subject.get("index", -1))
            number = added.get(decision.subject.get("decision", ""), numbers.get((record, seen_index), -1))
            if number < 0:
                continue  # about a part that was added and undone
            if number not in working:
                if decision.what == "reject":
                    continue  # the newer rules agree
                seen = _lasting(getattr(by_hash[record].record, kind)[seen_index], record, events_of)
                working[number] = _Working(seen, None, (record, seen_index, None))
                why = "the newer rules no longer find this part; it stands as the person saw it"
                working[number].conflicts.append(
                    Conflict(
                        part_id(hash_, kind, number),
                        "",
                        said(seen),
                        None,
                        None,
                        decision.who,
                        decision.hash,
                        why,
                    )
                )
            _apply(working[number], decision, part_id(hash_, kind, number))
        for number, work in sorted(working.items()):
            assert work.value is not None
            parts.append(
                PresentPart(
                    id=part_id(hash_, kind, number),
                    kind=kind,
                    number=number,
                    value=work.value,
                    machine=work.machine,
                    review=work.review,
                    record=work.about[0],
                    index=work.about[1],
                    added_by=work.about[2],
                    decisions=tuple(work.decisions),
                    conflicts=tuple(work.conflicts),
                )
            )
    return Present(
        hash=hash_,
        report=report,
        rules=newest.rules if newest else None,
        notes=newest.record.notes if newest else (),
        parts=tuple(parts),
    )


def _lasting(part: Part, record: str, events_of: Mapping[tuple[str, int], int]) -> Part:
    """A person points at an event by its index in the record; here, by the event's lasting number."""
    if isinstance(part, Person) and part.event is not None:
        return msgspec.structs.replace(part, event=events_of.get((record, part.event)))
    return part


def _apply(work: _Working, decision: Decision, name: str) -> None:
    assert work.value is not None
    assert decision.payload is not None
    payload = decision.payload

    def conflict(path: str, was: Any, found: Any, stands: Any, why: str) -> None:
        work.conflicts.append(Conflict(name, path, was, found, stands, decision.who, decision.hash, why))

    work.decisions.append(decision.hash)
    if "evidence" in payload:
        entries = msgspec.convert(payload["evidence"], tuple[Evidence, ...])
        work.value = with_evidence(work.value, cell_of(payload["path"]), entries)
    if decision.what == "reject":
        if said(work.value) != payload["seen"]:
            conflict(
                "",
                payload["seen"],
                said(work.value),
                None,
                "what was rejected read otherwise than it does now",
            )
        work.review = "rejected"
    elif decision.what == "accept":
        accepted = payload["seen"]
        if said(work.value) != accepted:
            found = said(work.value)
            for path in sorted(key for key in accepted if accepted[key] != found.get(key)):
                conflict(
                    path,
                    accepted[path],
                    found.get(path),
                    accepted[path],
                    "what was accepted read otherwise than it does now",
                )
            work.value = as_part(type(work.value), {**plain(work.value), **accepted})
        work.review = "corrected" if work.review == "corrected" else "accepted"
    else:
        path, was, wanted = payload["path"], payload["was"], payload["now"]
        work.review = work.review if work.review == "added" else "corrected"
        try:
            found = field_at(work.value, path)
        except PathError:
            found = None
        if found == wanted:
            return
        try:
            value = with_field(work.value, path, wanted)
        except PathError:
            # The newer record has no such field to set (a figure that it doesn't count): the part stands as it was seen.
            conflict(
                path,
                was,
                found,
                wanted,
                "the newer rules have no such field; the part stands as the person saw it",
            )
            work.value = with_field(
                as_part(type(work.value), {**plain(work.value), **payload["seen"]}),
                path,
                wanted,
            )
            return
        if found != was:
            conflict(path, was, found, wanted, "the field read otherwise when the person corrected it")
        work.value = value
