"""A tile for one need: icon, name, how many entries; one button that draws itself."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QSizePolicy

from guide.records import Tile
from guide.text import Language
from ui import icons, style
from ui.parts.controls import PointedButton
from ui.qt_numbers import FOLDED, LEFT_FOLDED, RIGHT_FOLDED

_LEFT, _RIGHT, _ABOVE, _GAP = 13, 6, 8, 11
_ANY_HEIGHT = 10_000
_FAINT = (
    0.79  # of INK on CARD: as good as INK_2, 7:1 (SAFETY A2); a pen would ask for Qt's namespace (ui/qt_numbers.py)
)


class NeedTile(PointedButton):
    """A button as high as the words on it need at its width; Qt's own looks at one line of text alone.

    Thirteen of these stand on the first screen: as a frame with labels each would be six widgets to lay out.
    """

    def __init__(self, icon: str, name: str, count: str, scale: style.Scale) -> None:
        """Take the icon's name, the need's name, the words below it, and the text size."""
        super().__init__()
        self._name, self._count = name, count
        self._bold, self._small = _font(scale.px(16), bold=True), _font(scale.px(13.5), bold=False)
        self._side, self._usual = scale.px(44), QSize(scale.px(200), scale.px(76))
        bold, small = QFontMetrics(self._bold), QFontMetrics(self._small)
        wide = [bold.horizontalAdvance(word) for word in name.split()]
        wide += [small.horizontalAdvance(word) for word in count.split()]
        self._smallest = QSize(max(wide) + self._around(), self._side + 2 * _ABOVE)
        self._picture = icons.pixmap(
            icon, style.now().brand, self._side, self.devicePixelRatio(), style.now().brand_soft
        )
        policy = QSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setProperty("kind", "tile")
        self.setAccessibleName(f"{name}, {count}")

    def text(self) -> str:
        """Return the words on the tile, as any button does."""
        return f"{self._name}\n{self._count}"

    def hasHeightForWidth(self) -> bool:
        """Say that a narrow tile is higher."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return the height for the words, folded at ``width``."""
        room = width - self._around()
        high = _folded(self._bold, self._name, room) + 1 + _folded(self._small, self._count, room)
        return max(self._usual.height(), high + 2 * _ABOVE)

    def sizeHint(self) -> QSize:
        """Return one size for all tiles, so that their columns are equal; where a word is longer, a wider one."""
        return self.minimumSizeHint().expandedTo(self._usual)

    def minimumSizeHint(self) -> QSize:
        """Return the least size: as wide as the longest word."""
        return self._smallest

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the button's ground by the style sheet, then icon and words, from where lines begin."""
        super().paintEvent(event)
        turned = self.isRightToLeft()
        painter = QPainter(self)
        left = self.width() - _LEFT - self._side if turned else _LEFT
        painter.drawPixmap(left, (self.height() - self._side) // 2, self._picture)
        room = self.width() - self._around()
        name, count = _folded(self._bold, self._name, room), _folded(self._small, self._count, room)
        side = RIGHT_FOLDED if turned else LEFT_FOLDED  # a name in another script stays beside the icon
        start = _RIGHT if turned else _LEFT + self._side + _GAP
        top = (self.height() - name - 1 - count) // 2
        painter.setFont(self._bold)
        painter.drawText(QRect(start, top, room, name), side, self._name)
        painter.setFont(self._small)
        painter.setOpacity(_FAINT)
        painter.drawText(QRect(start, top + name + 1, room, count), side, self._count)
        painter.end()

    def _around(self) -> int:
        return _LEFT + self._side + _GAP + _RIGHT


def tile(found: Tile, _: Language, scale: style.Scale, choose: Callable[[str], None]) -> NeedTile:
    """Return a button of the whole tile; it opens the need's entries."""
    count = _.count("{n} service", "{n} services", found.count)
    made = NeedTile(icons.category_icon(found.category.slug), found.category.label.best(_.code), count, scale)
    hint = found.category.hint.best(_.code)
    made.setAccessibleDescription(hint)
    made.setToolTip(hint)
    made.clicked.connect(lambda *_: choose(found.category.slug))
    return made


def _font(pixels: int, *, bold: bool) -> QFont:
    made = QApplication.font()
    made.setPixelSize(pixels)
    made.setBold(bold)
    return made


def _folded(font: QFont, text: str, room: int) -> int:
    return QFontMetrics(font).boundingRect(QRect(0, 0, max(room, 1), _ANY_HEIGHT), FOLDED, text).height()
