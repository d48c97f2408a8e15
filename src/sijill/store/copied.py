"""Which reports of the register are copies of one text: an index of MinHash bands over all reports that tell of events,
so that what is new is held against everything before it at the cost of a few looks, however old that is.

Reports are taken in when their tellings are linked, one writer at a time, so that of two copies the later finds the earlier.
The pairs that it finds are those of `sijill.ledger.duplicates.copies` over all texts at once.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

import msgspec
from sqlalchemy import Connection, delete, func, insert, or_, select

from sijill.ledger.duplicates import are_copies, bands, copies, shingles, signature
from sijill.records import Report
from sijill.store.register import Store
from sijill.store.tables import copy_bands, copy_pairs, copy_texts, events, reports

_MANY = 500
"""Texts from which it is quicker to hold all that is told against itself than to look each up."""
_AT_ONCE = 400


def take_in(store: Store) -> None:
    """Take the texts of waiting tellings' reports into the index and note which are copies of one another."""
    with store.read() as connection:
        if not _new(connection):
            return

    def work(connection: Connection) -> None:
        store.lock_chain(connection)
        new = _new(connection)
        known = connection.execute(select(func.count()).select_from(copy_texts)).scalar_one()
        if len(new) > max(_MANY, known):
            _all_at_once(connection)
        else:
            for report in new:
                _one(connection, report)

    store.write(work)


def _new(connection: Connection) -> list[str]:
    """The reports with tellings that wait to be linked, whose texts aren't in the index."""
    waiting = (
        select(events.c.report)
        .outerjoin(copy_texts, copy_texts.c.report == events.c.report)
        .where(events.c.account.is_(None), copy_texts.c.report.is_(None))
        .distinct()
        .order_by(events.c.report)
    )
    return list(connection.execute(waiting).scalars())


def _text(connection: Connection, report: str) -> str:
    content = connection.execute(select(reports.c.content).where(reports.c.hash == report)).scalar_one()
    return msgspec.json.decode(content, type=Report).text if content else ""


def _number(report: str) -> int:
    """A number for a report's hash, 62 bits long."""
    return int(report[:16], 16) >> 2


def _keys(found: frozenset[str]) -> list[int]:
    """The bands of a text as numbers of 62 bits."""
    if not found:
        return []
    named = (hashlib.blake2b(band.encode(), digest_size=8).digest() for band in bands(signature(found)))
    return [int.from_bytes(band, "big") >> 2 for band in named]


def _one(connection: Connection, report: str) -> None:
    mine = shingles(_text(connection, report))
    keys = _keys(mine)
    near = (
        select(copy_texts.c.report)
        .where(copy_texts.c.number.in_(select(copy_bands.c.text).where(copy_bands.c.band.in_(keys))))
        .order_by(copy_texts.c.report)
    )
    found = list(connection.execute(near).scalars()) if keys else []
    pairs = [other for other in found if are_copies(mine, shingles(_text(connection, other)))]
    _keep(connection, [(report, keys)], [(report, other) for other in pairs])


def _all_at_once(connection: Connection) -> None:
    """The index made anew over every report that tells of events."""
    for table in (copy_pairs, copy_bands, copy_texts):
        connection.execute(delete(table))
    telling = select(events.c.report).distinct()
    told = (
        select(reports.c.hash, reports.c.content).where(reports.c.hash.in_(telling)).order_by(reports.c.hash)
    )
    known: list[Report] = []
    kept: list[tuple[str, list[int]]] = []
    for row in connection.execute(told):
        text = msgspec.json.decode(row.content, type=Report).text if row.content else ""
        known.append(Report(id=row.hash, text=text))
        kept.append((row.hash, _keys(shingles(text))))
        if len(kept) == _AT_ONCE:
            _keep(connection, kept, [])
            kept = []
    groups = set(copies(known).values())
    _keep(connection, kept, [(group[0], other) for group in groups for other in group[1:]])


def _keep(connection: Connection, texts: list[tuple[str, list[int]]], pairs: list[tuple[str, str]]) -> None:
    if texts:
        connection.execute(
            insert(copy_texts), [{"number": _number(report), "report": report} for report, _ in texts]
        )
    rows = [{"band": key, "text": _number(report)} for report, keys in texts for key in sorted(set(keys))]
    if rows:
        connection.execute(insert(copy_bands), rows)
    if pairs:
        both = [pair for one, other in pairs for pair in ((one, other), (other, one))]
        connection.execute(insert(copy_pairs), [{"report": one, "copy": other} for one, other in both])


def forget(connection: Connection, report: str) -> None:
    """Take a report's text out of the index; where it is still told, it is taken in anew when it is linked."""
    number = _number(report)
    if connection.execute(select(copy_texts.c.number).where(copy_texts.c.number == number)).first():
        connection.execute(delete(copy_bands).where(copy_bands.c.text == number))
        connection.execute(
            delete(copy_pairs).where(or_(copy_pairs.c.report == report, copy_pairs.c.copy == report))
        )
        connection.execute(delete(copy_texts).where(copy_texts.c.number == number))


def copies_of(connection: Connection, of: Iterable[str]) -> set[str]:
    """These reports and all that are copies of them, of their copies, and so on."""
    found = set(of)
    new = sorted(found)
    while new:
        beside: set[str] = set()
        for at in range(0, len(new), _AT_ONCE):
            asked = select(copy_pairs.c.copy).where(copy_pairs.c.report.in_(new[at : at + _AT_ONCE]))
            beside |= set(connection.execute(asked).scalars())
        new = sorted(beside - found)
        found |= beside
    return found


def voices_of(connection: Connection, of: Iterable[str]) -> dict[str, str]:
    """The voice of each of these reports that have copies: the first of the copies' hashes."""
    asked = sorted(of)
    if len(asked) > 50 * _AT_ONCE:
        pairs = [(row.report, row.copy) for row in connection.execute(select(copy_pairs))]
    else:
        known = sorted(copies_of(connection, asked))
        pairs = []
        for at in range(0, len(known), _AT_ONCE):
            some = select(copy_pairs).where(copy_pairs.c.report.in_(known[at : at + _AT_ONCE]))
            pairs += [(row.report, row.copy) for row in connection.execute(some)]
    leader: dict[str, str] = {}

    def first(name: str) -> str:
        while leader.get(name, name) != name:
            name = leader[name]
        return name

    for one, other in pairs:
        low, high = sorted((first(one), first(other)))
        leader[high] = low
    named = {name for pair in pairs for name in pair}
    return {name: first(name) for name in asked if name in named}
