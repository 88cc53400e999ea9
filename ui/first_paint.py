"""Waits for a window's first paint, so that nothing heavy begins before a person sees it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QWidget

_BREATH = 30  # ms: let the paint reach the screen


class FirstPaint(QObject):
    """Calls ``at_once`` when ``window`` is painted first, and ``then`` shortly after; a zero timer would be too early."""

    def __init__(self, window: QWidget, at_once: Callable[[], None], then: Callable[[], None]) -> None:
        """Take the window to watch, what belongs to the first frame, and what comes next."""
        super().__init__(window)
        self._at_once, self._then = at_once, then
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Watch for the paint; take nothing away."""
        if event.type() == QEvent.Type.Paint:
            watched.removeEventFilter(self)
            self._at_once()
            QTimer.singleShot(_BREATH, self, self._then)
        return False
