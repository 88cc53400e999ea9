"""The mirror as a folder of files for any web server: the newest edition, its metadata, and deltas to it.

The folder is the unzipped bundle, and with every release that goes into it also its memory: the editions that lie
there are what deltas start from.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tuf.api.metadata import TargetFile

from guide.errors import UsageError

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


def deltas(mirror: Path, edition: int, catalog: bytes, packed_length: int) -> dict[str, tuple[TargetFile, bytes]]:
    """Return deltas to ``catalog`` from the editions in ``mirror``, each as a signed target and its data.

    One that saves little is left out, and so is a catalog a guide would not take a delta for.
    """
    from backports.zstd import zstd_version

    found: dict[str, tuple[TargetFile, bytes]] = {}
    if len(catalog) > LARGEST:
        return found
    for base in bases(mirror):
        if base.edition >= edition or len(base.catalog) > LARGEST:
            continue
        data = made(base.catalog, catalog)
        if len(data) >= packed_length * _WORTH:
            continue
        custom = {
            "base_sha256": hashlib.sha256(base.catalog).hexdigest(),
            "result_sha256": hashlib.sha256(catalog).hexdigest(),
            "result_length": len(catalog),
            "zstd": str(zstd_version),  # a guide compresses the result again, to the very bytes that are signed
        }
        name = f"delta/{base.edition}-{edition}.zst"
        target = TargetFile(len(data), {"sha256": hashlib.sha256(data).hexdigest()}, name, {"custom": custom})
        found[name] = (target, data)
    return found


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


def write_mirror(mirror: Path, members: Mapping[str, bytes]) -> None:
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
            file.write(members[name])
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(path)


def _unpacked(path: Path, length: int) -> bytes:
    from backports.zstd import ZstdDecompressor, ZstdError

    if length > LARGEST:
        return b""
    try:
        return bytes(ZstdDecompressor().decompress(path.read_bytes(), length + 1))
    except (OSError, ZstdError):
        return b""
