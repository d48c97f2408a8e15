"""Reading on Spark: JSONL, Parquet and WARC from any path that Spark reads, as rows of `READ`.

The bytes come by Spark's own sources, so that long files are split and any file system serves; what they say is read by
the same functions as on one machine (`sijill.reading`).
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from functools import reduce
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import unquote, urlsplit

import msgspec
import pyarrow as pa
from pyspark.sql import DataFrame, SparkSession
from pyspark.sql import functions as F  # noqa: N812
from pyspark.sql.pandas.types import from_arrow_schema

from sijill.engines.tables import NO_MONTH, batch_of, month_of, schema_of
from sijill.reading.fields import MAX_LINE_BYTES, Defaults, Located, ReadError, columns_of
from sijill.reading.tables import line_of, plain_cell, row_of
from sijill.reading.warc import read_warc
from sijill.records import Report

READ = schema_of(
    ("hash", pa.string()), ("month", pa.string()), ("path", pa.string()), ("block", pa.int64()), ("line", pa.int64()),
    ("report", pa.string()), ("reason", pa.string()),
)  # fmt: skip
"""A report as JSON with where it stands and the hash of what it says; or the reason why there is none."""

GLOBS = {
    "jsonl": "*.{jsonl,ndjson,jsonl.gz,ndjson.gz,jsonl.bz2,jsonl.zst}",
    "parquet": "*.{parquet,pq}",
    "warc": "*.{warc,warc.gz}",
}
"""Names of the files of each form."""
_SUFFIXES = {
    "jsonl": r"\.(jsonl|ndjson)(\.gz|\.bz2|\.zst)?$",
    "parquet": r"\.(parquet|pq)$",
    "warc": r"\.warc(\.gz)?$",
}
_WARC_HEAD = b"WARC/1."
_BATCH = 500

Batches = Iterator[pa.RecordBatch]


class InputError(ValueError):
    """An input that holds nothing that can be read, in words for the person who gave it."""


def read_archive(session: SparkSession, inputs: Sequence[str], defaults: Defaults) -> DataFrame:
    """The reports of files and folders (with all below them) as a frame of `READ`; a file of another form is a row with
    the reason. Raises `InputError` where there is no file, or a Parquet table has no column for the text."""
    listed = session.read.format("binaryFile").option("recursiveFileLookup", "true").load(list(inputs))
    forms_told = (F.when(F.col("path").rlike(suffix), F.lit(name)) for name, suffix in _SUFFIXES.items())
    files = listed.select("path", F.coalesce(*forms_told).alias("form"))
    forms = {row["form"] for row in files.select("form").distinct().collect()}
    if not forms:
        raise InputError(f"no file to read in {', '.join(inputs)}")
    frames = [_READERS[name](session, inputs, defaults) for name in _SUFFIXES if name in forms]
    if None in forms:
        frames.append(_mapped(files.where("form is null").select("path"), _of_other_forms))
    return reduce(DataFrame.unionAll, frames)


def _source(session: SparkSession, form: str) -> Any:
    return session.read.option("recursiveFileLookup", "true").option("pathGlobFilter", GLOBS[form])


def _jsonl(session: SparkSession, inputs: Sequence[str], defaults: Defaults) -> DataFrame:
    lines = _source(session, "jsonl").option("lineSep", "\n").text(list(inputs))
    placed = lines.select(F.col("value").cast("binary"), "_metadata.file_path", "_metadata.file_block_start")
    return _mapped(placed, _jsonl_rows(defaults))


def _warc(session: SparkSession, inputs: Sequence[str], defaults: Defaults) -> DataFrame:
    # A record begins after the end of the one before, so that this is where Spark parts the (unpacked) bytes.
    records = _source(session, "warc").option("lineSep", "\r\n\r\nWARC/1.").text(list(inputs))
    placed = records.select(
        F.col("value").cast("binary"), "_metadata.file_path", "_metadata.file_block_start"
    )
    return _mapped(placed, _warc_rows(defaults))


def _parquet(session: SparkSession, inputs: Sequence[str], defaults: Defaults) -> DataFrame:
    table = _source(session, "parquet").parquet(*inputs)
    columns = columns_of(table.columns)
    if "text" not in columns:
        raise InputError(f"no column for the text among: {', '.join(table.columns)[:200]}")
    cells = [F.col(f"`{column}`").alias(field) for field, column in columns.items()]
    return _mapped(
        table.select(*cells, "_metadata.file_path", "_metadata.row_index"), _parquet_rows(defaults)
    )


_READERS: dict[str, Callable[[SparkSession, Sequence[str], Defaults], DataFrame]] = {
    "jsonl": _jsonl, "parquet": _parquet, "warc": _warc,
}  # fmt: skip


def _mapped(frame: DataFrame, rows: Callable[[Batches], Iterator[dict[str, Any]]]) -> DataFrame:
    """A frame of `READ` from what a function makes of a frame's batches."""

    def mapped(batches: Batches) -> Batches:
        yield from in_batches(rows(batches), READ)

    return frame.mapInArrow(mapped, from_arrow_schema(READ))


def in_batches(rows: Iterator[dict[str, Any]], schema: pa.Schema, size: int = _BATCH) -> Batches:
    """Rows as Arrow batches of a bounded number of rows, as they come."""
    kept: list[dict[str, Any]] = []
    for row in rows:
        kept.append(row)
        if len(kept) == size:
            yield batch_of(kept, schema)
            kept = []
    if kept:
        yield batch_of(kept, schema)


def _jsonl_rows(defaults: Defaults) -> Callable[[Batches], Iterator[dict[str, Any]]]:
    def rows(batches: Batches) -> Iterator[dict[str, Any]]:
        for path, block, number, line in _counted(batches):
            if len(line) > MAX_LINE_BYTES:
                error = ReadError(
                    path, number, f"the line is longer than {MAX_LINE_BYTES // 1024 // 1024} MiB"
                )
                yield read_row(error, block)
                continue
            line = line.removeprefix(b"\xef\xbb\xbf") if number == 1 and not block else line
            if line.strip():
                stem = _stem(path) if not block else f"{_stem(path)}:{block}"
                yield read_row(line_of(line, path, number, stem, defaults), block)

    return rows


def _warc_rows(defaults: Defaults) -> Callable[[Batches], Iterator[dict[str, Any]]]:
    def rows(batches: Batches) -> Iterator[dict[str, Any]]:
        for path, block, number, data in _counted(batches):
            whole = data if data.startswith(_WARC_HEAD) else _WARC_HEAD + data
            for found in read_warc(whole.removesuffix(b"\r\n\r\n") + b"\r\n\r\n", path, defaults):
                if isinstance(found, ReadError):
                    yield read_row(ReadError(path, number, found.message), block)
                else:
                    yield read_row(Located(path, number, found[0]), block)

    return rows


def _parquet_rows(defaults: Defaults) -> Callable[[Batches], Iterator[dict[str, Any]]]:
    def rows(batches: Batches) -> Iterator[dict[str, Any]]:
        for batch in batches:
            for row in batch.to_pylist():
                path, number = plain_path(row.pop("file_path")), row.pop("row_index") + 1
                cells = {field: plain_cell(cell) for field, cell in row.items()}
                yield read_row(row_of(cells, path, number, _stem(path), defaults), None)

    return rows


def _of_other_forms(batches: Batches) -> Iterator[dict[str, Any]]:
    for batch in batches:
        for path in batch.column("path").to_pylist():
            name = plain_path(path)
            suffix = PurePosixPath(name).suffix or "no suffix"
            yield read_row(ReadError(name, None, f"not a format that is read on Spark ({suffix})"), None)


def _counted(batches: Batches) -> Iterator[tuple[str, int, int, bytes]]:
    """(path, block, number, bytes) of each line; a file's lines come in order, and so do those of a block of it."""
    at: tuple[str, int] | None = None
    number = 0
    path = ""
    for batch in batches:
        for value, url, block in zip(*(column.to_pylist() for column in batch.columns), strict=True):
            if (url, block) != at:
                at, number, path = (url, block), 0, plain_path(url)
            number += 1
            yield path, block, number, value


def read_row(found: Located | ReadError, block: int | None) -> dict[str, Any]:
    """A row of `READ`."""
    row: dict[str, Any] = {"path": found.path, "block": block, "line": found.line}
    if isinstance(found, ReadError):
        said = "\x1f".join(str(part) for part in (found.path, block, found.line, found.message))
        return {**row, "hash": _sha256(said.encode()), "month": NO_MONTH, "reason": found.message}
    report = found.report
    data = msgspec.json.encode(report)
    return {**row, "hash": hash_of(report), "month": month_of(report.published), "report": data.decode()}


def hash_of(report: Report) -> str:
    """The SHA-256 of a report as it was read, in hexadecimal: by it a rerun knows what has been coded."""
    return _sha256(msgspec.json.encode(report))


def _sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def plain_path(url: Any) -> str:
    """A file's address as a person writes it: without the scheme where it is a local file."""
    parts = urlsplit(str(url))
    return unquote(parts.path) if parts.scheme == "file" else str(url)


def _stem(path: str) -> str:
    name = PurePosixPath(path).name
    for packed in (".gz", ".bz2", ".zst"):
        name = name.removesuffix(packed)
    return PurePosixPath(name).stem
