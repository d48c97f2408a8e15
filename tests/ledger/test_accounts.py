"""Accounts: claims as said, voices, consensus, contradictions listed; tallies beside their events."""

from __future__ import annotations

import random

import msgspec

from ledger.made import event, killed, place, record, world
from sijill.ledger.accounts import Account, Linked, claims_of, make_accounts
from sijill.ledger.counting import estimate
from sijill.ledger.linking import link
from sijill.ledger.tallies import check_tallies
from sijill.records import Evidence, Record, Source, Tally, TallyCasualty


def one(*records: Record, voices: dict[str, str] | None = None) -> Account:
    linked = Linked(events=tuple((r.report.id, 0) for r in records))
    (account,) = make_accounts(records, [linked], voices)
    return account


def test_claims_keep_what_was_said() -> None:
    told = record(
        "x",
        event(
            casualties=(
                killed(12, bound="at_least"),
                killed(3, part_of=0),
                killed(None, "civilians", bound="vague"),
            )
        ),
    )
    claims = claims_of(told, 0)
    assert [(c.n, c.bound, c.side, c.part_of, c.said, c.house) for c in claims] == [
        (12, "at_least", "b", None, "2018-06-13", "house x"),
        (3, "exact", "b", 0, "2018-06-13", "house x"),
        (None, "vague", "civilians", None, "2018-06-13", "house x"),
    ]


def test_quoted_monitor_is_the_house_of_what_others_print() -> None:
    monitor = Source(name="المرصد السوري", actor="sohr", kind="monitor")
    witness = Source(name="شهود", actor=None, kind="witness")
    account = one(
        record("x", event(sources=(monitor,))),
        record("y", event(sources=(monitor,))),
        record("z", event(sources=(witness,))),
    )
    assert account.houses == ("house z", "sohr")
    assert estimate(account.claims, "ucdp").voices == 2


def test_words_of_revision_are_seen() -> None:
    text = "ارتفعت حصيلة القتلى إلى 17 شخصا"
    at = text.index("17")
    words = Evidence(field="casualties[0]", start=at, end=at + 2, text="17", rule="test")
    told = record("x", event(dead=17, evidence=(words,)), text=text)
    assert [(c.revises, c.words) for c in claims_of(told, 0)] == [(True, "17")]


def test_consensus_and_contradictions() -> None:
    account = one(
        record("x", event(dead=12)),
        record("y", event(dead=15, type="attack", place=place("Hajin", 3))),
        record("z", event("2018-06-13", dead=12, side_a=("syr-gov", "rus-gov"))),
    )
    assert (account.type, account.start, account.end, account.side_a) == (
        "armed_clash",
        "2018-06-12",
        "2018-06-12",
        ("syr-gov", "rus-gov"),
    )
    assert account.place == place("Hajin")
    said = {c.field: dict(c.values) for c in account.contradictions}
    assert said["killed.b"] == {"12": ("x", "z"), "15": ("y",)}
    assert said["dates"] == {"2018-06-12": ("x", "y"), "2018-06-13": ("z",)}
    assert said["type"] == {"armed_clash": ("x", "z"), "attack": ("y",)}


def test_copies_dont_vote_twice() -> None:
    account = one(
        record("x", event(dead=15)),
        record("y", event(dead=15)),
        record("z", event(dead=12)),
        voices={"y": "x"},
    )
    assert account.voices == ("x", "z")
    assert estimate(account.claims, "ucdp").voices == 2
    assert dict(account.contradictions[0].values) == {"12": ("z",), "15": ("x",)}


def test_accounts_are_the_same_in_any_order() -> None:
    records = world(11)
    known = make_accounts(records, link(records))
    for seed in range(5):
        random.Random(seed).shuffle(records)
        assert make_accounts(records, link(records)) == known
    assert msgspec.json.decode(msgspec.json.encode(known), type=tuple[Account, ...]) == known


def test_days_of_a_battle_add_up_in_its_account() -> None:
    days = [
        record(f"d{n}", event(f"2018-06-1{n}", dead=n), published=f"2018-06-1{n}", source="the monitor")
        for n in (2, 3, 4)
    ]
    (account,) = make_accounts(days, link(days))
    assert (account.start, account.end, len(account.days)) == ("2018-06-12", "2018-06-14", 3)
    assert estimate(account.claims, "ucdp").best == 2 + 3 + 4


def test_tally_is_shown_beside_its_events_and_never_added() -> None:
    tally = Tally(
        since="2018-06-01", until="2018-06-30", place=place("Hajin", 4),
        casualties=(TallyCasualty(outcome="killed", actor=("is",), n=40, bound="exact"),),
    )  # fmt: skip
    records = [
        record("x", event(dead=12)),
        record("y", event("2018-06-20", "Hajin", 9), published="2018-06-21"),
        record("far", event("2018-06-20", "Idlib", 50), published="2018-06-21"),
        record("late", event("2018-07-02", "Hajin", 50), published="2018-07-03"),
        record("sum", published="2018-06-30", tallies=(tally,)),
    ]
    accounts = make_accounts(records, link(records))
    (check,) = check_tallies(records, accounts)
    assert (check.said, check.low, check.best, check.high, check.difference) == (40, 21, 21, 21, 19)
    assert len(check.accounts) == 2
    assert sum(estimate(a.claims, "ucdp").best for a in accounts) == 12 + 9 + 50 + 50
