"""Looks words up in one index: the rows each stands in, by how telling its place is."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from guide.search.sets import NONE, Rows, checked, unite, unpack

_END = "\U0010ffff"
_KEPT = 48  # looked-up beginnings kept for the next keystroke
_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Found:
    """The rows of one thing that was asked for; each set holds the one before.

    In the order of how telling the place is: in the name; the organization too; what is told too; anywhere.
    """

    name: Rows = NONE
    giver: Rows = NONE
    told: Rows = NONE
    anywhere: Rows = NONE

    def sets(self) -> tuple[Rows, Rows, Rows, Rows]:
        """Return the four sets, the smallest first."""
        return self.name, self.giver, self.told, self.anywhere


NOWHERE = Found()


class Lookup:
    """The words of one index."""

    def __init__(self, db: sqlite3.Connection) -> None:
        """Take the open index; read nothing yet."""
        self._db = db
        self._kept: dict[tuple[str, bool], Found] = {}

    def beginning(self, text: str) -> Found:
        """Return where a word stands that begins with ``text``. Raises sqlite3.DatabaseError when it is damaged."""
        return self._keep((text, False))

    def word(self, text: str) -> Found:
        """Return where exactly this word stands."""
        return self._keep((text, True))

    def forget(self) -> None:
        """Forget the words that were looked up."""
        self._kept.clear()

    def counts(self, words: Iterable[str], column: str) -> dict[str, int]:
        """Return in how many entries each of ``words`` stands that stands at all; ``column``: visitor or staff."""
        asked = list(words)
        found: dict[str, int] = {}
        for start in range(0, len(asked), _AT_ONCE):
            chunk = asked[start : start + _AT_ONCE]
            places = ",".join("?" * len(chunk))
            found |= dict(
                self._db.execute(f"SELECT word, {column} FROM word WHERE word IN ({places}) AND {column} > 0", chunk)  # noqa: S608 - a fixed name and question marks
            )
        return found

    def commonest(self, beginning: str, column: str) -> int:
        """Return in how many entries the commonest word stands that begins so."""
        asked = f"SELECT max({column}) FROM word WHERE word >= ? AND word < ?"  # noqa: S608 - a fixed name
        return int(self._db.execute(asked, (beginning, beginning + _END)).fetchone()[0] or 0)

    def _keep(self, key: tuple[str, bool]) -> Found:
        found = self._kept.pop(key, None)
        if found is None:
            found = self._word(key[0]) if key[1] else self._beginning(key[0])
            if len(self._kept) >= _KEPT:
                del self._kept[next(iter(self._kept))]
        self._kept[key] = found  # the latest last
        return found

    def _word(self, text: str) -> Found:
        return _found(
            self._db.execute(
                "SELECT rows, crc FROM posting WHERE id = (SELECT id FROM word WHERE word = ?)", (text,)
            ).fetchall()
        )

    def _beginning(self, text: str) -> Found:
        # Where words part later than ``text`` ends, the first longer beginning has the very same rows.
        ready = self._db.execute(
            "SELECT rows, crc FROM beginning WHERE text >= ? AND text < ? ORDER BY text LIMIT 1", (text, text + _END)
        ).fetchall()
        if ready:
            return _found(ready)
        # Numbered in the order of words: those with one beginning lie side by side.
        asked = (
            "SELECT rows, crc FROM posting JOIN (SELECT min(id) low, max(id) high FROM word WHERE word >= ? AND word < ?)"
            " ON posting.id BETWEEN low AND high"
        )
        return _found(self._db.execute(asked, (text, text + _END)).fetchall())


def _found(blobs: Sequence[tuple[bytes, int]]) -> Found:
    """Return the rows of several words together, each level with the ones before it."""
    sets = [unpack(checked(blob, crc)) for blob, crc in blobs]
    if not sets:
        return NOWHERE
    name, giver, told, anywhere = sets[0] if len(sets) == 1 else [unite(level) for level in zip(*sets, strict=True)]
    giver = name | giver
    told = giver | told
    return Found(name, giver, told, told | anywhere)
