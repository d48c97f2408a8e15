"""UCDP GED: the 49 columns of its CSV file, one row an event of organised violence in which deaths are reported.

Source: UCDP GED codebook. Ids of UCDP's own registry stay blank unless the register of actors has them.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from datetime import date

from msgspec import structs

from sijill.export.cells import Cell, csv_line
from sijill.export.registers import actor, country, event_kind, units_of
from sijill.export.tolls import AsSaid, Figures, UcdpToll, tells_of_deaths, ucdp_toll
from sijill.records import Event, Place, Record

COLUMNS = (
    "id", "relid", "year", "active_year", "code_status", "type_of_violence",
    "conflict_dset_id", "conflict_new_id", "conflict_name", "dyad_dset_id", "dyad_new_id", "dyad_name",
    "side_a_dset_id", "side_a_new_id", "side_a", "side_b_dset_id", "side_b_new_id", "side_b",
    "number_of_sources", "source_article", "source_office", "source_date", "source_headline", "source_original",
    "where_prec", "where_coordinates", "where_description", "adm_1", "adm_2", "latitude", "longitude", "geom_wkt",
    "priogrid_gid", "country", "country_id", "region", "event_clarity", "date_prec", "date_start", "date_end",
    "deaths_a", "deaths_b", "deaths_civilians", "deaths_unknown", "best", "high", "low", "gwnoa", "gwnob",
)  # fmt: skip

_ARMLESS = ("civilians", "protesters", "rioters", "journalists")


def write_ucdp_ged(records: Iterable[Record], figures: Figures | None = None) -> Iterator[str]:
    """The header, then a row for each event that UCDP GED has: of a type of violence of its, not denied, with deaths. The
    figures are by the rule `ucdp` from each report alone, unless `figures` has them from elsewhere."""
    counted = figures or AsSaid("ucdp")
    yield csv_line(COLUMNS)
    for record in records:
        for number, event in enumerate(record.events):
            violence = type_of_violence(event)
            if violence is not None and event.status != "denied" and tells_of_deaths(event):
                cells = _cells(record, number, event, violence, counted)
                yield csv_line(cells[column] for column in COLUMNS)


def type_of_violence(event: Event) -> int | None:
    """1 state-based, 2 non-state, 3 one-sided, as the event's type allows; None of what is no event of UCDP's.

    A strike or a bomb is one-sided where those acted on bear no arms, or where only people without arms died of it and
    nobody else is named. A government on either side makes it state-based.
    """
    allowed = event_kind(event.type).ucdp
    if allowed == "-":
        return None
    if len(allowed) == 1:
        return int(allowed)
    if "3" in allowed and _one_sided(event):
        return 3
    states = any(actor(slug).kind == "state" for slug in (event.side_a[:1] + event.side_b[:1]))
    return 1 if states else 2


def _one_sided(event: Event) -> bool:
    if event.side_b:
        return not any(_armed(slug) for slug in event.side_b)
    return all(c.side == "civilians" for c in event.casualties if c.outcome == "killed")


def _armed(slug: str) -> bool:
    return slug not in _ARMLESS and actor(slug).kind != "civilians"


def priogrid_gid(lat: float, lon: float) -> int:
    """The number of the PRIO-GRID cell (half a degree; from 1 at 90 S 180 W, eastwards, then northwards)."""
    row = min(math.floor((lat + 90) * 2), 359)
    column = min(math.floor((lon + 180) * 2), 719)
    return row * 720 + column + 1


def date_precision(event: Event) -> int:
    """UCDP's date_prec: how wide the span is that the deaths fall in, and no finer than the event's own precision."""
    if event.start is None:
        return 5
    days = (date.fromisoformat(event.end or event.start) - date.fromisoformat(event.start)).days + 1
    span = 1 if days <= 1 else 2 if days <= 6 else 3 if days <= 7 else 4 if days <= 31 else 5
    return max(span, event.date_precision)


def _side(ids: tuple[str, ...], side: str, one_sided: bool) -> dict[str, Cell]:
    """The cells of a side: its primary actor by UCDP's name where the register has it, and of a state its number."""
    if one_sided and side == "b":
        return {"side_b": "Civilians", "side_b_new_id": None, "gwnob": None}
    if not ids:
        return {f"side_{side}": None}
    first = actor(ids[0])
    land = country(first.country)
    government = first.kind == "state" and first.id.endswith("-gov") and land is not None
    return {
        f"side_{side}": first.ucdp_name or first.name,
        f"side_{side}_new_id": first.ucdp_id or None,
        f"gwno{side}": land.ucdp_id if government and land is not None else None,
    }


def _as_ucdp_sides(event: Event, toll: UcdpToll, violence: int) -> tuple[Event, UcdpToll]:
    """In state-based fighting the state stands on side A; sides and deaths turn together. What is one-sided is done to
    civilians, as whom UCDP counts also fighters who were killed as captives."""
    if violence == 3:
        return event, toll._replace(b=0, civilians=toll.b + toll.civilians)
    states = [bool(ids) and actor(ids[0]).kind == "state" for ids in (event.side_a, event.side_b)]
    if violence == 1 and states == [False, True]:
        turned = structs.replace(event, side_a=event.side_b, side_b=event.side_a)
        return turned, toll._replace(a=toll.b, b=toll.a)
    return event, toll


def _cells(record: Record, number: int, event: Event, violence: int, figures: Figures) -> dict[str, Cell]:
    event, toll = _as_ucdp_sides(event, ucdp_toll(figures.estimates(record, number)), violence)
    report = record.report
    one_sided = violence == 3
    cells: dict[str, Cell] = dict.fromkeys(COLUMNS)
    cells |= {
        "relid": f"{report.id}#{number}",
        "year": int(event.start[:4]) if event.start else None,
        "type_of_violence": violence,
        "number_of_sources": figures.voices(record),
        "source_article": report.url or report.title or report.id,
        "source_office": report.source,
        "source_date": report.published,
        "source_headline": report.title,
        "source_original": "; ".join(source.name for source in event.sources) or report.source,
        "event_clarity": 1
        if event.place is not None and event.start is not None and date_precision(event) <= 3
        else 2,
        "date_prec": date_precision(event),
        "date_start": event.start,
        "date_end": event.end or event.start,
        "deaths_a": toll.a,
        "deaths_b": toll.b,
        "deaths_civilians": toll.civilians,
        "deaths_unknown": toll.unknown,
        "best": toll.best,
        "high": toll.high,
        "low": toll.low,
    }
    cells |= _side(event.side_a, "a", one_sided) | _side(event.side_b, "b", one_sided)
    if cells["side_a"] and cells["side_b"]:
        cells["dyad_name"] = f"{cells['side_a']} - {cells['side_b']}"
    return cells | (_where(event.place) if event.place else {})


def _where(place: Place) -> dict[str, Cell]:
    land, units = country(place.country), units_of(place)
    cells: dict[str, Cell] = {
        "where_prec": place.precision,
        "where_coordinates": place.name,
        "adm_1": units.adm1 or None,
        "adm_2": units.adm2 or None,
        "country": (land.ucdp_name or land.name) if land else None,
        "country_id": land.ucdp_id or None if land else None,
        "region": land.ucdp_region if land else None,
    }
    if place.lat is not None and place.lon is not None:
        cells |= {
            "latitude": place.lat,
            "longitude": place.lon,
            "geom_wkt": f"POINT ({place.lon} {place.lat})",
            "priogrid_gid": priogrid_gid(place.lat, place.lon),
        }
    return cells
