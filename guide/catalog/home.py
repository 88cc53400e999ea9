"""The home screen's data, by the standard library alone: read before the first paint, in milliseconds."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

from guide.catalog.cards import card_of
from guide.catalog.hours import ANYWHERE
from guide.catalog.unrows import Texts, category_of, edition_of, lenient, organization_of, service_of, tag_of
from guide.clock import Here
from guide.errors import BrokenCatalogError
from guide.records import Audience, Card, Category, Edition, Home, Tag, Tile

_PARTS = {
    "phone": "service_id",
    "url": "service_id",
    "attribute": "link_id",
    "service_list": "service_id",
    "schedule": "link_id",
}
_OWN = "SELECT category AS code, count(*) AS n FROM service WHERE audience IN (?, ?) GROUP BY category"
_ALSO_IN = (
    "SELECT a.code AS code, count(*) AS n FROM attribute a CROSS JOIN service s ON s.id = a.link_id"
    " WHERE a.taxonomy = 'category' AND s.audience IN (?, ?) AND a.code <> s.category GROUP BY a.code"
)
_NOT_ON_CARDS: dict[str, list[dict[str, Any]]] = {"evidence": [], "service_at_location": []}


def read_home(path: Path, audience: Audience, now: datetime, here: Here = ANYWHERE) -> Home:
    """Return edition, call-now cards and tiles with counts for ``audience``. Raises BrokenCatalogError.

    A service counts in its own category and in each it is ``also_in``; visitors' counts leave staff entries out.
    """
    with _opened(path) as db:
        return _home(db, audience, now, here)


def read_cards(path: Path, services: Sequence[str], audience: Audience, now: datetime, here: Here) -> dict[str, Card]:
    """Return the cards of those of ``services`` that ``path`` holds, by id. Raises BrokenCatalogError."""
    with _opened(path) as db:
        edition = edition_of(next(db.execute("SELECT * FROM edition")), _texts(db, ["edition"]))
        ask = "SELECT * FROM service WHERE id = ?"
        cards = (card for one in services for card in _found(db, ask, one, edition, audience, now, here))
        return {card.id: card for card in cards}


def read_edition(path: Path) -> Edition:
    """Return the edition alone. Raises BrokenCatalogError."""
    with _opened(path) as db:
        return edition_of(next(db.execute("SELECT * FROM edition")), _texts(db, ["edition"]))


def read_terms(path: Path) -> tuple[Edition, tuple[tuple[Category, ...], tuple[Tag, ...]]]:
    """Return the edition, and the categories and tags in the publisher's order. Raises BrokenCatalogError."""
    with _opened(path) as db:
        edition = edition_of(next(db.execute("SELECT * FROM edition")), _texts(db, ["edition"]))
        rows = list(db.execute("SELECT * FROM taxonomy_term ORDER BY position"))
        texts = _texts(db, [row["id"] for row in rows])
        categories = tuple(category_of(row, texts) for row in rows if row["taxonomy"] == "category")
        return edition, (categories, tuple(tag_of(row, texts) for row in rows if row["taxonomy"] == "tag"))


@contextmanager
def _opened(path: Path) -> Iterator[sqlite3.Connection]:
    address = f"{path.resolve().as_uri()}?mode=ro&immutable=1"
    try:
        with closing(sqlite3.connect(address, uri=True)) as connection:
            connection.row_factory = _as_dict
            connection.text_factory = lenient
            yield connection
    except (sqlite3.DatabaseError, ValueError, KeyError, IndexError, StopIteration) as error:
        raise BrokenCatalogError(path=str(path), reason="damaged") from error


def _home(db: sqlite3.Connection, audience: Audience, now: datetime, here: Here) -> Home:
    seen = ("visitor", "staff") if audience is Audience.STAFF else ("visitor", "visitor")
    edition = edition_of(next(db.execute("SELECT * FROM edition")), _texts(db, ["edition"]))
    counts = {row["code"]: row["n"] for row in db.execute(_OWN, seen)}
    total = sum(counts.values())  # every service has one category of its own
    for row in db.execute(_ALSO_IN, seen):
        counts[row["code"]] = counts.get(row["code"], 0) + row["n"]
    terms = list(db.execute("SELECT * FROM taxonomy_term WHERE taxonomy = 'category' ORDER BY position"))
    texts = _texts(db, [row["id"] for row in terms])
    categories = [category_of(row, texts) for row in terms]
    tiles = tuple(Tile(c, counts.get(c.slug, 0)) for c in categories if c.visitor or audience is Audience.STAFF)
    return Home(edition, tuple(_cards(db, edition, audience, now, here)), tiles, total)


def _cards(db: sqlite3.Connection, edition: Edition, audience: Audience, now: datetime, here: Here) -> Iterator[Card]:
    for original in edition.call_now:
        # In order of rank, call-now entries stand first: the search ends after a row or two.
        ask = "SELECT * FROM service WHERE original_id = ? ORDER BY rank LIMIT 1"
        yield from _found(db, ask, original, edition, audience, now, here)


def _found(
    db: sqlite3.Connection, ask: str, key: str, edition: Edition, audience: Audience, now: datetime, here: Here
) -> Iterator[Card]:
    for row in db.execute(ask, (key,)):
        if row["audience"] == "staff" and audience is not Audience.STAFF:
            continue
        own = _NOT_ON_CARDS | {
            name: list(db.execute(f"SELECT * FROM {name} WHERE {link} = ? ORDER BY position", (row["id"],)))  # noqa: S608
            for name, link in _PARTS.items()
        }
        giver = None
        for found in db.execute("SELECT * FROM organization WHERE id = ?", (row["organization_id"],)):
            giver = organization_of(found, _texts(db, [found["id"]]))
        texts = _texts(db, [row["id"], *(p["id"] for p in own["phone"])])
        yield card_of(service_of(row, own, texts, {}, giver), edition, now, here)


def _texts(db: sqlite3.Connection, row_ids: list[str]) -> Texts:
    found: Texts = {}
    for row_id in row_ids:
        for row in db.execute("SELECT * FROM translation WHERE row_id = ? ORDER BY language", (row_id,)):
            found.setdefault((row["row_id"], row["field"]), []).append((row["language"], row["text"]))
    return found


def _as_dict(cursor: sqlite3.Cursor, row: tuple[Any, ...]) -> dict[str, Any]:
    return {column[0]: value for column, value in zip(cursor.description, row, strict=True)}
