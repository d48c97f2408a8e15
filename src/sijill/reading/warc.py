"""WARC files: the pages and documents that a crawl was answered with, as reports."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from typing import Any, BinaryIO

from sijill.reading.documents import DOCX, PDF, read_docx, read_pdf
from sijill.reading.fields import MAX_TEXT_BYTES, Defaults, ReadError, report_from
from sijill.reading.html import read_html
from sijill.reading.originals import Item, Original
from sijill.reading.text import decode

_READERS: dict[str, Callable[[bytes], dict[str, str | None]]] = {
    "text/html": read_html,
    "application/xhtml+xml": read_html,
    "text/plain": lambda data: {"text": decode(data)},
    PDF: read_pdf,
    DOCX: read_docx,
}


def read_warc(stream: BinaryIO | bytes, origin: str, defaults: Defaults) -> Iterator[Item | ReadError]:
    """The responses and resources of a WARC or ARC file, gzipped or not, that are pages, text, PDF or DOCX.

    Each keeps its own bytes as the server sent them, with the URL that they came from; answers other than 200, and what
    is no text (pictures, scripts), are left out.
    """
    from warcio.archiveiterator import ArchiveIterator  # type: ignore[import-untyped]
    from warcio.exceptions import ArchiveLoadFailed  # type: ignore[import-untyped]

    source = io.BytesIO(stream) if isinstance(stream, bytes) else stream
    count = 0
    try:
        for record in ArchiveIterator(source):
            count += 1
            yield from _read_record(record, origin, defaults)
    except (ArchiveLoadFailed, OSError, EOFError, ValueError) as error:
        yield ReadError(
            origin, None, f"not a WARC file that can be read on from record {count + 1} ({error})"
        )
        return
    if not count:
        yield ReadError(origin, None, "the WARC file is empty")


def _read_record(record: Any, origin: str, defaults: Defaults) -> Iterator[Item | ReadError]:
    url = record.rec_headers.get_header("WARC-Target-URI") or ""
    if record.rec_type == "response" and record.http_headers is not None:
        if record.http_headers.get_statuscode() != "200":
            return
        kind = record.http_headers.get_header("Content-Type") or ""
    elif record.rec_type == "resource":
        kind = record.rec_headers.get_header("Content-Type") or ""
    else:
        return
    media_type = kind.partition(";")[0].strip().lower()
    reader = _READERS.get(media_type)
    if reader is None:
        return
    data = record.content_stream().read(MAX_TEXT_BYTES + 1)
    if len(data) > MAX_TEXT_BYTES:
        yield ReadError(origin, None, f"{url}: more than {MAX_TEXT_BYTES} bytes")
        return
    try:
        cells = reader(data)
        report = report_from({**cells, "url": cells.get("url") or url, "id": url}, url, defaults)
    except ValueError as error:
        yield ReadError(origin, None, f"{url}: {error}")
        return
    yield report, Original(data, media_type, url or origin)
