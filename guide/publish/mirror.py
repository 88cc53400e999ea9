"""The mirror as a folder of files for any web server: the newest edition, its metadata, and deltas to it.

The folder is the unzipped bundle, and with every release that goes into it also its memory: the editions that lie
there are what deltas start from.
"""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tuf.api.metadata import TargetFile

from guide.errors import NotNewerError, SourceDataError, UsageError
from guide.publish.bundle_file import Members, pieces
from guide.publish.packing import Packed

TARGET = "catalog.db.zst"
EDITIONS = 3  # deltas are made from that many editions before
LARGEST, WINDOW = 64 << 20, 27  # what a guide takes: base and result in one window of 128 MiB
_WORTH = 0.6
_LAST = "metadata/timestamp.json"


@dataclass(frozen=True)
class Base:
    """An edition that lies in the mirror: its number and its catalog."""

    edition: int
    catalog: bytes


def bases(mirror: Path) -> list[Base]:
    """Return the newest editions of a mirror's folder whose data is there and is what was signed, newest first."""
    signed: dict[int, tuple[str, dict[str, Any]]] = {}
    for path in (mirror / "metadata").glob("[0-9]*.targets.json"):
        try:
            target = json.loads(path.read_text("utf-8"))["signed"]["targets"][TARGET]
            signed[int(target["custom"]["edition"])] = (str(target["hashes"]["sha256"]), target["custom"])
        except (OSError, ValueError, KeyError, TypeError):
            continue
    found: list[Base] = []
    for edition in sorted(signed, reverse=True)[:EDITIONS]:
        sha256, custom = signed[edition]
        catalog = _unpacked(mirror / "targets" / f"{sha256}.{TARGET}", int(custom["db_length"]))
        if hashlib.sha256(catalog).hexdigest() == custom["db_sha256"]:
            found.append(Base(edition, catalog))
    return found


def deltas(
    mirror: Path, edition: int, catalog: Path, packed: Packed, folder: Path
) -> Iterator[tuple[TargetFile, Path]]:
    """Yield deltas to ``catalog`` from the editions in ``mirror``, each as a target and its file in ``folder``.

    One that saves little is left out, and so is a catalog a guide would not take a delta for.
    """
    from backports.zstd import zstd_version

    if packed.plain_length > LARGEST:
        return
    data = catalog.read_bytes()
    for base in bases(mirror):
        if base.edition >= edition or len(base.catalog) > LARGEST:
            continue
        small = made(base.catalog, data)
        if len(small) >= packed.length * _WORTH:
            continue
        custom = {
            "base_sha256": hashlib.sha256(base.catalog).hexdigest(),
            "result_sha256": packed.plain_sha256,
            "result_length": packed.plain_length,
            "zstd": str(zstd_version),  # a guide compresses the result again, to the very bytes that are signed
        }
        name = f"delta/{base.edition}-{edition}.zst"
        path = folder / f"{base.edition}-{edition}.zst"
        path.write_bytes(small)
        yield TargetFile(len(small), {"sha256": hashlib.sha256(small).hexdigest()}, name, {"custom": custom}), path


def made(base: bytes, result: bytes) -> bytes:
    """Return the delta from ``base`` to ``result``, with what finds all that is the same (facts on trust, section 8)."""
    from backports.zstd import CompressionParameter, ZstdCompressor, ZstdDict

    options = {
        CompressionParameter.compression_level: 12,
        CompressionParameter.window_log: WINDOW,
        CompressionParameter.enable_long_distance_matching: 1,
        CompressionParameter.checksum_flag: 1,
    }
    prefix = ZstdDict(base, is_raw=True).as_prefix
    packer = ZstdCompressor(options={int(k): v for k, v in options.items()}, zstd_dict=prefix)
    return bytes(packer.compress(result, ZstdCompressor.FLUSH_FRAME))


def member(name: str, target: TargetFile) -> str:
    """Return the path of a target on a mirror: its hash stands before its file name (TUF, consistent snapshots)."""
    folder, _, file = name.rpartition("/")
    return "/".join(part for part in ("targets", folder, f"{target.hashes['sha256']}.{file}") if part)


def write_mirror(mirror: Path, members: Members) -> None:
    """Write every file of a release into ``mirror``, the one that says what is newest last.

    A guide that asks meanwhile gets the edition before or this one, whole: data and metadata carry their version in
    their names. Nothing is taken away. Raises OSError, UsageError.
    """
    if mirror.exists() and not mirror.is_dir():
        raise UsageError("The mirror has to be a folder.", mirror=str(mirror))
    for name in sorted(members, key=lambda n: (n == _LAST, n.startswith("metadata/"), n)):
        path = mirror / name
        path.parent.mkdir(parents=True, exist_ok=True)
        fresh = path.with_name(path.name + ".new")
        with fresh.open("wb") as file:
            for piece in pieces(members[name]):
                file.write(piece)
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(path)


def mirror_of(bundle: Path, mirror: Path) -> int:
    """Write the bundle's files into the folder ``mirror``, and return how many a web server now has.

    Raises:
        SourceDataError: it is no bundle.
        NotNewerError: a newer edition lies there.
    """
    if not bundle.is_file():
        raise SourceDataError("There is no such file.", file=str(bundle))
    try:
        with zipfile.ZipFile(bundle) as archive, tempfile.TemporaryDirectory(prefix="guide-") as folder:
            names = [n for n in archive.namelist() if n.startswith(("metadata/", "targets/")) and ".." not in n]
            if _LAST not in names:
                raise SourceDataError("This is not a signed .guide file.", file=str(bundle))
            _not_older(json.loads(archive.read(_LAST)), mirror / _LAST)
            write_mirror(mirror, {name: Path(archive.extract(name, folder)) for name in names})
    except (zipfile.BadZipFile, ValueError, KeyError, TypeError) as error:
        raise SourceDataError("This is not a signed .guide file.", file=str(bundle)) from error
    return sum(path.is_file() for path in mirror.rglob("*"))


def _not_older(timestamp: dict[str, Any], here: Path) -> None:
    version = int(timestamp["signed"]["version"])
    with suppress(OSError):
        newest = int(json.loads(here.read_text("utf-8"))["signed"]["version"])
        if version < newest:
            raise NotNewerError("A newer edition lies in this mirror already.", here=newest, this=version)


def _unpacked(path: Path, length: int) -> bytes:
    from backports.zstd import ZstdDecompressor, ZstdError

    if length > LARGEST:
        return b""
    try:
        return bytes(ZstdDecompressor().decompress(path.read_bytes(), length + 1))
    except (OSError, ZstdError):
        return b""
