"""Where entries stand in their catalog's static order, by the standard library alone: their rows in its index."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path

from guide.errors import BrokenCatalogError

_AT_ONCE = 500


def rows_of(catalog: Path, ids: Sequence[str]) -> dict[str, int]:
    """Return the place of each of ``ids`` that ``catalog`` holds, from 1 on, as its index counts them.

    Raises BrokenCatalogError.
    """
    try:
        with closing(sqlite3.connect(f"{catalog.resolve().as_uri()}?mode=ro&immutable=1", uri=True)) as db:
            found = dict(_ranks(db, ids))
            if found:
                # Ranks count up without a gap in what we build; another builder's are counted.
                (low, high, many) = db.execute("SELECT min(rank), max(rank), count(*) FROM service").fetchone()
                if (low, high) != (1, many):
                    count = "SELECT count(*) FROM service WHERE rank <= ?"
                    found = {one: db.execute(count, (rank,)).fetchone()[0] for one, rank in found.items()}
            return found
    except sqlite3.DatabaseError as error:
        raise BrokenCatalogError(path=str(catalog), reason="damaged") from error


def _ranks(db: sqlite3.Connection, ids: Sequence[str]) -> Iterator[tuple[str, int]]:
    for start in range(0, len(ids), _AT_ONCE):
        some = ids[start : start + _AT_ONCE]
        marks = ",".join("?" * len(some))
        yield from db.execute(f"SELECT id, rank FROM service WHERE id IN ({marks})", some)  # noqa: S608
