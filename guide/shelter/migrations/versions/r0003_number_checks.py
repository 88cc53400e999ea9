"""Rounds of number checks, what came of each call, reports of errors, and counts by month."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def _text(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.String, nullable=False)


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "check_round", sa.Column("id", sa.Integer, primary_key=True), _text("kind"), _text("begun"), _text("ended")
    )
    op.create_table(
        "round_entry",
        sa.Column("round", sa.Integer, sa.ForeignKey("check_round.id"), primary_key=True),
        sa.Column("place", sa.Integer, primary_key=True),
        _text("service"),
        _text("name"),
    )
    op.create_table(
        "number_check",
        sa.Column("id", sa.String, primary_key=True),
        *map(_text, ("service", "name", "number", "result", "on", "by", "answers", "proposed", "note")),
        sa.Column("round", sa.Integer, nullable=False),
    )
    op.create_index("ix_number_check_service", "number_check", ["service"])
    op.create_table(
        "report",
        sa.Column("id", sa.String, primary_key=True),
        *map(_text, ("service", "name", "numbers", "reasons", "when")),
        sa.Column("by_staff", sa.Integer, nullable=False),
        sa.UniqueConstraint("service", "reasons", "when", "by_staff"),
    )
    op.create_table("house", sa.Column("id", sa.Integer, primary_key=True), _text("mark"))
    op.create_table(
        "month_count",
        sa.Column("month", sa.String, primary_key=True),
        sa.Column("what", sa.String, primary_key=True),
        sa.Column("category", sa.String, primary_key=True),
        sa.Column("n", sa.Integer, nullable=False),
    )


def downgrade() -> None:
    """Go back to what was there before."""
    for table in ("month_count", "house", "report", "number_check", "round_entry", "check_round"):
        op.drop_table(table)
