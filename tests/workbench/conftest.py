"""A workbench for tests: on the report that ships and two more, open to one person or closed with people of every role."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from litestar.testing import TestClient
from workbench_client import HERE, PASSWORD, Client, SignIn, post

from sijill.coding import code
from sijill.reading.originals import Item, Original
from sijill.records import Report
from sijill.store import Store, add_reports, backup
from sijill.store.linking import link_register
from sijill.store.users import add_user
from sijill.workbench import Settings, create_app
from sijill.workbench.example import example_item
from sijill.workbench.passwords import hashed
from sijill.workbench.roles import Role

ENGLISH = (
    "At least 12 soldiers were killed when Islamic State fighters attacked an army checkpoint near Mosul on Tuesday, "
    "a military source said. Three militants also died.",
    "Islamic State fighters attacked an army checkpoint near Mosul on Tuesday, killing 9 soldiers, an official said.",
)


def item(text: str, number: int, published: str = "2016-03-02") -> Item:
    """A report in English with its bytes."""
    report = Report(
        id=f"en-{number}", text=text, source=f"House {number}", published=published, language="en"
    )
    return report, Original(text.encode(), "text/plain", f"/reports/{number}.txt")


@pytest.fixture(scope="session")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A register that is coded once and copied for each test."""
    path = tmp_path_factory.mktemp("register") / "register.db"
    with Store.create(path) as store:
        result = add_reports(
            store, [example_item(), *(item(text, n) for n, text in enumerate(ENGLISH))], code
        )
        assert result.added == 3
        link_register(store)
    return path


@pytest.fixture
def db(filled: Path, tmp_path: Path) -> Path:
    """A register of one's own with the three reports."""
    with Store.open(filled) as store:
        return backup(store, tmp_path / "register.db")


@pytest.fixture
def store(db: Path) -> Iterator[Store]:
    """The register that the workbench is on."""
    with Store.open(db) as opened:
        yield opened


@pytest.fixture
def client(db: Path) -> Iterator[Client]:
    """The workbench as one person on loopback has it, without log-in."""
    with TestClient(create_app(db, Settings(name="Huda")), base_url=HERE) as made:
        yield made


@pytest.fixture(scope="session")
def password_hash() -> str:
    """One hash for all, as it takes its time to make."""
    return hashed(PASSWORD)


@pytest.fixture
def people(store: Store, password_hash: str) -> None:
    """One person of every role, each named for it."""
    for role in Role:
        add_user(store, role.value, role.value, password_hash)


@pytest.fixture
def sign_in(db: Path, people: None) -> Iterator[SignIn]:
    """Gives a client that is logged in as somebody ("" as nobody) at a workbench that asks for it."""
    opened: list[Client] = []

    def made(name: str) -> Client:
        client = TestClient(create_app(db, Settings(name="nobody", closed=True)), base_url=HERE)
        client.__enter__()
        opened.append(client)
        if name:
            answer = post(client, "/login", {"name": name, "password": PASSWORD})
            assert answer.status_code == 303, answer.text
        return client

    yield made
    for client in opened:
        client.__exit__(None, None, None)
