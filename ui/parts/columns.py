"""Pieces in as many columns as fit: four at 1280 px, one at 200 % text on a small screen."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QWidget


class Columns(QWidget):
    """A grid that lays itself out anew when its width changes."""

    def __init__(self, parts: Sequence[QWidget], narrowest: int, most: int, gap: int = 12) -> None:
        """Take the pieces, the least width of each in px, and how many columns at most."""
        super().__init__()
        self._parts = list(parts)
        self._narrowest, self._most, self._gap = narrowest, most, gap
        self._count = 0
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(gap)
        policy = self.sizePolicy()
        policy.setVerticalPolicy(QSizePolicy.Policy.Minimum)
        self.setSizePolicy(policy)
        self._arrange(most)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Choose the number of columns that fits."""
        super().resizeEvent(event)
        fits = max(1, (self.width() + self._gap) // (self._narrowest + self._gap))
        self._arrange(min(self._most, fits))

    def minimumSizeHint(self):  # type: ignore[no-untyped-def]
        """Let the grid become as narrow as one column."""
        hint = super().minimumSizeHint()
        hint.setWidth(min(self._narrowest, hint.width()))
        return hint

    def _arrange(self, count: int) -> None:
        if count == self._count:
            return
        for column in range(max(count, self._count)):
            self._grid.setColumnStretch(column, 1 if column < count else 0)
        self._count = count
        for place, part in enumerate(self._parts):
            self._grid.addWidget(part, place // count, place % count)
