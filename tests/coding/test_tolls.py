"""Tolls that no event has: sums of what is told below, and counts that a later one replaced."""

from __future__ import annotations

import pytest

from sijill.coding.ground import Ground
from sijill.coding.tolls import passed_over
from sijill.language.analysis import Analysis
from sijill.records import Report


@pytest.mark.parametrize(
    ("text", "passed"),
    [
        ("مقتل 37 مسلحا في العراق.\nبغداد.\nقتل 21 مسلحا في قصف. وقتل 16 مسلحا في كمين.", [37]),
        ("مقتل 38 مسلحا في العراق.\nبغداد.\nقتل 21 مسلحا في قصف. وقتل 16 مسلحا في كمين.", []),
        ("مقتل 37 شخصا في هجوم.\nبغداد.\nقتل 21 جنديا. وقتل 16 مدنيا. وأوقع الهجوم 37 قتيلا.", []),
        ("مقتل 5 في العراق.\nبغداد.\nقتل 3 مسلحين في قصف. وقتل مسلحان في كمين.", []),
        (
            "قتل 31 شخصا وأصيب 70 في هجومين.\nبغداد.\nقتل 22 مدنيا وأصيب 41. وقتل تسعة جنود وأصيب 30.",
            [31, 70],
        ),
        ("ارتفعت الحصيلة إلى 61 قتيلا، بعد أن كانت الحصيلة السابقة 54 قتيلا.", [54]),
        ("وكانت حصيلة أولية تحدثت عن مقتل 12 شخصا.", []),
        ("The toll is 30 dead. The ministry first spoke of 19 dead.", [19]),
    ],
)
def test_sums_and_earlier_counts_are_passed_over(text: str, passed: list[int]) -> None:
    ground = Ground(Analysis(Report(id="t", text=text, published="2018-06-12")))
    assert [f.quantity.n for f in passed_over(ground)] == passed
