"""The report that ships, coded once."""

from __future__ import annotations

import json

import pytest

from sijill.coding import code
from sijill.records import Record, Report
from sijill.rules.knowledge import KNOWLEDGE


@pytest.fixture(scope="session")
def example_report() -> Report:
    path = KNOWLEDGE / "examples" / "report-ar.txt"
    told = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
    return Report(text=path.read_text(encoding="utf-8"), **told)


@pytest.fixture(scope="session")
def example(example_report: Report) -> Record:
    return code(example_report)
