"""The map and its timeline: events by place, time, type, actor and toll; a table of the same beside them."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from litestar import Router, get

from sijill.records import GROUP_OF, GROUPS, Place
from sijill.store import find_events
from sijill.store.queries import Point, event_points
from sijill.workbench.context import Asked, Page, Register, language_of, page
from sijill.workbench.embedding import as_json
from sijill.workbench.filters import filter_of
from sijill.workbench.languages import Translate, translator
from sijill.workbench.roles import Role, at_least
from sijill.workbench.wording import actor_name, days_words, place_name, place_words

MOST = 8000
"""Events that one map shows: the newest of those that the filters let through."""
ROWS = 50


@get("/map", sync_to_thread=True)
def atlas(request: Asked, store: Register) -> Page:
    """The map, with its filters in the address."""
    lang = language_of(request)
    t = translator(lang)
    asked = filter_of(request.query_params)
    offset = _whole(request.query_params.get("offset"))
    found = find_events(store, asked.wanted, limit=ROWS, offset=offset)
    return page(
        request,
        "map.html",
        values=asked.values,
        query=urlencode(asked.values),
        found=found,
        rows=ROWS,
        groups=GROUPS,
        actor=lambda slug: actor_name(slug, lang),
        place_words=lambda place: place_words(place, t, lang),
        days_words=days_words,
        data=as_json(_data(t)),
    )


def _whole(given: str | None) -> int:
    return int(given) if given and given.isdecimal() and len(given) < 9 else 0


def _data(t: Translate) -> dict[str, Any]:
    return {
        "groups": {group: t(f"codebook.group_{group}") for group in GROUPS},
        "group_of": GROUP_OF,
        "types": {slug: t(f"codebook.type_{slug}") for slug in GROUP_OF},
        "states": {state: t(f"codebook.state_{state}") for state in ("held", "partial", "contested", "left")},
        "say": {
            key: t(f"map.{key}")
            for key in ("killed", "events", "week", "month", "shown", "open", "unknown", "per_week", "per_month", "cluster")
        },
    }  # fmt: skip


@get("/map/events.json", sync_to_thread=True)
def map_events(request: Asked, store: Register) -> dict[str, Any]:
    """The events of the map, each as a list in the order of `columns`, and how many there are in all."""
    lang = language_of(request)
    points, total = event_points(store, filter_of(request.query_params).wanted, limit=MOST)
    return {
        "columns": ["id", "type", "status", "start", "end", "place", "lat", "lon", "low", "best", "high"],
        "events": [_row(point, lang) for point in points],
        "total": total,
    }


def _row(point: Point, lang: str) -> list[Any]:
    name = point.place
    if lang == "ar":
        name = place_name(Place(name=name, lat=point.lat, lon=point.lon), lang)
    where = [name, round(point.lat, 5), round(point.lon, 5)]
    return [point.id, point.type, point.status, point.start, point.end, *where, *point.toll]


router = Router(
    path="/", route_handlers=[atlas, map_events], guards=[at_least(Role.viewer)], include_in_schema=False
)
