"""One ``.guide`` file out of its members: stored, fixed times, whole or not at all."""

from __future__ import annotations

import os
import shutil
import zipfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path

Members = Mapping[str, bytes | Path]
HEAD = b'{"format":"guide-bundle","format_version":1}\n'
_STAMP = (1980, 1, 1, 0, 0, 0)
_PIECE = 1 << 20


def write_bundle(out: Path, members: Members, remember: Callable[[], None]) -> None:
    """Write the ZIP: no compression, no extras, so that equal content is equal bytes.

    ``remember`` runs before the bundle gets its name: what is out in the world is never unknown to its publisher,
    who would then sign other content under the same version. Raises OSError.
    """
    fresh = out.with_name(out.name + ".new")
    out.parent.mkdir(parents=True, exist_ok=True)
    try:
        with zipfile.ZipFile(fresh, "w", zipfile.ZIP_STORED, allowZip64=False) as archive:
            for name, data in members.items():
                info = zipfile.ZipInfo(name, _STAMP)
                if isinstance(data, bytes):
                    archive.writestr(info, data)
                    continue
                info.file_size = data.stat().st_size
                with data.open("rb") as read, archive.open(info, "w") as written:
                    shutil.copyfileobj(read, written, _PIECE)
        with fresh.open("rb+") as file:
            os.fsync(file.fileno())
        remember()
        fresh.replace(out)
    finally:
        with suppress(FileNotFoundError):
            fresh.unlink()


def pieces(data: bytes | Path) -> Iterator[bytes]:
    """Yield a member's bytes, a piece at a time."""
    if isinstance(data, bytes):
        yield data
        return
    with data.open("rb") as file:
        while piece := file.read(_PIECE):
            yield piece
