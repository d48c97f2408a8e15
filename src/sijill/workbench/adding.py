"""Reports come in through the workbench: typed in, or uploaded and read as `sijill add` reads files."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

import msgspec

from sijill.coding import code
from sijill.reading.archives import MIB, Limits
from sijill.reading.fields import Defaults, ReadError
from sijill.reading.items import read_bytes
from sijill.reading.originals import Item, Original
from sijill.records import Report
from sijill.store import FilterError, Store, add_reports
from sijill.store.link_added import link_new, settled
from sijill.store.rows import content_hash

UPLOAD = Limits(members=2000, member_bytes=16 * MIB, total_bytes=128 * MIB, ratio=100, depth=2)
"""What an uploaded archive may hold."""


class Added(msgspec.Struct, frozen=True):
    """What became of reports: their hashes in the register, and what was left out and why."""

    added: int
    known: int
    reports: list[str]
    left_out: list[str]


def add_items(store: Store, items: Iterable[Item | ReadError]) -> Added:
    """Code reports into the register and tell which of their events are one with others there."""
    left_out: list[str] = []

    def readable() -> Iterator[Item]:
        for item in items:
            if isinstance(item, ReadError):
                left_out.append(str(item))
            else:
                yield item

    since = settled(store)
    result = add_reports(store, readable(), code)
    left_out += [f"{refused.id}: {refused.reason}" for refused in result.refused]
    if result.added:
        link_new(store, since)
    return Added(result.added, result.known + result.redacted, result.hashes, left_out)


def add_text(
    store: Store,
    text: str,
    source: str | None = None,
    published: str | None = None,
    language: str | None = None,
    title: str | None = None,
    url: str | None = None,
    id: str | None = None,  # noqa: A002
) -> Added:
    """Code one report from its words. Raises `FilterError` where `published` is no day."""
    if published is not None:
        try:
            date.fromisoformat(published)
        except ValueError:
            raise FilterError(f"{published} is no day") from None
    given = Report(
        id=id or "report",
        text=text,
        source=source,
        published=published,
        language=language,
        title=title,
        url=url,
    )
    report = given if id else msgspec.structs.replace(given, id=content_hash(given)[:16])
    return add_items(store, [(report, Original(text.encode("utf-8", "replace"), "text/plain", "typed in"))])


def add_upload(store: Store, data: bytes, name: str, defaults: Defaults) -> Added:
    """Code the reports of an uploaded file; `name` says what it is by its end, and is never a path here."""
    plain = "".join(char for char in name.replace("\\", "/").rpartition("/")[2] if char.isprintable())[-200:]
    shown = plain or "upload"
    return add_items(store, read_bytes(data, shown, shown, defaults, UPLOAD))
