"""A small archive of every form that Spark reads, made in code: invented reports, some of one event, and what can't be read."""

from __future__ import annotations

import gzip
import io
import json
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

ARABIC = "قُتل {n} جنود وأصيب خمسة مدنيين في هجوم شنه تنظيم الدولة الإسلامية على حاجز للجيش قرب {where} يوم الثلاثاء، بحسب {who}."
ENGLISH = "{n} soldiers were killed in an attack by the Islamic State on an army checkpoint near {where} on Tuesday, {who} said."
PLACES = (("الموصل", "Mosul"), ("تدمر", "Palmyra"), ("الرقة", "Raqqa"), ("إدلب", "Idlib"))
PUBLISHED = ("2016-03-02", "2016-04-06", "2017-05-03")


def rows() -> list[dict[str, str]]:
    """Reports of twelve attacks, each told in Arabic and in English, one of them copied by another house."""
    made = []
    for month, day in enumerate(PUBLISHED):
        for number, (arabic, english) in enumerate(PLACES):
            name, dead = f"{month}{number}", 3 + 2 * number + month
            made.append(
                {
                    "id": f"ar-{name}",
                    "text": ARABIC.format(n=dead, where=arabic, who="مصدر طبي"),
                    "source": "الوكالة",
                    "published": day,
                }
            )
            made.append(
                {
                    "id": f"en-{name}",
                    "text": ENGLISH.format(n=dead, where=english, who="a medic"),
                    "source": "The Wire",
                    "published": day,
                }
            )
    return [*made, {**made[0], "id": "copy", "source": "صحيفة"}]


def make_archive(folder: Path) -> None:
    """Write the archive: lines with some that are bad, a packed file, a table, a crawl, and a file of no form that is read."""
    told = rows()
    folder.mkdir()
    lines = [json.dumps(row, ensure_ascii=False) for row in told[:8]]
    bad = [
        "{broken",
        '{"id": "empty", "text": ""}',
        '{"id": "fa", "text": "%s"}' % ("این یک متن فارسی است که باید کنار گذاشته شود. " * 3),
    ]
    (folder / "news.jsonl").write_text("\ufeff" + "\r\n".join([*lines, *bad]) + "\n", encoding="utf-8")
    with gzip.open(folder / "more.jsonl.gz", "wt", encoding="utf-8") as packed:
        packed.writelines(json.dumps(row) + "\n" for row in told[8:16])
    below = folder / "below"
    below.mkdir()
    table = [{**row, "date": row["published"], "body": row["text"], "n": 1} for row in told[16:]]
    columns = ("id", "body", "source", "date", "n")
    pq.write_table(
        pa.Table.from_pylist([{name: row[name] for name in columns} for row in table]),
        below / "table.parquet",
    )
    (folder / "crawl.warc.gz").write_bytes(crawl())
    (folder / "picture.png").write_bytes(b"\x89PNG\r\n")


def crawl() -> bytes:
    """A WARC of a page that is read, one without an article, and a picture, which is passed over."""
    words = ENGLISH.format(n=40, where="Hawija", who="the army")
    page = f"<!DOCTYPE html><html><head><title>Attack</title></head><body><article><h1>Attack</h1><p>{words}</p><p>{words * 5}</p></article></body></html>"
    out = io.BytesIO()
    writer = WARCWriter(out, gzip=True)
    for name, kind, body in (
        ("a", "text/html", page.encode()),
        ("b", "text/html", b"<html></html>"),
        ("c", "image/png", b"\x89PNG"),
    ):
        headers = StatusAndHeaders(
            "200 OK", [("Content-Type", kind), ("Content-Length", str(len(body)))], protocol="HTTP/1.1"
        )
        record = writer.create_warc_record(
            f"https://news.example/{name}", "response", payload=io.BytesIO(body), http_headers=headers
        )
        writer.write_record(record)
    return out.getvalue()
