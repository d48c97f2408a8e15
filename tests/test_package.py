"""The package as a whole: its examples run, its schema is the one that ships, importing it costs little."""

from __future__ import annotations

import doctest
import json
import re
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any

import pytest

import sijill
from sijill.language import arabic, english
from sijill.records import json_schema
from sijill.rules.knowledge import KNOWLEDGE


def test_the_examples_of_the_package_run() -> None:
    assert doctest.testmod(sijill).failed == 0


def test_the_schema_that_ships_is_made_from_the_vocabulary() -> None:
    """After a change of the vocabulary: `make schema`."""
    shipped = json.loads((KNOWLEDGE / "schema" / "record.schema.json").read_text(encoding="utf-8"))
    assert shipped == json.loads(json.dumps(json_schema()))


def test_what_the_package_offers() -> None:
    assert set(sijill.__all__) == {"Record", "Report", "__version__", "code"}
    for name in sijill.__all__:
        assert getattr(sijill, name)
    with pytest.raises(AttributeError):
        sijill.nothing  # noqa: B018


@pytest.mark.parametrize(
    ("statement", "unwanted"),
    [
        ("import sijill", ["msgspec", "sijill.coding", "sijill.records"]),
        ("import sijill.language.arabic", ["sijill.language.places", "sijill.rules"]),
        (
            "import sijill.cli",
            ["sijill.coding", "sijill.store", "sqlalchemy", "duckdb", "splink", "pyarrow", "rich.progress"],
        ),
        (
            "import sijill; sijill.code('قتل ثلاثة جنود في هجوم قرب الموصل أمس.')",
            ["sqlalchemy", "duckdb", "splink", "pyarrow", "trafilatura", "sklearn", "numpy", "typer"],
        ),
    ],
    ids=["package", "language", "cli", "code"],
)
def test_nothing_is_imported_that_is_not_needed(statement: str, unwanted: list[str]) -> None:
    check = f"import sys; {statement}; print([m for m in {unwanted!r} if m in sys.modules])"
    done = subprocess.run(
        [sys.executable, "-c", check], capture_output=True, check=True, text=True, encoding="utf-8"
    )
    assert done.stdout.strip() == "[]"


ARABIC = "قُتل العقيد محمد مهدي فريدوني من الحرس الثوري وثلاثة جنود في هجوم شنه تنظيم الدولة قرب الموصل أمس."
ENGLISH = "Islamic State fighters killed three soldiers near Mosul yesterday, said Gen. Ahmed al-Hasan."


@pytest.mark.parametrize(("room", "text"), [(arabic, ARABIC), (english, ENGLISH)], ids=["arabic", "english"])
def test_the_language_rooms_on_their_own(room: object, text: str) -> None:
    def words(found: list[object]) -> list[str]:
        return [text[m.start : m.end] for m in found]  # type: ignore[attr-defined]

    assert [n.value for n in room.find_numbers(text)] == [3]  # type: ignore[attr-defined]
    assert words(room.find_times(text)) in (["أمس"], ["yesterday"])  # type: ignore[attr-defined]
    assert [p.name for p in room.find_places(text)] == ["Mosul"]  # type: ignore[attr-defined]
    assert "is" in {i for a in room.find_actors(text) for i in a.ids}  # type: ignore[attr-defined]
    assert all(words([a])[0].strip() for a in room.find_actors(text))  # type: ignore[attr-defined]
    assert all(words([p]) == [p.name] for p in room.find_people(text))  # type: ignore[attr-defined]


def test_a_person_has_a_role() -> None:
    [person] = arabic.find_people(ARABIC)
    assert (person.name, person.role) == ("محمد مهدي فريدوني", "العقيد")


def test_the_short_name_of_a_group_follows_its_full_name() -> None:
    text = "انسحب تنظيم الدولة من المدينة. وقال سكان إن التنظيم أحرق مقاره."
    named = [(text[a.start : a.end], a.ids) for a in arabic.find_actors(text) if a.ids]
    assert ("التنظيم", ("is",)) in named


README = Path(__file__).parents[1] / "README.md"


def test_the_readme_says_what_the_code_does() -> None:
    """The README's Python runs as it stands, and gives what its comments say."""
    names: dict[str, Any] = {}
    for block in re.findall(r"```python\n(.*?)```", README.read_text(encoding="utf-8"), flags=re.DOTALL):
        exec(compile(block, "README.md", "exec"), names)
    event = names["event"]
    assert (event.type, event.start, event.place.name, event.casualties[0].n) == (
        "armed_clash",
        "2016-03-01",
        "Mosul",
        3,
    )
    assert [n.value for n in names["find_numbers"]("مقتل ثلاثة جنود وخمسة مدنيين")] == [3, 5]
    [day] = names["find_times"]("فجر الجمعة الماضي", date(2018, 6, 12))
    assert day.first == day.last == date(2018, 6, 8)
    assert [i for a in names["find_actors"]("عناصر من الحرس الثوري") for i in a.ids] == ["irgc"]


def test_the_readme_names_files_that_are_there() -> None:
    text = README.read_text(encoding="utf-8")
    for path in re.findall(r"\]\(((?!http)[^)]+)\)", text) + re.findall(r"`(src/sijill/[\w./-]+)`", text):
        assert (README.parent / path).exists(), path


def test_a_picture_fetches_nothing() -> None:
    picture = (README.parent / "docs" / "pictures" / "example.svg").read_text(encoding="utf-8")
    assert "@font-face" not in picture
    assert not re.search(r"url\((?!#)", picture)
    assert "عوض" in picture
