"""Copies of a register: backup while it is in use, restore, and the union of two registers made apart."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from pathlib import Path

import msgspec
from sqlalchemy import Connection, func, insert, select, text

from sijill.store.custody import MASK, ROWS, Change, bury, stands, verify, wipe
from sijill.store.decisions import append, sealed
from sijill.store.register import Store, StoreError
from sijill.store.rows import EMPTY, refresh
from sijill.store.tables import decisions, metadata, originals, records, register, reports, tombstones


def backup(store: Store, target: str | Path) -> Path:
    """Write a consistent copy of the register into a new SQLite file, also while others read and write it.

    The file appears under its name only when it is whole. Raises `StoreError` where it exists already.
    """
    path = Path(target)
    if path.exists():
        raise StoreError(f"{path} exists already")
    if not path.resolve().parent.is_dir():
        raise StoreError(f"there is no folder {path.resolve().parent}")
    half = path.with_name(path.name + ".part")
    half.unlink(missing_ok=True)
    half.touch(mode=0o600)
    try:
        if store.is_sqlite:
            with closing(sqlite3.connect(store.path)) as source, closing(sqlite3.connect(half)) as copy:
                source.backup(copy, pages=1000, sleep=0.01)
                copy.execute("PRAGMA journal_mode=DELETE").close()
        else:
            with Store.create(half) as copied:
                _copy_all(store, copied)
                with copied.engine.connect() as connection:
                    driver = connection.connection.driver_connection
                    assert driver is not None
                    driver.rollback()
                    driver.execute("PRAGMA wal_checkpoint(TRUNCATE)").close()
        with half.open("rb+") as file:
            os.fsync(file.fileno())
        half.rename(path)
    except (OSError, sqlite3.Error) as error:
        raise StoreError(f"the backup could not be written: {error}") from error
    finally:
        for left in (half, half.with_name(half.name + "-wal"), half.with_name(half.name + "-shm")):
            left.unlink(missing_ok=True)
    return path


def restore(source: str | Path, db: str | Path) -> Store:
    """Make a register at `db`, a new SQLite file or an empty PostgreSQL database, from a backup that verifies."""
    with Store.open(source) as kept:
        found = verify(kept)
        if found.problems:
            raise StoreError(
                f"{source} does not verify: {found.problems[0].table} {found.problems[0].row}: {found.problems[0].message}"
            )
        target = Store(db)
        if target.is_sqlite:
            target.close()
            if Path(target.path).exists():
                raise StoreError(f"{target.path} exists already")
            backup(kept, target.path)
            return Store.create(db)
        made = Store.create(db)
        with made.read() as connection:
            if (
                connection.execute(select(func.count()).select_from(reports)).scalar_one()
                or connection.execute(select(func.count()).select_from(decisions)).scalar_one()
            ):
                raise StoreError(f"the register at {made.name} is not empty")
        _copy_all(kept, made)
        return made


def _copy_all(source: Store, target: Store) -> None:
    """Every row of every table, as it is, in one transaction; the target's own id gives way to the source's."""

    def write(there: Connection) -> None:
        if source.is_sqlite:
            with source.read() as here:
                copy(here, there)
        else:
            with (
                source.engine.connect().execution_options(isolation_level="REPEATABLE READ") as here,
                here.begin(),
            ):
                copy(here, there)

    def copy(here: Connection, there: Connection) -> None:
        _replace_id(target, there)
        for table in metadata.sorted_tables:
            rows = here.execute(select(table).execution_options(yield_per=200)).mappings()
            for some in rows.partitions(200):
                there.execute(insert(table), [dict(row) for row in some])
        if not target.is_sqlite:
            for name in ("decisions", "tombstones"):
                there.execute(
                    text(
                        f"SELECT setval(pg_get_serial_sequence('{name}', 'seq'), GREATEST((SELECT max(seq) FROM {name}), 1))"
                    )
                )

    target.write(write)
    target.forget_id()


def _replace_id(target: Store, connection: Connection) -> None:
    """An empty register's id is the one row that may be put away: nothing follows from it yet."""
    if target.is_sqlite:
        guard = connection.execute(
            text("SELECT sql FROM sqlite_master WHERE name = 'register_no_delete'")
        ).scalar_one()
        connection.execute(text("DROP TRIGGER register_no_delete"))
        connection.execute(register.delete())
        connection.exec_driver_sql(guard)
    else:
        connection.execute(text("ALTER TABLE register DISABLE TRIGGER register_no_delete"))
        connection.execute(register.delete())
        connection.execute(text("ALTER TABLE register ENABLE TRIGGER register_no_delete"))


class UnionResult(msgspec.Struct):
    """How much came over from the other register, and how much was redacted here because it was redacted there."""

    reports: int = 0
    records: int = 0
    decisions: int = 0
    redacted: int = 0


def union(store: Store, other: Store, who: str) -> UnionResult:
    """Take over everything that another register has and this one hasn't, in one transaction.

    Reports and records are the same where their hashes are. The other's decisions come with their chain, whose heads a
    decision of this register names; applied, the decisions of both interleave by their times. What is redacted on
    either side is redacted here. Doing it twice changes nothing. Raises `StoreError` where the other doesn't verify.
    """
    found = verify(other)
    if found.problems:
        first = found.problems[0]
        raise StoreError(f"{other.name} does not verify: {first.table} {first.row}: {first.message}")

    made: tuple[UnionResult, list[Change], str] | None = None

    def work(here: Connection) -> UnionResult:
        nonlocal made
        store.lock_chain(here)
        with other.read() as there:
            coming = _Union(store, here, there)
            result = coming.take_over()
            heads = coming.heads()
            if not (result.reports or result.records or result.decisions or coming.changes):
                return result
            if made is None:
                entries = [[kind, key, stands(content)] for kind, key, content in coming.changes]
                payload = {
                    "register": other.id,
                    "heads": heads,
                    "entries": entries,
                    **msgspec.to_builtins(result),
                }
                made = result, coming.changes, sealed(payload)
            result, changes, content = made
            decision = append(store, here, who, "union", None, {"register": other.id}, content)
            bury(store, here, changes, decision)
            for hash_ in sorted(coming.touched):
                refresh(here, hash_)
            return result

    result = store.write(work)
    if result.redacted:
        wipe(store)
    return result


class _Union:
    """What another register has and this one hasn't."""

    def __init__(self, store: Store, here: Connection, there: Connection) -> None:
        self.store = store
        self.here = here
        self.there = there
        self.touched: set[str] = set()
        self.changes: list[Change] = []
        self.result = UnionResult()
        self.buried_here = _buried(here)
        self.buried_there = _buried(there)

    def take_over(self) -> UnionResult:
        mine = {row.hash: row.content for row in self.here.execute(select(reports.c.hash, reports.c.content))}
        apart = self._redacted_apart(mine)
        for row in self.there.execute(select(reports).execution_options(yield_per=50)).mappings():
            if row["hash"] not in mine:
                original = (
                    self.there.execute(select(originals).where(originals.c.sha256 == row["original"]))
                    .mappings()
                    .one()
                )
                self.store.insert_new(self.here, originals, dict(original))
                self.here.execute(insert(reports), dict(row))
                self.touched.add(row["hash"])
                self.result.reports += 1
        self._take_records(set(mine), apart)
        self._take_decisions(apart)
        self._take_tombstones()
        return self.result

    def _redacted_apart(self, mine: dict[str, str]) -> set[str]:
        """The reports of both registers that one of them redacted and the other didn't, or not alike. What this register
        has of them is redacted as far as either side wanted."""
        apart = set()
        for hash_, content in mine.items():
            theirs = self.there.execute(
                select(reports.c.content).where(reports.c.hash == hash_)
            ).scalar_one_or_none()
            if theirs is None or theirs == content:
                continue
            apart.add(hash_)
            both = covered(content, theirs)
            if both != content:
                self.changes.append(("report", hash_, both))
                row = self.here.execute(
                    select(reports.c.original).where(reports.c.hash == hash_)
                ).scalar_one()
                self.changes.append(("original", row, None))
                # What name it was isn't known here, so what this register's own rules read goes as a whole.
                for name in self.here.execute(
                    select(records.c.hash).where(records.c.report == hash_)
                ).scalars():
                    self.changes.append(("record", name, EMPTY))
                for name in self.here.execute(
                    select(decisions.c.hash).where(decisions.c.report == hash_)
                ).scalars():
                    self.changes.append(("decision", name, EMPTY))
                self.result.redacted += 1
        return apart

    def _take_records(self, mine: set[str], apart: set[str]) -> None:
        known = set(self.here.execute(select(records.c.hash)).scalars())
        opened = {change[1] for change in self.changes if change[0] == "report"}
        for row in self.there.execute(select(records).execution_options(yield_per=50)).mappings():
            if row["report"] in opened and row["hash"] in known:
                # Their record is redacted as they wanted it; if only they redacted, it can stand here too.
                if not self._buried_report(row["report"]):
                    self.changes = [c for c in self.changes if c[:2] != ("record", row["hash"])]
                    self.changes.append(("record", row["hash"], row["content"]))
            elif row["hash"] not in known and (
                row["report"] not in apart or not self._buried_report(row["report"])
            ):
                self.here.execute(insert(records), dict(row))
                self.touched.add(row["report"])
                self.result.records += row["report"] in mine

    def _buried_report(self, hash_: str) -> bool:
        return ("report", hash_) in self.buried_here

    def _take_decisions(self, apart: set[str]) -> None:
        known = set(self.here.execute(select(decisions.c.hash)).scalars())
        for row in self.there.execute(select(decisions).order_by(decisions.c.seq)).mappings():
            if row["hash"] in known:
                continue
            values = {**row, "local": False}
            del values["seq"]
            self.here.execute(insert(decisions), values)
            self.result.decisions += 1
            if row["report"]:
                self.touched.add(row["report"])
                if row["report"] in apart and self._buried_report(row["report"]) and row["payload"]:
                    self.changes.append(("decision", row["hash"], EMPTY))

    def _take_tombstones(self) -> None:
        """The tombstones of rows that came over as they stand there."""
        here = {kind: set(self.here.execute(select(key)).scalars()) for kind, (_, key, _) in ROWS.items()}
        for row in self.there.execute(select(tombstones).order_by(tombstones.c.seq)).mappings():
            if row["subject"] in here[row["kind"]]:
                self.store.insert_new(
                    self.here, tombstones, {key: value for key, value in row.items() if key != "seq"}
                )
        planned = {change[:2] for change in self.changes}
        for kind, subject in sorted(self.buried_there - self.buried_here):
            if kind == "report" or subject not in here[kind] or (kind, subject) in planned:
                continue
            _, key, column = ROWS[kind]
            theirs, mine = (
                side.execute(select(column).where(key == subject)).scalar_one()
                for side in (self.there, self.here)
            )
            if theirs != mine:
                self.changes.append((kind, subject, theirs))

    def heads(self) -> list[str]:
        """The ends of the other register's chains."""
        rows = self.there.execute(select(decisions.c.hash, decisions.c.prev)).all()
        return sorted({row.hash for row in rows} - {row.prev for row in rows})


def _buried(connection: Connection) -> set[tuple[str, str]]:
    return {
        (row.kind, row.subject) for row in connection.execute(select(tombstones.c.kind, tombstones.c.subject))
    }


def covered(one: str, other: str) -> str:
    """Two redactions of the same content as one: what either covers is covered; if they can't be laid on each other,
    nothing is left."""
    if len(one) != len(other) or not one:
        return EMPTY
    return "".join(
        MASK if MASK in (a, b) else a if a == b else "\x00" for a, b in zip(one, other, strict=True)
    ).replace("\x00", MASK)
