"""From the cells of a row to a report: names of columns, the day of publication, what is missing."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from datetime import date, datetime

import msgspec

from sijill.records import Report

MAX_TEXT_BYTES = 64 * 1024 * 1024
"""A file that holds one report may be this long."""
MAX_LINE_BYTES = 16 * 1024 * 1024
"""A line of JSONL, or a cell of CSV, may be this long."""

COLUMNS: dict[str, tuple[str, ...]] = {
    "id": ("id", "report_id", "article_id", "doc_id", "document_id", "uid", "guid", "_id"),
    "text": ("text", "body", "content", "article", "article_text", "full_text", "message", "النص", "نص"),
    "published": ("published", "date", "published_at", "publication_date", "pub_date", "pubdate", "date_published", "datetime", "التاريخ"),
    "source": ("source", "source_name", "publisher", "outlet", "newspaper", "site", "sitename", "المصدر"),
    "title": ("title", "headline", "العنوان"),
    "url": ("url", "link", "uri", "الرابط"),
    "language": ("language", "lang", "اللغة"),
}  # fmt: skip
"""Names that a report's field goes by in tables, the likeliest first."""

_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})")


class ReadError(msgspec.Struct, frozen=True):
    """A report that could not be read or coded: where it stands (`line` counts from 1, None of a whole file) and why."""

    path: str
    line: int | None
    message: str

    def __str__(self) -> str:
        return (
            f"{self.path}:{self.line}: {self.message}"
            if self.line is not None
            else f"{self.path}: {self.message}"
        )


class Located(msgspec.Struct, frozen=True):
    """A report, and where it was read from."""

    path: str
    line: int | None
    report: Report


class Defaults(msgspec.Struct, frozen=True):
    """What stands for a report's own fields where it has none."""

    published: str | None = None
    source: str | None = None
    language: str | None = None


def published_day(value: str) -> str:
    """The day (YYYY-MM-DD) of an ISO 8601 date or date and time.

    A time without a zone is the source's local time, and one with a zone keeps the day of its own zone: the day as
    written, either way. Raises `ValueError` that says what is wrong.
    """
    text = value.strip()
    match = _DAY.match(text)
    try:
        if not match:
            raise ValueError
        date.fromisoformat(match.group())
        if len(text) > 10:
            if text[10] not in "Tt ":
                raise ValueError
            datetime.fromisoformat(text.replace(" ", "T", 1).replace(" ", "").upper())
    except ValueError:
        raise ValueError(
            f"published: {value!r:.60} is not a date (YYYY-MM-DD, or with a time after it)"
        ) from None
    return match.group()


def well_formed(text: str) -> str:
    """The text with every lone surrogate as U+FFFD."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return "".join("\ufffd" if "\ud800" <= c <= "\udfff" else c for c in text)
    return text


def report_from(cells: Mapping[str, object], fallback_id: str, defaults: Defaults) -> Report:
    """The report that a row's cells hold; `cells` has the report's own field names.

    A missing id is `fallback_id`. Raises `ValueError` that says what is wrong.
    """
    text = cells.get("text")
    if not isinstance(text, str):
        raise ValueError("no text" if text is None else "text is not a string")
    if not text.strip():
        raise ValueError("the text is empty")
    published = _words(cells, "published") or defaults.published
    return Report(
        id=_words(cells, "id") or fallback_id,
        text=well_formed(text),
        source=_words(cells, "source") or defaults.source,
        published=published_day(published) if published else None,
        language=_words(cells, "language") or defaults.language,
        title=_words(cells, "title"),
        url=_words(cells, "url"),
    )


def _words(cells: Mapping[str, object], field: str) -> str | None:
    """A cell as a string, None where it is empty; dates and whole numbers are written out."""
    value = cells.get(field)
    if value is None or (isinstance(value, float) and math.isnan(value)):
        return None
    if isinstance(value, (date, datetime)):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, bool) or not isinstance(value, (str, int, float)):
        raise ValueError(f"{field} is not a string")
    return well_formed(str(value)).strip() or None


def columns_of(names: list[str]) -> dict[str, str]:
    """Which column of a table holds which field of a report: {field: column}. Case and spaces don't matter."""
    known = {
        name.strip().lower().replace(" ", "_").replace("-", "_").lstrip("\ufeff"): name
        for name in reversed(names)
    }
    found = (
        (field, next((known[name] for name in synonyms if name in known), None))
        for field, synonyms in COLUMNS.items()
    )
    return {field: column for field, column in found if column is not None}
