"""Writes which rows each word stands in: gathered in runs, merged in the order of words, in flat memory.

Beside every word's own rows, the rows of each beginning that many words share are written ready made, so that a
keystroke never unites more than a handful of sets.
"""

from __future__ import annotations

import marshal
import sqlite3
import tempfile
from array import array
from collections import defaultdict, deque
from collections.abc import Iterable, Iterator
from functools import partial
from heapq import merge
from itertools import groupby, islice, repeat
from operator import itemgetter
from pathlib import Path
from typing import IO, TypeAlias
from zlib import crc32

from guide.search.sets import FEW, Rows, pack, pack_few

LEVELS = 4  # name; organization; what is told; labels and places
MANY = 48  # words with one beginning from which on their rows are written ready made
_RUN = 6_000_000  # pairs of word and row held in memory
_CHUNK = 500  # words spilled and read back at once
_INTEGER: array[int] = array("I")
_SPENT = deque[None](maxlen=0).extend  # runs through what is made for its effect alone: a loop in C
_APPEND = array.append  # of any array
_HELD = 256  # sets held before they become one
_AT_ONCE = 2000

Sets: TypeAlias = "array[int] | list[Rows]"  # a few rows as row << 2 | level; many as one set of each level
Entry: TypeAlias = tuple[str, int, list[bytes]]  # a word, the number of its run, and its rows of each level


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
        for table, words in zip(self._tables, columns, strict=True):
            fresh = set(words)
            if seen:
                fresh = fresh - seen  # not -=, which walks all of the larger one
                seen |= fresh
            else:
                seen = fresh
            _SPENT(map(_APPEND, map(table.__getitem__, fresh), repeat(row)))
        self._pairs += len(seen)
        if self._pairs >= _RUN:
            self._spill()

    def write(self, db: sqlite3.Connection, hidden: Rows) -> None:
        """Write the tables ``word``, ``posting`` and ``beginning``; ``hidden`` are the rows visitors may not see."""
        beginnings = _Beginnings(db)
        known: list[tuple[str, int, int, int]] = []
        written: list[tuple[int, bytes, int]] = []
        for number, (word, sets) in enumerate(self._merged(), 1):
            if isinstance(sets, array):
                every, blob = len(sets), pack_few(sets)
                seen = every - sum([one >> 2 in hidden for one in sets]) if hidden else every
            else:
                every, blob = sum(map(len, sets)), pack(sets)
                seen = every - sum(map(hidden.intersection_cardinality, sets)) if hidden else every
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
        self._tables: list[dict[str, array[int]]] = [defaultdict(partial(array, "I")) for _ in range(LEVELS)]
        self._pairs = 0

    def _run(self) -> Iterator[Entry]:
        """Yield what is held, in the order of words, and let go of it."""
        number = len(self._spilled)
        words: set[str] = set().union(*self._tables)
        for word in sorted(words):
            yield word, number, [t.pop(word).tobytes() if word in t else b"" for t in self._tables]

    def _spill(self) -> None:
        run = self._run()
        file = tempfile.TemporaryFile(dir=self._folder)  # noqa: SIM115 - closed when it has been read
        while some := list(islice(run, _CHUNK)):
            written = marshal.dumps(some, 2)  # 2: looks for no value that comes twice
            file.write(len(written).to_bytes(4, "little") + written)
        self._spilled.append(file)
        self._start()

    def _merged(self) -> Iterator[tuple[str, Sets]]:
        runs = [self._run(), *map(_read, self._spilled)]
        # Of one word the earliest run comes first: no two entries are alike in word and number.
        entries = runs[0] if len(runs) == 1 else merge(*runs)
        for word, some in groupby(entries, key=itemgetter(0)):
            (_, _, levels), *more = some
            if more:
                levels = list(map(b"".join, zip(levels, *(later for _, _, later in more), strict=True)))
            yield word, _sets(levels)


def _sets(levels: list[bytes]) -> Sets:
    """Few rows are cheaper as one list; many are made sets once, for all that follows."""
    if sum(map(len, levels)) > FEW * _INTEGER.itemsize:
        return [Rows(array("I", rows)) for rows in levels]
    return array("I", [row << 2 | level for level, rows in enumerate(levels) if rows for row in array("I", rows)])


def _shared(one: str, other: str) -> int:
    """Return how many letters both begin with."""
    most = min(len(one), len(other))
    for n in range(most):
        if one[n] != other[n]:
            return n
    return most


def _read(file: IO[bytes]) -> Iterator[Entry]:
    file.seek(0)
    while size := file.read(4):
        yield from marshal.loads(file.read(int.from_bytes(size, "little")))  # noqa: S302 - written by ourselves, unnamed


def _flush(
    db: sqlite3.Connection, known: list[tuple[str, int, int, int]], written: list[tuple[int, bytes, int]]
) -> None:
    db.executemany("INSERT INTO word VALUES(?, ?, ?, ?)", known)
    db.executemany("INSERT INTO posting VALUES(?, ?, ?)", written)
    known.clear()
    written.clear()


class _Node:
    """One beginning that words share: how many words, and their rows, not yet united."""

    __slots__ = ("held", "text", "words")

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
        self._word = ""  # the last word, not yet hung on a beginning
        self._sets: Sets = []

    def add(self, word: str, sets: Sets) -> None:
        """Take the next word."""
        if self._word:
            self._hang(_shared(self._word, word))
        self._word, self._sets = word, sets

    def close(self) -> None:
        """Write what is still open."""
        if self._word:
            self._hang(0)
        self._fold(0)

    def _hang(self, shared: int) -> None:
        """Hang the last word on the longest beginning it has in common: with the one before it, or with the next."""
        length = len(self._open[-1].text) if self._open else 0
        if shared > length:
            self._open.append(_Node(self._word[:shared]))
            length = shared
        if length:
            self._open[-1].take(1, [self._sets])
        if length > shared:
            self._fold(shared)

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
