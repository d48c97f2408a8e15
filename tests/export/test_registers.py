"""The tables that formats are written with: whole, without doubles, and naming what they should."""

import re

import pytest

from sijill.export.acled import INTER
from sijill.export.registers import actor, country, event_kind
from sijill.records import GROUP_OF
from sijill.rules.knowledge import KNOWLEDGE


def table(name: str) -> list[list[str]]:
    lines = (KNOWLEDGE / name).read_text(encoding="utf-8").splitlines()
    return [line.split("\t") for line in lines if not line.startswith("#")]


@pytest.mark.parametrize(
    ("name", "count", "columns"),
    [
        ("formats/countries.tsv", 250, 8),
        ("formats/acled_types.tsv", 27, 5),
        ("languages/languages.tsv", 18, 5),
    ],
)
def test_tables_are_whole(name: str, count: int, columns: int) -> None:
    rows = table(name)[1:]
    assert len(rows) == count
    assert {len(row) for row in rows} == {columns}
    assert len({row[0] for row in rows}) == count
    assert all(cell == cell.strip() for row in rows for cell in row)


def test_countries_have_their_codes() -> None:
    rows = table("formats/countries.tsv")[1:]
    assert all(re.fullmatch("[A-Z]{2}", row[0]) for row in rows)
    numbers = [row[1] for row in rows if row[1]]
    assert len(set(numbers)) == len(numbers)
    known = [row[4] for row in rows if row[4] and row[0] != "PS"]
    assert len(set(known)) == len(known)
    syria = country("SY")
    assert syria
    assert (syria.iso, syria.ucdp_id, syria.ucdp_region, syria.acled_region) == (
        "760",
        "652",
        "Middle East",
        "Middle East",
    )
    assert country(None) is None
    assert country("ZZ") is None


def test_types_are_the_codebooks() -> None:
    assert {row[0] for row in table("formats/acled_types.tsv")[1:]} == set(GROUP_OF)
    assert event_kind("execution").sub_event_type == "Attack"


@pytest.mark.parametrize(
    ("slug", "name", "kind"),
    [
        ("syr-gov", "Government of Syria", "state"),
        ("unidentified-td", "Unidentified armed people (Chad)", "unidentified"),
        ("xyz-gov", "Xyz Gov", "state"),
        ("liwa-fulan-syr", "Liwa Fulan Syr", "militia"),
    ],
)
def test_actor_on_the_register_or_not(slug: str, name: str, kind: str) -> None:
    assert (actor(slug).name, actor(slug).kind) == (name, kind)


def test_every_actor_on_the_register_has_a_kind_that_formats_know() -> None:
    import csv

    with (KNOWLEDGE / "actors" / "actors.csv").open(encoding="utf-8", newline="") as lines:
        kinds = {row["kind"] for row in csv.DictReader(lines)}
    assert kinds <= {"state", "rebel", "militia", "unidentified", "civilians"}
    assert len(INTER) == 8
