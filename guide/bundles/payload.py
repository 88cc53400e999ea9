"""The signed data out of the archive onto the disk: bounded, hashed on the way, brought to the disk."""

from __future__ import annotations

import hashlib
import os
import shutil
from pathlib import Path

from backports.zstd import DecompressionParameter, ZstdDecompressor, ZstdError

from guide.bundles.archive import Archive
from guide.bundles.disk import writing
from guide.bundles.trust import Verified
from guide.errors import DamagedError, DiskFullError
from guide.records import Progress, Step

_PIECE = 1 << 20
_WINDOW = 27  # 128 MiB: a frame that wants more memory is refused
_SPARE = 32 << 20


def unpack(archive: Archive, verified: Verified, out: Path, progress: Progress) -> None:
    """Write the catalog to ``out``. Its length and sha256 are the signed ones, or nothing is kept.

    The bytes that are hashed are the bytes that are written: a stick that answers differently the second time
    gains nothing.

    Raises:
        DamagedError, DiskFullError, StickGoneError.
    """
    if not archive.has(verified.member) or archive.length(verified.member) != verified.member_length:
        raise DamagedError(reason="the data is not the signed data", file=archive.path.name)
    free = shutil.disk_usage(out.parent).free
    if free < verified.data_length + _SPARE:
        raise DiskFullError(needed=verified.data_length + _SPARE, free=free, path=str(out.parent))
    packed, plain, written = hashlib.sha256(), hashlib.sha256(), 0
    decompressor = ZstdDecompressor(options={DecompressionParameter.window_log_max: _WINDOW})
    try:
        with writing(out), out.open("wb") as file:
            for piece in archive.pieces(verified.member):
                packed.update(piece)
                data = piece
                while not decompressor.eof:
                    part = decompressor.decompress(data, max_length=_PIECE)
                    data = b""
                    written += len(part)
                    if written > verified.data_length:
                        raise DamagedError(reason="the data is longer than was signed", file=archive.path.name)
                    plain.update(part)
                    file.write(part)
                    if decompressor.needs_input:
                        break
                progress(Step("verify", written, verified.data_length))
            file.flush()
            os.fsync(file.fileno())
    except (ZstdError, EOFError) as error:
        raise DamagedError(reason="the data cannot be unpacked", file=archive.path.name) from error
    whole = decompressor.eof and not decompressor.unused_data and written == verified.data_length
    if not whole or packed.hexdigest() != verified.member_sha256 or plain.hexdigest() != verified.data_sha256:
        raise DamagedError(reason="the data is not the signed data", file=archive.path.name)
