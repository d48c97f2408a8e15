"""Registers for tests: an SQLite file, and a PostgreSQL database on loopback where the server is installed."""

from __future__ import annotations

import os
import pwd
import secrets
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from sijill.records import Record
from sijill.store import Store


def _binaries() -> Path | None:
    """The folder of the newest PostgreSQL server on this machine."""
    found = sorted(
        Path("/usr/lib/postgresql").glob("*/bin/postgres"), key=lambda path: int(path.parts[-3]), reverse=True
    )
    on_path = shutil.which("postgres")
    return found[0].parent if found else Path(on_path).resolve().parent if on_path else None


class Server:
    """A PostgreSQL server of its own folder and port, run by an unprivileged user."""

    def __init__(self, binaries: Path, folder: Path) -> None:
        self.binaries = binaries
        self.folder = folder
        self.data = folder / "data"
        self.password = secrets.token_hex(16)
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        # PostgreSQL refuses to run as root: then the user `postgres` or `nobody` runs it.
        self.user: str | None = None
        if os.geteuid() == 0:
            names = {entry.pw_name for entry in pwd.getpwall()}
            self.user = "postgres" if "postgres" in names else "nobody"
            shutil.chown(folder, self.user)
        secret = folder / "password"
        secret.write_text(self.password)
        if self.user:
            shutil.chown(secret, self.user)
        self._run(
            "initdb",
            "-D",
            str(self.data),
            "-U",
            "sijill",
            "-A",
            "scram-sha-256",
            f"--pwfile={secret}",
            "-E",
            "UTF8",
            "--no-sync",
        )

    def _run(self, program: str, *arguments: str) -> None:
        subprocess.run(
            [str(self.binaries / program), *arguments],
            check=True, user=self.user, cwd=self.folder, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, timeout=60,
        )  # fmt: skip

    def start(self) -> None:
        options = f"-p {self.port} -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c fsync=off -c max_connections=50"
        self._run(
            "pg_ctl", "-D", str(self.data), "-w", "-l", str(self.folder / "log"), "-o", options, "start"
        )

    def stop(self, mode: str = "fast") -> None:
        self._run("pg_ctl", "-D", str(self.data), "-w", "-m", mode, "stop")

    def database(self) -> str:
        """A new, empty database's URL."""
        name = f"r{secrets.token_hex(6)}"
        admin = create_engine(self.url("postgres"), isolation_level="AUTOCOMMIT")
        with admin.connect() as connection:
            connection.execute(text(f"CREATE DATABASE {name}"))
        admin.dispose()
        return self.url(name).replace("+psycopg", "")

    def url(self, database: str) -> str:
        return f"postgresql+psycopg://sijill:{self.password}@127.0.0.1:{self.port}/{database}"


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    """A running PostgreSQL server; skipped, with the reason, where none is installed."""
    binaries = _binaries()
    if binaries is None:
        pytest.skip("PostgreSQL's server is not installed (Debian: postgresql)")
    folder = Path(tempfile.mkdtemp(prefix="sijill-postgresql-"))
    made = Server(binaries, folder)
    made.start()
    try:
        yield made
    finally:
        made.stop("immediate")
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(params=["sqlite", "postgresql"])
def db(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Where a register may be made: the same test runs on both databases."""
    if request.param == "sqlite":
        return str(tmp_path / "register.db")
    running: Server = request.getfixturevalue("server")
    return running.database()


class Clock:
    """A clock that goes on by one second each time it is looked at."""

    def __init__(self, day: str = "2024-01-01") -> None:
        self.day = day
        self.seconds = 0

    def __call__(self) -> str:
        self.seconds += 1
        return f"{self.day}T{self.seconds // 3600:02d}:{self.seconds // 60 % 60:02d}:{self.seconds % 60:02d}.000000+00:00"


@pytest.fixture
def store(db: str) -> Iterator[Store]:
    """An empty register, with a clock that tests can foretell."""
    with Store.create(db, clock=Clock(), patience=20) as made:
        yield made


def wait_for(condition: object, seconds: float = 10) -> None:
    """Wait until `condition()` holds."""
    end = time.monotonic() + seconds
    while not condition():  # type: ignore[operator]
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.01)


def told(record: Record) -> Record:
    """A coder's stand-in: gives this record whatever it is asked."""
    return record
