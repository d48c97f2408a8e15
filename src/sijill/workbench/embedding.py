"""Data inside a page: JSON in a `<script type="application/json">`, which a browser never runs."""

from __future__ import annotations

from typing import Any

import msgspec
from markupsafe import Markup


def as_json(value: Any) -> Markup:
    """A value as JSON that may stand in a script element: no `<`, `>` or `&` of the data can end it or begin another."""
    text = msgspec.json.encode(value).decode()
    return Markup(text.replace("&", "\\u0026").replace("<", "\\u003c").replace(">", "\\u003e"))
