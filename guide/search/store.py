"""Finds the index of a catalog, checks it, and heals it: a file where it can be written, else memory."""

from __future__ import annotations

import sqlite3
from contextlib import closing, suppress
from pathlib import Path

from guide.catalog.identity import sha256_of
from guide.errors import DiskFullError, NoAccessError
from guide.records import IndexState, Progress
from guide.search.index import VERSION, build_index, fill_from
from guide.search.sound import every_part_is_sound

_KEEP = 3  # this edition's, the one to go back to, and the one being brought in
_BUILDING = 3600  # seconds in which another window may still be building
_AT_ONCE = (
    16 << 20
)  # bytes: a smaller file is looked through when it is opened; of a larger one each part as it is read
# Never mapped into memory: a mapped file that is cut short under us (a share, a stick, a dying disk) kills the program
# with a bus error, where a read only fails and is healed.
_READING = ("query_only=1", "trusted_schema=0", "temp_store=MEMORY", "cache_size=-16000", "mmap_size=0")


def index_path(catalog: Path, folder: Path) -> Path:
    """Return where the index of ``catalog`` lies: named by the catalog's sha256, so it never fits another.

    Raises BrokenCatalogError when there is no catalog.
    """
    return folder / f"index-{sha256_of(catalog, folder / 'catalogs.json')}.db"


def open_index(catalog: Path, folder: Path, *, anew: bool = False) -> sqlite3.Connection:
    """Return a sound index of ``catalog``; ``anew`` mistrusts the one that is there.

    Raises BrokenCatalogError.
    """
    path = index_path(catalog, folder)
    db, state = (None, "damaged") if anew else _opened(path)
    if db is not None:
        return db
    with suppress(NoAccessError, DiskFullError):
        build_index(catalog, path, because=state)
        _tidy(folder, path)
        db, _ = _opened(path)
        if db is not None:
            return db
    db = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)
    fill_from(db, catalog)
    return _settled(db)


def prepare_index(catalog: Path, folder: Path, ready: Path, progress: Progress) -> None:
    """Have the index of ``catalog`` in its place, while another one still answers.

    ``ready`` is one that came ready made and verified, or nothing; it is used if this program reads it.

    Raises:
        BrokenCatalogError, DiskFullError, NoAccessError.
    """
    path = index_path(catalog, folder)
    db, _ = _opened(ready)
    if db is not None:
        db.close()
        with suppress(OSError):
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            ready.replace(path)
            _tidy(folder, path)
            return
    ready.unlink(missing_ok=True)
    build_index(catalog, path, progress)


def index_state(catalog: Path, folder: Path) -> IndexState:
    """Look through the index of ``catalog`` to its last byte; change nothing.

    Raises BrokenCatalogError when there is no catalog.
    """
    path = index_path(catalog, folder)
    db, state = _opened(path)
    if db is None:
        return IndexState(state)
    with closing(db):
        with suppress(sqlite3.DatabaseError):
            because = db.execute("SELECT value FROM meta WHERE key = 'because'").fetchone()
            whole = db.execute("PRAGMA quick_check(1)").fetchone() == ("ok",)
            if whole and every_part_is_sound(db):
                return IndexState("ready", path.stat().st_size, because[0] if because else "")
        return IndexState("damaged", path.stat().st_size)


def _opened(path: Path) -> tuple[sqlite3.Connection | None, str]:
    """Return the open index, or None and why not: missing, damaged, or other (made by another version)."""
    if not path.is_file():
        return None, "missing"
    state = "damaged"
    with suppress(sqlite3.DatabaseError):
        # Asked by one thread at a time, but not always the same one; another one may interrupt.
        address = f"{path.resolve().as_uri()}?mode=ro&immutable=1"
        db = sqlite3.connect(address, uri=True, isolation_level=None, check_same_thread=False)
        try:
            version = db.execute("SELECT value FROM meta WHERE key = 'version'").fetchone()
            if version is not None and version != (VERSION,):
                state = "other"
            elif version is not None and _whole(db, path):
                return _settled(db), "ready"
        except sqlite3.DatabaseError:
            pass
        db.close()
    return None, state


def _whole(db: sqlite3.Connection, path: Path) -> bool:
    size = path.stat().st_size
    pages, each = (db.execute(f"PRAGMA {name}").fetchone()[0] for name in ("page_count", "page_size"))
    if size != pages * each:
        return False
    return size > _AT_ONCE or bool(db.execute("PRAGMA quick_check(1)").fetchone() == ("ok",))


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
