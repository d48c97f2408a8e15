"""How long it takes to add a batch of new reports to a register of 100,000 events, and to follow a decision there.

The register is that of `benchmarks/queries.py` (UCDP GED rows over shifted years), linked as a whole. New reports tell once more
of events of one week, the one of which most is told, so that as much as possible lies around them. Printed are the whole link,
and for batches of 1, 20 and 200 reports the least time of three: coding left out, what `sijill add` does to the register and
to the accounts around. At last an event's day is corrected, and an event accepted, as the workbench does it.
"""

from __future__ import annotations

import argparse
import resource
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from datetime import date
from pathlib import Path

import msgspec
from queries import fill, ged_rows, own_words, records_of

from sijill.reading.originals import Original
from sijill.records import Record
from sijill.store import Filter, Store, accept, add_reports, correct, find_events
from sijill.store.link_added import link_new, relink, settled, standing
from sijill.store.linking import link_register


def retold(known: Record, number: int) -> Record:
    """The record as another house tells of the same event, in words of its own."""
    report = msgspec.structs.replace(
        known.report, id=f"again-{number}", text=own_words(10_000_000 + number), source=f"house {number % 7}"
    )
    return msgspec.structs.replace(known, report=report)


def busiest_week(records: list[Record]) -> list[Record]:
    """The records of the week of which most is told."""

    def week(known: Record) -> int:
        return date.fromisoformat(known.events[0].start or "1970-01-01").toordinal() // 7

    most = Counter(map(week, records)).most_common(1)[0][0]
    return [known for known in records if week(known) == most]


def add(store: Store, batch: list[Record]) -> tuple[float, float]:
    """Add records and link what is around them: seconds for either."""
    by_id = {known.report.id: known for known in batch}
    items = [(r.report, Original(r.report.text.encode(), "text/plain", r.report.id)) for r in batch]
    began, since = time.perf_counter(), settled(store)
    add_reports(store, items, lambda report: by_id[report.id], rules="benchmark")
    added = time.perf_counter()
    link_new(store, since)
    return added - began, time.perf_counter() - added


def decided(store: Store, part: str, decide: Callable[[], str]) -> float:
    """Seconds for a decision and what follows from it."""
    began = time.perf_counter()
    before = standing(store, [part])
    decide()
    relink(store, before, [part])
    return time.perf_counter() - began


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--ged", type=Path, required=True)
    parser.add_argument("--events", type=int, default=100_000)
    parser.add_argument("--db", help="a register that this made before, or a new one")
    given = parser.parse_args()
    rows = ged_rows(given.ged)
    with tempfile.TemporaryDirectory() as folder, Store.create(given.db or Path(folder) / "a.db") as store:
        if not find_events(store, limit=1).events:
            fill(store, records_of(rows, given.events))
            began = time.perf_counter()
            made = link_register(store)
            memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
            print(
                f"the whole: {made.events:,} tellings make {made.accounts:,} events "
                f"in {time.perf_counter() - began:.0f} s, {memory:,.0f} MB"
            )
        week = busiest_week(list(records_of(rows, given.events)))
        number = find_events(store, Filter(tellings=True), limit=1).total or 0
        print("| reports | added | linked |\n|---|---|---|")
        for size in (1, 20, 200):
            times = []
            for _ in range(3):
                batch = [retold(week[i % len(week)], number + i) for i in range(size)]
                number += size
                times.append(add(store, batch))
            print(f"| {size} | {min(t[0] for t in times):.2f} s | {min(t[1] for t in times):.2f} s |")
        day = week[0].events[0].start
        tellings = find_events(store, Filter(tellings=True, since=day, until=day), limit=6).events
        moved = [
            decided(store, t.id, lambda t=t: correct(store, t.id, "place.name", "Elsewhere", "benchmark"))  # type: ignore[misc]
            for t in tellings[:3]
        ]
        kept = [
            decided(store, t.id, lambda t=t: accept(store, t.id, "benchmark"))  # type: ignore[misc]
            for t in tellings[3:]
        ]
        print(f"a place corrected: {min(moved):.2f} s; an event accepted: {min(kept):.2f} s")


if __name__ == "__main__":
    main()
