"""Ways to read what somebody typed, the likeliest first: as typed, then kinder ones.

This is all the matching knows of language: a reading is a list of things that have to stand in an entry.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from guide.search.corrections import Vocabulary, corrected
from guide.search.endings import singulars
from guide.search.everyday import meant
from guide.search.terms import MOST, asked, asked_apart, words


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
    to mark in a name. ``said``: the person is told what is shown for what they typed.
    """

    terms: tuple[Term, ...] = ()
    exact: tuple[str, ...] = ()
    marked: tuple[str, ...] = ()
    said: bool = False


def readings(text: str, vocabulary: Vocabulary) -> Iterator[Reading]:
    """Yield the readings of ``text``, to be tried until one finds something; the first is always as typed."""
    terms = asked(text)
    yield reading(terms, tuple(words(text[:1000])[:MOST]))
    if not terms:
        return
    for other in (*asked_apart(text, terms), *meant(text)):
        yield reading(other)
    for other in corrected(terms, vocabulary):
        yield reading(other, said=True)


def reading(terms: Sequence[str], exact: tuple[str, ...] | None = None, *, said: bool = False) -> Reading:
    """Return the reading in which every one of ``terms`` begins a word; a plural also asks for its singular.

    The way back is what beginnings are for (shelter, shelters).
    """
    wanted = tuple(Term((term,), singulars(term)) for term in terms)
    return Reading(wanted, tuple(terms) if exact is None else exact, tuple(terms), said)
