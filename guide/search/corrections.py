"""What was meant by words that find nothing: the nearest words of the catalog, the likeliest first.

The measured rules (facts on search, 2): one letter more, less, other or swapped; the same first letter and
common words before others; a word that more than two entries use is never corrected.
"""

from __future__ import annotations

import sqlite3
import string
from collections.abc import Iterator, Sequence
from itertools import islice, product

_LETTERS = string.ascii_lowercase + "ñ"
_SHORTEST = 5  # shorter words have too many neighbours, and wrong ones: kill, bill
_LONGEST = 24
_TELLING = 4  # letters of a word that may stand for all that was typed
_MEANT = 2  # a word of more entries than this is meant as typed
_EACH = 4  # neighbours tried for one word
_READINGS = 12  # readings tried of all words together
_END = "\U0010ffff"


def readings(db: sqlite3.Connection, terms: Sequence[str], audience: str) -> Iterator[list[str]]:
    """Yield other readings of ``terms``: unknown words replaced by their neighbours, at last the known words alone.

    ``audience`` names the column of counts, so that a visitor is never led to a word of staff entries.
    """
    uses = [_uses(db, term, audience) for term in terms]
    choices = [_choices(db, term, known, audience) for term, known in zip(terms, uses, strict=True)]
    for reading in islice(product(*choices), _READINGS):
        if list(reading) != list(terms):
            yield list(reading)
    known = [term for term, found in zip(terms, uses, strict=True) if found and len(term) >= _TELLING]
    if 0 < len(known) < len(terms):
        yield known


def _choices(db: sqlite3.Connection, term: str, uses: int, audience: str) -> list[str]:
    if uses > _MEANT or not _SHORTEST <= len(term) <= _LONGEST or any(c.isdigit() for c in term):
        return [term]
    near = _neighbours(db, term, uses, audience)
    return [*near, term] if uses or not near else near


def _uses(db: sqlite3.Connection, term: str, audience: str) -> int:
    """Return in how many entries the commonest word stands that begins with ``term``."""
    found = db.execute(
        f"SELECT max({audience}) FROM vocab WHERE term >= ? AND term < ?",  # noqa: S608 - a fixed name
        (term, term + _END),
    ).fetchone()[0]
    return int(found or 0)


def _neighbours(db: sqlite3.Connection, term: str, uses: int, audience: str) -> list[str]:
    scored = []
    near = sorted(_edits(term))
    for start in range(0, len(near), 900):
        chunk = near[start : start + 900]
        places = ",".join("?" * len(chunk))
        for found, count in db.execute(
            f"SELECT term, {audience} FROM vocab WHERE term IN ({places}) AND {audience} > ?",  # noqa: S608
            (*chunk, uses),
        ):
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
