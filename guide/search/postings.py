"""Writes which rows each word stands in: gathered in runs, merged in the order of words, in flat memory.

Beside every word's own rows, the rows of each beginning that many words share are written ready made, so that a
keystroke never unites more than a handful of sets.
"""

from __future__ import annotations

import marshal
import sqlite3
import tempfile
from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator
from heapq import merge
from operator import itemgetter
from pathlib import Path
from typing import IO, TypeAlias
from zlib import crc32

from guide.search.sets import FEW, Rows, pack, pack_few

LEVELS = 4  # name; organization; what is told; labels and places
MANY = 48  # words with one beginning from which on their rows are written ready made
_RUN = 2_000_000  # pairs of word and row held in memory
_HELD = 256  # sets held before they become one
_AT_ONCE = 2000

Sets: TypeAlias = "array[int] | list[Rows]"  # a few rows as row << 2 | level; many as one set of each level


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
            fresh = set(words)
            fresh -= seen
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
            if isinstance(sets, array):
                seen, every, blob = sum(one >> 2 in visitors for one in sets), len(sets), pack_few(sets)
            else:
                seen, every = sum(map(visitors.intersection_cardinality, sets)), sum(map(len, sets))
                blob = pack(sets)
            written.append((number, blob, crc32(blob)))
            known.append((word, number, seen, every))
            beginnings.add(word, sets)
            if len(known) == _AT_ONCE:
                _flush(db, known, written)
        _flush(db, known, written)
        beginnings.close()
        for file in self._spilled:
            file.close()

    def _start(self) -> None:
        self._tables: list[dict[str, list[int]]] = [defaultdict(list) for _ in range(LEVELS)]
        self._pairs = 0

    def _run(self) -> Iterator[tuple[str, int, bytes]]:
        listed = [(word, level) for level, table in enumerate(self._tables) for word in table]
        listed.sort()
        for word, level in listed:
            yield word, level, array("I", self._tables[level].pop(word)).tobytes()

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
        word, lists = "", _lists()
        for one, level, rows in entries:
            if one != word:
                if word:
                    yield word, _sets(lists)
                word, lists = one, _lists()
            lists[level].frombytes(rows)
        if word:
            yield word, _sets(lists)


def _lists() -> list[array[int]]:
    return [array("I"), array("I"), array("I"), array("I")]


def _sets(lists: list[array[int]]) -> Sets:
    """Few rows are cheaper as one list; many are made sets once, for all that follows."""
    if sum(map(len, lists)) > FEW:
        return [Rows(rows) for rows in lists]
    return array("I", [row << 2 | level for level, rows in enumerate(lists) for row in rows])


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

    def united(self) -> list[Rows]:
        few = array("I")
        many: list[list[Rows]] = []
        for one in self.held:
            if isinstance(one, array):
                few += one
            else:
                many.append(one)
        loose = [Rows([one >> 2 for one in few if one & 3 == level]) for level in range(LEVELS)]
        return [Rows.union(*sets) for sets in zip(loose, *many, strict=True)]


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
        self._db.execute("INSERT INTO beginning VALUES(?, ?, ?)", (node.text, blob, crc32(blob)))
        return [united]
