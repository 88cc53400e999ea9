"""What was meant by words that find nothing: the nearest words of the catalog, the likeliest first.

The measured rules (facts on search, 2): one letter more, less, other or swapped; the same first letter and
common words before others; a word that more than two entries use is never corrected.
"""

from __future__ import annotations

import string
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice, product
from typing import Protocol

_LETTERS = string.ascii_lowercase + "ñ"
_SHORTEST = 5  # shorter words have too many neighbours, and wrong ones: kill, bill
_LONGEST = 24
_TELLING = 4  # letters of a word that may stand for all that was typed
_MEANT = 2  # a word of more entries than this is meant as typed
_EACH = 4  # neighbours tried for one word
_READINGS = 12  # readings tried of all words together


class Vocabulary(Protocol):
    """The words of the catalog, as far as the person who asks may see them."""

    def commonest(self, beginning: str) -> int:
        """Return in how many entries the commonest word stands that begins so."""

    def counts(self, words: Iterable[str]) -> dict[str, int]:
        """Return in how many entries each of ``words`` stands that stands at all."""


def corrected(terms: Sequence[str], vocabulary: Vocabulary) -> Iterator[list[str]]:
    """Yield other readings of ``terms``: unknown words replaced by their neighbours, at last the known words alone.

    ``vocabulary`` counts what the asker may see: a visitor is never led to a word of staff entries.
    """
    uses = [vocabulary.commonest(term) for term in terms]
    choices = [_choices(vocabulary, term, known) for term, known in zip(terms, uses, strict=True)]
    for reading in islice(product(*choices), _READINGS):
        if list(reading) != list(terms):
            yield list(reading)
    known = [term for term, found in zip(terms, uses, strict=True) if found and len(term) >= _TELLING]
    if 0 < len(known) < len(terms):
        yield known


def _choices(vocabulary: Vocabulary, term: str, uses: int) -> list[str]:
    if uses > _MEANT or not _SHORTEST <= len(term) <= _LONGEST or any(c.isdigit() for c in term):
        return [term]
    near = _neighbours(vocabulary, term, uses)
    return [*near, term] if uses or not near else near


def _neighbours(vocabulary: Vocabulary, term: str, uses: int) -> list[str]:
    scored = []
    for found, count in vocabulary.counts(sorted(_edits(term))).items():
        if count > uses:
            # A first letter is seldom wrong; a common word is meant more often than a rare one.
            scored.append((min(count, 50) / 50 + (found[0] == term[0]) + (len(found) >= len(term)) / 2, found))
    return [found for _, found in sorted(scored, key=lambda pair: (-pair[0], pair[1]))[:_EACH]]


def _edits(word: str) -> set[str]:
    cuts = [(word[:i], word[i:]) for i in range(len(word) + 1)]
    found = {a + b[1:] for a, b in cuts if b}
    found |= {a + b[1] + b[0] + b[2:] for a, b in cuts if len(b) > 1}
    found |= {a + c + b[1:] for a, b in cuts if b for c in _LETTERS}
    found |= {a + c + b for a, b in cuts for c in _LETTERS}
    return found - {word}
