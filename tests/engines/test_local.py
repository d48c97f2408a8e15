"""One process and many: the same results in the same order, and nothing that happens in a worker ends the run."""

import os
import time
from collections.abc import Iterator
from itertools import islice

import pytest

from sijill.engines import ManyProcesses, OneProcess
from sijill.engines.local import CHUNK, IN_FLIGHT
from sijill.language.identify import UnreadLanguageError
from sijill.reading import Located, ReadError
from sijill.records import Record, Report


def located(number: int, text: str = "x") -> Located:
    return Located("f.jsonl", number, Report(id=str(number), text=text))


def coder(report: Report) -> Record:
    """Codes nothing; dies, fails or dawdles as the text says."""
    if report.text == "die":
        os._exit(9)
    if report.text == "fail":
        raise KeyError("lost")
    if report.text == "foreign":
        raise UnreadLanguageError("fa", "Persian")
    if report.text == "slow":
        time.sleep(0.2)
    return Record(report=report)


def shown(results: list[Record | ReadError]) -> list[str]:
    return [r.report.id if isinstance(r, Record) else str(r) for r in results]


ITEMS: list[Located | ReadError] = [
    located(1, "slow"),
    ReadError("f.jsonl", 2, "not JSON"),
    located(3, "fail"),
    located(4, "foreign"),
    *(located(n) for n in range(5, 60)),
]


@pytest.mark.parametrize("engine", [OneProcess(coder), ManyProcesses(2, coder)], ids=["one", "many"])
def test_results_come_in_order(engine: OneProcess | ManyProcesses) -> None:
    results = shown(list(engine.code(ITEMS)))
    assert results[:4] == [
        "1",
        "f.jsonl:2: not JSON",
        "f.jsonl:3: could not be coded: KeyError: 'lost'",
        "f.jsonl:4: the text is in Persian, which is not read",
    ]
    assert results[4:] == [str(n) for n in range(5, 60)]


def test_worker_that_dies_costs_only_its_report() -> None:
    items = [located(n, "die" if n in (3, 40) else "x") for n in range(60)]
    results = shown(list(ManyProcesses(2, coder).code(items)))
    died = "could not be coded: the process that coded it died"
    assert results == [f"f.jsonl:{n}: {died}" if n in (3, 40) else str(n) for n in range(60)]


def test_endless_input_is_read_only_so_far_ahead() -> None:
    taken = 0

    def endless() -> Iterator[Located]:
        nonlocal taken
        while True:
            taken += 1
            yield located(taken)

    results = ManyProcesses(1, coder).code(endless())
    assert shown(list(islice(results, 5))) == ["1", "2", "3", "4", "5"]
    results.close()  # type: ignore[attr-defined]
    assert taken <= CHUNK * IN_FLIGHT


def test_nothing_to_code() -> None:
    assert list(ManyProcesses(2, coder).code([])) == []
