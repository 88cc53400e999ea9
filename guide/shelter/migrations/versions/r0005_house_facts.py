"""What this house writes of services, field by field; what was there before, drafts, and what two PCs disagree on."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def _text(name: str, *, key: bool = False) -> sa.Column[str]:
    return sa.Column(name, sa.String, primary_key=key, nullable=False)


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "house_fact", *(_text(name, key=True) for name in ("kind", "id", "field")),
        _text("value"), _text("stamp"), _text("seen"), sa.Column("confidential", sa.Integer, nullable=False),
    )  # fmt: skip
    op.create_table("house_pc", sa.Column("id", sa.Integer, primary_key=True), _text("pc"), _text("last"))
    op.create_table(
        "house_past", sa.Column("id", sa.Integer, primary_key=True), _text("at"), _text("what"), _text("name"),
        _text("before"),
    )  # fmt: skip
    op.create_table(
        "house_conflict", *(_text(name, key=True) for name in ("kind", "id", "field")), _text("value"), _text("stamp"),
        sa.Column("confidential", sa.Integer, nullable=False),
    )  # fmt: skip
    op.create_table("house_draft", _text("id", key=True), _text("content"), _text("at"))


def downgrade() -> None:
    """Go back to what was there before."""
    for table in ("house_draft", "house_conflict", "house_past", "house_pc", "house_fact"):
        op.drop_table(table)
