"""Looks for bundles in a folder and one folder down: names and sizes only, bounded, nothing opened."""

from __future__ import annotations

import os
import unicodedata
from dataclasses import dataclass
from pathlib import Path

ENDING = ".guide"
_ENTRIES = 2_000  # of the folder itself; a camera's card holds thousands of pictures
_FOLDERS, _INSIDE = 60, 400  # folders below it, and the entries looked at in each
_MOST = 24
_SHOWN = 80


@dataclass(frozen=True)
class Candidate:
    """A regular file that is called a bundle. ``changed`` is its time of change in nanoseconds."""

    path: Path
    size: int
    changed: int


def bundles_in(folder: Path, ending: str = ENDING) -> list[Candidate]:
    """Return the files below ``folder`` that are named as bundles (``ending``), the last changed first, at most 24.

    No link is followed, no device or pipe is touched, hidden files are left out (``._x.guide`` is a Mac's own
    note, ``.x.guide.part`` a copy under way). A folder that cannot be read holds nothing.
    """
    found, folders = _scan(folder, _ENTRIES, ending)
    for below in folders[:_FOLDERS]:
        found += _scan(below, _INSIDE, ending)[0]
    found.sort(key=lambda one: (-one.changed, one.path.name))
    return found[:_MOST]


def shown(name: str) -> str:
    """Return a file's or drive's name as it may stand on a screen: short, one line, nothing that turns it around."""
    plain = "".join("\ufffd" if unicodedata.category(c)[0] == "C" or c in "\u2028\u2029" else c for c in name)
    return plain if len(plain) <= _SHOWN else f"{plain[: _SHOWN - 20]}…{plain[-19:]}"


def _scan(folder: Path, most: int, ending: str) -> tuple[list[Candidate], list[Path]]:
    found: list[Candidate] = []
    folders: list[Path] = []
    try:
        with os.scandir(folder) as entries:
            for number, entry in enumerate(entries):
                if number >= most:
                    break
                if entry.name.startswith("."):
                    continue
                if entry.is_dir(follow_symlinks=False):
                    folders.append(Path(entry.path))
                elif entry.name.lower().endswith(ending) and entry.is_file(follow_symlinks=False):
                    about = entry.stat(follow_symlinks=False)
                    found.append(Candidate(Path(entry.path), about.st_size, about.st_mtime_ns))
    except OSError:  # pulled, or not for this account
        pass
    return found, folders
