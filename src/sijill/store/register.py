"""One register: an SQLite file or a PostgreSQL database, opened, checked, and written to in whole transactions."""

from __future__ import annotations

import os
import random
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar, cast
from uuid import uuid4

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, Table, create_engine, event, select, text
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError as BadUrl
from sqlalchemy.exc import DBAPIError, InterfaceError, NoSuchModuleError, OperationalError, SQLAlchemyError

from sijill.store.tables import register as register_table

DEFAULT = "sijill.db"
MIGRATIONS = Path(__file__).parent / "migrations"
_BUSY = {5, 6}  # SQLITE_BUSY, SQLITE_LOCKED
_WRITERS_LOCK = 0x53494A4C  # an arbitrary number that all writers of decisions on PostgreSQL agree on

Result = TypeVar("Result")


class StoreError(Exception):
    """Something about the register that a person can mend; the message says what."""


class UnreachableError(StoreError):
    """The register stayed locked or out of reach, or takes nothing more in; later it may be otherwise."""


class NotFoundError(StoreError):
    """What was named is not in the register."""


def now() -> str:
    """This moment in UTC, ISO 8601 with microseconds."""
    return datetime.now(UTC).isoformat(timespec="microseconds")


def location(db: str | Path | None = None) -> str:
    """Where the register is: what is given, else SIJILL_DB, else `sijill.db` in the present folder."""
    return str(db or os.environ.get("SIJILL_DB") or DEFAULT)


def _url(db: str | Path) -> URL:
    """A path or URL as SQLAlchemy's URL, with the driver that the package installs."""
    given = str(db)
    if "://" not in given:
        return URL.create("sqlite", database=str(Path(given).expanduser()))
    try:
        url = make_url(given)
    except BadUrl as error:
        raise StoreError(
            "the register's URL can't be read: postgresql://user@host/database is wanted"
        ) from error
    backend = url.get_backend_name()
    if backend in ("postgresql", "postgres"):
        return url.set(drivername="postgresql+psycopg")
    if backend == "sqlite":
        return url.set(drivername="sqlite")
    raise StoreError(f"a register is an SQLite file or a PostgreSQL database, not {backend}")


class Store:
    """An open register. `clock` gives the time that is written down; `patience` is how long, in seconds, a locked file
    or a server that is away is waited for."""

    def __init__(self, db: str | Path, *, clock: Callable[[], str] = now, patience: float = 60.0) -> None:
        self.url = _url(db)
        self.clock = clock
        self.patience = patience
        self.is_sqlite = self.url.get_backend_name() == "sqlite"
        self._id: str | None = None
        try:
            self.engine = _engine(self.url)
        except NoSuchModuleError as error:
            raise StoreError(f"no driver for {self.url.drivername} is installed") from error

    @classmethod
    def create(cls, db: str | Path, *, clock: Callable[[], str] = now, patience: float = 60.0) -> Store:
        """Make the register, or bring an older one up to this version's schema; then open it."""
        store = cls(db, clock=clock, patience=patience)
        if store.is_sqlite:
            folder = Path(store.path).resolve().parent
            if not folder.is_dir():
                raise StoreError(f"there is no folder {folder}")
        if store.is_sqlite:
            store._refuse_other_files()
            # What is in a register is nobody else's business: only its owner reads the file.
            Path(store.path).touch(mode=0o600)
        config = Config()
        config.set_main_option("script_location", str(MIGRATIONS))

        def migrate(connection: Connection) -> None:
            if not store.is_sqlite:
                connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _WRITERS_LOCK})
            if _revision(connection) != _head():
                config.attributes["connection"] = connection
                command.upgrade(config, "head")
            if connection.execute(select(register_table.c.id)).first() is None:
                connection.execute(register_table.insert().values(id=uuid4().hex, created_at=clock()))

        store.write(migrate)
        return store.checked()

    @classmethod
    def open(cls, db: str | Path, *, clock: Callable[[], str] = now, patience: float = 60.0) -> Store:
        """Open a register that exists. Raises `StoreError` where there is none or its schema is another version's."""
        store = cls(db, clock=clock, patience=patience)
        if store.is_sqlite and not Path(store.path).is_file():
            raise StoreError(f"there is no register at {store.path}: make one with `sijill init`")
        return store.checked()

    def checked(self) -> Store:
        """This store, once its schema is known to be the one that this version reads."""
        if self.is_sqlite:
            self._refuse_other_files()
        try:
            with self.read() as connection:
                revision = _revision(connection)
        except (OperationalError, InterfaceError) as error:
            raise StoreError(f"the register at {self.name} can't be reached: {error.orig}") from error
        if revision is None:
            raise StoreError(f"there is no register at {self.name}: make one with `sijill init`")
        if revision != _head():
            known = {script.revision for script in _scripts().walk_revisions()}
            if revision in known:
                raise StoreError(
                    f"the register at {self.name} was made by an older version: `sijill init` brings it up to date"
                )
            raise StoreError(
                f"the register at {self.name} was made by a newer version of Sijill than this one"
            )
        return self

    def _refuse_other_files(self) -> None:
        path = Path(self.path)
        if path.is_file() and path.stat().st_size:
            with path.open("rb") as file:
                if file.read(16) != b"SQLite format 3\x00":
                    raise StoreError(f"{self.path} is not a register")

    @property
    def path(self) -> str:
        """The SQLite file's path; of a PostgreSQL register, the database's name."""
        return self.url.database or ""

    @property
    def name(self) -> str:
        """The register's place, fit to be shown: a URL's password is left out."""
        return self.path if self.is_sqlite else self.url.render_as_string(hide_password=True)

    @property
    def id(self) -> str:
        """The register's own id, from which its chain of decisions starts."""
        if self._id is None:
            with self.read() as connection:
                self._id = str(connection.execute(select(register_table.c.id)).scalar_one())
        return self._id

    def forget_id(self) -> None:
        """Read the register's id anew when it is next wanted."""
        self._id = None

    def __enter__(self) -> Store:
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()

    def close(self) -> None:
        """Let the file or server go."""
        self.engine.dispose()

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """A connection that sees one consistent state."""
        with self.engine.connect() as connection, connection.begin():
            yield connection

    def look(self, work: Callable[[Connection], Result]) -> Result:
        """Run `work`, which only reads, on one consistent state; what may pass is waited for as in `write`."""
        return self._patiently(work, writes=False)

    def write(self, work: Callable[[Connection], Result]) -> Result:
        """Run `work` in one transaction and give its result once that is on disk.

        A locked file, a lost connection or a server that starts up is tried again, with longer and longer waits,
        until `patience` is at its end; `work` must therefore do no harm when it runs twice.
        Raises `StoreError` when it stays away, and when the disk is full.
        """
        return self._patiently(work, writes=True)

    def _patiently(self, work: Callable[[Connection], Result], writes: bool) -> Result:
        deadline, wait = time.monotonic() + self.patience, 0.02
        while True:
            try:
                with (
                    self.engine.connect().execution_options(sijill_write=writes) as connection,
                    connection.begin(),
                ):
                    return work(connection)
            except DBAPIError as error:
                if not _passing(error) or time.monotonic() + wait > deadline:
                    raise self._told(error) from error
            time.sleep(wait * random.uniform(0.5, 1.0))
            wait = min(wait * 2, 2.0)

    def _told(self, error: DBAPIError) -> Exception:
        message = str(error.orig)
        if "full" in message and self.is_sqlite:
            return UnreachableError(
                f"no room is left for the register at {self.name}; what was added before is safe"
            )
        if _passing(error):
            return UnreachableError(
                f"the register at {self.name} stayed locked or out of reach for {self.patience:g} s: {message}"
            )
        if isinstance(error, OperationalError) and ("readonly" in message or "unable to open" in message):
            return UnreachableError(f"the register at {self.name} can't be written: {message}")
        return error

    def lock_chain(self, connection: Connection) -> None:
        """Keep others from deciding until this transaction ends (SQLite's writers are alone anyway)."""
        if not self.is_sqlite:
            connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _WRITERS_LOCK})

    def insert_new(self, connection: Connection, table: Table, values: dict[str, Any]) -> bool:
        """Insert a row unless one with its key or unique values is there. True if it is new."""
        make = sqlite.insert if self.is_sqlite else postgresql.insert
        key = next(iter(table.primary_key.columns))
        statement = make(table).values(**values).on_conflict_do_nothing().returning(key)
        return connection.execute(statement).first() is not None


def _passing(error: DBAPIError) -> bool:
    """Whether waiting may help: a lock, a deadlock, a lost connection, a server that starts or stops."""
    if error.connection_invalidated:
        return True
    origin = error.orig
    if isinstance(origin, sqlite3.OperationalError):
        return (getattr(origin, "sqlite_errorcode", 0) & 0xFF) in _BUSY
    state = getattr(origin, "sqlstate", None)
    if state is None:
        return isinstance(error, (OperationalError, InterfaceError)) and not isinstance(origin, sqlite3.Error)
    return str(state)[:2] in ("08", "57", "40", "55", "53")


def _engine(url: URL) -> Engine:
    if url.get_backend_name() != "sqlite":
        return create_engine(url, pool_pre_ping=True, connect_args={"connect_timeout": 5})
    engine = create_engine(url, connect_args={"timeout": 5.0})

    @event.listens_for(engine, "connect")
    def prepare(connection: Any, _: Any) -> None:
        connection.isolation_level = None  # transactions are begun below, not guessed by the driver
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "secure_delete=ON"):
            connection.execute(f"PRAGMA {pragma}").close()

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        writes = connection.get_execution_options().get("sijill_write")
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine


def _scripts() -> ScriptDirectory:
    return ScriptDirectory(str(MIGRATIONS))


def _head() -> str:
    return cast(str, _scripts().get_current_head())


def _revision(connection: Connection) -> str | None:
    try:
        return MigrationContext.configure(connection).get_current_revision()
    except SQLAlchemyError:
        return None
