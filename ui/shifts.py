"""Three presses of Shift within five seconds hide the screen (SAFETY Q2)."""

from __future__ import annotations

import time
from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtGui import QKeyEvent

PRESSES, WITHIN = 3, 5.0  # five presses start Windows' Sticky Keys: stay below
_KEYS = (QEvent.Type.KeyPress, QEvent.Type.KeyRelease)


class Shifts(QObject):
    """Counts Shift presses anywhere in the program; any other key starts the count anew.

    ``pressed`` tells the count once Shift is let go alone: a capital letter and Shift+Tab say nothing.
    """

    pressed = Signal(int)
    enough = Signal()

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        """Take a clock in seconds."""
        super().__init__()
        self._clock = clock
        self._times: list[float] = []

    def eventFilter(self, target: QObject, event: QEvent) -> bool:
        """Watch key presses of the whole program; take none away."""
        # A press comes to the system's window first, once; then to widgets, as often as they pass it on.
        if target.isWindowType() and event.type() in _KEYS and isinstance(event, QKeyEvent):
            from PySide6.QtCore import Qt

            press, shift = event.type() == QEvent.Type.KeyPress, event.key() == Qt.Key.Key_Shift
            if press and not shift:
                self._times.clear()
            elif press and not event.isAutoRepeat():
                self._press()
            elif shift and not press and self._times:
                self.pressed.emit(len(self._times))
        return False

    def _press(self) -> None:
        now = self._clock()
        self._times = [*(t for t in self._times if now - t < WITHIN), now]
        if len(self._times) >= PRESSES:
            self._times.clear()
            self.enough.emit()
