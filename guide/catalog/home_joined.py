"""The home screen of several catalogs: the first one's, with what the others have more; each entry counted once."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from guide.catalog.books import Book
from guide.catalog.home import read_home
from guide.catalog.joins import remembered
from guide.clock import Here
from guide.errors import BrokenCatalogError
from guide.records import Audience, Card, Home, Tile

CALL_NOW = 3  # cards of numbers to call now that there is room for


def read_homes(books: Sequence[Book], joined: Path, audience: Audience, now: datetime, here: Here) -> Home:
    """Return one home screen of all catalogs; one that cannot be read takes nothing from the others.

    Raises BrokenCatalogError where none can be read.
    """
    found: list[tuple[Book, Home]] = []
    for book in books:
        with suppress(BrokenCatalogError):
            found.append((book, read_home(book.catalog, audience, now, here)))
    if not found:
        raise BrokenCatalogError(path=str(books[0].catalog), reason="missing")
    homes = [home for _, home in found]
    less, each = 0, dict[str, int]()
    if (joins := remembered([book for book, _ in found], joined)) is not None:
        less, each = joins.counts(audience)
        found = [(book, joins.shown(book.mark, home)) for book, home in found]
        joins.close()
    tiles: dict[str, Tile] = {}
    for tile in (tile for home in homes for tile in home.tiles):
        slug = tile.category.slug
        before = tiles.get(slug, Tile(tile.category, -each.get(slug, 0)))
        tiles[slug] = replace(before, count=before.count + tile.count)
    return Home(homes[0].edition, call_first(found), tuple(tiles.values()), sum(home.total for home in homes) - less)


def call_first(found: Sequence[tuple[Book, Home]]) -> tuple[Card, ...]:
    """Return the numbers to call now: those of the publisher that counts most, then others while there is room."""
    cards: dict[str, Card] = {}
    for book, home in found:
        for card in home.call_now:
            number = card.phone or card.text
            key = number.copy_text.removeprefix("1") if number else card.id
            cards.setdefault(key, replace(card, id=card.id + book.mark) if book.mark else card)
        if len(cards) >= CALL_NOW:
            break
    first = len(found[0][1].call_now) if found else 0
    return tuple(cards.values())[: max(CALL_NOW, first)]
