"""What one way to read somebody's words asks of an entry. This is all the matching knows of language."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Term:
    """One thing an entry has to hold: any one of these.

    ``begins``: beginnings of words. ``whole``: whole words. ``sayings``: several beginnings that all have to stand.
    """

    begins: tuple[str, ...] = ()
    whole: tuple[str, ...] = ()
    sayings: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """All ``terms`` have to stand in an entry; none means every entry.

    ``exact`` are whole words: a name that holds them all comes before every other. ``marked`` are the beginnings
    to mark in a name. ``widens``: adds to what the readings before it found, where that is poor; any other reading
    is for when they found nothing. ``last``: adds below all else, and only where hardly anything was found.
    ``said``: what is shown for what was typed, as it is properly written; "" when nothing was corrected.
    """

    terms: tuple[Term, ...] = ()
    exact: tuple[str, ...] = ()
    marked: tuple[str, ...] = ()
    widens: bool = False
    last: bool = False
    said: str = ""
