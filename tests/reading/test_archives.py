"""ZIP archives, and everything else that `read_items` takes."""

from __future__ import annotations

import gzip
import io
import json
import zipfile
from pathlib import Path

import pytest
from test_documents import WORDS, a_docx, a_pdf
from test_feeds import RSS
from test_telegram import CHAT
from test_warc import a_warc

from sijill.reading.archives import Limits
from sijill.reading.fields import Defaults, ReadError
from sijill.reading.items import read_items
from sijill.reading.originals import Item


def a_zip(members: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return out.getvalue()


def read(path: Path, limits: Limits | None = None) -> tuple[list[Item], list[ReadError]]:
    found = list(read_items([path], Defaults(published="2016-03-02"), limits=limits))
    return [each for each in found if not isinstance(each, ReadError)], [
        each for each in found if isinstance(each, ReadError)
    ]


def test_everything_in_one_archive(tmp_path: Path) -> None:
    path = tmp_path / "all.zip"
    path.write_bytes(
        a_zip(
            {
                "a.txt": WORDS.encode(),
                "folder/b.docx": a_docx(WORDS),
                "c.pdf": a_pdf("Killed."),
                "d.xml": RSS,
                "e.json": json.dumps(CHAT).encode(),
                "f.warc.gz": a_warc(("https://example.org/4", "200 OK", "text/plain", WORDS.encode())),
                "g.jsonl": b'{"text": "one"}\n{"text": "two"}\n',
                "h.csv": b"text,source\nthree,s\n",
                "i.txt.gz": gzip.compress(b"packed words"),
                "inner.zip": a_zip({"j.txt": b"deep words"}),
                "k.png": b"\x89PNG\r\n\x1a\n\x00\x00",
                "__MACOSX/l.txt": b"hidden",
                ".hidden": b"hidden",
                "empty.txt": b"",
            }
        )
    )
    items, errors = read(path)
    texts = [report.text for report, _ in items]
    assert len(texts) == 13
    assert {"one", "two", "three", "packed words", "deep words"} <= set(texts)
    assert {error.path.rpartition("!")[2] for error in errors} == {"k.png", "empty.txt", "d.xml", "e.json"}
    deep = next(original for report, original in items if report.text == "deep words")
    assert (deep.origin, deep.content) == (f"{path}!inner.zip!j.txt", b"deep words")


def test_too_many_members(tmp_path: Path) -> None:
    path = tmp_path / "many.zip"
    path.write_bytes(a_zip({f"{n}.txt": b"words" for n in range(20)}))
    items, errors = read(path, Limits(members=5))
    assert len(items) == 5
    assert "reading stopped" in str(errors[0])


def test_members_of_inner_archives_count_too(tmp_path: Path) -> None:
    path = tmp_path / "many.zip"
    path.write_bytes(a_zip({f"{z}.zip": a_zip({f"{n}.txt": b"words" for n in range(4)}) for z in range(4)}))
    items, _ = read(path, Limits(members=10))
    assert len(items) < 10


def test_a_bomb(tmp_path: Path) -> None:
    path = tmp_path / "bomb.zip"
    path.write_bytes(a_zip({"bomb.txt": b"0" * 30_000_000, "a.txt": b"words"}))
    items, errors = read(path)
    assert [report.text for report, _ in items] == ["words"]
    assert "packed size" in str(errors[0])


def test_the_whole_is_bounded(tmp_path: Path) -> None:
    path = tmp_path / "big.zip"
    path.write_bytes(a_zip({f"{n}.txt": b"word " * 1000 for n in range(10)}))
    items, errors = read(path, Limits(total_bytes=12_000))
    assert len(items) == 2
    assert "reading stopped" in str(errors[0])


def test_nesting_is_bounded(tmp_path: Path) -> None:
    data = b"words"
    name = "a.txt"
    for depth in range(6):
        data, name = a_zip({name: data}), f"{depth}.zip"
    path = tmp_path / name
    path.write_bytes(data)
    items, errors = read(path)
    assert items == []
    assert "depth" in str(errors[0])


@pytest.mark.parametrize(
    "data",
    [b"PK\x03\x04 no more", a_zip({"a.txt": b"words" * 100})[:60], b"PK\x05\x06"],
    ids=["no header", "cut short", "no end"],  # bytes that hold the hour would name each run's tests anew
)
def test_damaged_archives_are_said(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "x.zip"
    path.write_bytes(data)
    items, errors = read(path)
    assert items == []
    assert len(errors) == 1


def test_a_version_that_is_not_read_is_said(tmp_path: Path) -> None:
    data = bytearray(a_zip({"a.txt": b"words"}))
    data[data.index(b"PK\x01\x02") + 6] = 92  # wanted to read the member: version 9.2
    path = tmp_path / "x.zip"
    path.write_bytes(data)
    items, errors = read(path)
    assert items == []
    assert "9.2" in str(errors[0])


def test_a_member_without_a_name_is_read(tmp_path: Path) -> None:
    path = tmp_path / "x.zip"
    path.write_bytes(a_zip({"a.txt": "قُتل ثلاثة جنود قرب الموصل.".encode()}).replace(b"a.txt", b"\0.txt"))
    items, errors = read(path)
    assert len(items) == 1
    assert errors == []


def test_names_that_climb_are_only_names(tmp_path: Path) -> None:
    path = tmp_path / "x.zip"
    path.write_bytes(a_zip({"../../evil.txt": b"words"}))
    items, _ = read(path)
    assert len(items) == 1
    assert not (tmp_path.parent / "evil.txt").exists()


def test_files_folders_and_what_is_not_there(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "one.txt").write_text("one")
    (tmp_path / "a" / ".hidden.txt").write_text("hidden")
    (tmp_path / "two.html").write_bytes(b"<html><body></body></html>")
    items, errors = read(tmp_path)
    assert [report.text for report, _ in items] == ["one"]
    assert len(errors) == 1
    _, errors = read(tmp_path / "none.txt")
    assert len(errors) == 1


def test_an_address_is_read_by_what_it_answers() -> None:
    from threading import Thread

    from test_web import BaseHTTPRequestHandler, ThreadingHTTPServer, reply

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:  # noqa: N802
            if self.path == "/feed":
                reply(self, 200, RSS, Content_Type="application/rss+xml")
            elif self.path == "/x.docx":
                reply(self, 200, a_docx(WORDS), Content_Type="application/octet-stream")
            else:
                reply(self, 404)

        def log_message(self, *arguments: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        url = f"http://127.0.0.1:{server.server_port}"
        found = list(read_items([f"{url}/feed", f"{url}/x.docx", f"{url}/none"], allow_private=True))
        refused = list(read_items([f"{url}/feed"]))
        server.shutdown()
    assert [each for each in found if isinstance(each, ReadError)][-1].message == "the server answered 404"
    good = [each for each in found if not isinstance(each, ReadError)]
    assert [report.url for report, _ in good] == ["https://example.org/1", f"{url}/feed", f"{url}/x.docx"]
    assert isinstance(refused[0], ReadError)
