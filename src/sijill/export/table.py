"""A record as a readable table for the terminal. Right-to-left words are left as they are, between direction isolates."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from rich.console import Console, Group, RenderableType
from rich.table import Table
from rich.text import Text

from sijill.export.directed import Directed
from sijill.export.registers import actor
from sijill.export.words import (
    amount,
    days,
    detail_words,
    figure,
    isolated,
    place_words,
    side_of,
    source_words,
    type_words,
)
from sijill.records import Casualty, ControlChange, Event, Person, Record, Tally, TallyCasualty

_WIDTH = 120
_STATUS_STYLE = {"reported": "bold", "claimed": "bold yellow", "denied": "bold red"}


def write_table(records: Iterable[Record]) -> Iterator[str]:
    """Each record's table as plain text."""
    for record in records:
        console = Console(width=_WIDTH, no_color=True, force_terminal=False, highlight=False, emoji=False)
        with console.capture() as captured:
            console.print(table_of(record))
        yield captured.get()


def table_of(record: Record) -> RenderableType:
    """The record's events, tallies, control changes, persons and notes."""
    report = record.report
    head = [isolated(report.id), report.published or "", isolated(report.source) if report.source else ""]
    parts: list[RenderableType] = [Directed(" · ".join(filter(None, head)), style="bold cyan")]
    if report.title:
        parts.append(Directed(isolated(report.title)))
    if record.events:
        parts.append(_events(record.events))
    if record.tallies:
        parts.append(_tallies(record.tallies))
    if record.control:
        parts.append(_control(record.control))
    if record.persons:
        parts.append(_persons(record.persons))
    if not (record.events or record.tallies or record.control or record.persons):
        parts.append(Text("nothing to record", style="dim"))
    parts += [Directed(f"Note: {note}", style="yellow") for note in record.notes]
    return Group(*(row for part in parts for row in (part, Text())))


def _grid(title: str, *columns: str) -> Table:
    table = Table(
        title=title,
        title_justify="left",
        title_style="bold",
        header_style="dim underline",
        box=None,
        padding=(0, 2, 0, 0),
        pad_edge=False,
    )
    for column in columns:
        table.add_column(column, overflow="fold")
    return table


def _events(events: tuple[Event, ...]) -> Table:
    table = _grid("Events", "#", "What", "When", "Where", "Who", "Toll")
    table.columns[0].no_wrap = True
    for number, event in enumerate(events):
        what = Directed(type_words(event), style=_STATUS_STYLE[event.status])
        for words in _beside(event):
            what.append(f"\n{words}", style="dim")
        table.add_row(
            str(number),
            what,
            Directed(days(event.start, event.end)),
            Directed(place_words(event.place)),
            Directed("\n".join(_who(event))),
            Directed("\n".join(_toll(event.casualties))),
        )
    return table


def _beside(event: Event) -> Iterator[str]:
    """What stands below the type: on whose word, by what means, other amounts, notes."""
    if event.sources:
        yield f"on the word of {source_words(event.sources)}"
    if event.means:
        yield "by " + ", ".join(mean.replace("_", " ") for mean in event.means)
    yield from map(detail_words, event.details)
    yield from event.notes


def _who(event: Event) -> Iterator[str]:
    for side, ids in (("A", event.side_a), ("B", event.side_b)):
        if ids:
            yield f"{side}: {', '.join(isolated(actor(slug).name) for slug in ids)}"


def _names(ids: tuple[str, ...]) -> Text:
    return Directed("\n".join(isolated(actor(slug).name) for slug in ids))


def _toll(casualties: tuple[Casualty, ...]) -> list[str]:
    """Whole figures in order, each with its parts below it."""
    lines = []
    for index, whole in enumerate(casualties):
        if whole.part_of is None:
            lines.append(f"{side_of(whole)}: {figure(whole)}")
            lines += [f"  of them {_part(part, whole)}" for part in casualties if part.part_of == index]
    return lines


def _part(part: Casualty, whole: Casualty) -> str:
    """A part's figure; its outcome and side only where they are others than the whole's."""
    words = figure(part) if part.outcome != whole.outcome else amount(part.n, part.bound, part.n_high)
    return words if part.side == whole.side else f"{words} ({side_of(part)})"


def _tallies(tallies: tuple[Tally, ...]) -> Table:
    table = _grid("Tallies", "Period", "Where", "Toll", "On the word of")
    for tally in tallies:
        table.add_row(
            Directed(days(tally.since, tally.until)),
            Directed(place_words(tally.place)),
            Directed("\n".join(map(_tally_figure, tally.casualties))),
            Directed(source_words(tally.sources)),
        )
    return table


def _tally_figure(casualty: TallyCasualty) -> str:
    of = ", ".join(isolated(actor(slug).name) for slug in casualty.actor)
    words = f"{figure(casualty)} of {of}" if of else figure(casualty)
    return f"  of them {words}" if casualty.part_of is not None else words


def _control(changes: tuple[ControlChange, ...]) -> Table:
    table = _grid("Control", "Where", "From", "To", "Since", "How", "On the word of")
    for change in changes:
        how = [word for word in (change.extent, change.manner) if word != "unknown"]
        table.add_row(
            Directed(place_words(change.place)),
            _names(change.from_),
            _names(change.to),
            Text(change.start or ""),
            Text(", ".join(how)),
            Directed(source_words(change.sources)),
        )
    return table


def _persons(persons: tuple[Person, ...]) -> Table:
    table = _grid("Persons", "Name", "Role", "Affiliation", "Fate", "Event", "On the word of")
    for person in persons:
        table.add_row(
            Directed(isolated(person.name)),
            Directed(isolated(person.role or "")),
            _names(person.affiliation),
            Text(person.fate),
            "" if person.event is None else str(person.event),
            Directed(source_words(person.sources)),
        )
    return table
