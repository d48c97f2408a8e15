"""Tallies against the sum of the events that they cover: shown, never added."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from functools import lru_cache

import msgspec

from sijill.language.gazetteer import gazetteer
from sijill.ledger.accounts import Account, Rule
from sijill.ledger.comparisons import great_circle
from sijill.ledger.counting import estimates
from sijill.ledger.parties import family
from sijill.ledger.traits import REACH_KM
from sijill.records import CasualtySide, Outcome, Place, Record, Tally, TallyCasualty


class TallyCheck(msgspec.Struct, frozen=True, kw_only=True):
    """One figure of a tally beside what the accounts in its period and place come to.

    `record`, `tally`, `figure`: the report and the indices into `Record.tallies` and `Tally.casualties`. `said` is the
    tally's figure, None of words only; `low`, `best`, `high` the sum of the accounts by the rule; `difference` is `said`
    less `best`. `accounts` are the ids of those that count.
    """

    record: str
    tally: int
    figure: int
    since: str | None
    until: str | None
    place: Place | None
    outcome: Outcome
    actor: tuple[str, ...]
    said: int | None
    low: int
    best: int
    high: int
    difference: int | None
    accounts: tuple[str, ...]


def check_tallies(
    records: Iterable[Record], accounts: Sequence[Account], rule: Rule = "ucdp"
) -> tuple[TallyCheck, ...]:
    """Every whole figure of every tally, checked, in order of report and index."""
    found = []
    for record in sorted(records, key=lambda r: r.report.id):
        for number, tally in enumerate(record.tallies):
            covered = [account for account in accounts if covers(tally, account)]
            for index, casualty in enumerate(tally.casualties):
                if casualty.part_of is None:
                    found.append(_check(record, number, index, tally, casualty, covered, rule))
    return tuple(found)


def covers(tally: Tally, account: Account) -> bool:
    """Whether an account lies within a tally's period and place. An undated account is never covered; a tally without a
    beginning or an end is open there."""
    if account.start is None or account.end is None or account.status == "denied":
        return False
    if (tally.since and account.start < tally.since) or (tally.until and account.end > tally.until):
        return False
    return tally.place is None or (account.place is not None and _within(account.place, tally.place))


def _within(place: Place, area: Place) -> bool:
    if place.country and area.country and place.country != area.country:
        return False
    if area.precision == 6:
        return place.country == area.country
    if place.precision > area.precision:
        return False
    if area.precision == 4 and place.precision < 4 and _province_of(place) == area.name:
        return True
    if place.lat is None or place.lon is None or area.lat is None or area.lon is None:
        return place.name == area.name
    return great_circle(place.lat, place.lon, area.lat, area.lon) <= max(REACH_KM[area.precision], 3.0)


@lru_cache(maxsize=4096)
def _province_of(place: Place) -> str | None:
    """The name of the province that a place lies in, by the gazetteer's row of its name nearby (20 km)."""
    if place.lat is None or place.lon is None:
        return None
    known = gazetteer()
    near = [
        (great_circle(place.lat, place.lon, row.lat, row.lon), row.adm1)
        for row in known.named(" ".join(place.name.lower().replace("-", " ").split()))
        if row.country == place.country and row.adm1
    ]
    away, code = min(near, default=(math.inf, ""))
    unit = known.unit(code) if away < 20 else None
    return unit.name if unit else None


def _check(
    record: Record,
    number: int,
    index: int,
    tally: Tally,
    casualty: TallyCasualty,
    covered: Sequence[Account],
    rule: Rule,
) -> TallyCheck:
    low = best = high = 0
    counted = []
    for account in covered:
        sides = _sides(account, casualty.actor)
        matching = [
            e for e in estimates(account.claims, rule) if e.outcome == casualty.outcome and e.side in sides
        ]
        if any(e.high for e in matching):
            counted.append(account.id)
            low += sum(e.low for e in matching)
            best += sum(e.best for e in matching)
            high += sum(e.high for e in matching)
    return TallyCheck(
        record=record.report.id, tally=number, figure=index, since=tally.since, until=tally.until, place=tally.place,
        outcome=casualty.outcome, actor=casualty.actor, said=casualty.n, low=low, best=best, high=high,
        difference=None if casualty.n is None else casualty.n - best, accounts=tuple(sorted(counted)),
    )  # fmt: skip


def _sides(account: Account, actors: tuple[str, ...]) -> frozenset[CasualtySide | str]:
    """The sides of an account whose casualties a tally of these actors counts; the total where it names nobody."""
    if not actors:
        return frozenset({"total"})
    found: set[CasualtySide | str] = set()
    if "civilians" in actors or "protesters" in actors:
        found.add("civilians")
    sides: tuple[tuple[CasualtySide, tuple[str, ...]], ...] = (("a", account.side_a), ("b", account.side_b))
    for side, members in sides:
        if any(member in family(actor) or actor in family(member) for actor in actors for member in members):
            found.add(side)
    return frozenset(found - {"a", "b"} if actors == ("civilians",) else found)
