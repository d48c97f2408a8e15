"""Screening: what is left out by its words alone must have had nothing for a record."""

import json
from collections.abc import Iterator

import pytest

from sijill.coding import code
from sijill.coding.decisions import Models
from sijill.coding.ground import Ground
from sijill.coding.screening import worth_reading
from sijill.coding.standing import standing_events
from sijill.coding.triggers import possible_triggers
from sijill.language.analysis import Analysis
from sijill.records import Report
from sijill.training.fit import ANNOTATIONS

FILES = ("newspapers", "wires", "retold", "world", "dailies-en")


def told_grounds() -> Iterator[tuple[Ground, bool]]:
    """Reports of the training data, with whether they tell an event."""
    for name in FILES:
        for line in (ANNOTATIONS / "reports" / f"{name}.jsonl").read_text(encoding="utf-8").splitlines():
            told = json.loads(line)
            report = {k: told["report"][k] for k in ("text", "published", "language")}
            yield Ground(Analysis(Report(id="x", **report))), bool(told["events"])


@pytest.fixture(scope="module")
def grounds() -> list[tuple[Ground, bool]]:
    return list(told_grounds())


def test_every_trigger_is_among_the_possible(grounds: list[tuple[Ground, bool]]) -> None:
    triggers = [(t, possible_triggers(ground.analysis)) for ground, _ in grounds for t in ground.triggers]
    assert len(triggers) > 200
    assert all(trigger in possible for trigger, possible in triggers)


def test_a_report_with_an_event_is_read_and_many_a_quiet_one_is_not(
    grounds: list[tuple[Ground, bool]],
) -> None:
    models = Models()
    left_out = [(ground, event) for ground, event in grounds if not worth_reading(ground, models)]
    assert len(left_out) > 20
    assert len([event for _, event in left_out if event]) < 0.01 * len(
        [event for _, event in grounds if event]
    )
    for ground, _ in left_out:
        assert not standing_events(ground, models)[0]


@pytest.mark.parametrize(
    ("text", "worth"),
    [
        ("قتل ثلاثة جنود في هجوم شنه مسلحون على حاجز للجيش قرب الموصل.", True),
        ("افتتح الوزير أمس معرض الكتاب.", False),
    ],
)
def test_worth_by_words(text: str, worth: bool) -> None:
    report = Report(id="x", text=text, language="ar")
    assert worth_reading(Ground(Analysis(report)), Models()) is worth


def test_a_report_left_out_still_says_that_it_has_no_day() -> None:
    assert code("افتتح الوزير أمس معرض الكتاب.").notes
    assert not code("افتتح الوزير أمس معرض الكتاب.", published="2016-03-02").notes
