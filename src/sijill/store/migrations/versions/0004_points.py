"""The index of points holds all that a circle is counted and put in order by."""

from __future__ import annotations

from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.drop_index("events_by_point", "events")
    op.create_index("events_by_point", "events", ["lat", "lon", "lead", "start", "x", "y", "z"])


def downgrade() -> None:
    raise NotImplementedError("a register is never taken back to an older schema: restore a backup")
