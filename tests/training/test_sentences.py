"""The labelled sentences: read as their files have them, and held against weights that never saw their article."""

from __future__ import annotations

import itertools
from pathlib import Path

import pytest

pytest.importorskip("sklearn", reason="training needs the extra `train`")

from sijill.training.__main__ import main
from sijill.training.fit import collect, shipped_reports
from sijill.training.sentences import cross_sentences, read_sentences, texts_of

ROWS = """id,event_type,label,accept,reject,total,text
AAW_ARB_20071026.0026-2,ASSAULT,yes,3,0,3,قتل ثلاثة جنود في هجوم شنه مسلحون على حاجز للجيش في بعقوبة أمس.
AAW_ARB_20071026.0026-3,ASSAULT,easy no,0,3,3,"وافتتح الوزير المعرض، وزار المتحف."
AAW_ARB_20071027.0001-1,ASSAULT,ambiguous,1,1,2,وقتل ثلاثة جنود في هجوم على حاجز في بعقوبة أمس.
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "assault_gsr.csv").write_text(ROWS, encoding="utf-8")
    return tmp_path


def test_a_sentence_has_its_article_and_day(folder: Path) -> None:
    first, second, _ = read_sentences(folder)
    assert (first.set, first.document, first.published) == ("assault", "AAW_ARB_20071026.0026", "2007-10-26")
    assert second.text == "وافتتح الوزير المعرض، وزار المتحف."
    assert texts_of([first]) == {("assault", first.id): (first.text, first.published)}


def test_without_sentences_it_says_what_is_wanted(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["--sentences"])
    assert ended.value.code == 2
    assert "--gsr FOLDER" in capsys.readouterr().err


def test_sentences_are_counted_by_their_labels_but_for_the_ambiguous(folder: Path) -> None:
    reports = list(itertools.islice(shipped_reports(), 0, None, 12))
    found = cross_sentences(read_sentences(folder), reports, collect(reports), folds=2)["assault"]
    assert (found.gold, found.predicted, found.hit) == (1, 1, 1)
