"""How well reports of one event become one account: linking alone, on gold records, and on what Sijill codes of the texts.

    python benchmarks/accounts.py GOLD [--texts REPORTS.jsonl] [--also CLUSTERS.json]

GOLD is a folder of gold records with `clusters.json` and `near-duplicates.json`; `--also` has clusters of the same form that
`clusters.json` doesn't list (`tests/ledger/also_one.json`). Prints the clusters that are one account, those of them with
all their voices, the other events that are merged with one that isn't known to be the same, the groups of copies that are
one voice, and in how many of five random orders of arrival the accounts are the same.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

from sijill.coding import code
from sijill.evaluation.accounts import coded, measure, read_clusters, read_gold


def main(arguments: Sequence[str] | None = None) -> None:
    """Print both measures as a table, and beneath it what is split and merged."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("gold", type=Path)
    parser.add_argument("--texts", type=Path)
    parser.add_argument("--also", type=Path)
    given = parser.parse_args(arguments)
    gold = read_gold(given.gold, given.texts)
    also = read_clusters(given.also) if given.also else {}
    own = {
        (record.report.id, index): (record.report.id, index)
        for record in gold.records
        for index in range(len(record.events))
    }
    records, stands = coded(gold, code)
    print(
        "| records | clusters whole | with all voices | other events | merged | copies one voice | same accounts in orders |"
    )
    print("|---|---|---|---|---|---|---|")
    notes = []
    for name, found in (
        ("gold records", measure(gold, gold.records, own, also)),
        ("coded by Sijill", measure(gold, records, stands, also)),
    ):
        there = found.clusters - len(found.thin)
        whole = there - len(found.split)
        print(
            f"| {name} | {whole} of {there} | {whole - len(found.unvoiced)} | {found.others} | {len(found.merged)} "
            f"({len(found.merged) / max(1, found.others):.1%}) | {found.copies} of {found.copied} | {found.same_orders} of {found.orders} |"
        )
        notes += [f"{name}: {what}: {', '.join(map(str, which))}" for what, which in (
            ("split", found.split), ("fewer voices", found.unvoiced), ("fewer than two events coded", found.thin), ("merged", found.merged)
        ) if which]  # fmt: skip
    print("\n".join(["", *notes]))


if __name__ == "__main__":
    main()
