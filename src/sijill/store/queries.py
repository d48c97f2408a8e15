"""The one query layer: the present events by date, place, actor, type, toll, status and source.

Everything that leaves the register (the list on the command line, exports, maps, pages) asks here, so that what was
rejected or redacted is left out everywhere.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

import msgspec
import pyarrow as pa
from sqlalchemy import ColumnElement, Connection, Row, Select, and_, false, func, or_, select, true

from sijill.language.gazetteer import gazetteer
from sijill.ledger.accounts import Account, Estimate, Rule
from sijill.ledger.counting import estimates
from sijill.records import GROUP_OF, GROUPS, Event, Record, Report
from sijill.store.decisions import find_part, find_report
from sijill.store.present import Decision, Present, PresentPart
from sijill.store.register import NotFoundError, Store
from sijill.store.rows import fold, point, read_all_present, read_decisions, read_present
from sijill.store.tables import accounts, event_contents, event_tags, events, originals, reports
from sijill.text.words import split_words

EARTH_KM = 6371.0
_AT_ONCE = 5000
_MANY = 5000
"""Events from which a page of them is found sooner by going through the days than by looking all of them up."""
MOST_KILLED = 2**31 - 1
"""The largest number that both databases keep of a toll."""


class FilterError(ValueError):
    """A filter that can't be meant; the message says why."""


class Filter(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Which events; what is None doesn't matter, and all that is given must hold.

    `since` and `until` are ISO days, inclusive: the event's days overlap with them. `place` is a name in Latin or Arabic
    script, or a part of one; `country` an ISO 3166-1 alpha-2 code; `box` (south, west, north, east) in degrees, across
    the 180th meridian where west > east; `near` (latitude, longitude, kilometres). `actor` is an id on either side.
    `type` is a type or a group of types of the codebook. `min_killed` and `max_killed` hold for the best estimate of the
    account, and leave out events with no figure. `source` is a house that reports it or a name on whose word it is.
    `review` is one of machine, accepted, corrected, added, rejected; rejected events come only where it asks for them.
    `conflicts` wants only events where newer rules and people's decisions differ. `tellings` looks at every report's
    telling of an event, instead of the account that they make; `account` gives the tellings of one account.
    """

    since: str | None = None
    until: str | None = None
    place: str | None = None
    country: str | None = None
    box: tuple[float, float, float, float] | None = None
    near: tuple[float, float, float] | None = None
    actor: str | None = None
    type: str | None = None
    min_killed: int | None = None
    max_killed: int | None = None
    status: str | None = None
    source: str | None = None
    review: str | None = None
    conflicts: bool = False
    account: str | None = None
    tellings: bool = False


class Found(msgspec.Struct, frozen=True):
    """One event of the register, as lists show it: an account (`id` is `account`), or one report's telling. `toll` is (low, best, high) of those killed, None where nothing is
    said; `voices` the independent voices of the account."""

    id: str
    account: str | None
    event: Event
    toll: tuple[int | None, int | None, int | None]
    voices: int
    review: str
    conflicts: int
    source: str | None
    published: str | None
    report: str


class Page(msgspec.Struct, frozen=True):
    """Some of the events found, newest first; `total` counts them all, None where it wasn't asked for."""

    events: list[Found]
    total: int | None
    offset: int


def find_events(
    store: Store, wanted: Filter | None = None, *, limit: int = 100, offset: int = 0, total: bool = True
) -> Page:
    """The events that a filter lets through, newest first, those without a date last; a page of at most `limit` of them."""
    wanted = wanted or Filter()
    conditions = conditions_of(wanted)
    with store.read() as connection:
        count = _count(connection, wanted) if total and _by_name(wanted) else None
        if count is not None and count >= _MANY:
            # Of many, a page's worth is soon met along the index of days; few are looked up.
            conditions = conditions_of(wanted, one_by_one=True)
        # The page's numbers first: only its own rows are read and joined, not those of all that is found.
        numbers = _numbers(connection, conditions, limit, offset)
        rows: list[Row[Any]] = []
        for at in range(0, len(numbers), _AT_ONCE):
            query = (
                select(events, event_contents.c.content)
                .join(event_contents, event_contents.c.event == events.c.number)
                .where(events.c.number.in_(numbers[at : at + _AT_ONCE]))
                .order_by(*_NEWEST)
            )
            rows += connection.execute(query).all()
        if total and count is None:
            short = len(rows) < limit and (rows or not offset)
            count = offset + len(rows) if short else _count(connection, wanted)
        return Page(events=[found_of(row) for row in rows], total=count, offset=offset)


def _by_name(wanted: Filter) -> bool:
    """Whether a filter goes by an actor or a source, and by nothing that an index of days, places or tolls answers."""
    given = {name for name, value in msgspec.structs.asdict(wanted).items() if value}
    return bool(given & {"actor", "source"}) and given <= {"actor", "source", "status", "type", "tellings"}


def _count(connection: Connection, wanted: Filter) -> int:
    conditions = conditions_of(wanted)
    if _by_name(wanted):
        # Whether a row leads is then looked up in an index of its own.
        conditions = [*conditions_of(wanted, any_row=True), *_standing(wanted, events.c.lead.is_(true()))]
    return connection.execute(select(func.count()).select_from(events).where(*conditions)).scalar_one()


def _numbers(
    connection: Connection, conditions: list[ColumnElement[bool]], limit: int, offset: int
) -> list[int]:
    """The numbers of a page's rows. Those with a date come from the index of days as far as they're wanted; only a page that
    they don't fill looks at those without."""
    c = events.c
    dated = [*conditions, c.start.is_not(None)]
    query = (
        select(c.number).where(*dated).order_by(c.start.desc(), c.number.desc()).limit(limit).offset(offset)
    )
    found = list(connection.execute(query).scalars())
    if len(found) == limit:
        return found
    before = offset + len(found)
    if offset and not found:
        before = connection.execute(select(func.count()).select_from(events).where(*dated)).scalar_one()
    rest = select(c.number).where(*conditions, c.start.is_(None)).order_by(c.number.desc())
    return found + list(
        connection.execute(rest.limit(limit - len(found)).offset(max(0, offset - before))).scalars()
    )


class Point(msgspec.Struct, frozen=True):
    """An event as a map and a timeline show it; without its evidence, so that many are read at once."""

    id: str
    type: str
    status: str
    start: str
    end: str
    place: str
    country: str | None
    lat: float
    lon: float
    precision: int
    toll: tuple[int | None, int | None, int | None]


def event_points(store: Store, wanted: Filter | None = None, *, limit: int = 5000) -> tuple[list[Point], int]:
    """The newest events that a filter lets through and that have a day and a point, at most `limit` of them, and how many
    there are."""
    c = events.c
    conditions = [
        *conditions_of(wanted or Filter()),
        c.start.is_not(None),
        c.lat.is_not(None),
        c.lon.is_not(None),
    ]
    columns = (
        c.id, c.type, c.status, c.start, c.end, c.place, c.country, c.lat, c.lon, c.precision, c.low, c.best, c.high,
    )  # fmt: skip
    query = select(*columns).where(*conditions).order_by(*_NEWEST).limit(limit)
    with store.read() as connection:
        points = [
            Point(
                row.id,
                row.type,
                row.status,
                row.start,
                row.end or row.start,
                row.place or "",
                row.country,
                row.lat,
                row.lon,
                row.precision or 1,
                (row.low, row.best, row.high),
            )
            for row in connection.execute(query)
        ]
        if len(points) < limit:
            return points, len(points)
        count = select(func.count()).select_from(events).where(*conditions)
        return points, int(connection.execute(count).scalar_one())


def extent_of_days(store: Store) -> tuple[str, str] | None:
    """The first and the last day of which an event is told; None where none has a day."""
    days = select(func.min(events.c.start), func.max(events.c.start)).where(events.c.lead)
    with store.read() as connection:
        first, last = connection.execute(days).one()
    return None if first is None else (first, last)


def count_events(store: Store, wanted: Filter | None = None) -> int:
    """How many events a filter lets through."""
    query = select(func.count()).select_from(events).where(*conditions_of(wanted or Filter()))
    with store.read() as connection:
        return int(connection.execute(query).scalar_one())


def all_events(store: Store, wanted: Filter | None = None) -> Iterator[Found]:
    """Every event that a filter lets through, in the order of `find_events`, streamed from one consistent state."""
    query = _ordered(wanted or Filter())
    with store.read() as connection:
        for row in connection.execute(query.execution_options(yield_per=1000)):
            yield found_of(row)


def _ordered(wanted: Filter) -> Select[Any]:
    return (
        select(events, event_contents.c.content)
        .join(event_contents, event_contents.c.event == events.c.number)
        .where(*conditions_of(wanted))
        .order_by(*_NEWEST)
    )


# With no order said for them, PostgreSQL would put events without a date first.
_NEWEST = (events.c.start.desc().nulls_last(), events.c.number.desc())


def found_of(row: Row[Any]) -> Found:
    return Found(
        id=row.id,
        account=row.account,
        event=msgspec.json.decode(row.content, type=Event),
        toll=(row.low, row.best, row.high),
        voices=row.voices,
        review=row.review,
        conflicts=row.conflicts,
        source=row.source,
        published=row.published,
        report=row.report,
    )


_DAY = re.compile(r"\d{4}-\d\d-\d\d")


def _day(name: str, value: str) -> str:
    try:
        if not _DAY.fullmatch(value):
            raise ValueError
        date.fromisoformat(value)
    except ValueError:
        raise FilterError(f"{name} is not a day (YYYY-MM-DD): {value}") from None
    return value


def _standing(wanted: Filter, leading: ColumnElement[bool]) -> list[ColumnElement[bool]]:
    """Which rows stand for events: tellings where these are wanted, else those that lead."""
    c = events.c
    if wanted.tellings or wanted.account:
        told = or_(c.account.is_(None), c.account != c.id)
        return [told] if wanted.review else [told, c.review != "rejected"]
    return [] if wanted.review == "rejected" else [leading]


def conditions_of(
    wanted: Filter, *, any_row: bool = False, one_by_one: bool = False
) -> list[ColumnElement[bool]]:
    """A filter as conditions on the table of present events. Raises `FilterError` for one that can't be meant. With
    `any_row` it is left to other conditions whether accounts or tellings are meant, and rejected ones. `one_by_one` asks of
    each row whether it has an actor or a source, instead of looking all up that have."""
    c = events.c
    for name, value in msgspec.structs.asdict(wanted).items():
        if isinstance(value, str) and "\x00" in value:
            raise FilterError(f"{name} holds a character that no text has")
        if name in ("min_killed", "max_killed") and value is not None and not 0 <= value <= MOST_KILLED:
            raise FilterError(f"{name} is a number from 0 to {MOST_KILLED}")
    conditions: list[ColumnElement[bool]] = []
    if wanted.review:
        conditions.append(c.review == wanted.review)
    if wanted.account:
        conditions.append(c.account == wanted.account)
    if not any_row:
        # Most rows lead: SQLite, which doesn't know, is kept from going through all of them to find those of a filter.
        conditions += _standing(wanted, func.coalesce(c.lead, false()))
    if wanted.conflicts:
        conditions.append(c.conflicts > 0)
    if wanted.since and wanted.until and wanted.since > wanted.until:
        raise FilterError(f"since {wanted.since} is after until {wanted.until}")
    if wanted.since:
        conditions.append(c.end >= _day("since", wanted.since))
    if wanted.until:
        conditions.append(c.start <= _day("until", wanted.until))
    if wanted.place:
        conditions.append(_named(wanted.place))
    if wanted.country:
        conditions.append(c.country == wanted.country.upper())
    if wanted.box:
        conditions.append(_inside(*wanted.box))
    if wanted.near:
        conditions += _around(*wanted.near)
    for kind, value in (("actor", wanted.actor), ("source", fold(wanted.source) if wanted.source else None)):
        if value:
            tag = event_tags.c
            tagged = select(tag.event).where(tag.kind == kind, tag.value == value)
            conditions.append(
                tagged.where(tag.event == c.number).exists() if one_by_one else c.number.in_(tagged)
            )
    if wanted.type in GROUPS:
        conditions.append(c.kind == wanted.type)
    elif wanted.type in GROUP_OF:
        conditions.append(c.type == wanted.type)
    elif wanted.type:
        raise FilterError(
            f"{wanted.type} is no type and no group of the codebook: {', '.join([*GROUPS, *GROUP_OF])}"
        )
    if wanted.min_killed is not None:
        conditions.append(c.best >= wanted.min_killed)
    if wanted.max_killed is not None:
        conditions.append(c.best <= wanted.max_killed)
    if wanted.status:
        conditions.append(c.status == wanted.status)
    return conditions


def place_keys(place: str) -> tuple[str, list[str]]:
    """A place's name folded, which may be a part of a name, and the folded names that places of that name go by in either
    script. Raises `FilterError` where it is no name."""
    part = fold(place)
    if not part:
        raise FilterError(f"{place!r} is no name of a place")
    words = " ".join(word for word in split_words(place) if any(map(str.isalnum, word)))
    names = {fold(name) for found in gazetteer().named(words) for name in (found.name, *found.names)}
    return part, sorted(names - {""})


def _named(place: str) -> ColumnElement[bool]:
    """Of a place with such a name. The register's names are few beside its events: they are gone through one by one, each found
    by the index from the one before it, and only their events are looked at."""
    part, names = place_keys(place)
    key = events.c.place_key
    first = select(func.min(key).label("name")).cte("place_names", recursive=True)
    later = events.alias("later")
    following = select(func.min(later.c.place_key)).where(later.c.place_key > first.c.name)
    known = first.union_all(select(following.scalar_subquery()).where(first.c.name.is_not(None)))
    alike = or_(known.c.name.contains(part, autoescape=True), known.c.name.in_(names))
    return key.in_(select(known.c.name).where(alike))


def _inside(south: float, west: float, north: float, east: float) -> ColumnElement[bool]:
    if not (-90 <= south <= north <= 90 and -180 <= west <= 180 and -180 <= east <= 180):
        raise FilterError("a box is south, west, north, east in degrees")
    lat, lon = events.c.lat, events.c.lon
    across = and_(lon >= west, lon <= east) if west <= east else or_(lon >= west, lon <= east)
    return and_(lat >= south, lat <= north, across)


def _around(lat: float, lon: float, km: float) -> list[ColumnElement[bool]]:
    """Within a distance: a straight line through the sphere is no longer than the chord of the arc."""
    if not (-90 <= lat <= 90 and -180 <= lon <= 180 and 0 < km <= math.pi * EARTH_KM):
        raise FilterError("near is latitude, longitude, kilometres")
    x, y, z = point(lat, lon)
    chord = 2 * math.sin(min(km / (2 * EARTH_KM), math.pi / 2))
    c = events.c
    away = (c.x - x) * (c.x - x) + (c.y - y) * (c.y - y) + (c.z - z) * (c.z - z)
    degrees = math.degrees(km / EARTH_KM)
    box = [c.lat >= lat - degrees, c.lat <= lat + degrees]
    # How far the meridians reach that touch the circle; a circle with a pole inside is touched by all.
    if abs(lat) + degrees < 89:
        wide = math.degrees(math.asin(math.sin(km / EARTH_KM) / math.cos(math.radians(lat))))
        if lon - wide >= -180 and lon + wide <= 180:
            box += [c.lon >= lon - wide, c.lon <= lon + wide]
    return [*box, away <= chord * chord]


# --- one event, with everything said of it ---------------------------------------------------------------------------


class Telling(msgspec.Struct, frozen=True):
    """One report's telling of an event: the part as it stands, the report, and where its original bytes came from."""

    part: PresentPart
    report: Report
    report_hash: str
    origin: str
    sha256: str
    rules: str | None

    @property
    def words(self) -> dict[str, list[str]]:
        """The words behind each cell."""
        found: dict[str, list[str]] = {}
        for entry in self.part.value.evidence:
            found.setdefault(entry.field, []).append(entry.text)
        return found


class Shown(msgspec.Struct, frozen=True):
    """An account with its tellings, and what people decided about them. `account` is None where the register has not
    been linked since the event came in."""

    account: Account | None
    tellings: list[Telling]
    decisions: list[Decision]


def show(store: Store, name: str) -> Shown:
    """The account of that id, or the one that an event's id belongs to. Raises `StoreError` where there is none."""
    with store.read() as connection:
        account = read_account(connection, name)
        if account is None:
            hash_, part = find_part(connection, name)
            if part.kind != "events":
                return Shown(None, [_telling(connection, hash_, part)], read_decisions(connection, hash_))
            owner = connection.execute(
                select(events.c.account).where(events.c.id == part.id)
            ).scalar_one_or_none()
            account = read_account(connection, owner) if owner else None
            if account is None:
                return Shown(None, [_telling(connection, hash_, part)], read_decisions(connection, hash_))
        found = connection.execute(
            select(events.c.id, events.c.report)
            .where(events.c.account == account.id, events.c.id != account.id)
            .order_by(events.c.published, events.c.id)
        ).all()
        tellings = [_telling(connection, row.report, find_part(connection, row.id)[1]) for row in found]
        about = [
            decision
            for hash_ in dict.fromkeys(row.report for row in found)
            for decision in read_decisions(connection, hash_)
        ]
        return Shown(account, tellings, about)


def _telling(connection: Connection, hash_: str, part: PresentPart) -> Telling:
    state = read_present(connection, hash_)
    assert state is not None
    query = (
        select(originals.c.origin, originals.c.sha256)
        .join(reports, reports.c.original == originals.c.sha256)
        .where(reports.c.hash == hash_)
    )
    row = connection.execute(query).one()
    return Telling(part, state.report, hash_, row.origin, row.sha256, state.rules)


def read_account(connection: Connection, account: str) -> Account | None:
    """The account of that id as it was last linked."""
    content = connection.execute(
        select(accounts.c.content).where(accounts.c.id == account)
    ).scalar_one_or_none()
    return msgspec.json.decode(content, type=Account) if content else None


def report_state(store: Store, name: str) -> Present:
    """A report as it now stands, with all its parts. Raises `StoreError` where there is none or it was redacted."""
    with store.read() as connection:
        state = read_present(connection, find_report(connection, name))
    if state is None:
        raise NotFoundError(f"report {name} was redacted")
    return state


def account_page(
    store: Store, wanted: Filter, *, limit: int = 50, offset: int = 0
) -> tuple[list[Account], int]:
    """Some of the accounts of the events that a filter lets through, newest first, and how many there are."""
    conditions = [*conditions_of(wanted), events.c.id == events.c.account]
    numbers = (
        select(events.c.number).where(*conditions).order_by(*_NEWEST).limit(limit).offset(offset).subquery()
    )
    query = (
        select(accounts.c.content)
        .join(events, events.c.id == accounts.c.id)
        .join(numbers, numbers.c.number == events.c.number)
        .order_by(*_NEWEST)
    )
    with store.read() as connection:
        found = [msgspec.json.decode(row, type=Account) for row in connection.execute(query).scalars()]
        total = connection.execute(select(func.count()).select_from(events).where(*conditions)).scalar_one()
    return found, total


def event_ids(store: Store, report: str) -> list[str]:
    """The ids of a report's events, rejected ones too. Raises `NotFoundError` where there is no such report."""
    with store.read() as connection:
        of = events.c.report == find_report(connection, report)
        own = or_(events.c.account.is_(None), events.c.account != events.c.id)
        return list(
            connection.execute(select(events.c.id).where(of, own).order_by(events.c.number)).scalars()
        )


def accounts_of_report(store: Store, report: str) -> dict[str, str]:
    """The account of each event of a report (its full hash), by the event's id; what is not linked yet is left out."""
    own = select(events.c.id, events.c.account).where(
        events.c.report == report, events.c.account.is_not(None), events.c.account != events.c.id
    )
    with store.read() as connection:
        return {row.id: row.account for row in connection.execute(own)}


def accounts_of(store: Store, tellings: Iterable[str]) -> set[str]:
    """The ids of the accounts that these tellings belong to."""
    owners = select(events.c.account).where(events.c.id.in_(list(tellings)), events.c.account.is_not(None))
    with store.read() as connection:
        return set(connection.execute(owners).scalars())


def present_records(store: Store) -> Iterator[tuple[Present, Record]]:
    """Every report that isn't redacted as it now stands, in the order of its hash; each record's report bears its
    content hash as id, so that ids are unique and the same in every register."""
    with store.read() as connection:
        for state in read_all_present(connection):
            yield state, record_of(state)


def record_of(state: Present) -> Record:
    """What now stands of a report as a record whose report bears its content hash as id."""
    record = state.record()
    return msgspec.structs.replace(record, report=msgspec.structs.replace(record.report, id=state.hash))


def find_accounts(store: Store, wanted: Filter | None = None) -> Iterator[Account]:
    """The accounts of the events that a filter lets through, newest first. Events that came in since the register was
    last linked have none yet (`sijill.store.linking.link_register`)."""
    query = (
        select(accounts.c.content)
        .join(events, events.c.id == accounts.c.id)
        .where(*conditions_of(wanted or Filter()))
        .order_by(*_NEWEST)
    )
    with store.read() as connection:
        for content in connection.execute(query.execution_options(yield_per=1000)).scalars():
            yield msgspec.json.decode(content, type=Account)


# --- frames ----------------------------------------------------------------------------------------------------------

_FRAME: list[tuple[str, Any]] = [
    *(
        (name, pa.string())
        for name in ("id", "account", "type", "kind", "status", "start", "end", "place", "country")
    ),
    *((name, pa.float64()) for name in ("lat", "lon")),
    *(
        (name, pa.int32())
        for name in ("date_precision", "precision", "low", "best", "high", "wounded", "voices", "conflicts")
    ),
    *((name, pa.string()) for name in ("review", "source", "published", "report")),
]


_SIDES = ("a", "b", "civilians", "unknown")


def events_table(store: Store, wanted: Filter | None = None, rule: Rule | None = None) -> pa.Table:
    """The events that a filter lets through as an Arrow table, one row each, sides as lists of actor ids.

    `low`, `best`, `high` (killed) and `wounded` are those of the rule by which the register was linked (`ucdp`). With `rule`
    they are counted anew from all claims of each account, and `killed_a`, `killed_b`, `killed_civilians`, `killed_unknown`
    have the best estimate of each side; events with no account yet keep what their report says.
    """
    names = [name for name, _ in _FRAME]
    sides = [f"killed_{side}" for side in _SIDES] if rule else []
    columns: dict[str, list[Any]] = {name: [] for name in [*names, "side_a", "side_b", *sides]}
    query = _ordered(wanted or Filter())
    if rule:
        query = query.add_columns(accounts.c.content.label("told")).outerjoin(
            accounts, accounts.c.id == events.c.id
        )
    with store.read() as connection:
        for row in connection.execute(query.execution_options(yield_per=2000)):
            cells = dict(row._mapping)
            if rule:
                cells |= _counted(cells.pop("told"), rule)
            for name in (*names, *sides):
                columns[name].append(cells.get(name))
            event = msgspec.json.decode(row.content, type=Event)
            columns["side_a"].append(list(event.side_a))
            columns["side_b"].append(list(event.side_b))
    lists = [(f"side_{side}", pa.list_(pa.string())) for side in "ab"]
    return pa.table(columns, schema=pa.schema([*_FRAME, *lists, *((name, pa.int32()) for name in sides)]))


def _counted(told: str | None, rule: Rule) -> dict[str, int | None]:
    """The figures of an account by a rule, as columns; {} where there is no account."""
    if told is None:
        return {}
    found: dict[tuple[str, str], Estimate] = {
        (each.outcome, each.side): each
        for each in estimates(msgspec.json.decode(told, type=Account).claims, rule)
    }
    cells: dict[str, int | None] = {}
    killed, wounded = found.get(("killed", "total")), found.get(("wounded", "total"))
    cells["low"], cells["best"], cells["high"] = (
        (killed.low, killed.best, killed.high) if killed else (None, None, None)
    )
    cells["wounded"] = wounded.best if wounded else None
    for side in _SIDES:
        of_side = found.get(("killed", side))
        cells[f"killed_{side}"] = of_side.best if of_side else None
    return cells


def events_frame(store: Store, wanted: Filter | None = None, rule: Rule | None = None) -> Any:
    """The same as a pandas frame; pandas must be installed."""
    return events_table(store, wanted, rule).to_pandas()
