"""The commands that keep a register, from `init` to `redact`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import msgspec
import pytest
from store_examples import TEXT, code
from typer.testing import CliRunner

from sijill.cli import app
from sijill.records import Record, Report, Tally, TallyCasualty


@pytest.fixture(autouse=True)
def coder(monkeypatch: pytest.MonkeyPatch) -> None:
    """The commands are tested with a coder that needs no trained weights."""
    monkeypatch.setattr("sijill.cli.adding.coder", lambda: coded)


def coded(report: Report) -> Record:
    if "Persian" in report.text:
        raise ValueError("Persian isn't read")
    return code(report)


@pytest.fixture
def run(tmp_path: Path) -> Any:
    """Runs a command on the test's register."""
    db = str(tmp_path / "register.db")

    def command(*arguments: object, status: int = 0, given: str | None = None) -> str:
        result = CliRunner().invoke(app, [*map(str, arguments), "--db", db], input=given)
        assert result.exit_code == status, f"{result.output}\n{result.exception!r}"
        return result.output

    return command


@pytest.fixture
def reports(tmp_path: Path) -> Path:
    """Two reports and one that isn't read."""
    folder = tmp_path / "reports"
    folder.mkdir()
    (folder / "a.txt").write_text(TEXT)
    (folder / "b.txt").write_text(f"عاجل: {TEXT}")
    (folder / "c.txt").write_text("A report in Persian")
    return folder


def test_from_init_to_export(run: Any, reports: Path, tmp_path: Path) -> None:
    assert "there is no register" in run("events", status=1)
    assert "register" in run("init")
    added = run("add", reports, "--published", "2016-03-02", "--source", "A house", status=3)
    assert "2 added, 0 known, 1 refused" in added
    assert "c: Persian isn't read" in added
    assert "0 added, 2 known" in run(
        "add", reports / "a.txt", reports / "b.txt", "--published", "2016-03-02", "--source", "A house"
    )
    assert "1-1 of 1" in run("events", "--near", "36.3,43.1,20", "--since", "2016-02-01")
    assert "0 of 0" in run("events", "--type", "shelling")
    line = json.loads(run("events", "--json"))
    shown = run("show", line["id"])
    assert "killed a: 3" in shown
    assert "A house" in shown
    assert json.loads(run("show", line["id"], "--json"))["account"]["id"] == line["id"]
    for form in ("csv", "parquet", "jsonl", "geojson", "ucdp-ged", "acled"):
        out = tmp_path / f"out.{form}"
        run("export", "--format", form, "-o", out)
        assert out.stat().st_size > 50
    table = (tmp_path / "out.csv").read_bytes()
    assert table.startswith(b"\xef\xbb\xbfid,account,type")
    assert "#affected+killed" in run("export", "--format", "csv", "--hxl")


def test_faults_are_said_in_a_line(run: Any) -> None:
    run("init")
    for arguments in (
        ["control", "Idlib"],
        ["show", "nothing"],
        ["events", "--since", "June"],
        ["events", "--type", "war"],
    ):
        assert len(run(*arguments, status=1).strip().splitlines()) == 1
    for arguments in (
        ["events", "--box", "1,2"],
        ["redact", "--reason", "x"],
        ["export", "--format", "parquet"],
    ):
        run(*arguments, status=2)


def test_custody(run: Any, reports: Path, tmp_path: Path) -> None:
    run("init")
    run("add", reports / "a.txt")
    assert "1 reports, 1 records, 0 decisions" in run("verify")
    kept = tmp_path / "kept.db"
    run("backup", kept)
    assert "exists already" in run("restore", kept, status=1)
    run("redact", "--name", "-", "--reason", "safety", "--as", "Huda", given="محمد مهدي فريدوني\ny\n")
    assert "فريدوني" not in run("export", "--format", "jsonl")
    run("redact", "--report", "a", "--reason", "safety", "--as", "Huda", "--yes")
    assert "0 of 0" in run("events")
    run("merge", kept, "--as", "Huda")
    assert "0 of 0" in run("events")
    run("recode")
    assert " 2 decisions" in run("verify")


def test_watch(run: Any, tmp_path: Path) -> None:
    from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
    from threading import Thread

    feed = f'<rss version="2.0"><channel><title>T</title><item><title>x</title><description>{TEXT}</description></item></channel></rss>'.encode()
    asked: list[str | None] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.headers["If-None-Match"])
            self.send_response(304 if asked[-1] else 200)
            self.send_header("ETag", '"1"')
            self.end_headers()
            if not asked[-1]:
                self.wfile.write(feed)

        def log_message(self, *arguments: object) -> None:
            pass

    run("init")
    state = tmp_path / "feeds.json"
    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        url = f"http://127.0.0.1:{server.server_port}/"
        assert "private" in run("watch", url, "--once", "--state", tmp_path / "other.json")
        assert "1 added" in run("watch", url, "--once", "--state", state, "--allow-private")
        run("watch", url, "--once", "--state", state, "--allow-private")  # not due yet
        known = json.loads(state.read_text())
        known[url]["again"] = ""
        state.write_text(json.dumps(known))
        run("watch", url, "--once", "--state", state, "--allow-private")
        server.shutdown()
    assert asked == [None, '"1"']


def test_people_decide(run: Any, reports: Path) -> None:
    run("init")
    run("add", reports, "--published", "2016-03-02", "--source", "A house", status=3)
    line = json.loads(run("events", "--json"))
    one, other = (
        f"{each['report_hash'][:16]}.e0" for each in json.loads(run("show", line["id"], "--json"))["tellings"]
    )
    corrected = run("correct", one, "casualties[0].n", "8", "--as", "Huda").split()[0]
    assert json.loads(run("events", "--json"))["toll"][2] == 8
    assert "casualties[0].n: 3 -> 8" in run("history")
    run("undo", corrected[:12], "--as", "Huda")
    assert json.loads(run("events", "--json"))["toll"] == [3, 3, 3]
    assert "2 tellings make 2 events" in run("split", one, "--as", "Huda", "--reason", "another attack")
    accounts = [json.loads(line)["id"] for line in run("events", "--json").splitlines()]
    assert "nothing else is told" in run("split", one, status=1)
    assert "2 tellings make 1 events" in run("join", *accounts, "--as", "Huda")
    run("accept", one, "--as", "Huda")
    run("reject", other, "--reason", "an echo", "--as", "Huda")
    assert json.loads(run("events", "--json"))["voices"] == 1
    assert "is no path to a field" in run("correct", one, "?", "x", status=1)
    assert " 6 decisions" in run("verify")


def test_sources_people_and_tallies(run: Any, reports: Path) -> None:
    run("init")
    run("add", reports, "--published", "2016-03-02", "--source", "A house", status=3)
    assert "A house: 2 reports, 1 of its own" in run("sources")
    assert "a reliability is high" in run("source", "A house", "--reliability", "great", status=1)
    assert "nothing is set" in run("source", "A house", status=1)
    run("source", "A house", "--kind", "monitor", "--reliability", "low", "--as", "Huda")
    assert "set: kind monitor, reliability low" in run("sources")
    assert "محمد مهدي فريدوني" in run("people", "مهدي فريدوني")
    assert run("people", "أبو بكر الحديثي") == ""


def test_tallies_beside_their_events(run: Any, reports: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tally = Tally(
        since="2016-03-01", until="2016-03-02",
        casualties=(TallyCasualty(outcome="killed", actor=("irq-gov",), n=5, bound="exact"),),
    )  # fmt: skip
    monkeypatch.setattr(
        "sijill.cli.adding.coder",
        lambda: lambda given: msgspec.structs.replace(code(given), tallies=(tally,)),
    )
    run("init")
    run("add", reports / "a.txt", "--published", "2016-03-02")
    assert "killed of irq-gov 5; 1 events come to 3 (low 3, high 3; ucdp); difference +2" in run("tallies")
    assert json.loads(run("tallies", "--json"))["difference"] == 2


def test_a_province_covers_a_town_that_lies_far_within_it() -> None:
    """Umm Ruwaba lies 240 km from the middle of North Kordofan."""
    from sijill.ledger.tallies import _within
    from sijill.records import Place

    town = Place(name="Umm Ruwaba", country="SD", lat=12.9061, lon=31.2158, precision=1)
    assert _within(town, Place(name="North Kordofan", country="SD", lat=14.3, lon=29.5, precision=4))
    assert not _within(town, Place(name="West Kordofan", country="SD", lat=12.0, lon=28.5, precision=4))
