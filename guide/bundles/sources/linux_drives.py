"""Removable drives on Linux: the mount table, and what the kernel says of each device."""

from __future__ import annotations

import os
import re
from collections.abc import Hashable
from pathlib import Path

from guide.records import Drive

_TABLE = Path("/proc/self/mountinfo")
_SYSTEM = re.compile(
    r"/|/(boot|home|usr|var|opt|srv|etc|tmp|root|nix|sysroot|cow|rofs)(/.*)?|/run/(live|initramfs)(/.*)?"
)
_DESKTOP = re.compile(r"/(run/)?media/.+")
_ESCAPE = re.compile(rb"\\([0-7]{3})")


class LinuxDrives:
    """Reads /proc/self/mountinfo (proc(5)) and /sys. A drive nobody mounted stays unseen."""

    def __init__(self, table: Path = _TABLE, sys: Path = Path("/sys")) -> None:
        """Take the kernel's own places; tests give theirs."""
        self._table, self._sys = table, sys

    def mark(self) -> Hashable:
        """Return the mount table as it is."""
        return self._read()

    def _read(self) -> bytes:
        try:
            return self._table.read_bytes()
        except OSError:
            return b""

    def list(self) -> tuple[Drive, ...]:
        """Return what is mounted from a removable or USB device, or where a desktop mounts what is put in."""
        found: dict[bytes, Drive] = {}
        for line in self._read().splitlines():
            head, _, tail = line.partition(b" - ")
            fields, source = head.split(b" "), tail.split(b" ")
            if len(fields) < 5 or len(source) < 2 or fields[3] != b"/" or not source[1].startswith(b"/dev/"):
                continue
            number, device = fields[2], _plain(source[1])
            place = Path(_plain(fields[4]))
            if number in found or _SYSTEM.fullmatch(str(place)):
                continue
            if _DESKTOP.fullmatch(str(place)) or self._removable(number.decode("ascii", "replace"), device):
                found[number] = Drive(str(place), place.name)
        return tuple(found.values())

    def _removable(self, number: str, device: str) -> bool:
        """Say whether the kernel calls the device, or the disk it is a part of, removable or finds it on USB."""
        for name in (self._sys / "dev/block" / number, self._sys / "class/block" / Path(device).name):
            try:
                place = name.resolve(strict=True)
            except OSError:
                continue
            if any(part.startswith("usb") for part in place.parts):
                return True
            for disk in (place, place.parent):
                try:
                    if (disk / "removable").read_text("ascii").strip() == "1":
                        return True
                except (OSError, ValueError):
                    continue
        return False


def _plain(field: bytes) -> str:
    """Return a field of the table with its octal escapes undone."""
    return os.fsdecode(_ESCAPE.sub(lambda m: bytes([int(m[1], 8) & 255]), field))
