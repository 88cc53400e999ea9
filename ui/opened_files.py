"""A file that was double-clicked on macOS: there it is told by an event and not by the command line."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QFileOpenEvent
from PySide6.QtWidgets import QApplication

if TYPE_CHECKING:
    from ui.main_window import MainWindow


class OpenedFiles(QObject):
    """Hears of files while the program runs, also of one it was started by; staff look at it after unlocking."""

    def __init__(self, app: QApplication, window: MainWindow) -> None:
        """Take the program, which hears of files, and the window, which offers them."""
        super().__init__(window)
        self._window = window
        app.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Offer a local file; an address of the network is nobody's to open here."""
        if isinstance(event, QFileOpenEvent):
            if event.file():
                self._window.offer_bundle(Path(event.file()))
            return True
        return False
