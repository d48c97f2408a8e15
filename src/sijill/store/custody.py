"""Custody: the register is shown to be what it was, and what must go for someone's safety goes.

`verify` recomputes every hash: of original bytes, reports, records and the chain of decisions. A redaction replaces
content and leaves tombstones, which the redacting decision lists with the hash of what stands in the content's place, so
that a redacted register verifies as strictly as any other.
"""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import groupby
from typing import Any

import msgspec
from sqlalchemy import Connection, Table, exists, select, text, update

from sijill.records import Record, Report
from sijill.store.copied import forget
from sijill.store.decisions import append, find_report, link_hash, root, sealed
from sijill.store.register import Store, StoreError
from sijill.store.rows import EMPTY, content_hash, event_row, read_all_present, refresh, sha256
from sijill.store.tables import (
    APPEND_ONLY,
    accounts,
    decisions,
    event_contents,
    events,
    originals,
    records,
    reports,
    tombstones,
)
from sijill.text.script import normal_form, normalise

LINKED = ("account", "lead", "contradictions", "doubt")
MASK = "\u2588"
Change = tuple[str, str, str | None]
"""What a redaction puts in a row's place: (kind of row, its key, the new content; None of an original)."""

# The rows that can be redacted, by the tombstone's kind: (table, column of the key, column of the content).
ROWS: dict[str, tuple[Table, Any, Any]] = {
    "original": (originals, originals.c.sha256, originals.c.content),
    "report": (reports, reports.c.hash, reports.c.content),
    "record": (records, records.c.hash, records.c.content),
    "decision": (decisions, decisions.c.hash, decisions.c.payload),
}


class Problem(msgspec.Struct, frozen=True):
    """Something that isn't as it should be: which table, which row, and what is wrong."""

    table: str
    row: str
    message: str


class Verified(msgspec.Struct, frozen=True):
    """What `verify` looked at and found. `head` is the last decision's hash: noted down elsewhere, it shows later
    whether decisions were cut off the end. `redacted` counts the rows under tombstones."""

    register: str
    head: str
    originals: int
    reports: int
    records: int
    decisions: int
    redacted: int
    problems: list[Problem]


def stands(content: str | None) -> str:
    """The hash of what a redaction leaves in a row."""
    return sha256(content)


def verify(store: Store) -> Verified:
    """Recompute every hash of the register and compare its present events with what they are derived from."""
    with store.read() as connection:
        problems = [*_file_problems(store, connection), *_guard_problems(store, connection)]
        buried, told = _tombstones(connection)
        problems += told
        counts = {}
        for kind, check in (
            ("original", _original_is_right),
            ("report", _report_is_right),
            ("record", _record_is_right),
        ):
            table, key, column = ROWS[kind]
            counts[table.name] = 0
            for row in connection.execute(select(table).execution_options(yield_per=200)):
                counts[table.name] += 1
                name, content = getattr(row, key.name), getattr(row, column.name)
                if (kind, name) in buried:
                    right = stands(content) in buried[kind, name]
                    message = "is not what its redaction left"
                else:
                    right, message = check(row), "is not what its hash says"
                if not right:
                    problems.append(Problem(table.name, name, message))
        head, count, chain_problems = _chain(store, connection, buried)
        problems += chain_problems
        problems += _present_problems(connection)
        return Verified(
            register=store.id,
            head=head,
            originals=counts["originals"],
            reports=counts["reports"],
            records=counts["records"],
            decisions=count,
            redacted=len(buried),
            problems=problems,
        )


def _file_problems(store: Store, connection: Connection) -> Iterable[Problem]:
    if store.is_sqlite:
        for (message,) in connection.execute(text("PRAGMA integrity_check(20)")):
            if message != "ok":
                yield Problem("file", store.path, str(message))
        for row in connection.execute(text("PRAGMA foreign_key_check")):
            yield Problem(str(row[0]), str(row[1]), f"points at a row of {row[2]} that isn't there")


def _guard_problems(store: Store, connection: Connection) -> Iterable[Problem]:
    where = (
        "SELECT name FROM sqlite_master WHERE type = 'trigger'"
        if store.is_sqlite
        else "SELECT tgname FROM pg_trigger WHERE tgenabled = 'O'"
    )
    there = {name for (name,) in connection.execute(text(where))}
    for table in APPEND_ONLY:
        for guard in (f"{table}_no_update", f"{table}_no_delete"):
            if guard not in there:
                yield Problem(table, guard, "the guard against changes is gone")


def _tombstones(connection: Connection) -> tuple[dict[tuple[str, str], set[str]], list[Problem]]:
    """What each tombstone says stands, and tombstones that no decision put there."""
    said: dict[str, set[tuple[str, ...]]] = {}
    buried: dict[tuple[str, str], set[str]] = defaultdict(set)
    problems = []
    for row in connection.execute(select(tombstones)).all():
        if row.decision not in said:
            found = connection.execute(
                select(decisions.c.payload, decisions.c.what).where(decisions.c.hash == row.decision)
            ).one_or_none()
            entries = (
                msgspec.json.decode(found.payload)[1].get("entries", []) if found and found.payload else []
            )
            said[row.decision] = {tuple(entry) for entry in entries}
        if (row.kind, row.subject, row.stands) in said[row.decision]:
            buried[row.kind, row.subject].add(row.stands)
        else:
            problems.append(Problem("tombstones", row.subject, "no decision put this tombstone here"))
    return buried, problems


def _original_is_right(row: Any) -> bool:
    return (
        row.content is not None
        and hashlib.sha256(row.content).hexdigest() == row.sha256
        and len(row.content) == row.size
    )


def _report_is_right(row: Any) -> bool:
    try:
        report = msgspec.json.decode(row.content, type=Report)
    except msgspec.DecodeError:
        return False
    same = all(
        (getattr(report, name) or "").replace("\x00", "\ufffd") == (getattr(row, name) or "")
        for name in ("id", "source", "published", "language")
    )
    return same and content_hash(report) == row.hash


def _record_is_right(row: Any) -> bool:
    return sha256(row.report, row.rules, row.content) == str(row.hash)


def _chain(
    store: Store, connection: Connection, buried: dict[tuple[str, str], set[str]]
) -> tuple[str, int, list[Problem]]:
    """Walk every chain. Returns this register's head, the number of decisions, and what is wrong."""
    problems: list[Problem] = []
    known: dict[str, str] = {}
    followed: set[str] = set()
    own_head, named_heads = root(store.id), set()
    for row in connection.execute(select(decisions).order_by(decisions.c.seq)):
        if row.prev != root(row.chain) and known.get(row.prev) != row.chain:
            problems.append(Problem("decisions", row.hash, "the decision that it follows is missing"))
        if row.hash != link_hash(
            row.prev, row.chain, row.who, row.decided_at, row.what, row.report, row.subject, row.payload_hash
        ):
            problems.append(Problem("decisions", row.hash, "is not what its hash says"))
        if ("decision", row.hash) in buried:
            if stands(row.payload) not in buried["decision", row.hash]:
                problems.append(Problem("decisions", row.hash, "is not what its redaction left"))
        elif sha256(row.payload) != row.payload_hash:
            problems.append(Problem("decisions", row.hash, "its content is not what its hash says"))
        if row.what == "union" and row.payload:
            named_heads |= set(msgspec.json.decode(row.payload)[1].get("heads", []))
        if row.local:
            if row.prev != own_head:
                problems.append(Problem("decisions", row.hash, "does not follow the decision before it"))
            own_head = row.hash
        known[row.hash] = row.chain
        followed.add(row.prev)
    for missing in sorted(named_heads - set(known)):
        problems.append(Problem("decisions", missing, "was taken over from another register and is gone"))
    for loose in sorted(set(known) - followed - named_heads - {own_head}):
        problems.append(
            Problem("decisions", loose, "ends a chain that no decision of this register took over")
        )
    return own_head, len(known), problems


def _present_problems(connection: Connection) -> Iterable[Problem]:
    """Reports without a record, and present events that differ from what they are derived from."""
    recorded = exists().where(records.c.report == reports.c.hash)
    for hash_ in connection.execute(select(reports.c.hash).where(~recorded)).scalars():
        yield Problem("reports", hash_, "has no record")
    query = (
        select(events, event_contents.c.content)
        .join(event_contents, event_contents.c.event == events.c.number)
        .where(events.c.id.not_in(select(accounts.c.id)))
        .order_by(events.c.report)
    )
    rows = connection.execute(query.execution_options(yield_per=500)).mappings()
    there = groupby(rows, key=lambda row: str(row["report"]))
    # Both streams come in the order of the reports' hashes, and are laid side by side.
    report, found = _next_report(there)
    try:
        for state in read_all_present(connection):
            while report is not None and report < state.hash:
                yield Problem("events", report, "belong to no report that stands")
                report, found = _next_report(there)
            wanted = {part.id: _derived(event_row(state, part)) for part in state.of("events", rejected=True)}
            same = wanted == (found if report == state.hash else {})
            if not same:
                yield Problem(
                    "events", state.hash, "differ from the records and decisions that they are derived from"
                )
            if report == state.hash:
                report, found = _next_report(there)
    except msgspec.MsgspecError as error:
        yield Problem("reports", "", f"one of them, its records or decisions can't be read ({error})")
        return
    while report is not None:
        yield Problem("events", report, "belong to no report that stands")
        report, found = _next_report(there)


def _next_report(there: Iterator[tuple[str, Iterable[Any]]]) -> tuple[str | None, dict[str, dict[str, Any]]]:
    report, rows = next(there, (None, ()))
    return report, {row["id"]: _derived(row) for row in rows}


def _derived(row: Mapping[str, Any]) -> dict[str, Any]:
    """A row of `events` without what only linking sets."""
    return {name: value for name, value in row.items() if name not in LINKED}


# --- redaction -------------------------------------------------------------------------------------------------------


def bury(store: Store, connection: Connection, changes: Iterable[Change], decision: str) -> None:
    """Put tombstones for `changes`, in the name of `decision` which lists them, and the new content in the rows' place."""
    at = store.clock()
    touched: set[str] = set()
    for kind, subject, content in changes:
        table, key, column = ROWS[kind]
        row = {
            "kind": kind,
            "subject": subject,
            "decision": decision,
            "stands": stands(content),
            "made_at": at,
        }
        store.insert_new(connection, tombstones, row)
        values: dict[str, Any] = {column.name: content}
        if kind == "report":
            report = msgspec.json.decode(content, type=Report) if content else None
            values |= {
                name: getattr(report, name) if report else None
                for name in ("id", "source", "published", "language")
            }
            touched.add(subject)
            forget(connection, subject)
        elif kind == "record":
            owner = connection.execute(select(records.c.report).where(records.c.hash == subject)).scalar_one()
            touched.add(owner)
        elif kind == "original":
            values["origin"] = EMPTY
        connection.execute(update(table).where(key == subject).values(values))
    for hash_ in sorted(touched):
        refresh(connection, hash_)


def redact_report(store: Store, report: str, who: str, reason: str) -> str:
    """Take a report's content out of the register: its words, original bytes, records, and what was decided about it.

    Its hash stays, so that it isn't added again by mistake. An original that holds several reports goes as a whole.
    Returns the decision's hash.
    """

    def plan(connection: Connection) -> tuple[dict[str, Any], list[Change]]:
        hash_ = find_report(connection, report)
        return {"report": hash_}, _whole_report(connection, hash_)

    return _redact(store, who, reason, plan)


def _whole_report(connection: Connection, hash_: str) -> list[Change]:
    row = connection.execute(select(reports).where(reports.c.hash == hash_)).one()
    changes: list[Change] = [("report", hash_, EMPTY), ("original", row.original, None)]
    changes += [
        ("record", name, EMPTY)
        for name in connection.execute(select(records.c.hash).where(records.c.report == hash_)).scalars()
    ]
    about = select(decisions.c.hash).where(decisions.c.report == hash_)
    return changes + [("decision", name, EMPTY) for name in connection.execute(about).scalars()]


def redact_name(store: Store, name: str, who: str, reason: str) -> str:
    """Take a person's name out of the register, in every report, record and decision: each of its letters becomes a
    block, so that offsets stay true. Original bytes that hold the name go as a whole.

    The name is found whatever its vowel signs, the forms of its letters or its case, with prefixes written on to it. Other
    spellings and parts of the name are other names: redact each. Returns the decision's hash; raises `StoreError`
    where the name is found nowhere.
    """
    pattern = _name_pattern(name)

    def plan(connection: Connection) -> tuple[dict[str, Any], list[Change]]:
        changes = _name_changes(connection, name, pattern)
        if not changes:
            raise StoreError("this name is nowhere in the register")
        return {"name": True}, changes

    return _redact(store, who, _masked(reason, pattern), plan)


def _redact(
    store: Store, who: str, reason: str, plan: Callable[[Connection], tuple[dict[str, Any], list[Change]]]
) -> str:
    made: tuple[dict[str, Any], list[Change], str] | None = None

    def work(connection: Connection) -> str:
        nonlocal made
        store.lock_chain(connection)
        if made is None:
            subject, changes = plan(connection)
            entries = [[kind, key, stands(content)] for kind, key, content in changes]
            made = subject, changes, sealed({"reason": reason, "entries": entries})
        subject, changes, content = made
        decision = append(store, connection, who, "redact", None, subject, content)
        bury(store, connection, changes, decision)
        return decision

    decision = store.write(work)
    wipe(store)
    return decision


def wipe(store: Store) -> None:
    """Let nothing of what was redacted linger in the database's own files."""
    with store.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        if store.is_sqlite:
            driver = connection.connection.driver_connection
            assert driver is not None
            driver.execute("PRAGMA wal_checkpoint(TRUNCATE)").close()
        else:
            for table in (
                "originals",
                "reports",
                "records",
                "decisions",
                "events",
                "event_contents",
                "event_tags",
                "accounts",
            ):
                connection.execute(text(f"VACUUM FULL {table}"))


def _name_pattern(name: str) -> re.Pattern[str]:
    words = normal_form(name).split()
    if not words or len("".join(words)) < 3:
        raise StoreError("a name of three letters or more is needed")
    return re.compile(
        r"(?<!\w)[وفبكل]{0,2}(" + r"\s+".join(map(re.escape, words)) + r")(?!\w)", re.IGNORECASE
    )


def _masked(words: str, pattern: re.Pattern[str]) -> str:
    """The words with every letter of the name as a block; as many code points as before."""
    normal = normalise(words)
    letters = None
    for match in pattern.finditer(normal.text):
        letters = letters or list(words)
        start, end = normal.span(*match.span(1))
        letters[start:end] = MASK * (end - start)
    return "".join(letters) if letters else words


def _masked_values(value: Any, pattern: re.Pattern[str]) -> Any:
    if isinstance(value, str):
        return _masked(value, pattern)
    if isinstance(value, dict):
        return {key: _masked_values(item, pattern) for key, item in value.items()}
    return [_masked_values(item, pattern) for item in value] if isinstance(value, list) else value


def _name_changes(connection: Connection, name: str, pattern: re.Pattern[str]) -> list[Change]:
    changes: list[Change] = []
    gone: set[str] = set()
    for row in connection.execute(select(reports).where(reports.c.content != EMPTY)).all():
        masked = msgspec.json.encode(_masked_values(msgspec.json.decode(row.content), pattern)).decode()
        if masked != row.content:
            changes.append(("report", row.hash, masked))
            gone.add(row.original)
        words = msgspec.json.decode(masked)["text"]
        kept = select(records).where(records.c.report == row.hash, records.c.content != EMPTY)
        for record in connection.execute(kept).all():
            content = _masked_record(record.content, words, pattern)
            if content != record.content:
                changes.append(("record", record.hash, content))
                gone.add(row.original)
    for row in connection.execute(
        select(decisions.c.hash, decisions.c.payload).where(decisions.c.payload != EMPTY)
    ).all():
        masked = msgspec.json.encode(_masked_values(msgspec.json.decode(row.payload), pattern)).decode()
        if masked != row.payload:
            changes.append(("decision", row.hash, masked))
    forms = [
        form
        for encoding in ("utf-8", "utf-16-le", "utf-16-be", "cp1256")
        if (form := name.encode(encoding, "ignore"))
    ]
    still = select(originals.c.sha256, originals.c.content).where(originals.c.content.is_not(None))
    for row in connection.execute(still.execution_options(yield_per=50)):
        if row.sha256 in gone or any(form in row.content for form in forms):
            changes.append(("original", row.sha256, None))
    return changes


def _masked_record(content: str, words: str, pattern: re.Pattern[str]) -> str:
    """A record's JSON with the name masked; evidence repeats the masked report, also where it holds half the name."""

    def mend(value: Any) -> None:
        if isinstance(value, dict):
            if {"start", "end", "text", "field"} <= value.keys() and MASK in words[
                value["start"] : value["end"]
            ]:
                value["text"] = words[value["start"] : value["end"]]
            for item in value.values():
                mend(item)
        elif isinstance(value, list):
            for item in value:
                mend(item)

    plain = _masked_values(msgspec.json.decode(content), pattern)
    mend(plain)
    masked = Record.from_json(msgspec.json.encode(plain)).to_json().decode()
    return content if masked == Record.from_json(content).to_json().decode() else masked
