"""A number as large as its place allows, always in one line while it can be read."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QLabel, QWidget

from ui import style

_MOST, _LEAST = 52, 20  # px at 100 % text


class BigNumber(QLabel):
    """Shrinks with its place, so that no digit is ever cut off or pushed to another line."""

    def __init__(self, text: str, scale: style.Scale, parent: QWidget | None = None) -> None:
        """Take what is dialled, as published."""
        super().__init__(text, parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByKeyboard)
        self._most, self._least = scale.px(_MOST), scale.px(_LEAST)
        self.pixels = 0
        self._show(self._most)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Choose the largest size that fits."""
        super().resizeEvent(event)
        font = QFont(self.font())
        font.setBold(True)
        font.setPixelSize(self._most)
        wide = max(1, QFontMetrics(font).horizontalAdvance(self.text()) + 4)
        fits = self._most * self.width() // wide
        self.setWordWrap(fits < self._least)
        self._show(max(self._least, min(self._most, fits)))

    def minimumSizeHint(self) -> QSize:
        """Let the place be narrow: the number follows."""
        return QSize(self._least * 4, super().minimumSizeHint().height())

    def _show(self, pixels: int) -> None:
        if pixels != self.pixels:
            self.pixels = pixels
            self.setStyleSheet(f"font-size: {pixels}px; font-weight: bold;")
