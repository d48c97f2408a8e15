"""Against the shared gold and the real articles: floors that may rise and never fall."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from pathlib import Path

import jsonschema
import pytest

from sijill.coding import code
from sijill.evaluation.score import score
from sijill.evaluation.scored import read_scored
from sijill.reading.fields import Defaults, report_from
from sijill.records import Record, Report, json_schema

pytestmark = pytest.mark.shared

LEAST_OVERALL, LEAST_EVIDENCE = 0.5, 0.98
"""What coding must reach over all development gold together (`sijill evaluate`). Raise them when it does better."""


def reports_of(path: Path) -> Iterator[Report]:
    """Reports of a file, one a line, flat or nested under "report"."""
    with (
        gzip.open(path, "rt", encoding="utf-8")
        if path.suffix == ".gz"
        else path.open(encoding="utf-8") as lines
    ):
        for number, line in enumerate(lines):
            row = json.loads(line)
            yield report_from(row.get("report", row), f"{path.stem}-{number}", Defaults())


@pytest.fixture(scope="module")
def coded(shared: Path) -> list[Record]:
    return [code(report) for report in reports_of(shared / "gold" / "reports.jsonl")]


def test_records_are_valid_and_go_to_json_and_back(coded: list[Record]) -> None:
    validator = jsonschema.Draft202012Validator(json_schema())
    for record in coded:
        line = record.to_json()
        assert Record.from_json(line) == record
        validator.validate(json.loads(line))


def test_evidence_is_true(coded: list[Record]) -> None:
    for record in coded:
        assert_evidence(record)


def test_scores_stay_above_their_floors(coded: list[Record], shared: Path, tmp_path: Path) -> None:
    predictions, gold = tmp_path / "predictions.jsonl", tmp_path / "gold.jsonl"
    predictions.write_bytes(b"".join(record.to_json() + b"\n" for record in coded))
    gold.write_text(
        "".join(
            path.read_text(encoding="utf-8") for path in sorted((shared / "gold" / "dev").glob("*.jsonl"))
        ),
        encoding="utf-8",
    )
    found = score(read_scored(predictions), read_scored(gold))
    assert found.overall >= LEAST_OVERALL
    assert found.evidence.share >= LEAST_EVIDENCE


def test_200_articles_are_coded(shared: Path) -> None:
    articles = list(reports_of(next((shared / "data" / "news").glob("*.jsonl.gz"))))
    for report in articles[:: len(articles) // 200]:
        assert_evidence(code(report))


@pytest.mark.long
def test_every_article_is_coded(shared: Path) -> None:
    for report in reports_of(next((shared / "data" / "news").glob("*.jsonl.gz"))):
        assert_evidence(code(report))


def assert_evidence(record: Record) -> None:
    for entry in record.all_evidence():
        assert entry.text == record.report.text[entry.start : entry.end]
