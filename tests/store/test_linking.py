"""Accounts in the register: from the ledger's linking, with people's word over it."""

from __future__ import annotations

import random

import pytest
from store_examples import code, coder_of, event, item

from sijill.ledger.accounts import Linked
from sijill.records import Casualty, ControlChange, Place, Record
from sijill.store import (
    Filter,
    Store,
    add_reports,
    correct,
    find_accounts,
    find_events,
    merge_events,
    reject,
    show,
    split_events,
    undo,
    verify,
)
from sijill.store.linking import control_timelines, link_register, pending, with_peoples_word
from sijill.store.outward import Accounts, report_records

TOWN = Place(name="Al Bukamal", country="SY", lat=34.452, lon=40.918, precision=1)
TEXTS = [
    "قُتل ثلاثة جنود في هجوم لتنظيم داعش قرب الموصل أمس.",
    "قال الجيش إن أربعة من عناصره سقطوا في اشتباكات مع التنظيم عند أطراف الموصل.",
    "أعلن مصدر أمني اندلاع معارك في محيط الموصل يوم الثلاثاء خلفت قتلى.",
]


def told_three_times(store: Store) -> list[str]:
    """The ids of one event told by three houses, and of another one."""
    items = [item(n, text=text, source=f"house {n}") for n, text in enumerate(TEXTS)]
    hashes = add_reports(store, items, code, rules="1").hashes
    other = event(
        type="shelling",
        start="2015-01-05",
        end="2015-01-05",
        side_a=("usa",),
        side_b=("rebels-syr",),
        place=None,
    )
    hashes += add_reports(
        store, [item(9, text="خبر آخر تماما", source="house 9")], coder_of(other), rules="1"
    ).hashes
    return [f"{hash_[:16]}.e0" for hash_ in hashes]


def test_one_event_told_by_three_is_one_account(store: Store) -> None:
    names = told_three_times(store)
    assert find_events(store).total == 4
    assert pending(store) == 4
    result = link_register(store)
    assert (result.events, result.accounts) == (4, 2)
    assert pending(store) == 0
    newest = find_events(store).events[0]
    assert (newest.voices, newest.toll[1], newest.id) == (3, 3, newest.account)
    assert sorted(found.id for found in find_events(store, Filter(account=newest.account)).events) == sorted(
        names[:3]
    )
    assert find_events(store, Filter(tellings=True)).total == 4
    for source in ("house 0", "HOUSE 2", "وكالة أعماق"):
        assert [found.id for found in find_events(store, Filter(source=source)).events] == [newest.id]
    shown = show(store, names[1])
    assert shown.account is not None
    assert len(shown.tellings) == 3
    assert show(store, newest.id) == shown
    assert len(list(find_accounts(store))) == 2
    assert verify(store).problems == []


def test_the_order_of_arrival_changes_nothing(store: Store, tmp_path: object) -> None:
    told_three_times(store)
    link_register(store)
    accounts = sorted(found.id for found in find_events(store).events)
    link_register(store)
    assert sorted(found.id for found in find_events(store).events) == accounts
    with Store.create(f"{tmp_path}/other.db") as other:
        items = [item(n, text=text, source=f"house {n}") for n, text in enumerate(TEXTS)]
        random.Random(3).shuffle(items)
        add_reports(other, items, code, rules="1")
        link_register(other)
        assert {found.id for found in find_events(other).events} < set(accounts)


def test_people_split_and_merge(store: Store) -> None:
    names = told_three_times(store)
    link_register(store)
    split = split_events(store, [names[0]], names[1:3], "Huda", "another attack")
    assert link_register(store).accounts == 3
    merge_events(store, [names[0], names[3]], "Huda")
    assert link_register(store).accounts == 2
    undo(store, split, "Huda")
    assert link_register(store).accounts == 1
    assert find_events(store).events[0].voices == 4
    assert verify(store).problems == []


def test_a_correction_takes_the_account_down_until_it_is_linked_again(store: Store) -> None:
    names = told_three_times(store)
    link_register(store)
    correct(store, names[0], "casualties[0].n", 8, "Huda")
    assert find_events(store).total == 4
    assert pending(store) == 3
    link_register(store)
    assert find_events(store).events[0].toll[2] == 8
    assert find_events(store).events[0].review == "corrected"
    reject(store, names[3], "Huda")
    link_register(store)
    assert find_events(store).total == 1


def test_records_that_go_out(store: Store) -> None:
    told_three_times(store)
    link_register(store)
    records = list(Accounts(store))
    assert [record.events[0].type for record in records] == ["armed_clash", "shelling"]
    assert records[0].events[0].casualties == (Casualty(outcome="killed", side="a", n=3, bound="exact"),)
    assert len(list(report_records(store))) == 4
    assert [record.report.id for record in report_records(store, Filter(type="shelling"))] == ["r9"]


def test_who_held_a_place(store: Store) -> None:
    changes = (
        ControlChange(place=TOWN, from_=("is",), to=("syr-gov",), start="2018-06-08", extent="full"),
        ControlChange(place=TOWN, from_=("syr-gov",), to=("is",), start="2018-06-20", extent="full"),
    )
    add_reports(store, [item(0)], lambda given: Record(report=given, control=changes), rules="1")
    (timeline,) = control_timelines(store, "bukamal")
    assert [(spell.holders, spell.start) for spell in timeline.spells if spell.start] == [
        (("syr-gov",), "2018-06-08"),
        (("is",), "2018-06-20"),
    ]
    assert control_timelines(store, "البوكمال") == control_timelines(store)
    assert control_timelines(store, "Idlib") == []


A, B, C, D = (("a", 0), ("b", 0), ("c", 0), ("d", 0))


@pytest.mark.parametrize(
    ("apart", "together", "wanted"),
    [
        ([], [], [(A, B, C), (D,)]),
        ([(A, B)], [], [(A, C), (B,), (D,)]),
        ([(A, B), (A, C)], [], [(A,), (B, C), (D,)]),
        ([(A, B), (A, C), (B, C)], [], [(A,), (B,), (C,), (D,)]),
        ([], [(C, D)], [(A, B, C, D)]),
        ([(A, D)], [(C, D)], [(A, B, C), (D,)]),
        ([(A, B)], [(B, D)], [(A, C), (B, D)]),
        ([(C, D)], [], [(A, B, C), (D,)]),
    ],
)
def test_peoples_word_over_clusters(
    apart: list[tuple[object, object]], together: list[tuple[object, object]], wanted: list[object]
) -> None:
    clusters = [Linked(events=(A, B, C), days=((A,), (B, C))), Linked(events=(D,))]
    pairs = {frozenset(pair): False for pair in apart} | {frozenset(pair): True for pair in together}
    assert [cluster.events for cluster in with_peoples_word(clusters, pairs)] == wanted  # type: ignore[arg-type]
