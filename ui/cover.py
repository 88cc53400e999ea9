"""Hide now: a plain clock over everything, at once; behind it the visit is put away (SAFETY Q1 to Q5)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QMainWindow, QTextEdit, QWidget

from guide.text import Language
from ui.dialogs import put_away
from ui.parts.controls import button, column, label, row

NEUTRAL_TITLE = "Clock"


class Cover(QFrame):
    """Looks like a small clock-and-notes program; nothing on it tells what lies behind."""

    returned = Signal()

    def __init__(self, window: QMainWindow, reset: Callable[[], None], now: Callable[[], datetime]) -> None:
        """Take the window to cover, what puts the visit away, and the local clock."""
        super().__init__(window)
        self.setObjectName("ground")
        self.setAutoFillBackground(True)
        self._window, self._reset, self._now = window, reset, now
        self._title = ""
        self._time = label("", "huge", wrap=False)
        self._time.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._day = label("", "second", wrap=False)
        self._day.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._told = label("", "second", wrap=False)
        self._told.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._notes = QTextEdit()
        self._notes.setFixedSize(520, 220)
        self._notes.setTabChangesFocus(True)
        self._back = button("", self.uncover)
        column(self, -1, self._time, self._day, 16, row(None, -1, self._notes, -1), 16, row(None, -1, self._back, -1), 16, self._told, -1,
               gap=6, margin=24)  # fmt: skip
        self._tick = QTimer(self, interval=1000)
        self._tick.timeout.connect(self._show_time)
        self._ = Language("en")
        self.hide()

    def speak(self, _: Language) -> None:
        """Use another language for the little there is to read."""
        self._ = _

    @property
    def covers(self) -> bool:
        """True while the cover is up."""
        return self.isVisibleTo(self._window)

    def hide_now(self) -> None:
        """Cover first, in this very frame; put the visit away after it is painted. No question, no animation."""
        if self.covers:
            return
        self._title = self._window.windowTitle()
        self._window.setWindowTitle(NEUTRAL_TITLE)
        self._notes.clear()
        self._notes.setAccessibleName(self._("Notes"))
        self._notes.setPlaceholderText(self._("Notes"))
        self._back.setText(self._("Open"))
        self._show_time()
        self._place()
        self.show()
        self.raise_()
        put_away()
        self._notes.setFocus()
        self.repaint()
        self.stay()
        self._tick.start()
        QTimer.singleShot(0, self, self._reset)

    def tell(self, text: str) -> None:
        """Say something that tells nothing of what lies behind; it goes when the cover goes."""
        if self.covers:
            self._told.setText(text)

    def stay(self) -> None:
        """Lie over all that was made meanwhile, and keep it from the Tab key and from screen readers."""
        self.raise_()
        for part in self._window.children():
            if isinstance(part, QWidget) and part is not self and not part.isWindow():
                part.hide()

    def uncover(self) -> None:
        """Come back: at the start page, never at the last entry."""
        self._tick.stop()
        self._notes.clear()
        self._told.clear()
        self._window.setWindowTitle(self._title)
        self._window.centralWidget().show()
        self.hide()
        self.returned.emit()

    def follow(self) -> None:
        """Keep covering the whole window when its size changes."""
        self._place()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Stay on top of what was laid out anew."""
        super().resizeEvent(event)
        self.raise_()

    def _place(self) -> None:
        self.setGeometry(self._window.rect())

    def _show_time(self) -> None:
        now = self._now()
        self._time.setText(self._.time(now.time()))
        self._day.setText(self._.date(now.date()))
