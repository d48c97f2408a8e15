"""ACLED: its 31 columns as CSV, one row for each day and place of an event that is not denied.

Source: ACLED codebook. ACLED's own ids, source scale and timestamp aren't known here: the id is the report's and event's.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from sijill.export.cells import Cell, csv_line
from sijill.export.registers import actor, country, event_kind, units_of
from sijill.export.tolls import AsSaid, Figures, fatalities, split
from sijill.export.words import amount, figure, side_of
from sijill.records import Event, Place, Record

COLUMNS = (
    "event_id_cnty", "event_date", "year", "time_precision", "disorder_type", "event_type", "sub_event_type",
    "actor1", "assoc_actor_1", "inter1", "actor2", "assoc_actor_2", "inter2", "interaction", "civilian_targeting",
    "iso", "region", "country", "admin1", "admin2", "admin3", "location", "latitude", "longitude", "geo_precision",
    "source", "source_scale", "notes", "fatalities", "tags", "timestamp",
)  # fmt: skip

INTER = (
    "State forces", "Rebel group", "Political militia", "Identity militia", "Rioters", "Protesters", "Civilians",
    "External/Other forces",
)  # fmt: skip
"""ACLED's kinds of actor, in the order of their former numbers 1 to 8, which an interaction names them in."""

_INTER_OF = {
    "rebel": "Rebel group",
    "militia": "Political militia",
    "unidentified": "Political militia",
    "civilians": "Civilians",
}
_CROWDS = {"protesters": "Protesters", "rioters": "Rioters"}
_GEO_PRECISION = {1: 1, 2: 2, 3: 2, 4: 3, 5: 3, 6: 3}
_TIME_PRECISION = {1: 1, 2: 2, 3: 2, 4: 3, 5: 3}
_MOST_DAYS = 366


def write_acled(records: Iterable[Record], figures: Figures | None = None) -> Iterator[str]:
    """The header, then the rows of each event. Fatalities are by the rule `acled` from each report alone, unless `figures`
    has them from elsewhere."""
    counted = figures or AsSaid("acled")
    yield csv_line(COLUMNS)
    for record in records:
        for number, event in enumerate(record.events):
            if event.status != "denied":
                yield from map(csv_line, rows(record, number, event, counted))


def rows(record: Record, number: int, event: Event, figures: Figures) -> Iterator[list[Cell]]:
    """The rows of one event: a row for each day of one whose days are known, its deaths split over them; one row, on the
    middle of the span, for one that fell on some day of it."""
    days = days_of(event)
    shares = split(fatalities(figures.estimates(record, number)), len(days))
    shared = _cells(record, event)
    for index, (day, deaths) in enumerate(zip(days, shares, strict=True), 1):
        suffix = f".{index}" if len(days) > 1 else ""
        own: dict[str, Cell] = {
            "event_id_cnty": f"{record.report.id}#{number}{suffix}",
            "event_date": day.isoformat() if day else None,
            "year": day.year if day else None,
            "fatalities": deaths,
        }
        cells = shared | own
        yield [cells.get(column) for column in COLUMNS]


def days_of(event: Event) -> list[date | None]:
    """The days that an event has rows for; [None] where the report gives none."""
    if event.start is None:
        return [None]
    start, end = date.fromisoformat(event.start), date.fromisoformat(event.end or event.start)
    length = max(0, (end - start).days)
    if event.date_precision > 1 or length >= _MOST_DAYS:
        return [start + timedelta(days=length // 2)]
    return [start + timedelta(days=day) for day in range(length + 1)]


def _cells(record: Record, event: Event) -> dict[str, Cell]:
    report, kind = record.report, event_kind(event.type)
    first, second = _inter(event.side_a, event), _inter(event.side_b, event)
    return {
        "time_precision": _TIME_PRECISION[event.date_precision] if event.start else None,
        "disorder_type": kind.disorder_type,
        "event_type": kind.event_type,
        "sub_event_type": kind.sub_event_type,
        "actor1": _name(event.side_a[0], event) if event.side_a else None,
        "assoc_actor_1": "; ".join(_name(slug, event) for slug in event.side_a[1:]),
        "inter1": first,
        "actor2": _name(event.side_b[0], event) if event.side_b else None,
        "assoc_actor_2": "; ".join(_name(slug, event) for slug in event.side_b[1:]),
        "inter2": second,
        "interaction": interaction(first, second),
        "civilian_targeting": "Civilian targeting" if _targets_civilians(event, second) else None,
        "source": "; ".join(dict.fromkeys(filter(None, (report.source, *(s.name for s in event.sources))))),
        "notes": summary(event),
        "tags": _tags(event),
    } | (_where(event.place) if event.place else {})


def _crowd(slug: str, event: Event) -> str | None:
    """Protesters and rioters by ACLED's names; those who demonstrate in an event of riots are rioters."""
    crowd = _CROWDS.get(slug)
    return "Rioters" if crowd and event_kind(event.type).event_type == "Riots" else crowd


def _inter(ids: tuple[str, ...], event: Event) -> str | None:
    """The kind of a side's primary actor. A state's forces outside their own country are external forces."""
    if not ids:
        return None
    crowd = _crowd(ids[0], event)
    if crowd:
        return crowd
    first = actor(ids[0])
    if first.kind != "state":
        return _INTER_OF[first.kind]
    here = event.place.country if event.place else None
    return "State forces" if first.country and here in (None, first.country) else "External/Other forces"


def interaction(first: str | None, second: str | None) -> str | None:
    """How ACLED writes who met whom: "State forces-Rebel group", "Protesters only"."""
    sides = sorted((side for side in (first, second) if side), key=INTER.index)
    return None if not sides else f"{sides[0]} only" if len(sides) == 1 else "-".join(sides)


def _name(slug: str, event: Event) -> str:
    """The actor's name; of people without arms with the country, as ACLED has it."""
    land = country(event.place.country if event.place else None)
    known = actor(slug)
    name = _crowd(slug, event) or known.name
    return f"{name} ({land.acled_name})" if known.kind == "civilians" and not known.country and land else name


def _targets_civilians(event: Event, second: str | None) -> bool:
    group = event_kind(event.type).event_type
    return group == "Violence against civilians" or (
        second in ("Civilians", "Protesters")
        and (group == "Explosions/Remote violence" or event.type == "excessive_force_against_protesters")
    )


def _where(place: Place) -> dict[str, Cell]:
    land, units = country(place.country), units_of(place)
    return {
        "iso": int(land.iso) if land and land.iso else None,
        "region": land.acled_region if land else None,
        "country": land.acled_name if land else None,
        "admin1": units.adm1 or None,
        "admin2": units.adm2 or None,
        "location": place.name,
        "latitude": place.lat,
        "longitude": place.lon,
        "geo_precision": _GEO_PRECISION[place.precision],
    }


def summary(event: Event) -> str:
    """One neutral line made of the event's fields."""
    kind = event_kind(event.type).sub_event_type
    parts = [kind if event.status == "reported" else f"{kind} ({event.status})"]
    other = {"agreement": "with", "non_violent_transfer_of_territory": "to"}.get(event.type, "against")
    for joint, ids in (("by", event.side_a), (other, event.side_b)):
        if ids:
            parts.append(f"{joint} {', '.join(_name(slug, event) for slug in ids)}")
    if event.place:
        parts.append(f"{'near' if event.place.precision == 2 else 'in'} {event.place.name}")
    if event.start:
        parts.append(
            f"on {event.start}" if event.end in (None, event.start) else f"from {event.start} to {event.end}"
        )
    tolls = [f"{figure(c)} ({side_of(c)})" for c in event.casualties if c.part_of is None]
    return " ".join(parts) + (f": {', '.join(tolls)}." if tolls else ".")


def _tags(event: Event) -> str | None:
    """A demonstration's crowd size, as ACLED tags it."""
    if event_kind(event.type).event_type not in ("Protests", "Riots"):
        return None
    sizes = [
        d
        for d in event.details
        if d.what in ("protesters", "demonstrators", "participants", "crowd", "crowd_size")
    ]
    return (
        f"crowd size={amount(sizes[0].n, sizes[0].bound)}"
        if sizes and sizes[0].n is not None
        else "crowd size=no report"
    )
