"""Which removable drives there are now, on Linux and on Windows; nothing on them is read."""

from __future__ import annotations

import sys
from collections.abc import Hashable
from typing import Protocol

from guide.records import Drive


class Drives(Protocol):
    """What a system knows of its drives; tests put their own in its place."""

    def mark(self) -> Hashable:
        """Return a value that changes when a drive comes or goes; cheap enough to ask every two seconds."""
        ...

    def list(self) -> tuple[Drive, ...]:
        """Return the removable drives that can be looked at now."""
        ...


class NoDrives:
    """A system whose drives the guide does not know: staff choose the file by hand."""

    def mark(self) -> Hashable:
        """Return always the same."""
        return 0

    def list(self) -> tuple[Drive, ...]:
        """Return none."""
        return ()


def this_system(platform: str = sys.platform) -> Drives:
    """Return what knows this system's drives."""
    if platform.startswith("win"):
        from guide.bundles.sources.windows_drives import WindowsDrives

        return WindowsDrives()
    if platform.startswith("linux"):
        from guide.bundles.sources.linux_drives import LinuxDrives

        return LinuxDrives()
    return NoDrives()
