"""A signed installer out of its file, or from beside it, into a private folder: bounded, hashed on the way, never run."""

from __future__ import annotations

import hashlib
import os
import shutil
import stat
from collections.abc import Iterator
from pathlib import Path

from guide.bundles.archive import Archive
from guide.bundles.disk import sync_file, sync_folder, writing
from guide.bundles.programs.signed import Installer
from guide.errors import DamagedError, DiskFullError, StickGoneError
from guide.records import Progress, Step, silent

_PIECE = 1 << 20
_SPARE = 64 << 20


def check_through(archive: Archive, installer: Installer, progress: Progress = silent) -> None:
    """Read the installer to its last byte. Raises DamagedError, StickGoneError where it is not the signed one."""
    for _piece in _signed_pieces(archive, installer, progress):
        pass


def copy_out(archive: Archive, installer: Installer, folder: Path, progress: Progress) -> Path:
    """Write the installer into the new private ``folder`` and return its path; the bytes hashed are those written.

    Raises:
        DamagedError, DiskFullError, NoAccessError, StickGoneError: and then nothing is left of it.
    """
    with writing(folder):
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True, mode=0o700)  # nothing else beside it: a setup looks for libraries where it lies
        out = folder / installer.name
        try:
            free = shutil.disk_usage(folder).free
            if free < installer.length + _SPARE:
                raise DiskFullError(needed=installer.length + _SPARE, free=free, path=str(folder))
            with os.fdopen(os.open(out, os.O_WRONLY | os.O_CREAT | os.O_EXCL | _BINARY, 0o600), "wb") as file:
                for piece in _signed_pieces(archive, installer, progress):
                    file.write(piece)
            sync_file(out)
            if os.name == "posix":  # Windows would then not let it be taken away; there ``starting`` holds it
                out.chmod(0o400)
            sync_folder(folder)
        except BaseException:
            shutil.rmtree(folder, ignore_errors=True)
            raise
    return out


def _signed_pieces(archive: Archive, installer: Installer, progress: Progress) -> Iterator[bytes]:
    """Yield the installer's bytes; the last one is followed by DamagedError unless all were those that were signed."""
    digest, read = hashlib.sha256(), 0
    for piece in _pieces(archive, installer):
        read += len(piece)
        if read > installer.length:
            break
        digest.update(piece)
        yield piece
        progress(Step("verify", read, installer.length))
    if read != installer.length or digest.hexdigest() != installer.sha256:
        raise DamagedError(reason="the installer is not the signed one", file=archive.path.name)


def _pieces(archive: Archive, installer: Installer) -> Iterator[bytes]:
    if archive.has(installer.member):
        yield from archive.pieces(installer.member, _PIECE)
        return
    # Signed apart: the installer lies beside, so that the same stick also sets up a computer that has no guide yet.
    beside = archive.path.parent / installer.name
    try:
        with os.fdopen(os.open(beside, os.O_RDONLY | _NO_LINK | _BINARY), "rb") as file:
            if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
                raise DamagedError(reason="the installer beside it is not a file", file=installer.name)
            while piece := file.read(_PIECE):
                yield piece
    except FileNotFoundError as error:
        raise DamagedError(reason="its installer is not beside it", file=installer.name) from error
    except OSError as error:
        raise StickGoneError(file=installer.name) from error


_BINARY = getattr(os, "O_BINARY", 0)
_NO_LINK = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)  # no link is followed, no pipe waited for
