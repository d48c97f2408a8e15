"""Territory: who held which place on a day, and from when to when."""

from __future__ import annotations

from datetime import date
from typing import Any

from litestar import Router, get

from sijill.store import FilterError
from sijill.workbench.context import Asked, Page, Register, language_of, page
from sijill.workbench.control_view import COLOURS, as_data, days_of, holders, known_timelines
from sijill.workbench.embedding import as_json
from sijill.workbench.languages import translator
from sijill.workbench.roles import Role, at_least
from sijill.workbench.wording import actor_name, place_words


@get("/control", sync_to_thread=True)
def control(request: Asked, store: Register) -> Page:
    """Who holds what on the day `on`, the last one that is told of if none is given."""
    lang = language_of(request)
    t = translator(lang)
    timelines = known_timelines(store)
    days = days_of(timelines)
    on = request.query_params.get("on") or (days[1] if days else "")
    if on:
        try:
            date.fromisoformat(on)
        except ValueError:
            raise FilterError(f"on is not a day (YYYY-MM-DD): {on}") from None
    order = {slug: number for number, slug in enumerate(holders(timelines))}
    return page(
        request,
        "control.html",
        on=on,
        days=days,
        places=[(timeline, timeline.on(on)) for timeline in timelines],
        holders=[(slug, actor_name(slug, lang)) for slug in order],
        colour=lambda slug: min(order[slug], COLOURS),
        colours=COLOURS,
        actor=lambda slug: actor_name(slug, lang),
        place_words=lambda place: place_words(place, t, lang),
        data=as_json(
            {
                "on": on,
                "first": days[0] if days else None,
                "last": days[1] if days else None,
                "states": {s: t(f"codebook.state_{s}") for s in ("held", "partial", "contested", "left")},
                "say": {key: t(f"control.{key}") for key in ("nobody", "not_told", "plays", "stops")},
            }
        ),
    )


@get("/control/places.json", sync_to_thread=True)
def control_places(request: Asked, store: Register) -> dict[str, Any]:
    """Every place that changes hands, with its spells and holders."""
    return as_data(known_timelines(store), language_of(request))


router = Router(
    path="/",
    route_handlers=[control, control_places],
    guards=[at_least(Role.viewer)],
    include_in_schema=False,
)
