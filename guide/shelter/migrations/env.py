"""Tells Alembic which connection to migrate: the one the store hands over."""

from __future__ import annotations

from alembic import context

from guide.shelter.tables import metadata

context.configure(connection=context.config.attributes["connection"], target_metadata=metadata)
with context.begin_transaction():
    context.run_migrations()
