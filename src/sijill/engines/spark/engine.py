"""The engine: reports, or whole archives of them, coded, linked and counted on Spark.

What a run leaves in its output folder:

    results/table=records/month=YYYY-MM/*.parquet         rows of `RESULTS`: one for each report that was coded
    results/table=dead_letters/month=…/*.parquet          the same for each that was not, with file, line and reason
    accounts/month=YYYY-MM/*.parquet                      rows of `ACCOUNTS`, made anew by each run that links

A file appears in `results` when the task that wrote it is done, by renaming, so that half a file is never read. A rerun
codes what is not yet there, told by the hash of the report.
"""

from __future__ import annotations

import math
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

import msgspec
import pyarrow as pa
from pyspark import StorageLevel
from pyspark.errors import AnalysisException
from pyspark.sql import DataFrame, SparkSession, Window
from pyspark.sql import functions as F  # noqa: N812
from pyspark.sql.pandas.types import from_arrow_schema

from sijill.engines.interface import Coder, code_report
from sijill.engines.spark.coding import coded
from sijill.engines.spark.linking import accounts_of
from sijill.engines.spark.reading import READ, read_archive, read_row
from sijill.engines.tables import ACCOUNTS, DEAD_LETTERS, RECORDS, RESULTS, batch_of
from sijill.ledger.accounts import Account, Rule
from sijill.reading.fields import Defaults, Located, ReadError
from sijill.records import Record

PER_TASK = 5000
"""Reports that one task codes: about a minute's work, and so much is lost where a machine is."""
_AT_ONCE = 2000


class Summary(msgspec.Struct, frozen=True):
    """What a run did: reports coded and left out by it, those that were there before, and all accounts (None: not made)."""

    coded: int
    left_out: int
    before: int
    accounts: int | None


class SparkEngine:
    """Codes on the cluster that a Spark session reaches."""

    def __init__(self, session: SparkSession, coder: Coder = code_report, per_task: int = PER_TASK) -> None:
        self._session = session
        self._coder = coder
        self._per_task = per_task

    def code(self, items: Iterable[Located | ReadError]) -> Iterator[Record | ReadError]:
        """One result for each item, in the items' order. The items pass through the driver: an archive is for `run`."""
        source = iter(items)
        while chunk := list(islice(source, _AT_ONCE)):
            rows = [{**read_row(item, None), "hash": f"{number:08d}"} for number, item in enumerate(chunk)]
            frame = self._session.createDataFrame(pa.Table.from_batches([batch_of(rows, READ)]))
            spread = frame.repartitionByRange(self._session.sparkContext.defaultParallelism, "hash")
            results = coded(spread, self._coder).select("hash", "record", "path", "line", "reason").collect()
            for row in sorted(results, key=lambda row: str(row["hash"])):
                if row["record"] is not None:
                    yield Record.from_json(row["record"])
                else:
                    yield ReadError(row["path"], row["line"], row["reason"])

    def accounts(self, records: Iterable[Record], rule: Rule = "ucdp") -> list[Account]:
        """The accounts of records, sorted by date, place and id; the records pass through the driver."""
        rows = [(record.report.id, record.to_json().decode()) for record in records]
        frame = self._session.createDataFrame(rows, "id string, record string")
        with tempfile.TemporaryDirectory(prefix="sijill-") as folder:
            self._session.sparkContext.setCheckpointDir(folder)
            found = accounts_of(frame, rule).select("account").collect()
        made = (msgspec.json.decode(row["account"], type=Account) for row in found)
        return sorted(made, key=lambda a: (a.start or "", a.place.name if a.place else "", a.id))

    def run(
        self,
        inputs: Sequence[str],
        output: str,
        defaults: Defaults | None = None,
        rule: Rule | None = "ucdp",
    ) -> Summary:
        """Code files and folders (JSONL, Parquet, WARC) into the tables of an output folder, link what they tell and count
        it by `rule` (None: only code). What the folder holds already is not coded again. Raises `InputError`."""
        read = read_archive(self._session, inputs, defaults or Defaults())
        before = self.results(output)
        had = _counts(before)
        if before is not None:
            read = read.join(before.select("hash"), "hash", "left_anti")
        todo = read.dropDuplicates(["hash"]).persist(StorageLevel.DISK_ONLY)
        try:
            self._write(todo, f"{output}/results")
        finally:
            todo.unpersist()
        has = _counts(self.results(output))
        accounts = self._link(output, rule) if rule is not None and has[RECORDS] else None
        coded_now, left_out = (has[table] - had[table] for table in (RECORDS, DEAD_LETTERS))
        return Summary(coded_now, left_out, sum(had.values()), accounts)

    def results(self, output: str) -> DataFrame | None:
        """All rows of `RESULTS` in an output folder, each report once; None where nothing has been coded yet."""
        try:
            found = self._session.read.schema(from_arrow_schema(RESULTS)).parquet(f"{output}/results")
        except AnalysisException as error:
            if error.getCondition() == "PATH_NOT_FOUND":
                return None
            raise
        # A task that died while it handed over its files has been done again, so that a row may stand twice.
        return found.dropDuplicates(["hash"])

    def _write(self, todo: DataFrame, folder: str) -> None:
        number = todo.count()
        if not number:
            return
        parts = max(self._session.sparkContext.defaultParallelism, math.ceil(number / self._per_task))
        (
            coded(todo.repartitionByRange(min(parts, number), "month", "hash"), self._coder).write.mode("append")
            # Each task hands over its files when it is done, not all of them at the end of the run.
            .option("mapreduce.fileoutputcommitter.algorithm.version", "2")
            .partitionBy("table", "month").parquet(folder)
        )  # fmt: skip

    def _link(self, output: str, rule: Rule) -> int:
        """Write the accounts of all records in the folder; how many they are."""
        results = self.results(output)
        assert results is not None
        records = results.where(F.col("table") == RECORDS).select("id", "hash", "record")
        # Two reports may bear one name: then the name alone doesn't tell them apart, and the hash is put to it.
        same = F.count("*").over(Window.partitionBy("id")) > 1
        name = F.when(same, F.concat_ws("@", "id", F.substring("hash", 1, 12))).otherwise(F.col("id"))
        checkpoints = f"{output}/_checkpoints"
        self._session.sparkContext.setCheckpointDir(checkpoints)
        try:
            accounts = accounts_of(records.select(name.alias("id"), "record"), rule)
            accounts.write.mode("overwrite").partitionBy("month").parquet(f"{output}/accounts")
        finally:
            self._delete(checkpoints)
        written = self._session.read.schema(from_arrow_schema(ACCOUNTS)).parquet(f"{output}/accounts")
        return written.count()

    def _delete(self, folder: str) -> None:
        """Delete a folder on whatever file system it lies."""
        context = self._session.sparkContext
        path = context._jvm.org.apache.hadoop.fs.Path(folder)  # type: ignore[union-attr]
        path.getFileSystem(context._jsc.hadoopConfiguration()).delete(path, True)


def _counts(results: DataFrame | None) -> Counter[str]:
    """The number of rows of each table."""
    rows = results.groupBy("table").count().collect() if results is not None else []
    return Counter({row["table"]: row["count"] for row in rows})
