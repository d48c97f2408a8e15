"""Marking keeps the text: every code point stands where it stood, whatever scripts, signs and line ends it holds."""

from __future__ import annotations

from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sijill.workbench.marking import Mark, marked_html, paragraphs, shown

PIECES = st.sampled_from(
    ["مقتل", "ثلاثة", "قُتِلَ", "٣٧", "37", "BM-21", "RPG", " ", "  ", "\t", "\n", "\r\n", "\r", "\n\n", "\u2028", "\x0b", "\x85",
     "😀", "👩🏽‍🚒", "🇸🇾", "e\u0301", "لا", "\u200f", "\u200e", "\u202b", "\u202e", "\u202c", "\u2067", "\u2069", "\u061c", "\ufeff",
     "<script>", "&amp;", "\"'", "</p>", "\x00", "\x07", "\x9f", "\ud83d", "\udc00", "\ufffe", "𐤀", "—", "«", "»"]
)  # fmt: skip
TEXTS = st.one_of(st.lists(PIECES, max_size=30).map("".join), st.text(max_size=60))
CELLS = st.sampled_from(["e0:type", "e0:casualties[0]", "e1:place", "t0:since", "p0:name", "e0:sources[1]"])


@st.composite
def marked_texts(draw: st.DrawFn) -> tuple[str, list[Mark]]:
    text = draw(TEXTS)
    edge = st.integers(-2, len(text) + 3)
    return text, draw(st.lists(st.builds(Mark, CELLS, edge, edge), max_size=8))


class Reader(HTMLParser):
    """What a page holds: for each segment its offsets, cells and text."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.segments: list[tuple[int, int, tuple[str, ...], str]] = []
        self.tags: list[str] = []
        self.paragraphs: list[tuple[int, int]] = []
        self._open: dict[str, str | None] | None = None
        self._text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        given_attrs = dict(attrs)
        if tag == "p":
            assert given_attrs["dir"] == "auto"
            self.paragraphs.append((int(given_attrs["data-start"] or ""), int(given_attrs["data-end"] or "")))
        if tag in ("span", "mark"):
            assert "dir" not in given_attrs
            self._open, self._text = given_attrs, ""

    def handle_endtag(self, tag: str) -> None:
        if tag in ("span", "mark") and self._open is not None:
            cells = tuple((self._open.get("data-cells") or "").split())
            start, end = int(self._open["data-start"] or ""), int(self._open["data-end"] or "")
            self.segments.append((start, end, cells, self._text))
            self._open = None

    def handle_data(self, data: str) -> None:
        if self._open is not None:
            self._text += data
        else:
            assert data.strip("\n") == ""


@given(marked_texts())
def test_paragraphs_put_together_are_the_text(case: tuple[str, list[Mark]]) -> None:
    text, marks = case
    found = paragraphs(text, marks)
    assert "".join("".join(s.text for s in p.segments) + p.line_end for p in found) == text
    for paragraph in found:
        assert text[paragraph.start : paragraph.end] == "".join(s.text for s in paragraph.segments)
        for segment in paragraph.segments:
            assert segment.text == text[segment.start : segment.end] != ""


@given(marked_texts())
def test_segments_name_the_evidence_that_covers_them_and_no_other(case: tuple[str, list[Mark]]) -> None:
    text, marks = case
    covered: dict[int, set[str]] = {}
    for mark in marks:
        for at in range(max(0, mark.start), min(mark.end, len(text))):
            covered.setdefault(at, set()).add(mark.cell)
    for paragraph in paragraphs(text, marks):
        for segment in paragraph.segments:
            for at in range(segment.start, segment.end):
                assert set(segment.cells) == covered.get(at, set())


@given(marked_texts())
def test_the_page_carries_each_code_point_at_its_offset(case: tuple[str, list[Mark]]) -> None:
    text, marks = case
    reader = Reader()
    reader.feed(marked_html(text, marks))
    reader.close()
    assert set(reader.tags) <= {"p", "span", "mark", "br"}
    found = paragraphs(text, marks)
    assert reader.paragraphs == [(p.start, p.end) for p in found]
    flat = [s for p in found for s in p.segments]
    assert [(start, end) for start, end, _, _ in reader.segments] == [(s.start, s.end) for s in flat]
    for (start, end, cells, words), segment in zip(reader.segments, flat, strict=True):
        assert words == shown(text[start:end])
        assert len(words) == end - start
        assert cells == segment.cells


@given(TEXTS)
def test_what_is_shown_can_be_sent_and_keeps_the_count(text: str) -> None:
    signs = shown(text)
    assert len(signs) == len(text)
    assert signs.encode("utf-8").decode("utf-8") == signs
    assert all(
        a == b for a, b in zip(text, signs, strict=True) if a.isalnum() or a in " \u200f\u202b\u2069😀"
    )


def test_the_shortest_evidence_gives_the_colour() -> None:
    text = "مقتل 3 جنود في هجوم"
    marks = [Mark("e0:type", 0, 19), Mark("e0:casualties[0]", 5, 11), Mark("e0:side_a[0]", 7, 11)]
    (line,) = paragraphs(text, marks)
    assert [(s.text, s.kinds) for s in line.segments] == [
        ("مقتل ", ("what",)),
        ("3 ", ("toll", "what")),
        ("جنود", ("who", "toll", "what")),
        (" في هجوم", ("what",)),
    ]


@pytest.mark.parametrize(
    ("text", "ends"),
    [
        ("a\r\nb", ["\r\n", ""]),
        ("a\rb\n", ["\r", "\n"]),
        ("\n\nx", ["\n", "\n", ""]),
        ("", []),
        ("سطر", [""]),
    ],
)
def test_line_ends_are_kept_and_are_no_part_of_a_segment(text: str, ends: list[str]) -> None:
    assert [p.line_end for p in paragraphs(text)] == ends


def test_markup_in_a_report_is_text() -> None:
    html = marked_html('<img src=x onerror="a()">&lt;', [Mark('e0:"><b>', 0, 4)])
    assert "<img" not in html
    assert "<b>" not in html
    assert "&amp;lt;" in html
