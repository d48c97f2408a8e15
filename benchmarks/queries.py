"""How long the register takes to answer ten filters with 100,000 events in it, on SQLite and PostgreSQL.

The events are those of a UCDP GED extract (`--ged`, a CSV with UCDP's columns, may be gzipped), repeated over shifted
years with the tolls as they are. `--db` names a register to fill (made anew; a PostgreSQL URL or a path; may be repeated).
Each filter is asked with its count and its first page of 100; the figures are of nine runs in this process: the median of the
time passed, the least, and the median of the processor time that this process spent and, of PostgreSQL on this machine, the
server's process for it (in hundredths of a second, so that the mean is printed). `--link` links the register first: the
figures are then of accounts, with their tellings beside them.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import io
import itertools
import os
import random
import statistics
import tempfile
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from sijill.records import Casualty, Event, Place, Record, Report
from sijill.store import Filter, Store, find_events
from sijill.store.linking import link_register
from sijill.store.present import Present, StoredRecord, present
from sijill.store.register import now
from sijill.store.rows import content_hash, record_row, report_row, write_events
from sijill.store.tables import originals, records, reports

TYPES = {"1": "armed_clash", "2": "armed_clash", "3": "attack"}
MORE_TYPES = ("armed_clash", "air_strike", "shelling", "ied", "suicide_bombing")
ACTORS = {"118": "syr-gov", "234": "is", "4456": "rebels-syr", "6048": "sdf", "9999": "civilians"}

FILTERS: list[tuple[str, Filter]] = [
    ("everything, newest first", Filter()),
    ("a month", Filter(since="2017-03-01", until="2017-03-31")),
    ("ten years", Filter(since="2012-01-01", until="2021-12-31")),
    ("a place by name", Filter(place="Raqqa")),
    ("a box", Filter(box=(35.0, 36.0, 36.5, 37.5))),
    ("within 25 km", Filter(near=(36.2, 37.16, 25.0))),
    ("an actor", Filter(actor="is")),
    ("a type", Filter(type="air_strike")),
    ("50 or more killed", Filter(min_killed=50)),
    ("a source and a status", Filter(source="SOHR", status="claimed")),
    ("actor, group, year, toll and distance", Filter(actor="syr-gov", type="battles", since="2016-01-01", until="2016-12-31", min_killed=5, near=(35.0, 40.0, 150.0))),
]  # fmt: skip


def ged_rows(path: Path) -> list[dict[str, str]]:
    """The rows of a GED CSV."""
    data = path.read_bytes()
    text = gzip.decompress(data) if path.suffix == ".gz" else data
    return list(csv.DictReader(io.StringIO(text.decode("utf-8"))))


def shifted(day: str, years: int) -> str:
    """The same day so many years later; 29 February becomes the 28th."""
    then = date.fromisoformat(day[:10])
    return date(then.year + years, then.month, min(then.day, 28) if then.month == 2 else then.day).isoformat()


def own_words(number: int) -> str:
    """Words that no other report has, so that reports with the same headline are no copies of one another."""
    return " ".join(f"{word:x}" for word in random.Random(number).choices(range(1 << 20), k=40))


def records_of(rows: list[dict[str, str]], count: int) -> Iterator[Record]:
    """`count` records of one event each: the rows, again and again, four years on each time."""
    for number, row in enumerate(itertools.islice(itertools.cycle(rows), count)):
        years = number // len(rows) * 4 - 12
        killed = [
            Casualty(outcome="killed", side=side, n=int(row[column]), bound="exact")  # type: ignore[arg-type]
            for side, column in (
                ("a", "deaths_a"),
                ("b", "deaths_b"),
                ("civilians", "deaths_civilians"),
                ("unknown", "deaths_unknown"),
            )
            if int(row[column] or 0)
        ]
        kind = TYPES[row["type_of_violence"]]
        event = Event(
            type=MORE_TYPES[int(row["id"]) % 5] if kind == "armed_clash" else kind,  # type: ignore[arg-type]
            status="claimed" if int(row["id"]) % 7 == 0 else "reported",
            start=shifted(row["date_start"], years),
            end=shifted(row["date_end"], years),
            date_precision=int(row["date_prec"]),
            place=Place(
                name=row["where_coordinates"].removesuffix(" town").removesuffix(" village"),
                country="SY",
                lat=float(row["latitude"]),
                lon=float(row["longitude"]),
                precision=min(int(row["where_prec"]), 6),
            ),
            side_a=(ACTORS.get(row["side_a_new_id"], f"ucdp-{row['side_a_new_id']}"),),
            side_b=(ACTORS.get(row["side_b_new_id"], f"ucdp-{row['side_b_new_id']}"),),
            casualties=tuple(killed),
        )
        report = Report(
            id=f"{row['id']}-{years}",
            text=f"{row['source_headline'][:60]} {own_words(number)}",
            source=row["source_original"].split(",")[0] or None,
            published=event.start,
            language="en",
        )
        yield Record(report=report, events=(event,))


def fill(store: Store, made: Iterator[Record]) -> int:
    """Put records into an empty register in large transactions, and count their events."""
    count = 0
    while batch := list(itertools.islice(made, 2000)):

        def work(connection: object, batch: list[Record] = batch) -> None:
            at = now()
            rows, kept, recorded = [], [], []
            states: list[Present] = []
            for record in batch:
                hash_ = content_hash(record.report)
                kept.append(
                    {
                        "sha256": hash_,
                        "media_type": "text/csv",
                        "origin": "benchmark",
                        "size": 0,
                        "content": b"",
                        "added_at": at,
                    }
                )
                rows.append(report_row(record.report, hash_, at))
                row = record_row(hash_, record, "benchmark", at)
                recorded.append(row)
                states.append(
                    present(hash_, record.report, [StoredRecord(row["hash"], "benchmark", at, record)], [])
                )
            for table, values in ((originals, kept), (reports, rows), (records, recorded)):
                connection.execute(table.insert(), values)  # type: ignore[attr-defined]
            write_events(connection, states)  # type: ignore[arg-type]

        store.write(work)
        count += len(batch)
    if not store.is_sqlite:
        with store.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.exec_driver_sql("VACUUM ANALYZE")
    return count


def server_time(store: Store) -> float:
    """Seconds of processor time that a PostgreSQL server on this machine has spent for this process; 0 on SQLite."""
    if store.is_sqlite:
        return 0.0
    with store.read() as connection:
        pid = connection.exec_driver_sql("SELECT pg_backend_pid()").scalar_one()
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def measure(store: Store, runs: int = 9) -> list[tuple[str, int, float, float, float]]:
    """Each filter with how many events it finds and, in milliseconds, the median and least time and the median CPU time."""
    results = []
    for name, wanted in FILTERS:
        times, spent = [], []
        find_events(store, wanted)
        served = server_time(store)
        for _ in range(runs):
            began, worked = time.perf_counter(), time.process_time()
            page = find_events(store, wanted)
            times.append((time.perf_counter() - began) * 1000)
            spent.append((time.process_time() - worked) * 1000)
        served = (server_time(store) - served) * 1000 / runs
        results.append(
            (name, page.total or 0, statistics.median(times), min(times), statistics.median(spent) + served)
        )
    return results


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--ged", type=Path, required=True)
    parser.add_argument("--db", action="append", default=[])
    parser.add_argument("--events", type=int, default=100_000)
    parser.add_argument("--link", action="store_true")
    given = parser.parse_args()
    rows = ged_rows(given.ged)
    with tempfile.TemporaryDirectory() as folder:
        for db in given.db or [str(Path(folder) / "register.db")]:
            with Store.create(db) as store:
                began = time.perf_counter()
                count = fill(store, records_of(rows, given.events))
                print(
                    f"\n{store.url.get_backend_name()}: {count} events, filled in {time.perf_counter() - began:.0f} s\n"
                )
                if given.link:
                    link_register(store)
                heads = ("found", "ms", "least", "CPU")
                print(f"| {'filter':40} | {' | '.join(f'{head:>7}' for head in heads)} |")
                print(f"|{'-' * 42}|{f'{chr(45) * 8}:|' * len(heads)}")
                for name, found, median, least, spent in measure(store):
                    print(f"| {name:40} | {found:7} | {median:7.1f} | {least:7.1f} | {spent:7.1f} |")


if __name__ == "__main__":
    main()
