"""Files a command writes: whole or not at all, and this PC's refusals as our own errors."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

from guide.bundles.disk import writing


def write_file(path: Path, data: bytes) -> None:
    """Write ``data`` to ``path``, whole or not at all. Raises DiskFullError, NoAccessError, ThisComputerError.

    A device or a pipe (``/dev/stdout``) is written into: a file in its place would take it away from every program.
    """
    fresh = path.with_name(f"{path.name}.{os.getpid()}.new")
    with writing(path):
        if path.exists() and not path.is_file() and not path.is_dir():
            path.write_bytes(data)
            return
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            fresh.write_bytes(data)
            fresh.replace(path)
        finally:
            with suppress(OSError):
                fresh.unlink()
