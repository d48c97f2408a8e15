"""Backup while in use, restore, and the union of registers made apart."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from store_examples import code, coder_of, event, item
from store_server import Clock, Server

from sijill.store import (
    Filter,
    Store,
    StoreError,
    accept,
    add_reports,
    backup,
    correct,
    find_events,
    history,
    recode,
    redact_name,
    redact_report,
    restore,
    union,
    verify,
)

Maker = Callable[[str, str], Store]


@pytest.fixture(params=["sqlite", "postgresql"])
def make(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Maker]:
    """Makes registers with a clock of their own day."""
    made: list[Store] = []

    def maker(name: str, day: str) -> Store:
        if request.param == "sqlite":
            db = str(tmp_path / f"{name}.db")
        else:
            server: Server = request.getfixturevalue("server")
            db = server.database()
        made.append(Store.create(db, clock=Clock(day), patience=20))
        return made[-1]

    yield maker
    for store in made:
        store.close()


def ids(store: Store) -> list[str]:
    return sorted(found.id for found in find_events(store, Filter(tellings=True)).events)


def test_backup_and_restore(store: Store, db: str, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    names = [
        f"{hash_[:16]}.e0"
        for hash_ in add_reports(store, [item(n) for n in range(5)], code, rules="1").hashes
    ]
    correct(store, names[0], "casualties[0].n", 9, "Huda")
    redact_report(store, names[1].split(".")[0], "Huda", "safety")
    kept = backup(store, tmp_path / "kept.db")
    with pytest.raises(StoreError, match="exists already"):
        backup(store, kept)
    target = (
        str(tmp_path / "restored.db") if "://" not in db else request.getfixturevalue("server").database()
    )
    with restore(kept, target) as again:
        assert again.id == store.id
        assert ids(again) == ids(store)
        assert history(again) == history(store)
        assert verify(again) == verify(store)
        accept(again, names[2], "Huda")
        assert add_reports(again, [item(n) for n in range(6)], code, rules="1").added == 1
        assert verify(again).problems == []
    with pytest.raises(StoreError, match=r"exists already|not empty"):
        restore(kept, target)


def test_backup_while_in_use(store: Store, tmp_path: Path) -> None:
    done = threading.Event()

    def add() -> None:
        n = 0
        while not done.is_set() and n < 2000:
            add_reports(store, [item(n)], code, rules="1")
            n += 1

    thread = threading.Thread(target=add)
    thread.start()
    try:
        for number in range(3):
            with Store.open(backup(store, tmp_path / f"{number}.db")) as copy:
                assert verify(copy).problems == []
    finally:
        done.set()
        thread.join()


def test_restore_refuses_what_does_not_verify(store: Store, tmp_path: Path) -> None:
    add_reports(store, [item(0)], code, rules="1")
    kept = backup(store, tmp_path / "kept.db")
    with Store.open(kept) as copy, copy.engine.begin() as connection:
        connection.exec_driver_sql("DROP TRIGGER reports_no_update")
        connection.exec_driver_sql("UPDATE reports SET content = replace(content, '2016', '2015')")
    with pytest.raises(StoreError, match="does not verify"):
        restore(kept, tmp_path / "restored.db")


def test_two_registers_become_one(make: Maker) -> None:
    here, there = make("here", "2024-01-01"), make("there", "2024-01-02")
    mine = [
        f"{hash_[:16]}.e0" for hash_ in add_reports(here, [item(n) for n in range(4)], code, rules="1").hashes
    ]
    add_reports(there, [item(n) for n in range(2, 7)], code, rules="1")
    correct(here, mine[2], "casualties[0].n", 5, "Huda")
    correct(there, mine[2], "start", "2016-02-29", "Sami")
    correct(there, mine[3], "type", "ied", "Sami")
    result = union(here, there, "Huda")
    assert (result.reports, result.decisions) == (3, 2)
    assert find_events(here).total == 7
    both = {found.id: found for found in find_events(here).events}[mine[2]]
    assert (both.event.casualties[0].n, both.event.start, both.conflicts) == (5, "2016-02-29", 0)
    assert verify(here).problems == []
    assert union(here, there, "Huda").decisions == 0
    assert [d.what for d in history(here)].count("union") == 1
    # The other way round, both end alike.
    union(there, here, "Sami")
    assert ids(there) == ids(here)
    assert {f.id: f.event for f in find_events(there).events} == {
        f.id: f.event for f in find_events(here).events
    }
    assert verify(there).problems == []
    # Both go on, and meet again.
    accept(there, mine[0], "Sami")
    assert union(here, there, "Huda").decisions == 2
    assert verify(here).problems == []


def test_rival_corrections_are_shown(make: Maker) -> None:
    here, there = make("here", "2024-01-01"), make("there", "2024-01-02")
    for store in (here, there):
        add_reports(store, [item(0)], code, rules="1")
    name = ids(here)[0]
    correct(here, name, "casualties[0].n", 5, "Huda")
    correct(there, name, "casualties[0].n", 6, "Sami")
    union(here, there, "Huda")
    found = find_events(here).events[0]
    assert (found.event.casualties[0].n, found.conflicts) == (6, 1)


def test_decisions_about_records_of_other_rules_come_along(make: Maker) -> None:
    here, there = make("here", "2024-01-01"), make("there", "2024-01-02")
    add_reports(
        here,
        [item(0)],
        coder_of(event(type="ied"), event(type="shelling", start="2016-02-20", evidence=())),
        rules="1",
    )
    add_reports(
        there,
        [item(0)],
        coder_of(event(type="shelling", start="2016-02-20", evidence=()), event()),
        rules="1",
    )
    correct(
        there,
        next(f.id for f in find_events(there).events if f.event.type == "armed_clash"),
        "casualties[0].n",
        8,
        "Sami",
    )
    union(here, there, "Huda")
    here.clock = Clock("2024-01-03")
    recode(here, coder_of(event()), rules="2")
    assert [f.event.casualties[0].n for f in find_events(here).events] == [8]
    assert verify(here).problems == []


def test_a_copied_register_that_went_its_own_way(make: Maker, tmp_path: Path) -> None:
    here = make("here", "2024-01-01")
    names = [
        f"{hash_[:16]}.e0" for hash_ in add_reports(here, [item(n) for n in range(3)], code, rules="1").hashes
    ]
    accept(here, names[0], "Huda")
    with restore(backup(here, tmp_path / "kept.db"), tmp_path / "laptop.db") as laptop:
        correct(laptop, names[1], "casualties[0].n", 7, "Sami")
        correct(here, names[2], "casualties[0].n", 8, "Huda")
        union(here, laptop, "Huda")
        assert verify(here).problems == []
        correct(here, names[0], "start", "2016-02-28", "Huda")
        assert verify(here).problems == []
        assert sorted(f.event.casualties[0].n or 0 for f in find_events(here).events) == [3, 7, 8]
        union(laptop, here, "Sami")
        assert verify(laptop).problems == []
        assert {f.id: f.event for f in find_events(laptop).events} == {
            f.id: f.event for f in find_events(here).events
        }


@pytest.mark.parametrize("redacts", ["here", "there", "both"])
@pytest.mark.parametrize("what", ["name", "report"])
def test_what_one_redacted_is_redacted_in_the_union(make: Maker, redacts: str, what: str) -> None:
    here, there = make("here", "2024-01-01"), make("there", "2024-01-02")
    for store in (here, there):
        add_reports(store, [item(0), item(1)], code, rules="1")
        recode(store, coder_of(event()), rules=f"of {store.clock()}")
        accept(store, ids(store)[0], "Huda")
    hash_ = ids(here)[0].split(".")[0]
    for name, store in (("here", here), ("there", there)):
        if redacts in (name, "both"):
            if what == "report":
                redact_report(store, hash_, "Huda", "safety")
            else:
                redact_name(store, "محمد مهدي فريدوني", "Huda", "safety")
    union(here, there, "Huda")
    assert verify(here).problems == []
    from test_custody import everything

    if what == "name":
        assert "فريدوني" not in everything(here)
    else:
        assert hash_ not in {id_.split(".")[0] for id_ in ids(here)}
    union(there, here, "Huda")
    assert verify(there).problems == []


def test_a_union_with_a_forged_register_is_refused(make: Maker) -> None:
    here, there = make("here", "2024-01-01"), make("there", "2024-01-02")
    add_reports(there, [item(0)], code, rules="1")
    with there.engine.begin() as connection:
        if there.is_sqlite:
            connection.exec_driver_sql("DROP TRIGGER records_no_update")
        else:
            connection.exec_driver_sql("ALTER TABLE records DISABLE TRIGGER USER")
        connection.exec_driver_sql("UPDATE records SET content = replace(content, '\"n\":3', '\"n\":30')")
    with pytest.raises(StoreError, match="does not verify"):
        union(here, there, "Huda")
    assert find_events(here).total == 0
