"""Actors of the user's own: added from a CSV, named in texts, and refused with the line that is wrong."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from sijill.rules import own_actors

HEAD = "id,name_en,name_ar,kind,country,aliases\n"


@pytest.fixture(autouse=True)
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    own_actors.own_actors.cache_clear()
    yield tmp_path
    own_actors.own_actors.cache_clear()


def test_added_and_replaced(tmp_path: Path) -> None:
    given = tmp_path / "own.csv"
    given.write_text(
        "\ufeff" + HEAD + "saraya-test,Saraya Test,سرايا الاختبار,rebel,sy,ST brigade|لواء الاختبار\n",
        encoding="utf-8",
    )
    assert own_actors.add_actors(given) == {"read": 1, "added": 1, "replaced": 0}
    assert own_actors.add_actors(given) == {"read": 1, "added": 0, "replaced": 1}
    (row,) = own_actors.own_actors()
    assert (row["country"], row["parent"]) == ("SY", "")
    assert {(a["alias"], a["language"]) for a in own_actors.own_aliases()} == {
        ("Saraya Test", "en"), ("سرايا الاختبار", "ar"), ("ST brigade", "en"), ("لواء الاختبار", "ar"),
    }  # fmt: skip
    look = "from sijill.language.actors import register; from sijill.export.registers import actor; print(register()['saraya-test'].kind, actor('saraya-test').name)"
    told = subprocess.run([sys.executable, "-c", look], capture_output=True, text=True, check=True).stdout
    assert told == "rebel Saraya Test\n"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("name,kind\nx,rebel\n", ":1: a heading"),
        (HEAD + "Bad Id,x,,rebel,,\n", ":2: 'Bad Id' is no id"),
        (HEAD + "x,x,,army,,\n", ":2: 'army' is no kind"),
        (HEAD + "x,,,rebel,,\n", ":2: x has no name"),
        (HEAD + "x,x,,rebel,Syria,\n", ":2: 'Syria' is no ISO"),
        (HEAD, "no actors in it"),
    ],
)
def test_what_is_wrong_is_said_with_its_line(tmp_path: Path, text: str, said: str) -> None:
    given = tmp_path / "own.csv"
    given.write_text(text, encoding="utf-8")
    with pytest.raises(own_actors.ActorsFileError, match=said):
        own_actors.add_actors(given)
    assert own_actors.own_actors() == ()
