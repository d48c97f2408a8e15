"""The events of a register as a flat table that spreadsheets open right: a byte order mark, no cell that they would run."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa

from sijill.export.cells import Cell, csv_line, defused
from sijill.export.registers import units_of
from sijill.records import Place

HASHTAGS = {
    "id": "#event+id", "type": "#event+type", "kind": "#event+category", "status": "#event+status", "start": "#date+occurred+start",
    "end": "#date+occurred+end", "adm1": "#adm1+name", "place": "#loc+name", "country": "#country+code", "lat": "#geo+lat",
    "lon": "#geo+lon", "low": "#affected+killed+min", "best": "#affected+killed", "high": "#affected+killed+max",
    "wounded": "#affected+injured", "source": "#meta+source", "published": "#date+published",
    "side_a": "#group+name+first", "side_b": "#group+name+second", "killed_a": "#affected+killed+first",
    "killed_b": "#affected+killed+second", "killed_civilians": "#affected+killed+civilians",
    "killed_unknown": "#affected+killed+unknown",
}  # fmt: skip
"""HXL hashtags of the columns; other columns have none."""
_NOT_IN_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_LONGEST_CELL = 32_767


def rows(table: pa.Table, *, hxl: bool = False) -> Iterator[list[Cell]]:
    """The heading, with `hxl` a row of hashtags under it, then a row an event of `sijill.store.queries.events_table`, with
    the first-level unit that its place lies in as `adm1`; lists are joined by "; "."""
    heading = list(table.column_names)
    heading.insert(heading.index("place"), "adm1")
    yield list(heading)
    if hxl:
        yield [HASHTAGS.get(name, "") for name in heading]
    for batch in table.to_batches(max_chunksize=1000):
        for row in batch.to_pylist():
            row["adm1"] = _adm1(row)
            yield ["; ".join(row[name]) if isinstance(row[name], list) else row[name] for name in heading]


def _adm1(row: dict[str, Any]) -> str | None:
    if not row["place"]:
        return None
    place = Place(
        name=row["place"], country=row["country"], lat=row["lat"], lon=row["lon"], precision=row["precision"]
    )
    return units_of(place).adm1 or None


def write_events_csv(table: pa.Table, *, hxl: bool = False) -> Iterator[str]:
    """The pieces of a CSV of `rows`, with the byte order mark by which Excel knows UTF-8."""
    mark = "\ufeff"
    for row in rows(table, hxl=hxl):
        yield mark + csv_line(row)
        mark = ""


def write_events_xlsx(table: pa.Table, target: Path, *, hxl: bool = False) -> None:
    """Write `rows` as an Excel workbook: one sheet, its heading frozen. Words are words there whatever they begin with."""
    from openpyxl import Workbook
    from openpyxl.cell import WriteOnlyCell

    book = Workbook(write_only=True)
    sheet = book.create_sheet("events")
    sheet.freeze_panes = "A2"
    for row in rows(table, hxl=hxl):
        cells = []
        for value in row:
            if isinstance(value, str):
                cell = WriteOnlyCell(sheet, _NOT_IN_XML.sub("", str(defused(value)))[:_LONGEST_CELL])
                cell.data_type = "s"
                cells.append(cell)
            else:
                cells.append(value)
        sheet.append(cells)
    half = target.with_name(target.name + ".part")
    try:
        book.save(half)
        half.replace(target)
    finally:
        half.unlink(missing_ok=True)
