"""The signed data out of the archive onto the disk: bounded, and hashed on the way."""

from __future__ import annotations

import hashlib
import shutil
from collections import deque
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from io import RawIOBase
from itertools import islice
from pathlib import Path
from typing import Any

from backports.zstd import DecompressionParameter, ZstdDecompressor, ZstdError

from guide.bundles.archive import Archive
from guide.bundles.disk import writing
from guide.bundles.trust import Verified
from guide.errors import DamagedError, DiskFullError
from guide.records import Progress, Step

_READ, _PART = 1 << 18, 1 << 17  # measured: larger ones are paged in anew each time, and take twice as long
_BATCH = 8  # parts that are hashed and written in one go
_AHEAD = 3  # batches waiting to be written
_WINDOW = 27  # 128 MiB: a frame that wants more memory is refused
_SPARE = 32 << 20


def unpack(archive: Archive, verified: Verified, out: Path, progress: Progress) -> None:
    """Write the catalog to ``out``. Its length and sha256 are the signed ones, or nothing is kept.

    The bytes that are hashed are the bytes that are written: a stick that answers differently the second time
    gains nothing. While one piece is unpacked the one before is hashed and written, so no more than a few
    pieces are ever in memory. Nothing is brought to the disk here: that is ``Editions.settle``'s.

    Raises:
        DamagedError, DiskFullError, StickGoneError.
    """
    if not archive.has(verified.member) or archive.length(verified.member) != verified.member_length:
        raise DamagedError(reason="the data is not the signed data", file=archive.path.name)
    free = shutil.disk_usage(out.parent).free
    if free < verified.data_length + _SPARE:
        raise DiskFullError(needed=verified.data_length + _SPARE, free=free, path=str(out.parent))
    packed, plain = hashlib.sha256(), hashlib.sha256()
    with writing(out), out.open("wb", buffering=0) as file, ThreadPoolExecutor(1, "write") as beside:
        waiting: deque[Future[None]] = deque()
        parts = _parts(archive, verified, packed, progress)
        while batch := list(islice(parts, _BATCH)):
            waiting.append(beside.submit(_keep, batch, plain, file))
            if len(waiting) > _AHEAD:
                waiting.popleft().result()
        for one in waiting:
            one.result()
    if packed.hexdigest() != verified.member_sha256 or plain.hexdigest() != verified.data_sha256:
        raise DamagedError(reason="the data is not the signed data", file=archive.path.name)


def _parts(archive: Archive, verified: Verified, packed: Any, progress: Progress) -> Iterator[bytes]:
    """Yield the unpacked data in bounded parts, exactly as long as was signed; ``packed`` hashes what was read."""
    written, whole = 0, False
    decompressor = ZstdDecompressor(options={DecompressionParameter.window_log_max: _WINDOW})
    try:
        for piece in archive.pieces(verified.member, _READ):
            packed.update(piece)
            if decompressor.eof:
                raise DamagedError(reason="something follows the data", file=archive.path.name)
            data = piece
            while not decompressor.eof:
                part = decompressor.decompress(data, max_length=_PART)
                data = b""
                written += len(part)
                if written > verified.data_length:
                    raise DamagedError(reason="the data is longer than was signed", file=archive.path.name)
                if part:
                    yield part
                if decompressor.needs_input:
                    break
            progress(Step("verify", written, verified.data_length))
        whole = decompressor.eof and not decompressor.unused_data and written == verified.data_length
    except (ZstdError, EOFError) as error:
        raise DamagedError(reason="the data cannot be unpacked", file=archive.path.name) from error
    if not whole:
        raise DamagedError(reason="the data is not the signed data", file=archive.path.name)


def _keep(parts: list[bytes], plain: Any, file: RawIOBase) -> None:
    for part in parts:
        plain.update(part)
        rest = memoryview(part)
        while rest:  # a raw file may take less than it was given
            rest = rest[file.write(rest) or 0 :]
