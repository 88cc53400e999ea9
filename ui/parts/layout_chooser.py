"""Chooses a layout: a picture, its name, and what it is for; one of them is on."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QLabel, QSizePolicy, QWidget

from guide.records import LAYOUTS, Layout
from guide.text import Language
from ui import style
from ui.parts.columns import Columns
from ui.parts.controls import column, label
from ui.parts.layout_picture import layout_picture
from ui.parts.one_of_several import OneOfSeveral

_NARROWEST = 158  # px at 100 %


class LayoutChooser(QWidget):
    """Emits the slug that a person chose; the arrow keys go from one to the next."""

    chosen = Signal(str)

    def __init__(self, _: Language, scale: style.Scale) -> None:
        """Begin with the first."""
        super().__init__()
        self._group = QButtonGroup(self)
        self.tiles: dict[str, LayoutTile] = {}
        for one in LAYOUTS:
            made = LayoutTile(one, _, scale)
            made.clicked.connect(lambda _on=False, slug=one.slug: self.chosen.emit(slug))
            self._group.addButton(made)
            self.tiles[one.slug] = made
        column(self, Columns(list(self.tiles.values()), scale.px(_NARROWEST), 2, gap=8))
        self.show_layout(LAYOUTS[0].slug)

    def layout_chosen(self) -> str:
        """Return the slug of the layout that is on."""
        return next((slug for slug, tile in self.tiles.items() if tile.isChecked()), LAYOUTS[0].slug)

    def show_layout(self, slug: str) -> None:
        """Switch ``slug`` on, without a word to anybody."""
        if slug in self.tiles:
            self.tiles[slug].show_on(on=True)


class LayoutTile(OneOfSeveral):
    """A button as high as its words need at its width."""

    def __init__(self, layout: Layout, _: Language, scale: style.Scale) -> None:
        """Show ``layout``."""
        super().__init__()
        name, hint = _(layout.name), _(layout.hint)
        self.setProperty("kind", "layout")
        self.setAccessibleName(name)
        self.setAccessibleDescription(hint)
        self.setAutoDefault(False)
        picture = QLabel()
        picture.setPixmap(layout_picture(layout.slug, scale, mirrored=_.right_to_left))
        words = column(None, label(name, "name"), label(hint, "small"), -1, gap=1)
        self._box = box = QHBoxLayout(self)
        box.setContentsMargins(9, 8, 8, 8)
        box.setSpacing(8)
        box.addWidget(picture, 0, Qt.AlignmentFlag.AlignTop)
        box.addLayout(words, 1)
        for part in self.findChildren(QLabel):
            part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Choose with Enter too, as a person expects of a tile."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def hasHeightForWidth(self) -> bool:
        """Say that a narrow place makes it higher."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return the height its words need."""
        return self._box.totalHeightForWidth(width)

    def sizeHint(self) -> QSize:
        """Return what its words would like."""
        return self._box.totalSizeHint()

    def minimumSizeHint(self) -> QSize:
        """Return the least its words need."""
        return self._box.totalMinimumSize()
