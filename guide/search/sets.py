"""Sets of rows: compressed bitmaps (Roaring), and how they lie in the index with a checksum."""

from __future__ import annotations

import sqlite3
import struct
import zlib
from array import array
from collections.abc import Iterable, Sequence

from pyroaring import BitMap as Rows

__all__ = ["FEW", "NONE", "Rows", "checked", "pack", "pack_few", "part", "rows_in", "unite", "unpack"]

NONE = Rows()  # never changed: sets that are kept are only read
_LEVELS = 4
_HEAD = struct.Struct("<4I")
_LIST, _MAPS = b"l", b"m"
_ROW = array("I").itemsize
FEW = 16  # up to so many rows a plain list is smaller and read faster


def part(rows: Rows, start: int, count: int) -> list[int]:
    """Return ``count`` rows from the ``start``-th on, in static order, without walking those before."""
    return list(rows[start : start + count]) if count > 0 else []


def unite(sets: Iterable[Rows]) -> Rows:
    """Return the rows that are in any of ``sets``."""
    listed = list(sets)
    return Rows.union(*listed) if listed else Rows()


def checked(blob: bytes, crc: int) -> bytes:
    """Return ``blob`` if it is what was written. Raises sqlite3.DatabaseError: a rotten disk is never believed."""
    if zlib.crc32(blob) != crc:
        raise sqlite3.DatabaseError("a set of rows in the index is damaged")
    return blob


def rows_in(blob: bytes, crc: int) -> Rows:
    """Return one set as it lies in the index. Raises sqlite3.DatabaseError."""
    try:
        return Rows.deserialize(checked(blob, crc))
    except ValueError as error:
        raise sqlite3.DatabaseError("a set of rows in the index is not one of ours") from error


def pack_few(levels: Sequence[bytes]) -> bytes:
    """Return the few rows of four levels, each as an array lies in memory, as one blob: how many, then which."""
    return _LIST + bytes([len(rows) // _ROW for rows in levels]) + b"".join(levels)


def pack(levels: Sequence[Rows]) -> bytes:
    """Return four disjoint sets of rows (one for each place a word may stand in) as one blob."""
    for rows in levels:
        rows.run_optimize()
    maps = [rows.serialize() for rows in levels]
    return _MAPS + _HEAD.pack(*map(len, maps)) + b"".join(maps)


def unpack(blob: bytes) -> list[Rows]:
    """Return the four sets of ``pack``. Raises sqlite3.DatabaseError."""
    try:
        if blob[:1] == _LIST:
            rows, found, place = array("I", blob[1 + _LEVELS :]), [], 0
            for count in blob[1 : 1 + _LEVELS]:
                found.append(Rows(rows[place : place + count]) if count else NONE)
                place += count
            if place != len(rows):
                raise ValueError("not as many rows as are told")
            return found
        found, place = [], 1 + _HEAD.size
        for length in _HEAD.unpack_from(blob, 1):
            found.append(Rows.deserialize(blob[place : place + length]))
            place += length
        return found
    except (ValueError, struct.error) as error:
        raise sqlite3.DatabaseError("a set of rows in the index is not one of ours") from error
