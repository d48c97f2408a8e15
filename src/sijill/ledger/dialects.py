"""The linking's SQL in other dialects: it is written once, for DuckDB, and turned into Spark's by its syntax tree."""

from __future__ import annotations

from typing import Literal

import sqlglot
from sqlglot import exp

Dialect = Literal["duckdb", "spark"]


def in_dialect(sql: str, dialect: Dialect) -> str:
    """A condition of DuckDB's in another dialect, to the same outcome.

    In the linking `len` is always of a list, and an element of a list that isn't there is null. Raises
    `sqlglot.errors.ParseError` for what is no SQL.
    """
    if dialect == "duckdb" or sql == "ELSE":
        return sql
    return sqlglot.parse_one(sql, read="duckdb").transform(_for_spark).sql(dialect="spark")


def _for_spark(node: exp.Expression) -> exp.Expression:
    """One node as Spark has it: sizes, overlaps and elements of arrays go by other names there."""
    if isinstance(node, exp.Length):
        return exp.Anonymous(this="size", expressions=[node.this.transform(_for_spark)])
    if isinstance(node, exp.ArrayOverlaps):
        return exp.Anonymous(this="arrays_overlap", expressions=[node.this, node.expression])
    if isinstance(node, exp.Anonymous) and node.name.lower() == "list_intersect":
        return exp.Anonymous(this="array_intersect", expressions=node.expressions)
    if isinstance(node, exp.Bracket):
        # sqlglot counts elements from 0; `try_element_at` from 1, and gives null past the end.
        place = exp.Literal.number(int(node.expressions[0].this) + 1)
        return exp.Anonymous(this="try_element_at", expressions=[node.this, place])
    return node
