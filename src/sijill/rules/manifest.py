"""The manifest of the knowledge that ships: every data file with its source, its licence and how much it holds.

`knowledge/manifest.toml` is checked against the files by `tests/rules/test_manifest.py`: a file that it does not name,
or that holds less than it says, fails. `python -m sijill.rules.manifest` prints the counts as they are.
"""

from __future__ import annotations

import csv
import json
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from sijill.rules.knowledge import KNOWLEDGE
from sijill.rules.lexicon import read_lexicon

MANIFEST = "manifest.toml"


class Listed(NamedTuple):
    """A file of the manifest: `path` below the knowledge folder with "/", `entries` the least it must hold."""

    path: str
    source: str
    licence: str
    entries: int


def read_manifest(folder: Path = KNOWLEDGE) -> tuple[Listed, ...]:
    """The files that the manifest names, in its order. Raises KeyError or TypeError where a cell is missing."""
    table = tomllib.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    return tuple(Listed(**each) for each in table["file"])


def data_files(folder: Path = KNOWLEDGE) -> Iterator[Path]:
    """Every file of the knowledge folder but the manifest itself and notes (`*.md`), in order of path."""
    for path in sorted(folder.rglob("*")):
        if path.is_file() and path.suffix != ".md" and path.name != MANIFEST:
            yield path


def count_entries(path: Path) -> int:
    """How much a file holds: forms of a lexicon, rows of a table, lines of a list, classes or trees of a model, else 1."""
    if path.parent.parent.name == "lexicons":
        return sum(len(entry.forms) for entry in read_lexicon(path, path.parent.name))
    if path.suffix == ".csv":
        with path.open(encoding="utf-8", newline="") as table:
            return sum(1 for _ in csv.DictReader(table))
    if path.parent.name == "models":
        model = json.loads(path.read_text(encoding="utf-8"))
        return len(model.get("classes") or model["trees"])
    if path.suffix == ".tsv" or path.parent.name == "written":
        lines = path.read_text(encoding="utf-8").splitlines()
        return sum(1 for line in lines if line.strip() and not line.startswith("#"))
    return 1


if __name__ == "__main__":
    for path in data_files():
        sys.stdout.write(f"{path.relative_to(KNOWLEDGE).as_posix()}\t{count_entries(path)}\n")
