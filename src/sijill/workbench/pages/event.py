"""An event: everything told of it side by side, its toll by a counting rule, why its tellings are one, merge and split."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any, get_args

from litestar import Router, get
from litestar.params import FromPath
from litestar.response import Redirect

from sijill.ledger.accounts import Account, Rule
from sijill.ledger.counting import grade
from sijill.store import Filter, Found, Store, find_events, show
from sijill.store.decisions import link_decisions
from sijill.store.present import undone
from sijill.store.queries import Telling
from sijill.workbench.account_view import (
    compared,
    comparison_words,
    contradiction_name,
    contradiction_value,
    level_words,
    side_by_side,
    side_name,
    threshold,
    toll,
)
from sijill.workbench.context import Asked, Page, Register, language_of, page
from sijill.workbench.embedding import as_json
from sijill.workbench.languages import translator
from sijill.workbench.roles import Role, at_least
from sijill.workbench.wording import actor_name, days_words, isolate, place_words

RULES: tuple[Rule, ...] = get_args(Rule)
_NEAR_KM, _NEAR_DAYS, _CANDIDATES = 60.0, 10, 12


def chosen_rule(given: str | None) -> Rule:
    """The counting rule of that name, `ucdp` where there is none of it."""
    return next((rule for rule in RULES if rule == given), "ucdp")


@get("/events/{name:str}", sync_to_thread=True)
def event(request: Asked, store: Register, name: FromPath[str]) -> Page | Redirect:
    """An account by its id, or by the id of one of its tellings."""
    shown = show(store, name)
    account = shown.account
    if account is None:
        telling = shown.tellings[0]
        return Redirect(f"/reports/{telling.report_hash}#{telling.part.id}")
    lang = language_of(request)
    t = translator(lang)
    rule = chosen_rule(request.query_params.get("rule"))
    decisions = link_decisions(store, {telling.report_hash for telling in shown.tellings})
    estimates = toll(account, rule)
    return page(
        request,
        "event.html",
        account=account,
        title=t(f"codebook.type_{account.type}"),
        place=place_words(account.place, t, lang),
        days=days_words(account.start, account.end),
        sides=[
            [(slug, actor_name(slug, lang)) for slug in side] for side in (account.side_a, account.side_b)
        ],
        tellings=shown.tellings,
        rows=side_by_side(account, shown.tellings, t, lang),
        rule=rule,
        rules=RULES,
        estimates=estimates,
        tiles_shown=[e for e in estimates if e.side != "total" or _alone(e.outcome, estimates)],
        grade=grade(account.claims) if rule == "airwars" else None,
        side_name=lambda side: side_name(account, side, t, lang),
        contradiction_name=lambda field: contradiction_name(account, field, t, lang),
        contradiction_value=lambda field, value: contradiction_value(field, value, t, lang),
        pairs=compared(shown.tellings),
        comparison_words=lambda name: comparison_words(name, t, lang),
        level_words=lambda step: level_words(step, t, lang),
        threshold=f"{threshold():g}",
        candidates=_candidates(store, account),
        place_words=lambda place: place_words(place, t, lang),
        days_words=days_words,
        houses=list(dict.fromkeys(_houses(account, shown.tellings))),
        isolate=isolate,
        bits=lambda n: f"{n + 0.0:+.1f}".replace("-0.0", "+0.0"),
        decisions=decisions,
        undone=undone(decisions) | {d.hash for d in decisions if d.what == "undo"},
        data=as_json(_data(account, [telling.part.id for telling in shown.tellings], t)),
    )


def _houses(account: Account, tellings: list[Telling]) -> Iterator[str]:
    """On whose word the tellings stand: the houses that report, and whom they quote."""
    for telling in tellings:
        if telling.report.source:
            yield telling.report.source
    for claim in account.claims:
        if claim.source:
            yield claim.source


def _alone(outcome: str, estimates: Any) -> bool:
    """Whether the total is all that there is of an outcome."""
    return sum(1 for e in estimates if e.outcome == outcome) == 1


def _data(account: Account, tellings: list[str], t: Any) -> dict[str, Any]:
    keys = ("merged", "split_done", "choose_first", "choose_merge", "keys_merge", "keys_split", "keys_undo")
    point = account.place
    return {
        "account": account.id,
        "tellings": tellings,
        "point": None if point is None or point.lat is None or point.lon is None else [point.lon, point.lat],
        "precision": point.precision if point else None,
        "say": {key: t(f"event.{key}") for key in keys}
        | {key: t(f"report.{key}") for key in ("undo", "undone", "keys", "cancel")},
    }


def _candidates(store: Store, account: Account) -> list[Found]:
    """Other accounts of the days around, near the place: what may be merged, nearest in time first."""
    if (
        account.start is None
        or account.place is None
        or account.place.lat is None
        or account.place.lon is None
    ):
        return []
    start, end = date.fromisoformat(account.start), date.fromisoformat(account.end or account.start)
    wanted = Filter(
        since=(start - timedelta(days=_NEAR_DAYS)).isoformat(),
        until=(end + timedelta(days=_NEAR_DAYS)).isoformat(),
        near=(account.place.lat, account.place.lon, _NEAR_KM),
    )
    found = find_events(store, wanted, limit=100, total=False).events
    others = [other for other in found if other.account != account.id]
    others.sort(
        key=lambda other: (other.event.type != account.type, _apart(other.event.start, start), other.id)
    )
    return others[:_CANDIDATES]


def _apart(day: str | None, from_: date) -> int:
    return abs((date.fromisoformat(day) - from_).days) if day else 10_000


router = Router(path="/", route_handlers=[event], guards=[at_least(Role.viewer)], include_in_schema=False)
