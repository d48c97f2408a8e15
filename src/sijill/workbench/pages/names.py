"""The names on the map: countries, governorates and towns of the gazetteer, in both languages, as GeoJSON."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import msgspec
from litestar import MediaType, Response, Router, get

from sijill.language.gazetteer import Place, gazetteer
from sijill.language.transliteration import is_arabic_name
from sijill.workbench.roles import Role, at_least
from sijill.workbench.wording import country_name, in_common_spelling

LEAST_POPULATION = 8000
"""Of towns that are named; smaller ones would only crowd each other out."""
_KINDS = {"country": "country", "governorate": "governorate"}
_NOT_TOWNS = frozenset(
    ["district", "region", "desert", "river", "sea", "strait", "mountain", "area", "road", "neighbourhood"]
)


@lru_cache(maxsize=1)
def names() -> bytes:
    """A FeatureCollection of points with `kind` (country, governorate, town), `en`, `ar` and `population`."""
    features = [
        _feature(place)
        for place in gazetteer()
        if place.kind in _KINDS or (place.kind not in _NOT_TOWNS and place.population >= LEAST_POPULATION)
    ]
    return msgspec.json.encode({"type": "FeatureCollection", "features": features})


def _feature(place: Place) -> dict[str, Any]:
    if place.kind == "country":
        english, arabic = country_name(place.country, "en"), country_name(place.country, "ar")
    else:
        form = next((name for name in place.names if is_arabic_name(name)), None)
        english, arabic = place.name, in_common_spelling(form) if form else place.name
    return {
        "type": "Feature",
        "geometry": {"type": "Point", "coordinates": [place.lon, place.lat]},
        "properties": {
            "kind": _KINDS.get(place.kind, "town"),
            "en": english,
            "ar": arabic,
            "population": place.population,
        },
    }


@get("/map/names.json", sync_to_thread=True)
def map_names() -> Response[bytes]:
    """The names, the same for everybody until the workbench is started again."""
    return Response(names(), media_type=MediaType.JSON)


router = Router(path="/", route_handlers=[map_names], guards=[at_least(Role.viewer)], include_in_schema=False)
