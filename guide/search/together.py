"""What the indexes of several publishers share, put to use: each entry found once, and who lists it too."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from guide.catalog.books import Book
from guide.catalog.home import read_terms
from guide.catalog.joins import Joins
from guide.catalog.ranks import rows_of
from guide.records import Audience, Card
from guide.records.laid import Laid
from guide.search.source import Source
from guide.search.store import open_index

Opened = Callable[[bool], Source]  # opens one index; True: mistrust the file that is there


def open_source(catalog: Path, folder: Path, anew: bool, *, mark: str = "") -> Source:
    """Return the open index of ``catalog`` in ``folder``. Raises BrokenCatalogError, sqlite3.DatabaseError."""
    edition, (categories, tags) = read_terms(catalog)
    return Source(open_index(catalog, folder, anew=anew), edition, categories, tags, mark)


def laid_sources(books: Sequence[Book], laid: Laid) -> list[Opened]:
    """Return what opens the index of each of ``books`` with what the house lays over it, and the house's own last."""
    opened = [_laid(book, laid) for book in books]
    if laid.own is not None:
        own = Book("", laid.own, laid.own.parent / "index")
        opened.append(_laid(own, replace(laid, masked=frozenset()), house=True))
    return opened


def _laid(book: Book, laid: Laid, *, house: bool = False) -> Opened:

    def opened(anew: bool) -> Source:
        source = open_source(book.catalog, book.folder, anew, mark=book.mark)
        if laid.masked or laid.call_now is not None:
            first = _known_as(laid.call_now or (), book.mark)
            rows = rows_of(book.catalog, [*_known_as(sorted(laid.masked), book.mark), *first])
            gone = (rows[one] for one in _known_as(laid.masked, book.mark) if one in rows)
            source.lay(gone, None if laid.call_now is None else [rows[one] for one in first if one in rows])
        source.house = house
        return source

    return opened


def _known_as(ids: Iterable[str], mark: str) -> list[str]:
    """Return those of ``ids`` that may be of the catalog with ``mark``, as it knows them."""
    return [one.removesuffix(mark) for one in ids if not mark or one.endswith(mark)]


def sound_source(opened: Opened) -> Source:
    """Return what ``opened`` opens; one that is rotten in a way its opening did not see is opened anew."""
    try:
        return opened(False)
    except sqlite3.DatabaseError:
        return opened(True)


class Together:
    """The joining of some publishers' catalogs; asked from one thread at a time."""

    def __init__(self, books: Sequence[Book], path: Path) -> None:
        """Take the catalogs and the file that says what they share; open nothing yet."""
        self._books, self._path = books, path
        self._joins: Joins | None = None
        self._names: dict[str, str] = {}

    def begin(self, sources: Sequence[Source]) -> None:
        """Leave out of each of ``sources`` what is shown as another one's entry. Raises BrokenCatalogError."""
        sources = [source for source in sources if not source.house]
        marks = [source.mark for source in sources]
        if self._joins is None:
            self._joins = Joins.of([book for book in self._books if book.mark in marks], self._path)
        called = {book.mark: book.name for book in self._books}
        self._names = {source.mark: called.get(source.mark) or source.edition.publisher_name for source in sources}
        for source in sources:
            source.hide(self._joins.hidden(source.mark))

    def told(self, source: Source, cards: tuple[Card, ...], audience: Audience) -> tuple[Card, ...]:
        """Return ``cards``, which are of ``source``, with the names of who lists each of them too."""
        if self._joins is None or source.house:
            return cards
        ids = [card.id.removesuffix(source.mark) for card in cards]
        try:
            also = self._joins.also(source.mark, ids, audience)
        except sqlite3.DatabaseError:  # derived, and a name less is no harm
            return cards
        if not also:
            return cards
        return tuple(
            replace(card, also=tuple(self._names.get(mark, "") for mark in also[one])) if one in also else card
            for card, one in zip(cards, ids, strict=True)
        )

    def close(self) -> None:
        """Let go of the file."""
        if self._joins is not None:
            self._joins.close()
            self._joins = None
