"""WARC files made by warcio and read back."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from sijill.reading.fields import Defaults, ReadError
from sijill.reading.items import read_items
from sijill.reading.warc import read_warc

PARAGRAPH = (
    "Three soldiers were killed and five wounded in an attack near Mosul on Tuesday, the army said. " * 4
)
PAGE = (
    "<!DOCTYPE html><html><head><title>Attack near Mosul</title></head><body><article><h1>Attack near Mosul</h1>"
    f"<p>{PARAGRAPH}</p><p>{PARAGRAPH}</p></article></body></html>"
)


def a_warc(*answers: tuple[str, str, str, bytes], packed: bool = True) -> bytes:
    """A WARC of (URL, status, content type, body)."""
    out = io.BytesIO()
    writer = WARCWriter(out, gzip=packed)
    for url, status, kind, body in answers:
        headers = StatusAndHeaders(
            status, [("Content-Type", kind), ("Content-Length", str(len(body)))], protocol="HTTP/1.1"
        )
        writer.write_record(
            writer.create_warc_record(url, "response", payload=io.BytesIO(body), http_headers=headers)
        )
    return out.getvalue()


@pytest.mark.parametrize("packed", [True, False])
@pytest.mark.parametrize("name", ["crawl.warc", "crawl.warc.gz", "crawl.bin"])
def test_pages_are_read(tmp_path: Path, packed: bool, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(
        a_warc(
            ("https://example.org/1", "200 OK", "text/html; charset=utf-8", PAGE.encode()),
            ("https://example.org/2", "404 Not Found", "text/html", PAGE.encode()),
            ("https://example.org/3.png", "200 OK", "image/png", b"\x89PNG"),
            ("https://example.org/4", "200 OK", "text/plain", "خبر قصير".encode()),
            ("https://example.org/5", "200 OK", "text/html", b"<html></html>"),
            packed=packed,
        )
    )
    page, text, empty = read_items([path])
    assert not isinstance(page, ReadError)
    assert not isinstance(text, ReadError)
    assert (page[0].id, page[0].url, page[0].title) == (
        "https://example.org/1",
        "https://example.org/1",
        "Attack near Mosul",
    )
    assert "Three soldiers" in page[0].text
    assert (page[1].content, page[1].media_type, page[1].origin) == (
        PAGE.encode(),
        "text/html",
        "https://example.org/1",
    )
    assert text[0].text == "خبر قصير"
    assert isinstance(empty, ReadError)


@pytest.mark.parametrize("data", [b"", b"not a warc at all\r\n\r\n", b"WARC/1.0\r\nbroken"])
def test_what_is_no_warc_is_said(data: bytes) -> None:
    found = list(read_warc(data, "x.warc", Defaults()))
    assert all(isinstance(each, ReadError) for each in found)


def test_a_warc_that_is_cut_off_gives_what_is_whole() -> None:
    data = a_warc(
        *((f"https://example.org/{n}", "200 OK", "text/plain", b"words " * 500) for n in range(3)),
        packed=False,
    )
    found = list(read_warc(data[: len(data) - 4000], "x.warc", Defaults()))
    assert len([each for each in found if not isinstance(each, ReadError)]) >= 1
