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
from collections.abc import Iterable, Iterator, Sequence
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
_RUN = 10_000_000  # pairs of word and row held in memory
_CHUNK = 500  # words spilled and read back at once
_INTEGER: array[int] = array("I")
_SPENT = deque[None](maxlen=0).extend  # runs through what is made for its effect alone: a loop in C
_APPEND = array.append  # of any array
_HELD = 256  # sets held before they become one
_AT_ONCE = 2000

Few: TypeAlias = tuple[bytes, ...]  # the rows of each level, as they lie in memory
Sets: TypeAlias = "Few | list[Rows]"  # of many rows one set of each level
Entry: TypeAlias = tuple[str, int, Few]  # a word, the number of its run, and its rows of each level


class Postings:
    """The words of the rows that are being indexed."""

    def __init__(self, folder: Path | None) -> None:
        """Spill into unnamed files in ``folder`` (None: where the system keeps its own)."""
        self._folder = folder
        self._spilled: list[IO[bytes]] = []
        self._start()

    def add(self, row: int, columns: Sequence[Iterable[str]]) -> None:
        """Add the words of one row; a word counts at the first level it stands in. Rows come in ascending order."""
        name, giver, told, anywhere = map(set, columns)
        giver -= name
        told -= name  # what is told is the longest by far, and all of a set is walked that is taken off
        told -= giver
        anywhere = anywhere - told - giver - name  # a new set walks only its own
        for table, fresh in zip(self._tables, (name, giver, told, anywhere), strict=True):
            _SPENT(map(_APPEND, map(table.__getitem__, fresh), repeat(row)))
            self._pairs += len(fresh)
        if self._pairs >= _RUN:
            self._spill()

    def write(self, db: sqlite3.Connection, hidden: Rows) -> None:
        """Write the tables ``word``, ``posting`` and ``beginning``; ``hidden`` are the rows visitors may not see."""
        beginnings = _Beginnings(db)
        known: list[tuple[str, int, int, int]] = []
        written: list[tuple[int, bytes, int]] = []
        for number, (word, sets) in enumerate(self._merged(), 1):
            if isinstance(sets, tuple):
                blob = pack_few(sets)
                every = sum(map(len, sets)) // _INTEGER.itemsize
                unseen = sum(map(hidden.__contains__, array("I", b"".join(sets)))) if hidden else 0
            else:
                blob = pack(sets)
                every = sum(map(len, sets))
                unseen = sum(map(hidden.intersection_cardinality, sets)) if hidden else 0
            written.append((number, blob, crc32(blob)))
            known.append((word, number, every - unseen, every))
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
        name, giver, told, anywhere = self._tables
        telling = {*name, *giver, *anywhere}
        for word in sorted(telling.union(told)):
            if word in telling:
                yield word, number, tuple([t.pop(word).tobytes() if word in t else b"" for t in self._tables])
            else:  # most words are only told
                yield word, number, (b"", b"", told.pop(word).tobytes(), b"")

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
        if len(runs) == 1:
            for word, _, levels in runs[0]:
                yield word, _sets(levels)
            return
        # Of one word the earliest run comes first: no two entries are alike in word and number.
        for word, some in groupby(merge(*runs), key=itemgetter(0)):
            (_, _, levels), *more = some
            if more:
                levels = tuple(map(b"".join, zip(levels, *(later for _, _, later in more), strict=True)))
            yield word, _sets(levels)


def _sets(levels: Few) -> Sets:
    """Few rows are cheaper as they are; many are made sets once, for all that follows."""
    if sum(map(len, levels)) > FEW * _INTEGER.itemsize:
        return [Rows(array("I", rows)) for rows in levels]
    return levels


def _shared(one: str, other: str) -> int:
    """Return how many letters both begin with."""
    n = 0
    for a, b in zip(one, other, strict=False):
        if a != b:
            break
        n += 1
    return n


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
    """One beginning that many words share, and their rows, not yet united."""

    __slots__ = ("few", "many", "text")

    def __init__(self, text: str) -> None:
        self.text = text
        self.few: list[Few] = []
        self.many: list[list[Rows]] = []

    def take(self, sets: Sets) -> None:
        if isinstance(sets, tuple):
            self.few.append(sets)
        else:
            self.many.append(sets)
        if len(self.few) + len(self.many) > _HELD:
            self.few, self.many = [], [self.united()]

    def united(self) -> list[Rows]:
        loose = [Rows(array("I", b"".join(rows))) for rows in zip(*self.few, strict=True)]
        return [Rows.union(*sets) for sets in zip(*self.many, *([loose] if loose else ()), strict=True)]


class _Beginnings:
    """Words in order become a tree of the beginnings that many of them share, each written when its last word is past.

    A beginning between two partings has the rows of the longer one: it is found as the next written text.
    """

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db
        self._open: list[_Node] = []  # each the beginning of the next
        self._ahead = deque[tuple[str, Sets]]()  # the words whose neighbours are not all known
        self._shares = deque[int](maxlen=MANY)  # letters that the first and the last of so many neighbours share

    def add(self, word: str, sets: Sets) -> None:
        """Take the next word."""
        self._ahead.append((word, sets))
        if len(self._ahead) == MANY:
            self._next(_shared(self._ahead[0][0], word))

    def close(self) -> None:
        """Write what is still open."""
        while self._ahead:
            self._next(0)
        self._fold(0)

    def _next(self, shared: int) -> None:
        """Hang the word that waits longest on the longest beginning that many words share with it."""
        self._shares.append(shared)
        word, sets = self._ahead.popleft()
        text = word[: max(self._shares)]
        if not (self._open and self._open[-1].text == text):
            self._fold(_shared(self._open[-1].text, text) if self._open else 0)
            if text and not (self._open and self._open[-1].text == text):
                self._open.append(_Node(text))
        if text:
            self._open[-1].take(sets)

    def _fold(self, shared: int) -> None:
        """Close every node longer than ``shared``; one of exactly that length stays open for what comes."""
        while self._open and len(self._open[-1].text) > shared:
            node = self._open.pop()
            text = node.text[:shared]
            if self._open and len(self._open[-1].text) >= shared:
                text = self._open[-1].text
            rows = self._written(node)
            if text:
                if not (self._open and self._open[-1].text == text):
                    self._open.append(_Node(text))
                self._open[-1].take(rows)

    def _written(self, node: _Node) -> list[Rows]:
        united = node.united()
        blob = pack(united)
        self._db.execute("INSERT INTO beginning VALUES(?, ?, ?)", (node.text, blob, crc32(blob)))
        return united
