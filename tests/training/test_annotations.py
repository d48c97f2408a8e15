"""The annotations that the weights are made from: they parse, point at the words they say, and keep to the codebook."""

from __future__ import annotations

import json
import typing
from pathlib import Path
from typing import Any

import pytest

from sijill.coding.ground import Ground
from sijill.coding.persons import candidates, fate_of
from sijill.language.analysis import Analysis
from sijill.records import GROUP_OF, Bound, CasualtySide, Extent, Fate, Manner, Outcome, Record, Status
from sijill.training.examples import annotated_report
from sijill.training.fit import ANNOTATIONS, named_passages

FILES = sorted((ANNOTATIONS / "reports").glob("*.jsonl"))


def rows(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def test_there_are_reports_to_learn_from() -> None:
    assert sum(len(rows(path)) for path in FILES) >= 300


def test_ids_are_unique() -> None:
    ids = [row["report"]["id"] for path in FILES for row in rows(path)]
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.stem)
def test_reports_are_records_of_the_codebook(path: Path) -> None:
    """`Record.from_json` checks every enumeration and type on its way."""
    for row in rows(path):
        record = Record.from_json(json.dumps(row))
        assert annotated_report(row).report.text == record.report.text
        for event in record.events:
            assert 1 <= event.date_precision <= 5, record.report.id
            assert event.place is None or 1 <= event.place.precision <= 6, record.report.id
            for i, casualty in enumerate(event.casualties):
                assert casualty.part_of is None or (
                    0 <= casualty.part_of < len(event.casualties) and casualty.part_of != i
                )
        for person in record.persons:
            assert person.event is None or 0 <= person.event < len(record.events), record.report.id


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.stem)
def test_evidence_points_at_its_words(path: Path) -> None:
    for row in rows(path):
        record = Record.from_json(json.dumps(row))
        text = record.report.text
        for entry in record.all_evidence():
            assert entry.text == text[entry.start : entry.end], (record.report.id, entry)
        for event in record.events:
            assert any(entry.field == "type" for entry in event.evidence), record.report.id


def test_labels_of_sentences_keep_to_the_codebook() -> None:
    known = {
        "status": set(typing.get_args(Status)), "type": set(GROUP_OF),
        "outcome": set(typing.get_args(Outcome)), "bound": set(typing.get_args(Bound)),
    }  # fmt: skip
    labels = rows(ANNOTATIONS / "gsr" / "labels.jsonl")
    assert len(labels) >= 500
    assert len({(label["set"], label["id"]) for label in labels}) == len(labels)
    for label in labels:
        assert "text" not in label, "the sentences are not ours to ship"
        for event in label["events"]:
            assert event["type"] in known["type"]
            assert event["status"] in known["status"]
            for start, end in (
                event["trigger"],
                *(part["span"] for part in event["parts"]),
                *(t["span"] for t in event["tolls"]),
            ):
                assert 0 <= start < end
            for toll in event["tolls"]:
                assert toll["outcome"] in known["outcome"]
                assert toll["bound"] in known["bound"]


def test_the_vocabulary_has_no_empty_enumeration() -> None:
    for words in (Status, Outcome, CasualtySide, Bound, Fate, Extent, Manner):
        assert typing.get_args(words)


def test_passages_name_people_whose_fates_the_codebook_knows() -> None:
    passages = list(named_passages())
    assert {p.report.language for p in passages} == {"ar", "en"}
    for passage in passages:
        assert not set("{|}").intersection(passage.report.text), passage.report.id
        for (start, end), fate in passage.persons or ():
            assert passage.report.text[start:end].strip() == passage.report.text[start:end] != ""
            assert fate in typing.get_args(Fate), passage.report.id


def test_most_people_of_the_passages_are_proposed_with_a_word_of_their_fate() -> None:
    proposed = marked = 0
    for passage in named_passages():
        ground = Ground(Analysis(passage.report))
        found = [
            (ground.analysis.words.span(m.first, m.stop), {fate_of(cue) for cue, _ in choices})
            for names, choices in candidates(ground)
            for m in names
        ]
        for (start, end), fate in passage.persons or ():
            marked += 1
            proposed += any(s < end and start < e and fate in fates for (s, e), fates in found)
    assert proposed >= 0.9 * marked
