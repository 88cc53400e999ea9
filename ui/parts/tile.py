"""A tile for one need: icon, name, how many entries."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QSizePolicy

from guide.records import Tile
from guide.text import Language
from ui import icons, style
from ui.parts.controls import column, label, picture


class _Tile(QPushButton):
    """A button as high as the words in it need at its width; Qt's own looks at its text alone."""

    def __init__(self, least: int) -> None:
        super().__init__()
        self._least = least
        policy = QSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return max(self._least, self.layout().totalHeightForWidth(width))

    def sizeHint(self) -> QSize:
        return self.layout().totalSizeHint().expandedTo(QSize(0, self._least))

    def minimumSizeHint(self) -> QSize:
        return self.layout().totalMinimumSize()


def tile(found: Tile, _: Language, scale: style.Scale, choose: Callable[[str], None]) -> QPushButton:
    """Return a button of the whole tile; it opens the need's entries."""
    name = found.category.label.best(_.code)
    count = _.count("{n} service", "{n} services", found.count)
    made = _Tile(scale.px(76))
    made.setProperty("kind", "tile")
    made.setAccessibleName(f"{name}, {count}")
    made.setAccessibleDescription(found.category.hint.best(_.code))
    made.setToolTip(found.category.hint.best(_.code))
    made.setCursor(Qt.CursorShape.PointingHandCursor)
    made.clicked.connect(lambda *_: choose(found.category.slug))
    square = QFrame()
    side = scale.px(44)
    square.setFixedSize(side, side)
    square.setStyleSheet(f"background: {style.BRAND_SOFT}; border-radius: 8px; border: none;")
    image = picture(icons.category_icon(found.category.slug), style.BRAND, scale.px(24))
    image.setAlignment(Qt.AlignmentFlag.AlignCenter)
    inner = QHBoxLayout(square)
    inner.setContentsMargins(0, 0, 0, 0)
    inner.addWidget(image, alignment=Qt.AlignmentFlag.AlignCenter)
    box = QHBoxLayout(made)
    box.setContentsMargins(14, 8, 10, 8)
    box.setSpacing(12)
    box.addWidget(square)
    words = column(None, -1, label(name, "name"), label(count, "small"), -1, gap=1)
    box.addLayout(words, 1)
    for part in made.findChildren(QFrame):
        part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
    return made
