"""`sijill serve` as people start it: a process of its own, one command, on the report that ships and on the founding article."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import msgspec
from playwright.sync_api import expect

from conftest import Open, Workbench, settled
from sijill.store import Store, find_events
from sijill.store.queries import Filter

START_S = 120


def listening(url: str) -> None:
    """Wait until the server takes connections: it says its address a moment before."""
    where = urlsplit(url)
    until = time.monotonic() + START_S
    while True:
        try:
            socket.create_connection((where.hostname or "", where.port or 80), 1).close()
            return
        except OSError:
            assert time.monotonic() < until, f"nobody listens at {url}"
            time.sleep(0.05)


@contextmanager
def served(*arguments: str, folder: Path) -> Iterator[str]:
    """Run `sijill serve` on a free port and give its address."""
    command = [str(Path(sys.executable).with_name("sijill")), "serve", "--port", "0", *arguments]
    environment = {**os.environ, "PYTHONUNBUFFERED": "1"}
    with subprocess.Popen(
        command, cwd=folder, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    ) as process:
        try:
            said = ""
            assert process.stdout is not None
            for line in process.stdout:
                said += line
                found = re.search(r"http://\S+", line)
                if found:
                    listening(found[0])
                    yield found[0].rstrip("/")
                    return
            raise AssertionError(f"sijill serve ended: {said}")
        finally:
            process.terminate()
            process.wait(START_S)


def test_the_report_that_ships_shows_its_map_event_tolls_and_words(open_page: Open, tmp_path: Path) -> None:
    with served("--example", folder=tmp_path) as url:
        page = open_page(f"{url}/map?lang=en", "en")
        page.wait_for_selector("#map[data-ready]")
        assert int(page.locator("#map").get_attribute("data-ready") or 0) >= 1
        page.locator("table tbody a", has_text="Armed clash").first.click()
        settled(page)
        toll = page.locator('tr[data-outcome="killed"]')
        expect(toll.filter(has_text="Government of Sudan").locator("td.best")).to_have_text("37")
        expect(toll.filter(has_text="Rapid Support Forces").locator("td.best")).to_have_text("52")
        words = page.locator("#split").inner_text()
        assert "ما لا يقل عن 37" in words
        assert "نحو 52" in words
        page.locator("a", has_text="Read the report").first.click()
        settled(page)
        assert "37" in "".join(page.locator("#text mark.k-toll").all_text_contents())


def test_the_founding_article_shows_its_tolls_and_the_words_behind_them(
    open_page: Open, shared: Path, tmp_path: Path
) -> None:
    lines = (shared / "gold" / "reports.jsonl").read_bytes().splitlines()
    article = next(
        entry for line in lines if (entry := msgspec.json.decode(line))["report"]["id"] == "albukamal-2018"
    )
    (tmp_path / "founding.jsonl").write_bytes(msgspec.json.encode(article) + b"\n")
    with served("founding.jsonl", folder=tmp_path) as url:
        page = open_page(f"{url}/map?lang=en", "en")
        settled(page)
        battle = re.compile(
            "Armed clash|territory"
        )  # a battle after which the town changed hands is named by that
        page.locator("table tbody a", has_text=battle).first.click()
        settled(page)
        best = page.locator('tr[data-outcome="killed"] td.best').all_inner_texts()
        assert {"48", "32"} <= set(best)
        words = page.locator("#split").inner_text()
        assert "48" in words
        assert "32" in words


def test_an_event_unfolds_to_the_features_of_the_models(open_page: Open, shipped: Workbench) -> None:
    with Store.open(shipped.db) as store:
        report = find_events(store, Filter()).events[0].report
    page = open_page(f"{shipped.url}/reports/{report}?lang=ar", "ar")
    settled(page)
    page.locator(".derivation summary").first.click()
    expect(page.locator(".reasons-table").first).to_be_visible()
    assert page.locator(".reasons-table code").count() >= 4
