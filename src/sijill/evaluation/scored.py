"""Records as scoring reads them: only what is measured, and forgiving, so that any coder's output can be measured."""

from __future__ import annotations

from pathlib import Path

import msgspec


class ScoredPlace(msgspec.Struct, frozen=True):
    """A place; `precision` None counts as 1."""

    name: str | None = None
    country: str | None = None
    lat: float | None = None
    lon: float | None = None
    precision: int | None = None


class ScoredCasualty(msgspec.Struct, frozen=True):
    """A figure of an event (`side`) or of a tally (`actor`)."""

    outcome: str | None = None
    side: str | None = None
    actor: tuple[str, ...] | None = None
    n: float | None = None
    bound: str | None = None
    part_of: int | None = None


class ScoredEvidence(msgspec.Struct, frozen=True):
    """The words shown for a cell."""

    field: str
    start: int
    end: int
    text: str | None = None


class ScoredEvent(msgspec.Struct, frozen=True):
    """An event."""

    type: str | None = None
    status: str | None = None
    start: str | None = None
    end: str | None = None
    place: ScoredPlace | None = None
    side_a: tuple[str, ...] | None = None
    side_b: tuple[str, ...] | None = None
    casualties: tuple[ScoredCasualty, ...] | None = None
    evidence: tuple[ScoredEvidence, ...] | None = None
    confidence: float | None = None


class ScoredTally(msgspec.Struct, frozen=True):
    """A tally."""

    since: str | None = None
    casualties: tuple[ScoredCasualty, ...] | None = None


class ScoredControl(msgspec.Struct, frozen=True, rename={"from_": "from"}):
    """A change of control."""

    place: ScoredPlace | None = None
    from_: tuple[str, ...] | None = None
    to: tuple[str, ...] | None = None


class ScoredPerson(msgspec.Struct, frozen=True):
    """A person."""

    name: str | None = None
    fate: str | None = None


class ScoredReport(msgspec.Struct, frozen=True):
    """The report's id, and its text where it is given."""

    id: str
    text: str | None = None


class ScoredRecord(msgspec.Struct, frozen=True):
    """A record."""

    report: ScoredReport
    events: tuple[ScoredEvent, ...] | None = None
    tallies: tuple[ScoredTally, ...] | None = None
    control: tuple[ScoredControl, ...] | None = None
    persons: tuple[ScoredPerson, ...] | None = None


def read_scored(path: Path) -> dict[str, ScoredRecord]:
    """The records of a JSONL file by their report's id; of two with one id the later stands.

    Raises `ValueError` that names file and line where a line is no record.
    """
    decoder = msgspec.json.Decoder(ScoredRecord)
    records: dict[str, ScoredRecord] = {}
    with path.open("rb") as lines:
        for number, line in enumerate(lines, 1):
            if line := line.removeprefix(b"\xef\xbb\xbf").strip():
                try:
                    record = decoder.decode(line)
                except (msgspec.DecodeError, UnicodeDecodeError) as error:
                    raise ValueError(f"{path}:{number}: not a record: {error}") from None
                records[record.report.id] = record
    return records
