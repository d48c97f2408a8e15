"""Linking around some events gives the accounts that linking all of them gives."""

from __future__ import annotations

import random

import msgspec
import pytest

from ledger.made import event, record, world
from sijill.ledger.linking import link
from sijill.ledger.nearby import Nearby
from sijill.ledger.traits import key_of, traits_of


@pytest.mark.parametrize("seed", range(4))
def test_the_same_as_linking_all(seed: int) -> None:
    records = world(seed, 60)
    rows = traits_of(records)
    found, every = Nearby(rows), Nearby(rows)
    every.reach_all()
    whole = link(records)
    for row in random.Random(seed).sample(rows, 40):
        held = [linked for linked in whole if row.key in map(key_of, linked.events)]
        assert found.accounts([row.key]) == held
        assert every.accounts([row.key]) == held
        assert Nearby(rows).accounts([row.key]) == held


def test_a_battle_is_followed_along_its_days() -> None:
    days = [
        record(
            f"d{n:02}",
            event(f"2018-06-{n:02}", dead=n * 3),
            published=f"2018-06-{n:02}",
            source="the monitor",
        )
        for n in range(1, 29)
    ]
    apart = record("else", event("2018-06-10", where="Mosul", dead=40))
    records = [*days, apart]
    (battle, other) = link(records)
    assert len(battle.days) == 28
    rows = traits_of(records)
    for key in (rows[0].key, rows[14].key, rows[27].key):
        assert Nearby(rows).accounts([key]) == [battle]
    assert Nearby(rows).accounts(["else#0000"]) == [other]


def test_only_what_is_near_is_reached() -> None:
    rows = traits_of(
        msgspec.structs.replace(
            told, report=msgspec.structs.replace(told.report, id=f"{told.report.id}-{year}")
        )
        for year in range(3)
        for told in (record(f"r{n}", event(f"{2016 + year}-06-{n:02}", where="Idlib")) for n in (2, 12, 22))
    )
    found = Nearby(rows)
    assert len(found.accounts([rows[0].key])) == 1
    assert len(found.reached) < len(rows)
