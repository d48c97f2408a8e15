"""The toll of an event for formats that have one figure a cell, by the ledger's counting rules."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple, Protocol

from sijill.ledger.accounts import Estimate, Rule, claims_of
from sijill.ledger.counting import estimates
from sijill.records import Event, Record


class Figures(Protocol):
    """Where a format has an event's figures from."""

    def estimates(self, record: Record, number: int) -> Sequence[Estimate]:
        """The estimates of event `number` by the rule that is wanted."""

    def voices(self, record: Record) -> int:
        """How many independent voices tell of it."""


class AsSaid:
    """The figures of one report: what a counting rule makes of its own claims."""

    def __init__(self, rule: Rule) -> None:
        self._rule = rule

    def estimates(self, record: Record, number: int) -> Sequence[Estimate]:
        """The estimates of one report's event."""
        return estimates(claims_of(record, number), self._rule)

    def voices(self, record: Record) -> int:
        """A report is one voice."""
        return 1


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


def ucdp_toll(found: Sequence[Estimate]) -> UcdpToll:
    """The deaths among an event's estimates."""
    killed = {e.side: e for e in found if e.outcome == "killed"}
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


def fatalities(found: Sequence[Estimate]) -> int:
    """The one figure of deaths among an event's estimates."""
    return next((e.best for e in found if (e.outcome, e.side) == ("killed", "total")), 0)


def split(total: int, days: int) -> list[int]:
    """A total over so many days (at least one): whole numbers that differ by one at most, the greater first, whose sum is
    the total."""
    each, rest = divmod(total, days)
    return [each + (day < rest) for day in range(days)]
