"""UCDP GED: 49 columns; who, where, when and how many by its codebook."""

import csv
import io

import pytest
from msgspec.structs import replace

from sijill.export.registers import units_of
from sijill.export.ucdp_ged import COLUMNS, date_precision, priogrid_gid, type_of_violence, write_ucdp_ged
from sijill.records import Casualty, Event, Place, Record


def rows(record: Record) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO("".join(write_ucdp_ged([record])), newline="")))


def killed(side: str, n: int | None, bound: str = "exact", **more: int) -> Casualty:
    return Casualty(outcome="killed", side=side, n=n, bound=bound, **more)  # type: ignore[arg-type]


def of(record: Record, **changes: object) -> Record:
    return replace(record, events=(replace(record.events[0], **changes),))


def test_row_of_a_battle(record: Record) -> None:
    (row,) = rows(record)
    assert list(row) == list(COLUMNS)
    assert len(COLUMNS) == 49
    said = {
        "relid": "r1#0", "year": "2018", "type_of_violence": "1",
        "side_a": "Government of Syria", "side_a_new_id": "118", "side_b": "IS", "side_b_new_id": "234",
        "dyad_name": "Government of Syria - IS", "gwnoa": "652", "gwnob": "",
        "where_prec": "1", "where_coordinates": "Albu Kamal", "adm_1": "Deir ez Zor", "latitude": "34.45226",
        "geom_wkt": "POINT (40.91854 34.45226)", "priogrid_gid": "179002",
        "country": "Syria", "country_id": "652", "region": "Middle East",
        "date_prec": "2", "date_start": "2018-06-08", "date_end": "2018-06-11",
        "deaths_a": "48", "deaths_b": "32", "deaths_civilians": "0", "deaths_unknown": "0",
        "best": "80", "high": "80", "low": "80", "id": "", "conflict_new_id": "",
        "source_office": "'=Agency", "source_date": "2018-06-12",
    }  # fmt: skip
    assert {column: row[column] for column in said} == said


def test_founding_article(shared: object) -> None:
    """The row that UCDP's coders have as event 257171, from the gold record."""
    from pathlib import Path

    gold = Record.from_json(
        (Path(str(shared)) / "gold" / "albukamal-2018.jsonl").read_bytes().splitlines()[0]
    )
    row = rows(gold)[0]
    said = [row[c] for c in ("side_a", "side_b", "date_start", "date_end", "deaths_a", "deaths_b")]
    assert said == ["Government of Syria", "IS", "2018-06-08", "2018-06-11", "48", "32"]


@pytest.mark.parametrize(
    ("kind", "side_a", "side_b", "violence"),
    [
        ("armed_clash", ("syr-gov",), ("is",), 1),
        ("armed_clash", ("is",), ("sdf",), 2),
        ("armed_clash", ("is",), ("syr-gov",), 1),
        ("air_strike", ("rus-gov",), ("civilians",), 3),
        ("air_strike", ("rus-gov",), ("is",), 1),
        ("ied", ("is",), (), 2),
        ("attack", ("is",), ("civilians",), 3),
        ("execution", ("is",), ("sdf",), 3),
        ("excessive_force_against_protesters", ("syr-gov",), ("protesters",), 3),
        ("arrests", ("syr-gov",), ("civilians",), None),
        ("peaceful_protest", ("protesters",), (), None),
    ],
)
def test_type_of_violence(
    record: Record, kind: str, side_a: tuple[str, ...], side_b: tuple[str, ...], violence: int | None
) -> None:
    event = of(record, type=kind, side_a=side_a, side_b=side_b, casualties=(killed("unknown", 1),)).events[0]
    assert type_of_violence(event) == violence


def test_bomb_whose_dead_are_civilians_alone_is_one_sided(record: Record) -> None:
    (row,) = rows(of(record, type="ied", side_b=(), casualties=(killed("civilians", 4),)))
    assert (row["type_of_violence"], row["side_b"], row["deaths_civilians"]) == ("3", "Civilians", "4")


def test_state_stands_on_side_a_and_deaths_turn_with_it(record: Record) -> None:
    (row,) = rows(
        of(record, side_a=("is",), side_b=("syr-gov",), casualties=(killed("a", 5), killed("b", 7)))
    )
    assert (row["side_a"], row["deaths_a"], row["side_b"], row["deaths_b"]) == (
        "Government of Syria",
        "7",
        "IS",
        "5",
    )


def test_captives_who_were_executed_count_as_civilians(record: Record) -> None:
    (row,) = rows(of(record, type="execution", side_a=("is",), side_b=("sdf",), casualties=(killed("b", 6),)))
    assert (row["side_b"], row["deaths_b"], row["deaths_civilians"], row["best"]) == (
        "Civilians",
        "0",
        "6",
        "6",
    )


def test_estimates(record: Record) -> None:
    figures = (killed("a", 20, "about", n_high=25), killed("b", None, "vague"), killed("unknown", 3))
    (row,) = rows(of(record, casualties=figures))
    assert [int(row[c]) for c in ("deaths_a", "deaths_b", "deaths_unknown", "best")] == [20, 0, 3, 23]
    assert int(row["low"]) <= 23
    assert int(row["high"]) >= 28


@pytest.mark.parametrize("changes", [{"status": "denied"}, {"casualties": ()}, {"type": "agreement"}])
def test_what_has_no_row(record: Record, changes: dict[str, object]) -> None:
    assert rows(of(record, **changes)) == []


@pytest.mark.parametrize(
    ("lat", "lon", "gid"),
    [(-90, -180, 1), (-89.6, -179.4, 2), (-89.5, -180, 721), (34.45, 40.918611, 179002), (90, 180, 259200)],
)
def test_priogrid_gid(lat: float, lon: float, gid: int) -> None:
    assert priogrid_gid(lat, lon) == gid


@pytest.mark.parametrize(
    ("start", "end", "own", "precision"),
    [
        (None, None, 5, 5),
        ("2018-06-08", None, 1, 1),
        ("2018-06-08", "2018-06-11", 1, 2),
        ("2018-06-04", "2018-06-10", 3, 3),
        ("2018-06-01", "2018-06-30", 1, 4),
        ("2018-01-01", "2018-06-30", 1, 5),
    ],
)
def test_date_precision(start: str | None, end: str | None, own: int, precision: int) -> None:
    assert date_precision(Event(type="attack", start=start, end=end, date_precision=own)) == precision


def test_units_of() -> None:
    assert units_of(Place(name="Aleppo", country="SY", precision=4)).adm1 == "Aleppo"
    assert units_of(Place(name="Nowhere At All", country="SY", lat=1, lon=1)) == ("", "")
    assert units_of(Place(name="Syria", country="SY", lat=35, lon=38, precision=6)) == ("", "")
