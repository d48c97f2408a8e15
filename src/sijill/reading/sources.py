"""Where reports come from: files by their suffix or their first bytes, folders, gzip archives, standard input."""

from __future__ import annotations

import gzip
import io
import os
import sys
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path

from sijill.reading.fields import (
    MAX_LINE_BYTES,
    Defaults,
    Located,
    ReadError,
    published_day,
    report_from,
    well_formed,
)
from sijill.reading.html import looks_like_html, read_html
from sijill.reading.tables import cells_of, parse_json, read_csv, read_json, read_jsonl, read_parquet, whole
from sijill.reading.text import decode
from sijill.records import Report

SUFFIXES = {
    ".txt": "text", ".text": "text", ".md": "text",
    ".html": "html", ".htm": "html", ".xhtml": "html",
    ".jsonl": "jsonl", ".ndjson": "jsonl", ".json": "json",
    ".csv": "csv", ".tsv": "csv",
    ".parquet": "parquet", ".pq": "parquet",
}  # fmt: skip
"""The formats that are read, by the ends of files' names; ".gz" may follow any but Parquet's."""


def read_paths(
    paths: Iterable[str | Path],
    published: str | None = None,
    source: str | None = None,
    language: str | None = None,
) -> Iterator[Report | ReadError]:
    """The reports of files, folders (everything below them, in order of name) and "-" (standard input), as a stream.

    `published`, `source` and `language` stand where a report has none of its own. What can't be read comes as a
    `ReadError` in its place. Raises `ValueError` where `published` is no date.
    """
    for item in read_located(paths, published, source, language):
        yield item.report if isinstance(item, Located) else item


def read_located(
    paths: Iterable[str | Path],
    published: str | None = None,
    source: str | None = None,
    language: str | None = None,
) -> Iterator[Located | ReadError]:
    """As `read_paths`, each report with the file and line that it stands at."""
    defaults = Defaults(published_day(published) if published else None, source, language)
    for path in paths:
        if str(path) == "-":
            yield from _read_stream(_standard_input(), "-", "stdin", defaults)
        elif os.path.isdir(path):
            yield from _read_folder(Path(path), defaults)
        else:
            yield from _read_file(Path(path), defaults)


def _standard_input() -> io.BufferedReader:
    stream = sys.stdin.buffer
    return stream if isinstance(stream, io.BufferedReader) else io.BufferedReader(io.BytesIO(stream.read()))


def _read_folder(folder: Path, defaults: Defaults) -> Iterator[Located | ReadError]:
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError as error:
        yield ReadError(well_formed(str(folder)), None, error.strerror or str(error))
        return
    for entry in entries:
        path = Path(entry.path)
        if entry.name.startswith("."):
            continue
        if entry.is_dir(follow_symlinks=False):
            yield from _read_folder(path, defaults)
        elif not entry.is_file():
            continue
        elif _format(path)[0] is None:
            yield ReadError(
                well_formed(entry.path), None, f"not a format that is read ({path.suffix or 'no suffix'})"
            )
        else:
            yield from _read_file(path, defaults)


def _format(path: Path) -> tuple[str | None, bool, str]:
    """The format by the file's name, whether it is compressed, and the stem that ids are made from."""
    name = Path(path.name)
    zipped = name.suffix.lower() == ".gz"
    inner = Path(name.stem) if zipped else name
    form = SUFFIXES.get(inner.suffix.lower())
    return (
        (None if zipped and form == "parquet" else form),
        zipped,
        well_formed(inner.stem if form else inner.name),
    )


def _read_file(path: Path, defaults: Defaults) -> Iterator[Located | ReadError]:
    form, zipped, stem = _format(path)
    shown = well_formed(str(path))
    if form == "parquet":
        yield from read_parquet(path, shown, stem, defaults)
        return
    try:
        with _open(path, zipped) as stream:
            if form == "jsonl":
                yield from read_jsonl(stream, shown, stem, defaults)
            elif form == "csv":
                yield from read_csv(stream, shown, stem, defaults)
            elif form is None:
                yield from _read_stream(stream, shown, stem, defaults)
            else:
                yield from _read_whole(whole(stream), form, shown, stem, defaults)
    except (OSError, EOFError, zlib.error, ValueError) as error:
        strerror = error.strerror if isinstance(error, OSError) else None
        yield ReadError(shown, None, strerror or str(error))


def _open(path: Path, zipped: bool) -> io.BufferedReader:
    return io.BufferedReader(gzip.GzipFile(path), 65_536) if zipped else open(path, "rb")


def _read_stream(
    stream: io.BufferedReader, path: str, stem: str, defaults: Defaults
) -> Iterator[Located | ReadError]:
    """What has no suffix: JSON lines where the first line is a JSON object, else a web page, else text."""
    first = b""
    while not first.strip():
        line = stream.readline(MAX_LINE_BYTES + 1)
        first += line
        if not line:
            yield ReadError(path, None, "the file is empty" if path != "-" else "standard input is empty")
            return
    if first.endswith(b"\n") and _begins_jsonl(first):
        yield from read_jsonl(stream, path, stem, defaults, first)
        return
    try:
        data = whole(stream, first)
    except (ValueError, OSError) as error:
        yield ReadError(path, None, str(error))
        return
    if _begins_jsonl(data):
        yield from read_jsonl(io.BufferedReader(io.BytesIO(data)), path, stem, defaults)
    else:
        yield from _read_whole(data, "html" if looks_like_html(data[:4096]) else "text", path, stem, defaults)


def _begins_jsonl(data: bytes) -> bool:
    line = data.removeprefix(b"\xef\xbb\xbf").strip()
    if not line.startswith(b"{"):
        return False
    try:
        cells_of(parse_json(line))
    except ValueError:
        return False
    return True


def _read_whole(
    data: bytes, form: str, path: str, stem: str, defaults: Defaults
) -> Iterator[Located | ReadError]:
    if not data.strip():
        yield ReadError(path, None, "the file is empty")
    elif form == "json":
        yield from read_json(data, path, stem, defaults)
    else:
        try:
            cells: dict[str, str | None] = read_html(data) if form == "html" else {"text": decode(data)}
            yield Located(path, None, report_from(cells, stem, defaults))
        except ValueError as error:
            yield ReadError(path, None, str(error))
