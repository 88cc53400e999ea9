"""Builds the index of one catalog: derived, disposable, named by the catalog's sha256."""

from __future__ import annotations

import gc
import os
import sqlite3
import tempfile
import zlib
from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from guide.catalog.hours import as_offered
from guide.errors import DiskFullError, NoAccessError
from guide.records import Category, Edition, Progress, Service, Step, Tag, silent
from guide.search.columns import Labels, columns
from guide.search.facets import facets
from guide.search.packed import pack, pack_schedules
from guide.search.postings import Postings
from guide.search.sets import Rows
from guide.search.sound import words_sum
from guide.search.spots import SpotBook
from guide.search.terms import FOLDING

VERSION = f"8/{FOLDING}"  # of tables and folding together; another one means: build anew
_BATCH = 500
_TABLES = """
CREATE TABLE meta(key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE card(id INTEGER PRIMARY KEY, service TEXT NOT NULL, plan INTEGER, json TEXT NOT NULL, crc INTEGER);
CREATE TABLE plan(id INTEGER PRIMARY KEY, json TEXT NOT NULL, rows BLOB NOT NULL, crc INTEGER NOT NULL);
CREATE TABLE facet(facet TEXT, slug TEXT, rows BLOB NOT NULL, crc INTEGER NOT NULL, PRIMARY KEY(facet, slug));
CREATE TABLE spot(spots BLOB NOT NULL, crc INTEGER NOT NULL);
CREATE TABLE word(word TEXT PRIMARY KEY, id INTEGER NOT NULL, visitor INTEGER NOT NULL, staff INTEGER NOT NULL)
    WITHOUT ROWID;
CREATE TABLE posting(id INTEGER PRIMARY KEY, rows BLOB NOT NULL, crc INTEGER NOT NULL);
CREATE TABLE beginning(text TEXT PRIMARY KEY, rows BLOB NOT NULL, crc INTEGER NOT NULL);
"""


@dataclass(frozen=True)
class Content:
    """What one index is made of. ``services`` come once, in static order: the first row is the best."""

    edition: Edition
    categories: tuple[Category, ...]
    tags: tuple[Tag, ...]
    services: Iterable[Service]


def build_index(catalog_path: Path, index_path: Path, progress: Progress = silent, because: str = "") -> None:
    """Build the index of ``catalog_path`` at ``index_path``, whole or not at all.

    ``because``: why one is built that should have been there ("damaged", "other"); ``guide doctor`` tells it.

    Raises:
        BrokenCatalogError: the catalog cannot be read.
        DiskFullError, NoAccessError: this PC does not let the file be written.
    """
    fresh = None
    try:
        index_path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        # A name of its own: two windows may build the same index at once, and both end with a whole one.
        handle, name = tempfile.mkstemp(prefix="index-", suffix=".new", dir=index_path.parent)
        os.close(handle)
        fresh = Path(name)
        with closing(sqlite3.connect(fresh, isolation_level=None)) as db:
            fill_from(db, catalog_path, progress, index_path.parent)
            if because in ("damaged", "other"):
                db.execute("INSERT INTO meta VALUES('because', ?)", (because,))
        with fresh.open("r+b") as file:
            os.fsync(file.fileno())
        fresh.replace(index_path)
    except sqlite3.OperationalError as error:
        full = "full" in str(error)
        raise (DiskFullError if full else NoAccessError)(path=str(index_path)) from error
    except OSError as error:
        raise (DiskFullError if error.errno == 28 else NoAccessError)(path=str(index_path)) from error
    finally:
        with suppress(OSError):
            if fresh is not None:
                fresh.unlink()


def fill_from(
    db: sqlite3.Connection, catalog_path: Path, progress: Progress = silent, spill: Path | None = None
) -> None:
    """Write the whole index of ``catalog_path`` into the empty database ``db``."""
    from guide.catalog.reader import Catalog  # SQLAlchemy: only where an index is built
    from guide.catalog.stream import indexed_services

    with Catalog(catalog_path) as catalog:
        services = indexed_services(catalog_path)
        content = Content(catalog.edition(), catalog.categories(), catalog.tags(), services)
        fill(db, content, progress, spill)


def fill(db: sqlite3.Connection, content: Content, progress: Progress = silent, spill: Path | None = None) -> None:
    """Write the whole index of ``content`` into the empty database ``db``; ``spill``: a folder for unnamed files."""
    for pragma in ("journal_mode=off", "synchronous=off", "secure_delete=off", "cache_size=-32768"):
        db.execute(f"PRAGMA {pragma}")
    db.executescript(_TABLES)
    db.execute("BEGIN")
    gathered = _Gathered(content, Postings(spill), progress)
    with _seldom_swept():
        db.executemany("INSERT INTO card VALUES(?, ?, ?, ?, ?)", gathered.cards())
        gathered.write(db)
    db.executemany("INSERT INTO meta VALUES(?, ?)", [("version", VERSION), ("words", words_sum(db))])
    db.execute("COMMIT")


@contextmanager
def _seldom_swept() -> Iterator[None]:
    """Let Python look for garbage seldom: what is made here goes by itself, and looking took half of the time."""
    before = gc.get_threshold()
    gc.set_threshold(200_000, *before[1:])
    try:
        yield
    finally:
        gc.set_threshold(*before)


class _Gathered:
    """What is gathered of the services on their one way through: words, facets and plans of hours."""

    def __init__(self, content: Content, postings: Postings, progress: Progress) -> None:
        self._content, self._postings, self._progress = content, postings, progress
        self._labels = Labels(content.categories, content.tags)
        self._facets: dict[tuple[str, str], array[int]] = defaultdict(partial(array, "I"))
        self._plans: dict[str, int] = {}
        self._followers: list[array[int]] = []
        self._spots = SpotBook()

    def cards(self) -> Iterator[tuple[int, str, int | None, str, int]]:
        """Yield the row of each card, and gather the rest of it."""
        edition = self._content.edition
        for row, service in enumerate(map(as_offered, self._content.services), 1):
            if row % _BATCH == 0:
                self._progress(Step("index", row, edition.services))
            for pair in facets(service, edition, self._labels.facets):
                self._facets[pair].append(row)
            self._postings.add(row, columns(service, self._labels))
            self._spots.add(row, service)
            card = pack(service)
            # A rotten disk must never show a wrong number.
            yield row, service.id, self._plan(row, service), card, zlib.crc32(card.encode())

    def _plan(self, row: int, service: Service) -> int | None:
        if not service.schedules:
            return None
        number = self._plans.setdefault(pack_schedules(service.schedules), len(self._plans) + 1)
        if number > len(self._followers):
            self._followers.append(array("I"))
        self._followers[number - 1].append(row)
        return number

    def write(self, db: sqlite3.Connection) -> None:
        """Write what was gathered."""
        db.executemany(
            "INSERT INTO facet VALUES(?, ?, ?, ?)", ((*p, *_blob(r)) for p, r in sorted(self._facets.items()))
        )
        db.execute("INSERT INTO spot VALUES(?, ?)", self._spots.blob())
        plans = zip(self._plans.items(), self._followers, strict=True)
        db.executemany("INSERT INTO plan VALUES(?, ?, ?, ?)", ((n, text, *_blob(r)) for (text, n), r in plans))
        self._postings.write(db, Rows(self._facets.get(("audience", "staff"), ())))


def _blob(rows: array[int]) -> tuple[bytes, int]:
    made = Rows(rows)
    made.run_optimize()
    blob = made.serialize()
    return blob, zlib.crc32(blob)
