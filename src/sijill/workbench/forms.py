"""What forms of pages have in common: where one goes on afterwards, and what is said there."""

from __future__ import annotations

from urllib.parse import urlencode, urlsplit

from litestar.response import Redirect


def inside(path: str) -> str:
    """A path of this site to go on to; what would lead elsewhere leads to the front page."""
    plain = path.startswith("/") and not path.startswith("//") and "\\" not in path and path.isprintable()
    return path if plain else "/"


def back_to(path: str, **more: str) -> Redirect:
    """Back to a page of ours after a form, with more in its query: what it then says."""
    parts = urlsplit(inside(path))
    kept = "&".join(pair for pair in parts.query.split("&") if pair and pair.partition("=")[0] not in more)
    query = "&".join(filter(None, (kept, urlencode(more))))
    return Redirect(f"{parts.path}?{query}" if query else parts.path, status_code=303)
