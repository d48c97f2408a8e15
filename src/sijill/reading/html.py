"""The article of a web page, and what the page says of itself."""

from __future__ import annotations

import re

from sijill.reading.text import decode

_CHARSET = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?\s*([A-Za-z0-9_-]{3,20})", re.IGNORECASE)
_PAGE = re.compile(rb"^\s*(?:<\?xml[^>]*>\s*)?(?:<!--.{0,2000}?-->\s*)*<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE | re.DOTALL)  # fmt: skip


def looks_like_html(head: bytes) -> bool:
    """Whether a file's first bytes begin a web page."""
    return bool(_PAGE.match(head.removeprefix(b"\xef\xbb\xbf")))


def read_html(data: bytes) -> dict[str, str | None]:
    """The article's text and, where the page says them, title, published (a day), url and source (the site's name).

    Raises `ValueError` for a page without an article.
    """
    import trafilatura

    page = _characters(data)
    found = trafilatura.bare_extraction(
        page,
        with_metadata=True,
        include_comments=False,
        include_tables=True,
        date_extraction_params={"extensive_search": False, "original_date": True},
    )
    text = getattr(found, "text", None)
    if not text or not text.strip():
        raise ValueError("no article could be found in the page")
    said = {"text": "text", "title": "title", "published": "date", "url": "url", "source": "sitename"}
    return {field: getattr(found, name) for field, name in said.items()}


def _characters(data: bytes) -> str:
    """The page's characters: by the encoding that it declares where its bytes are not UTF-8 or UTF-16."""
    declared = _CHARSET.search(data[:4096])
    if declared and not data.startswith((b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf")):
        try:
            return data.decode("utf-8")
        except UnicodeDecodeError:
            try:
                return data.decode(declared.group(1).decode("ascii").lower(), "replace")
            except LookupError:
                pass
    return decode(data)
