"""Formulas are defused, and CSV gives back what was written."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sijill.export.cells import csv_line, defused

WORDS = st.text(alphabet=st.characters(blacklist_categories=["Cs"], blacklist_characters="\x00"))


@pytest.mark.parametrize(
    "cell", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "  =1", "=HYPERLINK(0)", "\x00=1"]
)
def test_defused_puts_an_apostrophe_before_formulas(cell: str) -> None:
    assert str(defused(cell)).startswith("'")


@pytest.mark.parametrize("cell", [-5, 3.25, -0.5, 0])
def test_defused_leaves_numbers(cell: float) -> None:
    assert defused(cell) is cell


@given(WORDS)
def test_defused_never_begins_a_formula(cell: str) -> None:
    shown = str(defused(cell))
    assert not shown.lstrip(" ").startswith(("=", "+", "-", "@", "\t", "\r"))
    assert shown in (cell, f"'{cell}")


@given(st.lists(st.one_of(WORDS, st.integers(), st.none()), min_size=1, max_size=5))
def test_csv_line_round_trip(cells: list[str | int | None]) -> None:
    (row,) = csv.reader(io.StringIO(csv_line(cells), newline=""))
    assert row == [str(defused(cell)) for cell in cells]
