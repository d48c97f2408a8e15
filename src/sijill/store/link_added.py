"""Linking what was just added or decided, without looking at the whole register.

What changes in a telling changes the scores of pairs in the weeks and in the land around it only (how much is told of there and
then), and so the groups that these pairs are in. Stretches of time around the changed tellings, and around those whose text is
a copy of theirs however old, are read; what is reached there from the tellings that changed, or around which the level of that
changed, is linked anew, and accounts that hold a touched telling, now or before, are written. Where such an account reaches a
stretch's edges, where scores aren't sure, what is around it is looked at too, in the end the whole register: the accounts are
the same as when all is linked.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from typing import Any

import msgspec
from sqlalchemy import ColumnElement, Connection, Select, and_, false, or_, select

from sijill.ledger.accounts import Account, EventRef, Linked, Rule
from sijill.ledger.comparisons import crowding
from sijill.ledger.nearby import Nearby
from sijill.ledger.traits import Traits, around_any, key_of, ref_of, traits_of, with_crowds
from sijill.records import Record
from sijill.store.copied import copies_of, take_in, voices_of
from sijill.store.decisions import links
from sijill.store.linking import (
    LinkResult,
    ids_of,
    kin,
    link_register,
    made_of,
    pending,
    state_of,
    with_peoples_word,
    write_accounts,
)
from sijill.store.present import Present
from sijill.store.queries import record_of
from sijill.store.register import Store
from sijill.store.rows import fold, read_all_present, read_present
from sijill.store.sources import SourceSetting, source_settings
from sijill.store.tables import accounts, event_tags, events, reports

_EDGE = 35
"""Days at either end of a stretch in which that isn't fully known."""
_REACH = 120
"""Days on either side of the changed tellings that are looked at."""
_ROUNDS = 4
"""How often what is around an account that reaches the edge is looked at too, before the whole register is linked."""
_MOST = 4000
"""Days in all that are looked at in part; beyond, the whole register is linked."""
_UNDATED_BEFORE, _LONGEST = 21, 30
_LONGEST_SPAN = 370
_MANY = 40
"""Tellings from which it is quicker to score all that is around than what is reached."""
_AT_ONCE, _ACCOUNTS = 5000, 200
_TELLINGS = or_(events.c.account.is_(None), events.c.account != events.c.id) & (events.c.review != "rejected")

Span = tuple[date, date]


class _Told(msgspec.Struct, frozen=True):
    """A telling as the register has it now: its days, those around which it counts how much is told (no more than 30), and
    its account."""

    id: str
    report: str
    first: date
    last: date
    when: Span
    account: str | None

    @property
    def days(self) -> Span:
        """The first and the last day."""
        return self.first, self.last


class Standing(msgspec.Struct, frozen=True):
    """What stands of tellings and of those that are one with them: what linking looks at, when they are, and the accounts as
    groups of ids with their days. `groups` is None where some wait to be linked, `spans` where a telling has no day."""

    tellings: frozenset[str]
    traits: tuple[Traits, ...]
    word: dict[frozenset[str], bool]
    spans: tuple[Span, ...] | None
    groups: tuple[tuple[tuple[str, ...], tuple[tuple[str, ...], ...]], ...] | None


def link_added(store: Store, since: str, *, rule: Rule = "ucdp") -> LinkResult:
    """Tell which events the tellings of reports that were added since a moment (of `Store.clock`) are, in a register that
    was linked before it.

    Where anything else waits to be linked, or a new telling has no day at all, the whole register is linked. The result
    counts what was looked at and written.
    """
    take_in(store)
    with store.read() as connection:
        new = list(connection.execute(_tellings(events.c.account.is_(None))))
        told = [_told(row) for row in new]
        spans = [telling.days for telling in told if telling is not None]
        settled = connection.execute(_older(since)).first() is None
    if not new:
        return LinkResult(events=0, accounts=0)
    if len(spans) < len(new) or not settled:
        return link_register(store, rule=rule)
    return _link_near(store, {row.id for row in new}, spans, (), rule)


def settled(store: Store) -> str | None:
    """This moment, where nothing waits to be linked; else None."""
    return None if pending(store) else store.clock()


def link_new(store: Store, since: str | None, *, rule: Rule = "ucdp") -> LinkResult | None:
    """Make accounts of what waits to be linked; with the moment since when reports were added to a register that was
    settled, only of what is around them. None where nothing waits."""
    if not pending(store):
        return None
    return link_added(store, since, rule=rule) if since else link_register(store, rule=rule)


def standing(store: Store, names: Iterable[str]) -> Standing:
    """What stands of these tellings or accounts, of the others of their reports, and of all that is one with any of them: to be
    asked for before a decision, which takes the accounts of a report's tellings down."""
    named = kin(store, names)
    with store.read() as connection:
        hashes = sorted({row.report for row in _rows(connection, named)})
        beside = _tellings(events.c.report.in_(hashes))
        named |= {row.id for row in connection.execute(beside)}
    ids = kin(store, named)
    with store.read() as connection:
        rows = _rows(connection, ids)
        told = [_told(row) for row in rows]
        states = _states(connection, {row.report for row in rows})
        word = links(connection, {state.hash for state, _ in states})
        spoken = voices_of(connection, [state.hash for state, _ in states])
        owners = {row.account for row in rows}
        groups = None if None in owners else _groups(connection, states, sorted(owners))
    spans = tuple(telling.days for telling in told if telling is not None)
    return Standing(
        tellings=frozenset(row.id for row in rows),
        traits=tuple(traits_of([record for _, record in states], spoken)),
        word=word,
        spans=spans if len(spans) == len(rows) else None,
        groups=groups,
    )


def relink(store: Store, before: Standing, names: Iterable[str] = (), *, rule: Rule = "ucdp") -> LinkResult:
    """Tell anew which events tellings are after a decision on them; `names` are those that it brought in besides. Where
    nothing has changed that linking looks at, the accounts hold the same tellings as before."""
    take_in(store)
    while True:
        seen = state_of(store)
        now = standing(store, [*before.tellings, *names])
        if (
            before.groups is not None
            and (before.tellings, before.traits, before.word) == (now.tellings, now.traits, now.word)
        ):  # fmt: skip
            result = _as_before(store, before, seen, rule)
            if result is not None:
                return result
        elif before.spans is None or now.spans is None:
            return link_register(store, rule=rule)
        else:
            return _link_near(store, set(now.tellings), [*before.spans, *now.spans], before.traits, rule)


def count_anew(store: Store, source: str, *, rule: Rule = "ucdp") -> LinkResult:
    """Make the accounts anew in which a source speaks, after something was set about it: their figures change, not which
    tellings are one."""
    said = (
        select(events.c.id).join(event_tags, event_tags.c.event == events.c.number)
        .where(event_tags.c.kind == "source", event_tags.c.value == fold(source), events.c.account == events.c.id)
        .order_by(events.c.id)
    )  # fmt: skip
    with store.read() as connection:
        owners = list(connection.execute(said).scalars())
    tellings = 0
    for at in range(0, len(owners), _ACCOUNTS):
        made = None
        while made is None:
            seen = state_of(store)
            before = standing(store, owners[at : at + _ACCOUNTS])
            made = relink(store, before) if before.groups is None else _as_before(store, before, seen, rule)
        tellings += made.events
    return LinkResult(events=tellings, accounts=len(owners))


def _as_before(store: Store, before: Standing, seen: tuple[int, ...], rule: Rule) -> LinkResult | None:
    """Make the accounts anew of the tellings that they held; None where something has come in meanwhile."""
    with store.read() as connection:
        states = _states(connection, {row.report for row in _rows(connection, before.tellings)})
        settings = source_settings(connection)
        spoken = voices_of(connection, [state.hash for state, _ in states])
    refs = {id_: ref for ref, id_ in ids_of(states).items()}
    clusters = [
        Linked(
            events=tuple(sorted(refs[id_] for id_ in members)),
            days=tuple(tuple(sorted(refs[id_] for id_ in day)) for day in days),
        )
        for members, days in before.groups or ()
    ]
    made = made_of(states, clusters, settings, spoken)
    only = set(before.tellings)
    return store.write(lambda connection: write_accounts(connection, made, seen, rule, only))


def _link_near(
    store: Store, fresh: set[str], spans: Sequence[Span], before: Sequence[Traits], rule: Rule
) -> LinkResult:
    """Link around where tellings changed, of which `fresh` are there now and `before` stood there."""
    seen = state_of(store)
    with store.read() as connection:
        copied = _copied(connection, fresh)
    looked = [*spans, *(telling.days for telling in copied or ())]
    for _ in range(_ROUNDS if copied is not None else 0):
        windows = _windows(looked, timedelta(days=_REACH))
        if sum((high - low).days for low, high in windows) > _MOST:
            break
        around = _around(store, windows)
        also = {telling.id for telling in copied or ()}
        clusters, chosen = _grouped(around, fresh, also, before, _held(store, around.known))
        beyond = _beyond(store, chosen, around.known, windows)
        if beyond is None:
            break
        if not beyond:
            made = made_of(around.states, clusters, around.settings, around.voices)
            result = store.write(
                lambda connection, made=made, chosen=chosen: write_accounts(  # type: ignore[misc]
                    connection, made, seen, rule, chosen
                )
            )
            if result is None:
                break
            return result
        looked += beyond
    return link_register(store, rule=rule)


class _Around(msgspec.Struct, frozen=True):
    """What stretches of time hold."""

    known: dict[str, _Told]
    states: list[tuple[Present, Record]]
    word: dict[frozenset[str], bool]
    settings: dict[str, SourceSetting]
    voices: dict[str, str]


def _around(store: Store, windows: Sequence[Span]) -> _Around:
    with store.read() as connection:
        told = [_told(row) for row in connection.execute(_tellings(_within(windows)))]
        states = [
            (state, record_of(state)) for state in read_all_present(connection, _reports(_within(windows)))
        ]
        hashes = {state.hash for state, _ in states}
        return _Around(
            known={telling.id: telling for telling in told if telling is not None},
            states=states,
            word=links(connection, hashes),
            settings=source_settings(connection),
            voices=voices_of(connection, hashes),
        )


def _grouped(
    around: _Around, fresh: set[str], also: set[str], before: Sequence[Traits], held: dict[str, set[str]]
) -> tuple[list[Linked], set[str]]:
    """The groups of the tellings that changed (`fresh`, in the place of `before`) or around which it has become busier or
    quieter, of `also`, and of those that were in an account with one, and so on; and all these tellings."""
    ids = ids_of(around.states)
    refs = {id_: ref for ref, id_ in ids.items()}
    keys = {id_: key_of(ref) for id_, ref in refs.items()}
    rows = traits_of((record for _, record in around.states), around.voices)
    touched = (
        fresh
        | also
        | {ids[ref_of(key)] for key in _otherwise(rows, {keys[id_] for id_ in fresh if id_ in keys}, before)}
    )
    word = {
        frozenset(refs[id_] for id_ in pair): same
        for pair, same in around.word.items()
        if pair <= refs.keys()
    }
    one = [{ids[ref] for ref in pair} for pair, same in word.items() if same]
    nearby, chosen = Nearby(rows), set(touched)
    if len(touched) > _MANY:
        nearby.reach_all()
    while True:
        asked = set(chosen)
        found = nearby.accounts(keys[id_] for id_ in asked if id_ in keys)
        there = {ref for each in found for ref in each.events}
        clusters = with_peoples_word(found, {pair: same for pair, same in word.items() if pair <= there})
        groups = [{ids[ref] for ref in cluster.events} for cluster in clusters]
        chosen = _closed(asked, groups, held, around.known)
        chosen |= {id_ for pair in one if pair & chosen for id_ in pair}
        if chosen == asked:
            return [c for c, group in zip(clusters, groups, strict=True) if group & chosen], chosen


def _otherwise(rows: Sequence[Traits], fresh: set[str], before: Sequence[Traits]) -> Iterator[str]:
    """The keys of rows around which it is busier or quieter than before the fresh ones stood in the place of others."""
    old = [row for row in rows if row.key not in fresh]
    new = [row for row in rows if row.key in fresh]
    reached = around_any(old, [*new, *before])
    was = with_crowds(reached, [*old, *before])
    return (row.key for row, then in zip(reached, was, strict=True) if crowding(then) != crowding(row))


def _beyond(
    store: Store, chosen: set[str], known: dict[str, _Told], windows: Sequence[Span]
) -> list[Span] | None:
    """The days of chosen tellings around which not all is known; None where one has no day at all."""
    edge = timedelta(days=_EDGE)
    with store.read() as connection:
        others = [_told(row) for row in _rows(connection, chosen - known.keys())]
    found = [known[name] for name in chosen if name in known]
    for telling in others:
        if telling is None:
            return None
        found.append(telling)
    return [
        (t.first, t.last)
        for t in found
        if not any(low + edge <= t.when[0] and t.last <= high - edge for low, high in windows)
    ]


def _windows(spans: Iterable[Span], reach: timedelta) -> list[Span]:
    """The stretches so far around spans of days, those that meet as one."""
    merged: list[Span] = []
    for low, high in sorted((first - reach, last + reach) for first, last in spans):
        if merged and low <= merged[-1][1]:
            merged[-1] = merged[-1][0], max(high, merged[-1][1])
        else:
            merged.append((low, high))
    return merged


def _copied(connection: Connection, fresh: set[str]) -> list[_Told] | None:
    """The tellings of reports whose text is a copy of one that changed; None where one of them has no day at all."""
    own = {row.report for row in _rows(connection, fresh)}
    others = sorted(copies_of(connection, own) - own)
    rows: list[Any] = []
    for at in range(0, len(others), _AT_ONCE):
        rows += connection.execute(_tellings(events.c.report.in_(others[at : at + _AT_ONCE])))
    told = [telling for row in rows if (telling := _told(row)) is not None]
    return told if len(told) == len(rows) else None


def _rows(connection: Connection, ids: Iterable[str]) -> list[Any]:
    """The rows of these tellings, in their order."""
    asked = sorted(ids)
    rows: list[Any] = []
    for at in range(0, len(asked), _AT_ONCE):
        rows += connection.execute(_tellings(events.c.id.in_(asked[at : at + _AT_ONCE])))
    return rows


def _states(connection: Connection, hashes: Iterable[str]) -> list[tuple[Present, Record]]:
    """What stands of these reports."""
    found = (read_present(connection, hash_) for hash_ in sorted(hashes))
    return [(state, record_of(state)) for state in found if state is not None]


def _groups(
    connection: Connection, states: Sequence[tuple[Present, Record]], owners: Sequence[str]
) -> tuple[tuple[tuple[str, ...], tuple[tuple[str, ...], ...]], ...]:
    """The tellings of accounts, and those of each of their days."""
    ids = ids_of(states)
    contents: list[str] = []
    for at in range(0, len(owners), _AT_ONCE):
        asked = select(accounts.c.content).where(accounts.c.id.in_(owners[at : at + _AT_ONCE]))
        contents += connection.execute(asked.order_by(accounts.c.id)).scalars()

    def named(refs: Iterable[EventRef]) -> tuple[str, ...]:
        return tuple(ids[ref] for ref in refs)

    told = (msgspec.json.decode(content, type=Account) for content in contents)
    return tuple((named(a.events), tuple(named(day.events) for day in a.days)) for a in told)


def _closed(
    touched: set[str],
    groups: Iterable[set[str]],
    held: dict[str, set[str]],
    known: dict[str, _Told],
) -> set[str]:
    """The touched tellings with all that are in one account with them, as it was or as it will be, and so on."""
    will_be = {name: group for group in groups for name in group}
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
        for at in range(0, len(owners), _AT_ONCE):
            of = select(events.c.id, events.c.account).where(
                events.c.account.in_(owners[at : at + _AT_ONCE]), events.c.account != events.c.id
            )
            for row in connection.execute(of):
                found[row.account].add(row.id)
    return found


def _tellings(condition: ColumnElement[bool]) -> Select[Any]:
    c = events.c
    return (
        select(c.id, c.report, c.start, c.end, c.published, c.account).where(_TELLINGS, condition).order_by(c.id)
    )  # fmt: skip


def _older(since: str) -> Select[tuple[str]]:
    """Tellings that wait to be linked of reports that were there before: something else than adding took them down."""
    return (
        select(events.c.id).join(reports, reports.c.hash == events.c.report)
        .where(_TELLINGS, events.c.account.is_(None), reports.c.added_at < since).limit(1)
    )  # fmt: skip


def _within(windows: Iterable[Span]) -> ColumnElement[bool]:
    """Tellings whose days, or the weeks before their telling where they have none, overlap with a stretch. Of an event that
    is told of more than a year, the first year counts."""
    c = events.c
    found: list[ColumnElement[bool]] = []
    for low, high in windows:
        found += [
            and_(
                c.start >= str(low - timedelta(days=_LONGEST_SPAN)), c.start <= str(high), c.end >= str(low)
            ),
            and_(
                c.start.is_(None),
                c.published >= str(low),
                c.published <= str(high + timedelta(days=_UNDATED_BEFORE)),
            ),
        ]
    return or_(false(), *found)


def _reports(condition: ColumnElement[bool]) -> Select[tuple[str]]:
    return select(events.c.report).where(_TELLINGS, condition).distinct()


def _told(row: Any) -> _Told | None:
    """A row as a telling; None where it has no day at all."""
    if row.start:
        first, last = date.fromisoformat(row.start), date.fromisoformat(row.end or row.start)
        last = max(first, min(last, first + timedelta(days=_LONGEST_SPAN)))
        counted = first, min(last, first + timedelta(days=_LONGEST))
        return _Told(row.id, row.report, first, last, counted, row.account)
    if row.published:
        day = date.fromisoformat(row.published[:10])
        return _Told(row.id, row.report, day - timedelta(days=_UNDATED_BEFORE), day, (day, day), row.account)
    return None
