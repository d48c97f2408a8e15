"""Rows to values and back: reports, records and decisions as they are kept, and the present events for queries."""

from __future__ import annotations

import hashlib
import math
import unicodedata
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Any

import msgspec
from sqlalchemy import ColumnElement, Connection, Select, delete, insert, select, update

from sijill.records import GROUP_OF, Event, Record, Report
from sijill.store.present import Decision, Present, PresentPart, StoredRecord, present
from sijill.store.register import StoreError
from sijill.store.tables import (
    accounts,
    decisions,
    event_contents,
    event_tags,
    events,
    records,
    reports,
    tolls,
)
from sijill.text.script import normal_form

EMPTY = ""  # what stands in place of redacted content


def sha256(*values: Any) -> str:
    """SHA-256, in hexadecimal, of plain values as one JSON array."""
    return hashlib.sha256(msgspec.json.encode(values)).hexdigest()


def without_surrogates(text: str | None) -> str | None:
    """Lone surrogates, which no database and no JSON can carry, become U+FFFD."""
    if text is None or not any("\ud800" <= char <= "\udfff" for char in text):
        return text
    return "".join("\ufffd" if "\ud800" <= char <= "\udfff" else char for char in text)


def clean(report: Report) -> Report:
    """The report with nothing in it that can't be kept."""
    fields = msgspec.structs.asdict(report)
    return Report(**{name: without_surrogates(value) for name, value in fields.items()})  # type: ignore[arg-type]


def content_hash(report: Report) -> str:
    """What makes a report the same report: its words, house, day, headline and address (not the id it was given)."""
    return sha256(report.text, report.source, report.published, report.title, report.url)


def fold(name: str) -> str:
    """A name as it is compared: Arabic in normal form, Latin without accents, case or punctuation."""
    decomposed = unicodedata.normalize("NFKD", normal_form(name))
    letters = "".join(
        char if char.isalnum() else " " for char in decomposed if not unicodedata.combining(char)
    )
    return " ".join(letters.casefold().split())


def column(text: str | None) -> str | None:
    """Text for a column of its own: PostgreSQL knows no NUL."""
    return text.replace("\x00", "\ufffd") if text else text


def report_row(report: Report, original: str, added_at: str) -> dict[str, Any]:
    """The row of `reports` for a clean report."""
    return {
        "hash": content_hash(report),
        "id": column(report.id),
        "source": column(report.source),
        "published": column(report.published),
        "language": column(report.language),
        "content": msgspec.json.encode(report).decode(),
        "original": original,
        "added_at": added_at,
    }


def record_row(report: str, record: Record, rules: str, made_at: str) -> dict[str, Any]:
    """The row of `records`. The report's text is kept once, with the report, and left out here."""
    bare = msgspec.structs.replace(record, report=msgspec.structs.replace(record.report, text=""))
    content = bare.to_json().decode()
    return {
        "hash": sha256(report, rules, content),
        "report": report,
        "rules": rules,
        "content": content,
        "made_at": made_at,
    }


def read_report(connection: Connection, hash_: str) -> Report | None:
    """The report with this content hash. None where it was redacted; raises `StoreError` where there is none."""
    content = connection.execute(
        select(reports.c.content).where(reports.c.hash == hash_)
    ).scalar_one_or_none()
    if content is None:
        raise StoreError(f"there is no report {hash_}")
    return msgspec.json.decode(content, type=Report) if content else None


def read_records(connection: Connection, hash_: str) -> list[StoredRecord]:
    """Every record of a report, oldest first, without the report's text; redacted ones are left out."""
    rows = connection.execute(
        select(records)
        .where(records.c.report == hash_, records.c.content != EMPTY)
        .order_by(records.c.made_at, records.c.hash)
    )
    return [StoredRecord(row.hash, row.rules, row.made_at, Record.from_json(row.content)) for row in rows]


def as_decision(row: Any) -> Decision:
    """A row of `decisions` as a value."""
    return Decision(
        hash=row.hash,
        chain=row.chain,
        who=row.who,
        decided_at=row.decided_at,
        what=row.what,
        report=row.report,
        subject=msgspec.json.decode(row.subject),
        payload=msgspec.json.decode(row.payload)[1] if row.payload else None,
    )


def read_decisions(connection: Connection, hash_: str) -> list[Decision]:
    """The decisions about one report's parts."""
    rows = connection.execute(select(decisions).where(decisions.c.report == hash_).order_by(decisions.c.seq))
    return [as_decision(row) for row in rows]


def read_present(connection: Connection, hash_: str) -> Present | None:
    """What now stands of a report; None where it was redacted."""
    report = read_report(connection, hash_)
    if report is None:
        return None
    return present(hash_, report, read_records(connection, hash_), read_decisions(connection, hash_))


def read_all_present(connection: Connection, of: Select[tuple[str]] | None = None) -> Iterator[Present]:
    """What now stands of every report that isn't redacted, in the order of their hashes, as a stream; of those whose hashes
    `of` selects, if given."""
    decided: dict[str, list[Decision]] = {}
    for row in connection.execute(
        select(decisions).where(decisions.c.report.is_not(None)).order_by(decisions.c.seq)
    ):
        decided.setdefault(row.report, []).append(as_decision(row))
    query = (
        select(
            reports.c.hash,
            reports.c.content,
            records.c.hash.label("record"),
            records.c.rules,
            records.c.made_at,
        )
        .add_columns(records.c.content.label("coded"))
        .outerjoin(records, (records.c.report == reports.c.hash) & (records.c.content != EMPTY))
        .where(reports.c.content != EMPTY)
        .order_by(reports.c.hash, records.c.made_at, records.c.hash)
    )
    if of is not None:
        query = query.where(reports.c.hash.in_(of))
    rows = connection.execute(query.execution_options(yield_per=500))
    for (hash_, content), group in groupby(rows, key=lambda row: (row.hash, row.content)):
        made = [
            StoredRecord(row.record, row.rules, row.made_at, Record.from_json(row.coded))
            for row in group
            if row.record
        ]
        yield present(hash_, msgspec.json.decode(content, type=Report), made, decided.get(hash_, []))


def refresh(connection: Connection, hash_: str) -> Present | None:
    """Derive a report's present events anew and put them where queries look."""
    now = read_present(connection, hash_)
    # An account repeats what its tellings say: it goes too, and is made anew when the register is linked.
    owners = (
        select(events.c.account).where(events.c.report == hash_, events.c.account.is_not(None)).distinct()
    )
    for account in connection.execute(owners).scalars().all():
        connection.execute(delete(accounts).where(accounts.c.id == account))
        delete_events(connection, events.c.id == account)
        connection.execute(
            update(events)
            .where(events.c.account == account)
            .values(account=None, lead=events.c.review != "rejected")
        )
    delete_events(connection, events.c.report == hash_)
    if now is not None:
        write_events(connection, [now])
    return now


def delete_events(connection: Connection, which: ColumnElement[bool]) -> None:
    """Take rows of `events` out, with their contents, tags and tolls."""
    numbers = select(events.c.number).where(which)
    connection.execute(delete(event_tags).where(event_tags.c.event.in_(numbers)))
    connection.execute(delete(tolls).where(tolls.c.event.in_(numbers)))
    connection.execute(delete(event_contents).where(event_contents.c.event.in_(numbers)))
    connection.execute(delete(events).where(which))


def write_events(connection: Connection, states: Iterable[Present]) -> None:
    """Put present events where queries look."""
    parts = [(state, part) for state in states for part in state.of("events", rejected=True)]
    insert_events(
        connection,
        [event_row(state, part) for state, part in parts],
        [tag for state, part in parts for tag in event_tag_rows(state, part)],
    )


def insert_events(connection: Connection, rows: list[dict[str, Any]], tags: list[dict[str, Any]]) -> None:
    """Insert rows that `event_row` or its like made, their contents and their tags."""
    if rows:
        contents = [{"event": row["number"], "content": row["content"]} for row in rows]
        connection.execute(
            insert(events),
            [{name: value for name, value in row.items() if name != "content"} for row in rows],
        )
        connection.execute(insert(event_contents), contents)
    if tags:
        connection.execute(insert(event_tags), tags)


def number_of(event: str) -> int:
    """The number of the row of an event or account, made from its id: the same in every register, and 62 bits long."""
    return int(sha256(event)[:16], 16) >> 2


def point(lat: float, lon: float) -> tuple[float, float, float]:
    """A place in degrees as a point of the unit sphere."""
    phi, lam = math.radians(lat), math.radians(lon)
    return math.cos(phi) * math.cos(lam), math.cos(phi) * math.sin(lam), math.sin(phi)


def people(event: Event, outcome: str) -> int | None:
    """How many people of all sides met with `outcome`, as the report has it: wholes only, figures that are numbers."""
    figures = [
        c.n for c in event.casualties if c.outcome == outcome and c.part_of is None and c.n is not None
    ]
    return min(sum(figures), 2**31 - 1) if figures else None


def event_row(state: Present, part: PresentPart) -> dict[str, Any]:
    """The row of `events` for a present event."""
    event = part.value
    assert isinstance(event, Event)
    killed = people(event, "killed")
    return {
        "number": number_of(part.id),
        "id": part.id,
        "report": state.hash,
        "account": None,
        "lead": part.review != "rejected",
        "voices": 1,
        "low": killed,
        "best": killed,
        "high": killed,
        "review": part.review,
        **event_columns(event),
        "wounded": people(event, "wounded"),
        "source": column(state.report.source),
        "published": column(state.report.published),
        "confidence": event.confidence,
        "conflicts": len(part.conflicts),
        "contradictions": 0,
        "doubt": doubt(part.review, event.confidence, len(part.conflicts), 0),
    }


NO_DOUBT = -1.0


def doubt(review: str, confidence: float | None, conflicts: int, contradictions: int) -> float:
    """How much a telling wants a person: newer rules against a decision weigh most, then tellers that differ, then how
    unsure the machine is (halfway, where it doesn't say). `NO_DOUBT` where a person has decided and nothing is against it."""
    if review != "machine" and (review == "rejected" or not conflicts):
        return NO_DOUBT
    unsure = 1.0 - (0.5 if confidence is None else confidence)
    return (2.0 if conflicts else 0.0) + (1.0 if contradictions else 0.0) + unsure


def event_columns(event: Event) -> dict[str, Any]:
    """What an event says, as columns of `events`."""
    place = event.place
    x, y, z = (
        point(place.lat, place.lon)
        if place and place.lat is not None and place.lon is not None
        else (None, None, None)
    )
    return {
        "type": event.type,
        "kind": GROUP_OF[event.type],
        "status": event.status,
        "start": event.start,
        "end": event.end or event.start,
        "date_precision": event.date_precision,
        "place": column(place.name) if place else None,
        "place_key": fold(place.name) if place else None,
        "country": column(place.country) if place else None,
        "lat": place.lat if place else None,
        "lon": place.lon if place else None,
        "x": x,
        "y": y,
        "z": z,
        "precision": place.precision if place else None,
        "content": msgspec.json.encode(event).decode(),
    }


def event_tag_rows(state: Present, part: PresentPart) -> list[dict[str, Any]]:
    """The rows of `event_tags`: the actors of either side, and the houses and people on whose word it is."""
    event = part.value
    assert isinstance(event, Event)
    voices = [state.report.source, *(source.name for source in event.sources)]
    return tag_rows(part.id, {*event.side_a, *event.side_b}, {fold(voice) for voice in voices if voice})


def tag_rows(event: str, actors: set[str], sources: set[str]) -> list[dict[str, Any]]:
    """Rows of `event_tags` for one row of `events`; sources are folded names."""
    tags = [("actor", actor) for actor in sorted(actors)] + [
        ("source", name) for name in sorted(sources - {""})
    ]
    return [{"kind": kind, "value": column(value), "event": number_of(event)} for kind, value in tags]
