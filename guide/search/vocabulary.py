"""The words of all open indexes together, counted as far as the person who asks may see them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from typing import Protocol

from guide.records import Audience
from guide.search.lookup import Lookup


class _Source(Protocol):
    lookup: Lookup


class Vocabulary:
    """The words of all indexes together, as far as ``audience`` may see them. Kept for one question: each is read once."""

    def __init__(self, each: Callable[[], Iterable[tuple[int, _Source]]], audience: Audience) -> None:
        """Take what goes through the open indexes."""
        self._each = each
        self._column = "staff" if audience is Audience.STAFF else "visitor"
        self._counts: dict[str, int] = {}
        self._commonest: dict[str, int] = {}

    def commonest(self, beginning: str) -> int:
        """Return in how many entries the commonest word stands that begins so."""
        found = self._commonest.get(beginning)
        if found is None:
            found = max(source.lookup.commonest(beginning, self._column) for _, source in self._each())
            self._commonest[beginning] = found
        return found

    def counts(self, words: Iterable[str]) -> dict[str, int]:
        """Return in how many entries each of ``words`` stands that stands at all."""
        asked = list(words)
        if fresh := [word for word in asked if word not in self._counts]:
            found: Counter[str] = Counter()
            for _, source in self._each():
                found.update(source.lookup.counts(fresh, self._column))
            self._counts |= {word: found[word] for word in fresh}
        return {word: count for word in asked if (count := self._counts[word])}
