"""Linking what was just added, without looking at the whole register.

What is new changes the scores of pairs in the weeks around it only (how much is told of there and then), and so the groups
that these pairs are in. A stretch of time around the new tellings is linked anew; accounts that hold a touched telling,
now or before, are written. Where such an account reaches the stretch's edges, where scores aren't sure, a longer stretch is
looked at, in the end the whole register: the accounts are the same as when all is linked.

Copies of a text are looked for within the stretch: a text that is printed again many months later is only known as a copy once
the whole register is linked.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import msgspec
from sqlalchemy import ColumnElement, Select, and_, or_, select

from sijill.ledger.accounts import Account, Rule
from sijill.store.decisions import links
from sijill.store.linking import LinkResult, accounts_of, link_register, state_of, write_accounts
from sijill.store.queries import record_of
from sijill.store.register import Store
from sijill.store.rows import read_all_present
from sijill.store.sources import source_settings
from sijill.store.tables import events, reports

_SEASON = 31
"""Days around a telling within which it changes how much is told of there."""
_EDGE = 35
"""Days at either end of a stretch in which that isn't fully known."""
_STRETCHES = (120, 400)
"""Days on either side of the new tellings that are looked at, the shorter first."""
_UNDATED_BEFORE, _LONGEST = 21, 30
_TELLINGS = or_(events.c.account.is_(None), events.c.account != events.c.id) & (events.c.review != "rejected")


class _Told(msgspec.Struct, frozen=True):
    """A telling as the register has it now: its days, those around which it counts how much is told (no more than 30), and
    its account."""

    id: str
    report: str
    first: date
    last: date
    when: tuple[date, date]
    account: str | None


def link_added(store: Store, since: str, *, rule: Rule = "ucdp") -> LinkResult:
    """Tell which events the tellings of reports that were added since a moment (of `Store.clock`) are, in a register that
    was linked before it.

    Where anything else waits to be linked, or a new telling has no day at all, the whole register is linked. The result
    counts what was looked at and written.
    """
    for days in _STRETCHES:
        result = _link_around(store, since, timedelta(days=days), rule)
        if result is not None:
            return result
    return link_register(store, rule=rule)


def _link_around(store: Store, since: str, reach: timedelta, rule: Rule) -> LinkResult | None:
    """Link a stretch of time around what is new; None where that doesn't settle it."""
    seen = state_of(store)
    with store.read() as connection:
        new = [_told(row) for row in connection.execute(_tellings(events.c.account.is_(None)))]
        if not new:
            return LinkResult(events=0, accounts=0)
        fresh = [telling for telling in new if telling is not None]
        if len(fresh) < len(new) or connection.execute(_older(since)).first():
            return None
        first, last = min(t.first for t in fresh), max(t.last for t in fresh)
        if last - first > 4 * reach:
            return None
        low, high = first - reach, last + reach
        around = [_told(row) for row in connection.execute(_tellings(_within(low, high)))]
        known = {telling.id: telling for telling in around if telling is not None}
        states = list(read_all_present(connection, _reports(low, high)))
        word = links(connection, {state.hash for state in states})
        settings = source_settings(connection)
    made = accounts_of([(state, record_of(state)) for state in states], word, settings)
    season = timedelta(days=_SEASON)
    touched = {t.id for t in known.values() if t.when[0] - season <= last and first <= t.when[1] + season}
    touched |= {telling.id for telling in fresh}
    held = _held(store, known)
    chosen = _closed(touched, made, held, known)
    edge = timedelta(days=_EDGE)
    if any(
        name not in known or known[name].when[0] < low + edge or known[name].when[1] > high - edge
        for name in chosen
    ):
        return None
    return store.write(
        lambda connection: write_accounts(
            connection, [each for each in made if chosen & set(each[1])], seen, rule, chosen
        )
    )


def _closed(
    touched: set[str],
    made: list[tuple[Account, list[str]]],
    held: dict[str, set[str]],
    known: dict[str, _Told],
) -> set[str]:
    """The touched tellings with all that are in one account with them, as it was or as it will be, and so on."""
    will_be = {name: set(members) for _, members in made for name in members}
    chosen, waiting = set(touched), list(touched)
    while waiting:
        name = waiting.pop()
        account = known[name].account if name in known else None
        more = (will_be.get(name, set()) | (held[account] if account else set())) - chosen
        chosen |= more
        waiting += more
    return chosen


def _held(store: Store, known: dict[str, _Told]) -> dict[str, set[str]]:
    """The tellings of every account that one of these belongs to."""
    owners = sorted({telling.account for telling in known.values() if telling.account})
    found: dict[str, set[str]] = {owner: set() for owner in owners}
    with store.read() as connection:
        for at in range(0, len(owners), 5000):
            of = select(events.c.id, events.c.account).where(
                events.c.account.in_(owners[at : at + 5000]), events.c.account != events.c.id
            )
            for row in connection.execute(of):
                found[row.account].add(row.id)
    return found


def _tellings(condition: ColumnElement[bool]) -> Select[Any]:
    c = events.c
    return select(c.id, c.report, c.start, c.end, c.published, c.account).where(_TELLINGS, condition)


def _older(since: str) -> Select[tuple[str]]:
    """Tellings that wait to be linked of reports that were there before: something else than adding took them down."""
    return (
        select(events.c.id).join(reports, reports.c.hash == events.c.report)
        .where(_TELLINGS, events.c.account.is_(None), reports.c.added_at < since).limit(1)
    )  # fmt: skip


def _within(low: date, high: date) -> ColumnElement[bool]:
    """Tellings whose days, or the weeks before their telling where they have none, overlap with a stretch."""
    c = events.c
    dated = and_(c.start <= str(high), c.end >= str(low))
    undated = and_(
        c.start.is_(None), c.published >= str(low), c.published <= str(high + timedelta(days=_UNDATED_BEFORE))
    )
    return or_(dated, undated)


def _reports(low: date, high: date) -> Select[tuple[str]]:
    return select(events.c.report).where(_TELLINGS, _within(low, high)).distinct()


def _told(row: Any) -> _Told | None:
    """A row as a telling; None where it has no day at all."""
    if row.start:
        first, last = date.fromisoformat(row.start), date.fromisoformat(row.end or row.start)
        counted = first, min(max(first, last), first + timedelta(days=_LONGEST))
        return _Told(row.id, row.report, first, max(first, last), counted, row.account)
    if row.published:
        day = date.fromisoformat(row.published[:10])
        return _Told(row.id, row.report, day - timedelta(days=_UNDATED_BEFORE), day, (day, day), row.account)
    return None
