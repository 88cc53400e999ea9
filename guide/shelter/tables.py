"""The tables of shelter.db: what staff set up, and the history of updates. Nothing about visitors (SAFETY N1)."""

from __future__ import annotations

from sqlalchemy import Column, Integer, LargeBinary, MetaData, String, Table

REVISION = "0001"  # the newest migration; tests compare the migrated tables with these

metadata = MetaData()

staff_lock = Table(  # one row: a role, never a person (N6)
    "staff_lock",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("salt", LargeBinary, nullable=False),
    Column("hash", LargeBinary, nullable=False),
    Column("memory", Integer, nullable=False),
    Column("passes", Integer, nullable=False),
    Column("wrong", Integer, nullable=False),
    Column("wrong_at", String, nullable=False),
)

event = Table(
    "event",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("at", String, nullable=False),
    Column("kind", String, nullable=False),
    Column("edition", Integer, nullable=False),
    Column("edition_name", String, nullable=False),
    Column("note", String, nullable=False),
)
