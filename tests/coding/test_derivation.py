"""The reasons behind an event are the models' own: they add up to the confidence that the record carries."""

from __future__ import annotations

from sijill.coding import code
from sijill.coding.derivation import LONGEST, derivations
from sijill.records import Report
from sijill.rules.knowledge import KNOWLEDGE


def test_each_event_of_the_record_is_derived_with_its_confidence() -> None:
    text = (KNOWLEDGE / "examples" / "report-ar.txt").read_text(encoding="utf-8")
    report = Report(id="r", text=text, published="2024-03-12", language="ar")
    told = derivations(report)
    confidences = [round(found[0].probability, 3) for _, found in told]
    for event in code(report).events:
        assert event.confidence in confidences
    for _, (whole, *words) in told:
        assert whole.model == "event"
        assert whole.reasons
        assert {"trigger", "type"} <= {each.model for each in words}
        assert all(each.words in text and each.reasons for each in words)
        assert all(0 <= each.probability <= 1 for each in words)


def test_a_text_that_is_too_long_is_not_derived() -> None:
    assert derivations(Report(id="r", text="قتل ثلاثة جنود. " * (LONGEST // 10))) == []
