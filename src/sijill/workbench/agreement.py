"""How well people who coded the same reports blind agree, field by field: Krippendorff's alpha.

What the coders coded as events is put side by side first: events of two coders are one unit where they say enough alike
(`sijill.store.present.likeness`). A unit that a coder has no event in counts for the field `event` alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from functools import partial
from typing import Any, Literal

import krippendorff
import msgspec
import numpy as np

from sijill.records import Casualty, CasualtySide, Event, Place
from sijill.store import Store, report_state
from sijill.store.present import ALIKE, PresentPart, likeness, plain
from sijill.workbench.deciding import Add, Correct, Deciding, Reject
from sijill.workbench.searching import search_places

Level = Literal["nominal", "interval", "ratio"]
SIDES: tuple[CasualtySide, ...] = ("a", "b", "civilians", "unknown")


class Agreement(msgspec.Struct, frozen=True):
    """Of a field: alpha (1 full agreement, 0 no more than by chance; None where all say one and the same, or nobody can be
    compared), the share of units on which all who coded it say the same, and how many units two or more coded."""

    field: str
    level: Level
    alpha: float | None
    same: float | None
    units: int


class Unit(msgspec.Struct, frozen=True):
    """One event as each coder has it, None for those who have it not."""

    events: dict[str, Event | None]


def killed(event: Event, side: CasualtySide) -> int | None:
    """How many of a side were killed, as coded; None where no figure is."""
    figures = [
        c.n for c in event.casualties if c.outcome == "killed" and c.side == side and c.part_of is None
    ]
    numbers = [n for n in figures if n is not None]
    return sum(numbers) if numbers else None


def _day(value: str | None) -> int | None:
    return date.fromisoformat(value).toordinal() if value else None


FIELDS: dict[str, tuple[Level, Callable[[Event], Any]]] = {
    "type": ("nominal", lambda event: event.type),
    "status": ("nominal", lambda event: event.status),
    "start": ("interval", lambda event: _day(event.start)),
    "end": ("interval", lambda event: _day(event.end)),
    "place": ("nominal", lambda event: event.place.name if event.place else ""),
    "side_a": ("nominal", lambda event: " ".join(sorted(event.side_a))),
    "side_b": ("nominal", lambda event: " ".join(sorted(event.side_b))),
    **{f"killed_{side}": ("ratio", partial(killed, side=side)) for side in SIDES},
}
"""The fields that are compared: the level of measurement, and the value of an event."""


def units_of(coded: Mapping[str, Sequence[Event]]) -> list[Unit]:
    """The events of every coder of one report side by side, the likest first."""
    units: list[dict[str, Event | None]] = []
    for coder, events in sorted(coded.items()):
        scores = sorted(
            (
                (-max(likeness(event, other) for other in unit.values() if other), number, index)
                for number, unit in enumerate(units)
                for index, event in enumerate(events)
            ),
        )
        placed: dict[int, int] = {}
        for score, number, index in scores:
            if -score >= ALIKE and index not in placed and number not in placed.values():
                placed[index] = number
        for index, event in enumerate(events):
            if index in placed:
                units[placed[index]][coder] = event
            else:
                units.append({coder: event})
    return [Unit({coder: unit.get(coder) for coder in sorted(coded)}) for unit in units]


def agreement(units: Iterable[Unit], coders: Sequence[str]) -> list[Agreement]:
    """The agreement on whether there is an event, and on each field of those that there are."""
    known = list(units)
    there = [
        [None if c not in unit.events else float(unit.events[c] is not None) for unit in known]
        for c in coders
    ]
    found = [_agreement("event", "nominal", there)]
    for field, (level, value) in FIELDS.items():
        rows = [[value(event) if (event := unit.events.get(c)) else None for unit in known] for c in coders]
        found.append(_agreement(field, level, rows))
    return found


def _agreement(field: str, level: Level, rows: list[list[Any]]) -> Agreement:
    columns = [[value for value in column if value is not None] for column in zip(*rows, strict=True)]
    compared = [column for column in columns if len(column) > 1]
    if not compared:
        return Agreement(field, level, None, None, 0)
    same = sum(len(set(column)) == 1 for column in compared) / len(compared)
    domain = sorted({value for column in compared for value in column})
    if len(domain) < 2:
        return Agreement(field, level, None, same, len(compared))
    number = {value: float(position) for position, value in enumerate(domain)}
    data = [
        [
            np.nan if value is None else number.get(value, np.nan) if level == "nominal" else float(value)
            for value in row
        ]
        for row in rows
    ]
    alpha = krippendorff.alpha(reliability_data=np.array(data), level_of_measurement=level)
    return Agreement(field, level, round(float(alpha), 3), same, len(compared))


# --- adjudication


def adjudicated(store: Store, report: str, unit: Unit, coder: str) -> list[Deciding]:
    """The decisions that make the register say what one coder says of a unit: corrections of the event that is there, a
    new one, or the rejection of one that the coder doesn't find. Empty where the register says it already."""
    chosen = unit.events.get(coder)
    likest = chosen or next(event for event in unit.events.values() if event)
    parts = report_state(store, report).of("events")
    scored = [(likeness(part.value, likest), part) for part in parts]
    score, part = max(scored, key=lambda pair: pair[0], default=(0.0, None))
    if part is None or score < ALIKE:
        return [Add(report=report, kind="events", values=plain(chosen))] if chosen else []
    if chosen is None:
        return [Reject(part=part.id, reason="adjudicated")]
    return _corrections(part, chosen)


def _corrections(part: PresentPart, chosen: Event) -> list[Deciding]:
    now = part.value
    assert isinstance(now, Event)
    found: list[Deciding] = []
    wanted = plain(chosen)
    for field in ("type", "status", "start", "end", "side_a", "side_b"):
        if plain(now)[field] != wanted[field]:
            found.append(Correct(part=part.id, path=field, value=wanted[field]))
    if (now.place.name if now.place else None) != (chosen.place.name if chosen.place else None):
        found.append(Correct(part=part.id, path="place", value=wanted["place"]))
    if any(killed(now, side) != killed(chosen, side) for side in SIDES):
        kept = [c for c in now.casualties if c.outcome != "killed" and c.part_of is None]
        figures = msgspec.to_builtins([*chosen.casualties, *kept])
        found.append(Correct(part=part.id, path="casualties", value=figures))
    return found


def coded_place(name: str) -> Place | None:
    """The place that a coder means by a name in either script: the gazetteer's first of it, else only the name."""
    if not name.strip():
        return None
    found = search_places(name, limit=1)
    if not found:
        return Place(name=name.strip())
    first = found[0]
    return Place(
        name=first.name, country=first.country, lat=first.lat, lon=first.lon, precision=first.precision
    )


def coded_figures(figures: Mapping[CasualtySide, int | None]) -> tuple[Casualty, ...]:
    """The killed of each side as casualties."""
    return tuple(
        Casualty(outcome="killed", side=side, n=n, bound="exact")
        for side, n in figures.items()
        if n is not None
    )
