"""What is looked up: actors, places, sources, control, figures."""

from __future__ import annotations

from typing import Annotated

import msgspec
from litestar import Router, get
from litestar.di import NamedDependency, Provide
from litestar.params import FromPath, FromQuery, QueryParameter

from sijill.ledger.control import Timeline
from sijill.store import Filter, NotFoundError
from sijill.store.lists import SourceRow
from sijill.workbench.context import Register
from sijill.workbench.control import timelines_of
from sijill.workbench.figures import By, Figures, figures
from sijill.workbench.filters import Day, Limit, RuleAsked, Text, wanted
from sijill.workbench.known_sources import known_sources
from sijill.workbench.searching import ActorFound, PlaceFound, actor_found, search_actors, search_places


class SourceView(msgspec.Struct, frozen=True):
    """A source, what it tells of, and its reliability: the share of the events it shares with others on which no teller
    differs (0 to 1; None where it shares none)."""

    source: SourceRow
    reliability: float | None


class ActorsFound(msgspec.Struct, frozen=True):
    """Actors, the likeliest first."""

    actors: list[ActorFound]


class PlacesFound(msgspec.Struct, frozen=True):
    """Places, the likeliest first."""

    places: list[PlaceFound]


Typed = Annotated[str, QueryParameter(max_length=100, description="A part of a name, Arabic or Latin.")]
Country = Annotated[str | None, QueryParameter(pattern="^[A-Za-z]{2}$", description="ISO 3166-1 alpha-2.")]


@get("/actors", sync_to_thread=True)
def list_actors(q: Typed = "", limit: Limit = 20) -> ActorsFound:
    """Actors of the register whose name begins or sounds as typed."""
    return ActorsFound(search_actors(q, limit))


@get("/actors/{actor_id:str}", sync_to_thread=True)
def read_actor(actor_id: FromPath[str]) -> ActorFound:
    """One actor by its id."""
    try:
        return actor_found(actor_id)
    except KeyError:
        raise NotFoundError(f"there is no actor {actor_id}") from None


@get("/places", sync_to_thread=True)
def list_places(q: Typed = "", country: Country = None, limit: Limit = 20) -> PlacesFound:
    """Places of the gazetteer whose name begins or sounds as typed."""
    return PlacesFound(search_places(q, country, limit))


@get("/sources", sync_to_thread=True)
def list_sources(store: Register) -> list[SourceView]:
    """Who tells, of how much, and how well others agree."""
    return [SourceView(source, source.agreement) for source in known_sources(store)]


@get("/control", sync_to_thread=True)
def list_control(store: Register, place: Text = None, on: Day = None) -> list[Timeline]:
    """Who held which place from when to when, and on whose word; with `on`, only the spell of that day."""
    return timelines_of(store, place, on)


@get("/figures", sync_to_thread=True, dependencies={"wanted": Provide(wanted, sync_to_thread=False)})
def read_figures(
    store: Register, wanted: NamedDependency[Filter], by: FromQuery[By] = "week", rule: RuleAsked = "ucdp"
) -> Figures:
    """Tolls by day, week, month, side, governorate or country, by a counting rule."""
    return figures(store, wanted, rule, by)


router = Router(
    path="/",
    route_handlers=[list_actors, read_actor, list_places, list_sources, list_control, read_figures],
    tags=["knowledge"],
)
