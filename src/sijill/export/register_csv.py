"""The events of a register as a flat CSV that spreadsheets open right: a byte order mark, no cell that they would run."""

from __future__ import annotations

from collections.abc import Iterator

import pyarrow as pa

from sijill.export.cells import csv_line

HASHTAGS = {
    "id": "#event+id", "type": "#event+type", "kind": "#event+category", "status": "#event+status", "start": "#date+occurred+start",
    "end": "#date+occurred+end", "place": "#loc+name", "country": "#country+code", "lat": "#geo+lat", "lon": "#geo+lon",
    "low": "#affected+killed+min", "best": "#affected+killed", "high": "#affected+killed+max", "wounded": "#affected+injured",
    "source": "#meta+source", "published": "#date+published", "side_a": "#group+name+first", "side_b": "#group+name+second",
}  # fmt: skip


def write_events_csv(table: pa.Table, *, hxl: bool = False) -> Iterator[str]:
    """The pieces of a CSV of `sijill.store.queries.events_table`; with `hxl`, a row of hashtags under the headings."""
    yield "\ufeff" + csv_line(table.column_names)
    if hxl:
        yield csv_line(HASHTAGS.get(name, "") for name in table.column_names)
    for batch in table.to_batches(max_chunksize=1000):
        for row in batch.to_pylist():
            yield csv_line("; ".join(value) if isinstance(value, list) else value for value in row.values())
