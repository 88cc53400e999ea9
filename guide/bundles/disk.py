"""What this PC may refuse while an update is taken in, as our own errors; and writes that survive a pulled plug."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from time import sleep as pause

from guide.errors import BusyError, DiskFullError, HeldError, NoAccessError, ThisComputerError

_WAITS = (0.01, 0.03, 0.06, 0.1, 0.2, 0.3, 0.5, 0.8)


@contextmanager
def writing(path: Path) -> Iterator[None]:
    """Turn this PC's refusals below ``path`` into DiskFullError, NoAccessError, HeldError or ThisComputerError."""
    try:
        yield
    except OSError as error:
        if _held(error):
            raise HeldError(path=str(path)) from error
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise DiskFullError(path=str(path)) from error
        if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS, errno.ENOTDIR):
            raise NoAccessError(path=str(path)) from error
        raise ThisComputerError(path=str(path), errno=error.errno or 0) from error


def patiently(act: Callable[[], object]) -> None:
    """Do what Windows refuses while another program, often a virus scanner, looks at the file: again for two seconds.

    Raises the last refusal, which ``writing`` turns into HeldError.
    """
    for wait in _WAITS:
        try:
            act()
            return
        except OSError as error:
            if not _held(error):
                raise
        pause(wait)
    act()


def _held(error: OSError) -> bool:
    """Say whether Windows refused because somebody has the file open (access denied, sharing or lock violation)."""
    return getattr(error, "winerror", None) in (5, 32, 33)


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
    patiently(lambda: fresh.replace(path))
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
