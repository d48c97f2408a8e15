"""The gazetteer's tables, look-ups and the additions of a user."""

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from sijill.language import gazetteer as module
from sijill.language.gazetteer import (
    PLACES,
    TABLES,
    PlacesFileError,
    add_places,
    distance_km,
    gazetteer,
)
from sijill.text.words import split_words


@pytest.fixture
def own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    folder = tmp_path / "data"
    monkeypatch.setattr(module, "user_folder", lambda: folder)
    gazetteer.cache_clear()
    yield folder
    gazetteer.cache_clear()


def test_tables_hold_what_they_should() -> None:
    kinds = Counter(place.kind for place in gazetteer())
    assert kinds["country"] > 230
    assert kinds["governorate"] > 440
    assert kinds["district"] > 600
    assert kinds["settlement"] > 20_000
    assert kinds["neighbourhood"] > 280
    assert kinds["airport"] > 80
    for kind in ("desert", "region", "river", "crossing", "camp", "dam", "road", "field", "mountain"):
        assert kinds[kind] >= 5, kind


def test_rows_are_sound() -> None:
    for place in gazetteer():
        assert -90 <= place.lat <= 90, place
        assert -180 <= place.lon <= 180, place
        assert re.fullmatch("[A-Z]{2}|", place.country), place
        assert all(place.names), place
        assert place.names, place
        assert 1 <= place.precision <= 6


def test_names_are_in_normal_form() -> None:
    for place in gazetteer():
        for name in place.names:
            assert " ".join(split_words(name)) == name, (place.id, name)


def test_counts_are_those_of_the_sources_page() -> None:
    """SOURCES.md gives the rows of every table; a rebuild that changes them must change it too."""
    page = (PLACES / "SOURCES.md").read_text(encoding="utf-8")
    for table in (
        *TABLES,
        "demonyms.tsv",
        "capitals.tsv",
        "weak.tsv",
        "weak_english.tsv",
        "whole.tsv",
        "cues.tsv",
    ):
        lines = (PLACES / table).read_text(encoding="utf-8").splitlines()
        has_heading = lines[0].startswith(("id\t", "name\t", "country\t"))
        rows = sum(bool(line) and not line.startswith("#") for line in lines) - has_heading
        assert re.search(rf"`{re.escape(table)}` \| {rows:,} \|", page), (table, rows)


def test_ids_are_unique() -> None:
    counts = Counter(place.id for place in gazetteer())
    assert [i for i, n in counts.items() if n > 1] == []


def test_governorates_have_iso_codes_and_both_scripts() -> None:
    for place in gazetteer():
        if place.kind == "governorate":
            assert re.fullmatch("[A-Z]{2}-[A-Z0-9]{1,3}", place.id), place.id
            assert {name.isascii() for name in place.names} == {True, False}, place


def test_governorates_lie_in_their_countries() -> None:
    """A swapped coordinate or a chief town mistaken for its namesake shows as a unit far from its country's others."""
    centres: dict[str, list[tuple[float, float]]] = {}
    units = [place for place in gazetteer() if place.kind in ("governorate", "district")]
    for unit in units:
        centres.setdefault(unit.country, []).append((unit.lat, unit.lon))
    for unit in units:
        apart = sorted(distance_km(unit.lat, unit.lon, *other) for other in centres[unit.country])
        assert apart[min(3, len(apart) - 1)] < 1200, unit  # Karachi, Tamanrasset


@pytest.mark.parametrize(
    ("name", "country", "lat", "lon"),
    [
        ("السوسة", "SY", 34.53, 40.96),
        ("البوكمال", "SY", 34.45, 40.92),
        ("البو كمال", "SY", 34.45, 40.92),
        ("أبو كمال", "SY", 34.45, 40.92),
        ("الباغوز", "SY", 34.46, 40.95),
        ("Deir ez-Zor", "SY", 35.34, 40.14),
        ("تعز", "YE", 13.58, 44.02),
        ("الخرطوم", "SD", 15.55, 32.53),
        ("خان يونس", "PS", 31.34, 34.31),
        ("حميميم", "SY", 35.41, 35.95),
        ("عين الحلوة", "LB", 33.54, 35.38),
    ],
)
def test_lookup(name: str, country: str, lat: float, lon: float) -> None:
    found = gazetteer().lookup(name, country)
    assert found
    assert distance_km(found[0].lat, found[0].lon, lat, lon) < 10


def test_lookup_by_sound_needs_a_country() -> None:
    assert gazetteer().lookup("كبناظ") == []


def test_lookup_of_nothing_like_a_place() -> None:
    assert gazetteer().lookup("قققق", "SY") == []


GEONAMES = "\t".join(
    ["99000001", "Tall Nowhere", "Tall Nowhere", "تل الوهم,Tell Nowhere", "35.1", "38.2", "P", "PPL", "SY", "", "11", "", "", "", "340", "", "400", "Asia/Damascus", "2020-01-01"]
)  # fmt: skip


def test_add_geonames_dump(own_folder: Path, tmp_path: Path) -> None:
    path = tmp_path / "SY.txt"
    well = GEONAMES.replace("99000001", "99000002").replace("\tP\tPPL\t", "\tH\tWLL\t")
    path.write_text(GEONAMES + "\n" + well + "\n", encoding="utf-8")
    assert add_places(path) == {"read": 2, "added": 1, "skipped": 1, "arabic": 1}
    place = gazetteer().lookup("تل الوهم", "SY")[0]
    assert (place.geonameid, place.lat, place.lon, place.population) == (99000001, 35.1, 38.2, 340)


def test_add_hdx_csv_with_hashtags(own_folder: Path, tmp_path: Path) -> None:
    path = tmp_path / "villages.csv"
    path.write_text(
        "admin1Name_en,admin4Name_en,admin4Name_ar,Latitude_Y,Longitude_X,admin0Pcode\n"
        "#adm1+name,#adm4+name,#adm4+name+ar,#geo+lat,#geo+lon,#adm0+code\n"
        "Ar-Raqqa,Shambuta,شمبوطة,35.9,38.9,SY\n",
        encoding="utf-8-sig",
    )
    assert add_places(path)["added"] == 1
    assert gazetteer().lookup("شمبوطة", "SY")[0].name == "Shambuta"


def test_adding_again_replaces(own_folder: Path, tmp_path: Path) -> None:
    path = tmp_path / "mine.csv"
    for lat in ("33.1", "33.2"):
        path.write_text(f"name,lat,lon\nKhirbat Fulan,{lat},36.0\n", encoding="utf-8")
        add_places(path, country="SY")
    found = gazetteer().lookup("Khirbat Fulan", "SY")
    assert [place.lat for place in found] == [33.2]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("name,lat\nX,1\n", "mine.csv:1: no column for lon"),
        ("lat,lon,country\n1,1,SY\n", "mine.csv:1: no column for the name"),
        ("name,lat,lon\nXx,1,1\n", "mine.csv:1: no column for the country"),
        ("name,lat,lon,country\nXx,north,1,SY\n", "mine.csv:2: coordinates 'north', '1' are no numbers"),
        ("name,lat,lon,country\nYy,1,1,SY\nXx,91,1,SY\n", "mine.csv:3: coordinates 91, 1 are off the globe"),
        ("name,lat,lon,country\nXx,1\n", "mine.csv:2: 2 columns, the heading has 4"),
        ("", "mine.csv:1: no column"),
        (GEONAMES + "\n1\tx\n", "mine.csv:2: 2 columns, a GeoNames dump has 19"),
    ],
)
def test_errors_name_file_and_line(own_folder: Path, tmp_path: Path, text: str, message: str) -> None:
    path = tmp_path / "mine.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(PlacesFileError, match=re.escape(message)):
        add_places(path)
    assert not own_folder.exists()


def test_file_that_is_missing_or_no_text(own_folder: Path, tmp_path: Path) -> None:
    with pytest.raises(PlacesFileError):
        add_places(tmp_path / "none.csv")
    path = tmp_path / "latin1.csv"
    path.write_bytes("name,lat,lon,country\nCaf\xe9,1,1,SY\n".encode("latin-1"))
    with pytest.raises(PlacesFileError, match=r"latin1\.csv:2: not UTF-8"):
        add_places(path)
