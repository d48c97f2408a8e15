"""The people of a workbench: users, sessions, tokens; coding rounds; how much an event wants a person."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

WORDS = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def _words(name: str, *, null: bool = False, key: bool = False) -> sa.Column[str]:
    return sa.Column(name, WORDS, nullable=null, primary_key=key)


def upgrade() -> None:
    op.create_table(
        "users",
        _words("name", key=True),
        _words("role"),
        _words("password"),
        sa.Column("active", sa.Boolean, nullable=False),
        _words("created_at"),
    )
    op.create_table(
        "sessions",
        _words("hash", key=True),
        _words("user"),
        _words("created_at"),
        _words("seen_at"),
    )
    op.create_index("ix_sessions_user", "sessions", ["user"])
    op.create_table(
        "tokens",
        _words("hash", key=True),
        _words("name"),
        _words("user"),
        _words("role"),
        _words("created_at"),
        _words("expires_at", null=True),
    )
    op.create_index("ix_tokens_user", "tokens", ["user"])
    op.create_table("keys", _words("name", key=True), _words("value"))
    op.create_table(
        "rounds",
        _words("id", key=True),
        _words("name"),
        _words("coders"),
        _words("reports"),
        _words("made_by"),
        _words("made_at"),
        _words("closed_at", null=True),
    )
    op.create_table(
        "codings",
        sa.Column("round", WORDS, sa.ForeignKey("rounds.id"), primary_key=True),
        _words("report", key=True),
        _words("coder", key=True),
        _words("content"),
        _words("made_at"),
    )
    _present()


def _present() -> None:
    """What is derived for the workbench's lists. Accounts go, to be made anew with their tolls when the register is next
    linked; until then the tellings stand alone."""
    accounts = "SELECT id FROM accounts"
    numbers = f"SELECT number FROM events WHERE id IN ({accounts})"
    for table, column, which in (
        ("event_tags", "event", numbers),
        ("event_contents", "event", numbers),
        ("events", "id", accounts),
    ):
        op.execute(f"DELETE FROM {table} WHERE {column} IN ({which})")
    op.execute("DELETE FROM accounts")
    op.add_column("events", sa.Column("contradictions", sa.Integer, nullable=False, server_default="0"))
    op.add_column("events", sa.Column("doubt", sa.Double, nullable=False, server_default="0"))
    # The same as `sijill.store.rows.doubt`.
    op.execute(
        "UPDATE events SET account = NULL, lead = (review <> 'rejected'), doubt = CASE "
        "WHEN review <> 'machine' AND (review = 'rejected' OR conflicts = 0) THEN -1.0 "
        "ELSE CASE WHEN conflicts > 0 THEN 2.0 ELSE 0.0 END + 1.0 - COALESCE(confidence, 0.5) END"
    )
    op.create_index("events_by_doubt", "events", ["doubt", "number"])
    op.create_index("reports_by_day", "reports", ["published", "hash"])
    op.create_table(
        "tolls",
        sa.Column("event", NUMBER, sa.ForeignKey("events.number", ondelete="CASCADE"), primary_key=True),
        _words("rule", key=True),
        _words("side", key=True),
        *(sa.Column(name, sa.BigInteger, nullable=False) for name in ("low", "best", "high")),
    )


def downgrade() -> None:
    raise NotImplementedError("a register is never taken back to an older schema: restore a backup")
