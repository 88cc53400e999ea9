"""Whether a signed file is a catalog this program can use: asked before it becomes current."""

from __future__ import annotations

import re
import sqlite3
from collections import deque
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from functools import cache
from pathlib import Path

from guide.catalog.home import read_terms
from guide.catalog.rules import every_pass, every_rule
from guide.catalog.tables import APPLICATION_ID, SCHEMA, metadata
from guide.catalog.unrows import do_not_print_of
from guide.errors import BrokenCatalogError, UnfitCatalogError
from guide.records import Edition

_LARGEST = 4 << 30


def check_fitness(path: Path) -> Edition:
    """Return the edition of the catalog at ``path`` when all of it can be used.

    The signature has been checked before; this asks whether the publisher's file is whole and of our kind. It is
    read twice, side by side: every page and the kind of every value (``quick_check``), and the rules.

    Raises:
        UnfitCatalogError: with ``reason``; nothing else ever.
    """
    try:
        if not 4096 <= path.stat().st_size <= _LARGEST:
            raise UnfitCatalogError(reason="its size is not that of a catalog")
        with closing(_opened(path)) as db:
            _check_kind(db)
            _check_tables(db)
            with ThreadPoolExecutor(2, "fitness") as beside:
                broken, read = beside.submit(_broken_rule, path), beside.submit(_read, path)
                _check_whole(db)  # first to be believed: what the others say of a damaged file means nothing
                if fault := broken.result():
                    raise UnfitCatalogError(reason=f"it has {fault}")
            (services, editions) = db.execute("SELECT (SELECT count(*) FROM service), count(*) FROM edition").fetchone()
            if editions != 1:
                raise BrokenCatalogError(path=str(path), reason="no edition")
        edition = read.result()
    except (sqlite3.Error, BrokenCatalogError, OSError, ValueError, TypeError, KeyError) as error:
        raise UnfitCatalogError(reason="the database cannot be read") from error
    if edition.services != services or services == 0:
        raise UnfitCatalogError(reason="it does not hold as many services as it says")
    if edition.number < 1 or not edition.publisher or not edition.name:
        raise UnfitCatalogError(reason="it does not say which edition it is")
    return edition


def _read(path: Path) -> Edition:
    """Return the edition, having read whatever is read whole: terms, and the list of what must not be printed."""
    edition, _ = read_terms(path)
    with closing(_opened(path)) as db:
        db.row_factory = sqlite3.Row
        for row in db.execute("SELECT * FROM do_not_print"):
            do_not_print_of(row)
        # By its id a service is asked for: a wrong byte there would lose it.
        deque(db.cursor().execute("SELECT id FROM service"), maxlen=0)
    return edition


def check_letters(path: Path) -> None:
    """Refuse a catalog with a text that is not UTF-8. For who publishes it: to read every text takes a while.

    Raises:
        UnfitCatalogError: with ``reason``.
    """
    with closing(_opened(path)) as db:
        for table in metadata.tables:
            try:
                for _ in db.execute(f"SELECT * FROM {table}"):  # noqa: S608 - our own names
                    pass
            except sqlite3.Error as error:
                raise UnfitCatalogError(reason=f"it has a text that is not UTF-8 in {table}") from error


def _opened(path: Path) -> sqlite3.Connection:
    """Open a file that may mean harm: no code from its schema runs, a cell of a wrong size is an error.

    Not mapped into memory, as SQLite advises for such files; and so the memory stays flat for a catalog of any size.
    """
    db = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True)
    for pragma in ("trusted_schema=0", "cell_size_check=1", "query_only=1", "mmap_size=0"):
        db.execute(f"PRAGMA {pragma}")
    return db


def _check_whole(db: sqlite3.Connection) -> None:
    """Every page where it belongs, and in STRICT tables no value of another kind nor one missing."""
    (found,) = db.execute("PRAGMA quick_check(1)").fetchone()
    if wrong := re.fullmatch(r"(?:non-[A-Z]+|NULL) value in (\w+)\.\w+", found):
        raise UnfitCatalogError(reason=f"it has a value of the wrong kind in {wrong[1]}")
    if found != "ok":
        raise UnfitCatalogError(reason="the database is damaged")


def _broken_rule(path: Path) -> str:
    """Return what is wrong with the first row that breaks a rule, "" when none does."""
    with closing(_opened(path)) as db:
        for table, query in every_pass():
            if db.execute(query).fetchone():
                named = (words for words, rule in every_rule() if db.execute(rule).fetchone())
                return next(named, f"something that cannot be used in {table}")
    return ""


def _check_kind(db: sqlite3.Connection) -> None:
    if db.execute("PRAGMA application_id").fetchone() != (APPLICATION_ID,):
        raise UnfitCatalogError(reason="it is not a catalog")
    (schema,) = db.execute("PRAGMA user_version").fetchone()
    if schema != SCHEMA:
        newer = "newer" if schema > SCHEMA else "older"
        raise UnfitCatalogError(reason=f"it is made for a {newer} version of the guide", schema=schema, known=SCHEMA)


def _check_tables(db: sqlite3.Connection) -> None:
    """Our tables, all of them, and nothing beside; each STRICT, with our columns, their kinds and their NOT NULL."""
    strict = {row[1]: row[5] for row in db.execute("PRAGMA main.table_list")}
    found: dict[str, list[tuple[str, str, int, int]]] = {}
    for kind, name, root in db.execute("SELECT type, name, rootpage FROM sqlite_schema").fetchall():
        if kind not in ("table", "index"):
            raise UnfitCatalogError(reason=f"it holds a {kind}")  # code inside data is refused
        if not root:
            raise UnfitCatalogError(reason="it holds a virtual table")
        if kind == "table" and name not in metadata.tables:
            raise UnfitCatalogError(reason="it holds a table that is not ours")
        if kind == "table" and strict.get(name):
            columns = db.execute(f'PRAGMA table_xinfo("{name}")')
            found[name] = sorted((row[1], row[2], row[3], row[6]) for row in columns)
    for table, ours in _expected().items():
        if found.get(table) != ours:
            raise UnfitCatalogError(reason=f"its table {table} is not as expected")


@cache
def _expected() -> dict[str, list[tuple[str, str, int, int]]]:
    """Return our columns by table, as SQLite tells them; the name of a kind is compiled, so once for each kind."""
    kinds: dict[type, str] = {}
    for table in metadata.tables.values():
        for column in table.c:
            if type(column.type) not in kinds:
                kinds[type(column.type)] = str(column.type)
    return {
        table.name: sorted((c.name, kinds[type(c.type)], int(not c.nullable), 0) for c in table.c)
        for table in metadata.tables.values()
    }
