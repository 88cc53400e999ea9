"""A code on paper that opens the staff area once, when the passphrase is lost."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Add what is kept in place of the code; a house that has none makes one with its next passphrase."""
    op.add_column("staff_lock", sa.Column("recovery_salt", sa.LargeBinary))
    op.add_column("staff_lock", sa.Column("recovery_hash", sa.LargeBinary))


def downgrade() -> None:
    """Forget it."""
    op.drop_column("staff_lock", "recovery_hash")
    op.drop_column("staff_lock", "recovery_salt")
