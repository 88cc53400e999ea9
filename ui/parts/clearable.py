"""A line to type in with a button that empties it: large enough to hit, and with a name for screen readers (SAFETY A4, A5)."""

from __future__ import annotations

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLineEdit, QPushButton

from ui.parts.controls import button
from ui.qt_numbers import NO_FOCUS, set_number

_SIDE, _EDGE = 30, 6  # px; Qt's own button is 22 by 18 and has no name


class Clearable(QLineEdit):
    """The button is there while there is something to clear; keys need none, they have Esc or Delete."""

    def __init__(self, clear_name: str) -> None:
        """Take what a screen reader says of the button."""
        super().__init__()
        self._clear_name, self._begin = clear_name, 0
        self._button: QPushButton | None = None  # made with the first letter
        self.textChanged.connect(self._offer)

    def keep_free(self, width: int) -> None:
        """Let words begin ``width`` px later."""
        self._begin = width
        self._place()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the button where lines end."""
        super().resizeEvent(event)
        self._place()

    def _offer(self, text: str) -> None:
        if text and self._button is None:
            self._button = button("", self._emptied, "x", "clear", name=self._clear_name)
            self._button.setParent(self)
            set_number(self._button, "focusPolicy", NO_FOCUS)
        if self._button is not None and self._button.isVisibleTo(self) != bool(text):
            self._button.setVisible(bool(text))
            self._place()

    def _emptied(self) -> None:
        self.clear()
        self.setFocus()

    def _place(self) -> None:
        turned, end = self.isRightToLeft(), 0
        if self._button is not None and self._button.isVisibleTo(self):
            end = _SIDE + _EDGE - 4
            left = _EDGE if turned else self.width() - _SIDE - _EDGE
            self._button.setGeometry(left, (self.height() - _SIDE) // 2, _SIDE, _SIDE)
        self.setTextMargins(*((end, 0, self._begin, 0) if turned else (self._begin, 0, end, 0)))
