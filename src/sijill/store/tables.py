"""The register's one schema, the same on SQLite and PostgreSQL.

Append-only, and the whole truth: `register`, `originals`, `reports`, `records`, `decisions`, `tombstones`. Triggers
refuse to change or delete their rows, except that a tombstone opens one row's content for redaction.
Derived, and rebuilt from the former at will: `accounts`, and `events` with `event_contents`, `event_tags` and `tolls`, the present state flattened for
queries: a row for each telling, and one for each account, which leads (`lead`) in place of its tellings; `copy_texts`,
`copy_bands` and `copy_pairs`, the index of texts that are copies.
Of the workbench, and no part of what is held in custody: `users`, `sessions`, `tokens`, `keys`, `rounds`, `codings`.

Hashes are SHA-256 in hexadecimal; times are UTC in ISO 8601 with microseconds, so that they sort as text.
"""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Double,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
    text,
)

# Text sorts by code point on both databases, whatever the server's locale, so that ISO dates and names compare alike.
Words = Text().with_variant(Text(collation="C"), "postgresql")
# SQLite numbers rows by itself only where the key is an INTEGER.
Number = BigInteger().with_variant(Integer(), "sqlite")

metadata = MetaData()

register = Table(
    "register",
    metadata,
    Column("id", Words, primary_key=True),
    Column("created_at", Words, nullable=False),
)

originals = Table(
    "originals",
    metadata,
    Column("sha256", Words, primary_key=True),
    Column("media_type", Words, nullable=False),
    Column("origin", Words, nullable=False),
    Column("size", BigInteger, nullable=False),
    Column("content", LargeBinary, nullable=True),
    Column("added_at", Words, nullable=False),
)

reports = Table(
    "reports",
    metadata,
    Column("hash", Words, primary_key=True),
    Column("id", Words, nullable=True, index=True),
    Column("source", Words, nullable=True),
    Column("published", Words, nullable=True),
    Column("language", Words, nullable=True),
    Column("content", Words, nullable=False),
    Column("original", Words, ForeignKey("originals.sha256"), nullable=False, index=True),
    Column("added_at", Words, nullable=False, index=True),
)

records = Table(
    "records",
    metadata,
    Column("hash", Words, primary_key=True),
    Column("report", Words, ForeignKey("reports.hash"), nullable=False),
    Column("rules", Words, nullable=False),
    Column("content", Words, nullable=False),
    Column("made_at", Words, nullable=False),
)
Index("records_by_report", records.c.report, records.c.rules)

decisions = Table(
    "decisions",
    metadata,
    Column("seq", Number, primary_key=True, autoincrement=True),
    Column("hash", Words, nullable=False, unique=True),
    Column("prev", Words, nullable=False),
    Column("chain", Words, nullable=False, index=True),
    Column("local", Boolean, nullable=False),
    Column("who", Words, nullable=False),
    Column("decided_at", Words, nullable=False),
    Column("what", Words, nullable=False),
    Column("report", Words, nullable=True, index=True),
    Column("subject", Words, nullable=False),
    Column("payload", Words, nullable=False),
    Column("payload_hash", Words, nullable=False, unique=True),
)
# One chain grows at one end: two decisions made here can't follow the same one.
Index(
    "decisions_one_head",
    decisions.c.prev,
    unique=True,
    sqlite_where=text("local"),
    postgresql_where=text("local"),
)

tombstones = Table(
    "tombstones",
    metadata,
    Column("seq", Number, primary_key=True, autoincrement=True),
    Column("kind", Words, nullable=False),
    Column("subject", Words, nullable=False),
    Column("decision", Words, nullable=False),
    Column("stands", Words, nullable=False),
    Column("made_at", Words, nullable=False),
    UniqueConstraint("kind", "subject", "decision", name="tombstones_once"),
)

# Narrow rows and indexes that hold all that is counted by: a hundred thousand events are counted without reading them.
events = Table(
    "events",
    metadata,
    Column("number", Number, primary_key=True, autoincrement=False),
    Column("id", Words, nullable=False, unique=True),
    Column("report", Words, ForeignKey("reports.hash"), nullable=False, index=True),
    Column("account", Words, nullable=True, index=True),
    Column("lead", Boolean, nullable=False),
    Column("voices", Integer, nullable=False),
    Column("low", Integer, nullable=True),
    Column("best", Integer, nullable=True),
    Column("high", Integer, nullable=True),
    Column("review", Words, nullable=False),
    Column("type", Words, nullable=False),
    Column("kind", Words, nullable=False),
    Column("status", Words, nullable=False),
    Column("start", Words, nullable=True),
    Column("end", Words, nullable=True),
    Column("date_precision", Integer, nullable=False),
    Column("place", Words, nullable=True),
    Column("place_key", Words, nullable=True),
    Column("country", Words, nullable=True),
    Column("lat", Double, nullable=True),
    Column("lon", Double, nullable=True),
    # The place as a point of the unit sphere: distance is then plain arithmetic on either database.
    Column("x", Double, nullable=True),
    Column("y", Double, nullable=True),
    Column("z", Double, nullable=True),
    Column("precision", Integer, nullable=True),
    Column("wounded", Integer, nullable=True),
    Column("source", Words, nullable=True),
    Column("published", Words, nullable=True),
    Column("confidence", Double, nullable=True),
    Column("conflicts", Integer, nullable=False),
    # How many fields the tellers of its account differ on, and how much it wants a person: see `rows.doubt`.
    Column("contradictions", Integer, nullable=False, server_default="0"),
    Column("doubt", Double, nullable=False, server_default="0"),
)
Index("reports_by_day", reports.c.published, reports.c.hash)
Index("events_leading", events.c.lead, events.c.number)
Index("events_by_day", events.c.start, events.c.number, events.c.end, events.c.lead)
for _name, _column in (
    ("type", "type"),
    ("kind", "kind"),
    ("status", "status"),
    ("place", "place_key"),
    ("country", "country"),
):
    Index(f"events_by_{_name}", events.c[_column], events.c.start, events.c.end, events.c.lead)
Index("events_by_point", *(events.c[name] for name in ("lat", "lon", "lead", "start", "x", "y", "z")))
Index("events_by_toll", events.c.best, events.c.start, events.c.lead)
Index("events_by_doubt", events.c.doubt, events.c.number)

event_contents = Table(
    "event_contents",
    metadata,
    Column(
        "event",
        Number,
        ForeignKey("events.number", ondelete="CASCADE"),
        primary_key=True,
        autoincrement=False,
    ),
    Column("content", Words, nullable=False),
)

event_tags = Table(
    "event_tags",
    metadata,
    Column("kind", Words, primary_key=True),
    Column("value", Words, primary_key=True),
    Column("event", Number, ForeignKey("events.number", ondelete="CASCADE"), primary_key=True, index=True),
)

accounts = Table(
    "accounts",
    metadata,
    Column("id", Words, primary_key=True),
    Column("content", Words, nullable=False),
)

# How many an account counts as killed by each counting rule, on each side and in all.
tolls = Table(
    "tolls",
    metadata,
    Column("event", Number, ForeignKey("events.number", ondelete="CASCADE"), primary_key=True),
    Column("rule", Words, primary_key=True),
    Column("side", Words, primary_key=True),
    Column("low", BigInteger, nullable=False),
    Column("best", BigInteger, nullable=False),
    Column("high", BigInteger, nullable=False),
)

# Which reports are copies of one text: the bands of every text that tells of events, and the pairs that were found.
copy_texts = Table(
    "copy_texts",
    metadata,
    Column("number", Number, primary_key=True, autoincrement=False),
    Column("report", Words, ForeignKey("reports.hash"), nullable=False, unique=True),
)

copy_bands = Table(
    "copy_bands",
    metadata,
    Column("band", Number, primary_key=True, autoincrement=False),
    Column("text", Number, ForeignKey("copy_texts.number"), primary_key=True, autoincrement=False),
    sqlite_with_rowid=False,
)

copy_pairs = Table(
    "copy_pairs",
    metadata,
    Column("report", Words, ForeignKey("reports.hash"), primary_key=True),
    Column("copy", Words, ForeignKey("reports.hash"), primary_key=True),
)

# --- the people of a workbench

users = Table(
    "users",
    metadata,
    Column("name", Words, primary_key=True),
    Column("role", Words, nullable=False),
    Column("password", Words, nullable=False),
    Column("active", Boolean, nullable=False),
    Column("created_at", Words, nullable=False),
)

sessions = Table(
    "sessions",
    metadata,
    Column("hash", Words, primary_key=True),
    Column("user", Words, nullable=False, index=True),
    Column("created_at", Words, nullable=False),
    Column("seen_at", Words, nullable=False),
)

tokens = Table(
    "tokens",
    metadata,
    Column("hash", Words, primary_key=True),
    Column("name", Words, nullable=False),
    Column("user", Words, nullable=False, index=True),
    Column("role", Words, nullable=False),
    Column("created_at", Words, nullable=False),
    Column("expires_at", Words, nullable=True),
)

keys = Table(
    "keys", metadata, Column("name", Words, primary_key=True), Column("value", Words, nullable=False)
)

# Reports that several people code blind, and what each of them coded.
rounds = Table(
    "rounds",
    metadata,
    Column("id", Words, primary_key=True),
    Column("name", Words, nullable=False),
    Column("coders", Words, nullable=False),
    Column("reports", Words, nullable=False),
    Column("made_by", Words, nullable=False),
    Column("made_at", Words, nullable=False),
    Column("closed_at", Words, nullable=True),
)

codings = Table(
    "codings",
    metadata,
    Column("round", Words, ForeignKey("rounds.id"), primary_key=True),
    Column("report", Words, primary_key=True),
    Column("coder", Words, primary_key=True),
    Column("content", Words, nullable=False),
    Column("made_at", Words, nullable=False),
)

APPEND_ONLY = ("register", "originals", "reports", "records", "decisions", "tombstones")
