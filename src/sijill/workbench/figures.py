"""Tolls by week, month, side and governorate, each by a counting rule that is named."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from datetime import date, timedelta
from typing import Literal

import msgspec

from sijill.export.registers import units_of
from sijill.ledger.accounts import Rule
from sijill.records import Place
from sijill.store import Filter, Store
from sijill.store.linking import derived_state
from sijill.store.lists import Sum, sum_tolls
from sijill.workbench.remembering import Remembered

By = Literal["day", "week", "month", "side", "governorate", "country"]


class Figure(msgspec.Struct, frozen=True):
    """The killed of one group: `key` is the first day of a time, a side (a, b, civilians, unknown, total), a governorate
    or a country; None where it isn't known."""

    key: str | None
    events: int
    low: int
    best: int
    high: int


class Figures(msgspec.Struct, frozen=True):
    """Figures by the rule, in order of time, or the largest first."""

    rule: Rule
    by: By
    figures: list[Figure]


def _week(day: str) -> str:
    then = date.fromisoformat(day)
    return (then - timedelta(days=then.weekday())).isoformat()


def _governorate(
    name: str | None, country: str | None, lat: float | None, lon: float | None, prec: int | None
) -> str | None:
    if name is None:
        return None
    return units_of(Place(name=name, country=country, lat=lat, lon=lon, precision=prec or 1)).adm1 or None


_GROUPS: dict[By, tuple[Literal["day", "side", "place"], Callable[[Sum], str | None]]] = {
    "day": ("day", lambda found: found.key[0]),
    "week": ("day", lambda found: found.key[0] and _week(found.key[0])),
    "month": ("day", lambda found: found.key[0] and found.key[0][:7] + "-01"),
    "side": ("side", lambda found: found.side),
    "governorate": ("place", lambda found: _governorate(*found.key)),
    "country": ("place", lambda found: found.key[1]),
}


_figures: Remembered[Figures] = Remembered()


def figures(store: Store, wanted: Filter, rule: Rule, by: By) -> Figures:
    """The figures of the accounts that a filter lets through, added up anew only when the register has changed."""
    return _figures.get(
        (store.id, wanted, rule, by), derived_state(store), lambda: _added_up(store, wanted, rule, by)
    )


def _added_up(store: Store, wanted: Filter, rule: Rule, by: By) -> Figures:
    of, key = _GROUPS[by]
    groups: dict[str | None, list[int]] = defaultdict(lambda: [0, 0, 0, 0])
    for found in sum_tolls(store, wanted, rule, of):
        group = groups[key(found)]
        for position, value in enumerate((found.events, found.low, found.best, found.high)):
            group[position] += value
    made = [Figure(name, *values) for name, values in groups.items()]
    if of == "day":
        made.sort(key=lambda figure: figure.key or "9")
    else:
        made.sort(key=lambda figure: (-figure.best, figure.key or ""))
    return Figures(rule, by, made)
