"""What was meant by words that nobody knows: the nearest known words, the likeliest first.

The measured rules (facts on search, 2): one letter more, less, other or swapped, two in long words, or the same sound
in English or Spanish; the same first letter and common words before others. A word that is spelled right, or that
more than two entries use, is never corrected; a short one only where it completes a saying ("kil myself"); and no
word becomes a word of danger unless it begins with the same sound.
"""

from __future__ import annotations

import string
from collections.abc import Iterator, Sequence
from heapq import nsmallest
from itertools import product
from math import log10

from guide.search.everyday import Everyday
from guide.search.lexicon import Lexicon
from guide.search.phonetics import distance, sound
from guide.search.terms import STOP
from guide.search.vocabulary import Vocabulary

_LETTERS = string.ascii_lowercase
_SHORTEST = 5  # shorter words have too many neighbours, and wrong ones: kill, bill
_LONG = 7  # from here on two letters may be wrong
_LONGEST = 24
_MEANT = 2  # a word of more entries than this is meant as typed
_EACH = 4  # neighbours tried for one word
_READINGS = 12  # readings tried of all words together
_UNKNOWN = 4  # words corrected at once
_PART = 3  # letters of the shorter half of a word that was run together
_FAR_COMMONER = 25  # times a neighbour stands in more entries than a word that does occur


Choice = tuple[float, tuple[str, ...]]  # what a change costs, and the words it makes


class Corrections:
    """Corrects against a catalog's vocabulary and the fixed list together: a small catalog's own words are too few."""

    def __init__(self, everyday: Everyday, lexicon: Lexicon) -> None:
        """Take the sayings, whose words are corrected to first, and the words known to be right."""
        self._everyday, self._lexicon = everyday, lexicon

    def readings(self, typed: Sequence[str], unknown: Sequence[int], vocabulary: Vocabulary) -> Iterator[list[str]]:
        """Yield other readings of all the folded words ``typed``, the likeliest first.

        ``unknown`` are the places of the words to correct, as ``unknown`` found them. ``vocabulary`` counts what the asker may see: a visitor is never led to a word of staff entries.
        """
        yield from self._joined(typed, vocabulary)
        if not unknown:
            return
        choices: list[list[Choice]] = []
        for place, word in enumerate(typed):
            near = self._choices(word, typed, place, vocabulary) if place in unknown else []
            choices.append(near or [(0.0, (word,))])
        mixed = [
            (sum(cost for cost, _ in chosen), [word for _, some in chosen for word in some])
            for chosen in product(*choices)
        ]
        for _, reading in nsmallest(_READINGS, mixed):
            if reading != list(typed):
                yield reading

    def unknown(self, typed: Sequence[str], vocabulary: Vocabulary) -> list[int]:
        """Return the places of the words that are neither known to be right nor in use; the last may be unfinished."""
        found = []
        for place, word in enumerate(typed):
            if len(word) < _PART or len(word) > _LONGEST or not word.isalpha() or not word.isascii():
                continue
            if word in self._lexicon or word in STOP:
                continue
            if len(word) < _SHORTEST:  # corrected in sayings alone, and there whatever longer word begins so
                if not vocabulary.counts([word]):
                    found.append(place)
            elif not (place == len(typed) - 1 and self._lexicon.begins(word)) and vocabulary.commonest(word) <= _MEANT:
                found.append(place)
        return found[:_UNKNOWN]

    def may_tell_of_danger(self, typed: Sequence[str], unknown: Sequence[int]) -> bool:
        """Say whether one of the ``unknown`` words may be a misspelled word of danger: worth correcting at once."""
        return any(
            self._lexicon.near_danger(typed[place]) or any(True for _ in self._completing(typed[place], typed, place))
            for place in unknown
        )

    def suggestion(self, terms: Sequence[str], vocabulary: Vocabulary) -> list[str]:
        """Return ``terms`` with words that hardly occur replaced by far commoner neighbours; [] when there are none."""
        other = list(terms)
        for place, word in enumerate(terms):
            if not _SHORTEST <= len(word) <= _LONGEST or not word.isalpha() or not word.isascii():
                continue
            if word in self._lexicon or self._lexicon.begins(word):
                continue
            uses = vocabulary.commonest(word)
            near = self.nearest(word, vocabulary, more_than=max(uses * _FAR_COMMONER, 2 * _MEANT))
            if uses and near and not near[0][1][0].startswith(word):
                other[place] = near[0][1][0]
        return other if other != list(terms) else []

    def _choices(self, word: str, typed: Sequence[str], place: int, vocabulary: Vocabulary) -> list[Choice]:
        found = self._completing(word, typed, place)
        if len(word) >= _SHORTEST - 1:
            found += self.nearest(word, vocabulary)
        if len(word) >= 2 * _PART:
            found += self._apart(word, vocabulary)
        return nsmallest(_EACH, dict.fromkeys(found))

    def nearest(self, word: str, vocabulary: Vocabulary, *, more_than: int = -1) -> list[Choice]:
        """Return the known words nearest to ``word``, each with what the change costs, the cheapest first.

        With ``more_than``, only words that stand in more entries than that.
        """
        heard = sound(word)
        most = 2 if len(word) >= _LONG else 1
        near = set(self._lexicon.alike(word)) if len(heard) >= _PART else set()
        if len(word) >= _SHORTEST:
            near |= set(self._lexicon.near(word, most))
        apart = {other: _apart(word, heard, other, most) for other in near}
        near = {other for other, cost in apart.items() if cost <= most}
        edits = _edits(word) if len(word) >= _SHORTEST else set()
        counts = vocabulary.counts(sorted(edits | near))
        scored: list[Choice] = []
        for other in near | counts.keys():
            uses = counts.get(other, 0)
            if other == word or uses <= more_than or (other in STOP and len(other) < _SHORTEST):
                continue
            same_start = sound(other)[:1] == heard[:1]
            if other in self._lexicon.danger and not same_start:
                continue
            cost = apart.get(other) or _apart(word, heard, other, most)
            cost -= 0.12 * log10(1 + uses) + 0.25 * (uses > 0) + 0.3 * same_start
            cost -= 0.2 * ((other,) in self._everyday.sayings)
            scored.append((cost, (other,)))
        return nsmallest(_EACH, scored)

    def _completing(self, word: str, typed: Sequence[str], place: int) -> list[Choice]:
        """Return the words one letter from ``word`` that make it part of a saying of several words."""
        found: list[Choice] = []
        for other in self._everyday.beside(typed, place):
            if (other[0] == word[0] or sound(other)[:1] == sound(word)[:1]) and (
                distance(word, other, 1) <= 1 or sound(word) == sound(other)
            ):
                found.append((0.1, (other,)))
        return found

    def _apart(self, word: str, vocabulary: Vocabulary) -> list[Choice]:
        """Return the two known words that ``word`` may be, run together: foodbank."""
        pairs = [(word[:cut], word[cut:]) for cut in range(_PART, len(word) - _PART + 1)]
        used = vocabulary.counts({part for pair in pairs for part in pair})
        return [
            (0.7, pair) for pair in pairs if all(used.get(part, 0) > _MEANT or part in self._lexicon for part in pair)
        ]

    def _joined(self, typed: Sequence[str], vocabulary: Vocabulary) -> Iterator[list[str]]:
        """Yield readings with neighbours joined where that makes a known word: run a way, child help."""
        for length in (3, 2):
            for place in range(len(typed) - length + 1):
                word = "".join(typed[place : place + length])
                fits = _SHORTEST <= len(word) <= _LONGEST and word.isalpha()
                if fits and ((word,) in self._everyday.sayings or vocabulary.counts([word])):
                    yield [*typed[:place], word, *typed[place + length :]]


def _apart(word: str, heard: str, other: str, most: int) -> float:
    """Return how far two words lie apart, by letters or, slightly dearer, by sound."""
    letters: float = distance(word, other, most)
    if letters <= 1:
        return letters
    return min(letters, distance(heard, sound(other), most) + 0.5)


def _edits(word: str) -> set[str]:
    cuts = [(word[:i], word[i:]) for i in range(len(word) + 1)]
    found = {a + b[1:] for a, b in cuts if b}
    found |= {a + b[1] + b[0] + b[2:] for a, b in cuts if len(b) > 1}
    found |= {a + c + b[1:] for a, b in cuts if b for c in _LETTERS}
    found |= {a + c + b for a, b in cuts for c in _LETTERS}
    return found - {word}
