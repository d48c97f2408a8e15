"""Nothing acknowledged is lost, nothing is half-written or doubled, whatever dies and whenever."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
import threading
import time
from functools import partial
from pathlib import Path

import pytest
from sqlalchemy import func, select
from store_examples import code, content_hashes, item
from store_server import Server, wait_for

from sijill.store import Store, add_reports, find_events, verify
from sijill.store.tables import originals, records, reports

ADDER = Path(__file__).with_name("adder.py")


def adder(db: str, first: int, last: int, acknowledged: Path) -> subprocess.Popen[bytes]:
    return subprocess.Popen([sys.executable, str(ADDER), db, str(first), str(last), str(acknowledged)])


def numbers(acknowledged: Path) -> list[int]:
    """What was acknowledged; a last line that was cut off is not."""
    text = acknowledged.read_text() if acknowledged.exists() else ""
    return [int(line) for line in text.split("\n")[:-1]]


def check(store: Store, acknowledged: set[int]) -> None:
    """All that was acknowledged is there once, with all its parts, and the register verifies."""
    with store.read() as connection:
        there = list(connection.execute(select(reports.c.hash)).scalars())
        counts = [
            connection.execute(select(func.count()).select_from(table)).scalar_one()
            for table in (originals, records)
        ]
    missing = content_hashes(acknowledged) - set(there)
    assert not missing, f"{len(missing)} acknowledged reports are lost"
    assert len(there) == len(set(there))
    assert counts == [len(there), len(there)]
    assert find_events(store).total == len(there)
    assert verify(store).problems == []


def at_work(process: subprocess.Popen[bytes], acknowledged: Path, size: int) -> bool:
    """Whether the process has acknowledged anything, or is at its end."""
    return process.poll() is not None or (acknowledged.exists() and acknowledged.stat().st_size > size)


def kill_at_random(db: str, folder: Path, kills: int, seed: int) -> None:
    """Start adders over and over and kill each at a random moment of its work."""
    chance = random.Random(seed)
    acknowledged = folder / "acknowledged"
    last = kills * 60
    for kill in range(kills):
        before = acknowledged.stat().st_size if acknowledged.exists() else 0
        done = len(set(numbers(acknowledged)))
        process = adder(db, max(0, done - 5), last, acknowledged)
        # The moment is random within the work, not within the start of the interpreter.
        wait_for(partial(at_work, process, acknowledged, before), 60)
        time.sleep(chance.uniform(0, 0.12))
        process.send_signal(signal.SIGKILL)
        process.wait()
        if kill % 10 == 9 or kill == kills - 1:
            with Store.open(db) as store:
                check(store, set(numbers(acknowledged)))
    with Store.open(db) as store:
        done = set(numbers(acknowledged))
        result = add_reports(store, [item(number) for number in range(max(done) + 3)], code, rules="1")
        assert result.known >= len(done)
        check(store, done)


def test_killed_while_adding(db: str, tmp_path: Path) -> None:
    Store.create(db).close()
    kill_at_random(db, tmp_path, kills=20 if "://" not in db else 5, seed=1)


@pytest.mark.long
def test_killed_two_hundred_times(db: str, tmp_path: Path) -> None:
    Store.create(db).close()
    kill_at_random(db, tmp_path, kills=200, seed=2)


def test_two_processes_add_at_once(db: str, tmp_path: Path) -> None:
    Store.create(db).close()
    files = [tmp_path / "one", tmp_path / "two"]
    processes = [adder(db, first, first + 60, file) for first, file in zip((0, 30), files, strict=True)]
    assert [process.wait(60) for process in processes] == [0, 0]
    done = [numbers(file) for file in files]
    assert done == [list(range(60)), list(range(30, 90))]
    with Store.open(db) as store:
        check(store, set(range(90)))
        assert find_events(store).total == 90


def test_server_stopped_and_started_in_the_middle(server: Server, tmp_path: Path) -> None:
    db = server.database()
    acknowledged = tmp_path / "acknowledged"
    with Store.create(db, patience=60) as store:

        def told(report: object, what: str) -> None:
            with acknowledged.open("a") as file:
                file.write(f"{report.id[1:]}\n")  # type: ignore[attr-defined]

        work = threading.Thread(
            target=add_reports,
            args=(store, [item(number) for number in range(300)], code),
            kwargs={"rules": "1", "told": told},
        )
        work.start()
        for mode, least in (("immediate", 20), ("fast", 120)):
            wait_for(lambda least=least: len(numbers(acknowledged)) >= least, 60)
            server.stop(mode)
            time.sleep(0.5)
            server.start()
        work.join(120)
        assert not work.is_alive()
        assert numbers(acknowledged) == list(range(300))
        check(store, set(range(300)))
