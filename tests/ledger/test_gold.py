"""The ledger over the development gold: its clusters are accounts, whatever the order of arrival."""

from __future__ import annotations

import json
import random
from pathlib import Path

import msgspec
import pytest

from sijill.ledger.accounts import make_accounts
from sijill.ledger.counting import estimates
from sijill.ledger.duplicates import voices
from sijill.ledger.linking import link
from sijill.records import Record

pytestmark = pytest.mark.shared

NOT_YET = {"duma-arson-2015"}
"""Told by a third report as of the whole country and no one day: nothing but its kind and toll would link it."""


@pytest.fixture(scope="module")
def records(shared: Path) -> list[Record]:
    lines = (shared / "gold" / "reports.jsonl").read_text(encoding="utf-8").splitlines()
    texts = {row["id"]: row["text"] for row in (r.get("report", r) for r in map(json.loads, lines))}
    found = []
    for path in sorted((shared / "gold" / "dev").glob("*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            record = Record.from_json(line)
            report = msgspec.structs.replace(
                record.report, text=record.report.text or texts[record.report.id]
            )
            found.append(msgspec.structs.replace(record, report=report))
    return found


@pytest.fixture(scope="module")
def clusters(shared: Path) -> dict[str, set[tuple[str, int]]]:
    told = json.loads((shared / "gold" / "dev" / "clusters.json").read_text(encoding="utf-8"))
    return {name: {(record, index) for record, index in refs} for name, refs in told.items()}


def test_each_cluster_is_one_account(
    records: list[Record], clusters: dict[str, set[tuple[str, int]]]
) -> None:
    linked = [set(entry.events) for entry in link(records, voices(r.report for r in records))]
    split = {name for name, refs in clusters.items() if not any(refs <= events for events in linked)}
    assert split <= NOT_YET


def test_few_other_events_are_merged(
    records: list[Record], clusters: dict[str, set[tuple[str, int]]]
) -> None:
    """The clusters don't list every pair of reports of one event: copies and equal tolls at one place count here too."""
    spoken = voices(r.report for r in records)
    cluster_of = {ref: name for name, refs in clusters.items() for ref in refs}
    merged = [
        ref
        for entry in link(records, spoken)
        if len({cluster_of.get(ref, ref) for ref in entry.events}) > 1
        and len({spoken[record] for record, _ in entry.events}) > 1
        for ref in entry.events
        if ref not in cluster_of
    ]
    others = sum(len(r.events) for r in records) - len(cluster_of)
    assert len(merged) <= 0.035 * others, merged


def test_five_orders_give_the_same_accounts(records: list[Record]) -> None:
    spoken = voices(r.report for r in records)
    known = make_accounts(records, link(records, spoken), spoken)
    for seed in range(5):
        mixed = records[:]
        random.Random(seed).shuffle(mixed)
        again = voices(r.report for r in mixed)
        assert make_accounts(mixed, link(mixed, again), again) == known


def test_copies_are_one_voice_and_estimates_stand_in_order(records: list[Record]) -> None:
    spoken = voices(r.report for r in records)
    for account in make_accounts(records, link(records, spoken), spoken):
        assert len(account.voices) == len({spoken[record] for record, _ in account.events})
        for rule in ("ucdp", "acled", "airwars"):
            for found in estimates(account.claims, rule):
                assert 0 <= found.low <= found.best <= found.high
