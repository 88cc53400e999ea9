"""Sets of services as whole numbers: a bit a service, so that counting facets costs next to nothing."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator


def bits_of(rows: Iterable[int]) -> int:
    """Return the set of ``rows`` (from 1)."""
    numbers = rows if isinstance(rows, list) else list(rows)
    if not numbers:
        return 0
    marks = bytearray(b"0") * (max(numbers) + 1)
    for number in numbers:
        marks[~number] = 49  # "1"; the highest row is written first
    return int(bytes(marks), 2)


def rows_of(bits: int) -> Iterator[int]:
    """Yield the rows of a set, lowest first: the static order."""
    marks = f"{bits:b}"[::-1]
    row = marks.find("1")
    while row >= 0:
        yield row
        row = marks.find("1", row + 1)


def load_facets(db: sqlite3.Connection) -> dict[str, dict[str, int]]:
    """Return the set of services for each value of each facet."""
    rows: dict[str, dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
    for facet, slug, row in db.execute("SELECT facet, slug, id FROM facet"):
        rows[facet][slug].append(row)
    return {facet: {slug: bits_of(ids) for slug, ids in slugs.items()} for facet, slugs in rows.items()}
