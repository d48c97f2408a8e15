"""Actors and places by what is typed, in Arabic or Latin letters, before it is whole."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from functools import lru_cache
from typing import Generic, TypeVar

import msgspec
from rapidfuzz import fuzz, process

from sijill.language.actors import register
from sijill.language.gazetteer import gazetteer
from sijill.language.transliteration import is_arabic_name
from sijill.rules.knowledge import alias_rows
from sijill.store.rows import fold
from sijill.workbench.wording import in_common_spelling

_ALIKE = 80
"""Score (0 to 100) from which a name with slips of the pen is still offered."""


class ActorFound(msgspec.Struct, frozen=True):
    """An actor of the register; `name` is what was found of it."""

    id: str
    name_en: str
    name_ar: str
    kind: str
    country: str | None
    parent: str | None
    name: str


class PlaceFound(msgspec.Struct, frozen=True):
    """A place of the gazetteer, fit for a record: `precision` is UCDP's where_prec; `arabic` is its name in Arabic, where it has one."""

    name: str
    arabic: str | None
    country: str
    lat: float
    lon: float
    precision: int
    kind: str
    adm1: str | None


Key = TypeVar("Key", bound=int | str)


class _Names(Generic[Key]):
    """Names in order, each with what it names and a weight by which equals are ordered."""

    def __init__(self, names: Iterable[tuple[str, Key, float]]) -> None:
        rows = sorted({(folded, key, weight) for name, key, weight in names if (folded := fold(name))})
        self.names = [row[0] for row in rows]
        self.keys = [row[1] for row in rows]
        self.weights = [row[2] for row in rows]

    def search(self, typed: str, limit: int) -> dict[Key, str]:
        """What is named so, then what begins so, then what sounds nearly so: key and name found, best first."""
        query = fold(typed)
        if not query:
            return {}
        start = bisect_left(self.names, query)
        begins = range(start, bisect_left(self.names, query + "\U0010ffff"))
        ordered = sorted(
            begins, key=lambda row: (self.names[row] != query, -self.weights[row], self.names[row])
        )
        found: dict[Key, str] = {}
        for row in ordered:
            found.setdefault(self.keys[row], self.names[row])
            if len(found) == limit:
                return found
        if len(query) > 2:
            near = process.extract(query, self.names, scorer=fuzz.ratio, score_cutoff=_ALIKE, limit=limit * 2)
            for name, _, row in near:
                if len(found) < limit:
                    found.setdefault(self.keys[row], name)
        return found


@lru_cache(maxsize=1)
def _actor_names() -> _Names[str]:
    names = [
        (name, actor.id, 1.0)
        for actor in register().values()
        for name in (actor.name_en, actor.name_ar, actor.id)
    ]
    aliases = [(row["alias"], row["id"], 0.0) for row in alias_rows() if row["id"] in register()]
    return _Names([*names, *aliases])


@lru_cache(maxsize=1)
def _place_names() -> _Names[int]:
    return _Names(
        (name, number, float(place.population))
        for number, place in enumerate(gazetteer())
        for name in (place.name, *place.names)
    )


def warm() -> None:
    """Read the names in before the first is typed."""
    _actor_names()
    _place_names()


def search_actors(typed: str, limit: int = 20) -> list[ActorFound]:
    """Actors by a part of one of their names, in either script; all of them, by id, where nothing is typed."""
    known = register()
    found = _actor_names().search(typed, limit) if typed.strip() else dict.fromkeys(sorted(known)[:limit], "")
    return [actor_found(key, name) for key, name in found.items()]


def actor_found(id_: str, name: str = "") -> ActorFound:
    """The actor of that id. Raises `KeyError` where there is none."""
    actor = register()[id_]
    return ActorFound(
        actor.id, actor.name_en, actor.name_ar, actor.kind, actor.country, actor.parent, name or actor.name_en
    )


def search_places(typed: str, country: str | None = None, limit: int = 20) -> list[PlaceFound]:
    """Places by a part of one of their names, in either script, of one country if it is given."""
    wider = limit if country is None else limit * 20
    places = [gazetteer().place(number) for number in _place_names().search(typed, wider)]
    return [
        PlaceFound(
            name=place.name,
            arabic=next((in_common_spelling(name) for name in place.names if is_arabic_name(name)), None),
            country=place.country,
            lat=place.lat,
            lon=place.lon,
            precision=place.precision,
            kind=place.kind,
            adm1=unit.name if place.adm1 and (unit := gazetteer().unit(place.adm1)) else None,
        )
        for place in places
        if country is None or place.country == country.upper()
    ][:limit]
