"""The mark of an export: a hash over every row, by which our own reader knows that nobody changed it since.

An unchanged export brings back what a catalog already was. One that somebody edited is looked at like any other data
(``readers/own_settling``). It is no signature, and needs to be none: whoever makes a catalog can write into it what they like.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from typing import BinaryIO

NAME = "content_sha256"
_PIECE = 1 << 20


def mark_of_tables(tables: Iterable[tuple[str, Callable[[], BinaryIO]]]) -> str:
    """Return the mark of CSV files, each by its name and what opens it. Raises OSError."""
    whole = hashlib.sha256()
    for name, opened in sorted(tables, key=lambda pair: pair[0]):
        own = hashlib.sha256()
        with opened() as file:
            while piece := file.read(_PIECE):
                own.update(piece)
        whole.update(f"{name}\n{own.hexdigest()}\n".encode())
    return whole.hexdigest()


class LineMark:
    """The mark of a JSON page, line by line as its services are written or read."""

    def __init__(self) -> None:
        """Begin with no line."""
        self._hash = hashlib.sha256()

    def add(self, line: str) -> None:
        """Take one service's line, without what joins it to the next."""
        self._hash.update(line.encode())
        self._hash.update(b"\n")

    def text(self) -> str:
        """Return the mark of all lines so far."""
        return self._hash.hexdigest()
