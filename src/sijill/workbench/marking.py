"""A report's text cut into paragraphs and segments, so that evidence can be marked in a page without moving a letter.

The text stays as given: segments and line ends, put together again, are the text, code point for code point. In the page each
segment carries its offsets (code points, end exclusive), so that nothing has to be counted across elements. What HTML can't
carry (control characters, lone surrogates) is shown by one visible sign each, which keeps the count.

Direction is told per paragraph (`dir="auto"`, which also isolates it: an override or embedding that is left open ends with its
line). Inside a paragraph nothing is isolated, since that would reorder what the writer wrote.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from html import escape
from itertools import pairwise
from typing import NamedTuple

from sijill.export.explained import kind_of


class Mark(NamedTuple):
    """Evidence of one cell: `cell` names part and field (`e0:casualties[1]`), offsets are code points, end exclusive."""

    cell: str
    start: int
    end: int

    @property
    def kind(self) -> str:
        """The kind of evidence: what, when, where, who, toll or source."""
        return kind_of(self.cell.partition(":")[2])


class Segment(NamedTuple):
    """A stretch within a line in which no evidence begins or ends. `cells` are those that it is evidence of, the ones with the
    shortest evidence first; `kinds` their kinds in that order, each once."""

    start: int
    end: int
    text: str
    kinds: tuple[str, ...]
    cells: tuple[str, ...]


class Paragraph(NamedTuple):
    """One line of the text: its segments, and the line end that follows ("" after the last)."""

    start: int
    end: int
    segments: tuple[Segment, ...]
    line_end: str


def paragraphs(text: str, marks: Iterable[Mark] = ()) -> tuple[Paragraph, ...]:
    """The text line by line, each line cut where evidence begins and ends. Marks beyond the text are clipped to it."""
    clipped = [
        mark._replace(start=max(0, mark.start), end=min(len(text), mark.end))
        for mark in marks
        if mark.start < len(text) and mark.end > 0 and mark.start < mark.end
    ]
    clipped.sort(key=lambda mark: (mark.end - mark.start, mark.start, mark.cell))
    lines = text.splitlines(keepends=True)
    found, at = [], 0
    for line in lines:
        body = line.splitlines()[0]
        end = at + len(body)
        found.append(Paragraph(at, end, _segments(text, at, end, clipped), line[len(body) :]))
        at += len(line)
    return tuple(found)


def _segments(text: str, start: int, end: int, marks: Sequence[Mark]) -> tuple[Segment, ...]:
    inside = [mark for mark in marks if mark.start < end and mark.end > start]
    cuts = {start, end}
    cuts.update(at for mark in inside for at in (mark.start, mark.end) if start < at < end)
    segments = []
    for left, right in pairwise(sorted(cuts)):
        over = [mark for mark in inside if mark.start <= left and mark.end >= right]
        kinds = tuple(dict.fromkeys(mark.kind for mark in over))
        cells = tuple(dict.fromkeys(mark.cell for mark in over))
        segments.append(Segment(left, right, text[left:right], kinds, cells))
    return tuple(segments)


# U+2400 … U+241F are pictures of the control characters U+0000 … U+001F; U+FFFD stands for what has no picture.
_UNSHOWABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")


def _sign(match: re.Match[str]) -> str:
    code = ord(match[0])
    if code < 0x20:
        return chr(0x2400 + code)
    return "\u2421" if code == 0x7F else "\ufffd"


def shown(text: str) -> str:
    """The text as a page can carry it, one code point for each of the given ones."""
    return _UNSHOWABLE.sub(_sign, text)


def marked_html(text: str, marks: Iterable[Mark] = ()) -> str:
    """The text as HTML: a `<p dir="auto">` a line, in it a `<mark>` or `<span>` a segment.

    `data-start` and `data-end` are its offsets, `data-cells` the cells that it is evidence of, parted by spaces.
    Nothing of the text is taken for markup.
    """
    return "\n".join(_paragraph_html(paragraph) for paragraph in paragraphs(text, marks))


def _paragraph_html(paragraph: Paragraph) -> str:
    inner = "".join(_segment_html(segment) for segment in paragraph.segments) or "<br>"
    return f'<p dir="auto" data-start="{paragraph.start}" data-end="{paragraph.end}">{inner}</p>'


def _segment_html(segment: Segment) -> str:
    words = escape(shown(segment.text))
    where = f'data-start="{segment.start}" data-end="{segment.end}"'
    if not segment.cells:
        return f"<span {where}>{words}</span>"
    kinds = " ".join([f"k-{segment.kinds[0]}", *(f"also-{kind}" for kind in segment.kinds[1:])])
    return f'<mark class="{kinds}" {where} data-cells="{escape(" ".join(segment.cells))}">{words}</mark>'
