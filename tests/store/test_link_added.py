"""Linking what was just added gives the accounts that linking the whole register gives."""

from __future__ import annotations

import random
from datetime import date, timedelta
from pathlib import Path

import msgspec
import pytest
from sqlalchemy import select

from ledger.made import world
from sijill.reading.originals import Original
from sijill.records import Record, Report
from sijill.store import Store, add_reports, find_events
from sijill.store import link_added as module
from sijill.store.link_added import link_added
from sijill.store.linking import link_register, pending
from sijill.store.tables import accounts


def shifted(record: Record, days: int) -> Record:
    """The record so many days later."""

    def later(day: str | None) -> str | None:
        return str(date.fromisoformat(day) + timedelta(days=days)) if day else None

    events = (msgspec.structs.replace(e, start=later(e.start), end=later(e.end)) for e in record.events)
    report = msgspec.structs.replace(record.report, published=later(record.report.published))
    return msgspec.structs.replace(record, report=report, events=tuple(events))


def told(seed: int) -> dict[str, Record]:
    """Made records over a year and a half, each with a text of its own, by the text."""
    rng = random.Random(seed)
    out: dict[str, Record] = {}
    for record in world(seed, events=60):
        record = shifted(record, 110 * (int(record.report.id[1:4]) % 5))
        text = " ".join(rng.choices("abcdefghijklmnopqrstuvwxyz", k=30))
        out[text] = msgspec.structs.replace(record, report=msgspec.structs.replace(record.report, text=text))
    return out


def items(records: list[Record]) -> list[tuple[Report, Original]]:
    return [(r.report, Original(r.report.text.encode(), "text/plain", f"/{r.report.id}")) for r in records]


def content(store: Store) -> list[tuple[str, str]]:
    """Every account, and every row that lists show."""
    with store.read() as connection:
        made = [tuple(row) for row in connection.execute(select(accounts).order_by(accounts.c.id))]
    found = [(each.id, str(each)) for each in find_events(store, limit=1000).events]
    return [*made, *sorted(found)]


@pytest.mark.parametrize("seed", range(4))
def test_the_same_as_linking_all(seed: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_STRETCHES", (75, 150))
    known = told(seed)
    records = list(known.values())
    random.Random(seed).shuffle(records)
    with Store.create(tmp_path / "a.db") as store:
        whole: list[int] = []
        monkeypatch.setattr(module, "link_register", lambda *_, **__: whole.append(1) or link_register(store))
        for at in range(0, len(records), 3):
            since = store.clock()
            add_reports(store, items(records[at : at + 3]), lambda report: known[report.text], rules="1")
            if pending(store):
                link_added(store, since)
            assert pending(store) == 0
        step_by_step = content(store)
        link_register(store)
        assert step_by_step == content(store)
        assert len(whole) < len(records) / 6, "most steps look at a stretch of time only"


def test_far_away_accounts_are_not_touched(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    early = list(told(1).values())[:12]

    def later(record: Record) -> Record:
        event = msgspec.structs.replace(
            record.events[0], start="2024-05-01", end="2024-05-01", date_precision=1
        )
        report = msgspec.structs.replace(record.report, text=record.report.text[::-1], published="2024-05-02")
        return msgspec.structs.replace(record, report=report, events=(event,))

    late = [later(record) for record in early[:2]]
    by_text = {record.report.text: record for record in (*early, *late)}
    monkeypatch.setattr(
        module, "link_register", lambda *_, **__: pytest.fail("the whole register was linked")
    )
    with Store.create(tmp_path / "a.db") as store:
        add_reports(store, items(early), lambda report: by_text[report.text], rules="1")
        link_register(store)
        since = store.clock()
        add_reports(store, items(late), lambda report: by_text[report.text], rules="1")
        assert link_added(store, since).events == 2
        assert pending(store) == 0


def test_what_else_waits_has_all_linked(tmp_path: Path) -> None:
    known = told(2)
    records = list(known.values())
    with Store.create(tmp_path / "a.db") as store:
        add_reports(store, items(records[:20]), lambda report: known[report.text], rules="1")
        since = store.clock()
        add_reports(store, items(records[20:24]), lambda report: known[report.text], rules="1")
        link_added(store, since)
        assert pending(store) == 0
