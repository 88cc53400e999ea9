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
    """The words of all indexes together, as far as ``audience`` may see them."""

    def __init__(self, each: Callable[[], Iterable[tuple[int, _Source]]], audience: Audience) -> None:
        """Take what goes through the open indexes."""
        self._each = each
        self._column = "staff" if audience is Audience.STAFF else "visitor"

    def commonest(self, beginning: str) -> int:
        """Return in how many entries the commonest word stands that begins so."""
        return max(source.lookup.commonest(beginning, self._column) for _, source in self._each())

    def counts(self, words: Iterable[str]) -> dict[str, int]:
        """Return in how many entries each of ``words`` stands that stands at all."""
        asked = list(words)
        found: Counter[str] = Counter()
        for _, source in self._each():
            found.update(source.lookup.counts(asked, self._column))
        return dict(found)
