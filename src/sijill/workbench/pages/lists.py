"""Sources, actors and places: what the register and the knowledge hold, searched in either script."""

from __future__ import annotations

from typing import Annotated

from litestar import Router, get
from litestar.params import QueryParameter

from sijill.store.rows import fold
from sijill.workbench.context import Asked, Page, Register, page
from sijill.workbench.known_sources import known_sources
from sijill.workbench.roles import Role, at_least
from sijill.workbench.searching import search_actors, search_places
from sijill.workbench.wording import actor_name

PAGE = 100
Typed = Annotated[str, QueryParameter(max_length=100)]


@get("/sources", sync_to_thread=True)
def sources(
    request: Asked,
    store: Register,
    q: Typed = "",
    number: Annotated[int, QueryParameter(name="page", ge=1, le=100_000)] = 1,
) -> Page:
    """Who tells: the kind of source, its side, how much it tells, and how well others agree."""
    found = known_sources(store)
    if q:
        found = [source for source in found if fold(q) in source.key]
    start = (number - 1) * PAGE
    return page(
        request,
        "sources.html",
        q=q,
        sources=found[start : start + PAGE],
        actor_name=actor_name,
        number=number,
        last=-(-len(found) // PAGE) or 1,
    )


@get("/actors", sync_to_thread=True)
def actors(request: Asked, q: Typed = "") -> Page:
    """Actors of the register by a part of a name."""
    return page(request, "actors.html", q=q, actors=search_actors(q, PAGE), actor_name=actor_name)


@get("/places", sync_to_thread=True)
def places(request: Asked, q: Typed = "") -> Page:
    """Places of the gazetteer by a part of a name."""
    return page(request, "places.html", q=q, places=search_places(q, None, PAGE))


router = Router(
    path="/",
    route_handlers=[sources, actors, places],
    guards=[at_least(Role.viewer)],
    include_in_schema=False,
)
