"""How well reports of one event become one account, measured on gold reports that lie in one register.

Gold is a folder of records (`*.jsonl`) with `clusters.json` (which events, as (report, index), are one) and
`near-duplicates.json` (which reports are copies). Linking is measured alone, on the gold records, or on what is coded from
the texts.
"""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Iterable, Sequence
from itertools import combinations
from pathlib import Path

import msgspec

from sijill.evaluation.score import pair_events
from sijill.evaluation.scored import ScoredEvent
from sijill.ledger.accounts import Account, EventRef, make_accounts
from sijill.ledger.duplicates import voices
from sijill.ledger.linking import link
from sijill.records import Record, Report

Clusters = dict[str, frozenset[EventRef]]


class Gold(msgspec.Struct, frozen=True):
    """Gold records with their texts, the clusters of events that are one, and the groups of copies."""

    records: tuple[Record, ...]
    clusters: Clusters
    copies: tuple[frozenset[str], ...]


class Measured(msgspec.Struct, frozen=True, kw_only=True):
    """What became of the clusters and of the other events.

    `split` holds the clusters whose events stand in several accounts; `unvoiced` those whose account doesn't count one
    voice for each report that is no copy; `thin` those of which fewer than two events were coded. `others` is the number
    of gold events in no cluster that were coded, `merged` those of them that share an account with another gold event
    that isn't known to be the same; `copies` the groups of copies that are one voice, out of `copied`. `orders` is the
    number of random orders of arrival, `same_orders` those that gave the same accounts.
    """

    clusters: int
    split: tuple[str, ...]
    unvoiced: tuple[str, ...]
    thin: tuple[str, ...]
    others: int
    merged: tuple[EventRef, ...]
    copied: int
    copies: int
    orders: int
    same_orders: int


def read_gold(folder: Path, texts: Path | None = None) -> Gold:
    """The gold of a folder; the texts of reports that have none from `texts`, one report a line."""
    text_of: dict[str, str] = {}
    if texts is not None:
        for line in texts.read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            row = row.get("report", row)
            text_of[row["id"]] = row["text"]
    records = []
    for path in sorted(folder.glob("*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            record = Record.from_json(line)
            own = record.report
            report = msgspec.structs.replace(own, text=own.text or text_of.get(own.id, ""))
            records.append(msgspec.structs.replace(record, report=report))
    copied = json.loads((folder / "near-duplicates.json").read_text(encoding="utf-8"))
    return Gold(tuple(records), read_clusters(folder / "clusters.json"), tuple(frozenset(g) for g in copied))


def read_clusters(path: Path) -> Clusters:
    """Clusters of events by name."""
    told = json.loads(path.read_text(encoding="utf-8"))
    return {name: frozenset((record, index) for record, index in refs) for name, refs in told.items()}


def coded(
    gold: Gold, coder: Callable[[Report], Record]
) -> tuple[tuple[Record, ...], dict[EventRef, EventRef]]:
    """The gold's reports as a coder reads them, and for each gold event that it finds the event that stands for it. A
    report that the coder refuses has no events."""
    records = []
    stands: dict[EventRef, EventRef] = {}
    for record in gold.records:
        try:
            found = coder(record.report)
        except ValueError:
            found = Record(report=record.report)
        records.append(found)
        for one, other in pair_events(_scored(found), _scored(record)):
            stands[record.report.id, other] = (record.report.id, one)
    return tuple(records), stands


def _scored(record: Record) -> list[ScoredEvent]:
    return msgspec.convert(msgspec.to_builtins(record.events), list[ScoredEvent])


def accounts_of(records: Iterable[Record]) -> tuple[Account, ...]:
    """The accounts that records make when they lie in one register."""
    known = list(records)
    spoken = voices(record.report for record in known)
    return make_accounts(known, link(known, spoken), spoken)


def measure(
    gold: Gold, records: Sequence[Record], stands: dict[EventRef, EventRef], also: Clusters, orders: int = 5
) -> Measured:
    """Measure the accounts of `records`, in which `stands[event]` is what stands for a gold event. Events that `also`
    puts together count as known to be one; so do those of copies."""
    accounts = accounts_of(records)
    spoken = voices(record.report for record in gold.records)
    holder = {ref: account for account in accounts for ref in account.events}
    split, unvoiced, thin = [], [], []
    for name, refs in sorted(gold.clusters.items()):
        found = [stands[ref] for ref in sorted(refs) if ref in stands]
        if len(found) < 2:
            thin.append(name)
            continue
        if len({holder[ref].id for ref in found}) > 1:
            split.append(name)
        elif not {spoken[ref[0]] for ref in found} <= set(holder[found[0]].voices):
            unvoiced.append(name)
    listed = {ref for refs in gold.clusters.values() for ref in refs}
    others = [ref for ref in stands if ref not in listed]
    return Measured(
        clusters=len(gold.clusters), split=tuple(split), unvoiced=tuple(unvoiced), thin=tuple(thin),
        others=len(others), merged=_merged(stands, holder, spoken, others, [*gold.clusters.values(), *also.values()]),
        copied=len(gold.copies), copies=sum(len({spoken[report] for report in group}) == 1 for group in gold.copies),
        orders=orders, same_orders=sum(_in_order(records, seed) == accounts for seed in range(orders)),
    )  # fmt: skip


def _merged(
    stands: dict[EventRef, EventRef],
    holder: dict[EventRef, Account],
    spoken: dict[str, str],
    others: Sequence[EventRef],
    known: Sequence[frozenset[EventRef]],
) -> tuple[EventRef, ...]:
    one = {frozenset(pair) for refs in known for pair in combinations(sorted(refs), 2)}
    by_account: dict[str, list[EventRef]] = {}
    for ref, at in stands.items():
        by_account.setdefault(holder[at].id, []).append(ref)
    return tuple(
        sorted(
            ref
            for ref in others
            if any(
                other != ref
                and frozenset((ref, other)) not in one
                and (spoken[ref[0]] != spoken[other[0]] or ref[0] == other[0])
                for other in by_account[holder[stands[ref]].id]
            )
        )
    )


def _in_order(records: Sequence[Record], seed: int) -> tuple[Account, ...]:
    mixed = list(records)
    random.Random(seed).shuffle(mixed)
    return accounts_of(mixed)
