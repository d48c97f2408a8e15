"""The workbench in a real browser: the system's Chromium, headless, on the invented war, with no way out of the machine."""

from __future__ import annotations

import os
import shutil
import socket
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
import uvicorn
from asset_packages import installed
from invented_war import make_register
from playwright.sync_api import (
    Browser,
    BrowserContext,
    Error,
    Page,
    Request,
    Route,
    expect,
    sync_playwright,
)

from sijill.coding import code
from sijill.store import Store, add_reports, backup
from sijill.store.linking import link_register
from sijill.workbench import Settings, create_app
from sijill.workbench.example import example_item

FLAGS = [
    "--no-sandbox", "--disable-background-networking", "--disable-quic", "--no-first-run", "--disable-component-update",
    "--disable-sync", "--use-angle=swiftshader", "--enable-unsafe-swiftshader",
]  # fmt: skip
PATIENCE_MS = 30_000
expect.set_options(timeout=PATIENCE_MS)
LANGUAGES = ("ar", "en")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One browser for all tests; skipped with the reason where the system has none."""
    found = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if found is None:
        pytest.skip("no Chromium on this system (Debian: apt-get install chromium)")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def war(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The invented war's register, made once and copied for whoever writes."""
    path = tmp_path_factory.mktemp("war") / "war.db"
    make_register(str(path))
    return path


@dataclass
class Workbench:
    """A workbench that is being served: where, and on which register."""

    url: str
    db: Path
    server: uvicorn.Server = field(repr=False)


def serve(db: Path, settings: Settings) -> Iterator[Workbench]:
    """Serve in a thread of this process until the test is done."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    config = uvicorn.Config(create_app(db, settings), host="127.0.0.1", port=port, log_level="warning")
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        assert thread.is_alive(), "the server did not start"
        time.sleep(0.02)
    yield Workbench(f"http://127.0.0.1:{port}", db, server)
    server.should_exit = True
    thread.join(10)


@pytest.fixture(scope="session")
def reading(war: Path) -> Iterator[Workbench]:
    """A workbench that no test changes anything in."""
    yield from serve(war, Settings(name="Huda"))


@pytest.fixture(scope="session")
def shipped(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workbench]:
    """A workbench on the report that ships, as the machine reads it today."""
    db = tmp_path_factory.mktemp("shipped") / "shipped.db"
    with Store.create(db) as store:
        add_reports(store, [example_item()], code)
        link_register(store)
    yield from serve(db, Settings(name="Huda"))


@pytest.fixture
def writing(war: Path, tmp_path: Path) -> Iterator[Workbench]:
    """A workbench of one's own, to decide in."""
    with Store.open(war) as store:
        db = backup(store, tmp_path / "war.db")
    yield from serve(db, Settings(name="Huda"))


@dataclass
class Watched:
    """A browser's context whose requests are watched: those that leave the machine are stopped and written down, as is
    what pages say on the console when they break."""

    context: BrowserContext
    left: list[str] = field(default_factory=list)
    broke: list[str] = field(default_factory=list)

    def page(self) -> Page:
        """A new page, watched."""
        page = self.context.new_page()
        page.set_default_timeout(PATIENCE_MS)
        page.on("pageerror", lambda error: self.broke.append(str(error)))
        page.on(
            "console", lambda said: self.broke.append(said.text) if _is_fault(said.type, said.text) else None
        )
        return page


def _is_fault(kind: str, text: str) -> bool:
    """Whether the console tells of a fault of ours; what a server refused is looked at where it is meant."""
    return kind == "error" and "Failed to load resource" not in text


def _stays(request: Request) -> bool:
    return request.url.startswith(("http://127.0.0.1:", "data:", "blob:"))


Open = Callable[..., Page]


@pytest.fixture
def open_page(browser: Browser) -> Iterator[Open]:
    """Gives a page at an address in a language: `open_page(url, lang="ar", theme="light", width=1360)`. At the end nothing
    may have left the machine and no script may have broken."""
    watched: list[Watched] = []

    def made(url: str, lang: str = "en", theme: str = "light", width: int = 1360, height: int = 900) -> Page:
        context = browser.new_context(
            viewport={"width": width, "height": height},
            color_scheme="dark" if theme == "dark" else "light",
            locale={"ar": "ar-SY", "en": "en-GB"}[lang],
        )
        each = Watched(context)
        watched.append(each)

        def watch(route: Route, request: Request) -> None:
            if _stays(request):
                route.continue_()
            else:
                each.left.append(request.url)
                route.abort()

        context.route("**/*", watch)
        page = each.page()
        page.goto(url)
        return page

    yield made
    for each in watched:
        each.context.close()
    assert [url for each in watched for url in each.left] == [], "requests left the machine"
    assert [text for each in watched for text in each.broke] == [], "a script broke, or the policy stopped it"


@pytest.fixture(scope="session")
def axe() -> str:
    """The script of axe-core."""
    return (installed() / "axe-core" / "axe.min.js").read_text(encoding="utf-8")


@pytest.fixture(scope="session")
def pictures() -> Path | None:
    """Where pictures for the README are put: only where SIJILL_PICTURES asks for them."""
    asked = os.environ.get("SIJILL_PICTURES")
    return Path(asked) if asked else None


def settled(page: Page) -> None:
    """Wait until the page's scripts have asked for all that they want."""
    try:
        page.wait_for_load_state("networkidle")
    except Error as error:  # a page that goes on asking is no fault of the test
        raise AssertionError(f"{page.url} never settled") from error
