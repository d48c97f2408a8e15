"""How long the workbench takes to answer with 100,000 events in its register and 20 people at it at once.

The register is that of `benchmarks/queries.py` (`--ged`, a CSV with UCDP's columns, repeated over shifted years), linked
into accounts, and kept at `--db` for the next run. The workbench runs as `sijill serve` does, in a process of its own;
each of the `--people` logs in, then opens pages chosen by lot, with two to six seconds of reading between them, for
`--seconds`. Printed is the time from asking to the last byte: median, 95th percentile and longest of each page.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import itertools
import random
import re
import socket
import statistics
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
from queries import fill, ged_rows, records_of

from sijill.ledger.accounts import Linked, make_accounts
from sijill.store import Store, find_events
from sijill.store.linking import pending, state_of, write_accounts
from sijill.store.lists import queue
from sijill.store.queries import present_records
from sijill.store.users import add_user, find_user
from sijill.workbench.passwords import hashed

NAME, PASSWORD = "bench", "a password for measuring"
BATCH = 2000  # accounts that are written at once
READING = 2.0, 6.0  # seconds that somebody looks at a page
WARM = 2  # times that each page is opened before anything is measured


def prepared(db: Path, ged: Path, count: int) -> None:
    """Make the register, if it isn't there, with somebody who may log in."""
    new = not db.exists()
    with Store.create(db) as store:
        if new:
            began = time.perf_counter()
            print(
                f"{fill(store, records_of(ged_rows(ged), count))} events, {time.perf_counter() - began:.0f} s"
            )
        if pending(store):
            began = time.perf_counter()
            accounted(store)
            print(f"accounts of them in {time.perf_counter() - began:.0f} s")
        if find_user(store, NAME) is None:
            add_user(store, NAME, "admin", hashed(PASSWORD))


def accounted(store: Store) -> None:
    """Make an account of every event: the rows of the extract, repeated over the years, are events of their own, and
    linking them has a benchmark of its own."""
    told = present_records(store)
    while some := list(itertools.islice(told, BATCH)):
        ids = {
            (state.hash, index): part.id for state, _ in some for index, part in enumerate(state.of("events"))
        }
        records = [record for _, record in some]
        accounts = make_accounts(records, [Linked(events=(ref,)) for ref in sorted(ids)])
        made = [(account, [ids[account.events[0]]]) for account in accounts]
        seen, only = state_of(store), set(ids.values())
        store.write(lambda connection, made=made, seen=seen, only=only: write_accounts(connection, made, seen, "ucdp", only))  # type: ignore[misc]  # fmt: skip


def pages(db: Path) -> dict[str, list[str]]:
    """The addresses of each kind of page."""
    with Store.open(db) as store:
        found = find_events(store, limit=400).events
        wanting = queue(store, limit=200).events
    return {
        "queue": ["/queue", "/queue?page=40", "/queue?type=air_strike", "/queue?place=Raqqa", "/queue?source=SOHR"],
        "report": [f"/reports/{each.found.report}" for each in wanting],
        "event": [f"/events/{each.id}" for each in found],
        "map": ["/map", "/map?since=2017-03-01&until=2017-03-31"],
        "control": ["/control"],
        "figures": ["/figures", "/figures?rule=acled"],
        "sources": ["/sources", "/sources?page=2"],
        "actors": ["/actors", "/actors?q=داعش"],
        "places": ["/places?q=الرقة", "/places?q=alep"],
        "history": ["/history"],
        "api: events": ["/api/v1/events", "/api/v1/events?place=Raqqa&min_killed=5", "/api/v1/events?offset=50000"],
        "api: figures": ["/api/v1/figures?by=governorate", "/api/v1/figures?by=week&rule=airwars"],
    }  # fmt: skip


@contextlib.asynccontextmanager
async def login(address: str) -> AsyncIterator[httpx.AsyncClient]:
    """Somebody who has logged in."""
    async with httpx.AsyncClient(base_url=address, timeout=120) as client:
        token = re.search(r'data-csrf="(\w+)"', (await client.get("/login")).text)
        assert token
        form = {"name": NAME, "password": PASSWORD, "_csrf_token": token[1]}
        assert (await client.post("/login", data=form)).status_code == 303
        yield client


async def person(
    address: str,
    kinds: dict[str, list[str]],
    seconds: float,
    seed: int,
    all_in: asyncio.Barrier,
    times: dict[str, list[float]],
) -> None:
    """Somebody at work, once all have logged in: pages by lot, and some seconds to read each."""
    lot = random.Random(seed)
    async with login(address) as client:
        await all_in.wait()
        until = time.monotonic() + seconds
        await asyncio.sleep(lot.uniform(0, READING[1]))
        while time.monotonic() < until:
            kind = lot.choice(list(kinds))
            began = time.perf_counter()
            answer = await client.get(lot.choice(kinds[kind]))
            assert answer.status_code == 200, answer.text[:2000]
            times[kind].append((time.perf_counter() - began) * 1000)
            await asyncio.sleep(lot.uniform(*READING))


async def measure(
    address: str, kinds: dict[str, list[str]], people: int, seconds: float
) -> dict[str, list[float]]:
    """The times of every kind of page in milliseconds."""
    async with login(address) as client:
        for kind, addresses in kinds.items():
            for place in addresses[:6] * WARM:
                began = time.perf_counter()
                await client.get(place)
                taken = time.perf_counter() - began
                if taken > 1:
                    print(f"first opened: {kind} {place} {taken:.1f} s")
    times: dict[str, list[float]] = defaultdict(list)
    all_in = asyncio.Barrier(people)
    await asyncio.gather(*(person(address, kinds, seconds, seed, all_in, times) for seed in range(people)))
    return times


def shown(times: dict[str, list[float]]) -> None:
    """A table of the times."""
    print(f"\n| {'page':14} | {'opened':>6} | {'median ms':>9} | {'p95 ms':>7} | {'longest ms':>10} |")
    print(f"|{'-' * 16}|{'-' * 7}:|{'-' * 10}:|{'-' * 8}:|{'-' * 11}:|")
    rows = [*times.items(), ("all", [each for many in times.values() for each in many])]
    for kind, taken in rows:
        p95 = statistics.quantiles(taken, n=20)[-1] if len(taken) > 1 else taken[0]
        print(
            f"| {kind:14} | {len(taken):6} | {statistics.median(taken):9.0f} | {p95:7.0f} | {max(taken):10.0f} |"
        )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--ged", type=Path, required=True)
    parser.add_argument("--db", type=Path, default=Path("workbench-benchmark.db"))
    parser.add_argument("--events", type=int, default=100_000)
    parser.add_argument("--people", type=int, default=20)
    parser.add_argument("--seconds", type=float, default=60)
    given = parser.parse_args()
    prepared(given.db, given.ged, given.events)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [
        sys.executable,
        "-c",
        "from sijill.cli import main; main()",
        "serve",
        "--db",
        str(given.db),
        "--port",
        str(port),
    ]
    server = subprocess.Popen(command, stdout=subprocess.PIPE)
    try:
        assert server.stdout
        server.stdout.readline()
        kinds = pages(given.db)
        shown(asyncio.run(measure(f"http://127.0.0.1:{port}", kinds, given.people, given.seconds)))
    finally:
        server.terminate()
        server.wait(10)


if __name__ == "__main__":
    main()
