"""The register: originals, reports, records, decisions, tombstones; the present events for queries."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

WORDS = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")

# What of a row must stay as it is even where a tombstone has opened its content: (table, tombstone's kind, key, kept).
OPENED_BY_TOMBSTONE = [
    ("originals", "original", "sha256", ["sha256", "size", "added_at"]),
    ("reports", "report", "hash", ["hash", "original", "added_at"]),
    ("records", "record", "hash", ["hash", "report", "rules", "made_at"]),
    (
        "decisions",
        "decision",
        "hash",
        [
            "seq",
            "hash",
            "prev",
            "chain",
            "local",
            "who",
            "decided_at",
            "what",
            "report",
            "subject",
            "payload_hash",
        ],
    ),
]
CLOSED = ["register", "tombstones"]


def upgrade() -> None:
    op.create_table(
        "register",
        sa.Column("id", WORDS, primary_key=True),
        sa.Column("created_at", WORDS, nullable=False),
    )
    op.create_table(
        "originals",
        sa.Column("sha256", WORDS, primary_key=True),
        sa.Column("media_type", WORDS, nullable=False),
        sa.Column("origin", WORDS, nullable=False),
        sa.Column("size", sa.BigInteger, nullable=False),
        sa.Column("content", sa.LargeBinary, nullable=True),
        sa.Column("added_at", WORDS, nullable=False),
    )
    op.create_table(
        "reports",
        sa.Column("hash", WORDS, primary_key=True),
        sa.Column("id", WORDS, nullable=True),
        sa.Column("source", WORDS, nullable=True),
        sa.Column("published", WORDS, nullable=True),
        sa.Column("language", WORDS, nullable=True),
        sa.Column("content", WORDS, nullable=False),
        sa.Column("original", WORDS, sa.ForeignKey("originals.sha256"), nullable=False),
        sa.Column("added_at", WORDS, nullable=False),
    )
    for column in ("id", "original", "added_at"):
        op.create_index(f"ix_reports_{column}", "reports", [column])
    op.create_table(
        "records",
        sa.Column("hash", WORDS, primary_key=True),
        sa.Column("report", WORDS, sa.ForeignKey("reports.hash"), nullable=False),
        sa.Column("rules", WORDS, nullable=False),
        sa.Column("content", WORDS, nullable=False),
        sa.Column("made_at", WORDS, nullable=False),
    )
    op.create_index("records_by_report", "records", ["report", "rules"])
    op.create_table(
        "decisions",
        sa.Column("seq", NUMBER, primary_key=True, autoincrement=True),
        sa.Column("hash", WORDS, nullable=False, unique=True),
        sa.Column("prev", WORDS, nullable=False),
        sa.Column("chain", WORDS, nullable=False),
        sa.Column("local", sa.Boolean, nullable=False),
        sa.Column("who", WORDS, nullable=False),
        sa.Column("decided_at", WORDS, nullable=False),
        sa.Column("what", WORDS, nullable=False),
        sa.Column("report", WORDS, nullable=True),
        sa.Column("subject", WORDS, nullable=False),
        sa.Column("payload", WORDS, nullable=False),
        sa.Column("payload_hash", WORDS, nullable=False, unique=True),
    )
    for column in ("chain", "report"):
        op.create_index(f"ix_decisions_{column}", "decisions", [column])
    only_local = sa.text("local")
    op.create_index(
        "decisions_one_head",
        "decisions",
        ["prev"],
        unique=True,
        sqlite_where=only_local,
        postgresql_where=only_local,
    )
    op.create_table(
        "tombstones",
        sa.Column("seq", NUMBER, primary_key=True, autoincrement=True),
        sa.Column("kind", WORDS, nullable=False),
        sa.Column("subject", WORDS, nullable=False),
        sa.Column("decision", WORDS, nullable=False),
        sa.Column("stands", WORDS, nullable=False),
        sa.Column("made_at", WORDS, nullable=False),
        sa.UniqueConstraint("kind", "subject", "decision", name="tombstones_once"),
    )
    _present()
    _guards()


def _present() -> None:
    op.create_table(
        "events",
        sa.Column("number", NUMBER, primary_key=True, autoincrement=False),
        sa.Column("id", WORDS, nullable=False, unique=True),
        sa.Column("report", WORDS, sa.ForeignKey("reports.hash"), nullable=False),
        sa.Column("account", WORDS, nullable=True),
        sa.Column("lead", sa.Boolean, nullable=False),
        sa.Column("voices", sa.Integer, nullable=False),
        *(sa.Column(name, sa.Integer, nullable=True) for name in ("low", "best", "high")),
        sa.Column("review", WORDS, nullable=False),
        sa.Column("type", WORDS, nullable=False),
        sa.Column("kind", WORDS, nullable=False),
        sa.Column("status", WORDS, nullable=False),
        sa.Column("start", WORDS, nullable=True),
        sa.Column("end", WORDS, nullable=True),
        sa.Column("date_precision", sa.Integer, nullable=False),
        sa.Column("place", WORDS, nullable=True),
        sa.Column("place_key", WORDS, nullable=True),
        sa.Column("country", WORDS, nullable=True),
        *(sa.Column(name, sa.Double, nullable=True) for name in ("lat", "lon", "x", "y", "z")),
        sa.Column("precision", sa.Integer, nullable=True),
        sa.Column("wounded", sa.Integer, nullable=True),
        sa.Column("source", WORDS, nullable=True),
        sa.Column("published", WORDS, nullable=True),
        sa.Column("confidence", sa.Double, nullable=True),
        sa.Column("conflicts", sa.Integer, nullable=False),
    )
    for column in ("report", "account"):
        op.create_index(f"ix_events_{column}", "events", [column])
    op.create_index("events_leading", "events", ["lead", "number"])
    op.create_index("events_by_day", "events", ["start", "number", "end", "lead"])
    for name, column in (
        ("type", "type"),
        ("kind", "kind"),
        ("status", "status"),
        ("place", "place_key"),
        ("country", "country"),
    ):
        op.create_index(f"events_by_{name}", "events", [column, "start", "end", "lead"])
    op.create_index("events_by_point", "events", ["lat", "lon", "lead"])
    op.create_index("events_by_toll", "events", ["best", "start", "lead"])
    op.create_table(
        "event_contents",
        sa.Column(
            "event",
            NUMBER,
            sa.ForeignKey("events.number", ondelete="CASCADE"),
            primary_key=True,
            autoincrement=False,
        ),
        sa.Column("content", WORDS, nullable=False),
    )
    op.create_table(
        "accounts",
        sa.Column("id", WORDS, primary_key=True),
        sa.Column("content", WORDS, nullable=False),
    )
    op.create_table(
        "event_tags",
        sa.Column("kind", WORDS, primary_key=True),
        sa.Column("value", WORDS, primary_key=True),
        sa.Column("event", NUMBER, sa.ForeignKey("events.number", ondelete="CASCADE"), primary_key=True),
    )
    op.create_index("ix_event_tags_event", "event_tags", ["event"])


def _guards() -> None:
    """Triggers that keep the append-only tables append-only."""
    sqlite = op.get_bind().dialect.name == "sqlite"
    guard = _sqlite_guard if sqlite else _postgresql_guard
    for table, kind, key, kept in OPENED_BY_TOMBSTONE:
        guard(
            table,
            f"EXISTS (SELECT 1 FROM tombstones t WHERE t.kind = '{kind}' AND t.subject = OLD.{key})",
            kept,
        )
    for table in CLOSED:
        guard(table, "", [])


def _sqlite_guard(table: str, opened: str, kept: list[str]) -> None:
    message = f"{table} is append-only"
    same = " AND ".join(f"NEW.{column} IS OLD.{column}" for column in kept)
    when = f"WHEN NOT ({opened} AND {same}) " if opened else ""
    op.execute(
        f"CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table} {when}BEGIN SELECT RAISE(ABORT, '{message}'); END"
    )
    op.execute(
        f"CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table} BEGIN SELECT RAISE(ABORT, '{message}'); END"
    )


def _postgresql_guard(table: str, opened: str, kept: list[str]) -> None:
    same = " AND ".join(f"NEW.{column} IS NOT DISTINCT FROM OLD.{column}" for column in kept)
    allowed = (
        f"IF TG_OP = 'UPDATE' THEN IF {opened} AND {same} THEN RETURN NEW; END IF; END IF;" if opened else ""
    )
    op.execute(
        f"CREATE FUNCTION {table}_guard() RETURNS trigger AS $$ BEGIN {allowed} "
        f"RAISE EXCEPTION '{table} is append-only'; END $$ LANGUAGE plpgsql"
    )
    for name, when, each in (
        ("no_update", "BEFORE UPDATE", "ROW"),
        ("no_delete", "BEFORE DELETE", "ROW"),
        ("no_truncate", "BEFORE TRUNCATE", "STATEMENT"),
    ):
        op.execute(
            f"CREATE TRIGGER {table}_{name} {when} ON {table} FOR EACH {each} EXECUTE FUNCTION {table}_guard()"
        )


def downgrade() -> None:
    raise NotImplementedError("a register is never taken back to an older schema: restore a backup")
