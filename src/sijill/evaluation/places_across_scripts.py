"""How often an Arabic name resolves when the gazetteer has its place in Latin script only.

A fifth of the towns (by a hash of their id) lose their Arabic names; each lost name is then looked up by sound within
its country and counts as found where the first answer lies within 10 km.
"""

from __future__ import annotations

import sys
import tempfile
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from zlib import crc32

from sijill.language.gazetteer import PLACES, TABLES, Gazetteer, Place, distance_km, gazetteer
from sijill.language.transliteration import is_arabic_name

ARAB_COUNTRIES = frozenset(
    [
        "SY",
        "IQ",
        "LB",
        "PS",
        "JO",
        "EG",
        "LY",
        "TN",
        "DZ",
        "MA",
        "EH",
        "MR",
        "SD",
        "SS",
        "YE",
        "SA",
        "AE",
        "QA",
        "BH",
        "KW",
        "OM",
        "SO",
        "DJ",
    ]
)


def hidden(place: Place) -> bool:
    """Whether a place loses its Arabic names: one GeoNames town in five that has names in both scripts."""
    return (
        place.kind == "settlement"
        and place.geonameid is not None
        and crc32(place.id.encode()) % 5 == 0
        and any(is_arabic_name(name) for name in place.names)
        and any(not is_arabic_name(name) for name in place.names)
    )


def without_arabic(gazetteer_rows: Iterable[Place], folder: Path) -> Path:
    """Write `places.tsv` again with the hidden names left out, into a folder; its path."""
    lost = {place.id for place in gazetteer_rows if hidden(place)}
    lines = []
    for line in (PLACES / "places.tsv").read_text(encoding="utf-8").splitlines():
        cells = line.split("\t")
        if cells[0] in lost:
            cells[9] = "|".join(name for name in cells[9].split("|") if not is_arabic_name(name))
        lines.append("\t".join(cells))
    path = folder / "places.tsv"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def measure(
    countries: frozenset[str] = ARAB_COUNTRIES,
) -> tuple[Counter[str], list[tuple[str, Place, Place | None]]]:
    """Counts "names" and "found", and the misses as (Arabic name, its place, what it was taken for)."""
    full = gazetteer()
    counts: Counter[str] = Counter()
    misses: list[tuple[str, Place, Place | None]] = []
    with tempfile.TemporaryDirectory() as folder:
        poor = Gazetteer([PLACES / TABLES[0], without_arabic(full, Path(folder)), PLACES / TABLES[2]])
        for place in full:
            if place.country not in countries or not hidden(place):
                continue
            for name in filter(is_arabic_name, place.names):
                counts["names"] += 1
                found = poor.lookup(name, place.country)
                if found and distance_km(found[0].lat, found[0].lon, place.lat, place.lon) <= 10:
                    counts["found"] += 1
                else:
                    misses.append((name, place, found[0] if found else None))
    return counts, misses


if __name__ == "__main__":
    counts, misses = measure()
    for name, place, taken in misses:
        sys.stdout.write(f"{name}\t{place.country} {place.name}\t{taken.name if taken else '-'}\n")
    sys.stdout.write(f"{counts['found']} of {counts['names']} ({counts['found'] / counts['names']:.1%})\n")
