"""Reads what the house lays over the catalogs (derived, guide/own/derive.py), by the standard library alone."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

from guide.records import NOTHING, Words
from guide.records.laid import Laid

FOLDER, FILE, OWN = "own", "laid.json", "own-"


def read_laid(data: Path) -> Laid:
    """Return what was laid over the catalogs last; nothing where nothing was, or where it cannot be read."""
    found = read_file(data)
    own = data / FOLDER / str(found.get("own") or "-")
    with suppress(TypeError, ValueError, AttributeError):
        call_now = found.get("call_now")
        return Laid(
            own=own if own.name.startswith(OWN) and own.is_file() else None,
            masked=frozenset(map(str, found.get("masked") or ())),
            call_now=None if call_now is None else tuple(map(str, call_now)),
            welcome=words_of(found.get("welcome")),
        )
    return Laid()


def read_counts(data: Path, audience: str) -> dict[str, int]:
    """Return by how many the first screen's tiles differ from the catalogs' for an audience; "" is the total."""
    with suppress(TypeError, ValueError, AttributeError):
        found = (read_file(data).get("counts") or {}).get(str(audience)) or {}
        return {str(slug): n for slug, n in found.items() if type(n) is int}
    return {}


def read_file(data: Path) -> dict[str, Any]:
    """Return the file's content, {} where it cannot be read."""
    with suppress(OSError, ValueError):
        found = json.loads((data / FOLDER / FILE).read_text("utf-8"))
        return found if isinstance(found, dict) else {}
    return {}


def last_stamp(data: Path) -> str | None:
    """Return the newest stamp in shelter.db: the file may have been put back, or changed by another window.

    "" where this house wrote nothing, None where nobody can say.
    """
    path = data / "shelter.db"
    if not path.is_file():
        return ""
    with suppress(sqlite3.Error), closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as db:
        if db.execute("SELECT 1 FROM sqlite_schema WHERE name = 'house_fact'").fetchone() is None:
            return ""
        return str(
            db.execute("SELECT max(stamp) FROM house_fact WHERE kind IN ('own', 'word', 'house')").fetchone()[0] or ""
        )
    return None


def words_of(value: Any) -> Words:
    """Return [["en", "a text"], ["es", "un texto"]] as words."""
    pairs = [(str(tag), str(text)) for tag, text in value or () if text]
    return Words(pairs[0][1], pairs[0][0], tuple(pairs[1:])) if pairs else NOTHING


def key_of(catalogs: Iterable[Path]) -> list[list[Any]]:
    """Return what says whether the catalogs are still those it was laid over."""
    found: list[list[Any]] = []
    for path in catalogs:
        with suppress(OSError):
            stat = path.stat()
            found.append([path.parent.name, path.name, stat.st_size, stat.st_mtime_ns])
    return found
