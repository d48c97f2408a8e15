"""The command line, as its users meet it."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import jsonschema
import pytest
from typer.testing import CliRunner

import sijill.engines
from sijill.cli import app
from sijill.engines import OneProcess
from sijill.language.identify import identify
from sijill.records import Event, Record, Report

TEXT = "قتل ثلاثة جنود في هجوم قرب الموصل."
SIJILL = (sys.executable, "-c", "from sijill.cli import main; main()")


def fake(report: Report) -> Record:
    identify(report.text, report.language)
    return Record(report=report, events=(Event(type="attack", start=report.published),))


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch) -> Callable[..., tuple[int, str, str]]:
    """Runs a command in this process with a coder that costs nothing: (status, output, errors)."""
    monkeypatch.setattr(sijill.engines, "OneProcess", lambda: OneProcess(fake))

    def invoke(*arguments: object, given: str | bytes | None = None) -> tuple[int, str, str]:
        result = CliRunner().invoke(app, [str(argument) for argument in arguments], input=given)
        if result.exception is not None and not isinstance(result.exception, SystemExit):
            raise result.exception
        return result.exit_code, result.stdout, result.stderr

    return invoke


Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def report(tmp_path: Path) -> Path:
    path = tmp_path / "report.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


def test_code_of_one_report(run: Run, report: Path) -> None:
    status, output, errors = run(
        "code", report, "--published", "2016-03-02", "--source", "Agency", "--format", "jsonl"
    )
    record = Record.from_json(output)
    assert (status, errors) == (0, "")
    assert record.report == Report(id="report", text=TEXT, published="2016-03-02", source="Agency")


def test_code_shows_a_table_by_default(run: Run, report: Path) -> None:
    status, output, _ = run("code", report)
    assert status == 0
    assert "Events" in output


def test_code_bad_lines_are_said_and_the_rest_goes_on(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "news.jsonl"
    persian = "دو سرباز در حمله به شهر کشته شدند"
    lines = [
        '{"id": "a", "text": "Two were killed"}',
        "{",
        json.dumps({"text": persian}),
        '{"id": "b", "text": "Three were killed"}',
    ]
    path.write_text("\n".join(lines))
    status, output, errors = run("code", path, "--format", "jsonl")
    assert status == 3
    assert [json.loads(line)["report"]["id"] for line in output.splitlines()] == ["a", "b"]
    first, second = errors.splitlines()
    assert first.startswith(f"{path}:2: not JSON")
    assert second == f"{path}:3: the text is in Persian, which is not read"


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "empty"),
        (b"\x89PNG\r\n", "binary"),
        ("Deux soldats ont été tués dans une attaque".encode(), "French"),
    ],
)
def test_code_says_what_it_cannot_read(run: Run, tmp_path: Path, content: bytes, words: str) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(content)
    status, output, errors = run("code", path, "--format", "jsonl")
    assert (status, output) == (3, "")
    assert words in errors
    assert len(errors.splitlines()) == 1


def test_code_declared_language_beats_detection(run: Run, report: Path) -> None:
    assert run("code", report, "--language", "fa", "--format", "jsonl")[0] == 3
    assert run("code", report, "--language", "ar", "--format", "jsonl")[0] == 0


def test_code_standard_input(run: Run) -> None:
    assert json.loads(run("code", "-", "--format", "jsonl", given=TEXT)[1])["report"]["id"] == "stdin"
    assert (
        json.loads(run("code", "--format", "jsonl", given='{"id": "x", "text": "Two died"}\n')[1])["report"][
            "id"
        ]
        == "x"
    )


@pytest.mark.parametrize(
    "arguments",
    [
        ("code", "no-such-file.txt"),
        ("code", "-", "--published", "yesterday"),
        ("code", "-", "--format", "xml"),
        ("code", "-", "--workers", "0"),
        ("evaluate", "no-such-file", "no-such-file"),
        ("unknown",),
    ],
)
def test_usage_errors(run: Run, arguments: tuple[str, ...]) -> None:
    assert run(*arguments, given="x")[0] == 2


def test_code_without_path_and_input_is_usage() -> None:
    result = subprocess.run([*SIJILL, "code"], stdin=subprocess.DEVNULL, capture_output=True, text=True)
    assert result.returncode == 2
    assert "standard input" in result.stderr


def test_output_file_and_its_format(run: Run, report: Path, tmp_path: Path) -> None:
    target = tmp_path / "out.jsonl"
    target.write_text("older")
    target.chmod(0o640)
    assert run("code", report, "-o", target) == (0, "", "")
    assert Record.from_json(target.read_bytes()).report.id == "report"
    assert target.stat().st_mode & 0o777 == 0o640
    assert run("code", report, "-o", tmp_path / "out.csv")[0] == 0
    assert (tmp_path / "out.csv").read_text().startswith("report_id,")
    assert json.loads((tmp_path / "out.jsonl").read_text())
    assert sorted(path.name for path in tmp_path.iterdir()) == ["out.csv", "out.jsonl", "report.txt"]


def test_output_may_be_the_input(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "both.jsonl"
    path.write_text('{"id": "a", "text": "Two died"}\n' * 3)
    assert run("code", path, "-o", path)[0] == 0
    assert len(path.read_text().splitlines()) == 3


def test_older_output_outlives_a_failure(
    run: Run, report: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "out.jsonl"
    target.write_text("older")
    monkeypatch.setattr(os, "fsync", lambda _: (_ for _ in ()).throw(OSError(28, "No space left on device")))
    status, _, errors = run("code", report, "-o", target)
    assert (status, target.read_text()) == (1, "older")
    assert "No space left" in errors
    assert len(list(tmp_path.iterdir())) == 2


def test_output_in_a_missing_folder_is_a_failure(run: Run, report: Path, tmp_path: Path) -> None:
    assert run("code", report, "-o", tmp_path / "none" / "out.jsonl")[0] == 1


def test_results_stream() -> None:
    """The first record comes out before the second report goes in."""
    command = [*SIJILL, "code", "-", "--format", "csv"]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdin
        assert process.stdout
        process.stdin.write(
            b'{"text": "x", "published": "bad"}\n{"text": "x", "published": "2020-01-01", "language": "fa"}\n'
        )
        process.stdin.flush()
        assert process.stdout.readline().startswith(b"report_id")
        process.stdin.close()
        assert process.wait(30) == 3


@pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
def test_interrupted_run_leaves_the_older_file(tmp_path: Path) -> None:
    target = tmp_path / "out.jsonl"
    target.write_text("older")
    command = [*SIJILL, "code", "-", "-o", str(target)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdin
        process.stdin.write(b'{"text": "x", "language": "fa"}\n')
        process.stdin.flush()
        for _ in range(100):
            if len(list(tmp_path.iterdir())) == 2:
                break
            time.sleep(0.1)
        process.send_signal(signal.SIGINT)
        assert process.wait(30) != 0
    assert [(path.name, path.read_text()) for path in tmp_path.iterdir()] == [("out.jsonl", "older")]


def test_reader_that_stops_early_is_no_error() -> None:
    lines = '{"text": "x", "language": "fa"}\n' * 3
    command = f"'{sys.executable}' -c 'from sijill.cli import main; main()' schema | head -1"
    result = subprocess.run(["bash", "-c", command], input=lines, capture_output=True, text=True)
    assert "Traceback" not in result.stderr


def test_explain(run: Run, report: Path, tmp_path: Path) -> None:
    status, output, _ = run("explain", report)
    assert status == 0
    assert "type = attack" in output
    page = tmp_path / "page.html"
    assert run("explain", report, "--format", "html", "-o", page)[0] == 0
    assert page.read_text(encoding="utf-8").startswith("<!doctype html>")
    assert run("explain", report, "-o", tmp_path / "page.txt")[0] == 0


def test_example_is_the_report_that_ships(run: Run) -> None:
    status, output, _ = run("code", "--example", "--format", "jsonl")
    record = Record.from_json(output)
    assert status == 0
    assert record.report.published is not None
    assert record.report.language == "ar"
    assert len(record.report.text) > 500


def test_evaluate(run: Run, tmp_path: Path) -> None:
    gold = tmp_path / "gold.jsonl"
    gold.write_bytes(fake(Report(id="a", text="Two were killed", published="2020-01-01")).to_json())
    status, output, _ = run("evaluate", gold, gold, "--json")
    assert status == 0
    assert json.loads(output)["events"] == [1.0, 1.0, 1.0]
    empty = tmp_path / "empty.jsonl"
    empty.write_text("")
    status, output, errors = run("evaluate", empty, gold, "--errors", "5")
    assert status == 0
    assert "overall" in output
    assert "missed: attack" in errors
    broken = tmp_path / "broken.jsonl"
    broken.write_text("{")
    status, _, errors = run("evaluate", broken, gold)
    assert status == 1
    assert f"{broken}:1: not a record" in errors


def test_schema_describes_records(run: Run) -> None:
    schema = json.loads(run("schema")[1])
    record = fake(Report(id="a", text="Two were killed"))
    jsonschema.Draft202012Validator(schema).validate(json.loads(record.to_json()))


def test_version(run: Run) -> None:
    assert run("--version") == (0, f"sijill {sijill.__version__}\n", "")


def test_help_answers_at_once() -> None:
    """Nothing that takes long to load is loaded for help."""
    probe = "import sys, sijill.cli; print([m for m in ('pyarrow', 'trafilatura', 'py3langid', 'numpy', 'sijill.coding') if m in sys.modules])"
    assert (
        subprocess.run([sys.executable, "-c", probe], capture_output=True, text=True, check=True).stdout
        == "[]\n"
    )


def test_many_workers_write_what_one_writes(tmp_path: Path) -> None:
    path = tmp_path / "news.jsonl"
    lines = [
        json.dumps({"id": str(n), "text": TEXT, "published": "2016-03-02"}, ensure_ascii=False)
        for n in range(20)
    ]
    path.write_text("\n".join([*lines, "{"]), encoding="utf-8")
    outputs = []
    for workers in ("1", "2"):
        command = [*SIJILL, "code", str(path), "--format", "jsonl", "--workers", workers]
        result = subprocess.run(command, capture_output=True)
        assert result.returncode == 3
        outputs.append(result.stdout)
    assert outputs[0] == outputs[1]
    assert len(outputs[0].splitlines()) == 20
