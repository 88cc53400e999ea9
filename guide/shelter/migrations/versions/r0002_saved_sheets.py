"""Sheets that staff keep under a name."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Make both tables."""
    op.create_table(
        "saved_sheet",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("name", sa.String, nullable=False, unique=True),
        sa.Column("options", sa.String, nullable=False),
        sa.Column("saved_on", sa.String, nullable=False),
    )
    op.create_table(
        "saved_entry",
        sa.Column("sheet", sa.Integer, sa.ForeignKey("saved_sheet.id"), primary_key=True),
        sa.Column("place", sa.Integer, primary_key=True),
        sa.Column("service", sa.String, nullable=False),
        sa.Column("digest", sa.String, nullable=False),
        sa.Column("name", sa.String, nullable=False),
        sa.Column("numbers", sa.String, nullable=False),
    )


def downgrade() -> None:
    """Go back to the lock and the history alone."""
    op.drop_table("saved_entry")
    op.drop_table("saved_sheet")
