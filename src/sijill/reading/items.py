"""Anything that holds reports, as reports with their original bytes: files, folders, archives, web addresses."""

from __future__ import annotations

import gzip
import io
import os
import sys
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path, PurePosixPath
from typing import cast
from urllib.parse import urlsplit

import msgspec

from sijill.reading.archives import Budget, Limits, read_zip
from sijill.reading.documents import DOCX, PDF, read_docx, read_pdf
from sijill.reading.feeds import looks_like_feed, read_feed
from sijill.reading.fields import Defaults, Located, ReadError, report_from
from sijill.reading.html import looks_like_html, read_html
from sijill.reading.originals import Item, Original
from sijill.reading.sources import SUFFIXES, read_located
from sijill.reading.tables import read_csv, read_json, read_jsonl
from sijill.reading.telegram import looks_like_telegram, read_telegram
from sijill.reading.text import decode
from sijill.reading.warc import read_warc
from sijill.reading.web import WebError, fetch, is_url

MAX_FILE_BYTES = 256 * 1024 * 1024
FORMS = {
    **SUFFIXES,
    ".rss": "feed", ".atom": "feed", ".xml": "feed", ".rdf": "feed",
    ".warc": "warc", ".arc": "warc", ".docx": "docx", ".pdf": "pdf", ".zip": "zip",
}  # fmt: skip
MEDIA_TYPES = {
    "text": "text/plain", "html": "text/html", "jsonl": "application/jsonl", "json": "application/json", "csv": "text/csv",
    "feed": "application/xml", "warc": "application/warc", "docx": DOCX, "pdf": PDF, "zip": "application/zip",
    "parquet": "application/vnd.apache.parquet",
}  # fmt: skip
_FORM_OF_MEDIA_TYPE = {
    **{media_type: form for form, media_type in MEDIA_TYPES.items()},
    "application/rss+xml": "feed", "application/atom+xml": "feed", "text/xml": "feed", "application/rdf+xml": "feed",
    "application/xhtml+xml": "html", "application/x-ndjson": "jsonl", "application/x-zip-compressed": "zip",
    "application/gzip": "gzip",
}  # fmt: skip


def read_items(
    places: Iterable[str | Path],
    defaults: Defaults | None = None,
    *,
    allow_private: bool = False,
    limits: Limits | None = None,
) -> Iterator[Item | ReadError]:
    """The reports of files, folders, "-" (standard input) and http(s) addresses, as a stream; `defaults` stand where a
    report has no source, day or language of its own. What can't be read comes as a `ReadError` in its place.
    """
    given, bounds = defaults or Defaults(), limits or Limits()
    for place in places:
        name = str(place)
        if is_url(name):
            yield from _read_url(name, given, bounds, allow_private)
        elif name == "-":
            yield from read_bytes(sys.stdin.buffer.read(MAX_FILE_BYTES + 1), "stdin", "-", given, bounds)
        elif os.path.isdir(place):
            for path in sorted(
                path for path in Path(place).rglob("*") if path.is_file() and not _hidden(path, Path(place))
            ):
                yield from _read_file(path, given, bounds)
        else:
            yield from _read_file(Path(place), given, bounds)


def _hidden(path: Path, below: Path) -> bool:
    return any(part.startswith(".") for part in path.relative_to(below).parts)


def _read_file(path: Path, defaults: Defaults, limits: Limits) -> Iterator[Item | ReadError]:
    try:
        size = path.stat().st_size
        if path.name.lower().endswith((".warc", ".warc.gz", ".arc", ".arc.gz")):
            with path.open("rb") as stream:
                yield from read_warc(stream, str(path), defaults)
            return
        if size > MAX_FILE_BYTES or path.suffix.lower() in (".parquet", ".pq"):
            yield from _read_long(path, defaults)
            return
        data = path.read_bytes()
    except OSError as error:
        yield ReadError(str(path), None, error.strerror or str(error))
        return
    yield from read_bytes(data, path.name, str(path), defaults, limits)


def _read_long(path: Path, defaults: Defaults) -> Iterator[Item | ReadError]:
    """A file too long to be kept as one original: each report is its own, as JSON."""
    for found in read_located([path], defaults.published, defaults.source, defaults.language):
        if isinstance(found, Located):
            where = str(path) if found.line is None else f"{path}:{found.line}"
            yield found.report, Original(msgspec.json.encode(found.report), "application/json", where)
        else:
            yield found


def _read_url(
    url: str, defaults: Defaults, limits: Limits, allow_private: bool
) -> Iterator[Item | ReadError]:
    try:
        answer = fetch(url, allow_private=allow_private)
    except WebError as error:
        yield ReadError(url, None, str(error))
        return
    if answer.status != 200:
        yield ReadError(url, None, f"the server answered {answer.status}")
        return
    name = PurePosixPath(urlsplit(answer.url).path).name or "page"
    form = _FORM_OF_MEDIA_TYPE.get(answer.media_type)
    if form == "text" and (
        PurePosixPath(name).suffix.lower() in FORMS or looks_like_html(answer.content[:4096])
    ):
        form = None
    for found in read_bytes(answer.content, name, answer.url, defaults, limits, form=form):
        if not isinstance(found, ReadError) and found[0].url is None:
            found = msgspec.structs.replace(found[0], url=answer.url), found[1]
        yield found


def form_of(name: str, data: bytes) -> str:
    """The form of some bytes, by what they begin with, then by their name."""
    head = data[:4096]
    suffix = PurePosixPath(name).suffix.lower()
    if head.startswith(b"%PDF"):
        return "pdf"
    if head.startswith(b"\x1f\x8b"):
        return "gzip"
    if head.startswith(b"WARC/"):
        return "warc"
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return (
            "docx"
            if suffix == ".docx" or (b"[Content_Types].xml" in data[:65536] and b"word/" in data)
            else "zip"
        )
    if suffix not in FORMS or suffix == ".xml":
        if looks_like_feed(head):
            return "feed"
        if looks_like_html(head):
            return "html"
        if suffix != ".xml":
            return FORMS.get(suffix, "jsonl" if head.lstrip().startswith(b'{"') else "text")
    return FORMS[suffix]


def read_bytes(
    data: bytes,
    name: str,
    origin: str,
    defaults: Defaults,
    limits: Limits,
    *,
    form: str | None = None,
    budget: Budget | None = None,
    depth: int = 0,
) -> Iterator[Item | ReadError]:
    """The reports of some bytes; `name` tells their form by its end where `form` doesn't, `origin` where they are from."""
    if len(data) > MAX_FILE_BYTES:
        yield ReadError(origin, None, f"more than {MAX_FILE_BYTES} bytes")
        return
    kind = form or form_of(name, data)
    stem = PurePosixPath(name).stem or name
    left = budget or Budget(limits)
    try:
        if not data.strip():
            yield ReadError(origin, None, "it is empty")
        elif kind == "gzip":
            yield from _read_gzip(data, name, origin, defaults, limits, left, depth)
        elif kind == "zip":

            def member(content: bytes, inner: str, place: str, deep: int) -> Iterator[Item | ReadError]:
                return read_bytes(content, inner, place, defaults, limits, budget=left, depth=deep)

            yield from read_zip(data, origin, member, left, depth + 1)
        elif kind == "warc":
            yield from read_warc(data, origin, defaults)
        elif kind == "feed":
            yield from read_feed(data, origin, defaults)
        elif kind == "json" and looks_like_telegram(parsed := _parsed(data)):
            yield from read_telegram(parsed, data, origin, defaults)
        else:
            original = Original(data, MEDIA_TYPES[kind], origin)
            for found in _read_base(data, kind, origin, stem, defaults):
                yield (found.report, original) if isinstance(found, Located) else found
    except (OSError, EOFError, ValueError) as error:
        yield ReadError(origin, None, str(error))


def _parsed(data: bytes) -> object:
    try:
        return msgspec.json.decode(data.removeprefix(b"\xef\xbb\xbf"))
    except (msgspec.DecodeError, RecursionError):
        return None


def _read_gzip(
    data: bytes, name: str, origin: str, defaults: Defaults, limits: Limits, budget: Budget, depth: int
) -> Iterator[Item | ReadError]:
    most = min(limits.member_bytes, budget.bytes, max(1024 * 1024, len(data) * limits.ratio))
    if depth >= limits.depth:
        yield ReadError(origin, None, f"archives within archives are read to a depth of {limits.depth}")
        return
    if PurePosixPath(name).stem.lower().endswith((".warc", ".arc")):
        yield from read_warc(data, origin, defaults)
        return
    try:
        content = gzip.GzipFile(fileobj=io.BytesIO(data)).read(most + 1)
    except zlib.error as error:
        raise ValueError(f"not a gzip archive that can be read ({error})") from error
    budget.bytes -= len(content)
    if len(content) > most:
        yield ReadError(origin, None, "it unpacks to more than is read")
        return
    inner = name[:-3] if name.lower().endswith(".gz") else name
    yield from read_bytes(content, inner, origin, defaults, limits, budget=budget, depth=depth + 1)


def _read_base(
    data: bytes, kind: str, origin: str, stem: str, defaults: Defaults
) -> Iterator[Located | ReadError]:
    stream = cast(io.BufferedReader, io.BufferedReader(io.BytesIO(data)))
    if kind == "jsonl":
        yield from read_jsonl(stream, origin, stem, defaults)
    elif kind == "csv":
        yield from read_csv(stream, origin, stem, defaults)
    elif kind == "json":
        yield from read_json(data, origin, stem, defaults)
    elif kind == "parquet":
        yield ReadError(origin, None, "Parquet is read from files only")
    else:
        readers = {"html": read_html, "docx": read_docx, "pdf": read_pdf}
        cells: dict[str, str | None] = readers[kind](data) if kind in readers else {"text": decode(data)}
        yield Located(origin, None, report_from(cells, stem, defaults))
