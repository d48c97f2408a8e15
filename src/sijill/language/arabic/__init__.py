"""What the language rooms read in Arabic, usable on its own."""

from __future__ import annotations

from datetime import date

from sijill.language.numbers import NumberMention, find_in
from sijill.language.tagging import tag_text
from sijill.language.times import TimeMention, read_times


def find_numbers(text: str) -> list[NumberMention]:
    """Every number of an Arabic text, in order; see `NumberMention`."""
    return find_in(tag_text(text, "ar"))


def find_times(text: str, reference: date | None = None) -> list[TimeMention]:
    """Every time of an Arabic text, in order; `reference` is the day that relative expressions count from."""
    return read_times(tag_text(text, "ar"), reference)
