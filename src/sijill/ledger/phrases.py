"""The wording of one event in a report: what stands around the words that its kind, its figures and its place were read from.

Two tellings in like words are of one event more often than not, whatever was read from either. Phrases are every three words
that follow each other, kept as numbers, so that no text leaves the record.
"""

from __future__ import annotations

import re
import zlib
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from functools import lru_cache

from sijill.records import Event
from sijill.text.script import normal_form

AROUND = 5
"""Words on either side of the words of evidence."""
LENGTH = 3
"""Words in a phrase."""
_FIELDS = ("type", "casualties", "place")
_WORD = re.compile(r"\w+")


def phrases_of(text: str, events: Sequence[Event]) -> list[tuple[int, ...]]:
    """The phrases around each event's evidence in a report's text, sorted; none of an event without evidence."""
    if not any(event.evidence for event in events):
        return [() for _ in events]
    spans = [match.span() for match in _WORD.finditer(text)]
    starts, ends = [first for first, _ in spans], [last for _, last in spans]
    found = []
    for event in events:
        inside: set[int] = set()
        for entry in event.evidence:
            if entry.field.partition("[")[0] in _FIELDS:
                first, last = bisect_right(ends, entry.start), bisect_left(starts, entry.end)
                inside.update(range(max(0, first - AROUND), min(len(spans), last + AROUND)))
        words = {at: _folded(text[slice(*spans[at])]) for at in inside}
        found.append(
            tuple(
                sorted(
                    {
                        zlib.crc32(" ".join(words[at + step] for step in range(LENGTH)).encode())
                        for at in inside
                        if all(at + step in inside for step in range(LENGTH))
                    }
                )
            )
        )
    return found


@lru_cache(maxsize=50_000)
def _folded(word: str) -> str:
    return normal_form(word.lower())
