"""Which needs are called what somebody asked for, by the words of their labels and hints."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping

from guide.search.reading import Term

_NOBODY: frozenset[str] = frozenset()


class Called:
    """The folded words of every need, in order: asked with each keystroke, so nothing is walked through."""

    def __init__(self, said: Mapping[str, Iterable[str]]) -> None:
        """Take the folded words of each need, by slug."""
        by_word: dict[str, set[str]] = {}
        for slug, words in said.items():
            for word in words:
                by_word.setdefault(word, set()).add(slug)
        self._by_word = {word: frozenset(by_word[word]) for word in sorted(by_word)}
        self._words = list(self._by_word)

    def by(self, term: Term) -> Iterator[str]:
        """Yield the slugs of the needs that ``term`` calls by name; one may come twice."""
        for word in term.whole:
            yield from self._by_word.get(word, _NOBODY)
        for beginning in term.begins:
            for at in range(bisect_left(self._words, beginning), len(self._words)):
                if not self._words[at].startswith(beginning):
                    break
                yield from self._by_word[self._words[at]]
        for saying in term.sayings:
            yield from frozenset.intersection(*[self._by_word.get(word, _NOBODY) for word in saying])
