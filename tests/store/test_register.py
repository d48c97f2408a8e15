"""Making and opening registers; what the schema refuses."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import delete, text, update
from sqlalchemy.exc import DatabaseError
from store_examples import code, item

from sijill.store import Store, StoreError, add_reports, find_events, location
from sijill.store.tables import APPEND_ONLY, metadata, reports


def test_create_twice_keeps_the_register(db: str) -> None:
    with Store.create(db) as store:
        first = store.id
    with Store.create(db) as store:
        assert store.id == first


def test_migrations_make_the_schema(store: Store) -> None:
    with store.engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []


def test_open_says_that_there_is_none(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="sijill init"):
        Store.open(tmp_path / "none.db")
    with pytest.raises(StoreError, match="no folder"):
        Store.create(tmp_path / "none" / "none.db")


def test_open_refuses_an_empty_database(db: str) -> None:
    if "://" not in db:
        Path(db).touch()
    with pytest.raises(StoreError, match="sijill init"):
        Store.open(db)


def test_open_refuses_other_files(tmp_path: Path) -> None:
    other = tmp_path / "letter.txt"
    other.write_text("this is no register at all")
    for way in (Store.open, Store.create):
        with pytest.raises(StoreError, match="not a register"):
            way(other)
    assert other.read_text() == "this is no register at all"


@pytest.mark.parametrize(("revision", "message"), [("9999", "newer version"), (None, "sijill init")])
def test_open_checks_the_schema(store: Store, db: str, revision: str | None, message: str) -> None:
    with store.engine.begin() as connection:
        connection.execute(text("DELETE FROM alembic_version"))
        if revision:
            connection.execute(text("INSERT INTO alembic_version VALUES (:revision)"), {"revision": revision})
    with pytest.raises(StoreError, match=message):
        Store.open(db)


@pytest.mark.parametrize("url", ["mysql://host/db", "postgresql://[bad", "oracle://x"])
def test_urls_of_other_databases_are_refused(url: str) -> None:
    with pytest.raises(StoreError):
        Store.open(url)


def test_unreachable_server_is_said_without_its_password() -> None:
    with pytest.raises(StoreError, match="can't be reached") as caught:
        Store.open("postgresql://someone:hush@127.0.0.1:1/none")
    assert "hush" not in str(caught.value)


def test_location(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SIJILL_DB", raising=False)
    assert location() == "sijill.db"
    monkeypatch.setenv("SIJILL_DB", "/data/register.db")
    assert location() == "/data/register.db"
    assert location("other.db") == "other.db"


def test_only_the_owner_reads_the_file(tmp_path: Path) -> None:
    with Store.create(tmp_path / "r.db"):
        assert stat.S_IMODE(os.stat(tmp_path / "r.db").st_mode) == 0o600


@pytest.mark.parametrize("table", APPEND_ONLY)
def test_append_only_tables_refuse_changes(store: Store, table: str) -> None:
    from sijill.store import accept, redact_report

    added = add_reports(store, [item(0), item(1)], code, rules="1")
    accept(store, f"{added.hashes[1][:16]}.e0", "Huda")
    redact_report(store, added.hashes[0], "Huda", "safety")
    what = metadata.tables[table]
    for statement in (update(what).values({c: c for c in what.c}), delete(what)):
        with pytest.raises(DatabaseError, match="append-only"), store.engine.begin() as connection:
            connection.execute(statement)


def test_a_row_under_a_tombstone_keeps_its_hash(store: Store) -> None:
    from sijill.store import redact_report

    added = add_reports(store, [item(0)], code, rules="1")
    redact_report(store, added.hashes[0], "Huda", "safety")
    with pytest.raises(DatabaseError, match="append-only"), store.engine.begin() as connection:
        connection.execute(update(reports).values(hash="0"))


def test_a_locked_file_is_waited_for_and_then_said(tmp_path: Path) -> None:
    with Store.create(tmp_path / "r.db") as store, Store.open(tmp_path / "r.db", patience=0.2) as other:
        holder = store.engine.connect().execution_options(sijill_write=True)
        holder.begin()
        with pytest.raises(StoreError, match="stayed locked"):
            add_reports(other, [item(0)], code, rules="1")
        assert find_events(other).total == 0  # readers aren't kept waiting
        holder.close()
        assert add_reports(other, [item(0)], code, rules="1").added == 1


def test_a_full_disk_loses_nothing(tmp_path: Path) -> None:
    with Store.create(tmp_path / "r.db") as store:
        assert add_reports(store, [item(0)], code, rules="1").added == 1
        with store.engine.connect() as connection:
            pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
            connection.exec_driver_sql(f"PRAGMA max_page_count = {pages + 5}")
        seen = []
        with pytest.raises(StoreError, match="no room"):
            add_reports(
                store,
                (item(n) for n in range(1, 500)),
                code,
                rules="1",
                told=lambda r, what: seen.append(r.id),
            )
        with store.engine.connect() as connection:
            connection.exec_driver_sql("PRAGMA max_page_count = 1000000")
        assert find_events(store).total == 1 + len(seen)
        assert add_reports(store, (item(n) for n in range(1, 20)), code, rules="1").added == 19 - len(seen)
