"""Reports go in: each in one transaction with its original, its record and its events, and never twice."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from functools import lru_cache
from pathlib import Path

import msgspec
from sqlalchemy import Connection, exists, select

import sijill
from sijill.reading.originals import Item, Original
from sijill.records import Record, Report
from sijill.store.register import Store
from sijill.store.rows import (
    EMPTY,
    clean,
    column,
    content_hash,
    read_report,
    record_row,
    refresh,
    report_row,
    without_surrogates,
)
from sijill.store.tables import originals, records, reports

Coder = Callable[[Report], Record]


class Refused(msgspec.Struct, frozen=True):
    """A report that the coder wouldn't read, and why."""

    id: str
    reason: str


class AddResult(msgspec.Struct):
    """How many reports were added, were known before, are known and redacted, and which were refused."""

    added: int = 0
    known: int = 0
    redacted: int = 0
    refused: list[Refused] = msgspec.field(default_factory=list)
    hashes: list[str] = msgspec.field(default_factory=list)


class RecodeResult(msgspec.Struct):
    """How many reports newer rules read anew, how many they had read before, and where people's word and theirs differ."""

    recoded: int = 0
    same: int = 0
    refused: list[Refused] = msgspec.field(default_factory=list)
    conflicts: int = 0


@lru_cache(maxsize=1)
def rules_version() -> str:
    """What names the rules that make records: the package's version and a digest of its code and knowledge."""
    package = Path(sijill.__file__).parent
    digest = hashlib.sha256()
    for room in ("records.py", "text", "rules", "language", "coding", "knowledge"):
        place = package / room
        for path in [place] if place.is_file() else sorted(p for p in place.rglob("*") if p.suffix in _RULES):
            digest.update(str(path.relative_to(package)).encode() + b"\0" + path.read_bytes() + b"\0")
    return f"{sijill.__version__}+{digest.hexdigest()[:12]}"


_RULES = {".py", ".tsv", ".csv", ".txt", ".json", ".jsonl", ".toml"}


def add_reports(
    store: Store,
    items: Iterable[Item],
    coder: Coder,
    *,
    rules: str | None = None,
    told: Callable[[Report, str], None] | None = None,
) -> AddResult:
    """Code reports and add them to the register; what is there already is left as it is, so that a run that broke off
    is taken up by running it again.

    `items` are reports with their original bytes; `rules` names the version of the rules that `coder` applies. `told` is
    called after each report with what became of it: `added`, `known`, `redacted` or `refused`. Once it is told `added`,
    the report is on disk with its record. A report that the coder refuses (`ValueError`) is listed and left out.
    """
    version = rules or rules_version()
    result = AddResult()
    for given, original in items:
        report = clean(given)
        hash_ = content_hash(report)
        what = _known(store, hash_)
        if what is None:
            try:
                record = coder(report)
            except ValueError as error:
                result.refused.append(Refused(report.id, str(error)))
                what = "refused"
            else:
                what = _add(store, report, original, record, version)
        if what == "added":
            result.added += 1
        elif what == "known":
            result.known += 1
        elif what == "redacted":
            result.redacted += 1
        if what != "refused":
            result.hashes.append(hash_)
        if told:
            told(report, what)
    return result


def _known(store: Store, hash_: str) -> str | None:
    def look(connection: Connection) -> str | None:
        content = connection.execute(
            select(reports.c.content).where(reports.c.hash == hash_)
        ).scalar_one_or_none()
        if content is None:
            return None
        return "redacted" if content == EMPTY else "known"

    return store.look(look)


def _add(store: Store, report: Report, original: Original, record: Record, rules: str) -> str:
    at = store.clock()
    row = report_row(report, original.sha256, at)
    kept = {
        "sha256": original.sha256,
        "media_type": original.media_type,
        "origin": column(without_surrogates(original.origin)),
        "size": len(original.content),
        "content": original.content,
        "added_at": at,
    }

    def work(connection: Connection) -> str:
        store.insert_new(connection, originals, kept)
        if not store.insert_new(connection, reports, row):
            return "known"  # another process was quicker
        store.insert_new(connection, records, record_row(row["hash"], record, rules, at))
        refresh(connection, row["hash"])
        return "added"

    return store.write(work)


def recode(
    store: Store,
    coder: Coder,
    *,
    rules: str | None = None,
    told: Callable[[str], None] | None = None,
) -> RecodeResult:
    """Read every report anew with newer rules. People's decisions are kept and applied over the new records; where the
    two disagree the person's word stands, and the conflict shows at the part. Broken off, it goes on where it stopped.
    """
    version = rules or rules_version()
    result = RecodeResult()

    def wanting(connection: Connection) -> list[str]:
        made = exists().where(records.c.report == reports.c.hash, records.c.rules == version)
        wanted = select(reports.c.hash).where(~made, reports.c.content != EMPTY).order_by(reports.c.hash)
        return list(connection.execute(wanted).scalars())

    for hash_ in store.look(wanting):
        report = store.look(lambda connection, hash_=hash_: read_report(connection, hash_))  # type: ignore[misc]
        if report is None:
            continue  # redacted in the meantime
        try:
            record = coder(report)
        except ValueError as error:
            result.refused.append(Refused(report.id, str(error)))
            continue
        row = record_row(hash_, record, version, store.clock())

        def work(connection: Connection, hash_: str = hash_, row: dict[str, str] = row) -> int | None:
            if read_report(connection, hash_) is None:
                return None
            new = store.insert_new(connection, records, row)
            now = refresh(connection, hash_)
            return len(now.conflicts) if new and now else None

        conflicts = store.write(work)
        if conflicts is None:
            result.same += 1
        else:
            result.recoded += 1
            result.conflicts += conflicts
        if told:
            told(hash_)
    return result
