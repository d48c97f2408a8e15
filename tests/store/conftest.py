"""Registers for tests: an SQLite file, and a PostgreSQL database on loopback where the server is installed."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from store_server import Clock, Server, binaries

from sijill.store import Store


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    """A running PostgreSQL server; skipped, with the reason, where none is installed."""
    found = binaries()
    if found is None:
        pytest.skip("PostgreSQL's server is not installed (Debian: postgresql)")
    folder = Path(tempfile.mkdtemp(prefix="sijill-postgresql-"))
    made = Server(found, folder)
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


@pytest.fixture
def store(db: str) -> Iterator[Store]:
    """An empty register, with a clock that tests can foretell."""
    with Store.create(db, clock=Clock(), patience=20) as made:
        yield made
