"""RSS and Atom feeds: each entry a report; and when a feed may be asked again."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from html.parser import HTMLParser
from typing import Any

import msgspec

from sijill.reading.fields import Defaults, ReadError, published_day, report_from
from sijill.reading.originals import Item, Original
from sijill.reading.web import Fetched, WebError, fetch

MEDIA_TYPE = "application/xml"
_FEED = re.compile(rb"<(?:\w+:)?(?:rss|feed|RDF)[\s>]")
_BLOCKS = {
    "p",
    "br",
    "div",
    "li",
    "ul",
    "ol",
    "tr",
    "table",
    "blockquote",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "hr",
    "section",
}
_UNSEEN = {"script", "style", "template", "noscript", "iframe"}


def looks_like_feed(head: bytes) -> bool:
    """Whether a file's first bytes begin a feed."""
    return bool(_FEED.search(head.replace(b"\x00", b"")))


class _Words(HTMLParser):
    """A fragment of HTML as text: blocks on lines of their own, scripts and styles left out."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self.unseen = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _UNSEEN:
            self.unseen += 1
        if tag in _BLOCKS:
            self.parts.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in _UNSEEN and self.unseen:
            self.unseen -= 1
        if tag in _BLOCKS and tag not in ("br", "hr"):
            self.parts.append("\n")

    def handle_data(self, data: str) -> None:
        if not self.unseen:
            self.parts.append(data)


def fragment_text(fragment: str) -> str:
    """The words of a fragment of HTML."""
    words = _Words()
    words.feed(fragment)
    words.close()
    lines = (" ".join(line.split()) for line in "".join(words.parts).split("\n"))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def read_feed(data: bytes, origin: str, defaults: Defaults) -> Iterator[Item | ReadError]:
    """The entries of an RSS or Atom document as reports; `origin` is the path or URL that it came from.

    An entry's text is its full content, else headline and summary. Its day is the one that the feed writes.
    """
    import feedparser  # type: ignore[import-untyped]

    found = feedparser.parse(io.BytesIO(data), sanitize_html=False, resolve_relative_uris=False)
    if not found.entries and (found.bozo or not found.version):
        reason = f": {found.bozo_exception}" if found.get("bozo_exception") else ""
        yield ReadError(origin, None, f"not a feed that can be read{reason}")
        return
    original = Original(data, MEDIA_TYPE, origin)
    house = fragment_text(found.feed.get("title") or "")
    for number, entry in enumerate(found.entries, 1):
        try:
            yield report_from(_cells(entry, house), f"entry-{number}", defaults), original
        except ValueError as error:
            yield ReadError(origin, None, f"entry {number}: {error}")


def _cells(entry: Any, house: str) -> dict[str, object]:
    title = fragment_text(entry.get("title") or "")
    full = fragment_text(
        max((part.get("value") or "" for part in entry.get("content") or ()), key=len, default="")
    )
    summary = fragment_text(entry.get("summary") or "")
    short = summary if summary.startswith(title) else f"{title}\n\n{summary}"
    link = entry.get("link")
    return {
        "id": entry.get("id") or link,
        "text": full or short.strip(),
        "title": title or None,
        "url": link,
        "source": (entry.get("source") or {}).get("title") or house or None,
        "published": _day(entry),
        "language": None,
    }


def _day(entry: Any) -> str | None:
    for name in ("published", "updated", "created"):
        written = entry.get(name)
        if not written:
            continue
        try:
            return published_day(written)
        except ValueError:
            pass
        try:
            return parsedate_to_datetime(written).date().isoformat()
        except (ValueError, TypeError):
            parsed = entry.get(f"{name}_parsed")
            if parsed:
                return f"{parsed.tm_year:04d}-{parsed.tm_mon:02d}-{parsed.tm_mday:02d}"
    return None


# --- asking politely -------------------------------------------------------------------------------------------------

LONGEST_WAIT = 24 * 3600


class Asked(msgspec.Struct, frozen=True):
    """What is known of a feed from asking before: its validators, how often it failed in a row, when it may be asked
    again (ISO 8601, UTC), and whether it said that it is gone for good."""

    url: str
    etag: str | None = None
    modified: str | None = None
    failures: int = 0
    again: str = ""
    gone: bool = False

    def due(self, now: datetime) -> bool:
        """Whether it may be asked at that time."""
        return not self.gone and (not self.again or datetime.fromisoformat(self.again) <= now)


class Polled(msgspec.Struct, frozen=True):
    """What asking gave: the feed's bytes (None where nothing is new), what is known now, and what went wrong."""

    content: bytes | None
    asked: Asked
    error: str | None = None


def poll(asked: Asked, now: datetime, *, every: float = 900.0, allow_private: bool = False) -> Polled:
    """Ask a feed once, by its validators, and say when it may be asked again: after `every` seconds, later where the
    server asks for it (Retry-After, max-age), and after each failure twice as long, up to a day."""
    try:
        answer = fetch(asked.url, etag=asked.etag, modified=asked.modified, allow_private=allow_private)
    except WebError as error:
        return _failed(asked, now, every, str(error), None)
    if answer.status == 410:
        return Polled(None, msgspec.structs.replace(asked, gone=True), "the feed is gone for good (410)")
    if answer.status not in (200, 304):
        return _failed(asked, now, every, f"the server answered {answer.status}", answer)
    wait = max(every, _asked_wait(answer, now))
    known = Asked(
        url=asked.url,
        etag=answer.headers.get("etag") or (asked.etag if answer.status == 304 else None),
        modified=answer.headers.get("last-modified") or (asked.modified if answer.status == 304 else None),
        again=_later(now, wait),
    )
    return Polled(answer.content if answer.status == 200 else None, known)


def _failed(asked: Asked, now: datetime, every: float, why: str, answer: Fetched | None) -> Polled:
    wait = min(max(every, 60.0) * 2 ** min(asked.failures, 16), LONGEST_WAIT)
    if answer:
        wait = max(wait, _asked_wait(answer, now))
    return Polled(
        None, msgspec.structs.replace(asked, failures=asked.failures + 1, again=_later(now, wait)), why
    )


def _later(now: datetime, seconds: float) -> str:
    return (now + timedelta(seconds=seconds)).isoformat()


def _asked_wait(answer: Fetched, now: datetime) -> float:
    """How many seconds the server wants us to wait, at most a day."""
    retry = answer.headers.get("retry-after", "")
    wait = 0.0
    if retry.isdigit():
        wait = float(retry)
    elif retry:
        try:
            then = parsedate_to_datetime(retry)
            wait = ((then if then.tzinfo else then.replace(tzinfo=UTC)) - now).total_seconds()
        except (ValueError, TypeError):
            wait = 0.0
    age = re.search(r"\bmax-age=(\d{1,9})", answer.headers.get("cache-control", ""))
    return min(max(wait, float(age[1]) if age and answer.status in (200, 304) else 0.0), float(LONGEST_WAIT))
