"""The files of a source: one file, a folder or a zip. Nothing is unpacked to the disk, and bounds hold."""

from __future__ import annotations

import gzip
import io
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any, BinaryIO, cast

from guide.errors import SourceDataError

_LARGEST = 16 << 30  # bytes of one file, unpacked
_MOST_FILES = 2_000
_DEEPEST = 3
_SWOLLEN, _SMALL = 300, 64 << 20  # no honest text shrinks to a 300th; below 64 MB nobody is harmed


@dataclass(frozen=True)
class Member:
    """One file of a source: its name (with its folders), its size in bytes, and what opens it."""

    name: str
    size: int
    opened: Callable[[], BinaryIO]

    @property
    def base(self) -> str:
        """The name without its folders."""
        return PurePosixPath(self.name).name

    @property
    def stem(self) -> str:
        """The name without its folders and its ending."""
        return PurePosixPath(self.base.removesuffix(".gz")).stem

    @property
    def suffix(self) -> str:
        """The ending in small letters, as ".csv"; that of the packed file where it is packed."""
        return PurePosixPath(self.base.lower().removesuffix(".gz")).suffix

    @property
    def folder(self) -> str:
        """The folders it lies in."""
        return str(PurePosixPath(self.name).parent)


def members(source: Path) -> list[Member]:
    """Return the files of ``source``, sorted by name.

    Raises:
        SourceDataError: it cannot be opened, holds too much, or is locked by a password.
    """
    try:
        if source.is_dir():
            return _of_folder(source)
        if source.suffix.lower() not in (".xlsx", ".xlsm") and zipfile.is_zipfile(source):
            return _of_zip(source)
        return [_member(source, source.name)]
    except (OSError, zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, ValueError) as error:
        raise SourceDataError(f"{source.name} cannot be opened: {error}.", source=source.name) from error


def _of_folder(source: Path) -> list[Member]:
    found = []
    for path in sorted(source.rglob("*")):
        parts = path.relative_to(source).parts
        if len(parts) > _DEEPEST or any(part.startswith((".", "__MACOSX", "~$")) for part in parts):
            continue
        if path.is_file() and not path.is_symlink():
            found.append(_member(path, "/".join(parts)))
        if len(found) > _MOST_FILES:
            raise SourceDataError(f"{source.name} holds more than {_MOST_FILES:,} files.", source=source.name)
    return found


def _member(path: Path, name: str) -> Member:
    size = path.stat().st_size
    if size > _LARGEST:
        raise SourceDataError(f"{name} is too large.", file=name)
    if name.lower().endswith(".gz"):
        return Member(name, size, lambda: cast("BinaryIO", _Bounded(gzip.open(path), name, size)))
    return Member(name, size, lambda: path.open("rb"))


def _of_zip(source: Path) -> list[Member]:
    with zipfile.ZipFile(source) as archive:
        inside = [one for one in archive.infolist() if not one.is_dir()]
    if len(inside) > _MOST_FILES or sum(one.file_size for one in inside) > _LARGEST:
        raise SourceDataError(f"{source.name} unpacks to more than is sensible.", source=source.name)
    found = []
    for one in sorted(inside, key=lambda one: one.filename):
        # A name is only ever compared, never a place on this disk: "../../x.csv" leads nowhere.
        parts = [part for part in one.filename.replace("\\", "/").split("/") if part not in ("", ".", "..")]
        if not parts or len(parts) > _DEEPEST + 1 or any(p.startswith((".", "__MACOSX", "~$")) for p in parts):
            continue
        if one.flag_bits & 1:
            raise SourceDataError(f"{source.name} is locked by a password; unlock it first.", source=source.name)
        if one.file_size > _SMALL and one.file_size > _SWOLLEN * max(one.compress_size, 1):
            raise SourceDataError(f"{source.name} unpacks to more than is sensible.", source=source.name)
        found.append(Member("/".join(parts), one.file_size, _opener(source, one.filename)))
    return found


def _opener(source: Path, name: str) -> Callable[[], BinaryIO]:
    def opened() -> BinaryIO:
        archive = zipfile.ZipFile(source)
        try:
            return cast("BinaryIO", _InZip(archive, archive.open(name), name))
        except BaseException:
            archive.close()
            raise

    return opened


class _Bounded(io.RawIOBase):
    """A packed stream that may not swell without end, and whose faults are the source's."""

    def __init__(self, inner: Any, name: str, packed: int) -> None:
        self._inner, self._name, self._left = inner, name, max(_SMALL, _SWOLLEN * packed)

    def readable(self) -> bool:
        """Return True."""
        return True

    def readinto(self, buffer: Any) -> int:
        """Fill ``buffer``. Raises SourceDataError."""
        try:
            data = self._inner.read(len(buffer))
        except (OSError, EOFError, zipfile.BadZipFile, RuntimeError, ValueError) as error:
            raise SourceDataError(f"{self._name} is damaged.", file=self._name) from error
        except Exception as error:  # zlib.error has no common parent with the others
            if type(error).__module__ != "zlib":
                raise
            raise SourceDataError(f"{self._name} is damaged.", file=self._name) from error
        self._left -= len(data)
        if self._left < 0:
            raise SourceDataError(f"{self._name} unpacks to more than is sensible.", file=self._name)
        buffer[: len(data)] = data
        return len(data)

    def close(self) -> None:
        """Close what is inside, too."""
        self._inner.close()
        super().close()


class _InZip(_Bounded):
    """A file in a zip; the zip is closed with it."""

    def __init__(self, archive: zipfile.ZipFile, inner: Any, name: str) -> None:
        super().__init__(inner, name, 1 << 40)
        self._archive = archive

    def close(self) -> None:
        """Close the file and the zip."""
        super().close()
        self._archive.close()
