"""Cells in words, alike in every format that people read: figures, spans of days, places, sources."""

from __future__ import annotations

import re

from sijill.export.registers import country
from sijill.records import Casualty, Detail, Event, Place, Source, TallyCasualty

_CONTROLS = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")
FSI, PDI = "\u2068", "\u2069"
"""First strong isolate and its end: what stands between has a direction of its own."""
_BOUNDS = {"exact": "", "at_least": "at least ", "at_most": "at most ", "about": "about ", "vague": ""}
_SIDES = {"a": "side A", "b": "side B", "civilians": "civilians", "unknown": "unknown"}


def isolated(text: str) -> str:
    """Words of the report for a line that runs left to right: in a direction of their own where they are not ASCII, and
    without the control characters that a terminal would obey."""
    text = _CONTROLS.sub(" ", text)
    return text if text.isascii() else f"{FSI}{text}{PDI}"


def amount(n: float | None, bound: str, n_high: float | None = None) -> str:
    """A number as it was said: "48", "at least 48", "about 20 to 25", "some" where only words were said."""
    if n is None:
        return "some"
    number = f"{n:,.10g}"
    return (
        f"{_BOUNDS[bound]}{number} to {n_high:,.10g}" if n_high is not None else f"{_BOUNDS[bound]}{number}"
    )


def figure(casualty: Casualty | TallyCasualty) -> str:
    """A figure with its outcome: at least 48 killed."""
    return f"{amount(casualty.n, casualty.bound, casualty.n_high)} {casualty.outcome}"


def side_of(casualty: Casualty) -> str:
    """Whom a figure is of: "side A", "side B", "civilians", "unknown"."""
    return _SIDES[casualty.side]


def days(start: str | None, end: str | None) -> str:
    """A span of days as "2018-06-08 to 2018-06-11", one day alone; nothing where none is said."""
    if start is None:
        return f"to {end}" if end else ""
    return start if end in (None, start) else f"{start} to {end}"


def place_words(place: Place | None) -> str:
    """A place as "near Al Bukamal, Syria"; nothing where there is none."""
    if place is None:
        return ""
    land = country(place.country)
    name = f"near {isolated(place.name)}" if place.precision == 2 else isolated(place.name)
    return name if land is None or land.name == place.name else f"{name}, {land.name}"


def type_words(event: Event) -> str:
    """The type in words, with the status where that is not "reported"."""
    words = event.type.replace("_", " ")
    return words if event.status == "reported" else f"{words} ({event.status})"


def detail_words(detail: Detail) -> str:
    """A detail as "pay: at most 150 USD a month"."""
    unit = f" {detail.unit.replace('_', ' ')}" if detail.unit else ""
    return f"{detail.what.replace('_', ' ')}: {amount(detail.n, detail.bound)}{unit}"


def source_words(sources: tuple[Source, ...]) -> str:
    """On whose word, with the kind of source; nothing where the report tells it in its own voice."""
    return "; ".join(f"{isolated(source.name)} ({source.kind.replace('_', ' ')})" for source in sources)
