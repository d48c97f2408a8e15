"""GeoJSON (RFC 7946): one feature an event, a point where the place has coordinates, null geometry where not."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import msgspec

from sijill.export.registers import actor
from sijill.export.tolls import Figures
from sijill.ledger.accounts import Estimate
from sijill.records import Event, Record


def write_geojson(records: Iterable[Record], figures: Figures | None = None) -> Iterator[str]:
    """One FeatureCollection, feature by feature; with `figures`, the low, best and high of each outcome and side."""
    yield '{"type":"FeatureCollection","features":['
    separator = "\n"
    for record in records:
        for number, event in enumerate(record.events):
            yield separator + msgspec.json.encode(feature(record, number, event, figures)).decode()
            separator = ",\n"
    yield "\n]}\n"


def feature(record: Record, number: int, event: Event, figures: Figures | None = None) -> dict[str, object]:
    """An event as a feature. Its properties are the event's own fields, without the evidence, and the report's."""
    place = event.place
    placed = place is not None and place.lat is not None and place.lon is not None
    point = {"type": "Point", "coordinates": [place.lon, place.lat]} if placed and place is not None else None
    fields = msgspec.to_builtins(event)
    report = record.report
    counted = (
        {}
        if figures is None
        else {"voices": figures.voices(record), "toll": _toll(figures.estimates(record, number))}
    )
    return {
        "type": "Feature",
        "id": f"{report.id}#{number}",
        "geometry": point,
        "properties": {
            "report": report.id,
            "published": report.published,
            "report_source": report.source,
            "url": report.url,
            **{
                name: value
                for name, value in fields.items()
                if name not in ("evidence", "notes", "confidence")
            },
            **counted,
            "side_a_names": [actor(slug).name for slug in event.side_a],
            "side_b_names": [actor(slug).name for slug in event.side_b],
        },
    }


def _toll(found: Sequence[Estimate]) -> list[dict[str, object]]:
    return [
        {"outcome": e.outcome, "side": e.side, "low": e.low, "best": e.best, "high": e.high, "rule": e.rule}
        for e in found
    ]
