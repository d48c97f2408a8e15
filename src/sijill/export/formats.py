"""The formats by name. A format is a function from records to the pieces of its text, so that results stream."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from importlib import import_module

from sijill.export.tolls import Figures
from sijill.records import Record

Write = Callable[[Iterable[Record]], Iterator[str]]
WriteAccounts = Callable[[Iterable[Record], Figures], Iterator[str]]

_MODULES = {
    "table": ("sijill.export.table", "write_table"),
    "jsonl": ("sijill.export.jsonl", "write_jsonl"),
    "csv": ("sijill.export.csv", "write_csv"),
    "geojson": ("sijill.export.geojson", "write_geojson"),
    "ucdp-ged": ("sijill.export.ucdp_ged", "write_ucdp_ged"),
    "acled": ("sijill.export.acled", "write_acled"),
}
FORMATS = tuple(_MODULES)
"""Names of the formats that records are written in."""


def writer(name: str) -> Write:
    """The function that writes records in a format, one of `FORMATS`; its module is imported only now."""
    module, function = _MODULES[name]
    write: Write = getattr(import_module(module), function)
    return write


def writer_of_accounts(name: str) -> WriteAccounts:
    """The function that writes accounts, as records, with their figures: of the formats `geojson`, `ucdp-ged`, `acled`."""
    module, function = _MODULES[name]
    write: WriteAccounts = getattr(import_module(module), function)
    return write
