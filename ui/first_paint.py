"""Waits for a window's first paint, so that nothing heavy begins before a person sees it; then one thing at a time."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QWidget

_BREATH = 30  # ms: let the paint reach the screen


class FirstPaint(QObject):
    """Calls ``at_once`` when ``window`` is painted first, and each of ``then`` after it in a turn of its own.

    A zero timer would come before the paint; all in one turn would be a tenth of a second without an answer to keys.
    """

    def __init__(self, window: QWidget, at_once: Callable[[], None], then: Sequence[Callable[[], object]]) -> None:
        """Take the window to watch, what belongs to the first frame, and what comes next in order."""
        super().__init__(window)
        self._at_once, self._then = at_once, list(then)
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Watch for the paint; take nothing away."""
        if event.type() == QEvent.Type.Paint:
            watched.removeEventFilter(self)
            self._at_once()
            QTimer.singleShot(_BREATH, self, self._next)
        return False

    def _next(self) -> None:
        self._then.pop(0)()
        if self._then:
            QTimer.singleShot(0, self, self._next)
