"""Cells of CSV files: what a spreadsheet would run as a formula is defused."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable

Cell = str | int | float | None

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def defused(cell: Cell) -> str | int | float:
    """The cell as it may stand in a CSV file. Words that a spreadsheet would run as a formula get an apostrophe before
    them, which keeps them words; numbers stay numbers, None is an empty cell, NUL is left out."""
    if cell is None:
        return ""
    if not isinstance(cell, str):
        return cell
    cell = cell.replace("\x00", "")
    return f"'{cell}" if cell.lstrip(" ").startswith(_FORMULA) else cell


def csv_line(cells: Iterable[Cell]) -> str:
    """One row of CSV (RFC 4180) with its line end."""
    line = io.StringIO()
    csv.writer(line, lineterminator="\r\n").writerow([defused(cell) for cell in cells])
    return line.getvalue()
