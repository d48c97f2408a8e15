"""Compiled knowledge: made once, made anew when its sources change or its file is damaged, and never in the way."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from sijill.rules.compiled import compiled

Made = dict[str, list[int]]


class Maker:
    """Makes a value, and counts how often it had to."""

    def __init__(self, value: Made) -> None:
        self.value, self.times = value, 0

    def __call__(self) -> Made:
        self.times += 1
        return self.value


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("SIJILL_CACHE", str(tmp_path / "cache"))
    return tmp_path / "cache"


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / "source.tsv"
    path.write_text("قتل\n", encoding="utf-8")
    return path


def test_made_once_and_read_back(source: Path, cache: Path) -> None:
    maker = Maker({"قتل": [1, 2]})
    assert [compiled("x", [source], Made, maker) for _ in range(3)] == [{"قتل": [1, 2]}] * 3
    assert maker.times == 1
    assert [path.name for path in cache.iterdir()] == ["x.msgpack"]


def test_made_anew_when_a_source_changes(source: Path) -> None:
    old, new = Maker({"a": [1]}), Maker({"b": [2]})
    compiled("x", [source], Made, old)
    source.write_text("جرح\n", encoding="utf-8")
    assert compiled("x", [source], Made, new) == {"b": [2]}


@pytest.mark.parametrize("keep", [0, 10, 32, 40])
def test_made_anew_when_the_file_is_cut_short(source: Path, cache: Path, keep: int) -> None:
    maker = Maker({"قتل": [1, 2, 3, 4, 5, 6, 7]})
    compiled("x", [source], Made, maker)
    path = cache / "x.msgpack"
    path.write_bytes(path.read_bytes()[:keep])
    assert compiled("x", [source], Made, maker) == maker.value
    assert compiled("x", [source], Made, maker) == maker.value
    assert maker.times == 2


def test_made_anew_when_the_file_holds_something_else(source: Path, cache: Path) -> None:
    compiled("x", [source], list[str], lambda: ["a"])
    assert compiled("x", [source], Made, Maker({"a": [1]})) == {"a": [1]}


def test_works_where_the_folder_cannot_be_made(source: Path, cache: Path) -> None:
    cache.write_text("a file where the folder should be", encoding="utf-8")
    maker = Maker({"a": [1]})
    assert [compiled("x", [source], Made, maker) for _ in range(2)] == [{"a": [1]}] * 2
    assert maker.times == 2


def test_many_at_once_never_read_half_a_file(source: Path, cache: Path) -> None:
    value = {str(i): [i] * 50 for i in range(500)}

    def one(turn: int) -> Made:
        if turn % 3 == 0:
            (cache / "x.msgpack").unlink(missing_ok=True)
        return compiled("x", [source], Made, lambda: value)

    with ThreadPoolExecutor(8) as threads:
        assert all(found == value for found in threads.map(one, range(60)))
    assert [path.name for path in cache.iterdir()] == ["x.msgpack"]
