"""What leaves the register as records: each account as one record with one event and its toll by a counting rule, or
each report as it now stands."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from sijill.ledger.accounts import Account, Estimate, Rule
from sijill.ledger.counting import estimates
from sijill.records import Casualty, CasualtySide, Event, Record, Report, Source
from sijill.store.queries import Filter, all_events, find_accounts, present_records
from sijill.store.register import Store

_SIDES: dict[str, CasualtySide] = {"a": "a", "b": "b", "civilians": "civilians", "unknown": "unknown"}


def account_record(account: Account, rule: Rule) -> Record:
    """An account as a record: its one event has the rule's best estimate of each outcome and side (`n_high` the high one
    where it is higher), and the houses that tell of it as sources."""
    figures = [
        Casualty(
            outcome=found.outcome,
            side=_SIDES[found.side],
            n=found.best,
            bound="exact" if found.low == found.best == found.high else "about",
            n_high=found.high if found.high > found.best else None,
        )
        for found in estimates(account.claims, rule)
        if found.side in _SIDES
    ]
    said = sorted(
        {(claim.source, claim.actor, claim.kind) for claim in account.claims if claim.source}, key=str
    )
    event = Event(
        type=account.type,
        status=account.status,
        start=account.start,
        end=account.end,
        date_precision=account.date_precision,
        place=account.place,
        side_a=account.side_a,
        side_b=account.side_b,
        casualties=tuple(figures),
        means=account.means,
        sources=tuple(Source(name=name, actor=actor, kind=kind) for name, actor, kind in said),
    )
    first = min((claim.said for claim in account.claims if claim.said), default=None)
    report = Report(id=account.id, text="", source="; ".join(account.houses) or None, published=first)
    return Record(report=report, events=(event,))


class Accounts:
    """The accounts that a filter lets through, as a stream of records with their figures by a counting rule: low, best and
    high from all claims, which the record's casualties don't carry. Figures can be asked for the record that came last."""

    def __init__(self, store: Store, wanted: Filter | None = None, rule: Rule = "ucdp") -> None:
        self._store, self._wanted, self._rule = store, wanted, rule
        self._last: Account | None = None

    def __iter__(self) -> Iterator[Record]:
        for account in find_accounts(self._store, self._wanted):
            self._last = account
            yield account_record(account, self._rule)

    def estimates(self, record: Record, number: int) -> tuple[Estimate, ...]:
        """The estimates of the account of a record."""
        return estimates(self._of(record).claims, self._rule)

    def voices(self, record: Record) -> int:
        """The independent voices of the account of a record."""
        return len(self._of(record).voices)

    def _of(self, record: Record) -> Account:
        if self._last is None or self._last.id != record.report.id:
            raise LookupError(f"{record.report.id} is not the account that came last")
        return self._last


def report_records(store: Store, wanted: Filter | None = None) -> Iterator[Record]:
    """The reports as they now stand, with their own ids and their text; with a filter, those that tell of an event that
    it lets through."""
    telling = None
    if wanted is not None and wanted != Filter():
        telling = {
            found.report for found in all_events(store, msgspec.structs.replace(wanted, tellings=True))
        }
    for state, _ in present_records(store):
        if telling is None or state.hash in telling:
            yield state.record()
