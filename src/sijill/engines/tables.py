"""Records and accounts as tables: fixed Arrow schemas, made from the vocabulary's own types.

A row holds the parts as typed columns, without evidence and text, and the whole as JSON (`record`, `account`), from
which `Record.from_json` and `msgspec` read it back unchanged.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import msgspec
import pyarrow as pa
from msgspec import inspect

from sijill.ledger.accounts import Account, Estimate
from sijill.records import Record

RECORDS, DEAD_LETTERS = "records", "dead_letters"
"""The two tables that coding writes, as values of the column `table`."""
NO_MONTH = "unknown"
"""The month of what has no day."""
_LEFT_OUT = {"evidence", "text"}


def schema_of(*columns: tuple[str, pa.DataType]) -> pa.Schema:
    """An Arrow schema of columns, each a name and a type."""
    return pa.schema(list(columns))


def arrow_type(kind: inspect.Type) -> pa.DataType:
    """The Arrow type of a type of the vocabulary. Raises TypeError for one that no part of a record has."""
    if isinstance(kind, inspect.UnionType):
        (some,) = {arrow_type(other) for other in kind.types if not isinstance(other, inspect.NoneType)}
        return some
    if isinstance(kind, inspect.StructType):
        fields = (field for field in kind.fields if field.name not in _LEFT_OUT)
        return pa.struct([(field.encode_name, arrow_type(field.type)) for field in fields])
    if isinstance(kind, inspect.VarTupleType | inspect.ListType):
        return pa.list_(arrow_type(kind.item_type))
    if isinstance(kind, inspect.LiteralType | inspect.StrType):
        return pa.string()
    for plain, arrow in (
        (inspect.BoolType, pa.bool_()),
        (inspect.IntType, pa.int64()),
        (inspect.FloatType, pa.float64()),
    ):
        if isinstance(kind, plain):
            return arrow
    raise TypeError(f"no column for {kind}")


def _columns(struct: type[msgspec.Struct], *names: str) -> list[tuple[str, pa.DataType]]:
    fields = {field.name: field for field in msgspec.structs.fields(struct)}
    return [(fields[name].encode_name, arrow_type(inspect.type_info(fields[name].type))) for name in names]


_PARTS = ("events", "tallies", "control", "persons", "notes")
_SAID = ("id", "source", "published", "language", "title", "url")
RESULTS = schema_of(
    ("hash", pa.string()), ("path", pa.string()), ("block", pa.int64()), ("line", pa.int64()),
    *[(name, pa.string()) for name in _SAID], *_columns(Record, *_PARTS),
    ("record", pa.string()), ("reason", pa.string()), ("table", pa.string()), ("month", pa.string()),
)  # fmt: skip
"""What coding gives for each report: a record, or (`table` = dead_letters) why there is none. `hash` is of the report as it
was read; `path`, `block` (first byte of the part of a split file) and `line` in it, from 1, say where it stands."""

_OF_ACCOUNT = (
    "id", "type", "status", "start", "end", "date_precision", "place", "side_a", "side_b", "voices", "houses", "persons",
    "means",
)  # fmt: skip
ACCOUNTS = schema_of(
    *_columns(Account, *_OF_ACCOUNT),
    ("events", pa.list_(pa.struct([("record", pa.string()), ("event", pa.int64())]))),
    ("low", pa.int64()), ("best", pa.int64()), ("high", pa.int64()),
    ("estimates", pa.list_(arrow_type(inspect.type_info(Estimate)))),
    ("account", pa.string()), ("month", pa.string()),
)  # fmt: skip
"""One event with all that is said of it; `low`, `best` and `high` are of all its dead, `estimates` of each side and
outcome, by the rule that was asked for."""


def month_of(day: str | None) -> str:
    """The month (YYYY-MM) of an ISO day."""
    return day[:7] if day else NO_MONTH


def batch_of(rows: Iterable[Mapping[str, Any]], schema: pa.Schema) -> pa.RecordBatch:
    """Rows as an Arrow batch; a column that a row lacks is null."""
    return pa.RecordBatch.from_pylist(list(rows), schema=schema)


def record_row(record: Record) -> dict[str, Any]:
    """The columns of `RESULTS` that a record fills; its month is that of publication, else of its first event."""
    report = record.report
    first = report.published or next((event.start for event in record.events if event.start), None)
    return {
        **{name: getattr(report, name) for name in _SAID},
        **{name: msgspec.to_builtins(getattr(record, name)) for name in _PARTS},
        "record": record.to_json().decode(), "table": RECORDS, "month": month_of(first),
    }  # fmt: skip


def account_row(account: Account, estimates: Iterable[Estimate]) -> dict[str, Any]:
    """The row of `ACCOUNTS` for an account and its estimates."""
    told = list(estimates)
    dead = next((e for e in told if e.outcome == "killed" and e.side == "total"), None)
    return {
        **msgspec.to_builtins(account),
        "events": [{"record": record, "event": index} for record, index in account.events],
        "low": dead.low if dead else None, "best": dead.best if dead else None, "high": dead.high if dead else None,
        "estimates": msgspec.to_builtins(told), "account": msgspec.json.encode(account).decode(),
        "month": month_of(account.start),
    }  # fmt: skip
