"""Readers of English text, for use on their own: each takes a text and gives mentions with offsets into it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sijill.language.numbers import NumberMention
    from sijill.language.times import TimeMention


def find_numbers(text: str) -> list[NumberMention]:
    """Every number of an English text, in order; see `sijill.language.numbers.NumberMention`."""
    from sijill.language import numbers

    return numbers.find_numbers(text, "en")


def find_times(text: str, reference: date | None = None) -> list[TimeMention]:
    """Every time of an English text, in order; relative ones count from `reference`, the day of the report."""
    from sijill.language import times

    return times.find_times(text, "en", reference)
