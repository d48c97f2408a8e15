"""The gazetteer: named places of the Arabic-speaking world and its neighbours, looked up by name in either script.

The tables under `knowledge/places/` are read once per process. `add_places` puts a user's own file beside them, in
the user's data folder.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from functools import lru_cache
from math import asin, cos, radians, sin, sqrt
from pathlib import Path
from typing import NamedTuple

import msgspec
import platformdirs

from sijill.language import transliteration
from sijill.language.transliteration import is_arabic_name, likeness, skeletons, spelling_likeness
from sijill.rules.compiled import compiled
from sijill.rules.knowledge import KNOWLEDGE
from sijill.text import script
from sijill.text.words import split_words

PLACES = KNOWLEDGE / "places"
COLUMNS = ("id", "name", "country", "lat", "lon", "kind", "population", "adm1", "adm2", "names")
TABLES = ("units.tsv", "places.tsv", "features.tsv")

PRECISION = {
    "country": 6, "governorate": 4, "district": 3, "region": 5, "desert": 5, "river": 5, "sea": 5, "strait": 5,
    "mountain": 2, "area": 2, "road": 2,
}  # fmt: skip
"""UCDP `where_prec` of a place that is named as itself, by its kind; 1 for every kind that is not listed."""


class Place(NamedTuple):
    """A row of the gazetteer. `adm1` is an ISO 3166-2 code or "", `adm2` a district's (a neighbourhood's: town's) name;
    `names` are in normal form."""

    id: str
    name: str
    country: str
    lat: float
    lon: float
    kind: str
    population: int
    adm1: str
    adm2: str
    names: tuple[str, ...]

    @property
    def precision(self) -> int:
        """UCDP `where_prec` of the place itself."""
        return PRECISION.get(self.kind, 1)

    @property
    def geonameid(self) -> int | None:
        """The GeoNames id, or None of a place that GeoNames does not number here."""
        return int(self.id) if self.id.isdecimal() else None


class PlacesFileError(ValueError):
    """A file of places that cannot be read; the message names the file and line."""


_GENERIC_HEADS = frozenset(
    [
        "مدينه",
        "بلده",
        "قريه",
        "ناحيه",
        "مركز",
        "بلديه",
        "دايره",
        "ولايه",
        "محافظه",
        "شعبيه",
        "جماعه",
        "مديريه",
        "قضاء",
        "حي",
    ]
)


def _weight(place: Place) -> tuple[bool, int]:
    return place.precision != 1, -place.population


def distance_km(lat: float, lon: float, other_lat: float, other_lon: float) -> float:
    """Great-circle distance of two points in degrees, in kilometres."""
    p, q = radians(lat), radians(other_lat)
    h = sin((q - p) / 2) ** 2 + cos(p) * cos(q) * sin(radians(other_lon - lon) / 2) ** 2
    return 12742.0 * asin(sqrt(min(1.0, h)))


class Names(msgspec.Struct, array_like=True):
    """The names of tables of places: the numbers of the rows that bear each, how many words the longest has by its first
    word and by its first two, and the numbers of the first-level units by their code."""

    rows: dict[str, list[int]]
    longest: dict[str, int]
    units: dict[str, int]


def _names_of(rows: list[str]) -> Names:
    names = Names({}, {}, {})
    by_name, longest = names.rows, names.longest
    for number, line in enumerate(rows):
        if "\tgovernorate\t" in line and (row := line.split("\t"))[5] == "governorate":
            names.units[row[0]] = number
        for name in line[line.rindex("\t") + 1 :].split("|"):
            if name in by_name:
                by_name[name].append(number)
                continue
            by_name[name] = [number]
            if " " in name:
                words = name.split(" ")
                for start in (words[0], f"{words[0]} {words[1]}"):
                    longest[start] = max(len(words), longest.get(start, 1))
    return names


class Gazetteer:
    """Places by name. A name is looked up as a string of words in normal form, one space apart."""

    def __init__(self, tables: Iterable[Path]) -> None:
        self._tables = tuple(tables)
        self._rows = [
            line
            for table in self._tables
            for line in table.read_text(encoding="utf-8").split("\n")[1:]
            if line.count("\t") == 9
        ]
        names = compiled("places", (*self._tables, Path(__file__)), Names, lambda: _names_of(self._rows))
        self._by_name = names.rows
        self._longest = names.longest
        self._units = names.units
        self._places: dict[int, Place] = {}
        self._by_skeleton: dict[str, dict[str, list[int]]] = {}
        self._capitals: dict[str, int] = {}
        self._parts: dict[tuple[str, str], tuple[float, float] | None] = {}

    def __len__(self) -> int:
        return len(self._rows)

    def __iter__(self) -> Iterator[Place]:
        return (self.place(number) for number in range(len(self._rows)))

    def place(self, number: int) -> Place:
        """The row of a number, as a Place."""
        found = self._places.get(number)
        if found is None:
            i, name, country, lat, lon, kind, population, adm1, adm2, names = self._rows[number].split("\t")
            found = Place(
                i,
                name,
                country,
                float(lat),
                float(lon),
                kind,
                int(population),
                adm1,
                adm2,
                tuple(names.split("|")),
            )
            self._places[number] = found
        return found

    def longest(self, start: str) -> int:
        """How many words the longest name has that begins with `start`, its first word or its first two (1 where none has
        more)."""
        return self._longest.get(start, 1)

    def named(self, name: str) -> list[Place]:
        """The places that bear a name (in normal form, one space between words)."""
        return [self.place(number) for number in self._by_name.get(name, ())]

    def knows(self, name: str) -> bool:
        """Whether any place bears the name (in normal form)."""
        return name in self._by_name

    def unit(self, code: str) -> Place | None:
        """The first-level unit of an ISO 3166-2 code."""
        number = self._units.get(code)
        return None if number is None else self.place(number)

    def part(self, country: str, side: str) -> tuple[float, float] | None:
        """Where the "north", "south", "east" or "west" of a country (ISO alpha-2) is: the middle of the third of its
        townspeople who live farthest that way, for what is told of it happens where people are. None where no town
        with a population is known."""
        if (country, side) not in self._parts:
            self._parts[country, side] = self._part(country, side)
        return self._parts[country, side]

    def _part(self, country: str, side: str) -> tuple[float, float] | None:
        towns = [
            place
            for number, row in enumerate(self._rows)
            if f"\t{country}\t" in row and (place := self.place(number)).country == country and place.population
            and place.kind == "settlement"
        ]  # fmt: skip
        sign = -1 if side in ("north", "east") else 1
        towns.sort(key=lambda p: (sign * (p.lat if side in ("north", "south") else p.lon), p.id))
        there, people, all_people = [], 0, sum(p.population for p in towns)
        for town in towns:
            there.append(town)
            people += town.population
            if 3 * people >= all_people:
                break
        if not there:
            return None
        lat, lon = (
            round(sum(value * p.population for value, p in zip(values, there, strict=True)) / people, 3)
            for values in ([p.lat for p in there], [p.lon for p in there])
        )
        return lat, lon

    def capital(self, country: str) -> Place | None:
        """The capital of a country, by its ISO alpha-2 code."""
        if not self._capitals:
            lines = (PLACES / "capitals.tsv").read_text(encoding="utf-8").splitlines()[1:]
            wanted = {place: code for code, place in (line.split("\t") for line in lines)}
            for number, row in enumerate(self._rows):
                if (place := row[: row.index("\t")]) in wanted:
                    self._capitals[wanted[place]] = number
        number_of = self._capitals.get(country)
        return None if number_of is None else self.place(number_of)

    def lookup(self, name: str, country: str | None = None) -> list[Place]:
        """The places that a name in either script may mean, the likeliest first.

        Names that are listed come before names that only sound alike (which are tried in `country` alone), towns
        before the units and features that share their name, and the larger town before the smaller.
        """
        form = " ".join(split_words(name))
        listed = self.named(form)
        if country is None:
            return sorted(listed, key=_weight)
        listed = sorted((place for place in listed if place.country == country), key=_weight)
        if any(place.precision == 1 for place in listed):
            return listed
        heard = [place for score, place in self.sounding(form, country) if not listed or score > 0.8]
        if not heard and form.partition(" ")[0] in _GENERIC_HEADS:
            return listed or self.lookup(form.partition(" ")[2], country)
        return [*heard, *listed]

    def sounding(self, name: str, country: str, least: float = 0.6) -> list[tuple[float, Place]]:
        """Places of a country whose names in the other script sound like an Arabic name, with how alike they are."""
        index = self._skeleton_index(country)
        best: dict[int, float] = {}
        for key in skeletons(name):
            for number in index.get(key, ()):
                if number not in best:
                    best[number] = max(likeness(name, latin) for latin in self._latin_names(number))
        found = [(score, self.place(number)) for number, score in best.items() if score >= least]
        found.sort(key=lambda pair: (-round(pair[0], 1), -pair[1].population, -pair[0]))
        return found

    def sounding_latin(self, name: str, country: str, least: float = 0.8) -> list[tuple[float, Place]]:
        """Places of a country whose Latin names are another spelling of a Latin name, with how alike they are."""
        index = self._skeleton_index(country)
        best: dict[int, float] = {}
        for key in skeletons(name):
            for number in index.get(key, ()):
                if number not in best:
                    best[number] = max(spelling_likeness(name, latin) for latin in self._latin_names(number))
        found = [(score, self.place(number)) for number, score in best.items() if score >= least]
        found.sort(key=lambda pair: (-round(pair[0], 1), -pair[1].population, -pair[0]))
        return found

    def _latin_names(self, number: int) -> list[str]:
        """The romanised names of a row; most rows that are asked for are no more than this, and are not kept as places."""
        row = self._rows[number]
        return [name for name in row[row.rindex("\t") + 1 :].split("|") if not is_arabic_name(name)]

    def _skeleton_index(self, country: str) -> dict[str, list[int]]:
        index = self._by_skeleton.get(country)
        if index is None:
            sources = (*self._tables, Path(__file__), Path(transliteration.__file__), Path(script.__file__))
            index = compiled(
                f"sounds-{country}", sources, dict[str, list[int]], lambda: self._sounds_of(country)
            )
            self._by_skeleton[country] = index
        return index

    def _sounds_of(self, country: str) -> dict[str, list[int]]:
        index: dict[str, list[int]] = {}
        for number, line in enumerate(self._rows):
            row = line.split("\t")
            if row[2] != country or row[5] in ("country", "governorate"):
                continue
            keys = {key for name in row[9].split("|") if not is_arabic_name(name) for key in skeletons(name)}
            for key in keys:
                index.setdefault(key, []).append(number)
        return index


def user_folder() -> Path:
    """Where the user's own places are kept."""
    return Path(platformdirs.user_data_dir("sijill")) / "places"


@lru_cache(maxsize=1)
def gazetteer() -> Gazetteer:
    """The tables that ship and the user's additions, read once per process."""
    tables = [PLACES / name for name in TABLES]
    folder = user_folder()
    if folder.is_dir():
        tables += sorted(folder.glob("*.tsv"))
    return Gazetteer(tables)


# --- additions of the user -------------------------------------------------------------------------------------------

_GEONAMES_KINDS = {
    "PPLX": "neighbourhood", "ADM1": "governorate", "ADM2": "district", "PCLI": "country", "AIRP": "airport",
    "AIRB": "airport", "AIRF": "airport", "DSRT": "desert", "STM": "river", "STMI": "river", "WAD": "river",
    "WADI": "river", "MT": "mountain", "MTS": "mountain", "HLL": "mountain", "DAM": "dam", "RD": "road",
    "RGN": "region", "AREA": "region", "OILF": "field", "CMPRF": "camp", "RGNE": "region",
}  # fmt: skip
_HEADS = {
    "name": (
        "name", "name_en", "place", "location", "locality", "settlement", "village", "town", "city", "featurename",
        "admin4name_en", "adm4_en", "admin3name_en", "adm3_en", "admin2name_en", "adm2_en", "name_latin", "placename",
    ),
    "arabic": ("name_ar", "arabic", "admin4name_ar", "adm4_ar", "admin3name_ar", "adm3_ar", "admin2name_ar", "adm2_ar", "arabic_name"),
    "lat": ("lat", "latitude", "y", "y_coord", "lat_dd", "latitude_y", "center_lat"),
    "lon": ("lon", "lng", "long", "longitude", "x", "x_coord", "lon_dd", "long_dd", "longitude_x", "center_lon"),
    "country": ("country", "countrycode", "country_code", "iso2", "iso", "adm0_iso2", "admin0iso2", "adm0_pcode", "admin0pcode"),
    "id": ("id", "geonameid", "pcode", "admin4pcode", "adm4_pcode", "admin3pcode", "adm3_pcode"),
    "population": ("population", "pop"),
    "kind": ("kind", "type", "feature", "fclass"),
    "adm1": ("adm1", "admin1", "admin1name_en", "adm1_en", "governorate", "province", "state"),
    "adm2": ("adm2", "admin2", "district", "admin2_name"),
}  # fmt: skip


def add_places(path: Path, country: str | None = None) -> dict[str, int]:
    """Add a file of places to the user's gazetteer.

    The file is a country dump of GeoNames (tab-separated, 19 columns, no heading) or a CSV with a heading that names
    a column for the name and two for the coordinates, in any common spelling (HDX's among them). `country` is the
    ISO alpha-2 code for a file that has no such column. Returns counts: "read", "added", "skipped" (features of no
    use, such as wells), "arabic" (added ones that have an Arabic name). Adding a file of the same name again replaces
    what it gave. Raises PlacesFileError, naming file and line.
    """
    text = _decoded(path)
    first = text.split("\n", 1)[0]
    counts = {"read": 0, "added": 0, "skipped": 0, "arabic": 0}
    geonames = first.count("\t") == 18 and first.split("\t")[0].isdecimal()
    source = _geonames_dump(path, text, counts) if geonames else _csv_places(path, text, counts, country)
    rows = ["\t".join(row) for row in source]
    if not rows:
        raise PlacesFileError(f"{path}: no places in it")
    folder = user_folder()
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{path.stem}.tsv").write_text(
        "\t".join(COLUMNS) + "\n" + "\n".join(rows) + "\n", encoding="utf-8"
    )
    gazetteer.cache_clear()
    return counts


def _decoded(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        line = path.read_bytes()[: error.start].count(b"\n") + 1
        raise PlacesFileError(f"{path}:{line}: not UTF-8") from error
    except OSError as error:
        raise PlacesFileError(f"{path}: {error.strerror or error}") from error


def _row(cells: dict[str, str], names: Iterable[str], counts: dict[str, int]) -> list[str]:
    forms = []
    for name in names:
        words = [word for word in split_words(name) if word[0].isalnum()]
        if words and len("".join(words)) > 1:
            forms.append(" ".join(words))
    forms = list(dict.fromkeys(forms))
    counts["added"] += 1
    counts["arabic"] += any(is_arabic_name(form) for form in forms)
    clean = {key: " ".join(value.split()) for key, value in cells.items()}
    return [*(clean.get(column, "") for column in COLUMNS[:9]), "|".join(forms)]


def _coordinates(path: Path, number: int, lat: str, lon: str) -> tuple[str, str]:
    try:
        y, x = float(lat), float(lon)
    except ValueError as error:
        raise PlacesFileError(f"{path}:{number}: coordinates {lat!r}, {lon!r} are no numbers") from error
    if not (-90 <= y <= 90 and -180 <= x <= 180):
        raise PlacesFileError(f"{path}:{number}: coordinates {lat}, {lon} are off the globe")
    return f"{y:.5f}", f"{x:.5f}"


def _geonames_dump(path: Path, text: str, counts: dict[str, int]) -> Iterator[list[str]]:
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        cells = line.rstrip("\r").split("\t")
        if len(cells) != 19:
            raise PlacesFileError(f"{path}:{number}: {len(cells)} columns, a GeoNames dump has 19")
        counts["read"] += 1
        kind = "settlement" if cells[6] == "P" and cells[7] != "PPLX" else _GEONAMES_KINDS.get(cells[7])
        if kind is None:
            counts["skipped"] += 1
            continue
        lat, lon = _coordinates(path, number, cells[4], cells[5])
        names = [
            cells[1],
            cells[2],
            *(n for n in cells[3].split(",") if is_arabic_name(n) or n[:1].isupper()),
        ]
        population = cells[14] if cells[14].isdecimal() else "0"
        known = {
            "id": cells[0],
            "name": cells[1],
            "country": cells[8],
            "lat": lat,
            "lon": lon,
            "kind": kind,
            "population": population,
        }
        yield _row(known, names, counts)


def _csv_places(path: Path, text: str, counts: dict[str, int], country: str | None) -> Iterator[list[str]]:
    head = text.split("\n", 1)[0]
    delimiter = max(",;\t", key=head.count)
    reader = csv.reader(text.splitlines(), delimiter=delimiter)
    heading = [cell.strip().lower().replace(" ", "_") for cell in next(reader, [])]
    column: dict[str, int] = {}
    for field, spellings in _HEADS.items():
        at = next((heading.index(spelling) for spelling in spellings if spelling in heading), None)
        if at is not None:
            column[field] = at
    for field in ("lat", "lon"):
        if field not in column:
            raise PlacesFileError(f"{path}:1: no column for {field} among {', '.join(heading) or 'nothing'}")
    if "name" not in column and "arabic" not in column:
        raise PlacesFileError(f"{path}:1: no column for the name among {', '.join(heading)}")
    if "country" not in column and country is None:
        raise PlacesFileError(f"{path}:1: no column for the country; say which with the country option")
    for row in reader:
        number = reader.line_num
        if not any(cell.strip() for cell in row):
            continue
        if number == 2 and row[0].startswith("#"):
            continue  # HXL's row of hashtags
        if len(row) < len(heading):
            raise PlacesFileError(f"{path}:{number}: {len(row)} columns, the heading has {len(heading)}")
        counts["read"] += 1
        known = {field: row[at].strip() for field, at in column.items()}
        names = [known.get("name", ""), known.get("arabic", "")]
        if not any(names):
            counts["skipped"] += 1
            continue
        known["lat"], known["lon"] = _coordinates(path, number, known["lat"], known["lon"])
        known["country"] = (known.get("country") or country or "")[:2].upper()
        known["name"] = known.get("name") or known["arabic"]
        known["id"] = f"{path.stem}-{known.get('id') or number}"
        known["kind"] = (
            known.get("kind", "").lower()
            if known.get("kind", "").lower() in {*PRECISION, "camp", "airport", "neighbourhood"}
            else "settlement"
        )
        known["population"] = known.get("population", "") if known.get("population", "").isdecimal() else "0"
        yield _row(known, names, counts)
