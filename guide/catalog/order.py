"""The static order of entries: what makes one come before another, whatever was asked."""

from __future__ import annotations

from datetime import date

Place = tuple[bool, int, bool, int, str, str]


def place(*, staff: bool, category: int, numbered: bool, day: date | None, name: str, service: str) -> Place:
    """Return what an entry is sorted by: visitors' first, by need; those with a number first, the latest checked first.

    ``category`` is the order of its own category, ``day`` when it was last checked (or its source seen). The id
    comes last, so that no two entries are equal and several catalogs merge in one way alone.
    """
    return staff, category, not numbered, -(day or date.min).toordinal(), name.casefold(), service
