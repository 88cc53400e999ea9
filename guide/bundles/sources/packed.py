"""The signed compressed catalog, kept beside an edition so that it can be passed on byte for byte."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from guide.bundles.archive import Archive
from guide.bundles.disk import writing
from guide.bundles.editions import Editions
from guide.errors import GuideError
from guide.settings import Settings

TARGET = "catalog.db.zst"
_SPARE = 256 << 20  # a PC with less room than this keeps no copy: the guide itself comes first
_PIECE = 1 << 20


@dataclass(frozen=True)
class Signed:
    """What the metadata of an edition says of its compressed catalog."""

    sha256: str
    length: int

    @property
    def member(self) -> str:
        """Return its name in a bundle and on a mirror."""
        return f"targets/{self.sha256}.{TARGET}"


def signed_target(tuf: Path) -> Signed | None:
    """Return what metadata verified before says of the catalog, None where there is none."""
    try:
        target = json.loads((tuf / "targets.json").read_text("utf-8"))["signed"]["targets"][TARGET]
        return Signed(str(target["hashes"]["sha256"]), int(target["length"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None


def keep(settings: Settings, bundle: Path) -> bool:
    """Copy the compressed catalog of the bundle that was just taken in beside its edition; say whether it is kept.

    Compressing the catalog again would give other bytes with another version of zstd, and so another hash than was
    signed. Without room, or with the stick gone, the edition is as good as before; it only cannot be passed on.
    """
    editions = Editions(settings)
    generation = editions.pointer().data
    signed = signed_target(editions.tuf(generation)) if generation else None
    if signed is None:
        return False
    out = editions.folder / generation / TARGET
    fresh = out.with_name(TARGET + ".new")
    try:
        if out.is_file() or shutil.disk_usage(out.parent).free < signed.length + _SPARE:
            return out.is_file()
        with writing(out), Archive(bundle) as archive, fresh.open("wb") as file:
            digest = hashlib.sha256()
            for piece in archive.pieces(signed.member):
                digest.update(piece)
                file.write(piece)
            file.flush()
            os.fsync(file.fileno())
            if digest.hexdigest() == signed.sha256:
                fresh.replace(out)
        return out.is_file()
    except (GuideError, OSError, KeyError):
        return False
    finally:
        with suppress(OSError):
            fresh.unlink()


def packed_catalog(settings: Settings) -> bytes | Path | None:
    """Return the compressed catalog of the current edition whose hash is the signed one: a file, or made again.

    None where it cannot be had: the edition was taken in without room, and this zstd compresses otherwise.
    """
    editions = Editions(settings)
    generation = editions.pointer().data
    signed = signed_target(editions.tuf(generation))
    if signed is None:
        return None
    kept = editions.folder / generation / TARGET
    if generation and kept.is_file() and sha256_of_file(kept) == signed.sha256:
        return kept
    data = compressed(editions.catalog(generation).read_bytes())
    return data if hashlib.sha256(data).hexdigest() == signed.sha256 else None


def compressed(catalog: bytes) -> bytes:
    """Return ``catalog`` as a publisher compresses it (DESIGN, section 6: zstd 12)."""
    from backports.zstd import CompressionParameter, compress

    options = {CompressionParameter.compression_level: 12, CompressionParameter.checksum_flag: 1}
    return compress(catalog, options={int(name): value for name, value in options.items()})


def sha256_of_file(path: Path) -> str:
    """Return a file's sha256, "" where it cannot be read."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return ""
