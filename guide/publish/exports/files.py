"""A folder of an export: whole or not at all, or packed into one zip file."""

from __future__ import annotations

import os
import shutil
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from guide.errors import UsageError

_STAMP = (1980, 1, 1, 0, 0, 0)


@contextmanager
def whole_folder(out: Path) -> Iterator[Path]:
    """Give a folder to write into; when all went well it becomes ``out``, or a zip file where ``out`` ends so.

    Raises:
        UsageError: there is something at ``out`` already.
    """
    packed = out.suffix.lower() == ".zip"
    if out.exists() and (packed or not out.is_dir() or any(out.iterdir())):
        raise UsageError("There is something of that name already. Choose another name.", out=str(out))
    out.parent.mkdir(parents=True, exist_ok=True)
    fresh = Path(tempfile.mkdtemp(prefix=f".{out.name}.", suffix=".new", dir=out.parent))
    try:
        yield fresh
        if packed:
            one = fresh.with_name(fresh.name + ".zip")
            try:
                _zip(fresh, one)
                one.replace(out)
            finally:
                with suppress(FileNotFoundError):
                    one.unlink()
            return
        fresh.chmod(0o755)  # it is for a web server or somebody else's program
        if out.is_dir():
            out.rmdir()
        fresh.replace(out)
    finally:
        shutil.rmtree(fresh, ignore_errors=True)


def _zip(folder: Path, out: Path) -> None:
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted(folder.rglob("*")):
            if path.is_file():
                info = zipfile.ZipInfo(path.relative_to(folder).as_posix(), _STAMP)
                info.compress_type = zipfile.ZIP_DEFLATED
                with path.open("rb") as read, archive.open(info, "w") as written:
                    shutil.copyfileobj(read, written)
    with out.open("rb+") as file:
        os.fsync(file.fileno())
