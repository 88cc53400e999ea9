"""Known words by how they sound and by their consonants, in sorted columns: a tenth of what dictionaries would take."""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence

from guide.search.phonetics import bones, letters, sound


class Alike:
    """The words of a list that a misspelled one may stand for. Making it takes 30 ms: only once one was typed."""

    def __init__(self, words: Iterable[str]) -> None:
        """Take folded words."""
        heard = sorted((sound(word), word) for word in words)
        self._sounds, self._words = [one for one, _ in heard], [word for _, word in heard]
        self._letters = array("I", (letters(word) for word in self._words))
        self._spoken = array("I", (letters(one) for one in self._sounds))
        kept = [bones(one) for one in self._sounds]
        self._by_bones = array("I", sorted(range(len(kept)), key=kept.__getitem__))
        self._bones = [kept[place] for place in self._by_bones]
        self._by_start: dict[tuple[str, int], array[int]] = {}
        for place, word in enumerate(self._words):
            self._by_start.setdefault((self._sounds[place][:1], len(word)), array("I")).append(place)

    def alike(self, word: str) -> Iterator[str]:
        """Yield the words that sound like ``word``, and those that have the same consonants."""
        heard = sound(word)
        for place in _equal(self._sounds, heard):
            yield self._words[place]
        for place in _equal(self._bones, bones(heard)):
            yield self._words[self._by_bones[place]]

    def near(self, word: str, farther: int) -> Iterator[str]:
        """Yield the words with the same first sound that may be up to ``farther`` letters or sounds away."""
        heard = sound(word)
        written, spoken = letters(word), letters(heard)
        for length in range(len(word) - farther, len(word) + farther + 1):
            for place in self._by_start.get((heard[:1], length), ()):
                # Another letter changes two of these bits at most.
                apart = min((written ^ self._letters[place]).bit_count(), (spoken ^ self._spoken[place]).bit_count())
                if apart <= 2 * farther:
                    yield self._words[place]


def _equal(ordered: Sequence[str], wanted: str) -> range:
    return range(bisect_left(ordered, wanted), bisect_right(ordered, wanted))
