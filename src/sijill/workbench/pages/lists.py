"""Sources, actors and places: what the register and the knowledge hold, searched in either script."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, get_args

from litestar import Router, get, post
from litestar.params import QueryParameter, URLEncodedBody
from litestar.response import Redirect

from sijill.store.link_added import count_anew
from sijill.store.rows import fold
from sijill.store.sources import Reliability, SourceSetting, set_source, source_settings
from sijill.workbench.context import Asked, Page, Register, page
from sijill.workbench.forms import back_to
from sijill.workbench.known_sources import known_sources
from sijill.workbench.roles import Role, User, at_least
from sijill.workbench.searching import search_actors, search_places
from sijill.workbench.wording import actor_name

PAGE = 100
Typed = Annotated[str, QueryParameter(max_length=100)]


@dataclass
class Relied:
    """The form that says how far a source is relied on; `next` is the page to go back to."""

    name: str
    reliability: Reliability
    next: str = "/sources"


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
    with store.read() as connection:
        settings = source_settings(connection)
    return page(
        request,
        "sources.html",
        q=q,
        sources=[
            (source, settings.get(source.key, SourceSetting())) for source in found[start : start + PAGE]
        ],
        reliabilities=get_args(Reliability),
        may_set=_user(request).may(Role.coder),
        actor_name=actor_name,
        number=number,
        last=-(-len(found) // PAGE) or 1,
    )


@post("/sources", guards=[at_least(Role.coder)], sync_to_thread=True)
def rely(request: Asked, store: Register, data: URLEncodedBody[Relied]) -> Redirect:
    """Set how far a source is relied on; the figures of the events that it tells of are counted anew."""
    set_source(store, data.name, _user(request).name, reliability=data.reliability)
    count_anew(store, data.name)
    return back_to(data.next)


def _user(request: Asked) -> User:
    assert isinstance(request.user, User)  # the guard has seen to it
    return request.user


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
    route_handlers=[sources, rely, actors, places],
    guards=[at_least(Role.viewer)],
    include_in_schema=False,
)
