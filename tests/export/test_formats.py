"""Every format writes records as a stream; JSONL, CSV, GeoJSON."""

import csv
import io
import json
from collections.abc import Iterator

import pytest

from sijill.export import FORMATS, writer
from sijill.records import Event, Record, Report


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text, newline="")))


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_streams(name: str, record: Record) -> None:
    taken = 0

    def endless() -> Iterator[Record]:
        nonlocal taken
        while True:
            taken += 1
            yield record

    pieces = writer(name)(endless())
    for _ in range(5):
        next(pieces)
    assert taken <= 5


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_of_nothing(name: str) -> None:
    quiet = Record(report=Report(id="q", text="x"))
    assert isinstance("".join(writer(name)([])), str)
    assert isinstance("".join(writer(name)([quiet])), str)


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_of_a_bare_event(name: str) -> None:
    """An event of which nothing is known but its type."""
    bare = Record(
        report=Report(id="q", text="x"),
        events=(Event(type="armed_clash"), Event(type="other", status="denied")),
    )
    assert isinstance("".join(writer(name)([bare])), str)


def test_jsonl_round_trip(record: Record) -> None:
    (line,) = "".join(writer("jsonl")([record])).splitlines()
    assert Record.from_json(line) == record


def test_csv_one_row_an_event(record: Record) -> None:
    (row,) = rows("".join(writer("csv")([record])))
    assert (row["killed_a"], row["killed_b"], row["killed_civilians"]) == ("48", "32", "")
    assert row["report_source"] == "'=Agency"
    assert row["side_a"] == "syr-gov; iran-militias"
    assert row["casualties"].endswith("side B: 10 killed (part of 32 killed)")
    assert "48 جنديا على الأقل" in row["evidence"]


def test_geojson(record: Record) -> None:
    bare = Record(report=Report(id="q", text="x"), events=(Event(type="other"),))
    whole = json.loads("".join(writer("geojson")([record, bare])))
    placed, unplaced = whole["features"]
    assert placed["geometry"] == {"type": "Point", "coordinates": [40.91854, 34.45226]}
    assert placed["properties"]["casualties"][0]["n"] == 48
    assert "evidence" not in placed["properties"]
    assert unplaced["geometry"] is None
    assert json.loads("".join(writer("geojson")([])))["features"] == []
