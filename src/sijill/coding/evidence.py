"""An evidence entry: the words behind one cell, as they stand in the given text."""

from __future__ import annotations

from sijill.coding.ground import Ground
from sijill.records import Evidence


def evidence(
    ground: Ground, field: str, first: int, stop: int, rule: str, confidence: float | None = None
) -> Evidence:
    """An evidence entry for tokens `first` to `stop`; `confidence` as the model that decided has it, if one did."""
    start, end = ground.analysis.words.span(first, stop)
    return Evidence(
        field=field,
        start=start,
        end=end,
        text=ground.analysis.report.text[start:end],
        rule=rule,
        confidence=None if confidence is None else round(confidence, 3),
    )
