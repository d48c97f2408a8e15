"""An index of texts that are copies; the accounts are made anew with it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

WORDS = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "copy_texts",
        sa.Column("number", NUMBER, primary_key=True, autoincrement=False),
        sa.Column("report", WORDS, sa.ForeignKey("reports.hash"), nullable=False, unique=True),
    )
    op.create_table(
        "copy_bands",
        sa.Column("band", NUMBER, primary_key=True, autoincrement=False),
        sa.Column("text", NUMBER, sa.ForeignKey("copy_texts.number"), primary_key=True, autoincrement=False),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "copy_pairs",
        sa.Column("report", WORDS, sa.ForeignKey("reports.hash"), primary_key=True),
        sa.Column("copy", WORDS, sa.ForeignKey("reports.hash"), primary_key=True),
    )
    accounts = "SELECT id FROM accounts"
    numbers = f"SELECT number FROM events WHERE id IN ({accounts})"
    for table, column, which in (
        ("event_tags", "event", numbers),
        ("tolls", "event", numbers),
        ("event_contents", "event", numbers),
        ("events", "id", accounts),
    ):
        op.execute(f"DELETE FROM {table} WHERE {column} IN ({which})")
    op.execute("DELETE FROM accounts")
    op.execute("UPDATE events SET account = NULL, lead = (review <> 'rejected')")


def downgrade() -> None:
    raise NotImplementedError("a register is never taken back to an older schema: restore a backup")
