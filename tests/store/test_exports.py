"""Every format that a register is written in: from one query layer, with low, best and high by the rule that is asked for."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import msgspec
import openpyxl
import pyarrow.parquet as parquet
import pytest
from store_examples import event, item
from typer.testing import CliRunner

from sijill.cli import app
from sijill.records import Casualty, Record, Report
from sijill.store import Filter, Store, add_reports, events_frame, events_table
from sijill.store.linking import link_register

TEXTS = {
    "first": "انفجرت سيارة في السوق صباحا",
    "second": "Gunmen stormed the checkpoint at dawn, police said",
    "=third()": "وقال شهود إن الحصيلة مرشحة للارتفاع بعد ساعات من القصف",
}
SAID = {"first": 3, "second": 4, "=third()": 5}


@pytest.fixture
def db(tmp_path: Path) -> str:
    """A register with one event on which three houses differ (3, 4 and 5 killed), and a later one without a toll."""

    def code(given: Report) -> Record:
        if given.source not in SAID:
            return Record(report=given, events=(event(start="2019-01-05", end="2019-01-05", casualties=()),))
        killed = Casualty(outcome="killed", side="a", n=SAID[given.source], bound="exact")
        return Record(report=given, events=(event(casualties=(killed,)),))

    path = str(tmp_path / "register.db")
    with Store.create(path) as store:
        told = [item(n, text=text, source=house) for n, (house, text) in enumerate(TEXTS.items())]
        add_reports(
            store, [*told, item(9, text="هدوء حذر", source="other", published="2019-01-06")], code, rules="1"
        )
        assert link_register(store).accounts == 2
    return path


def exported(db: str, tmp_path: Path, form: str, *options: str) -> Path:
    out = tmp_path / f"out.{form}"
    result = CliRunner().invoke(
        app, ["export", "--db", db, "--format", form, "-o", str(out), "--until", "2016-12-31", *options]
    )
    assert result.exit_code == 0, result.output
    return out


def table_row(db: str, tmp_path: Path, form: str, *options: str) -> dict[str, Any]:
    """The one event's row of a format that is a table."""
    out = exported(db, tmp_path, form, *options)
    if form == "parquet":
        (row,) = parquet.read_table(out).to_pylist()
        return dict(row)
    if form == "xlsx":
        heading, cells = openpyxl.load_workbook(out)["events"].iter_rows(values_only=True)
        return dict(zip(heading, cells, strict=True))
    (row,) = csv.DictReader(io.StringIO(out.read_text(encoding="utf-8-sig")))
    return dict(row)


BY_RULE = {"ucdp": (3, 3, 5), "acled": (3, 3, 3), "airwars": (3, 3, 5)}


@pytest.mark.parametrize("rule", BY_RULE)
@pytest.mark.parametrize("form", ["csv", "xlsx", "parquet", "ucdp-ged"])
def test_tables_carry_low_best_high_by_the_rule(db: str, tmp_path: Path, form: str, rule: str) -> None:
    row = table_row(db, tmp_path, form, "--rule", rule)
    assert tuple(int(row[name]) for name in ("low", "best", "high")) == BY_RULE[rule]
    side = "deaths_a" if form == "ucdp-ged" else "killed_a"
    assert int(row[side]) == BY_RULE[rule][1]
    assert int(row["number_of_sources" if form == "ucdp-ged" else "voices"]) == 3


def test_acled_has_its_own_rule(db: str, tmp_path: Path) -> None:
    assert table_row(db, tmp_path, "acled")["fatalities"] == "3"


def test_geojson_carries_every_estimate(db: str, tmp_path: Path) -> None:
    (feature,) = json.loads(exported(db, tmp_path, "geojson").read_text())["features"]
    killed = next(
        e for e in feature["properties"]["toll"] if (e["outcome"], e["side"]) == ("killed", "total")
    )
    assert (killed["low"], killed["best"], killed["high"], killed["rule"]) == (3, 3, 5, "ucdp")
    assert feature["properties"]["voices"] == 3


def test_jsonl_has_each_report(db: str, tmp_path: Path) -> None:
    lines = exported(db, tmp_path, "jsonl").read_text().splitlines()
    assert sorted(msgspec.json.decode(line, type=Record).report.source or "" for line in lines) == sorted(
        SAID
    )


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_spreadsheets_open_right(db: str, tmp_path: Path, form: str) -> None:
    out = exported(db, tmp_path, form, "--hxl")
    if form == "xlsx":
        sheet = openpyxl.load_workbook(out)["events"]
        assert {cell.data_type for row in sheet.iter_rows() for cell in row} <= {"s", "n", "inlineStr"}
        heading, tags, row = sheet.iter_rows(values_only=True)
    else:
        assert out.read_bytes().startswith(b"\xef\xbb\xbf")
        heading, tags, row = csv.reader(io.StringIO(out.read_text(encoding="utf-8-sig")))
    tag_of = dict(zip(heading, tags, strict=True))
    assert tag_of["adm1"] == "#adm1+name"
    assert tag_of["best"] == "#affected+killed"
    assert not any(str(cell).startswith("=") for cell in row)


def test_frames_of_the_python_interface(db: str) -> None:
    with Store.open(db) as store:
        frame = events_frame(store, Filter(until="2016-12-31"), "airwars")
        assert frame.loc[0, ["low", "best", "high", "killed_a"]].tolist() == [3, 3, 5, 3]
        assert "killed_a" not in events_table(store).column_names
        assert events_table(store, rule="ucdp").num_rows == 2
