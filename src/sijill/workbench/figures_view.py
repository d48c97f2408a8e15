"""Tolls added up over events: by week, by whose they are, by governorate, each by a named counting rule."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

import msgspec

from sijill.export.registers import units_of
from sijill.ledger.accounts import Account, Estimate, Rule
from sijill.ledger.counting import estimates
from sijill.records import Outcome
from sijill.store import Filter, Store, find_accounts
from sijill.store.linking import derived_state


class Sum(msgspec.Struct):
    """Low, best and high added up, over how many events."""

    low: int = 0
    best: int = 0
    high: int = 0
    events: int = 0

    def add(self, found: Estimate) -> None:
        """Take in the toll of one more event."""
        self.low += found.low
        self.best += found.best
        self.high += found.high
        self.events += 1


class Week(msgspec.Struct):
    """A week that begins on the Monday `start`: its total, and the best estimate by whose the dead are."""

    start: str
    total: Sum = msgspec.field(default_factory=Sum)
    civilians: int = 0
    armed: int = 0
    unknown: int = 0


class Figures(msgspec.Struct):
    """`sides` is by the id of the actor whose people they are, `civilians` or `unknown`; `units` by country and governorate.
    `undated` and `unplaced` are in the total, but in no week or no governorate."""

    total: Sum
    weeks: list[Week]
    sides: list[tuple[str, Sum]]
    units: list[tuple[str, str, Sum]]
    undated: Sum
    unplaced: Sum


_MOST_KEPT = 64
_kept: dict[tuple[str, tuple[int, ...], Filter, Rule, Outcome], Figures] = {}


def kept_figures(store: Store, wanted: Filter, rule: Rule, outcome: Outcome) -> Figures:
    """The figures of the events that a filter lets through, added up anew only when the register has changed."""
    key = store.id, derived_state(store), wanted, rule, outcome
    found = _kept.get(key)
    if found is None:
        if len(_kept) >= _MOST_KEPT:
            _kept.clear()
        found = _kept[key] = figures(find_accounts(store, wanted), rule, outcome)
    return found


def figures(accounts: Iterable[Account], rule: Rule, outcome: Outcome) -> Figures:
    """The tolls of accounts added up. An event counts in the week of its first day; denied ones count nowhere."""
    made = Figures(Sum(), [], [], [], Sum(), Sum())
    weeks: dict[str, Week] = {}
    sides: dict[str, Sum] = {}
    units: dict[tuple[str, str], Sum] = {}
    for account in accounts:
        if account.status == "denied":
            continue
        found: dict[str, Estimate] = {
            e.side: e for e in estimates(account.claims, rule) if e.outcome == outcome
        }
        total = found.get("total")
        if total is None or total.high == 0:
            continue
        made.total.add(total)
        _by_week(account, found, total, weeks, made.undated)
        for side, estimate in found.items():
            if side != "total":
                sides.setdefault(_whose(account, side), Sum()).add(estimate)
        _by_unit(account, total, units, made.unplaced)
    made.weeks = _without_gaps(weeks)
    made.sides = sorted(sides.items(), key=lambda item: (-item[1].best, -item[1].high, item[0]))
    made.units = sorted(
        ((country, unit, summed) for (country, unit), summed in units.items()),
        key=lambda item: (-item[2].best, -item[2].high, item[0], item[1]),
    )
    return made


def _by_week(
    account: Account, found: dict[str, Estimate], total: Estimate, weeks: dict[str, Week], undated: Sum
) -> None:
    if account.start is None:
        undated.add(total)
        return
    day = date.fromisoformat(account.start)
    monday = (day - timedelta(days=day.weekday())).isoformat()
    week = weeks.setdefault(monday, Week(monday))
    week.total.add(total)
    week.civilians += found["civilians"].best if "civilians" in found else 0
    week.unknown += found["unknown"].best if "unknown" in found else 0
    week.armed += sum(found[side].best for side in ("a", "b") if side in found)


def _by_unit(account: Account, total: Estimate, units: dict[tuple[str, str], Sum], unplaced: Sum) -> None:
    place = account.place
    unit = units_of(place).adm1 if place is not None else ""
    if place is None or not unit:
        unplaced.add(total)
    else:
        units.setdefault((place.country or "", unit), Sum()).add(total)


def _whose(account: Account, side: str) -> str:
    actors = {"a": account.side_a, "b": account.side_b}.get(side, ())
    return actors[0] if actors else "civilians" if side == "civilians" else "unknown"


def _without_gaps(weeks: dict[str, Week], most: int = 1200) -> list[Week]:
    """The weeks in order, quiet ones between them too, unless they would be too many to look at."""
    if not weeks:
        return []
    first, last = date.fromisoformat(min(weeks)), date.fromisoformat(max(weeks))
    count = (last - first).days // 7 + 1
    if count > most:
        return [weeks[day] for day in sorted(weeks)]
    days = [(first + timedelta(weeks=number)).isoformat() for number in range(count)]
    return [weeks.get(day) or Week(day) for day in days]
