"""Rows of several indexes in one order: hardly more are looked up in each than come out."""

from __future__ import annotations

from collections.abc import Sequence
from math import inf
from typing import Any

from guide.records import Question
from guide.search.sets import Rows
from guide.search.source import Source

_AT_ONCE = 8  # rows whose keys are asked for together, beside the share that an index has of what was found
_Key = tuple[Any, ...]  # what a row is sorted by, then the number of its index and its own


def merged(
    among: Sequence[tuple[int, Source, Rows]], start: int, count: int, question: Question, *, first_counts: bool
) -> list[tuple[int, int]]:
    """Return ``count`` (index, row) pairs from ``start`` on, in static order over all of ``among``.

    ``first_counts``: a crisis line of who counts most stands before others'.
    """
    if len(among) == 1:
        n, source, rows = among[0]
        return [(n, row) for row in source.first(rows, start, count, source.reach(question))]
    upto = start + count
    every = sum([len(rows) for _, _, rows in among])
    streams = [
        _Stream(n, source, rows, upto, upto * len(rows) // every, question, first_counts=first_counts)
        for n, source, rows in among
    ]
    found: list[_Key] = []
    short = streams
    while short:
        for stream in short:
            found += stream.more()
        found.sort()  # runs that are in order already: these are merged in C
        del found[upto:]
        # What comes next of an index may stand before some of what was found.
        short = [one for one in streams if one.last is not None and (len(found) < upto or one.last < found[-1])]
    return [(key[-2], key[-1]) for key in found[start:]]


class _Stream:
    """The first rows of one index, handed out some at a time with what they are sorted by."""

    def __init__(
        self, n: int, source: Source, rows: Rows, most: int, share: int, question: Question, *, first_counts: bool
    ) -> None:
        self._n, self._source, self._first_counts = n, source, first_counts
        self._reach = source.reach(question)
        self._rows = source.first(rows, 0, most, self._reach)
        self._share = share
        self.last: _Key | None = None  # the last key handed out, while there is more to hand out

    def more(self) -> list[_Key]:
        """Return the keys of some more rows, in order."""
        upto, self._share = self._share + _AT_ONCE, 0
        some, self._rows = self._rows[:upto], self._rows[upto:]
        n, far = self._n, self._reach.miles if self._reach else {}
        counts = n if self._first_counts else 0
        # The nearest, the crisis lines, of those the ones of who counts most, then the static order.
        found = [
            (far.get(row, inf) if far else inf, key[0], 0 if key[0] else counts, *key[1:], n, row)
            for row, key in zip(some, self._source.keys(some), strict=True)
        ]
        self.last = found[-1] if self._rows else None
        return found
