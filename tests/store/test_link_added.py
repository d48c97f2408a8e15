"""Linking what was just added gives the accounts that linking the whole register gives."""

from __future__ import annotations

import random
from datetime import date, timedelta
from pathlib import Path

import msgspec
import pytest
from sqlalchemy import select

from ledger.made import event, record, world
from sijill.reading.originals import Original
from sijill.records import Record, Report
from sijill.store import (
    Filter,
    Store,
    accept,
    add_reports,
    correct,
    event_ids,
    find_accounts,
    find_events,
    merge_events,
    redact_report,
    reject,
    split_events,
    undo,
)
from sijill.store import link_added as module
from sijill.store.decisions import events_of, read_decision
from sijill.store.link_added import link_added, relink, standing
from sijill.store.linking import kin, link_register, pending
from sijill.store.tables import accounts, copy_bands, copy_texts


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
    for made in world(seed, events=60):
        later = shifted(made, 110 * (int(made.report.id[1:4]) % 5))
        text = " ".join(rng.choices("abcdefghijklmnopqrstuvwxyz", k=30))
        out[text] = msgspec.structs.replace(later, report=msgspec.structs.replace(later.report, text=text))
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
    monkeypatch.setattr(module, "_REACH", 75)
    monkeypatch.setattr(module, "_MOST", 450)
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


@pytest.mark.parametrize("seed", range(3))
def test_decisions_give_the_same_as_linking_all(
    seed: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "_REACH", 75)
    monkeypatch.setattr(module, "_MOST", 450)
    whole: list[int] = []
    known = told(seed + 10)
    rng = random.Random(seed)
    with Store.create(tmp_path / "a.db") as store:
        add_reports(store, items(list(known.values())), lambda report: known[report.text], rules="1")
        link_register(store)
        monkeypatch.setattr(module, "link_register", lambda *_, **__: whole.append(1) or link_register(store))
        decided: list[str] = []
        for _ in range(16):
            tellings = [each.id for each in find_events(store, Filter(tellings=True), limit=1000).events]
            one, other = rng.sample(tellings, 2)
            before, named = standing(store, [one, other]), [one, other]
            match rng.choice(["accept", "day", "toll", "reject", "merge", "split", "undo"]):
                case "accept":
                    decided.append(accept(store, one, "Huda"))
                case "day":
                    day = f"2018-0{rng.randint(1, 9)}-1{rng.randint(0, 9)}"
                    decided += [correct(store, one, field, day, "Huda") for field in ("end", "start")]
                case "toll":
                    side = {"outcome": "killed", "side": "b", "n": rng.randint(1, 40), "bound": "exact"}
                    decided.append(correct(store, one, "casualties", [side], "Huda"))
                case "reject":
                    decided.append(reject(store, one, "Huda"))
                case "merge":
                    decided.append(merge_events(store, [one, other], "Huda"))
                case "split":
                    rest = sorted(kin(store, [one]) - {one})
                    if rest:
                        decided.append(split_events(store, [one], rest, "Huda"))
                case "undo":
                    if decided:
                        taken = decided.pop(rng.randrange(len(decided)))
                        named = _named(store, taken)
                        before = standing(store, named)
                        undo(store, taken, "Huda")
            relink(store, before, named)
            assert pending(store) == 0
        step_by_step = content(store)
        link_register(store)
        assert step_by_step == content(store)
        assert len(whole) < 8, "most decisions look at a stretch of time only"


def _named(store: Store, decision: str) -> list[str]:
    """The events that a decision names, with all others of their reports."""
    made = read_decision(store, decision)
    return event_ids(store, made.report) if made.report else events_of(store, made)


def test_an_old_report_printed_again_is_one_voice(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whenever it is printed: also where nothing else of that time is looked at."""
    words = (
        "Three soldiers and two officers were killed when a bomb hit their vehicle on the road to the airport, the army's "
        "spokesman said, adding that a search for those who had laid it was under way in the villages around."
    )
    first = record("x", event("2018-06-12", dead=5), text=words, source="A")
    again = record(
        "y", event("2018-06-12", dead=5), published="2021-01-05", text=f"{words} Archive.", source="B"
    )
    undated = record(
        "z", event(None, dead=5), published="2023-02-03", text=f"From our pages: {words}", source="C"
    )
    others = list(told(3).values())[:6]
    by_text = {r.report.text: r for r in (first, again, undated, *others)}
    monkeypatch.setattr(
        module, "link_register", lambda *_, **__: pytest.fail("the whole register was linked")
    )
    with Store.create(tmp_path / "a.db") as store:
        add_reports(store, items([*others, first]), lambda report: by_text[report.text], rules="1")
        link_register(store)
        for reprint in (again, undated):
            since = store.clock()
            add_reports(store, items([reprint]), lambda report: by_text[report.text], rules="1")
            link_added(store, since)
        (found,) = find_accounts(store, Filter(since="2018-06-12", until="2018-06-12", min_killed=5))
        assert len(found.events) == 3
        assert len(found.voices) == 1
        step_by_step = content(store)
        link_register(store)
        assert step_by_step == content(store)


def test_a_redacted_text_leaves_the_index(tmp_path: Path) -> None:
    known = {
        text * 3: msgspec.structs.replace(r, report=msgspec.structs.replace(r.report, text=text * 3))
        for text, r in told(4).items()
    }
    with Store.create(tmp_path / "a.db") as store:
        add_reports(store, items(list(known.values())[:5]), lambda report: known[report.text], rules="1")
        link_register(store)
        gone = find_events(store).events[0].report
        redact_report(store, gone, "Huda", "safety")
        link_register(store)
        with store.read() as connection:
            kept = set(connection.execute(select(copy_texts.c.report)).scalars())
            bands = connection.execute(select(copy_bands.c.text).distinct()).scalars().all()
        assert len(kept) == len(bands) == 4
        assert gone not in kept


def test_far_away_accounts_are_not_touched(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    early = list(told(1).values())[:12]

    def later(known: Record) -> Record:
        day = msgspec.structs.replace(known.events[0], start="2024-05-01", end="2024-05-01", date_precision=1)
        report = msgspec.structs.replace(known.report, text=known.report.text[::-1], published="2024-05-02")
        return msgspec.structs.replace(known, report=report, events=(day,))

    late = [later(known) for known in early[:2]]
    by_text = {known.report.text: known for known in (*early, *late)}
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
