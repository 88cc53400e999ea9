"""Notices that a drive came or went: by the system's own word where it gives one, else by a glance every two seconds."""

from __future__ import annotations

import ctypes
import os
import sys
from collections.abc import Callable, Hashable
from contextlib import suppress
from typing import Any

from PySide6.QtCore import (
    QAbstractNativeEventFilter,
    QCoreApplication,
    QObject,
    QSocketNotifier,
    QTimer,
    Signal,
)

_SETTLE = 250  # ms: a desktop mounts in several steps
_POLL = 2_000
_WM_DEVICECHANGE = 0x219  # facts on Qt, section 7
_MOUNTS = "/proc/self/mountinfo"


class DriveWatch(QObject):
    """Emits ``changed`` when the mark of the drives is another than before. Alive only while staff are there."""

    changed = Signal()

    def __init__(self, mark: Callable[[], Hashable], mounts: str = _MOUNTS) -> None:
        """Take what tells one state of the drives from another."""
        super().__init__()
        self._mark = mark
        self._last = mark()
        self._settle = QTimer(self, singleShot=True, interval=_SETTLE)
        self._settle.timeout.connect(self.look)
        self._poll = QTimer(self, interval=_POLL)
        self._poll.timeout.connect(self.look)
        self._notice: QSocketNotifier | None = None
        self._handle = -1
        self._filter: _Messages | None = None
        if sys.platform.startswith("linux"):
            self._listen(mounts)
        elif sys.platform == "win32":
            self._filter = _Messages(self._settle.start)
            _program().installNativeEventFilter(self._filter)
        if self._notice is None:
            self._poll.start()

    def look(self) -> None:
        """Compare the drives with those of before."""
        now = self._mark()
        if now != self._last:
            self._last = now
            self.changed.emit()

    def end(self) -> None:
        """Listen no more."""
        self._settle.stop()
        self._poll.stop()
        if self._notice is not None:
            self._notice.setEnabled(False)
            self._notice = None
        if self._handle >= 0:
            os.close(self._handle)
            self._handle = -1
        if self._filter is not None:
            _program().removeNativeEventFilter(self._filter)
            self._filter = None

    def _listen(self, mounts: str) -> None:
        """Let the kernel say when something is mounted: no polling, no service (proc(5): the file polls as an error)."""
        with suppress(OSError):
            self._handle = os.open(mounts, os.O_RDONLY | os.O_CLOEXEC)
            self._notice = QSocketNotifier(self._handle, QSocketNotifier.Type.Exception, self)
            self._notice.activated.connect(lambda *_: self._settle.start())


class _Messages(QAbstractNativeEventFilter):
    """Hears Windows say that devices changed; takes no message away."""

    def __init__(self, heard: Callable[[], object]) -> None:
        super().__init__()
        self._heard = heard

    def nativeEventFilter(self, kind: Any, message: int) -> tuple[bool, int]:
        """Look at one message: MSG holds the window's handle and then the number."""
        if bytes(kind) == b"windows_generic_MSG" and number_of(int(message)) == _WM_DEVICECHANGE:
            self._heard()
        return False, 0


def _program() -> QCoreApplication:
    program = QCoreApplication.instance()
    if program is None:
        raise RuntimeError("there is no program to listen for")
    return program


def number_of(message: int) -> int:
    """Return the number of the Windows message at an address (MSG: a handle, then a UINT)."""
    return ctypes.c_uint.from_address(message + ctypes.sizeof(ctypes.c_void_p)).value
