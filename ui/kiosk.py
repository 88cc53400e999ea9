"""Kiosk: the whole screen, above everything, closed by staff alone (SAFETY I3).

What Qt can do is done here. Keys that the system keeps to itself (Alt+Tab, Ctrl+Alt+Del, the Windows key) are for the
system's own kiosk mode: docs/administrators.md says how.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt

from guide.records import Audience

if TYPE_CHECKING:
    from ui.main_window import MainWindow


class Kiosk(QObject):
    """Watches the window: it neither closes nor shrinks while a visitor is at it."""

    def __init__(self, window: MainWindow) -> None:
        """Take the window before it is shown; take its frame away."""
        super().__init__(window)
        self._window = window
        window.setWindowFlags(
            Qt.WindowType.Window | Qt.WindowType.FramelessWindowHint | Qt.WindowType.WindowStaysOnTopHint
        )
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Refuse to close or to shrink; whoever wants to close comes to the door of the staff area."""
        if watched is not self._window or self._window.audience is Audience.STAFF:
            return False
        if event.type() == QEvent.Type.Close:
            event.ignore()
            if not self._window.over.covers:
                self._window.go("unlock")
            return True
        if event.type() == QEvent.Type.WindowStateChange:
            state = self._window.windowState()
            if not state & Qt.WindowState.WindowFullScreen or state & Qt.WindowState.WindowMinimized:
                self._window.showFullScreen()
                self._window.raise_()
        return False
