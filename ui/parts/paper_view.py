"""The sheet as it will come out of the printer: pages below each other."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QPixmap
from PySide6.QtWidgets import QFrame, QLabel, QScrollArea, QVBoxLayout, QWidget

from guide.text import Language
from ui.parts.controls import cleared, label


class PaperView(QFrame):
    """Shows page pictures, or a word in their place."""

    def __init__(self, _: Language) -> None:
        """Begin empty."""
        super().__init__()
        self._ = _
        self.setObjectName("paper")
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setAccessibleName(_("Preview of the sheet"))
        inner = QWidget()
        self._box = QVBoxLayout(inner)
        self._box.setContentsMargins(20, 20, 20, 20)
        self._box.setSpacing(16)
        self._scroll.setWidget(inner)
        box = QVBoxLayout(self)
        box.setContentsMargins(4, 4, 4, 4)
        box.addWidget(self._scroll)

    def room(self) -> int:
        """Return how many pixels wide a page can be shown."""
        return max(240, min(900, self.width() - 72))

    def show_pages(self, pages: Sequence[QImage], of: int) -> None:
        """Show the first ``pages`` of a paper with ``of`` pages."""
        cleared(self._box)
        for number, page in enumerate(pages, 1):
            made = QLabel()
            pixmap = QPixmap.fromImage(page)
            pixmap.setDevicePixelRatio(self.devicePixelRatioF())
            made.setPixmap(pixmap)
            made.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            made.setAccessibleName(self._("Page {page} of {pages}", page=number, pages=of))
            self._box.addWidget(made)
        if of > len(pages):
            more = self._.count(
                "{n} more page is not shown here.", "{n} more pages are not shown here.", of - len(pages)
            )
            self._box.addWidget(label(more, "second"))
        self._box.addStretch(1)

    def say(self, text: str) -> None:
        """Show ``text`` in place of pages."""
        cleared(self._box)
        said = label(text, "second")
        said.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._box.addStretch(1)
        self._box.addWidget(said)
        self._box.addStretch(1)
