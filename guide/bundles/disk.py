"""What this PC may refuse while an update is taken in, as our own errors; and writes that survive a pulled plug."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from guide.errors import BusyError, DiskFullError, NoAccessError, ThisComputerError


@contextmanager
def writing(path: Path) -> Iterator[None]:
    """Turn this PC's refusals below ``path`` into DiskFullError, NoAccessError or ThisComputerError."""
    try:
        yield
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise DiskFullError(path=str(path)) from error
        if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS, errno.ENOTDIR):
            raise NoAccessError(path=str(path)) from error
        raise ThisComputerError(path=str(path), errno=error.errno or 0) from error


def sync_file(path: Path) -> None:
    """Bring a file's bytes to the disk."""
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def sync_folder(path: Path) -> None:
    """Bring a folder's entries to the disk, where the system can."""
    with suppress(OSError):
        handle = os.open(path, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def sync_tree(path: Path) -> None:
    """Bring every file and folder below ``path`` to the disk."""
    for here, _, names in os.walk(path):
        for name in names:
            if not Path(here, name).is_symlink():
                sync_file(Path(here, name))
        sync_folder(Path(here))


def write_whole(path: Path, text: str) -> None:
    """Write a small file so that a reader sees the old or the new one, never half."""
    fresh = path.with_name(path.name + ".new")
    with fresh.open("w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(path)
    sync_folder(path.parent)


@contextmanager
def alone(path: Path) -> Iterator[None]:
    """Hold the lock file ``path``; the system lets go of it when the program dies. Raises BusyError."""
    with path.open("a+b") as file:
        try:
            _lock(file.fileno())
        except OSError as error:
            raise BusyError(path=str(path)) from error
        yield


def _lock(handle: int) -> None:
    if os.name == "nt":  # pragma: no cover
        import msvcrt

        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined,unused-ignore]
    else:
        import fcntl

        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
