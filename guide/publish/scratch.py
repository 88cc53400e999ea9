"""Folders that a build or a release works in: gone when it ends, and where it was killed, gone at the next run.

A folder is ours by its name and by the lock file in it; whoever works in it holds the lock for as long as they live. Nothing
else is ever touched.
"""

from __future__ import annotations

import re
import shutil
import sys
import tempfile
import time
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO

_NAMES = re.compile(r"\.(guide|build|read)-[a-z0-9_]{8}")
_LOCK = "guide-scratch.lock"
_YOUNG = 60  # seconds: somebody may just be making it


class Scratch:
    """A folder of our own below ``folder``; what killed runs left there goes first."""

    def __init__(self, folder: Path, kind: str) -> None:
        """Make it; ``kind`` is "guide", "build" or "read". Raises OSError."""
        folder.mkdir(parents=True, exist_ok=True)
        sweep(folder)
        self.path = Path(tempfile.mkdtemp(prefix=f".{kind}-", dir=folder))
        try:
            self._lock = (self.path / _LOCK).open("wb")
            _hold(self._lock)
        except BaseException:
            shutil.rmtree(self.path, ignore_errors=True)
            raise

    def __enter__(self) -> Path:
        """Return the folder."""
        return self.path

    def __exit__(self, *_: object) -> None:
        """Throw it away with all that is in it."""
        self.close()

    def close(self) -> None:
        """Throw it away; where something in it is still open, the next run does."""
        self._lock.close()
        shutil.rmtree(self.path, ignore_errors=True)


def sweep(folder: Path) -> None:
    """Take away what killed runs left in ``folder``: by its name ours, not young, and locked by nobody."""
    with suppress(OSError):
        for path in folder.iterdir():
            if _NAMES.fullmatch(path.name) and _is_left(path):
                shutil.rmtree(path, ignore_errors=True)


def _is_left(path: Path) -> bool:
    lock = path / _LOCK
    try:
        if path.is_symlink() or not lock.is_file() or time.time() - lock.stat().st_mtime < _YOUNG:
            return False
        with lock.open("rb+") as file:
            return _hold(file)
    except OSError:
        return False


def _hold(file: BinaryIO) -> bool:
    """Say whether we could take the lock; it is given back when ``file`` closes, whatever ends us."""
    try:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(file.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
