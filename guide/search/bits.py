"""Sets of services as whole numbers: a bit a service, so that counting facets costs next to nothing."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator


def bits_of(rows: Iterable[int]) -> int:
    """Return the set of ``rows`` (from 1)."""
    numbers = list(rows)
    if not numbers:
        return 0
    field = bytearray(max(numbers) // 8 + 1)
    for number in numbers:
        field[number >> 3] |= 1 << (number & 7)
    return int.from_bytes(field, "little")


def rows_of(bits: int) -> Iterator[int]:
    """Yield the rows of a set, lowest first: the static order."""
    field = bits.to_bytes((bits.bit_length() + 7) // 8, "little")
    for place, byte in enumerate(field):
        while byte:
            low = byte & -byte
            yield (place << 3) + low.bit_length() - 1
            byte ^= low


def load_facets(db: sqlite3.Connection) -> dict[str, dict[str, int]]:
    """Return the set of services for each value of each facet."""
    rows: dict[str, dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
    for facet, slug, row in db.execute("SELECT facet, slug, id FROM facet"):
        rows[facet][slug].append(row)
    return {facet: {slug: bits_of(ids) for slug, ids in slugs.items()} for facet, slugs in rows.items()}
