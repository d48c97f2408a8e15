"""Lists of what the register holds beside its events: reports, sources, what wants a person, and sums of tolls."""

from __future__ import annotations

from typing import Any, Literal

import msgspec
from sqlalchemy import BigInteger, Integer, and_, case, func, or_, select

from sijill.ledger.accounts import Rule
from sijill.records import Event, Report, SourceKind
from sijill.store.decisions import skipped
from sijill.store.queries import Filter, Found, conditions_of, found_of
from sijill.store.register import Store
from sijill.store.rows import EMPTY, NO_DOUBT, fold
from sijill.store.tables import event_contents, event_tags, events, reports, tolls

# --- what wants a person


class Wanting(msgspec.Struct, frozen=True):
    """A telling that wants a person: `doubt` as `sijill.store.rows.doubt` has it, how many fields the tellers of its
    account differ on, and whether its account has other tellings (`shared`)."""

    found: Found
    doubt: float
    contradictions: int
    shared: bool


class Queue(msgspec.Struct, frozen=True):
    """Some of the tellings that want a person, the most doubtful first, and how many there are (None where it wasn't
    asked for)."""

    events: list[Wanting]
    total: int | None


def queue(
    store: Store,
    wanted: Filter | None = None,
    who: str | None = None,
    *,
    contradicted: bool = False,
    limit: int = 50,
    offset: int = 0,
    total: bool = True,
) -> Queue:
    """The tellings that no person has decided on, or whose decision newer rules are against; those that `who` left for
    others are left out. `contradicted` wants only those whose account has contradictions."""
    c = events.c
    conditions = _wanting(store, wanted, who, contradicted)
    order = (c.doubt.desc(), c.number.desc())
    numbers = select(c.number).where(*conditions).order_by(*order).limit(limit).offset(offset).subquery()
    query = (
        select(events, event_contents.c.content)
        .join(numbers, numbers.c.number == c.number)
        .join(event_contents, event_contents.c.event == c.number)
        .order_by(*order)
    )
    with store.read() as connection:
        rows = connection.execute(query).all()
        accounts = {row.account for row in rows if row.account}
        told = (
            select(c.account)
            .where(c.account.in_(accounts), c.id != c.account)
            .group_by(c.account)
            .having(func.count() > 1)
        )
        shared = set(connection.execute(told).scalars())
    count = count_queue(store, wanted, who, contradicted=contradicted) if total else None
    return Queue(
        [Wanting(found_of(row), row.doubt, row.contradictions, row.account in shared) for row in rows], count
    )


def count_queue(
    store: Store, wanted: Filter | None = None, who: str | None = None, *, contradicted: bool = False
) -> int:
    """How many tellings `queue` has."""
    conditions = _wanting(store, wanted, who, contradicted)
    with store.read() as connection:
        return int(
            connection.execute(select(func.count()).select_from(events).where(*conditions)).scalar_one()
        )


def _wanting(store: Store, wanted: Filter | None, who: str | None, contradicted: bool) -> list[Any]:
    c = events.c
    # Accounts and what was rejected are never in doubt: the index of doubt alone tells what is in the queue.
    conditions = [*conditions_of(wanted or Filter(), any_row=True), c.doubt > NO_DOUBT]
    if contradicted:
        conditions.append(c.contradictions > 0)
    left = skipped(store, who) if who else set()
    if left:
        conditions.append(c.id.not_in(left))
    return conditions


# --- reports


class ReportRow(msgspec.Struct, frozen=True):
    """A report in a list: how many events it tells of, and how many of them want a person. `redacted` ones are empty."""

    hash: str
    id: str | None
    source: str | None
    published: str | None
    language: str | None
    title: str | None
    added_at: str
    events: int
    open: int
    redacted: bool


class ReportPage(msgspec.Struct, frozen=True):
    """Some of the reports, the latest first; `total` counts them all."""

    reports: list[ReportRow]
    total: int
    offset: int


def find_reports(
    store: Store,
    *,
    source: str | None = None,
    since: str | None = None,
    until: str | None = None,
    language: str | None = None,
    limit: int = 100,
    offset: int = 0,
) -> ReportPage:
    """Reports by house and day of publication (ISO, inclusive)."""
    c = reports.c
    conditions = []
    for column, value in ((c.source, source), (c.language, language)):
        if value is not None:
            conditions.append(column == value)
    if since:
        conditions.append(c.published >= since)
    if until:
        conditions.append(c.published <= until)
    query = (
        select(reports)
        .where(*conditions)
        .order_by(c.published.desc().nulls_last(), c.hash)
        .limit(limit)
        .offset(offset)
    )
    with store.read() as connection:
        rows = connection.execute(query).all()
        total = connection.execute(select(func.count()).select_from(reports).where(*conditions)).scalar_one()
        counted = select(
            events.c.report,
            func.count().label("events"),
            func.sum(case((events.c.doubt > NO_DOUBT, 1), else_=0)).label("open"),
        ).where(events.c.report.in_([row.hash for row in rows]), _telling(), events.c.review != "rejected")
        counts = {row.report: row for row in connection.execute(counted.group_by(events.c.report))}
    found = []
    for row in rows:
        kept = None if row.content == EMPTY else msgspec.json.decode(row.content, type=Report)
        count = counts.get(row.hash)
        found.append(
            ReportRow(
                hash=row.hash,
                id=row.id,
                source=row.source,
                published=row.published,
                language=row.language,
                title=kept.title if kept else None,
                added_at=row.added_at,
                events=count.events if count else 0,
                open=count.open if count else 0,
                redacted=kept is None,
            )
        )
    return ReportPage(found, total, offset)


def _telling() -> Any:
    return or_(events.c.account.is_(None), events.c.account != events.c.id)


# --- sources


class SourceRow(msgspec.Struct, frozen=True):
    """Who tells: a house that publishes, or a name on whose word a report tells. `kind` and `actor` (its side) as the
    reports have them; `first` and `last` days of what it tells of. Of its events that somebody else tells of too
    (`shared`), `disputed` are those on which the tellers differ."""

    name: str
    key: str
    kind: SourceKind | None
    actor: str | None
    events: int
    first: str | None
    last: str | None
    shared: int
    disputed: int

    @property
    def agreement(self) -> float | None:
        """The share of shared events on which no teller differs, from 0 to 1; None where none is shared."""
        return None if not self.shared else 1 - self.disputed / self.shared


def find_sources(store: Store) -> list[SourceRow]:
    """Every source, the one that tells of most events first."""
    account = events.alias("account")
    c = events.c
    counted = (
        select(
            event_tags.c.value,
            func.count().label("events"),
            func.min(c.start).label("first"),
            func.max(c.end).label("last"),
            func.sum(case((account.c.voices > 1, 1), else_=0)).cast(Integer).label("shared"),
            func.sum(case((and_(account.c.voices > 1, c.contradictions > 0), 1), else_=0))
            .cast(Integer)
            .label("disputed"),
            func.max(c.number).label("example"),
        )
        .join(events, c.number == event_tags.c.event)
        .outerjoin(account, account.c.id == c.account)
        .where(event_tags.c.kind == "source", _telling(), c.review != "rejected")
        .group_by(event_tags.c.value)
    )
    with store.read() as connection:
        rows = connection.execute(counted).all()
        examples = select(events.c.number, events.c.source, event_contents.c.content).join(
            event_contents, event_contents.c.event == events.c.number
        )
        known: dict[int, Any] = {}
        for start in range(0, len(rows), 1000):
            some = [row.example for row in rows[start : start + 1000]]
            known |= {row.number: row for row in connection.execute(examples.where(c.number.in_(some)))}
    found = [_source(row, known[row.example].source, known[row.example].content) for row in rows]
    return sorted(found, key=lambda source: (-source.events, source.name))


def _source(row: Any, house: str | None, content: str) -> SourceRow:
    """A source's row, with its name and kind as an example of what it tells has them."""
    name, kind, actor = row.value, None, None
    if house and fold(house) == row.value:
        name = house
    for source in msgspec.json.decode(content, type=Event).sources:
        if fold(source.name) == row.value:
            name, kind, actor = source.name, source.kind, source.actor
    return SourceRow(
        name, row.value, kind, actor, row.events, row.first, row.last, row.shared or 0, row.disputed or 0
    )


# --- sums of tolls

By = Literal["day", "side", "place"]


class Sum(msgspec.Struct, frozen=True):
    """How many events, and how many killed by the rule, of one `key`: a day, a side, or (name, country, lat, lon,
    precision) of a place."""

    key: tuple[Any, ...]
    side: str
    events: int
    low: int
    best: int
    high: int


def sum_tolls(store: Store, wanted: Filter, rule: Rule, by: By) -> list[Sum]:
    """Sums of the killed by a counting rule over the accounts that a filter lets through: by day or place in all
    (`side` is "total"), or by side."""
    c = events.c
    keys = {"day": [c.start], "side": [], "place": [c.place, c.country, c.lat, c.lon, c.precision]}[by]
    query = (
        select(
            *keys,
            tolls.c.side,
            func.count().label("events"),
            *(func.sum(tolls.c[name]).cast(BigInteger).label(name) for name in ("low", "best", "high")),
        )
        .join(tolls, tolls.c.event == c.number)
        .where(*conditions_of(wanted), tolls.c.rule == rule)
        .group_by(*keys, tolls.c.side)
    )
    if by != "side":
        query = query.where(tolls.c.side == "total")
    with store.read() as connection:
        return [
            Sum(tuple(row[: len(keys)]), row.side, row.events, row.low, row.best, row.high)
            for row in connection.execute(query)
        ]
