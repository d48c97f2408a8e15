"""One process and Spark: the same records, the same reasons for what is left out, the same accounts."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest
from pyspark.sql import SparkSession

from engines.archive import make_archive
from engines.test_local import ITEMS, coder, shown
from ledger.made import world
from sijill.engines import OneProcess
from sijill.engines.spark import SparkEngine
from sijill.ledger.accounts import Account, Estimate, make_accounts
from sijill.ledger.counting import estimates
from sijill.ledger.duplicates import voices
from sijill.ledger.linking import link
from sijill.reading.fields import Located, ReadError
from sijill.reading.items import read_items
from sijill.records import Record

pytestmark = pytest.mark.xdist_group("spark")


class Made(msgspec.Struct, frozen=True):
    """What an engine makes of the archive."""

    records: dict[str, Record]
    left_out: dict[str, str]
    accounts: list[tuple[Account, tuple[Estimate, ...]]]


def accounts_here(records: list[Record]) -> list[Account]:
    spoken = voices(record.report for record in records)
    return list(make_accounts(records, link(records, spoken), spoken))


def by_one_process(archive: Path) -> Made:
    items = (
        found if isinstance(found, ReadError) else Located(found[1].origin, None, found[0])
        for found in read_items([path for path in sorted(archive.rglob("*.*")) if path.suffix != ".png"])
    )
    results = list(OneProcess().code(items))
    records = [found for found in results if isinstance(found, Record)]
    left_out = {error.message: Path(error.path).name for error in results if isinstance(error, ReadError)}
    told = [(account, estimates(account.claims, "ucdp")) for account in accounts_here(records)]
    return Made({record.report.id: record for record in records}, left_out, told)


def by_spark(archive: Path, output: Path, session: SparkSession) -> Made:
    done = SparkEngine(session).run([str(archive)], str(output))
    results = [row.asDict() for row in session.read.parquet(str(output / "results")).collect()]
    kept = [Record.from_json(row["record"]) for row in results if row["table"] == "records"]
    dead = [row for row in results if row["table"] == "dead_letters"]
    assert (done.coded, done.left_out, done.before) == (len(kept), len(dead), 0)
    rows = session.read.parquet(str(output / "accounts")).collect()
    assert done.accounts == len(rows)
    told = [
        (
            msgspec.json.decode(row["account"], type=Account),
            tuple(msgspec.convert(e.asDict(), Estimate) for e in row["estimates"]),
        )
        for row in rows
    ]
    told.sort(key=lambda pair: (pair[0].start or "", pair[0].place.name if pair[0].place else "", pair[0].id))
    return Made(
        {record.report.id: record for record in kept},
        {row["reason"]: Path(row["path"]).name for row in dead},
        told,
    )


Archive = tuple[Path, Path]


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Archive:
    """The folder of the archive and one for what Spark makes of it."""
    folder = tmp_path_factory.mktemp("archive")
    make_archive(folder / "in")
    return folder / "in", folder / "out"


@pytest.fixture(scope="module")
def by_engine(archive: Archive, request: pytest.FixtureRequest) -> Callable[[str], Made]:
    """What an engine makes of the archive, by the engine's name; each works but once."""
    made: dict[str, Made] = {}

    def of(name: str) -> Made:
        if name not in made:
            source, output = archive
            spark = name == "spark"
            made[name] = (
                by_spark(source, output, request.getfixturevalue("session"))
                if spark
                else by_one_process(source)
            )
        return made[name]

    return of


ENGINES = pytest.mark.parametrize("name", ["local", "spark"])


@ENGINES
def test_every_report_is_coded(name: str, by_engine: Callable[[str], Made]) -> None:
    records = by_engine(name).records
    assert len(records) == 26
    event = records["ar-00"].events[0]
    assert (event.place and event.place.name, event.start, event.casualties[0].n) == (
        "Mosul",
        "2016-03-01",
        3,
    )
    assert records["https://news.example/a"].events[0].casualties[0].n == 40


@ENGINES
def test_what_is_left_out_is_said(name: str, by_engine: Callable[[str], Made]) -> None:
    left_out = by_engine(name).left_out
    assert left_out["the text is empty"] == "news.jsonl"
    assert left_out["the text is in Persian, which is not read"] == "news.jsonl"
    assert left_out["https://news.example/b: no article could be found in the page"] == "crawl.warc.gz"
    assert sum(reason.startswith("not JSON") for reason in left_out) == 1


@ENGINES
def test_tellings_of_one_event_are_one_account(name: str, by_engine: Callable[[str], Made]) -> None:
    found = next(pair for pair in by_engine(name).accounts if ("ar-00", 0) in pair[0].events)
    account, told = found
    assert {("ar-00", 0), ("en-00", 0), ("copy", 0)} <= set(account.events)
    assert account.voices == ("ar-00", "en-00")
    (dead,) = (e for e in told if e.outcome == "killed" and e.side == "total")
    assert (dead.low, dead.best, dead.high) == (3, 3, 3)


def test_both_make_the_same(by_engine: Callable[[str], Made]) -> None:
    local, spark = by_engine("local"), by_engine("spark")
    assert spark.records == local.records
    assert spark.accounts == local.accounts
    assert spark.left_out == {**local.left_out, "not a format that is read on Spark (.png)": "picture.png"}


def test_results_come_in_order(session: SparkSession) -> None:
    engine = SparkEngine(session, coder)
    assert shown(list(engine.code(ITEMS))) == shown(list(OneProcess(coder).code(ITEMS)))


def test_accounts_of_a_world_are_the_same(session: SparkSession) -> None:
    records = world(1)
    assert SparkEngine(session).accounts(records) == accounts_here(records)


def test_a_rerun_codes_what_is_new(
    archive: Archive, by_engine: Callable[[str], Made], session: SparkSession
) -> None:
    known = by_engine("spark")
    source, output = archive
    engine = SparkEngine(session)
    # What a killed run leaves: a file that no task has handed over. It counts for nothing.
    half = output / "results" / "_temporary" / "0" / "task" / "table=records" / "month=2016-03"
    half.mkdir(parents=True)
    (half / "part-0.parquet").write_bytes(b"PAR1")
    (source / "late.jsonl").write_text(
        '{"id": "late", "text": "%s"}\n' % ("Two soldiers were killed near Mosul. " * 2)
    )
    try:
        done = engine.run([str(source)], str(output), rule=None)
    finally:
        (source / "late.jsonl").unlink()
    assert (done.coded, done.left_out, done.before) == (1, 0, len(known.records) + len(known.left_out))
    assert engine.run([str(source)], str(output), rule=None).coded == 0
