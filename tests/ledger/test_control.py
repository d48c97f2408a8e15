"""Timelines: who holds a place from when to when, on whose word."""

from __future__ import annotations

import random
from typing import Any

import msgspec

from ledger.made import place, record
from sijill.ledger.control import Spell, Timeline, timelines
from sijill.records import ControlChange, Record


def change(before: str, after: str, day: str | None, where: str = "Hajin", **fields: Any) -> ControlChange:
    base: dict[str, Any] = {
        "place": place(where), "from_": (before,) if before else (), "to": (after,) if after else (), "start": day,
        "extent": "full", "manner": "force",
    }  # fmt: skip
    return ControlChange(**{**base, **fields})


def told(name: str, *changes: ControlChange, published: str = "2018-06-13") -> Record:
    return record(name, published=published, control=changes)


def spells(*records: Record) -> list[tuple[tuple[str, ...], str, str | None, str | None]]:
    (found,) = timelines(records)
    return [(s.holders, s.state, s.start, s.end) for s in found.spells]


def test_place_passes_from_hand_to_hand() -> None:
    assert spells(
        told("x", change("is", "syr-gov", "2018-06-01")), told("y", change("syr-gov", "is", "2018-06-12"))
    ) == [
        (("is",), "held", None, "2018-06-01"),
        (("syr-gov",), "held", "2018-06-01", "2018-06-12"),
        (("is",), "held", "2018-06-12", None),
    ]


def test_taken_and_lost_again_within_days_told_by_one_report() -> None:
    assert spells(
        told("x", change("is", "syr-gov", "2018-06-01"), change("syr-gov", "is", "2018-06-02"))
    ) == [
        (("is",), "held", None, "2018-06-01"),
        (("syr-gov",), "held", "2018-06-01", "2018-06-02"),
        (("is",), "held", "2018-06-02", None),
    ]


def test_one_change_on_the_word_of_several() -> None:
    (found,) = timelines(
        [
            told("x", change("is", "syr-gov", "2018-06-01")),
            told("y", change("is", "syr-gov", "2018-06-02")),
            told("z", change("is", "syr-gov", "2018-06-02")),
        ]
    )
    assert [(s.start, s.voices) for s in found.spells] == [(None, ()), ("2018-06-02", ("x", "y", "z"))]


def test_partial_change_shares_the_place() -> None:
    assert spells(told("x", change("is", "sdf", "2018-06-01", extent="partial"))) == [
        (("is",), "held", None, "2018-06-01"),
        (("sdf", "is"), "partial", "2018-06-01", None),
    ]


def test_rival_takers_contest_it() -> None:
    assert spells(told("x", change("", "sdf", "2018-06-01")), told("y", change("", "is", "2018-06-01"))) == [
        (("is", "sdf"), "contested", "2018-06-01", None)
    ]


def test_withdrawal_with_nobody_after_it() -> None:
    assert spells(told("x", change("is", "", "2018-06-01", manner="withdrawal"))) == [
        (("is",), "held", None, "2018-06-01"),
        ((), "left", "2018-06-01", None),
    ]


def test_undated_change_counts_from_publication() -> None:
    assert spells(told("x", change("", "sdf", None))) == [(("sdf",), "held", "2018-06-13", None)]


def test_who_held_it_on_a_day() -> None:
    (found,) = timelines([told("x", change("is", "syr-gov", "2018-06-01"))])
    assert [s.holders for day in ("2018-05-01", "2018-06-01", "2019-01-01") if (s := found.on(day))] == [
        ("is",),
        ("syr-gov",),
        ("syr-gov",),
    ]
    assert (
        Timeline(
            place=place(), spells=(Spell(holders=("is",), state="held", start="2018-06-01", end=None),)
        ).on("2018-05-01")
        is None
    )


def test_order_changes_nothing_and_places_stay_apart() -> None:
    rng = random.Random(3)
    sides = ["is", "sdf", "syr-gov", "hts", ""]
    records = [
        told(
            f"r{n}",
            change(
                rng.choice(sides),
                rng.choice(sides),
                f"2018-06-{rng.randint(1, 28):02d}",
                rng.choice(["Hajin", "Idlib"]),
                extent=rng.choice(["full", "partial", "unknown"]),
            ),
        )
        for n in range(30)
    ]
    known = timelines(records)
    assert [t.place.name for t in known] == ["Hajin", "Idlib"]
    for t in known:
        for one, following in zip(t.spells, t.spells[1:], strict=False):
            assert one.end == following.start
    rng.shuffle(records)
    assert timelines(records) == known


def test_who_leaves_without_holding_it_bears_out_the_holder() -> None:
    (found,) = timelines(
        [
            told("x", change("is", "sdf", "2018-06-01")),
            told("y", change("is", "", "2018-06-09", manner="withdrawal")),
        ]
    )
    assert [(s.holders, s.state) for s in found.spells] == [(("is",), "held"), (("sdf",), "held")]
    assert [claim.record for claim in found.spells[-1].words] == ["x", "y"]


def test_one_of_two_holders_leaves() -> None:
    (found,) = timelines(
        [
            told("x", change("is", "sdf", "2018-06-01", extent="partial")),
            told("y", change("is", "", "2018-06-09", extent="full", manner="withdrawal")),
        ]
    )
    assert [(s.holders, s.state) for s in found.spells][1:] == [
        (("sdf", "is"), "partial"),
        (("sdf",), "held"),
    ]


def test_around_a_place_is_a_part_of_it() -> None:
    around = msgspec.structs.replace(
        change("is", "sdf", "2018-06-01", extent="full"), place=place("Hajin", 2)
    )
    (found,) = timelines([told("x", around), told("y", change("is", "sdf", "2018-06-20"))])
    assert [(s.holders, s.state) for s in found.spells][1:] == [
        (("sdf", "is"), "partial"),
        (("sdf",), "held"),
    ]
