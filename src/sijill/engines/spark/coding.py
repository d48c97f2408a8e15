"""Coding on Spark: a frame of reports in, rows of `RESULTS` out."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import msgspec
import pyarrow as pa
from pyspark.sql import DataFrame
from pyspark.sql.pandas.types import from_arrow_schema

from sijill.engines.interface import Coder, code_one
from sijill.engines.spark.reading import in_batches
from sijill.engines.tables import DEAD_LETTERS, RESULTS, record_row
from sijill.reading.fields import Located, ReadError
from sijill.records import Report

_BATCH = 200


def coded(read: DataFrame, coder: Coder) -> DataFrame:
    """The frame of `RESULTS` of a frame of `READ`. What the coder knows is compiled once for each Python process of an
    executor, when the first report comes to it, and stays for all its tasks."""
    return read.mapInArrow(_code(coder), from_arrow_schema(RESULTS))


def _code(coder: Coder) -> Callable[[Iterator[pa.RecordBatch]], Iterator[pa.RecordBatch]]:
    def code(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        rows = (result_row(row, coder) for batch in batches for row in batch.to_pylist())
        yield from in_batches(rows, RESULTS, _BATCH)

    return code


def result_row(row: dict[str, Any], coder: Coder) -> dict[str, Any]:
    """The row of `RESULTS` for a row of `READ`."""
    kept = {name: row[name] for name in ("hash", "path", "block", "line")}
    if row["report"] is None:
        return {**kept, "reason": row["reason"], "table": DEAD_LETTERS, "month": row["month"]}
    report = msgspec.json.decode(row["report"], type=Report)
    found = code_one(Located(row["path"], row["line"], report), coder)
    if isinstance(found, ReadError):
        said = {"id": report.id, "url": report.url, "reason": found.message}
        return {**kept, **said, "table": DEAD_LETTERS, "month": row["month"]}
    return {**kept, **record_row(found)}
