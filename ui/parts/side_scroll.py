"""A column beside a page that scrolls up and down and is never narrower than what it holds."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QSize
from PySide6.QtWidgets import QWidget

from ui.parts.scroll import Scroll

_LOWEST = 120


class SideScroll(Scroll):
    """Scrolls ``inner``; where the page around it scrolls, ``show_whole`` lets it stand there in full height."""

    def __init__(self, inner: QWidget) -> None:
        """Take what stands in the column."""
        super().__init__()
        self._whole = False
        self.setWidget(inner)

    def show_whole(self, *, whole: bool) -> None:
        """Stand in full height, or scroll."""
        if whole != self._whole:
            self._whole = whole
            self.updateGeometry()

    def minimumSizeHint(self) -> QSize:
        """Return the width of what it holds and its bar, and a height by which one still sees that it scrolls."""
        inner = self.widget()
        ring = 2 * self.frameWidth()  # shown while it has the focus
        width = inner.minimumSizeHint().width() + self.verticalScrollBar().sizeHint().width() + ring
        height = inner.heightForWidth(max(self.viewport().width(), width)) + ring if self._whole else _LOWEST
        return QSize(width, max(height, _LOWEST))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow what it holds when that grows; take nothing away."""
        if event.type() == QEvent.Type.LayoutRequest:
            self.updateGeometry()
        return super().eventFilter(watched, event)
