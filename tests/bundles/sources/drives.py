"""Drives that are not there: folders that stand for sticks, at the border of the system."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Hashable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from guide.records import Drive


@dataclass
class FakeDrives:
    """Drives that come and go as a test says."""

    here: list[Drive] = field(default_factory=list)
    looked: int = 0

    def mark(self) -> Hashable:
        return tuple(self.here)

    def list(self) -> tuple[Drive, ...]:
        self.looked += 1
        return tuple(self.here)

    def put_in(self, folder: Path, name: str = "KINGSTON") -> Path:
        """Put in a stick whose content lies in ``folder``."""
        folder.mkdir(exist_ok=True)
        self.here.append(Drive(str(folder), name))
        return folder


@contextmanager
def real_stick(work: Path, megabytes: int = 24, ready: Path | None = None) -> Iterator[Path]:
    """Give a file system in a file, mounted where a desktop would mount a stick: FAT, or what this kernel has.

    ``ready`` lies on it before it appears where a desktop would show it.
    Skips, saying so, where this account or machine cannot mount.
    """
    place = Path("/media") / f"guide-test-{work.name}"
    with suppress(OSError):
        place.mkdir(parents=True)
    said = "no mkfs here (dosfstools)"
    for make in (("mkfs.vfat", "-n", "KINGSTON"), ("mkfs.ext4", "-q", "-L", "KINGSTON")):
        image = work / f"{make[0]}.img"
        with image.open("wb") as file:
            file.truncate(megabytes << 20)
        if shutil.which(make[0]) is None:
            continue
        subprocess.run([*make, str(image)], check=True, capture_output=True)
        aside = work / "aside"
        aside.mkdir(exist_ok=True)
        mounted = subprocess.run(["mount", "-o", "loop", image, aside], check=False, capture_output=True, text=True)
        if mounted.returncode == 0:
            break
        said = mounted.stderr.splitlines()[0]
    else:
        with suppress(OSError):
            place.rmdir()
        pytest.skip(f"this account or machine cannot mount a stick: {said}")
    if ready is not None:
        shutil.copy(ready, aside)
    subprocess.run(["mount", "--move", aside, place], check=False, capture_output=True)
    if not os.path.ismount(place):  # a shared mount tree allows no move
        subprocess.run(["umount", aside], check=True, capture_output=True)
        subprocess.run(["mount", "-o", "loop", image, place], check=True, capture_output=True)
    try:
        yield place
    finally:
        subprocess.run(["umount", "-l", place], check=False, capture_output=True)
        with suppress(OSError):
            place.rmdir()
