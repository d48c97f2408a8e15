"""Inputs made to hurt: each ends in bounded time and memory, with a record or with a word that says why there is none."""

from __future__ import annotations

import gzip
import io
import json
import time
import tracemalloc
import zipfile
from collections.abc import Callable

import pytest
from fuzz.invariants import check_report

from sijill.coding import TooLongError, code
from sijill.coding.pieces import LONGEST, PIECE, joined, windows
from sijill.engines.interface import code_one, code_report
from sijill.reading.archives import Limits
from sijill.reading.fields import Defaults, Located, ReadError
from sijill.reading.items import read_bytes
from sijill.records import Event, Evidence, Person, Record, Report

ARABIC = "قُتل ثلاثة جنود في هجوم على حاجز قرب الموصل أمس، وأصيب خمسة مدنيين بحسب مصدر طبي. "
ENGLISH = "Three soldiers were killed in an attack on a checkpoint near Mosul on Tuesday, the army said. "
PLACES = ("الموصل", "حلب", "دمشق", "الرقة", "إدلب")
MIB = 1024 * 1024
SECONDS = 40
"""CPU seconds that one such input may take: many times what it takes, since machines differ."""


def results(data: bytes, name: str) -> list[Record | ReadError]:
    """What reading and coding make of some bytes."""
    return [
        found if isinstance(found, ReadError) else code_one(Located(name, None, found[0]), code_report)
        for found in read_bytes(data, name, name, Defaults(published="2016-03-02"), Limits())
    ]


def seconds(work: Callable[[], object]) -> float:
    """CPU seconds that some work takes."""
    began = time.process_time()
    work()
    return time.process_time() - began


def zipped(*members: tuple[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members:
            archive.writestr(name, data)
    return out.getvalue()


def nested(depth: int) -> bytes:
    data = zipped(("report.txt", ENGLISH.encode()))
    for _ in range(depth):
        data = zipped(("inner.zip", data))
    return data


ENTITIES = "".join(f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefg", "bcdefgh", strict=True))
LAUGHS = f'<?xml version="1.0"?><!DOCTYPE r [<!ENTITY a "killed ">{ENTITIES}]><rss version="2.0"><channel><title>t</title><item><title>x</title><description>&h;</description></item></channel></rss>'


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("line.jsonl", lambda: b'{"text": "' + b"a" * 50_000_000 + b'"}', "longer than 16 MiB"),
        ("long.txt", lambda: ENGLISH.encode() * 200_000, "too long for one report"),
        ("deep.json", lambda: b"[" * 200_000, "nested too deeply"),
        ("deep.jsonl", lambda: b'{"a":' * 200_000 + b"\n", "nested too deeply"),
        ("deep.html", lambda: b"<html><body>" + b"<div>" * 100_000 + ENGLISH.encode() * 9 + b"</div>" * 100_000, "no article"),
        ("tables.html", lambda: b"<html><body>" + b"<table><tr><td>" * 3000 + ENGLISH.encode(), "no article"),
        ("bomb.zip", lambda: zipped(("a.txt", b"a " * 50_000_000)), "200 times its packed size"),
        ("nested.zip", lambda: nested(6), "to a depth of 3"),
        ("many.zip", lambda: zipped(*((f"{n}.bin", b"") for n in range(10_100))), "more than 10000 members"),
        ("bomb.txt.gz", lambda: gzip.compress(b"a " * 50_000_000), "unpacks to more than is read"),
        ("cell.csv", lambda: b'text\n"' + b"a" * 20_000_000, "field larger than field limit"),
        ("nul.txt", lambda: b"\0" * 1_000_000, "binary data"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)  # fmt: skip
def test_what_is_not_read_is_said(name: str, data: Callable[[], bytes], words: str) -> None:
    made = data()
    tracemalloc.start()
    try:
        found: list[Record | ReadError] = []
        spent = seconds(lambda: found.extend(results(made, name)))
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert any(isinstance(result, ReadError) and words in result.message for result in found)
    assert spent < SECONDS
    # Bounded by the limits, and not by what the input unpacks to.
    assert peak < 200 * MIB + 4 * min(len(made), 32 * MIB)


@pytest.mark.parametrize(
    "text",
    [
        "قتل " + "7" * 1_000_000 + " جنود",
        "قتل " + "7" * 900_000 + " جنود",
        "قتل " + "7 " * 10_000 + " جنود",
        "قتل جندي في " + " و".join(PLACES * 2000),
        ARABIC + "".join(chr(c) for c in range(0, 0x110000, 16)) + ENGLISH,
        ("\u202e\u2066" * 100_000) + ARABIC,
        "\ud800" * 100_000 + ARABIC,
        "قتل\x00 جنود\x00 " * 300,
        "ق" + "\u064b" * 500_000 + "تل " + ARABIC,
        "قتـ" + "ـ" * 500_000 + "ل " + ARABIC,
        "(" * 200_000 + ARABIC,
        "قتل\n" * 5_000,
        " " * 900_000 + ENGLISH,
    ],
    ids=[
        "a million digits", "nearly a million digits", "digits apart", "10,000 places", "every Unicode block",
        "right-to-left overrides", "lone surrogates", "NULs", "marks", "tatweel", "brackets", "lines of one word", "spaces",
    ],
)  # fmt: skip
def test_text_ends_in_bounded_time(text: str) -> None:
    report = Report(id="x", text=text, published="2016-03-02")
    assert seconds(lambda: check_report(report)) < SECONDS


def test_right_to_left_overrides_hide_nothing() -> None:
    record = code("\u202e" + ARABIC.replace("ثلاثة", "\u2066ثلاثة\u2069") + "\u202c", published="2016-03-02")
    assert record.events[0].casualties[0].n == 3
    assert record.events[0].place is not None


CROWDED = {
    "prose": ARABIC,
    "one sentence": ARABIC.replace(".", "").strip() + " و",
    "one word": "قتل ",
    "English in one sentence": ENGLISH.replace(".", "").strip() + " and ",
}


@pytest.mark.parametrize("unit", CROWDED.values(), ids=CROWDED)
def test_work_grows_with_the_text(unit: str) -> None:
    def work(size: int) -> float:
        text = unit * (size // len(unit))
        return min(seconds(lambda: code(text, published="2016-03-02")) for _ in range(2))

    # Four times the text: 4 where the work is in proportion to it, 16 where it goes by the square.
    code(ENGLISH)
    assert work(16_000) < 9 * work(4_000)


def test_long_report_is_one_record() -> None:
    last = ARABIC.replace("الموصل", "تدمر")
    quiet = "اجتمع الوزراء اليوم لبحث الميزانية. " * 700
    text = ARABIC + quiet + "قُتل مدني قرب حلب أمس. " + quiet + last
    assert len(text) > 2 * PIECE
    record = code(text, published="2016-03-02")
    check_report(Report(id="x", text=text, published="2016-03-02"))
    assert record.report.text == text
    assert {event.place.name for event in record.events if event.place} >= {"Mosul", "Tadmur"}
    spots = [entry.start for event in record.events for entry in event.evidence]
    assert min(spots) < len(ARABIC)
    assert max(spots) > len(text) - len(last)


def test_pieces_are_joined_in_order() -> None:
    report = Report(id="x", text="a" * 30)
    entry = Evidence(field="type", start=2, end=4, text="aa", rule="r")
    told = Event(type="attack", evidence=(entry,))
    person = Person(name="A", event=0, evidence=(entry,))
    piece = Record(report=report, events=(told,), persons=(person,), notes=("n",))
    record = joined(report, [(0, piece), (10, piece)])
    assert [event.evidence[0].start for event in record.events] == [2, 12]
    assert [(p.event, p.evidence[0].end) for p in record.persons] == [(0, 4), (1, 14)]
    assert record.notes == ("n",)


def test_pieces_are_the_text() -> None:
    for text in ("a" * 70_000, ENGLISH * 800, "word " * 15_000, "\n" * 45_000, ""):
        cut = windows(text)
        assert "".join(text[start:stop] for start, stop in cut) == text
        assert all(stop - start <= PIECE for start, stop in cut)


def test_too_long_is_said() -> None:
    with pytest.raises(TooLongError, match="1000001 characters, too long for one report"):
        code("a" * (LONGEST + 1))
    line = json.dumps({"text": "a" * (LONGEST + 1)}).encode()
    (error,) = results(line, "x.jsonl")
    assert isinstance(error, ReadError)
    assert error.message.startswith("the text has 1000001 characters")
