"""Linking: both engines agree, order changes nothing, one report's events stay apart, every score can be explained."""

from __future__ import annotations

import random
from typing import Any

import msgspec
import pytest

from ledger.made import assert_engines_agree, event, killed, person, place, record, world
from sijill.ledger.accounts import Linked
from sijill.ledger.comparisons import COMPARISONS, UNKNOWN
from sijill.ledger.linking import bits, candidates, explain, fit, link, shipped_weights
from sijill.ledger.traits import traits_of
from sijill.records import Event, Place, Record


def groups(records: list[Record]) -> list[list[str]]:
    return [[name for name, _ in linked.events] for linked in link(records)]


def test_weights_know_every_level() -> None:
    weights = shipped_weights()
    for comparison in COMPARISONS:
        names = {level.name for level in comparison.levels if level.name != UNKNOWN} | {comparison.rest}
        odds = weights.comparisons[comparison.name]
        assert set(odds) == names
        assert sum(o.m for o in odds.values()) == pytest.approx(1, abs=0.001)
        assert sum(o.u for o in odds.values()) == pytest.approx(1, abs=0.001)


@pytest.mark.parametrize("seed", [1, 2])
def test_both_engines_give_the_same_scores(seed: int) -> None:
    assert_engines_agree(traits_of(world(seed), {"r001-0": "r000-0"}))


@pytest.mark.parametrize("seed", range(5))
def test_order_of_arrival_changes_nothing(seed: int) -> None:
    records = world(7)
    known = link(records)
    random.Random(seed).shuffle(records)
    assert link(records) == known


def test_every_event_is_in_one_group() -> None:
    records = world(3)
    told = sorted(ref for linked in link(records) for ref in linked.events)
    assert told == sorted((r.report.id, i) for r in records for i in range(len(r.events)))


def test_candidates_are_pairs_of_different_reports_once() -> None:
    pairs = [(a.key, b.key) for a, b in candidates(traits_of(world(4)))]
    assert len(pairs) == len(set(pairs))
    assert all(a < b and a.split("#")[0] != b.split("#")[0] for a, b in pairs)


def test_two_tellings_are_one() -> None:
    assert groups([record("x", event()), record("y", event(dead=11))]) == [["x", "y"]]


def test_a_parent_may_stand_for_its_part() -> None:
    assert groups([record("x", event(side_a=("ndf-syr",))), record("y", event(dead=11))]) == [["x", "y"]]


@pytest.mark.parametrize(
    "other",
    [
        event("2018-06-20"),
        event(where="Idlib"),
        event(type="peaceful_protest", side_a=("protesters",), side_b=(), casualties=()),
        event("2018-06-14", dead=60, side_a=("hts",), side_b=("syr-gov",)),
    ],
)
def test_other_events_stay_apart(other: object) -> None:
    assert isinstance(other, type(event()))
    assert groups([record("x", event()), record("y", other)]) == [["x"], ["y"]]


def test_events_of_one_report_are_never_one() -> None:
    twins = record("x", event(), event())
    assert [len(linked.events) for linked in link([twins, record("y", event()), record("z", event())])] in (
        [3, 1],
        [1, 3],
        [2, 2],
    )


def test_copies_link_where_the_rest_is_thin() -> None:
    x = record("x", event(None, dead=None, side_a=()))
    y = record("y", event(None, dead=None, side_b=(), type="attack"))
    assert groups([x, y]) == [["x"], ["y"]]
    assert [len(linked.events) for linked in link([x, y], {"y": "x"})] == [2]


def test_battle_told_day_by_day_is_one_with_its_days() -> None:
    days = [
        record(f"d{n}", event(f"2018-06-1{n}", dead=n * 7), published=f"2018-06-1{n}", source="the monitor")
        for n in range(2, 6)
    ]
    assert link(days) == (
        Linked(
            events=tuple((f"d{n}", 0) for n in range(2, 6)), days=tuple(((f"d{n}", 0),) for n in range(2, 6))
        ),
    )


def test_telling_of_the_whole_battle_holds_its_days() -> None:
    days = [record(f"d{n}", event(f"2018-06-1{n}", dead=n * 9), published=f"2018-06-1{n}") for n in (2, 4)]
    whole = record("whole", event("2018-06-12", dead=90, end="2018-06-16"), published="2018-06-17")
    (battle,) = link([*days, whole])
    assert battle.days == ((("d2", 0),), (("d4", 0),))
    assert ("whole", 0) in battle.events


def arson(day: str, where: Place, **fields: Any) -> Event:
    """A child burnt to death; nobody else is killed thereabouts."""
    sides = {"side_a": ("settlers-isr",), "side_b": ("civilians",)}
    return event(day, type="attack", place=where, casualties=(killed(1, "civilians"),), **sides, **fields)


def test_who_is_killed_in_both_makes_them_one() -> None:
    duma = Place(name="Duma", country="PS", lat=32.056, lon=35.367, precision=1)
    child = person("علي دوابشة", fate="killed", event=0)
    right = record("x", arson("2015-07-31", duma), published="2015-08-02", persons=(child,))
    misprint = record("y", arson("2015-07-13", duma), published="2015-08-07", persons=(child,))
    assert groups([right, misprint]) == [["x", "y"]]
    unnamed = msgspec.structs.replace(misprint, persons=())
    assert groups([right, unnamed]) == [["x"], ["y"]]


def test_a_telling_that_errs_keeps_no_other_out() -> None:
    duma = Place(name="Duma", country="PS", lat=32.056, lon=35.367, precision=1)
    city = Place(name="Nablus", country="PS", lat=32.221, lon=35.254, precision=2)
    child = person("علي دوابشة", fate="killed", event=0)
    right = record("x", arson("2015-07-31", duma), published="2015-08-02", persons=(child,))
    misprint = record("y", arson("2015-07-13", duma), published="2015-08-07", persons=(child,))
    late_july = arson("2015-07-21", city, end="2015-07-31", date_precision=4)
    vague = record("z", late_july, published="2015-08-10")
    assert groups([right, misprint, vague]) == [["x", "y", "z"]]


def test_sides_that_meet_often_say_less() -> None:
    near_by = place("Binnish", 2)
    fight: dict[str, Any] = {"dead": 3, "place": near_by, "side_a": ("hts",), "side_b": ("syr-gov",)}
    pair = [
        record("x", event("2018-06-12", **fight)),
        record("y", event("2018-06-13", **fight | {"place": place("Idlib")})),
    ]
    often = [
        record(f"n{n}", event(f"2018-06-{n:02}", **fight | {"place": place("Saraqib")}), published=f"2018-06-{n:02}")
        for n in range(20, 30)
    ]  # fmt: skip
    weights = shipped_weights()

    def scored(records: list[Record]) -> float:
        rows = {row.record: row for row in traits_of(records)}
        return bits(rows["x"], rows["y"], weights)

    assert scored(pair) > scored([*pair, *often])


def test_a_battle_that_ended_is_not_the_next_days() -> None:
    first = record("x", event("2018-06-10", end="2018-06-12", dead=12, side_b=()), published="2018-06-13")
    next_day = record("y", event("2018-06-13", end="2018-06-14", dead=13, side_b=()), published="2018-06-15")
    assert groups([first, next_day]) == [["x"], ["y"]]
    same = record("z", event("2018-06-11", end="2018-06-13", dead=13, side_b=()), published="2018-06-15")
    assert groups([first, same]) == [["x", "z"]]


def test_a_demonstration_is_not_the_weeks_demonstrations() -> None:
    march: dict[str, Any] = {
        "type": "peaceful_protest",
        "side_a": ("protesters",),
        "side_b": (),
        "dead": None,
    }
    one = record("x", event("2018-06-12", **march))
    other = record("y", event("2018-06-12", **march))
    week = record("z", event("2018-06-07", end="2018-06-13", date_precision=3, **march))
    assert groups([one, other, week]) == [["x", "y"], ["z"]]


def test_without_a_day_nothing_is_taken_for_what_happened_days_before_but_by_its_toll() -> None:
    shelled: dict[str, Any] = {"type": "shelling", "side_a": ("is",), "side_b": ("civilians",), "dead": None}
    day = record("x", event("2018-06-05", **shelled), published="2018-06-05")
    undated = event(None, date_precision=5, **shelled)
    assert groups([day, record("y", undated, published="2018-06-12")]) == [["x"], ["y"]]
    counted = shelled | {"dead": 14}
    both = (
        record("x", event("2018-06-05", **counted), published="2018-06-05"),
        record("y", event(None, date_precision=5, **counted), published="2018-06-12"),
    )
    assert groups(both) == [["x", "y"]]


def test_an_undated_fight_is_none_of_the_day_before_but_by_its_toll() -> None:
    fought: dict[str, Any] = {"type": "armed_clash", "side_a": ("syr-gov",), "side_b": ("is",), "dead": None}
    day = record("x", event("2018-06-11", **fought), published="2018-06-11")
    undated = event(None, date_precision=5, **fought)
    assert groups([day, record("y", undated, published="2018-06-12")]) == [["x"], ["y"]]
    assert groups([day, record("y", undated, published="2018-06-11")]) == [["x", "y"]]


def test_explanation_adds_up_to_the_score() -> None:
    rows = traits_of([record("x", event()), record("y", event(dead=11, place=place("Hajin", 3)))])
    weights = shipped_weights()
    steps = explain(rows[0], rows[1])
    assert [step.comparison for step in steps] == ["prior", *(c.name for c in COMPARISONS)]
    assert steps[-1].total == pytest.approx(bits(rows[0], rows[1], weights))
    assert sum(step.bits for step in steps) == pytest.approx(steps[-1].total)


def test_weights_learn_from_decisions() -> None:
    rows = traits_of([record("x", event()), record("y", event(casualties=(killed(12, "civilians"),)))])
    weights = shipped_weights()
    learnt = fit([(rows[0], rows[1], True)] * 400, weights, "mine")
    assert learnt.version == "mine"
    assert bits(rows[0], rows[1], learnt) > bits(rows[0], rows[1], weights)
    assert learnt.comparisons["victims"]["other sides"].m > weights.comparisons["victims"]["other sides"].m
    assert msgspec.json.decode(msgspec.json.encode(learnt), type=type(learnt)) == learnt


def test_a_town_is_the_seat_of_the_province_at_its_point() -> None:
    seat = "the seat of the district or province"

    def level(**other: Any) -> str:
        rows = traits_of([record("x", event()), record("y", event(place=place(**other)))])
        return next(step.level for step in explain(rows[0], rows[1]) if step.comparison == "place")

    assert level(precision=4) == level(precision=3) == seat
    assert level(precision=1) == "same place, same precision"
    assert level(precision=5) != seat
    assert level(name="Mosul", precision=4) != seat
    assert_engines_agree(traits_of([record("x", event()), record("y", event(place=place(precision=4)))]))
