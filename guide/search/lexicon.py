"""Words known to be right, in both languages: never corrected away, and what misspelled words are corrected to."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path

from guide.search.everyday import Everyday
from guide.search.phonetics import bones, letters, sound
from guide.search.terms import words

_LONG = 6  # letters up to which one alone may be wrong
FILE = Path(__file__).with_name("lexicon.txt")


class Lexicon:
    """The fixed list with the words of the everyday sets."""

    def __init__(self, everyday: Everyday) -> None:
        """Take the sets whose words count as known, and whose words of danger are told apart."""
        self._written = dict(everyday.spelled) | {
            folded[0]: word for word in _listed() if len(folded := words(word)) == 1
        }
        self.danger = frozenset(word for saying in everyday.sayings.values() if saying.danger for word in saying.said)
        self._by_sound: dict[str, list[str]] = {}
        self._by_bones: dict[str, list[str]] = {}
        self._by_start: dict[tuple[str, int], list[tuple[str, int, int]]] = {}
        for word in self._written:
            heard = sound(word)
            self._by_sound.setdefault(heard, []).append(word)
            self._by_bones.setdefault(bones(heard), []).append(word)
            self._by_start.setdefault((heard[:1], len(word)), []).append((word, letters(word), letters(heard)))
        self._sorted = sorted(self._written)

    def __contains__(self, word: object) -> bool:
        """Say whether the folded ``word`` is known."""
        return word in self._written

    def begins(self, beginning: str) -> bool:
        """Say whether a known word begins so."""
        place = bisect_left(self._sorted, beginning)
        return place < len(self._sorted) and self._sorted[place].startswith(beginning)

    def written(self, word: str) -> str:
        """Return the folded ``word`` as it is properly written: "inmigracion" as "inmigración"."""
        return self._written.get(word, word)

    def alike(self, word: str) -> Iterator[str]:
        """Yield the known words that sound like ``word``, and those that have the same consonants."""
        heard = sound(word)
        yield from self._by_sound.get(heard, ())
        yield from self._by_bones.get(bones(heard), ())

    def near_danger(self, word: str) -> bool:
        """Say whether ``word`` may be one of the words of danger, misspelled."""
        farther = 2 if len(word) > _LONG else 1
        return any(other in self.danger for other in (*self.alike(word), *self.near(word, farther)))

    def near(self, word: str, farther: int) -> Iterator[str]:
        """Yield the known words with the same first sound that may be up to ``farther`` letters or sounds away."""
        heard = sound(word)
        written, spoken = letters(word), letters(heard)
        for length in range(len(word) - farther, len(word) + farther + 1):
            for other, its_letters, its_sounds in self._by_start.get((heard[:1], length), ()):
                # Another letter changes two of these bits at most.
                if min((written ^ its_letters).bit_count(), (spoken ^ its_sounds).bit_count()) <= 2 * farther:
                    yield other


@lru_cache(maxsize=1)
def _listed() -> tuple[str, ...]:
    return tuple(_words(FILE.read_text("utf-8").splitlines()))


def _words(lines: Iterable[str]) -> Iterator[str]:
    for line in lines:
        if not line.startswith("#"):
            yield from line.split()
