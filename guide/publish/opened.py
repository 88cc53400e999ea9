"""Any catalog a publisher may point at: a bare one, a packed one, or the one inside a bundle."""

from __future__ import annotations

import hashlib
import json
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from backports.zstd import DecompressionParameter, ZstdDecompressor, ZstdError

from guide.errors import SourceDataError
from guide.publish.signing import TARGET

_MAGIC = b"\x28\xb5\x2f\xfd"
_PIECE, _PART = 1 << 18, 1 << 22
_MOST = 16 << 30  # no catalog is that large; a packed file that is fills no disk
_WINDOW = 27


@contextmanager
def opened(path: Path) -> Iterator[Path]:
    """Give the catalog in ``path``: itself, or unpacked for a moment. Signatures are not asked for: ``guide verify``.

    Raises:
        SourceDataError: there is no such file, or no catalog in it.
    """
    if not path.is_file():
        raise SourceDataError("There is no such file.", file=str(path))
    with path.open("rb") as file:
        head = file.read(4)
    if head != _MAGIC and not zipfile.is_zipfile(path):
        yield path
        return
    with tempfile.TemporaryDirectory(prefix="guide-") as folder:
        out = Path(folder) / "catalog.db"
        try:
            if head == _MAGIC:
                with path.open("rb") as file:
                    _unpack(file, out)
            else:
                _out_of_bundle(path, out)
        except (zipfile.BadZipFile, ZstdError, KeyError, TypeError, ValueError, EOFError) as error:
            raise SourceDataError("This file holds no catalog that can be read.", file=str(path)) from error
        yield out


def _out_of_bundle(path: Path, out: Path) -> None:
    with zipfile.ZipFile(path) as archive:
        names = [n for n in archive.namelist() if n.startswith("metadata/") and n.endswith(".targets.json")]
        newest = max(names, key=lambda n: int(n.removeprefix("metadata/").split(".")[0]))
        target = json.loads(archive.read(newest))["signed"]["targets"][TARGET]
        with archive.open(f"targets/{target['hashes']['sha256']}.{TARGET}") as packed:
            found = _unpack(packed, out)
    if found != target["custom"]["db_sha256"]:
        raise ValueError("not the signed data")


def _unpack(packed: IO[bytes], out: Path) -> str:
    unpacker, digest, written = (
        ZstdDecompressor(options={DecompressionParameter.window_log_max: _WINDOW}),
        hashlib.sha256(),
        0,
    )
    with out.open("wb") as file:
        while not unpacker.eof and (piece := packed.read(_PIECE)):
            data = piece
            while not unpacker.eof:
                part = unpacker.decompress(data, max_length=_PART)
                data = b""
                written += len(part)
                if written > _MOST:
                    raise ValueError("too long")
                digest.update(part)
                file.write(part)
                if unpacker.needs_input:
                    break
    if not unpacker.eof:
        raise EOFError
    return digest.hexdigest()
