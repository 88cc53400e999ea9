"""Everyday words: what people say for a need that the catalog words otherwise (everyday.txt)."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from guide.search.terms import STOP, words

FILE = Path(__file__).with_name("everyday.txt")


def meant(text: str) -> list[list[str]]:
    """Return readings of ``text`` in the catalog's words: with the rest of what was typed, then without it.

    The longest saying wins ("help with rent" before "rent"); its last word may still be unfinished.
    """
    typed = words(text[:1000])
    for saying, targets in _sayings():
        place = _place(saying, typed)
        if place is not None:
            rest = [word for word in typed[:place] + typed[place + len(saying) :] if word not in STOP]
            return [[*targets, *rest], list(targets)] if rest else [list(targets)]
    return []


def _place(saying: tuple[str, ...], typed: list[str]) -> int | None:
    for place in range(len(typed) - len(saying) + 1):
        here = typed[place : place + len(saying)]
        *first, last = here
        unfinished = place + len(saying) == len(typed) and len(last) > 2 and saying[-1].startswith(last)
        if tuple(first) == saying[:-1] and (last == saying[-1] or unfinished):
            return place
    return None


@lru_cache(maxsize=1)
def _sayings() -> tuple[tuple[tuple[str, ...], tuple[str, ...]], ...]:
    """Return (saying, what it means) pairs as folded words, the longest sayings first."""
    found: dict[tuple[str, ...], tuple[str, ...]] = {}
    for line in FILE.read_text("utf-8").splitlines():
        target, _, sayings = line.partition("#")[0].partition(":")
        for saying in sayings.split(","):
            if folded := tuple(words(saying)):
                found[folded] = tuple(words(target))
    return tuple(sorted(found.items(), key=lambda pair: -len(pair[0])))
