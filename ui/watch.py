"""Sees every key and click of the program: three times Shift hides the screen, and nobody there starts over."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QApplication

from ui.idle import Idle
from ui.shifts import Shifts


class Watch:
    """Begins with the first frame; nobody can press a key before, and laying the window out is a thousand events."""

    def __init__(self, idle: Idle, hide_now: Callable[[], None], pressed: Callable[[int], None]) -> None:
        """Take who counts the minutes, what hides the screen, and who tells how many presses there were."""
        self._shifts, self._idle = Shifts(), idle
        self._shifts.enough.connect(hide_now)
        self._shifts.pressed.connect(pressed)

    def begin(self) -> None:
        """Watch from now on."""
        app = QApplication.instance()
        if app is not None:
            app.installEventFilter(self._shifts)
            app.installEventFilter(self._idle)

    def end(self) -> None:
        """Watch no more."""
        app = QApplication.instance()
        if app is not None:
            app.removeEventFilter(self._shifts)
            app.removeEventFilter(self._idle)
