"""Reports in tables: JSON lines, JSON, CSV and TSV, Parquet. Read as streams; a row that is bad is said and passed over."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import msgspec

from sijill.reading.fields import (
    MAX_LINE_BYTES,
    MAX_TEXT_BYTES,
    Defaults,
    Located,
    ReadError,
    columns_of,
    report_from,
)
from sijill.reading.text import DecodingError, decode, encoding_of
from sijill.records import Report

ReadLine = Callable[[int], bytes]
_FIELDS = frozenset(Report.__struct_fields__)


def row_of(
    cells: Mapping[str, object], path: str, line: int, stem: str, defaults: Defaults
) -> Located | ReadError:
    """The report of a row's cells, or why there is none; a missing id is `stem:line`."""
    try:
        return Located(path, line, report_from(cells, f"{stem}:{line}", defaults))
    except ValueError as error:
        return ReadError(path, line, str(error))


def lines_of(readline: ReadLine, first: bytes = b"") -> Iterator[bytes | None]:
    """The lines that `readline` (of at most so many bytes) gives, without their ends, "\\n" alone ending one; None for
    one longer than `MAX_LINE_BYTES`, which is never held in memory as a whole. `first` is what has been read already,
    whole lines."""
    yield from first.split(b"\n")[:-1]
    while line := readline(MAX_LINE_BYTES + 1):
        if len(line) <= MAX_LINE_BYTES or line.endswith(b"\n"):
            yield line.rstrip(b"\n")
            continue
        while line and not line.endswith(b"\n"):
            line = readline(1024 * 1024)
        yield None


def parse_json(line: bytes | str) -> Any:
    """One JSON value. Escaped lone surrogates, which strict JSON refuses, are let through. Raises `ValueError`."""
    try:
        return msgspec.json.decode(line)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        try:
            return json.loads(decode(line) if isinstance(line, bytes) else line)
        except RecursionError:
            raise ValueError("nested too deeply") from None


def cells_of(value: object) -> dict[str, object]:
    """A report's cells in a JSON value: flat, or nested under "report". Keys that are not a report's are left out."""
    if not isinstance(value, dict):
        raise ValueError("not a JSON object")
    nested = value.get("report")
    cells = nested if isinstance(nested, dict) else value
    return {key: cell for key, cell in cells.items() if key in _FIELDS}


def read_jsonl(
    stream: io.BufferedReader, path: str, stem: str, defaults: Defaults, first: bytes = b""
) -> Iterator[Located | ReadError]:
    """One report a line; empty lines are passed over."""
    readline = stream.readline if first else _utf8_lines(stream)
    for number, line in enumerate(lines_of(readline, first), 1):
        if line is None:
            yield ReadError(path, number, f"the line is longer than {MAX_LINE_BYTES // 1024 // 1024} MiB")
            continue
        line = line.removeprefix(b"\xef\xbb\xbf") if number == 1 else line
        if not line.strip():
            continue
        yield line_of(line, path, number, stem, defaults)


def line_of(line: bytes, path: str, number: int, stem: str, defaults: Defaults) -> Located | ReadError:
    """The report of one line of JSONL, or why there is none."""
    try:
        cells = cells_of(parse_json(line))
    except (ValueError, msgspec.DecodeError) as error:
        return ReadError(path, number, str(error) if str(error).startswith("not") else f"not JSON: {error}")
    return row_of(cells, path, number, stem, defaults)


def _utf8_lines(stream: io.BufferedReader) -> ReadLine:
    """The stream's `readline`; one that begins with a UTF-16 mark is turned into UTF-8 as it is read."""
    if stream.peek(2)[:2] not in (b"\xff\xfe", b"\xfe\xff"):
        return stream.readline
    text = io.TextIOWrapper(stream, "utf-16", "replace", newline="\n")
    return lambda size: text.readline(size).encode("utf-8", "replace")


def read_json(data: bytes, path: str, stem: str, defaults: Defaults) -> Iterator[Located | ReadError]:
    """A JSON file: one report, or a list of them, whose number stands for the line."""
    try:
        value = parse_json(decode(data))
    except (ValueError, msgspec.DecodeError) as error:
        yield ReadError(path, None, f"not JSON: {error}")
        return
    rows = value if isinstance(value, list) else [value]
    for number, row in enumerate(rows, 1):
        try:
            cells = cells_of(row)
        except ValueError as error:
            yield ReadError(path, number, str(error))
            continue
        yield row_of(cells, path, number, stem, defaults)


def read_csv(
    stream: io.BufferedReader, path: str, stem: str, defaults: Defaults
) -> Iterator[Located | ReadError]:
    """One report a row, under a header; the columns by `COLUMNS`. Comma, semicolon or tab, told from the header."""
    head = stream.peek(65_536)
    if not head.strip():
        yield ReadError(path, None, "the file is empty")
        return
    try:
        encoding = encoding_of(head)
    except DecodingError as error:
        yield ReadError(path, None, str(error))
        return
    name = {"utf-8": "utf-8-sig", "utf-16-le": "utf-16", "utf-16-be": "utf-16"}.get(encoding, encoding)
    name = encoding if name == "utf-16" and head[:2] not in (b"\xff\xfe", b"\xfe\xff") else name
    csv.field_size_limit(MAX_LINE_BYTES)
    text = io.TextIOWrapper(stream, name, "replace", newline="")
    header_line = decode(head, encoding).partition("\n")[0]
    delimiter = max(",;\t", key=header_line.count)
    reader = csv.reader(text, delimiter=delimiter)
    header = next(reader, [])
    columns = columns_of(header)
    if "text" not in columns:
        yield ReadError(path, 1, f"no column for the text among: {', '.join(header)[:200]}")
        return
    places = {field: header.index(column) for field, column in columns.items()}
    for line, cells in _csv_rows(reader):
        if isinstance(cells, str):
            yield ReadError(path, line, cells)
        elif len(cells) > len(header):
            yield ReadError(path, line, f"{len(cells)} cells under a header of {len(header)}")
        elif any(cells):
            row = {field: cells[at] for field, at in places.items() if at < len(cells)}
            yield row_of(row, path, line, stem, defaults)


def _csv_rows(reader: Any) -> Iterator[tuple[int, list[str] | str]]:
    """Each row with the number of its first line; the words of the error in place of a row that is bad."""
    while True:
        line = reader.line_num + 1
        try:
            yield line, next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            yield line, f"not CSV: {error}"


def read_parquet(file: Path, path: str, stem: str, defaults: Defaults) -> Iterator[Located | ReadError]:
    """One report a row, in batches; the row's number, from 1, stands for the line."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        table = pq.ParquetFile(file)
        columns = columns_of(list(table.schema_arrow.names))
        if "text" not in columns:
            yield ReadError(
                path, None, f"no column for the text among: {', '.join(table.schema_arrow.names)[:200]}"
            )
            return
        number = 0
        for batch in table.iter_batches(batch_size=256, columns=sorted(set(columns.values()))):
            for row in batch.to_pylist():
                number += 1
                cells = {field: plain_cell(row[column]) for field, column in columns.items()}
                yield row_of(cells, path, number, stem, defaults)
    except (pa.ArrowException, OSError) as error:
        yield ReadError(path, None, f"not a Parquet file that can be read: {str(error).splitlines()[0]}")


def plain_cell(value: object) -> object:
    """Text that is stored as bytes is decoded; a time becomes its day."""
    if isinstance(value, bytes):
        return decode(value)
    return value.isoformat()[:10] if isinstance(value, date) else value


def whole(stream: io.BufferedReader, first: bytes = b"") -> bytes:
    """All that a stream holds, after what was read already. Raises `ValueError` where that is too much for one report."""
    data = first + stream.read(MAX_TEXT_BYTES + 1 - len(first))
    if len(data) > MAX_TEXT_BYTES:
        raise ValueError(f"longer than {MAX_TEXT_BYTES // 1024 // 1024} MiB, too long for one report")
    return data
