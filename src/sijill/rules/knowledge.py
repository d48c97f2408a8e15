"""Where the knowledge lies, and its lexicons compiled once per process."""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from sijill.rules import inflection
from sijill.rules import lexicon as lexicons
from sijill.rules.compiled import compiled
from sijill.rules.lexicon import Entry, Forms, Lexicon, compile_forms, read_lexicon
from sijill.rules.own_actors import own_actors_file, own_aliases
from sijill.text import script, words
from sijill.text.script import normal_form

KNOWLEDGE = Path(__file__).parents[1] / "knowledge"
"""The folder of the data that ships: lexicons, actors, places, rules, models."""
ALIASES = tuple(KNOWLEDGE / "actors" / name for name in ("aliases.csv", "adjectives.csv"))
"""The names of the actors of the register."""
_COMPILERS = tuple(
    Path(module.__file__ or "") for module in (script, words, inflection, lexicons, sys.modules[__name__])
)
"""The modules that the compiled lexicons depend on."""


@lru_cache(maxsize=4)
def entries(language: str) -> tuple[Entry, ...]:
    """Every entry of every lexicon of a language ("ar", "en"), files in order of name."""
    folder = KNOWLEDGE / "lexicons" / language
    return tuple(entry for path in sorted(folder.glob("*.tsv")) for entry in read_lexicon(path, language))


def alias_files() -> tuple[Path, ...]:
    """What the actors' names are read from: the files that ship, and the user's own actors where there are any."""
    own = own_actors_file()
    return (*ALIASES, own) if own.is_file() else ALIASES


@lru_cache(maxsize=1)
def alias_rows() -> tuple[dict[str, str], ...]:
    """The rows of the actors' aliases, the user's own included: id, language, alias, stance, kind_of_name."""
    rows: list[dict[str, str]] = []
    for path in ALIASES:
        with path.open(encoding="utf-8", newline="") as lines:
            rows.extend(csv.DictReader(lines))
    return (*rows, *own_aliases())


def rows_of(name: str) -> Iterator[list[str]]:
    """The tab-separated rows of a small data file under `knowledge/`, comments left out."""
    for line in (KNOWLEDGE / name).read_text(encoding="utf-8").splitlines():
        if line.strip() and not line.startswith("#"):
            yield line.split("\t")


@lru_cache(maxsize=1)
def _function_words() -> dict[str, frozenset[str]]:
    rows = rows_of("function_words.tsv")
    return {name: frozenset(words.replace("\\n", "\n").split(" ")) for name, _, words in rows}


def function_words(name: str) -> frozenset[str]:
    """A set of function words (normal form) of `knowledge/function_words.tsv`. Raises KeyError for an unknown set."""
    return _function_words()[name]


def actor_entries(language: str) -> Iterator[Entry]:
    """The actors' names as lexicon entries of the categories actor.full, actor.short, actor.demonym, …; the value is
    the actor's id, and of a short form, which many actors share, its normal form."""
    for number, row in enumerate(alias_rows(), 2):
        if row["language"] == language:
            kind = row["kind_of_name"]
            value = normal_form(row["alias"]) if kind == "short" else row["id"]
            yield Entry(f"actor.{kind}", value, (row["alias"],), (), (), f"{language}.actors.{value}", number)


@lru_cache(maxsize=4)
def lexicon(language: str) -> Lexicon:
    """The lexicons of a language and the names of the actors, compiled into one."""

    def make() -> Forms:
        return compile_forms((*entries(language), *actor_entries(language)), language)

    folder = KNOWLEDGE / "lexicons" / language
    sources = (*sorted(folder.glob("*.tsv")), *alias_files(), *_COMPILERS)
    return Lexicon(compiled(f"lexicon-{language}", sources, Forms, make), language)
