"""Readers of English text, for use on their own: each takes a text and gives mentions with offsets into it.

Offsets are code points of the given text, end exclusive. What a reader needs is imported when it is called.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sijill.language.finding import FoundActor, FoundPerson
    from sijill.language.numbers import NumberMention
    from sijill.language.places import PlaceMention
    from sijill.language.times import TimeMention


def find_numbers(text: str) -> list[NumberMention]:
    """Every number of an English text, in order; see `sijill.language.numbers.NumberMention`."""
    from sijill.language import numbers

    return numbers.find_numbers(text, "en")


def find_times(text: str, reference: date | None = None) -> list[TimeMention]:
    """Every time of an English text, in order; relative ones count from `reference`, the day of the report."""
    from sijill.language import times

    return times.find_times(text, "en", reference)


def find_places(text: str, country: str | None = None) -> list[PlaceMention]:
    """Every place of an English text, in order; `country` (ISO alpha-2) is the one that the text reports from."""
    from sijill.language import places

    return places.find_places(text, country)


def find_people(text: str) -> list[FoundPerson]:
    """Every named individual of an English text, in order; see `sijill.language.finding.FoundPerson`."""
    from sijill.language import finding

    return finding.find_people(text, "en")


def find_actors(text: str, country: str | None = None) -> list[FoundActor]:
    """Every party, and people of one, in order; `country` settles short names. See `sijill.language.finding.FoundActor`."""
    from sijill.language import finding

    return finding.find_actors(text, "en", country)
