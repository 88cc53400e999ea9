"""What was meant by a word that nothing begins with: one letter more, less, other or swapped."""

from __future__ import annotations

import sqlite3
import string

_LETTERS = string.ascii_lowercase + "ñ"
_SHORTEST = 4  # shorter words have too many neighbours
_LONGEST = 24


def correct(db: sqlite3.Connection, terms: list[str], audience: str) -> list[str] | None:
    """Return ``terms`` with each unknown word replaced by its likeliest neighbour, or None if that is not possible.

    ``audience`` names the column of counts, so that a visitor is never led to a word of staff entries.
    """
    corrected = [term if _known(db, term, audience) else _nearest(db, term, audience) for term in terms]
    kept = [term for term in corrected if term]
    return kept if len(kept) == len(terms) and kept != terms else None


def _known(db: sqlite3.Connection, term: str, audience: str) -> bool:
    found = db.execute(
        f"SELECT 1 FROM vocab WHERE term >= ? AND term < ? AND {audience} > 0 LIMIT 1",  # noqa: S608 - a fixed name
        (term, term + "\U0010ffff"),
    ).fetchone()
    return found is not None


def _nearest(db: sqlite3.Connection, term: str, audience: str) -> str:
    if not _SHORTEST <= len(term) <= _LONGEST or term.isdigit():
        return ""
    near = sorted(_edits(term))
    best, best_score = "", 0.0
    for start in range(0, len(near), 900):
        chunk = near[start : start + 900]
        places = ",".join("?" * len(chunk))
        for found, count in db.execute(
            f"SELECT term, {audience} FROM vocab WHERE term IN ({places}) AND {audience} > 0",  # noqa: S608
            chunk,
        ):
            # A first letter is seldom wrong; a common word is meant more often than a rare one.
            score = min(count, 50) / 50 + (found[0] == term[0]) + (len(found) >= len(term)) / 2
            if score > best_score:
                best, best_score = found, score
    return best


def _edits(word: str) -> set[str]:
    cuts = [(word[:i], word[i:]) for i in range(len(word) + 1)]
    found = {a + b[1:] for a, b in cuts if b}
    found |= {a + b[1] + b[0] + b[2:] for a, b in cuts if len(b) > 1}
    found |= {a + c + b[1:] for a, b in cuts if b for c in _LETTERS}
    found |= {a + c + b for a, b in cuts for c in _LETTERS}
    return found - {word}
