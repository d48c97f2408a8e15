"""ACLED: 31 columns, a row a day, deaths that are neither lost nor made up."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from sijill.export.acled import COLUMNS, interaction, write_acled
from sijill.export.tolls import split
from sijill.records import GROUP_OF, Casualty, Evidence, Record


def rows(record: Record) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO("".join(write_acled([record])), newline="")))


def of(record: Record, **changes: object) -> Record:
    return replace(record, events=(replace(record.events[0], **changes),))


def test_rows_of_a_battle(record: Record) -> None:
    days = rows(record)
    assert list(days[0]) == list(COLUMNS)
    assert len(COLUMNS) == 31
    assert [row["event_date"] for row in days] == ["2018-06-08", "2018-06-09", "2018-06-10", "2018-06-11"]
    assert sum(int(row["fatalities"]) for row in days) == 80
    assert len({row["event_id_cnty"] for row in days}) == 4
    said = {
        "time_precision": "1", "disorder_type": "Political violence", "event_type": "Battles", "sub_event_type": "Armed clash",
        "actor1": "Government of Syria", "assoc_actor_1": "Iran-backed militias", "inter1": "State forces",
        "actor2": "Islamic State", "inter2": "Rebel group", "interaction": "State forces-Rebel group", "civilian_targeting": "",
        "iso": "760", "region": "Middle East", "country": "Syria", "admin1": "Deir ez Zor", "location": "Albu Kamal",
        "geo_precision": "1", "source": "'=Agency; المرصد", "timestamp": "",
    }  # fmt: skip
    assert {column: days[0][column] for column in said} == said
    assert days[0]["notes"].startswith(
        "Armed clash by Government of Syria, Iran-backed militias against Islamic State in Albu Kamal"
    )


@given(total=st.integers(0, 10_000), days=st.integers(1, 400))
def test_split_neither_loses_nor_makes_up_a_death(total: int, days: int) -> None:
    parts = split(total, days)
    assert len(parts) == days
    assert sum(parts) == total
    assert max(parts) - min(parts) <= 1
    assert parts == sorted(parts, reverse=True)


@pytest.mark.parametrize(
    ("words", "deaths"), [("عشرات القتلى", 12), ("مئات القتلى", 100), ("dozens of fighters", 12), ("قتلى", 3)]
)
def test_vague_words_have_fixed_readings(record: Record, words: str, deaths: int) -> None:
    text = f"سقوط {words} في المدينة"
    shown = Evidence(field="casualties[0]", start=5, end=5 + len(words), text=words, rule="t")
    event = replace(
        record.events[0],
        end=None,
        casualties=(Casualty(outcome="killed", side="b", n=None, bound="vague"),),
        evidence=(shown,),
    )
    (row,) = rows(replace(record, report=replace(record.report, text=text), events=(event,)))
    assert int(row["fatalities"]) == deaths


def test_one_row_where_the_day_is_not_known(record: Record) -> None:
    (row,) = rows(of(record, start="2018-06-04", end="2018-06-10", date_precision=3))
    assert (row["event_date"], row["time_precision"], row["fatalities"]) == ("2018-06-07", "2", "80")
    (row,) = rows(of(record, start=None, end=None, date_precision=5))
    assert (row["event_date"], row["year"], row["time_precision"]) == ("", "", "")


@pytest.mark.parametrize(
    ("kind", "side_a", "side_b", "inter1", "inter2", "both"),
    [
        ("peaceful_protest", ("protesters",), (), "Protesters", "", "Protesters only"),
        (
            "violent_demonstration",
            ("protesters",),
            ("syr-gov",),
            "Rioters",
            "State forces",
            "State forces-Rioters",
        ),
        (
            "air_strike",
            ("rus-gov",),
            ("civilians",),
            "External/Other forces",
            "Civilians",
            "Civilians-External/Other forces",
        ),
        (
            "attack",
            ("unidentified-sy",),
            ("civilians",),
            "Political militia",
            "Civilians",
            "Political militia-Civilians",
        ),
        (
            "attack",
            ("liwa-fulan-syr",),
            ("civilians",),
            "Political militia",
            "Civilians",
            "Political militia-Civilians",
        ),
    ],
)
def test_interaction_codes(
    record: Record,
    kind: str,
    side_a: tuple[str, ...],
    side_b: tuple[str, ...],
    inter1: str,
    inter2: str,
    both: str,
) -> None:
    row = rows(of(record, type=kind, side_a=side_a, side_b=side_b))[0]
    assert (row["inter1"], row["inter2"], row["interaction"]) == (inter1, inter2, both)


def test_interaction_of_nobody() -> None:
    assert interaction(None, None) is None


def test_civilians_are_named_with_the_country_and_targeted(record: Record) -> None:
    row = rows(of(record, type="shelling", side_b=("civilians",)))[0]
    assert (row["actor2"], row["civilian_targeting"]) == ("Civilians (Syria)", "Civilian targeting")


def test_denied_events_have_no_row(record: Record) -> None:
    assert rows(of(record, status="denied")) == []


@pytest.mark.parametrize("kind", GROUP_OF)
def test_every_type_of_the_codebook_has_one_in_acled(record: Record, kind: str) -> None:
    assert rows(of(record, type=kind))[0]["sub_event_type"]


def test_crowd_size_is_tagged(record: Record) -> None:
    assert rows(of(record, type="peaceful_protest"))[0]["tags"] == "crowd size=no report"
