"""Alembic's way in: the connection is handed over by `sijill.store.register`, and the schema is `tables.metadata`."""

from __future__ import annotations

from alembic import context

from sijill.store.tables import metadata

connection = context.config.attributes["connection"]
context.configure(connection=connection, target_metadata=metadata)
with context.begin_transaction():
    context.run_migrations()
