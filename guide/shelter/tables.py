"""The tables of shelter.db: what staff set up and keep, and the history of updates. Nothing about visitors (SAFETY N1)."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Integer, LargeBinary, MetaData, String, Table

REVISION = "0002"  # the newest migration; tests compare the migrated tables with these

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

saved_sheet = Table(
    "saved_sheet",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("name", String, nullable=False, unique=True),
    Column("options", String, nullable=False),
    Column("saved_on", String, nullable=False),
)

saved_entry = Table(  # digest and numbers as they were: an update's changes are told by them
    "saved_entry",
    metadata,
    Column("sheet", Integer, ForeignKey("saved_sheet.id"), primary_key=True),
    Column("place", Integer, primary_key=True),
    Column("service", String, nullable=False),
    Column("digest", String, nullable=False),
    Column("name", String, nullable=False),
    Column("numbers", String, nullable=False),
)
