"""Figures: tolls by week, by whose they are and by governorate, the counting rule named."""

from __future__ import annotations

from datetime import date, timedelta
from typing import get_args
from urllib.parse import urlencode

from litestar import Router, get

from sijill.records import GROUPS, Outcome, Place
from sijill.store import Store
from sijill.store.queries import extent_of_days
from sijill.workbench.context import Asked, Page, Register, language_of, page
from sijill.workbench.embedding import as_json
from sijill.workbench.figures_view import kept_figures
from sijill.workbench.filters import filter_of
from sijill.workbench.languages import translator
from sijill.workbench.pages.event import RULES, chosen_rule
from sijill.workbench.roles import Role, at_least
from sijill.workbench.wording import actor_name, country_name, place_name

OUTCOMES: tuple[Outcome, ...] = get_args(Outcome)


@get("/figures", sync_to_thread=True)
def figures(request: Asked, store: Register) -> Page:
    """The last year that is told of, unless other days are asked for."""
    lang = language_of(request)
    t = translator(lang)
    asked = filter_of(request.query_params, **_last_year(store))
    rule = chosen_rule(request.query_params.get("rule"))
    outcome: Outcome = next((o for o in OUTCOMES if o == request.query_params.get("outcome")), "killed")
    found = kept_figures(store, asked.wanted, rule, outcome)
    sides = [
        (
            t(f"codebook.side_{slug}") if slug in ("civilians", "unknown") else actor_name(slug, lang),
            summed,
        )
        for slug, summed in found.sides
    ]
    units = [
        (
            place_name(Place(name=unit, country=country, precision=4), lang),
            country_name(country, lang),
            summed,
        )
        for country, unit, summed in found.units
    ]
    return page(
        request,
        "figures.html",
        values=asked.values,
        query=urlencode(asked.values),
        groups=GROUPS,
        rule=rule,
        rules=RULES,
        outcome=outcome,
        outcomes=OUTCOMES,
        found=found,
        sides=sides,
        units=units,
        data=as_json(
            {
                "weeks": [[w.start, w.civilians, w.armed, w.unknown, w.total.low, w.total.best, w.total.high] for w in found.weeks],
                "sides": [[name, s.low, s.best, s.high] for name, s in sides[:12]],
                "units": [[name, s.low, s.best, s.high] for name, _, s in units[:12]],
                "say": {
                    "civilians": t("figures.civilians"),
                    "armed": t("figures.armed"),
                    "unknown": t("figures.unknown"),
                    "best": t("event.best"),
                    "low": t("event.low"),
                    "high": t("event.high"),
                    "week": t("figures.week_of"),
                },
            }
        ),
    )  # fmt: skip


def _last_year(store: Store) -> dict[str, str]:
    days = extent_of_days(store)
    if days is None:
        return {}
    since = max(date.fromisoformat(days[0]), date.fromisoformat(days[1]) - timedelta(days=366))
    return {"since": since.isoformat(), "until": days[1]}


router = Router(path="/", route_handlers=[figures], guards=[at_least(Role.viewer)], include_in_schema=False)
