"""A layout that puts pieces beside each other and goes to the next line when there is no more room."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QRect, QSize
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget, QWidgetItem


class Flow(QLayout):
    """Lays out from where lines begin: left, or right in Arabic."""

    def __init__(self, parts: Sequence[QWidget], gap: int = 6) -> None:
        """Take the pieces in order."""
        super().__init__()
        self._items: list[QLayoutItem] = []
        self.setContentsMargins(0, 0, 0, 0)
        self.setSpacing(gap)
        for part in parts:
            # Items made here, not by addWidget(): Python loses sight of those that C++ makes, and with them of the piece.
            self.addChildWidget(part)
            self.addItem(QWidgetItem(part))

    def addItem(self, item: QLayoutItem) -> None:
        """Take one more piece."""
        self._items.append(item)

    def count(self) -> int:
        """Return how many pieces there are."""
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        """Return a piece, None beyond the last."""
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:  # type: ignore[override]  # None beyond the last: Qt's way
        """Take a piece out."""
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def hasHeightForWidth(self) -> bool:
        """Say that a narrow place makes it higher."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return the height at ``width``."""
        return self._place(QRect(0, 0, width, 0), move=False)

    def setGeometry(self, rect: QRect) -> None:
        """Put every piece in its place."""
        super().setGeometry(rect)
        self._place(rect, move=True)

    def sizeHint(self) -> QSize:
        """Return the size of the widest piece, so that the layout may become narrow."""
        return self.minimumSize()

    def minimumSize(self) -> QSize:
        """Return the least size: one piece a line."""
        size = QSize()
        for item in self._items:
            size = size.expandedTo(item.minimumSize())
        return size

    def _place(self, rect: QRect, *, move: bool) -> int:
        x, y, high, gap = 0, 0, 0, self.spacing()
        parent = self.parentWidget()
        mirrored = parent is not None and parent.isRightToLeft()
        for item in self._items:
            if item.isEmpty():  # hidden
                continue
            hint = item.sizeHint()
            if x and x + hint.width() > rect.width():
                x, y, high = 0, y + high + gap, 0
            if move:
                left = rect.right() - x - hint.width() + 1 if mirrored else rect.left() + x
                item.setGeometry(QRect(QPoint(left, rect.top() + y), hint))
            x += hint.width() + gap
            high = max(high, hint.height())
        return y + high
