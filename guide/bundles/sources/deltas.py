"""A delta from one edition to the next: a small target that with the catalog of here gives the signed one.

Names and fields (DESIGN, section 6): target ``delta/BASE-NEW.zst``, custom ``base_sha256``, ``result_sha256``,
``result_length``, ``zstd``. Any mismatch, and the whole catalog is taken instead.
"""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import dataclass
from pathlib import Path

from guide.bundles.offers import sha256_of
from guide.bundles.sources.packed import Signed, compressed
from guide.errors import GuideError

LARGEST = 64 << 20  # base and result lie in memory together, and both in the window of 128 MiB
WINDOW = 27
_WORTH = 0.6  # of the whole one's length: a delta costs the PC a compression
_NAME = re.compile(r"delta/(\d{1,10})-(\d{1,10})\.zst")


@dataclass(frozen=True)
class Delta:
    """A signed delta that starts from the catalog of here."""

    name: str
    sha256: str
    length: int
    result_sha256: str
    result_length: int

    @property
    def member(self) -> str:
        """Return its name on a mirror."""
        return f"targets/delta/{self.sha256}.{self.name.removeprefix('delta/')}"


def zstd_version() -> str:
    """Return the version of zstd: only the same one compresses to the very bytes that were signed."""
    from backports.zstd import zstd_version as version

    return str(version)


def best_delta(tuf: Path, here: Path, signed: Signed, data_sha256: str) -> Delta | None:
    """Return the delta of verified metadata that leads from ``here`` to the signed catalog, None where none helps."""
    try:
        targets = json.loads((tuf / "targets.json").read_text("utf-8"))["signed"]["targets"]
        fitting = [
            (name, target)
            for name, target in targets.items()
            if _NAME.fullmatch(name)
            and target["custom"]["result_sha256"] == data_sha256
            and target["custom"]["zstd"] == zstd_version()
            and 0 < target["length"] < signed.length * _WORTH
            and 0 < target["custom"]["result_length"] <= LARGEST
        ]
        if not fitting or here.stat().st_size > LARGEST:
            return None
        base = sha256_of(here)
        for name, target in fitting:
            custom = target["custom"]
            if custom["base_sha256"] == base:
                return Delta(name, target["hashes"]["sha256"], target["length"], data_sha256, custom["result_length"])
    except (OSError, ValueError, KeyError, TypeError, GuideError):
        pass
    return None


def rebuilt(small: Path, here: Path, delta: Delta, signed: Signed, out: Path) -> bool:
    """Write the signed compressed catalog to ``out`` from a delta and the catalog of here; say whether it is that."""
    from backports.zstd import DecompressionParameter, ZstdDecompressor, ZstdDict, ZstdError

    try:
        base = ZstdDict(here.read_bytes(), is_raw=True).as_prefix
        unpacker = ZstdDecompressor(base, {DecompressionParameter.window_log_max: WINDOW})
        result = unpacker.decompress(small.read_bytes(), delta.result_length + 1)
    except (ZstdError, OSError, MemoryError):
        return False
    if not unpacker.eof or hashlib.sha256(result).hexdigest() != delta.result_sha256:
        return False
    packed = compressed(result)
    if hashlib.sha256(packed).hexdigest() != signed.sha256:
        return False
    out.write_bytes(packed)
    return True
