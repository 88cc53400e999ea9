"""The sheet as it will come out of the printer: a page at a time, turned and made larger by keys or buttons."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QImage, QKeyEvent, QPixmap, QResizeEvent
from PySide6.QtWidgets import QComboBox, QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from guide.text import Language
from ui.announce import announce
from ui.parts.controls import button, cleared, column, label
from ui.parts.scroll import Scroll

FIT_PAGE, FIT_WIDTH = 0, -1
_PERCENTS = (100, 125, 150, 200)
_EDGE = 30  # px of ground around a page
_DOTS = 96 / 72  # px a point at 100 %


@dataclass(frozen=True)
class Look:
    """What is to be drawn: which page, how large, in how much room (px), on how fine a screen."""

    page: int = 0
    zoom: int = FIT_PAGE
    wide: int = 600
    high: int = 600
    ratio: float = 1.0

    def width(self, size: tuple[float, float]) -> int:
        """Return how many real pixels wide a page of ``size`` points is drawn."""
        if self.zoom > 0:
            wide = size[0] * _DOTS * self.zoom / 100
        elif self.zoom == FIT_WIDTH:
            wide = self.wide
        else:
            wide = min(self.wide, self.high * size[0] / size[1])
        return max(120, min(4000, round(wide * self.ratio)))


class PaperView(QFrame):
    """Shows a page's picture, or a word in its place. ``wanted``: another page or size is to be drawn."""

    wanted = Signal()

    def __init__(self, _: Language) -> None:
        """Begin empty, with whole pages."""
        super().__init__()
        self._, self.page, self.pages = _, 0, 0
        self.setObjectName("paper")
        self.back = button("", lambda: self.turn(-1), "chevron-left", "icon", name=_("Page before"))
        self.on = button("", lambda: self.turn(1), "chevron-right", "icon", name=_("Next page"))
        self._at = label("", "name", wrap=False)
        self.zoom = QComboBox()
        self.zoom.setAccessibleName(_("Size of the preview"))
        for text, value in (
            (_("Whole page"), FIT_PAGE),
            (_("Full width"), FIT_WIDTH),
            *((f"{p} %", p) for p in _PERCENTS),
        ):
            self.zoom.addItem(text, value)
        self.zoom.currentIndexChanged.connect(self._resized)
        for one in (self.back, self.on):
            one.setFixedWidth(46)
        self._bar = QWidget()
        policy = self._bar.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self._bar.setSizePolicy(policy)
        bar = QHBoxLayout(self._bar)
        bar.setContentsMargins(10, 8, 10, 0)
        for part in (self.back, self._at, self.on):
            bar.addWidget(part)
        bar.addStretch(1)
        bar.addWidget(self.zoom)
        self._scroll = Scroll(sideways=True)
        self._scroll.setAccessibleName(_("Preview of the sheet"))
        self._scroll.setAccessibleDescription(
            _("Page up and page down turn the pages, plus and minus change the size.")
        )
        self._scroll.installEventFilter(self)
        inner = QWidget()
        self._box = QVBoxLayout(inner)
        self._box.setContentsMargins(12, 12, 12, 12)
        self._scroll.setWidget(inner)
        column(self, self._bar, self._scroll, gap=4, margin=4)
        self._turned()

    def look(self) -> Look:
        """Return what is to be drawn now."""
        room = self._scroll.viewport().size()
        zoom = self.zoom.currentData()
        bar = self._scroll.verticalScrollBar().sizeHint().width() if zoom == FIT_WIDTH else 0
        wide, high = room.width() - _EDGE - bar, room.height() - _EDGE
        return Look(self.page, zoom, max(200, wide), max(200, high), self.devicePixelRatioF())

    def of(self, pages: int) -> None:
        """Take the number of pages; stay at this page where there is one."""
        self.pages = pages
        self.page = min(self.page, max(0, pages - 1))
        self._turned()

    def show_page(self, image: QImage) -> None:
        """Show this page's picture."""
        cleared(self._box)
        made = QLabel()
        pixmap = QPixmap.fromImage(image)
        pixmap.setDevicePixelRatio(self.devicePixelRatioF())
        made.setPixmap(pixmap)
        made.setAlignment(Qt.AlignmentFlag.AlignCenter)
        made.setAccessibleName(self._at.text())
        self._box.addWidget(made)

    def say(self, text: str) -> None:
        """Show ``text`` in place of a page."""
        self.of(0)
        cleared(self._box)
        said = label(text, "second")
        said.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._box.addStretch(1)
        self._box.addWidget(said)
        self._box.addStretch(1)

    def turn(self, by: int) -> None:
        """Go to another page and say which."""
        page = min(max(0, self.page + by), self.pages - 1)
        if self.pages and page != self.page:
            self.page = page
            self._turned()
            self._scroll.verticalScrollBar().setValue(0)
            announce(self, self._at.text())
            self.wanted.emit()

    def enlarge(self, by: int) -> None:
        """Take the next larger or smaller size."""
        self.zoom.setCurrentIndex(min(max(0, self.zoom.currentIndex() + by), self.zoom.count() - 1))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Turn pages and change the size by keys while the preview has the focus."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            acts = {
                Qt.Key.Key_PageDown: lambda: self.turn(1),
                Qt.Key.Key_PageUp: lambda: self.turn(-1),
                Qt.Key.Key_Home: lambda: self.turn(-self.page),
                Qt.Key.Key_End: lambda: self.turn(self.pages),
                Qt.Key.Key_Plus: lambda: self.enlarge(1),
                Qt.Key.Key_Minus: lambda: self.enlarge(-1),
            }
            if (act := acts.get(Qt.Key(event.key()))) is not None:
                act()
                return True
        return super().eventFilter(watched, event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Draw again for the new room."""
        super().resizeEvent(event)
        if self.pages and self.zoom.currentData() <= 0:
            self.wanted.emit()

    def _resized(self, _place: int) -> None:
        self.wanted.emit()

    def _turned(self) -> None:
        self._at.setText(self._("Page {page} of {pages}", page=self.page + 1, pages=self.pages) if self.pages else "")
        self.back.setEnabled(self.page > 0)
        self.on.setEnabled(self.page < self.pages - 1)
        self._bar.setVisible(self.pages > 0)
        for one in (self.back, self.on):
            one.setVisible(self.pages > 1)
