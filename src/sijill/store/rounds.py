"""Rounds: reports that several people code, blind to one another, and what each of them coded."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import uuid4

import msgspec
from sqlalchemy import Connection, Row, delete, insert, select, update

from sijill.records import Event
from sijill.store.register import NotFoundError, Store, StoreError
from sijill.store.tables import codings, rounds


class Round(msgspec.Struct, frozen=True):
    """Who codes which reports (their hashes, in the order in which they are coded). `closed_at` is when it ended."""

    id: str
    name: str
    coders: tuple[str, ...]
    reports: tuple[str, ...]
    made_by: str
    made_at: str
    closed_at: str | None


def make_round(store: Store, name: str, coders: Sequence[str], reports: Sequence[str], who: str) -> Round:
    """Begin a round. Raises `StoreError` where there are fewer than two coders, or no reports."""
    if len(set(coders)) < 2 or not reports:
        raise StoreError("a round needs two coders or more, and reports to be coded")
    made = Round(
        uuid4().hex[:12],
        name,
        tuple(sorted(set(coders))),
        tuple(dict.fromkeys(reports)),
        who,
        store.clock(),
        None,
    )
    row = msgspec.structs.asdict(made)
    row |= {key: msgspec.json.encode(row[key]).decode() for key in ("coders", "reports")}
    store.write(lambda connection: connection.execute(insert(rounds).values(**row)))
    return made


def _round(row: Row[Any]) -> Round:
    coders, reports = (
        msgspec.json.decode(value, type=tuple[str, ...]) for value in (row.coders, row.reports)
    )
    return Round(row.id, row.name, coders, reports, row.made_by, row.made_at, row.closed_at)


def list_rounds(store: Store) -> list[Round]:
    """Every round, the newest first."""
    with store.read() as connection:
        return [_round(row) for row in connection.execute(select(rounds).order_by(rounds.c.made_at.desc()))]


def read_round(store: Store, id_: str) -> Round:
    """The round of that id. Raises `NotFoundError` where there is none."""
    with store.read() as connection:
        row = connection.execute(select(rounds).where(rounds.c.id == id_)).one_or_none()
    if row is None:
        raise NotFoundError(f"there is no round {id_}")
    return _round(row)


def save_coding(store: Store, id_: str, report: str, coder: str, events: Sequence[Event]) -> None:
    """Keep what somebody coded of a report, in place of what they coded before.

    Raises `StoreError` where the round is closed, or the report or the coder is no part of it.
    """
    content = msgspec.json.encode(list(events)).decode()

    def work(connection: Connection) -> None:
        row = connection.execute(select(rounds).where(rounds.c.id == id_)).one_or_none()
        if row is None or report not in (made := _round(row)).reports or coder not in made.coders:
            raise NotFoundError("this report is not yours to code in this round")
        if made.closed_at:
            raise StoreError("the round is closed")
        key = {"round": id_, "report": report, "coder": coder}
        mine = [codings.c[name] == value for name, value in key.items()]
        connection.execute(delete(codings).where(*mine))
        connection.execute(insert(codings).values(**key, content=content, made_at=store.clock()))

    store.write(work)


def read_codings(store: Store, id_: str) -> dict[str, dict[str, tuple[Event, ...]]]:
    """What was coded in a round: report → coder → events."""
    found: dict[str, dict[str, tuple[Event, ...]]] = {}
    with store.read() as connection:
        for row in connection.execute(select(codings).where(codings.c.round == id_)):
            found.setdefault(row.report, {})[row.coder] = msgspec.json.decode(
                row.content, type=tuple[Event, ...]
            )
    return found


def close_round(store: Store, id_: str) -> None:
    """End a round: nobody codes in it any more."""
    closing = (
        update(rounds).where(rounds.c.id == id_, rounds.c.closed_at.is_(None)).values(closed_at=store.clock())
    )
    store.write(lambda connection: connection.execute(closing))
