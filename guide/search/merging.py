"""Rows of several indexes in one order: only as many are looked up in each as come out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from heapq import merge
from itertools import islice
from typing import Any

from guide.records import Question
from guide.search.sets import Rows
from guide.search.source import Source

_AT_ONCE = 12  # rows whose keys are asked for together: a small index gives a few of fifty


def merged(
    among: Sequence[tuple[int, Source, Rows]], start: int, count: int, question: Question, *, first_counts: bool
) -> list[tuple[int, int]]:
    """Return ``count`` (index, row) pairs from ``start`` on, in static order over all of ``among``.

    ``first_counts``: a crisis line of who counts most stands before others'.
    """
    if len(among) == 1:
        n, source, rows = among[0]
        return [(n, row) for row in source.first(rows, start, count, source.reach(question))]
    streams = [
        _in_order(n, source, rows, start + count, question, first_counts=first_counts) for n, source, rows in among
    ]
    return [(n, row) for *_, n, row in islice(merge(*streams), start, start + count)]


def _in_order(
    n: int, source: Source, rows: Rows, count: int, question: Question, *, first_counts: bool
) -> Iterator[tuple[Any, ...]]:
    reach = source.reach(question)
    found = source.first(rows, 0, count, reach)
    for place in range(0, len(found), _AT_ONCE):
        some = found[place : place + _AT_ONCE]
        for key, row in zip(source.keys(some, reach), some, strict=True):
            yield key[:2], n if first_counts and not key[1] else 0, key[2:], n, row
