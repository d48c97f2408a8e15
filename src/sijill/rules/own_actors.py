"""Actors of the user's own, beside the register that ships: `sijill actors add FILE.csv`."""

from __future__ import annotations

import csv
import io
import re
from functools import lru_cache
from pathlib import Path

import platformdirs

KINDS = ("state", "rebel", "militia", "civilians")
COLUMNS = (
    "id",
    "name_en",
    "name_ar",
    "kind",
    "country",
    "ucdp_id",
    "ucdp_name",
    "parent",
    "allies",
    "aliases",
)
_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_ARABIC = re.compile(r"[\u0600-\u06ff]")


class ActorsFileError(ValueError):
    """A file of actors that can't be taken; the message names file and line."""


def own_actors_file() -> Path:
    """Where the user's own actors are kept."""
    return Path(platformdirs.user_data_dir("sijill")) / "actors.csv"


@lru_cache(maxsize=1)
def own_actors() -> tuple[dict[str, str], ...]:
    """The user's own actors, each with all `COLUMNS` ("" where nothing is said); () where there are none."""
    path = own_actors_file()
    return tuple(_rows(path, path.read_text(encoding="utf-8"))) if path.is_file() else ()


def own_aliases() -> list[dict[str, str]]:
    """The names of the user's own actors as rows of aliases: id, language, alias, stance, kind_of_name."""
    found = []
    for row in own_actors():
        names = [row["name_en"], row["name_ar"], *row["aliases"].split("|")]
        for name in dict.fromkeys(name.strip() for name in names if name.strip()):
            language = "ar" if _ARABIC.search(name) else "en"
            found.append(
                {
                    "id": row["id"],
                    "language": language,
                    "alias": name,
                    "stance": "neutral",
                    "kind_of_name": "full",
                }
            )
    return found


def add_actors(path: Path) -> dict[str, int]:
    """Add the actors of a CSV file to the user's own; one of the same id takes the place of the earlier one.

    The file has a heading with at least `id` (a lower-case slug), `name_en` or `name_ar`, and `kind` (state, rebel, militia,
    civilians); `country` is an ISO alpha-2 code, `allies` are ids with ";" between them, `aliases` names with "|" between
    them, `parent` an id. Returns counts: "read", "added" (not known before), "replaced". They are read from the next run on.
    Raises ActorsFileError, naming file and line.
    """
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError:
        raise ActorsFileError(f"{path}: not in UTF-8") from None
    given = _rows(path, text)
    if not given:
        raise ActorsFileError(f"{path}: no actors in it")
    known = {row["id"]: row for row in own_actors()}
    replaced = sum(row["id"] in known for row in given)
    known |= {row["id"]: row for row in given}
    out = io.StringIO()
    writer = csv.DictWriter(out, COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(known.values())
    target = own_actors_file()
    target.parent.mkdir(parents=True, exist_ok=True)
    half = target.with_name(target.name + ".part")
    half.write_text(out.getvalue(), encoding="utf-8")
    half.replace(target)
    own_actors.cache_clear()
    return {"read": len(given), "added": len(given) - replaced, "replaced": replaced}


def _rows(path: Path, text: str) -> list[dict[str, str]]:
    reader = csv.DictReader(io.StringIO(text))
    heads = set(reader.fieldnames or ())
    if not {"id", "kind"} <= heads or not heads & {"name_en", "name_ar"}:
        raise ActorsFileError(f"{path}:1: a heading with id, name_en or name_ar, and kind is wanted")
    found = []
    for number, cells in enumerate(reader, 2):
        row = {name: (cells.get(name) or "").strip() for name in COLUMNS}
        if not _SLUG.fullmatch(row["id"]):
            raise ActorsFileError(
                f"{path}:{number}: {row['id']!r} is no id (lower-case letters, digits, hyphens)"
            )
        if row["kind"] not in KINDS:
            raise ActorsFileError(f"{path}:{number}: {row['kind']!r} is no kind ({', '.join(KINDS)})")
        if not row["name_en"] and not row["name_ar"]:
            raise ActorsFileError(f"{path}:{number}: {row['id']} has no name")
        if row["country"] and not re.fullmatch(r"[A-Za-z]{2}", row["country"]):
            raise ActorsFileError(f"{path}:{number}: {row['country']!r} is no ISO alpha-2 code")
        found.append(row | {"country": row["country"].upper(), "name_en": row["name_en"] or row["name_ar"]})
    return found
