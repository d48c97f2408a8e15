"""What of an event the linking compares: one flat row of traits for each, the same for every engine.

Rows go to Splink as an Arrow table and to the plain scorer as they are; both compare the columns named here.
"""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from functools import lru_cache
from itertools import product
from typing import Any

import msgspec
import pyarrow as pa

from sijill.language.transliteration import skeletons
from sijill.ledger.accounts import EventRef, house_of
from sijill.ledger.parties import is_unidentified, widened
from sijill.ledger.persons import name_keys
from sijill.ledger.phrases import phrases_of
from sijill.records import GROUP_OF, Casualty, Event, Place, Record

BIN_DAYS = 3
"""Days in a bin of the candidates' time window."""
CELL = 0.5
"""Degrees of latitude and longitude in a cell of the candidates' places."""
SLACK_DAYS, SLACK_KM = 1, 12.0
"""How far an event's window reaches beyond what it says, in days and in kilometres, on either side of a pair."""
REACH_KM = {1: 0.0, 2: 8.0, 3: 30.0, 4: 90.0, 5: 120.0, 6: 900.0}
"""How far from its point a place of each precision may lie."""
LEAST_FIGURE = 3
"""The least number of dead that two tellings may have in common by more than chance."""
_TELLING_TOLL = 5
_UNDATED_BEFORE = 21
_APART, _SEASON = 4, 30
_LONGEST = 370
_EPOCH = date(1970, 1, 1).toordinal()
_KM_PER_DEGREE = 111.2


class Traits(msgspec.Struct, frozen=True, kw_only=True):
    """An event as the linking sees it. Days count from 1970-01-01; `key` is `report id # index`, padded so that keys sort
    as references do; `told` is the day of publication. Figures are of wholes only; None where nobody is counted. `crowd` is the number of events that
    are told of within about 15 km in the weeks before and after, but not on the days around it, `throng` within about 150
    km, `alike` those of the throng between the same first actors: where much happens, agreement in place and time says less.
    `dead` has the names among `persons` of those who were killed. `figures` are all that are said of those killed from three
    on: of wholes, of parts, and the sum of the wholes. `phrases` are the wording around what was read
    (`sijill.ledger.phrases`), of which only texts of one language are compared."""

    key: str
    record: str
    voice: str
    house: str
    told: int | None
    start: int | None
    end: int | None
    date_precision: int
    lat: float | None
    lon: float | None
    reach: float
    place_precision: int
    country: str | None
    place_keys: tuple[str, ...]
    type: str
    group: str
    side_a: tuple[str, ...]
    side_b: tuple[str, ...]
    wide_a: tuple[str, ...]
    wide_b: tuple[str, ...]
    killed: int | None
    killed_a: int
    killed_b: int
    killed_civilians: int
    killed_unknown: int
    wounded: int | None
    figures: tuple[int, ...]
    persons: tuple[str, ...]
    dead: tuple[str, ...]
    cells: tuple[str, ...]
    lands: tuple[str, ...]
    language: str | None
    phrases: tuple[int, ...]
    crowd: int = 0
    throng: int = 0
    alike: int = 0


def traits_of(records: Iterable[Record], voices: Mapping[str, str] | None = None) -> list[Traits]:
    """The traits of every event of the records, sorted by their keys."""
    rows = [
        _event_traits(record, index, event, (voices or {}).get(record.report.id, record.report.id), phrases)
        for record in records
        for index, (event, phrases) in enumerate(
            zip(record.events, phrases_of(record.report.text, record.events), strict=True)
        )
    ]
    return sorted(with_crowds(rows), key=lambda row: row.key)


def with_crowds(rows: Sequence[Traits], among: Sequence[Traits] | None = None) -> list[Traits]:
    """The rows with what else is told of around them (`crowd`, `throng`, `alike`) counted among themselves, or among rows that
    hold them."""
    known = rows if among is None else among
    near, wide = _neighbours(rows, known, 10), _neighbours(rows, known, 1)
    alike = _neighbours(rows, known, 1, between)
    return [
        msgspec.structs.replace(row, crowd=near[i], throng=wide[i], alike=alike[i])
        for i, row in enumerate(rows)
    ]


def around_any(rows: Iterable[Traits], changed: Iterable[Traits]) -> list[Traits]:
    """The rows whose crowds can change when any of the others comes or goes: those with a day no more than 30 from theirs."""
    days = sorted({span[0] for other in changed if (span := when(other)) is not None})
    return [
        row
        for row in rows
        if (span := when(row)) is not None and _between(days, span[0] - _SEASON, span[1] + _SEASON)
    ]


def between(row: Traits) -> str | None:
    """The first actors of both sides; None where one is not named."""
    return f"{row.side_a[0]} {row.side_b[0]}" if row.side_a and row.side_b else None


def _everything(_: Traits) -> str | None:
    return ""


def _neighbours(
    rows: Sequence[Traits],
    among: Sequence[Traits],
    per_degree: int,
    sort: Callable[[Traits], str | None] = _everything,
) -> list[int]:
    """For each row how many others of its sort, `among` rows that hold it, lie in its cell or the cells around it 4 to 30 days
    before it or after; none where it is of no sort."""

    def located(row: Traits) -> tuple[tuple[int, int] | None, str | None, tuple[int, int] | None]:
        return _cell(row, per_degree), sort(row), when(row)

    days: dict[tuple[int, int, str], list[int]] = {}
    for cell, kind, span in map(located, among):
        if cell is not None and kind is not None and span is not None:
            days.setdefault((*cell, kind), []).append(span[0])
    for listed in days.values():
        listed.sort()
    around = list(product((-1, 0, 1), repeat=2))
    counts = []
    for cell, kind, span in map(located, rows):
        total = 0
        if cell is not None and kind is not None and span is not None:
            for x, y in around:
                if told := days.get((cell[0] + x, cell[1] + y, kind)):
                    total += _around(told, span)
        counts.append(total)
    return counts


def _around(days: Sequence[int], span: tuple[int, int]) -> int:
    """How many of the sorted days lie 4 to 30 days before a span or after it."""
    first, last = span
    return _between(days, first - _SEASON, first - _APART) + _between(days, last + _APART, last + _SEASON)


def when(row: Traits) -> tuple[int, int] | None:
    """The first and the last day of an event, no more than 30 days apart; of an undated one the day on which it was told."""
    if row.start is None:
        return None if row.told is None else (row.told, row.told)
    return row.start, max(row.start, min(row.end if row.end is not None else row.start, row.start + _SEASON))


def _between(days: Sequence[int], first: int, last: int) -> int:
    return bisect_right(days, last) - bisect_left(days, first)


def _cell(row: Traits, per_degree: int) -> tuple[int, int] | None:
    if row.lat is None or row.lon is None:
        return None
    return math.floor(row.lat * per_degree), math.floor(row.lon * per_degree)


def key_of(ref: EventRef) -> str:
    """The key of an event of a record."""
    return f"{ref[0]}#{ref[1]:04d}"


def ref_of(key: str) -> EventRef:
    """The event that a key stands for."""
    record, _, index = key.rpartition("#")
    return record, int(index)


def table_of(rows: Iterable[Traits]) -> pa.Table:
    """The rows as an Arrow table with a column for each trait and `unique_id`."""
    listed = list(rows)
    columns: dict[str, Any] = {"unique_id": pa.array([row.key for row in listed], pa.string())}
    for name in Traits.__struct_fields__:
        columns[name] = pa.array([getattr(row, name) for row in listed], _COLUMN_TYPES[name])
    return pa.table(columns)


_TEXT, _LIST, _INT, _REAL = pa.string(), pa.list_(pa.string()), pa.int64(), pa.float64()
_COLUMN_TYPES: dict[str, pa.DataType] = {
    **dict.fromkeys(("key", "record", "voice", "house", "country", "type", "group", "language"), _TEXT),
    **dict.fromkeys(
        ("place_keys", "side_a", "side_b", "wide_a", "wide_b", "persons", "dead", "cells", "lands"), _LIST
    ),
    **dict.fromkeys(("told", "start", "end", "date_precision", "place_precision", "wounded"), _INT),
    **dict.fromkeys(("killed", "killed_a", "killed_b", "killed_civilians", "killed_unknown"), _INT),
    **dict.fromkeys(("figures", "phrases"), pa.list_(pa.int64())),
    **dict.fromkeys(("crowd", "throng", "alike"), _INT),
    **dict.fromkeys(("lat", "lon", "reach"), _REAL),
}


def day_number(day: str | None) -> int | None:
    """Days from 1970-01-01 to an ISO date; None of none."""
    return date.fromisoformat(day).toordinal() - _EPOCH if day else None


def _event_traits(record: Record, index: int, event: Event, voice: str, phrases: tuple[int, ...]) -> Traits:
    start, end = day_number(event.start), day_number(event.end or event.start)
    published = day_number(record.report.published)
    place = event.place
    side_a = tuple(actor for actor in event.side_a if not is_unidentified(actor))
    side_b = tuple(actor for actor in event.side_b if not is_unidentified(actor))
    killed = _by_side(event.casualties, "killed")
    wounded = _by_side(event.casualties, "wounded")
    figures = _figures(event.casualties, sum(killed.values()))
    named = [p for p in record.persons if p.event == index]
    persons = {key for p in named for key in name_keys(p.name)}
    dead = {key for p in named if p.fate == "killed" for key in name_keys(p.name)}
    times = _time_bins(start, end, published)
    return Traits(
        key=key_of((record.report.id, index)), record=record.report.id, voice=voice,
        house=house_of(record, event.sources)[0],
        told=published, start=start, end=end, date_precision=event.date_precision,
        lat=place.lat if place else None, lon=place.lon if place else None,
        reach=REACH_KM[place.precision] if place else 0.0, place_precision=place.precision if place else 6,
        country=place.country if place else None, place_keys=_place_keys(place),
        type=event.type, group=GROUP_OF[event.type],
        side_a=side_a, side_b=side_b, wide_a=tuple(sorted(widened(side_a))), wide_b=tuple(sorted(widened(side_b))),
        killed=sum(killed.values()) if killed else None,
        killed_a=killed.get("a", 0), killed_b=killed.get("b", 0), killed_civilians=killed.get("civilians", 0),
        killed_unknown=killed.get("unknown", 0), wounded=sum(wounded.values()) if wounded else None,
        figures=figures,
        persons=tuple(sorted(persons)), dead=tuple(sorted(dead)), cells=tuple(sorted(_cells(place, times))),
        lands=_lands(place, figures, times),
        language=record.report.language, phrases=phrases,
    )  # fmt: skip


def _by_side(casualties: Iterable[Casualty], outcome: str) -> dict[str, int]:
    """The figures of an outcome by side, of wholes that are counted."""
    found: dict[str, int] = {}
    for casualty in casualties:
        if casualty.outcome == outcome and casualty.part_of is None and casualty.n is not None:
            found[casualty.side] = found.get(casualty.side, 0) + casualty.n
    return found


def _figures(casualties: Iterable[Casualty], total: int) -> tuple[int, ...]:
    """The figures of those killed that say something by themselves."""
    said = {c.n for c in casualties if c.outcome == "killed" and c.n is not None} | {total}
    return tuple(sorted(n for n in said if n >= LEAST_FIGURE))


@lru_cache(maxsize=50_000)
def _name_keys_of_place(name: str) -> tuple[str, ...]:
    return skeletons(name)[:4]


def _place_keys(place: Place | None) -> tuple[str, ...]:
    return _name_keys_of_place(place.name) if place else ()


def _time_bins(start: int | None, end: int | None, published: int | None) -> list[int]:
    """The bins of days in which the event may lie; of an undated one the three weeks before it was told."""
    if start is None:
        if published is None:
            return []
        first, last = published - _UNDATED_BEFORE, published
    else:
        first, last = start, max(start, min(end if end is not None else start, start + _LONGEST))
    return list(range((first - SLACK_DAYS) // BIN_DAYS, (last + SLACK_DAYS) // BIN_DAYS + 1))


def _lands(place: Place | None, figures: Sequence[int], times: Sequence[int]) -> tuple[str, ...]:
    """Where an event is looked for that is told of a whole country or of no place: in its country, and by its greatest toll."""
    names = [place.country] if place and place.country else []
    names += [f"{figures[-1]} dead"] if figures and figures[-1] >= _TELLING_TOLL else []
    return tuple(f"{name} {time}" for name in names for time in times)


def _cells(place: Place | None, times: list[int]) -> list[str]:
    """The cells of place and time in which the event may lie; a place without a point goes by its name, and one as wide as
    a country by `lands`."""
    if place is None or not times:
        return []
    if place.lat is None or place.lon is None:
        return [f"{name} {time}" for name in _place_keys(place) for time in times]
    if place.precision == 6:
        return []
    reach = (REACH_KM[place.precision] + SLACK_KM) / _KM_PER_DEGREE
    wide = reach / max(0.2, math.cos(math.radians(place.lat)))
    rows = range(math.floor((place.lat - reach) / CELL), math.floor((place.lat + reach) / CELL) + 1)
    columns = range(math.floor((place.lon - wide) / CELL), math.floor((place.lon + wide) / CELL) + 1)
    return [f"{row},{column} {time}" for row in rows for column in columns for time in times]
