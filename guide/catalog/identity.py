"""Which catalog a file is: its sha256, reckoned once and remembered as long as the file is untouched."""

from __future__ import annotations

import json
import os
from contextlib import suppress
from pathlib import Path
from typing import Any

from guide.errors import BrokenCatalogError

_MOST = 12  # catalogs remembered


def sha256_of(catalog: Path, memory: Path | None = None) -> str:
    """Return the sha256 of ``catalog``; a catalog of a million services takes a second, so it is done once.

    ``memory``: the file in which it is remembered beside the catalog's size, times and number on the disk. Any
    change of these means: reckon again. It is no proof of who signed it: that is the business of trust.

    Raises:
        BrokenCatalogError: there is no catalog.
    """
    try:
        mark = _mark(catalog)
        if memory and (told := remembered_sha256(catalog, memory)):
            return told
        known = _read(memory)
        import hashlib  # OpenSSL is 4 MB, and on an ordinary day nothing is reckoned

        with catalog.open("rb") as file:
            found = hashlib.file_digest(file, "sha256").hexdigest()
        if _mark(catalog) == mark:  # not replaced while it was read
            _remember(memory, known | {str(catalog): [mark, found]})
        return found
    except OSError as error:
        raise BrokenCatalogError(path=str(catalog), reason="missing") from error


def remembered_sha256(catalog: Path, memory: Path) -> str:
    """Return the sha256 of ``catalog`` where it is remembered, else "": nothing is reckoned."""
    told = _read(memory).get(str(catalog))
    with suppress(OSError):
        if isinstance(told, list) and len(told) == 2 and told[0] == _mark(catalog) and isinstance(told[1], str):
            return told[1]
    return ""


def _mark(path: Path) -> list[int]:
    found = path.stat()
    return [found.st_size, found.st_mtime_ns, found.st_ctime_ns, found.st_ino, found.st_dev]


def _read(memory: Path | None) -> dict[str, Any]:
    with suppress(OSError, ValueError):
        found = json.loads(memory.read_text("utf-8")) if memory else {}
        return found if isinstance(found, dict) else {}
    return {}


def _remember(memory: Path | None, known: dict[str, Any]) -> None:
    if memory is None or not memory.parent.is_dir():
        return
    kept = dict([(path, told) for path, told in known.items() if Path(path).is_file()][-_MOST:])
    fresh = memory.with_name(f"{memory.name}.{os.getpid()}")
    with suppress(OSError):  # a folder that cannot be written: it is reckoned again next time
        fresh.write_text(json.dumps(kept), "utf-8")
        fresh.replace(memory)
