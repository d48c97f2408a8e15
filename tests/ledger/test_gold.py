"""The ledger over the development gold: its clusters are accounts, other events stand alone, whatever the order of
arrival.

`also_one.json` has what `clusters.json` doesn't list: events that several reports tell with the same place, days, sides and
figures or names. It was made after these had been merged: some were looked up in the texts, the others judged by records.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from sijill.coding import code
from sijill.evaluation.accounts import Clusters, Gold, accounts_of, coded, measure, read_clusters, read_gold
from sijill.ledger.counting import estimates
from sijill.ledger.duplicates import voices

pytestmark = pytest.mark.shared


@pytest.fixture(scope="module")
def gold(shared: Path) -> Gold:
    return read_gold(shared / "gold" / "dev", shared / "gold" / "reports.jsonl")


@pytest.fixture(scope="module")
def also() -> Clusters:
    return read_clusters(Path(__file__).with_name("also_one.json"))


def test_accounts_of_the_gold_records(gold: Gold, also: Clusters) -> None:
    own = {(r.report.id, i): (r.report.id, i) for r in gold.records for i in range(len(r.events))}
    found = measure(gold, gold.records, own, also)
    assert found.split == ()
    assert found.unvoiced == ()
    assert len(found.merged) <= 0.01 * found.others, found.merged
    assert found.copies == found.copied
    assert found.same_orders == found.orders == 5


def test_accounts_of_what_is_coded(gold: Gold, also: Clusters) -> None:
    records, stands = coded(gold, code)
    found = measure(gold, records, stands, also)
    assert len(found.merged) <= 0.01 * found.others, found.merged
    assert found.copies == found.copied
    assert found.same_orders == found.orders == 5


def test_copies_are_one_voice_and_estimates_stand_in_order(gold: Gold) -> None:
    spoken = voices(r.report for r in gold.records)
    for account in accounts_of(gold.records):
        assert len(account.voices) == len({spoken[record] for record, _ in account.events})
        for rule in ("ucdp", "acled", "airwars"):
            for found in estimates(account.claims, rule):
                assert 0 <= found.low <= found.best <= found.high
