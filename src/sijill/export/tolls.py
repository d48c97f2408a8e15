"""The toll of one report's event for formats that have one figure a cell, by the ledger's counting rules."""

from __future__ import annotations

from typing import NamedTuple

from sijill.ledger.accounts import claims_of
from sijill.ledger.counting import estimates
from sijill.records import Event, Record


class UcdpToll(NamedTuple):
    """Deaths by side at best; `best`, `low` and `high` of the event as a whole."""

    a: int
    b: int
    civilians: int
    unknown: int
    best: int
    low: int
    high: int


def tells_of_deaths(event: Event) -> bool:
    """Whether the event has a killed figure, be it in words only."""
    return any(casualty.outcome == "killed" for casualty in event.casualties)


def ucdp_toll(record: Record, number: int) -> UcdpToll:
    """The estimates of event `number` by the rule `ucdp`."""
    killed = {e.side: e for e in estimates(claims_of(record, number), "ucdp") if e.outcome == "killed"}
    best = {side: estimate.best for side, estimate in killed.items()}
    total = killed.get("total")
    return UcdpToll(
        a=best.get("a", 0),
        b=best.get("b", 0),
        civilians=best.get("civilians", 0),
        unknown=best.get("unknown", 0),
        best=total.best if total else 0,
        low=total.low if total else 0,
        high=total.high if total else 0,
    )


def acled_fatalities(record: Record, number: int) -> int:
    """The one conservative figure of event `number` by the rule `acled`."""
    totals = (
        e.best
        for e in estimates(claims_of(record, number), "acled")
        if (e.outcome, e.side) == ("killed", "total")
    )
    return next(totals, 0)


def split(total: int, days: int) -> list[int]:
    """A total over so many days (at least one): whole numbers that differ by one at most, the greater first, whose sum is
    the total."""
    each, rest = divmod(total, days)
    return [each + (day < rest) for day in range(days)]
