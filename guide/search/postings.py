"""Writes which rows each word stands in: gathered in runs, merged in the order of words, in flat memory.

Beside every word's own rows, the rows of each beginning that many words share are written ready made, so that a
keystroke never unites more than a handful of sets.
"""

from __future__ import annotations

import marshal
import sqlite3
import tempfile
import zlib
from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from heapq import merge
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import IO

from guide.search.sets import FEW, Rows, pack

LEVELS = 4  # name; organization; what is told; labels and places
MANY = 48  # words with one beginning from which on their rows are written ready made
_RUN = 3_000_000  # pairs of word and row held in memory
_HELD = 256  # sets held before they become one

Sets = Sequence["array[int] | Rows"]  # one of each level


class Postings:
    """The words of the rows that are being indexed."""

    def __init__(self, folder: Path | None) -> None:
        """Spill into unnamed files in ``folder`` (None: where the system keeps its own)."""
        self._folder = folder
        self._spilled: list[IO[bytes]] = []
        self._start()

    def add(self, row: int, columns: Iterable[Iterable[str]]) -> None:
        """Add the words of one row; a word counts at the first level it stands in. Rows come in ascending order."""
        seen: set[str] = set()
        for level, words in enumerate(columns):
            fresh = set(words) - seen
            table = self._tables[level]
            for word in fresh:
                table[word].append(row)
            seen |= fresh
        self._pairs += len(seen)
        if self._pairs >= _RUN:
            self._spill()

    def write(self, db: sqlite3.Connection, visitors: Rows) -> None:
        """Write the tables ``word``, ``posting`` and ``beginning``; ``visitors`` are the rows anybody may see."""
        beginnings = _Beginnings(db)
        known: list[tuple[str, int, int, int]] = []
        written: list[tuple[int, bytes, int]] = []
        for number, (word, sets) in enumerate(self._merged(), 1):
            blob = pack(sets)
            written.append((number, blob, zlib.crc32(blob)))
            seen = sum(_seen(rows, visitors) for rows in sets)
            known.append((word, number, seen, sum(map(len, sets))))
            beginnings.add(word, sets)
            if len(known) == 2000:
                _flush(db, known, written)
        _flush(db, known, written)
        beginnings.close()
        for file in self._spilled:
            file.close()

    def _start(self) -> None:
        self._tables: list[dict[str, array[int]]] = [defaultdict(partial(array, "I")) for _ in range(LEVELS)]
        self._pairs = 0

    def _run(self) -> Iterator[tuple[str, int, bytes]]:
        listed = [(word, level) for level, table in enumerate(self._tables) for word in table]
        listed.sort()
        for word, level in listed:
            yield word, level, self._tables[level].pop(word).tobytes()

    def _spill(self) -> None:
        file = tempfile.TemporaryFile(dir=self._folder)  # noqa: SIM115 - closed when it has been read
        self._spilled.append(file)
        for entry in self._run():
            marshal.dump(entry, file)
        marshal.dump(None, file)
        self._start()

    def _merged(self) -> Iterator[tuple[str, Sets]]:
        runs = [*map(_read, self._spilled), self._run()]
        entries = runs[0] if len(runs) == 1 else merge(*runs, key=itemgetter(0, 1))
        for word, group in groupby(entries, key=itemgetter(0)):
            lists = [array("I") for _ in range(LEVELS)]
            for _, level, rows in group:
                lists[level].frombytes(rows)
            # Few rows are cheaper as they are; many are made a set once, for all that follows.
            yield word, lists if sum(map(len, lists)) <= FEW else [Rows(rows) for rows in lists]


def _seen(rows: array[int] | Rows, visitors: Rows) -> int:
    if isinstance(rows, Rows):
        return rows.intersection_cardinality(visitors)
    return sum(row in visitors for row in rows)


def _shared(one: str, other: str) -> int:
    """Return how many letters both begin with."""
    return next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))


def _read(file: IO[bytes]) -> Iterator[tuple[str, int, bytes]]:
    file.seek(0)
    while (entry := marshal.load(file)) is not None:  # noqa: S302 - written by ourselves a moment ago, unnamed
        yield entry


def _flush(
    db: sqlite3.Connection, known: list[tuple[str, int, int, int]], written: list[tuple[int, bytes, int]]
) -> None:
    db.executemany("INSERT INTO word VALUES(?, ?, ?, ?)", known)
    db.executemany("INSERT INTO posting VALUES(?, ?, ?)", written)
    known.clear()
    written.clear()


class _Node:
    """One beginning that words share: how many words, and their rows, not yet united."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.words = 0
        self.held: list[Sets] = []

    def take(self, words: int, held: list[Sets]) -> None:
        self.words += words
        self.held += held
        if len(self.held) > _HELD:
            self.held = [self.united()]

    def united(self) -> Sets:
        return [_union([one[level] for one in self.held]) for level in range(LEVELS)]


def _union(sets: list[array[int] | Rows]) -> Rows:
    loose = array("I")
    for one in sets:
        if isinstance(one, array):
            loose += one
    return Rows.union(Rows(loose), *[one for one in sets if isinstance(one, Rows)])


class _Beginnings:
    """Words in order become a tree of the beginnings where they part; each node with many words is written.

    A beginning between two partings has the rows of the longer one: it is found as the next written text.
    """

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db
        self._open: list[_Node] = []  # each the beginning of the next

    def add(self, word: str, sets: Sets) -> None:
        """Take the next word."""
        if self._open:
            self._fold(_shared(self._open[-1].text, word))
        node = _Node(word)
        node.take(1, [sets])
        self._open.append(node)

    def close(self) -> None:
        """Write what is still open."""
        self._fold(0)

    def _fold(self, shared: int) -> None:
        """Close every node longer than ``shared``; one of exactly that length stays open for what comes."""
        while self._open and len(self._open[-1].text) > shared:
            node = self._open.pop()
            text = node.text[:shared]
            if self._open and len(self._open[-1].text) >= shared:
                text = self._open[-1].text
            held = self._written(node)
            if text:
                if not (self._open and self._open[-1].text == text):
                    self._open.append(_Node(text))
                self._open[-1].take(node.words, held)

    def _written(self, node: _Node) -> list[Sets]:
        if node.words < MANY:
            return node.held
        united = node.united()
        blob = pack(united)
        self._db.execute("INSERT INTO beginning VALUES(?, ?, ?)", (node.text, blob, zlib.crc32(blob)))
        return [united]
