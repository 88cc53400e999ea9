"""Whether a signed file is a catalog this program can use: asked before it becomes current."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from guide.catalog.reader import Catalog
from guide.catalog.tables import APPLICATION_ID, SCHEMA, metadata
from guide.errors import BrokenCatalogError, UnfitCatalogError
from guide.records import Edition

_LARGEST = 4 << 30
_NO_ROWS_HERE = {
    "a service without a name": "SELECT 1 FROM service WHERE trim(name) = ''",
    "a service in an unknown category": "SELECT 1 FROM service WHERE category NOT IN"
    " (SELECT code FROM taxonomy_term WHERE taxonomy = 'category')",
    "a service without a digest": "SELECT 1 FROM service WHERE length(digest) <> 32",
    "a number that belongs to no service": "SELECT 1 FROM phone WHERE service_id NOT IN (SELECT id FROM service)",
    "a number with nothing to show": "SELECT 1 FROM phone WHERE trim(number) = ''",
    "something to dial that is not a number": "SELECT 1 FROM phone WHERE dial GLOB '*[^0-9+]*'",
    "an address that may not be shown": "SELECT 1 FROM address WHERE visibility NOT IN ('public', 'area')"
    " OR (visibility = 'area' AND (address_1 <> '' OR address_2 <> ''))",
    "an unknown audience": "SELECT 1 FROM service WHERE audience NOT IN ('visitor', 'staff')",
}


def check_fitness(path: Path) -> Edition:
    """Return the edition of the catalog at ``path`` when all of it can be used.

    The signature has been checked before; this asks whether the publisher's file is whole and of our kind.

    Raises:
        UnfitCatalogError: with ``reason``; nothing else ever.
    """
    try:
        if not 4096 <= path.stat().st_size <= _LARGEST:
            raise UnfitCatalogError(reason="its size is not that of a catalog")
        with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True)) as db:
            db.execute("PRAGMA trusted_schema=0")
            _check_kind(db)
            _check_tables(db)
            if db.execute("PRAGMA quick_check(1)").fetchone() != ("ok",):
                raise UnfitCatalogError(reason="the database is damaged")
            for fault, query in _NO_ROWS_HERE.items():
                if db.execute(f"{query} LIMIT 1").fetchone():
                    raise UnfitCatalogError(reason=f"it has {fault}")
            (services,) = db.execute("SELECT count(*) FROM service").fetchone()
        with Catalog(path) as catalog:
            edition = catalog.edition()
            next(catalog.services(), None)
    except (sqlite3.Error, BrokenCatalogError, OSError, ValueError, TypeError, KeyError) as error:
        raise UnfitCatalogError(reason="the database cannot be read") from error
    if edition.services != services or services == 0:
        raise UnfitCatalogError(reason="it does not hold as many services as it says")
    if edition.number < 1 or not edition.publisher or not edition.name:
        raise UnfitCatalogError(reason="it does not say which edition it is")
    return edition


def _check_kind(db: sqlite3.Connection) -> None:
    if db.execute("PRAGMA application_id").fetchone() != (APPLICATION_ID,):
        raise UnfitCatalogError(reason="it is not a catalog")
    (schema,) = db.execute("PRAGMA user_version").fetchone()
    if schema != SCHEMA:
        newer = "newer" if schema > SCHEMA else "older"
        raise UnfitCatalogError(reason=f"it is made for a {newer} version of the guide", schema=schema, known=SCHEMA)


def _check_tables(db: sqlite3.Connection) -> None:
    found: dict[str, set[str]] = {}
    for kind, name in db.execute("SELECT type, name FROM sqlite_schema").fetchall():
        if kind not in ("table", "index"):
            raise UnfitCatalogError(reason=f"it holds a {kind}")  # code inside data is refused
        if kind == "table" and name in metadata.tables:
            found[name] = {row[1] for row in db.execute(f'PRAGMA table_info("{name}")')}
        elif kind == "table":
            raise UnfitCatalogError(reason="it holds a table that is not ours")
    for table in metadata.sorted_tables:
        if found.get(table.name) != {column.name for column in table.c}:
            raise UnfitCatalogError(reason=f"its table {table.name} is not as expected")
