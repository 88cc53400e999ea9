"""Finds the index of a catalog, checks it, and heals it: a file where it can be written, else memory."""

from __future__ import annotations

import hashlib
import sqlite3
from contextlib import suppress
from pathlib import Path

from guide.errors import BrokenCatalogError, DiskFullError, NoAccessError
from guide.search.index import VERSION, build_index, fill_from

_KEEP = 3  # this edition's, the one to go back to, and the one being brought in
_BUILDING = 3600  # seconds in which another window may still be building
_READING = ("query_only=1", "trusted_schema=0", "temp_store=MEMORY", "cache_size=-16000", "mmap_size=268435456")


def index_path(catalog: Path, folder: Path) -> Path:
    """Return where the index of ``catalog`` lies: named by the catalog's sha256, so it never fits another.

    Raises BrokenCatalogError when there is no catalog.
    """
    try:
        with catalog.open("rb") as file:
            return folder / f"index-{hashlib.file_digest(file, 'sha256').hexdigest()}.db"
    except OSError as error:
        raise BrokenCatalogError(path=str(catalog), reason="missing") from error


def open_index(catalog: Path, folder: Path, *, anew: bool = False) -> sqlite3.Connection:
    """Return a sound index of ``catalog``; ``anew`` mistrusts the one that is there.

    Raises BrokenCatalogError.
    """
    path = index_path(catalog, folder)
    if not anew and (db := _sound(path)) is not None:
        return db
    with suppress(NoAccessError, DiskFullError):
        build_index(catalog, path)
        _tidy(folder, path)
        if (db := _sound(path)) is not None:
            return db
    db = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)
    fill_from(db, catalog)
    return _settled(db)


def _sound(path: Path) -> sqlite3.Connection | None:
    """Return the open index, or None when there is none that is whole and that this version can use."""
    if not path.is_file():
        return None
    address = f"{path.resolve().as_uri()}?mode=ro&immutable=1"
    with suppress(sqlite3.DatabaseError):
        # Asked by one thread at a time, but not always the same one; another one may interrupt.
        db = sqlite3.connect(address, uri=True, isolation_level=None, check_same_thread=False)
        try:
            version = db.execute("SELECT value FROM meta WHERE key = 'version'").fetchone()
            if version == (VERSION,) and db.execute("PRAGMA quick_check(1)").fetchone() == ("ok",):
                return _settled(db)
        except sqlite3.DatabaseError:
            pass
        db.close()
    return None


def _settled(db: sqlite3.Connection) -> sqlite3.Connection:
    for pragma in _READING:
        db.execute(f"PRAGMA {pragma}")
    return db


def _tidy(folder: Path, current: Path) -> None:
    """Delete all but the newest indexes, and what a killed build left."""
    with suppress(OSError):
        now = current.stat().st_mtime
        others = sorted((p for p in folder.glob("index-*.db") if p != current), key=lambda p: p.stat().st_mtime)
        torn = [p for p in folder.glob("index-*.new") if p.stat().st_mtime < now - _BUILDING]
        for path in (*others[: 1 - _KEEP], *torn):
            with suppress(OSError):  # another window still reads it
                path.unlink()
