"""What people decide, each decision a link of a hash chain.

A decision's hash covers the one before it, who, when, what, about what, and a hash of its content with a random number.
So content can be redacted for someone's safety while the chain still verifies, and can't be guessed back from its hash.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Sequence
from itertools import product
from typing import Any

import msgspec
from sqlalchemy import Connection, and_, func, or_, select

from sijill.records import Report
from sijill.store.present import (
    LETTERS,
    PERSON,
    TYPES,
    Decision,
    Kind,
    PathError,
    PresentPart,
    as_part,
    cell_of,
    field_at,
    in_force,
    numbers,
    part_id,
    plain,
    said,
    undone,
    with_field,
)
from sijill.store.register import NotFoundError, Store, StoreError
from sijill.store.rows import (
    as_decision,
    column,
    read_present,
    read_records,
    refresh,
    sha256,
    without_surrogates,
)
from sijill.store.tables import decisions, reports

KINDS: dict[str, Kind] = {letter: kind for kind, letter in LETTERS.items()}


class DecisionError(ValueError):
    """A decision that can't be made; the message says why."""


def root(register_id: str) -> str:
    """What the first decision of a register's chain follows."""
    return sha256("sijill register", register_id)


def link_hash(
    prev: str, chain: str, who: str, at: str, what: str, report: str | None, subject: str, payload_hash: str
) -> str:
    """The hash of one decision, by which the next one knows it."""
    return sha256(prev, chain, who, at, what, report, subject, payload_hash)


def head(connection: Connection, register_id: str) -> str:
    """The hash that the next decision made here will follow."""
    last = (
        select(decisions.c.hash)
        .where(decisions.c.chain == register_id, decisions.c.local)
        .order_by(decisions.c.seq.desc())
        .limit(1)
    )
    return connection.execute(last).scalar_one_or_none() or root(register_id)


def sealed(payload: dict[str, Any]) -> str:
    """A decision's content as it is kept and hashed: with a random number, so that it can't be guessed from its hash."""
    return msgspec.json.encode([secrets.token_hex(16), payload]).decode()


def append(
    store: Store,
    connection: Connection,
    who: str,
    what: str,
    report: str | None,
    subject: dict[str, Any],
    content: str,
) -> str:
    """Append a decision to this register's chain and give its hash. `content` is what `sealed` made; appending the same
    content once more changes nothing and gives the same hash."""
    payload_hash = sha256(content)
    store.lock_chain(connection)
    known = connection.execute(
        select(decisions.c.hash).where(decisions.c.payload_hash == payload_hash)
    ).scalar_one_or_none()
    if known is not None:
        return str(known)
    chain, at = store.id, store.clock()
    prev = head(connection, chain)
    name = (column(without_surrogates(who)) or "").strip()
    if not name:
        raise DecisionError("a decision needs the name of the person who makes it")
    written = msgspec.json.encode(subject).decode()
    hash_ = link_hash(prev, chain, name, at, what, report, written, payload_hash)
    connection.execute(
        decisions.insert().values(
            hash=hash_,
            prev=prev,
            chain=chain,
            local=True,
            who=name,
            decided_at=at,
            what=what,
            report=report,
            subject=written,
            payload=content,
            payload_hash=payload_hash,
        )
    )
    return hash_


def find_report(connection: Connection, name: str) -> str:
    """A report's hash from its hash, the hash's start (8 digits or more), or the id it was given.

    Raises `StoreError` where there is none or several.
    """
    if "\x00" in name:
        raise NotFoundError("no report has such a name")
    named = reports.c.id == name
    if len(name) >= 8 and set(name) <= set("0123456789abcdef"):
        named = or_(named, and_(reports.c.hash >= name, reports.c.hash < name + "g"))
    found = connection.execute(select(reports.c.hash).where(named).limit(2)).scalars().all()
    if not found:
        raise NotFoundError(f"there is no report {name}")
    if len(found) > 1:
        raise StoreError(f"{name} names several reports: give more digits of the hash")
    return str(found[0])


def find_part(connection: Connection, name: str) -> tuple[str, PresentPart]:
    """The report's hash and the part as it stands, from a part's id such as `9f86d081884c7d65.e0`."""
    digits, _, rest = name.rpartition(".")
    kind = KINDS.get(rest[:1])
    if kind is None or not rest[1:].isdigit() or not digits:
        raise NotFoundError(f"{name!r} is no id of an event, tally, control change or person")
    hash_ = find_report(connection, digits)
    state = read_present(connection, hash_)
    if state is None:
        raise NotFoundError(f"the report of {name} was redacted")
    for part in state.of(kind, rejected=True):
        if part.number == int(rest[1:]):
            return hash_, part
    raise NotFoundError(f"there is no {name} in the register")


def subject_of(report: str, part: PresentPart) -> dict[str, Any]:
    """What a decision about this part names: the part of the record that stood when it was made."""
    if part.added_by:
        return {"report": report, "part": part.kind, "decision": part.added_by}
    return {"report": report, "part": part.kind, "record": part.record, "index": part.index}


def _about_part(
    store: Store, name: str, who: str, what: str, payload: Callable[[PresentPart, Report], dict[str, Any]]
) -> str:
    content = ""

    def work(connection: Connection) -> str:
        nonlocal content
        store.lock_chain(connection)
        report, part = find_part(connection, name)
        # A second try, after a connection that was lost while committing, must not decide twice.
        state = read_present(connection, report)
        assert state is not None
        content = content or sealed(payload(part, state.report))
        hash_ = append(store, connection, who, what, report, subject_of(report, part), content)
        refresh(connection, report)
        return hash_

    return store.write(work)


def correct(
    store: Store, part: str, path: str, value: Any, who: str, spans: Sequence[tuple[int, int]] | None = None
) -> str:
    """Set one field of a part: `correct(store, "9f86….e0", "casualties[0].n", 12, "Huda")`.

    `value` is plain (text, number, list, dict, None) and must be one that the codebook knows. `spans` are the words of the
    report's text that say so (offsets in code points, end exclusive); they take the place of the cell's evidence, and
    None leaves it as it is. Returns the decision's hash.
    """

    def payload(now: PresentPart, report: Report) -> dict[str, Any]:
        try:
            was = field_at(now.value, path)
        except PathError:
            was = None
        try:
            with_field(now.value, path, value)
        except PathError as error:
            raise DecisionError(str(error)) from error
        made = {"path": path, "was": was, "now": value, "seen": said(now.value)}
        return made if spans is None else {**made, "evidence": evidence_at(report, path, spans)}

    return _about_part(store, part, who, "correct", payload)


def evidence_at(report: Report, path: str, spans: Sequence[tuple[int, int]]) -> list[dict[str, Any]]:
    """The evidence that spans of a report's text give for the cell that a path leads to, as plain values."""
    entries = []
    for start, end in spans:
        if not 0 <= start < end <= len(report.text):
            raise DecisionError(
                f"the text has no words from {start} to {end}: it is {len(report.text)} code points long"
            )
        words = report.text[start:end]
        entries.append({"field": cell_of(path), "start": start, "end": end, "text": words, "rule": PERSON})
    return entries


def accept(store: Store, part: str, who: str) -> str:
    """Say that a part is right as it stands; newer rules don't change it any more."""
    return _about_part(store, part, who, "accept", lambda now, _: {"seen": said(now.value)})


def reject(store: Store, part: str, who: str, reason: str | None = None) -> str:
    """Say that a part doesn't belong in the register."""
    return _about_part(store, part, who, "reject", lambda now, _: {"seen": said(now.value), "reason": reason})


def skip(store: Store, part: str, who: str) -> str:
    """Leave a part for somebody else, or for later: it stays as it is, and the skip stays in the history."""
    return _about_part(store, part, who, "skip", lambda now, _: {"part": now.id})


def add_part(store: Store, report: str, kind: Kind, values: dict[str, Any], who: str) -> str:
    """Add a part that the machine didn't find, from values by the codebook."""
    try:
        part = as_part(TYPES[kind], values)
    except PathError as error:
        raise DecisionError(str(error)) from error
    content = sealed({"as": plain(part)})

    def work(connection: Connection) -> str:
        store.lock_chain(connection)
        hash_ = find_report(connection, report)
        if read_present(connection, hash_) is None:
            raise DecisionError("the report was redacted")
        decision = append(store, connection, who, "add", hash_, {"report": hash_, "part": kind}, content)
        refresh(connection, hash_)
        return decision

    return store.write(work)


def _link(
    store: Store, what: str, left: Sequence[str], right: Sequence[str], who: str, reason: str | None
) -> str:
    content = sealed({"reason": reason})

    def work(connection: Connection) -> str:
        store.lock_chain(connection)
        sides = []
        for names in (left, right):
            found = [find_part(connection, name) for name in names]
            if any(part.kind != "events" for _, part in found):
                raise DecisionError("only events are merged and split")
            sides.append([subject_of(report, part) for report, part in found])
        return append(store, connection, who, what, None, {"events": sides[0], "with": sides[1]}, content)

    return store.write(work)


def merge_events(store: Store, events: Sequence[str], who: str, reason: str | None = None) -> str:
    """Say that these reported events are one and the same."""
    if len(set(events)) < 2:
        raise DecisionError("two events or more are needed to merge")
    return _link(store, "merge", events[:1], events[1:], who, reason)


def split_events(
    store: Store, events: Sequence[str], others: Sequence[str], who: str, reason: str | None = None
) -> str:
    """Say that none of `events` is the same event as any of `others`."""
    if not events or not others or set(events) & set(others):
        raise DecisionError("a split needs events on both of its sides, and none on both")
    return _link(store, "split", events, others, who, reason)


def undo(store: Store, decision: str, who: str) -> str:
    """Take a decision back (an undo too); both stay in the chain."""
    content = sealed({})

    def work(connection: Connection) -> str:
        store.lock_chain(connection)
        row = connection.execute(select(decisions).where(decisions.c.hash == decision)).one_or_none()
        if row is None:
            raise DecisionError(f"there is no decision {decision}")
        if row.what in ("redact", "union"):
            raise DecisionError(
                "a redaction can't be undone"
                if row.what == "redact"
                else "a union of registers can't be undone"
            )
        about = decisions.c.report == row.report if row.report else decisions.c.report.is_(None)
        if decision in undone(
            as_decision(other) for other in connection.execute(select(decisions).where(about))
        ):
            raise DecisionError("this decision has been undone already")
        hash_ = append(store, connection, who, "undo", row.report, {"decision": decision}, content)
        if row.report:
            refresh(connection, row.report)
        return hash_

    return store.write(work)


def find_decision(store: Store, name: str) -> str:
    """A decision's hash from the start of it (8 digits or more). Raises `DecisionError` where there is none or several."""
    if len(name) < 8:
        raise DecisionError(f"{name!r} is no start of a decision's hash: 8 digits or more are wanted")
    with store.read() as connection:
        between = decisions.c.hash.between(name, name + "g")
        found = list(connection.execute(select(decisions.c.hash).where(between).limit(2)).scalars())
    if len(found) != 1:
        raise DecisionError(f"{name} names {'several decisions' if found else 'no decision'}")
    return str(found[0])


def history(store: Store, report: str | None = None, limit: int = 1000, offset: int = 0) -> list[Decision]:
    """Who decided what, newest first: of one report, or of the whole register."""
    with store.read() as connection:
        query = (
            select(decisions)
            .order_by(decisions.c.decided_at.desc(), decisions.c.seq.desc())
            .limit(limit)
            .offset(offset)
        )
        if report:
            query = query.where(decisions.c.report == find_report(connection, report))
        return [as_decision(row) for row in connection.execute(query)]


def read_decision(store: Store, hash_: str) -> Decision:
    """The decision of that hash. Raises `NotFoundError` where there is none."""
    with store.read() as connection:
        row = connection.execute(select(decisions).where(decisions.c.hash == hash_)).one_or_none()
    if row is None:
        raise NotFoundError(f"there is no decision {hash_}")
    return as_decision(row)


def events_of(store: Store, decision: Decision) -> list[str]:
    """The present ids of the events that a merge or a split, or the undoing of one, is about."""
    while decision.what == "undo":
        decision = read_decision(store, decision.subject["decision"])
    subjects = [*decision.subject.get("events", ()), *decision.subject.get("with", ())]
    with store.read() as connection:
        return [id_ for subject in subjects if (id_ := _event_id(connection, subject)) is not None]


def decision_page(
    store: Store, *, who: str | None = None, what: str | None = None, limit: int = 50, offset: int = 0
) -> tuple[list[Decision], int]:
    """Some of the decisions, newest first, of one person or one kind, and how many there are."""
    given = ((decisions.c.who, who), (decisions.c.what, what))
    conditions = [column == value for column, value in given if value is not None]
    query = (
        select(decisions)
        .where(*conditions)
        .order_by(decisions.c.decided_at.desc(), decisions.c.seq.desc())
        .limit(limit)
        .offset(offset)
    )
    with store.read() as connection:
        total = connection.execute(
            select(func.count()).select_from(decisions).where(*conditions)
        ).scalar_one()
        return [as_decision(row) for row in connection.execute(query)], total


def undone_hashes(store: Store) -> set[str]:
    """The hashes of all decisions that are taken back."""
    with store.read() as connection:
        return undone(
            as_decision(row)
            for row in connection.execute(select(decisions).where(decisions.c.what == "undo"))
        )


def skipped(store: Store, who: str) -> set[str]:
    """The ids of the parts that somebody left for others."""
    with store.read() as connection:
        rows = connection.execute(
            select(decisions).where(
                (decisions.c.what == "skip") & (decisions.c.who == who) | (decisions.c.what == "undo")
            )
        )
        standing = in_force(as_decision(row) for row in rows)
    return {decision.payload["part"] for decision in standing if decision.payload and decision.what == "skip"}


def links(connection: Connection, of: set[str] | None = None) -> dict[frozenset[str], bool]:
    """People's word on which events are one: pairs of events' ids, True the same, False not. The latest word stands.
    With `of`, only what is said of events of these reports."""
    pairs: dict[frozenset[str], bool] = {}
    rows = connection.execute(select(decisions).where(decisions.c.report.is_(None)))
    for decision in in_force(as_decision(row) for row in rows):
        if decision.what in ("merge", "split"):
            left, right = (
                [
                    _event_id(connection, subject)
                    for subject in decision.subject[side]
                    if of is None or subject["report"] in of
                ]
                for side in ("events", "with")
            )
            for pair in product(left, right):
                if None not in pair and pair[0] != pair[1]:
                    pairs[frozenset(filter(None, pair))] = decision.what == "merge"
    return pairs


def _event_id(connection: Connection, subject: dict[str, Any]) -> str | None:
    """The present id of the event that a decision names; None where its report was redacted."""
    report = subject["report"]
    if "decision" in subject:
        state = read_present(connection, report)
        added = (
            (part.id for part in state.of("events", rejected=True) if part.added_by == subject["decision"])
            if state
            else iter(())
        )
        return next(added, None)
    number = numbers("events", read_records(connection, report)).get((subject["record"], subject["index"]))
    return None if number is None else part_id(report, "events", number)


def link_decisions(store: Store, of: set[str]) -> list[Decision]:
    """The merges and splits that name an event of these reports (their full hashes), and what took them back, newest first."""
    rows = select(decisions).where(decisions.c.report.is_(None)).order_by(decisions.c.seq.desc())
    with store.read() as connection:
        said = [as_decision(row) for row in connection.execute(rows)]
    found: dict[str, Decision] = {}
    for decision in reversed(said):  # an undo follows what it takes back
        subjects = [*decision.subject.get("events", ()), *decision.subject.get("with", ())]
        if any(subject["report"] in of for subject in subjects) or decision.subject.get("decision") in found:
            found[decision.hash] = decision
    return list(found.values())[::-1]
