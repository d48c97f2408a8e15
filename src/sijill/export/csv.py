"""Events as a flat CSV file: one row an event. The record's lists are joined by "; "."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from sijill.export.cells import Cell, csv_line
from sijill.export.registers import actor_names
from sijill.export.words import detail_words, figure, side_of
from sijill.records import Event, Place, Record

COLUMNS = (
    "report_id", "event", "published", "report_source", "title", "url",
    "type", "status", "start", "end", "date_precision",
    "place", "country", "latitude", "longitude", "where_precision",
    "side_a", "side_b", "side_a_names", "side_b_names",
    "killed_a", "killed_b", "killed_civilians", "killed_unknown",
    "casualties", "means", "details", "sources", "evidence",
)  # fmt: skip

_NOWHERE = Place(name="", precision=0)


def write_csv(records: Iterable[Record]) -> Iterator[str]:
    """The header, then the rows of each record."""
    yield csv_line(COLUMNS)
    for record in records:
        for number, event in enumerate(record.events):
            yield csv_line(_cells(record, number, event))


def _cells(record: Record, number: int, event: Event) -> list[Cell]:
    report, place = record.report, event.place or _NOWHERE
    return [
        report.id, number, report.published, report.source, report.title, report.url,
        event.type, event.status, event.start, event.end, event.date_precision,
        place.name, place.country, place.lat, place.lon, place.precision or None,
        "; ".join(event.side_a), "; ".join(event.side_b), actor_names(event.side_a), actor_names(event.side_b),
        *(_killed(event, side) for side in ("a", "b", "civilians", "unknown")),
        "; ".join(_figures(event)), "; ".join(event.means), "; ".join(map(detail_words, event.details)),
        "; ".join(source.name for source in event.sources), " | ".join(_words_behind(event)),
    ]  # fmt: skip


def _killed(event: Event, side: str) -> int | None:
    """The sum of a side's killed figures that are no parts; None where none has a number."""
    said = [c.n for c in event.casualties if c.outcome == "killed" and c.side == side and c.part_of is None]
    numbers = [n for n in said if n is not None]
    return sum(numbers) if numbers else None


def _figures(event: Event) -> Iterator[str]:
    for casualty in event.casualties:
        part = "" if casualty.part_of is None else f" (part of {figure(event.casualties[casualty.part_of])})"
        yield f"{side_of(casualty)}: {figure(casualty)}{part}"


def _words_behind(event: Event) -> Iterator[str]:
    """The words that the type and the figures were read from, in the order of the text."""
    spans = {(e.start, e.end, e.text) for e in event.evidence if e.field.startswith(("type", "casualties"))}
    return (" ".join(text.split()) for _, _, text in sorted(spans))
