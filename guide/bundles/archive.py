"""Reads a ``.guide`` file: an uncompressed ZIP of which nothing is believed and nothing is extracted."""

from __future__ import annotations

import re
import stat
import struct
import zipfile
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from types import TracebackType

from guide.errors import DamagedError, NoAccessError, StickGoneError

CHUNK = 64 * 1024
_MOST_MEMBERS = 300  # 256 root versions and a handful of others
_MOST_DIRECTORY = 64 * 1024
_LARGEST = 8 << 30
_NAMES = re.compile(
    r"bundle\.json|metadata/(timestamp|\d{1,10}\.(root|snapshot|targets))\.json|targets/[0-9a-f]{64}\.[a-z.]{1,40}"
)
_END = struct.Struct("<4s4H2LH")


class Archive:
    """One open bundle. Members are read by name, in bounded pieces."""

    def __init__(self, path: Path, names: re.Pattern[str] = _NAMES) -> None:
        """Open ``path`` and look at its directory, never at its content. ``names`` are those a member may have.

        Facts: ``zipfile`` parses a directory of a million entries before anyone can look, takes the last of
        two members of one name, and cuts names at NUL; so the end record is read first and every name judged.

        Raises:
            DamagedError: not a bundle, cut, or made to mislead; ``reason`` says which.
            StickGoneError, NoAccessError: the file cannot be read.
        """
        self.path = path
        self._zip: zipfile.ZipFile | None = None
        try:
            if not stat.S_ISREG(path.stat().st_mode):
                raise DamagedError(reason="not a file", file=path.name)
            self.size = path.stat().st_size
            _check_end(path, self.size)
            self._zip = zipfile.ZipFile(path)
            self._members = _checked(self._zip, self.size, names)
        except FileNotFoundError as error:
            raise StickGoneError(file=path.name) from error
        except PermissionError as error:
            raise NoAccessError(path=str(path)) from error
        except DamagedError:
            self.close()
            raise
        except (zipfile.BadZipFile, struct.error, ValueError, NotImplementedError, RuntimeError) as error:
            self.close()
            _still_there(path)  # zipfile takes a stick that was pulled for an archive without an end
            raise DamagedError(reason="not a bundle", file=path.name) from error
        except OSError as error:
            self.close()
            raise StickGoneError(file=path.name) from error

    def __enter__(self) -> Archive:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the file."""
        if self._zip is not None:
            self._zip.close()
            self._zip = None

    def has(self, name: str) -> bool:
        """Say whether there is a member ``name``."""
        return name in self._members

    def length(self, name: str) -> int:
        """Return the length of member ``name`` in bytes."""
        return self._members[name].file_size

    def newest_root(self) -> int:
        """Return the highest root version inside, 0 where there is none."""
        versions = [int(n.split("/")[1].split(".")[0]) for n in self._members if n.endswith(".root.json")]
        return max(versions, default=0)

    def pieces(self, name: str, most: int = CHUNK) -> Iterator[bytes]:
        """Yield member ``name`` in pieces of at most ``most`` bytes.

        Raises:
            DamagedError: its bytes are not what the directory says.
            StickGoneError: the stick was pulled.
        """
        if self._zip is None:
            raise DamagedError(reason="closed", file=self.path.name)
        try:
            with self._zip.open(self._members[name]) as member:
                while piece := member.read(most):
                    yield piece
        except (zipfile.BadZipFile, EOFError, struct.error, NotImplementedError, ValueError, RuntimeError) as error:
            # ValueError: a name before the member that is said to be UTF-8 and is not (found by guided_fuzz).
            raise DamagedError(reason="its bytes are damaged", file=self.path.name) from error
        except OSError as error:
            raise StickGoneError(file=self.path.name) from error


def _still_there(path: Path) -> None:
    """Raise StickGoneError when the file can no longer be read."""
    try:
        with path.open("rb") as file:
            file.read(1)
    except OSError as error:
        raise StickGoneError(file=path.name) from error


def _check_end(path: Path, size: int) -> None:
    """Read the end record alone: no comment, no ZIP64, a small directory that ends where the record begins."""
    if not _END.size < size <= _LARGEST:
        raise DamagedError(reason="not a bundle", file=path.name)
    with path.open("rb") as file:
        if file.read(4) != b"PK\x03\x04":
            raise DamagedError(reason="not a bundle", file=path.name)
        file.seek(size - _END.size)
        mark, disk, start_disk, here, count, length, offset, comment = _END.unpack(file.read(_END.size))
    whole = mark == b"PK\x05\x06" and not (disk or start_disk or comment) and here == count
    if not whole or offset + length != size - _END.size:
        raise DamagedError(reason="cut short or not a bundle", file=path.name)
    if not 0 < count <= _MOST_MEMBERS or length > _MOST_DIRECTORY:
        raise DamagedError(reason="too many parts", file=path.name)


def _checked(archive: zipfile.ZipFile, size: int, names: re.Pattern[str]) -> dict[str, zipfile.ZipInfo]:
    """Return the members by name when each of them is plain, stored, ours, and lies apart from the others."""
    found: dict[str, zipfile.ZipInfo] = {}
    end = 0
    for member in sorted(archive.infolist(), key=lambda m: m.header_offset):
        name = member.orig_filename
        kind = member.external_attr >> 16
        fine = (
            names.fullmatch(name) is not None
            and name not in found
            and member.compress_type == zipfile.ZIP_STORED
            and member.flag_bits == 0
            and member.compress_size == member.file_size
            and not member.extra
            and not member.comment
            and stat.S_IFMT(kind) in (0, stat.S_IFREG)
            and member.header_offset == end
        )
        if not fine:
            raise DamagedError(reason="a part that does not belong there")
        found[name] = member
        end = member.header_offset + 30 + len(name) + member.file_size
    if end != archive.start_dir or end > size:
        raise DamagedError(reason="parts that overlap")
    with suppress(KeyError):
        if found["bundle.json"].file_size > CHUNK:
            raise DamagedError(reason="a part that is too large")
    return found
