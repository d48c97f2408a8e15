"""Names and codes that outward formats need: actors, countries, types of event, units of places."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from sijill.records import Place
from sijill.rules.knowledge import KNOWLEDGE
from sijill.rules.own_actors import own_actors


class Actor(NamedTuple):
    """A party: `kind` is state, rebel, militia, unidentified or civilians; `ucdp_id` and `ucdp_name` "" where unknown."""

    id: str
    name: str
    kind: str
    country: str
    ucdp_id: str
    ucdp_name: str


class Country(NamedTuple):
    """A row of `formats/countries.tsv`."""

    code: str
    iso: str
    name: str
    ucdp_name: str
    ucdp_id: str
    ucdp_region: str
    acled_name: str
    acled_region: str


class EventKind(NamedTuple):
    """A row of `formats/acled_types.tsv`; `ucdp` has the types of violence that may be, "-" for none."""

    type: str
    event_type: str
    sub_event_type: str
    disorder_type: str
    ucdp: str


class Units(NamedTuple):
    """The first-level and second-level unit that a place lies in, "" where unknown."""

    adm1: str
    adm2: str


def _tsv(path: Path) -> list[list[str]]:
    lines = path.read_text(encoding="utf-8").splitlines()
    return [line.split("\t") for line in lines if line and not line.startswith("#")][1:]


@lru_cache(maxsize=1)
def _actors() -> dict[str, Actor]:
    with (KNOWLEDGE / "actors" / "actors.csv").open(encoding="utf-8", newline="") as lines:
        return {
            row["id"]: Actor(
                row["id"], row["name_en"], row["kind"], row["country"], row["ucdp_id"], row["ucdp_name"]
            )
            for row in (*csv.DictReader(lines), *own_actors())
        }


@lru_cache(maxsize=1)
def _countries() -> dict[str, Country]:
    return {row[0]: Country(*row) for row in _tsv(KNOWLEDGE / "formats" / "countries.tsv")}


@lru_cache(maxsize=1)
def _kinds() -> dict[str, EventKind]:
    return {row[0]: EventKind(*row) for row in _tsv(KNOWLEDGE / "formats" / "acled_types.tsv")}


def actor(slug: str) -> Actor:
    """The actor of an id. One that the register lacks is named by the words of its slug, its kind by how slugs are made
    (`-gov` a state, `unidentified-XX` unidentified armed people, else a militia)."""
    known = _actors().get(slug)
    if known:
        return known
    head, _, tail = slug.rpartition("-")
    if head == "unidentified":
        land = country(tail.upper())
        return Actor(
            slug,
            f"Unidentified armed people ({land.name if land else tail.upper()})",
            "unidentified",
            tail.upper(),
            "",
            "",
        )
    kind = "state" if tail == "gov" else "militia"
    return Actor(slug, " ".join(word.capitalize() for word in slug.split("-")), kind, "", "", "")


def actor_names(ids: Sequence[str]) -> str:
    """English names of actors, in order, joined by "; "."""
    return "; ".join(actor(slug).name for slug in ids)


def country(code: str | None) -> Country | None:
    """The country of an ISO 3166-1 alpha-2 code."""
    return _countries().get(code) if code else None


def event_kind(slug: str) -> EventKind:
    """What the codebook's type is called outside."""
    return _kinds()[slug]


@lru_cache(maxsize=4096)
def units_of(place: Place) -> Units:
    """The units that a place lies in: itself where it is one, else by the gazetteer's row of that name nearby (20 km)."""
    if place.precision == 4:
        return Units(place.name, "")
    if place.precision >= 5 or place.lat is None or place.lon is None:
        return Units("", "")
    from sijill.language.gazetteer import distance_km, gazetteer

    best, found = 20.0, Units("", "")
    for row in gazetteer().named(" ".join(place.name.lower().replace("-", " ").split())):
        away = distance_km(place.lat, place.lon, row.lat, row.lon)
        if row.country == place.country and row.adm1 and away < best:
            unit = gazetteer().unit(row.adm1)
            best, found = away, Units(unit.name if unit else "", row.adm2)
    return Units(found.adm1, place.name) if place.precision == 3 else found
