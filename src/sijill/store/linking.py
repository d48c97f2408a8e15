"""The register's accounts, who held which place, who is who, and tallies against their events: the ledger over the
present state, with people's word on what is one event.

Accounts are derived. They are made anew as a whole, so that the order in which reports came changes nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations
from typing import Any, get_args

import msgspec
from sqlalchemy import Connection, Row, bindparam, delete, func, insert, or_, select, update

from sijill.ledger.accounts import Account, EventRef, Linked, Rule, make_accounts
from sijill.ledger.control import Timeline, timelines
from sijill.ledger.counting import estimate, estimates
from sijill.ledger.duplicates import voices
from sijill.ledger.linking import link
from sijill.ledger.persons import KnownPerson, persons, same_name
from sijill.ledger.tallies import TallyCheck, check_tallies
from sijill.records import Event, Record
from sijill.store.copied import take_in, voices_of
from sijill.store.decisions import links
from sijill.store.present import Present
from sijill.store.queries import find_accounts, place_keys, present_records, record_of
from sijill.store.register import Store
from sijill.store.rows import (
    NO_DOUBT,
    delete_events,
    doubt,
    event_columns,
    fold,
    insert_events,
    number_of,
    read_present,
    tag_rows,
)
from sijill.store.sources import SourceSetting, as_set, source_settings
from sijill.store.tables import accounts, decisions, event_tags, events, records, tolls, tombstones


class LinkResult(msgspec.Struct, frozen=True):
    """How many accounts the register's events make."""

    events: int
    accounts: int


def pending(store: Store) -> int:
    """How many events came in or changed since the register was last linked."""
    with store.read() as connection:
        unlinked = (
            select(func.count())
            .select_from(events)
            .where(events.c.account.is_(None), events.c.review != "rejected")
        )
        return int(connection.execute(unlinked).scalar_one())


def link_register(store: Store, *, rule: Rule = "ucdp") -> LinkResult:
    """Tell which of the register's events are one, and write their accounts down. `rule` makes the toll that lists show.

    Where something is added in the meantime, it is taken in too.
    """
    while True:
        take_in(store)
        with store.read() as connection:
            seen = _state(connection)
            word = links(connection)
            settings = source_settings(connection)
        states = list(present_records(store))
        with store.read() as connection:
            spoken = voices_of(connection, [state.hash for state, _ in states])
        made = accounts_of(states, word, settings, spoken)
        result = store.write(
            lambda connection, made=made, seen=seen: write_accounts(connection, made, seen, rule)  # type: ignore[misc]
        )
        if result is not None:
            return result


def kin(store: Store, names: Iterable[str]) -> set[str]:
    """The ids of the tellings that these are one event with, themselves included. Names are of accounts or tellings."""
    wanted = list(names)
    with store.read() as connection:
        owners = select(events.c.account).where(or_(events.c.id.in_(wanted), events.c.account.in_(wanted)))
        found = select(events.c.id).where(
            or_(
                events.c.id.in_(wanted) & (events.c.account.is_(None) | (events.c.account != events.c.id)),
                events.c.account.in_(owners) & (events.c.account != events.c.id),
            )
        )
        return set(connection.execute(found).scalars())


def _state(connection: Connection) -> tuple[int, ...]:
    """A number of rows for each table that only grows: it tells whether anything has changed."""
    return tuple(
        connection.execute(select(func.count()).select_from(table)).scalar_one()
        for table in (records, decisions, tombstones)
    )


def accounts_of(
    states: Iterable[tuple[Present, Record]],
    word: dict[frozenset[str], bool],
    settings: dict[str, SourceSetting],
    spoken: Mapping[str, str],
) -> list[tuple[Account, list[str]]]:
    """The accounts, each with the ids of its events in the order of its `events`."""
    told = list(states)
    refs = {id_: ref for ref, id_ in ids_of(told).items()}
    pairs = {frozenset(refs[id_] for id_ in pair): same for pair, same in word.items() if pair <= refs.keys()}
    clusters = with_peoples_word(link([record for _, record in told], spoken), pairs)
    return made_of(told, clusters, settings, spoken)


def ids_of(states: Iterable[tuple[Present, Record]]) -> dict[EventRef, str]:
    """The id of each event of the records."""
    return {
        (state.hash, index): part.id for state, _ in states for index, part in enumerate(state.of("events"))
    }


def made_of(
    states: Sequence[tuple[Present, Record]],
    clusters: Iterable[Linked],
    settings: dict[str, SourceSetting],
    spoken: Mapping[str, str],
) -> list[tuple[Account, list[str]]]:
    """The accounts of events of which it is known which are one, as in `accounts_of`."""
    ids = ids_of(states)
    return [
        (as_set(account, settings), [ids[ref] for ref in account.events])
        for account in make_accounts([record for _, record in states], clusters, spoken)
    ]


def state_of(store: Store) -> tuple[int, ...]:
    """How many rows each table has that only grows: while these are the same, nothing has come in."""
    with store.read() as connection:
        return _state(connection)


def derived_state(store: Store) -> tuple[int, ...]:
    """The same with how many accounts there are, and how many tellings wait for theirs: while these are the same, so is
    all that is derived from the register."""
    with store.read() as connection:
        made = connection.execute(select(func.count()).select_from(accounts)).scalar_one()
        waiting = select(func.count()).select_from(events).where(events.c.account.is_(None))
        return (*_state(connection), made, connection.execute(waiting).scalar_one())


def _telling_of_control(store: Store) -> list[Record]:
    """The present records of the reports in which a rule or a person ever found a change of control."""
    found = select(records.c.report).where(records.c.content.contains('"control":[{', autoescape=True))
    added = select(decisions.c.report).where(
        decisions.c.report.is_not(None), decisions.c.subject.contains('"part":"control"', autoescape=True)
    )
    with store.read() as connection:
        hashes = sorted(connection.execute(found.union(added)).scalars())
        states = (read_present(connection, hash_) for hash_ in hashes)
        return [record_of(state) for state in states if state is not None]


def control_timelines(store: Store, place: str | None = None) -> list[Timeline]:
    """Who held what from when to when, from the present state of every report: of the places that bear a name in either
    script (or have it as a part of theirs), or of all that ever changed hands."""
    told = _telling_of_control(store)
    found = list(timelines(told, voices(record.report for record in told)))
    return of_place(found, place) if place else found


def of_place(found: Sequence[Timeline], place: str) -> list[Timeline]:
    """The timelines of the places that bear a name, in either script, or have it as a part of theirs."""
    part, names = place_keys(place)
    return [
        timeline
        for timeline in found
        if part in fold(timeline.place.name) or fold(timeline.place.name) in names
    ]


def known_people(store: Store, name: str | None = None) -> list[KnownPerson]:
    """The persons whom the register's reports name, one for all spellings, with what each report says of them; with
    `name`, those who may bear it in either script. Where accounts are made, one word of a name is enough within one."""
    told = []
    owners: dict[EventRef, str] = {}
    with store.read() as connection:
        held = select(events.c.id, events.c.account).where(events.c.account.is_not(None))
        account_of = {row.id: str(row.account) for row in connection.execute(held)}
    for state, record in present_records(store):
        told.append(record)
        for index, part in enumerate(state.of("events")):
            if part.id in account_of:
                owners[state.hash, index] = account_of[part.id]
    found = persons(told, owners)
    if not name:
        return list(found)
    return [
        person
        for person in found
        if any(same_name(name, known) or fold(name) in fold(known) for known in person.names)
    ]


def tallies_checked(store: Store, rule: Rule = "ucdp") -> list[TallyCheck]:
    """Every tally of the register's reports beside the sum of the accounts that it covers."""
    told = [record for _, record in present_records(store)]
    return list(check_tallies(told, list(find_accounts(store)), rule))


def with_peoples_word(clusters: Iterable[Linked], pairs: dict[frozenset[EventRef], bool]) -> list[Linked]:
    """The clusters as people want them: pairs that are False are put apart, then pairs that are True together, unless
    that would bring together what was put apart."""
    apart = {pair for pair, same in pairs.items() if not same}
    parted = [part for cluster in clusters for part in _parted(cluster, apart)]
    for pair in sorted((sorted(pair) for pair, same in pairs.items() if same)):
        of = [cluster for cluster in parted if set(pair) & set(cluster.events)]
        if len(of) == 2 and not any(
            frozenset((one, other)) in apart for one in of[0].events for other in of[1].events
        ):
            joined = Linked(
                events=tuple(sorted({*of[0].events, *of[1].events})), days=(*of[0].days, *of[1].days)
            )
            parted = [cluster for cluster in parted if cluster not in of] + [joined]
    return sorted(parted)


def _parted(cluster: Linked, apart: set[frozenset[EventRef]]) -> list[Linked]:
    named = {
        ref for pair in combinations(sorted(cluster.events), 2) if frozenset(pair) in apart for ref in pair
    }
    if not named:
        return [cluster]
    groups: list[list[EventRef]] = []
    for ref in sorted(named):
        free = (group for group in groups if not any(frozenset((ref, other)) in apart for other in group))
        group = next(free, None)
        if group is None:
            groups.append([ref])
        else:
            group.append(ref)
    # Those whom nobody put apart stay with the larger part.
    max(groups, key=len).extend(ref for ref in cluster.events if ref not in named)
    return [_only(cluster, group) for group in groups]


def _only(cluster: Linked, refs: Sequence[EventRef]) -> Linked:
    days = (tuple(ref for ref in day if ref in refs) for day in cluster.days)
    return Linked(events=tuple(sorted(refs)), days=tuple(day for day in days if day))


def write_accounts(
    connection: Connection,
    made: list[tuple[Account, list[str]]],
    seen: tuple[int, ...],
    rule: Rule,
    only: set[str] | None = None,
) -> LinkResult | None:
    """Put the accounts in the place of the former ones (of `only` these tellings); None where the register has changed
    since `seen`."""
    if _state(connection) != seen:
        return None
    tellings, former = select(events), select(accounts.c.id)
    if only is not None:
        tellings = tellings.where(events.c.id.in_(only))
        former = select(events.c.account).where(events.c.id.in_(only), events.c.account.is_not(None))
    gone = set(connection.execute(former).scalars())
    everything = only is None
    delete_events(connection, events.c.id.in_(former if everything else gone))
    connection.execute(delete(accounts) if everything else delete(accounts).where(accounts.c.id.in_(gone)))
    if not made:
        return LinkResult(events=0, accounts=0)
    rows = {row.id: row for row in connection.execute(tellings)}
    connection.execute(
        insert(accounts),
        [{"id": account.id, "content": msgspec.json.encode(account).decode()} for account, _ in made],
    )
    connection.execute(
        update(events)
        .where(events.c.id == bindparam("key"))
        .values(
            account=bindparam("owner"),
            lead=False,
            contradictions=bindparam("differ"),
            doubt=bindparam("wants"),
        ),
        [
            {
                "key": id_,
                "owner": account.id,
                "differ": len(account.contradictions),
                "wants": doubt(
                    rows[id_].review, rows[id_].confidence, rows[id_].conflicts, len(account.contradictions)
                ),
            }
            for account, members in made
            for id_ in members
        ],
    )
    sources: dict[int, set[str]] = {}
    said = select(event_tags.c.event, event_tags.c.value).where(event_tags.c.kind == "source")
    if only is not None:
        said = said.where(event_tags.c.event.in_([row.number for row in rows.values()]))
    for event, source in connection.execute(said):
        sources.setdefault(event, set()).add(source)
    tags = [
        tag
        for account, members in made
        for tag in tag_rows(
            account.id,
            {*account.side_a, *account.side_b},
            {source for id_ in members for source in sources.get(number_of(id_), ())},
        )
    ]
    numbers = {account.id: number_of(account.id) for account, _ in made}
    counted = [
        {
            "event": numbers[account.id],
            "rule": by,
            "side": found.side,
            "low": found.low,
            "best": found.best,
            "high": found.high,
        }
        for account, _ in made
        for by in get_args(Rule)
        for found in estimates(account.claims, by)
        if found.outcome == "killed"
    ]
    insert_events(
        connection,
        [_account_row(account, [rows[id_] for id_ in members], rule) for account, members in made],
        tags,
    )
    if counted:
        connection.execute(insert(tolls), counted)
    return LinkResult(events=sum(len(members) for _, members in made), accounts=len(made))


_REVIEWS = ("corrected", "added", "accepted", "machine")


def _account_row(account: Account, tellings: list[Row[Any]], rule: Rule) -> dict[str, Any]:
    """The row of `events` for an account: what its tellings agree on, and its toll by the rule."""
    figures = {}
    for outcome in ("killed", "wounded"):
        said = any(claim.outcome == outcome for claim in account.claims)
        figures[outcome] = estimate(account.claims, rule, outcome) if said else None
    killed, wounded = figures["killed"], figures["wounded"]
    event = Event(
        type=account.type,
        status=account.status,
        start=account.start,
        end=account.end,
        date_precision=account.date_precision,
        place=account.place,
        side_a=account.side_a,
        side_b=account.side_b,
        means=account.means,
    )
    first = min(tellings, key=lambda row: (row.published or "9", row.id))
    return {
        "number": number_of(account.id),
        "id": account.id,
        "report": first.report,
        "account": account.id,
        "lead": True,
        "voices": len(account.voices),
        "low": killed.low if killed else None,
        "best": killed.best if killed else None,
        "high": killed.high if killed else None,
        "review": min((row.review for row in tellings), key=_REVIEWS.index),
        **event_columns(event),
        "wounded": wounded.best if wounded else None,
        "source": first.source,
        "published": first.published,
        "confidence": max((row.confidence for row in tellings if row.confidence is not None), default=None),
        "conflicts": sum(row.conflicts for row in tellings),
        "contradictions": len(account.contradictions),
        "doubt": NO_DOUBT,  # its tellings are what a person decides on
    }
