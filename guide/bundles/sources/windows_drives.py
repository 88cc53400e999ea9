"""Removable drives on Windows: the letters there are, and which of them are removable."""

from __future__ import annotations

import ctypes
import string
from collections.abc import Hashable
from contextlib import suppress
from typing import Any

from guide.records import Drive

_REMOVABLE = 2  # DRIVE_REMOVABLE of GetDriveTypeW
_NO_BOXES = 0x0001  # SEM_FAILCRITICALERRORS: no "please insert a disk" for an empty card reader
_LONGEST = 261  # MAX_PATH + 1, as GetVolumeInformationW asks


class WindowsDrives:
    """Asks kernel32 for drive letters. QStorageInfo would wait for dead network drives (facts on Qt, section 7)."""

    def __init__(self, kernel: Any = None) -> None:
        """Take kernel32; tests give a fake."""
        self._kernel = kernel if kernel is not None else ctypes.windll.kernel32  # type: ignore[attr-defined,unused-ignore]

    def mark(self) -> Hashable:
        """Return the bits of the letters that are taken."""
        return int(self._kernel.GetLogicalDrives())

    def list(self) -> tuple[Drive, ...]:
        """Return the removable drives with something in them."""
        letters, before = int(self._kernel.GetLogicalDrives()), self._kernel.SetErrorMode(_NO_BOXES)
        try:
            roots = [f"{c}:\\" for n, c in enumerate(string.ascii_uppercase) if letters >> n & 1]
            named = [(root, self._name(root)) for root in roots if self._kernel.GetDriveTypeW(root) == _REMOVABLE]
        finally:
            self._kernel.SetErrorMode(before)
        return tuple(Drive(root, name) for root, name in named if name)

    def _name(self, root: str) -> str:
        """Return the drive's own name or its letter, "" where nothing is in it."""
        label = ctypes.create_unicode_buffer(_LONGEST)
        with suppress(OSError):
            if self._kernel.GetVolumeInformationW(root, label, _LONGEST, None, None, None, None, 0):
                return label.value or root[:2]
        return ""
