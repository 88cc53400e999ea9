"""What was found out of several catalogs together, opened: what is shown once, who lists it too, where they differ."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

from guide.catalog.books import Book
from guide.catalog.joining import fill, join, said_of
from guide.errors import BrokenCatalogError
from guide.records import Audience, Home

_AT_ONCE = 500


class Joins:
    """One open joining. Asked by one thread at a time; sqlite3.DatabaseError where its file is damaged."""

    def __init__(self, db: sqlite3.Connection) -> None:
        """Take the open database."""
        self._db = db

    @classmethod
    def of(cls, books: Sequence[Book], path: Path) -> Joins:
        """Return the joining of ``books``, whose file is ``path``; one that is missing or another's is made anew.

        Where the file cannot be written it is made in memory. Raises BrokenCatalogError.
        """
        of = said_of(books, reckon=True)
        if (found := opened(path, of)) is not None:
            return found
        with suppress(OSError, sqlite3.Error):
            join(books, path)
            if (found := opened(path, of)) is not None:
                return found
        db = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)
        fill(db, books, of)
        return cls(db)

    def close(self) -> None:
        """Let go of the file."""
        self._db.close()

    def hidden(self, mark: str) -> list[str]:
        """Return the entries of one catalog that are another's, as that catalog knows them."""
        return [one for (one,) in self._db.execute("SELECT service FROM hidden WHERE mark = ?", (mark,))]

    def shown_as(self) -> dict[str, str]:
        """Return, by its id, the entry that each one left out is shown as."""
        asked = "SELECT service, mark, by_service, by_mark FROM hidden"
        return {one + mark: other + by for one, mark, other, by in self._db.execute(asked)}

    def also(self, mark: str, services: Iterable[str], audience: Audience) -> dict[str, tuple[str, ...]]:
        """Return the marks of those who list entries of one catalog too; a visitor is told of no entry for staff."""
        found: dict[str, tuple[str, ...]] = {}
        wanted = list(services)
        for start in range(0, len(wanted), _AT_ONCE):
            some = wanted[start : start + _AT_ONCE]
            asked = (
                "SELECT by_service, mark FROM hidden WHERE by_mark = ? AND kind = 'same' AND staff <= ?"  # noqa: S608
                f" AND by_service IN ({','.join('?' * len(some))}) ORDER BY mark"
            )
            for service, other in self._db.execute(asked, (mark, audience is Audience.STAFF, *some)):
                if other not in found.get(service, ()):
                    found[service] = (*found.get(service, ()), other)
        return found

    def counts(self, audience: Audience) -> tuple[int, dict[str, int]]:
        """Return how many entries that ``audience`` may see are shown once less, in all and in each need."""
        rows = self._db.execute("SELECT code, own, n FROM count WHERE staff <= ?", (audience is Audience.STAFF,))
        total, each = 0, dict[str, int]()
        for code, own, n in rows:
            total += own
            each[code] = each.get(code, 0) + n
        return total, each

    def shown(self, mark: str, home: Home) -> Home:
        """Return ``home`` without the cards of entries that are shown as another one's."""
        asked = "SELECT 1 FROM hidden WHERE mark = ? AND service = ?"
        cards = [card for card in home.call_now if self._db.execute(asked, (mark, card.id)).fetchone() is None]
        return replace(home, call_now=tuple(cards))

    def conflicts(self) -> list[tuple[Any, ...]]:
        """Return the rows of what differs, numbers first: kind, then mark, id, name, numbers, staff of each side."""
        order = "CASE kind WHEN 'number' THEN 0 WHEN 'audience' THEN 1 ELSE 2 END, name, service"
        rows = self._db.execute(f"SELECT * FROM conflict ORDER BY {order}")  # noqa: S608
        return [(*r[:4], json.loads(r[4]), *r[5:9], json.loads(r[9]), r[10]) for r in rows]


def opened(path: Path, of: str) -> Joins | None:
    """Return the joining in ``path`` where it is that of ``of`` (``said_of``), else None."""
    if not of or not path.is_file():
        return None
    try:
        # An address of its own: what replaces the file is another file.
        address = f"{path.resolve().as_uri()}?mode=ro&immutable=1"
        db = sqlite3.connect(address, uri=True, isolation_level=None, check_same_thread=False)
        try:
            if db.execute("SELECT value FROM meta WHERE key = 'of'").fetchone() == (of,) and _whole(db):
                return Joins(db)
        except sqlite3.DatabaseError:
            pass
        db.close()
    except sqlite3.DatabaseError:
        pass
    return None


def _whole(db: sqlite3.Connection) -> bool:
    return bool(db.execute("PRAGMA quick_check(1)").fetchone() == ("ok",))


def remembered(books: Sequence[Book], path: Path) -> Joins | None:
    """Return the joining where it is ready and no catalog has to be read for it: for the first screen."""
    with suppress(BrokenCatalogError):
        return opened(path, said_of(books, reckon=False))
    return None
