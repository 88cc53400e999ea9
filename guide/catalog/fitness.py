"""Whether a signed file is a catalog this program can use: asked before it becomes current."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from guide.catalog.reader import Catalog
from guide.catalog.rules import every_rule
from guide.catalog.tables import APPLICATION_ID, SCHEMA, metadata
from guide.errors import BrokenCatalogError, UnfitCatalogError
from guide.records import Edition

_LARGEST = 4 << 30


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
            for fault, query in every_rule():
                if db.execute(f"{query} LIMIT 1").fetchone():
                    raise UnfitCatalogError(reason=f"it has {fault}")
            (services, first) = db.execute("SELECT count(*), min(id) FROM service").fetchone()
        with Catalog(path) as catalog:
            edition = catalog.edition()
            next(catalog.services([first]), None)  # every row obeyed the rules; one shows that they hang together
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
    for kind, name, root in db.execute("SELECT type, name, rootpage FROM sqlite_schema").fetchall():
        if kind not in ("table", "index"):
            raise UnfitCatalogError(reason=f"it holds a {kind}")  # code inside data is refused
        if not root:
            raise UnfitCatalogError(reason="it holds a virtual table")
        if kind == "table" and name in metadata.tables:
            found[name] = {row[1] for row in db.execute(f'PRAGMA table_info("{name}")')}
        elif kind == "table":
            raise UnfitCatalogError(reason="it holds a table that is not ours")
    for table in metadata.sorted_tables:
        if found.get(table.name) != {column.name for column in table.c}:
            raise UnfitCatalogError(reason=f"its table {table.name} is not as expected")
