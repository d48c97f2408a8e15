"""Long and crowded reports, in pieces: what decides looks at every pair of triggers, so that a piece holds a bounded number.

An ordinary article is one piece (of 5,000 real ones the longest has 16,311 characters, the fullest 120 triggers). Events of
different pieces are told apart, as events of different articles are.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import TypeVar

import msgspec

from sijill.coding.ground import Ground
from sijill.records import ControlChange, Event, Person, Record, Report, Tally

LONGEST = 1_000_000
"""Characters of the longest report that is coded: a thick book."""
PIECE = 20_000
"""Characters of the longest piece."""
CROWDED, CROWDED_SENTENCE = 150, 40
"""Triggers from which a piece, or a sentence, is too crowded, and is cut in two."""
_ENDS = ("\n", ". ", "؟ ", "? ", "! ", "… ", " ")


class TooLongError(ValueError):
    """A text that is too long for one report."""

    def __init__(self, length: int) -> None:
        super().__init__(
            f"the text has {length} characters, too long for one report (at most {LONGEST}): split it into reports"
        )


def windows(text: str, most: int = PIECE) -> list[tuple[int, int]]:
    """Where the pieces of a text begin and end, each of at most `most` characters, cut at the last end of a line in the
    second half, else of a sentence, else of a word, else anywhere."""
    found = []
    start = 0
    while len(text) - start > most:
        stop = _last_end(text, start + most // 2, start + most)
        found.append((start, stop))
        start = stop
    return [*found, (start, len(text))]


def _last_end(text: str, first: int, last: int) -> int:
    for end in _ENDS:
        at = text.rfind(end, first, last)
        if at >= 0:
            return at + len(end)
    return last


def halves(text: str) -> list[tuple[int, int]]:
    """A text cut in two near its middle, as `windows` cuts."""
    stop = _last_end(text, len(text) // 3, len(text) * 2 // 3)
    return [(0, stop), (stop, len(text))]


def is_crowded(ground: Ground) -> bool:
    """Whether a piece has too many triggers to be coded as one."""
    if len(ground.triggers) > CROWDED:
        return True
    return max(Counter(t.sentence for t in ground.triggers).values(), default=0) > CROWDED_SENTENCE


def joined(report: Report, pieces: Iterable[tuple[int, Record]]) -> Record:
    """The record of a report from those of its pieces, each with the offset at which it begins."""
    events: list[Event] = []
    tallies: list[Tally] = []
    control: list[ControlChange] = []
    persons: list[Person] = []
    notes: dict[str, None] = {}
    for offset, record in pieces:
        told = len(events)
        events += (_moved(event, offset) for event in record.events)
        tallies += (_moved(tally, offset) for tally in record.tallies)
        control += (_moved(change, offset) for change in record.control)
        for person in record.persons:
            event = None if person.event is None else person.event + told
            persons.append(msgspec.structs.replace(_moved(person, offset), event=event))
        notes.update(dict.fromkeys(record.notes))
    return Record(
        report=report, events=tuple(events), tallies=tuple(tallies), control=tuple(control), persons=tuple(persons),
        notes=tuple(notes),
    )  # fmt: skip


Part = TypeVar("Part", Event, Tally, ControlChange, Person)


def _moved(part: Part, offset: int) -> Part:
    """A part with its evidence `offset` characters further on."""
    entries = tuple(
        msgspec.structs.replace(e, start=e.start + offset, end=e.end + offset) for e in part.evidence
    )
    return msgspec.structs.replace(part, evidence=entries)
