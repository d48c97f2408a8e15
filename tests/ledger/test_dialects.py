"""The linking's SQL as Spark has it; that both engines score alike is tested where Spark runs (tests/engines)."""

import pytest

from sijill.ledger.comparisons import COMPARISONS
from sijill.ledger.dialects import in_dialect


@pytest.mark.parametrize(
    ("duckdb", "spark"),
    [
        ("len(persons_l) = 0", "SIZE(persons_l) = 0"),
        ("list_has_any(cells_l, cells_r)", "ARRAYS_OVERLAP(cells_l, cells_r)"),
        ("side_a_l[1] = side_a_r[1]", "TRY_ELEMENT_AT(side_a_l, 1) = TRY_ELEMENT_AT(side_a_r, 1)"),
        ('"start_l" is null', "`start_l` IS NULL"),
        (
            "len(list_intersect(phrases_l, phrases_r)) >= 5",
            "SIZE(ARRAY_INTERSECT(phrases_l, phrases_r)) >= 5",
        ),
        ("(killed_a_l > 0)::int > 1", "CAST((killed_a_l > 0) AS INT) > 1"),
        ("ELSE", "ELSE"),
    ],
)
def test_spark_says_it_its_own_way(duckdb: str, spark: str) -> None:
    assert in_dialect(duckdb, "spark") == spark
    assert in_dialect(duckdb, "duckdb") == duckdb


def test_nothing_of_duckdb_alone_is_left() -> None:
    for comparison in COMPARISONS:
        for level in comparison.levels:
            sql = in_dialect(level.sql, "spark").lower()
            assert not any(word in sql for word in ("len(", "length(", "list_", "&&", "[", "::"))
