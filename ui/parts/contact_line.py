"""One way to reach an entry: icon, words, and its buttons at the end of the line, or below where that is short."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QLabel, QPushButton, QWidget

from ui.parts.controls import column, row
from ui.parts.flow import Flow

_GAP = 6


class ContactLine(QWidget):
    """Keeps a number in one line: its buttons give way, never its digits."""

    def __init__(self, mark: QWidget, words: Sequence[QLabel], buttons: Sequence[QPushButton]) -> None:
        """Take the icon, the labels (what is dialled first) and the buttons."""
        super().__init__()
        self._mark, self._words, self._buttons = mark, words, buttons
        self._ends = QWidget()
        self._ends.setLayout(Flow(list(buttons), _GAP))
        said = row(None, mark, column(None, *words, gap=1), gap=_GAP)
        said.setStretch(1, 1)
        self._box = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(_GAP)
        self._box.addLayout(said, 1)
        self._box.addWidget(self._ends)
        self._arrange(beside=bool(buttons))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the buttons where there is room for them."""
        super().resizeEvent(event)
        self._arrange(beside=self.width() >= self._needed())

    def minimumSizeHint(self) -> QSize:
        """Let the line become as narrow as its widest piece."""
        hint = super().minimumSizeHint()
        pieces = [self._mark.sizeHint().width() + word.minimumSizeHint().width() + _GAP for word in self._words]
        hint.setWidth(max([*pieces, *(one.sizeHint().width() for one in self._buttons)]))
        return hint

    def _needed(self) -> int:
        first = self._words[0]
        whole = first.minimumSizeHint().width()
        if first.property("kind") == "number":
            whole = first.fontMetrics().horizontalAdvance(first.text()) + 2
        return self._mark.sizeHint().width() + whole + self._ends_width() + 2 * _GAP

    def _ends_width(self) -> int:
        return sum(one.sizeHint().width() for one in self._buttons) + _GAP * max(0, len(self._buttons) - 1)

    def _arrange(self, *, beside: bool) -> None:
        way = QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom
        self._ends.setMinimumWidth(self._ends_width() if beside else 0)
        if self._box.direction() != way:
            self._box.setDirection(way)
            self.updateGeometry()
