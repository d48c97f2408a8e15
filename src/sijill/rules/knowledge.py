"""Where the knowledge lies, and its lexicons compiled once per process."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from sijill.rules.lexicon import Entry, Lexicon, read_lexicon

KNOWLEDGE = Path(__file__).parents[1] / "knowledge"
"""The folder of the data that ships: lexicons, actors, places, rules, models."""


@lru_cache(maxsize=4)
def entries(language: str) -> tuple[Entry, ...]:
    """Every entry of every lexicon of a language ("ar", "en"), files in order of name."""
    folder = KNOWLEDGE / "lexicons" / language
    return tuple(entry for path in sorted(folder.glob("*.tsv")) for entry in read_lexicon(path, language))


@lru_cache(maxsize=4)
def lexicon(language: str) -> Lexicon:
    """The lexicons of a language, compiled into one."""
    return Lexicon(entries(language), language)
