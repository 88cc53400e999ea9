"""Words known to be right, in both languages: never corrected away, and what misspelled words are corrected to."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path

from guide.search.alike import Alike
from guide.search.everyday import Everyday
from guide.search.terms import words

_LONG = 6  # letters up to which one alone may be wrong
FILE = Path(__file__).with_name("lexicon.txt")


class Lexicon:
    """The fixed list with the words of the everyday sets."""

    def __init__(self, everyday: Everyday) -> None:
        """Take the sets whose words count as known, and whose words of danger are told apart."""
        listed = {folded[0]: word for word in _listed() if len(folded := words(word)) == 1}
        written = everyday.spelled | listed
        self._sorted = sorted(written)
        self._accented = {folded: word for folded, word in written.items() if folded != word}
        self.danger = frozenset(word for saying in everyday.sayings.values() if saying.danger for word in saying.said)

    def __contains__(self, word: object) -> bool:
        """Say whether the folded ``word`` is known."""
        return isinstance(word, str) and self._from(word) == word

    def begins(self, beginning: str) -> bool:
        """Say whether a known word begins so."""
        return self._from(beginning).startswith(beginning)

    def written(self, word: str) -> str:
        """Return the folded ``word`` as it is properly written: "inmigracion" as "inmigración"."""
        return self._accented.get(word, word)

    def alike(self, word: str) -> Iterator[str]:
        """Yield the known words that sound like ``word``, and those that have the same consonants."""
        return self._alike.alike(word)

    def near_danger(self, word: str) -> bool:
        """Say whether ``word`` may be one of the words of danger, misspelled."""
        farther = 2 if len(word) > _LONG else 1
        return any(other in self.danger for other in (*self.alike(word), *self.near(word, farther)))

    def near(self, word: str, farther: int) -> Iterator[str]:
        """Yield the known words with the same first sound that may be up to ``farther`` letters or sounds away."""
        return self._alike.near(word, farther)

    @cached_property
    def _alike(self) -> Alike:
        return Alike(self._sorted)

    def _from(self, word: str) -> str:
        """Return the first known word that is ``word`` or comes after it; a word no one types where none does."""
        place = bisect_left(self._sorted, word)
        return self._sorted[place] if place < len(self._sorted) else "\0"


def _listed() -> Iterator[str]:
    for line in FILE.read_text("utf-8").splitlines():
        if not line.startswith("#"):
            yield from line.split()
