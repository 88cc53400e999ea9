"""Numbered steps from every shelter.db ever shipped to the tables of today (Alembic)."""
