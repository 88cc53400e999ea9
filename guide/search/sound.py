"""Looks through every part of an index: each card and each set of rows has to be what was written."""

from __future__ import annotations

import sqlite3
from zlib import crc32

_AT_ONCE = 1000  # words summed up at once; another number is another sum, and another version of the index
_SETS = ("posting", "beginning", "facet", "plan")


def every_part_is_sound(db: sqlite3.Connection) -> bool:
    """Say whether every card, every set of rows and the list of words have the checksums they were written with.

    Raises sqlite3.DatabaseError where a page cannot be read at all.
    """
    if any(crc32(text.encode()) != crc for text, crc in db.execute("SELECT json, crc FROM card")):
        return False
    for table in _SETS:
        if any(crc32(rows) != crc for rows, crc in db.execute(f"SELECT rows, crc FROM {table}")):  # noqa: S608 - ours
            return False
    if any(crc32(spots) != crc for spots, crc in db.execute("SELECT spots, crc FROM spot")):
        return False
    told = db.execute("SELECT value FROM meta WHERE key = 'words'").fetchone()
    return told is not None and told[0] == words_sum(db)


def words_sum(db: sqlite3.Connection) -> str:
    """Return one checksum over the list of words with their numbers and counts."""
    found = 0
    rows = db.execute("SELECT word, id, visitor, staff FROM word ORDER BY word")
    while some := rows.fetchmany(_AT_ONCE):
        found = crc32(repr(some).encode(), found)
    return f"{found:08x}"
