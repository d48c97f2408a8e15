"""Spark alone: fixed tables, a run that breaks off, split files, inputs that are wrong, the command."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from pyspark.sql import SparkSession
from typer.testing import CliRunner

from engines.archive import rows
from sijill.cli import app
from sijill.engines.interface import code_report
from sijill.engines.spark import InputError, SparkEngine
from sijill.engines.tables import ACCOUNTS, RESULTS, batch_of, record_row
from sijill.records import Record, Report

pytestmark = pytest.mark.xdist_group("spark")


def dies(report: Report) -> Record:
    """The process that codes report number 30 dies."""
    if report.id == "30":
        os._exit(9)
    return Record(report=report)


def codes_nothing(report: Report) -> Record:
    return Record(report=report)


def written(path: Path, number: int, text: str = "Some words.") -> Path:
    path.write_text(
        "".join(
            json.dumps({"id": str(n), "text": text, "published": "2016-03-02"}) + "\n" for n in range(number)
        )
    )
    return path


def test_tables_are_fixed() -> None:
    assert RESULTS.names == [
        "hash", "path", "block", "line", "id", "source", "published", "language", "title", "url", "events", "tallies",
        "control", "persons", "notes", "record", "reason", "table", "month",
    ]  # fmt: skip
    assert ACCOUNTS.names == [
        "id", "type", "status", "start", "end", "date_precision", "place", "side_a", "side_b", "voices", "houses",
        "persons", "means", "events", "low", "best", "high", "estimates", "account", "month",
    ]  # fmt: skip
    event = RESULTS.field("events").type.value_type
    assert event.field("place").type.field("lat").type == pa.float64()
    assert event.field("casualties").type.value_type.field("n").type == pa.int64()


def test_row_holds_the_whole_record() -> None:
    record = code_report(Report(**rows()[0]))
    (row,) = batch_of([record_row(record)], RESULTS).to_pylist()
    assert Record.from_json(row["record"]) == record
    assert row["events"][0]["place"]["name"] == "Mosul"
    assert row["events"][0]["casualties"][0]["n"] == record.events[0].casualties[0].n
    assert row["month"] == "2016-03"


def test_run_that_breaks_off_goes_on(tmp_path: Path, session: SparkSession) -> None:
    source, output = str(written(tmp_path / "r.jsonl", 40)), str(tmp_path / "out")
    with pytest.raises(Exception, match=r"Job aborted|exited|crashed|connection"):
        SparkEngine(session, dies, per_task=4).run([source], output, rule=None)
    kept = SparkEngine(session, codes_nothing).run([source], output, rule=None)
    assert 0 < kept.before < 40
    assert kept.coded + kept.before == 40
    assert len({row["id"] for row in session.read.parquet(f"{output}/results").collect()}) == 40


def test_split_file_loses_no_line(tmp_path: Path, session: SparkSession) -> None:
    source = written(tmp_path / "long.jsonl", 3000, "Words. " * 20)
    source.write_text(source.read_text() + "{bad\n")
    before = session.conf.get("spark.sql.files.maxPartitionBytes")
    session.conf.set("spark.sql.files.maxPartitionBytes", "100000")
    try:
        done = SparkEngine(session, codes_nothing).run([str(source)], str(tmp_path / "out"), rule=None)
    finally:
        session.conf.set("spark.sql.files.maxPartitionBytes", before or "128m")
    assert (done.coded, done.left_out) == (3000, 1)
    (dead,) = session.read.parquet(str(tmp_path / "out" / "results" / "table=dead_letters")).collect()
    assert dead["path"] == str(source)
    # The block's first byte, then the line in it: together they find the line.
    assert dead["block"] > 0
    lines = source.read_bytes()[dead["block"] :].split(b"\n")
    assert lines[dead["line"]] == b"{bad"


def test_input_that_is_wrong_is_told(tmp_path: Path, session: SparkSession) -> None:
    (tmp_path / "in").mkdir()
    engine = SparkEngine(session)
    with pytest.raises(InputError, match="no file to read"):
        engine.run([str(tmp_path / "in")], str(tmp_path / "out"))
    pq.write_table(pa.table({"a": [1]}), tmp_path / "in" / "t.parquet")
    with pytest.raises(InputError, match="no column for the text among: a"):
        engine.run([str(tmp_path / "in")], str(tmp_path / "out"))


def test_command_says_what_was_done(tmp_path: Path, session: SparkSession) -> None:
    source = tmp_path / "r.jsonl"
    source.write_text(json.dumps(rows()[1]) + "\n{bad\n")
    arguments = ["code", "--engine", "spark", "--no-link", str(source), str(tmp_path / "out")]
    done = CliRunner().invoke(app, arguments)
    assert done.exit_code == 3
    assert f"{tmp_path / 'out'}: 1 reports coded, 1 left out, 0 there before" in done.output
    assert CliRunner().invoke(app, arguments).exit_code == 0
    wrong = CliRunner().invoke(app, ["code", "--engine", "spark", str(source)])
    assert wrong.exit_code == 2
    assert "OUTPUT" in wrong.output
