"""The table and the explanation: words in their own direction, nothing that a terminal or a browser would run."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from rich.console import Console

from sijill.export.directed import Directed
from sijill.export.explained import explained, stretches, write_page
from sijill.export.table import write_table
from sijill.export.words import FSI, PDI, amount, days, isolated
from sijill.records import Record, Report


def shown(record: Record) -> str:
    console = Console(width=160, no_color=True, highlight=False)
    with console.capture() as captured:
        console.print(explained(record))
    return captured.get()


def test_table_shows_every_part(record: Record) -> None:
    text = "".join(write_table([record]))
    for words in (
        "armed clash", "2018-06-08", "Albu Kamal, Syria", "side A: at least", "of them 10", "at least 240 killed",
        "partial, force", f"{FSI}محمد فريدوني{PDI}", "Note: A note.", "by car bomb",
    ):  # fmt: skip
        assert words in text
    assert "nothing to record" in "".join(write_table([Record(report=Report(id="q", text="x"))]))


@given(st.text(alphabet="قتل جندي في هجوم abc ", min_size=1, max_size=200), st.integers(4, 40))
def test_isolates_are_closed_on_every_line(words: str, width: int) -> None:
    console = Console(width=width)
    for line in Directed(f"by {FSI}{words}{PDI} (agency)").wrap(console, width):
        assert line.plain.count(FSI) == line.plain.count(PDI)


def test_isolated_takes_out_what_a_terminal_obeys() -> None:
    assert "\x1b" not in isolated("\x1b[31mred\x1b]0;x\x07")
    assert isolated("قتل\u202e") == f"{FSI}قتل {PDI}"
    assert isolated("plain") == "plain"


@pytest.mark.parametrize(
    ("n", "bound", "high", "words"),
    [
        (48, "at_least", None, "at least 48"),
        (None, "vague", None, "some"),
        (20, "about", 25, "about 20 to 25"),
        (1200, "exact", None, "1,200"),
    ],
)
def test_amount(n: int | None, bound: str, high: int | None, words: str) -> None:
    assert amount(n, bound, high) == words


def test_days() -> None:
    assert [days(None, None), days("a", "a"), days("a", "b"), days(None, "b")] == ["", "a", "a to b", "to b"]


def test_stretches_cover_the_text(record: Record) -> None:
    found = stretches(record)
    assert "".join(record.report.text[s.start : s.end] for s in found) == record.report.text
    marked = {record.report.text[s.start : s.end]: s.kind for s in found if s.kind}
    assert marked["البوكمال"] == "where"
    assert marked["48 جنديا على الأقل"] == "toll"
    assert stretches(Record(report=Report(id="q", text=""))) == []


def test_explained_shows_words_and_rules(record: Record) -> None:
    text = shown(record)
    assert "place = Albu Kamal, Syria" in text
    assert re.search(r"البوكمال.*ar\.test", text)
    hostile = replace(record, report=replace(record.report, text="a\x1b[31mb"), events=())
    assert "\x1b" not in shown(hostile)


def test_page_is_escaped_and_fetches_nothing(record: Record) -> None:
    hostile = replace(
        record, report=replace(record.report, id='"><script>alert(1)</script>', source="<img src=x>")
    )
    page = "".join(write_page([(hostile, ())]))
    assert "<script" not in page
    assert "<img" not in page
    assert "&lt;b&gt;" in page
    assert 'dir="rtl"' in page
    assert not re.search(r"https?://", page)
    assert '<mark class="toll">48 جنديا على الأقل</mark>' in page
