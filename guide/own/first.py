"""The first screen with what the house lays over it: its tiles' counts, the lines on top, a word of welcome."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from guide.catalog.books import Book
from guide.catalog.home import read_cards, read_terms
from guide.clock import Here
from guide.own.laid import read_counts, read_laid
from guide.records import Audience, Home, Tile


def laid_home(home: Home, data: Path, books: Sequence[Book], audience: Audience, now: datetime, here: Here) -> Home:
    """Return ``home`` as this house shows it (standard library alone, before the first paint).

    What the counts differ by was reckoned when it was laid over the catalogs: nothing is counted here.
    Raises BrokenCatalogError.
    """
    laid = read_laid(data)
    counts = read_counts(data, audience)
    if counts or laid.own is not None:
        tiles = [replace(t, count=max(0, t.count + counts.get(t.category.slug, 0))) for t in home.tiles]
        known = {tile.category.slug for tile in tiles}
        if laid.own is not None and any(n > 0 and slug and slug not in known for slug, n in counts.items()):
            _, (categories, _tags) = read_terms(laid.own)
            tiles += [Tile(c, counts[c.slug]) for c in categories if counts.get(c.slug, 0) > 0 and c.slug not in known]
        home = replace(home, tiles=tuple(tiles), total=max(0, home.total + counts.get("", 0)))
    if laid.call_now is not None:
        cards = {card.id: card for card in home.call_now if card.id not in laid.masked}
        if laid.own is not None:
            cards |= read_cards(laid.own, [one for one in laid.call_now if one not in cards], audience, now, here)
        missing = [one for one in laid.call_now if one not in cards and one not in laid.masked]
        for book in books if missing else ():
            raw = [one.removesuffix(book.mark) for one in missing if one.endswith(book.mark)]
            found = read_cards(book.catalog, raw, audience, now, here).values()
            cards |= {card.id + book.mark: replace(card, id=card.id + book.mark) for card in found}
        home = replace(home, call_now=tuple(cards[one] for one in laid.call_now if one in cards))
    return replace(home, welcome=laid.welcome) if laid.welcome else home
