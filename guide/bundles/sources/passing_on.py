"""Writes the current edition as one bundle for the next house: the same signatures, read back and verified."""

from __future__ import annotations

import errno
import hashlib
import json
import os
import re
import shutil
import tempfile
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path

from guide.bundles.archive import Archive
from guide.bundles.disk import sync_folder
from guide.bundles.editions import Editions
from guide.bundles.offers import edition_of, effective, trusting
from guide.bundles.sources.look import ENDING
from guide.bundles.sources.packed import Signed, packed_catalog, signed_target
from guide.clock import Clock
from guide.errors import (
    BadCopyError,
    GuideError,
    NothingToPassOnError,
    StickFullError,
    StickGoneError,
    StickLockedError,
    ThisComputerError,
)
from guide.records import PassedOn, Progress, Step, silent
from guide.settings import Settings

_STAMP = (1980, 1, 1, 0, 0, 0)
_HINT = b'{"format":"guide-bundle","format_version":1}\n'
_PIECE = 1 << 20


def pass_on(settings: Settings, folder: Path, clock: Clock, progress: Progress = silent) -> PassedOn:
    """Write the current edition into ``folder`` under a neutral name and return what was written.

    It has its name only once it was brought to the drive, read back from there and verified as a guide with nothing
    but the first root would. Nothing of this house is in it.

    Raises:
        NoPublisherError, NothingToPassOnError: there is nothing signed, or it was not kept.
        StickFullError, StickLockedError, StickGoneError, BadCopyError: the drive.
    """
    editions, pointer = trusting(settings)
    tuf, edition = editions.tuf(pointer.data), edition_of(editions, pointer)
    signed, packed = signed_target(tuf), packed_catalog(settings)
    if signed is None or packed is None:
        raise NothingToPassOnError(edition=edition.name)
    members = _metadata(editions, tuf)
    out = folder / f"update-{re.sub(r'[^A-Za-z0-9.-]+', '-', edition.name)[:40]}{ENDING}"
    fresh = folder / f".{out.name}.part"
    with _drive(folder):
        needed = signed.length + sum(map(len, members.values())) + (1 << 20)
        if shutil.disk_usage(folder).free < needed:
            raise StickFullError(needed=needed, path=str(folder))
        with suppress(FileNotFoundError):
            fresh.unlink()  # never written through: it might be a link
        try:
            _write(fresh, members, signed, packed, progress)
            progress(Step("read"))
            _forget_cached(fresh)
            _verify(settings, fresh, signed, effective(pointer, clock)[0])
            fresh.replace(out)
            sync_folder(folder)
        finally:
            with suppress(OSError):
                fresh.unlink()
        return PassedOn(str(out), out.stat().st_size, edition.number, edition.name)


def _metadata(editions: Editions, tuf: Path) -> dict[str, bytes]:
    """Return the signed metadata by its names in a bundle: every root there is, and the newest of each role."""
    members = {"bundle.json": _HINT}
    try:
        for folder in (editions.settings.trust, tuf):
            for root in sorted((folder / "root_history").glob("*.root.json")):
                members[f"metadata/{int(root.name.split('.')[0])}.root.json"] = root.read_bytes()
        members["metadata/timestamp.json"] = (tuf / "timestamp.json").read_bytes()
        for role in ("snapshot", "targets"):
            data = (tuf / f"{role}.json").read_bytes()
            members[f"metadata/{int(json.loads(data)['signed']['version'])}.{role}.json"] = data
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise NothingToPassOnError(reason="metadata") from error
    return members


def _write(out: Path, members: Mapping[str, bytes], signed: Signed, packed: bytes | Path, progress: Progress) -> None:
    with out.open("xb") as file:
        with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED, allowZip64=False) as archive:
            for name, data in members.items():
                archive.writestr(zipfile.ZipInfo(name, _STAMP), data)
            about = zipfile.ZipInfo(signed.member, _STAMP)
            about.file_size = signed.length
            with archive.open(about, "w") as member:
                written = 0
                for piece in _pieces(packed):
                    member.write(piece)
                    written += len(piece)
                    progress(Step("write", written, signed.length))
        file.flush()
        os.fsync(file.fileno())


def bundle_of(out: Path, parts: Mapping[str, bytes], signed: Signed, packed: Path) -> None:
    """Write ``out`` whole from metadata and a compressed catalog that lies on this PC. Raises OSError."""
    fresh = out.with_name(out.name + ".new")
    fresh.unlink(missing_ok=True)
    _write(fresh, {"bundle.json": _HINT, **parts}, signed, packed, silent)
    fresh.replace(out)


def _pieces(packed: bytes | Path) -> Iterator[bytes]:
    if isinstance(packed, bytes):
        yield from (packed[start : start + _PIECE] for start in range(0, len(packed), _PIECE))
        return
    with packed.open("rb") as file:
        while piece := file.read(_PIECE):
            yield piece


def _forget_cached(path: Path) -> None:
    """Let go of what this PC still holds in memory, so that reading it back reads the drive."""
    if hasattr(os, "posix_fadvise"):
        with suppress(OSError):
            handle = os.open(path, os.O_RDONLY)
            try:
                os.posix_fadvise(handle, 0, 0, os.POSIX_FADV_DONTNEED)
            finally:
                os.close(handle)


def _verify(settings: Settings, path: Path, signed: Signed, now: datetime) -> None:
    """Judge the written file as a guide that knows only the first root. Raises BadCopyError."""
    from guide.bundles.trust import judge

    root = (settings.trust / "root.json").read_bytes()
    try:
        with tempfile.TemporaryDirectory() as scratch, Archive(path) as archive:
            verified = judge(archive, root, Path(scratch) / "none", Path(scratch) / "tuf", now)
            digest = hashlib.sha256()
            for piece in archive.pieces(verified.member):
                digest.update(piece)
    except StickGoneError:
        raise
    except GuideError as error:
        raise BadCopyError(path=str(path), reason=error.code) from error
    if digest.hexdigest() != signed.sha256:
        raise BadCopyError(path=str(path), reason="data")


@contextmanager
def _drive(folder: Path) -> Iterator[None]:
    """Turn what a drive refuses into our own errors."""
    try:
        yield
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
            raise StickFullError(path=str(folder)) from error
        if error.errno in (errno.EROFS, errno.EACCES, errno.EPERM):
            raise StickLockedError(path=str(folder)) from error
        if error.errno in (errno.ENOENT, errno.EIO, errno.ENODEV, errno.ENXIO, errno.ENOTDIR):
            raise StickGoneError(path=str(folder)) from error
        raise ThisComputerError(path=str(folder), errno=error.errno or 0) from error
