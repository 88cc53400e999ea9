"""One choice under a search: a box, its words in as many lines as they need, and a count; one widget, drawn by hand."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QCheckBox, QSizePolicy

from ui import icons, style

_GAP, _RING, _HIGH = (
    10,
    5,
    28,
)  # px; the ring of the focus lies around the count, and a target of 24 px or more (SAFETY A5)
_WRAP = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeading


class FacetRow(QCheckBox):
    """A check box to keys and screen readers. Four live widgets instead would cost a keystroke thirty times as much."""

    def __init__(self, key: str, scale: style.Scale) -> None:
        """Take the facet and the value as "facet/slug"."""
        super().__init__()
        self.key = key
        self._words, self._count = "", 0
        self._side = scale.px(18)
        self.setProperty("key", key)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    def show_value(self, words: str, count: int, *, on: bool) -> None:
        """Show the choice as it is now, without asking anything."""
        if (words, count) != (self._words, self._count):
            if words != self._words or len(str(count)) != len(str(self._count)):  # a longer count leaves less room
                self.updateGeometry()
            self._words, self._count = words, count
            self.setAccessibleName(f"{words}, {count}")
            self.update()
        if on != self.isChecked():
            self.blockSignals(True)
            self.setChecked(on)
            self.blockSignals(False)

    def hasHeightForWidth(self) -> bool:
        """Say that a narrow place makes it higher."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return the height its words need."""
        return max(_HIGH, self._text_rect(width).height() + 4)

    def sizeHint(self) -> QSize:
        """Return the size for the width there is."""
        return QSize(self._side, self.heightForWidth(max(self.width(), 4 * self._side)))

    def minimumSizeHint(self) -> QSize:
        """Let the layout give it any width."""
        return QSize(self._side, _HIGH)

    def hitButton(self, pos: QPoint) -> bool:
        """Let a press anywhere in the row choose."""
        return self.rect().contains(pos)

    def event(self, event: QEvent) -> bool:
        """Draw anew when the focus or the pointer comes or goes."""
        if event.type() in (QEvent.Type.FocusIn, QEvent.Type.FocusOut):
            self.update()
        return super().event(event)

    def paintEvent(self, _: QPaintEvent) -> None:
        """Draw box, words and count, from where lines begin."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        width, turned = self.width(), self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        text = self._text_rect(width)
        first = QFontMetrics(self.font()).height()
        box = QRect(_RING, text.top() + (first - self._side) // 2, self._side, self._side)
        number = QRect(text.right() + _GAP, text.top(), width - text.right() - _GAP - _RING, first)
        if turned:
            box, text, number = (_mirrored(one, width) for one in (box, text, number))
        on, lively = self.isChecked(), self.hasFocus() or self.underMouse()
        edge = style.now().brand if on else style.now().ink if lively else style.now().field_line
        painter.setPen(QPen(QColor(edge), 2))
        painter.setBrush(QColor(style.now().brand if on else style.now().card))
        painter.drawRoundedRect(box, 4, 4)
        if on:
            mark = icons.pixmap("check", style.now().on_brand, self._side - 2, 2.0)
            painter.drawPixmap(box.adjusted(1, 1, -1, -1), mark)
        painter.setPen(QColor(style.now().ink))
        painter.drawText(text, int(_WRAP), self._words)
        painter.setPen(QColor(style.now().ink_2))
        painter.drawText(number, int(Qt.AlignmentFlag.AlignTrailing | Qt.AlignmentFlag.AlignTop), f"{self._count:,}")
        if self.hasFocus():
            painter.setPen(QPen(QColor(style.now().brand), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(self.rect().adjusted(1, 1, -1, -1), 5, 5)

    def _text_rect(self, width: int) -> QRect:
        """Return where the words stand in a row of ``width``, from left to right."""
        metrics = QFontMetrics(self.font())
        left = _RING + self._side + _GAP
        room = max(self._side, width - left - metrics.horizontalAdvance(f"{self._count:,}") - _GAP - _RING)
        found = metrics.boundingRect(QRect(0, 0, room, 10_000), int(_WRAP), self._words)
        return QRect(left, max(2, (_HIGH - metrics.height()) // 2), room, found.height())


def _mirrored(rect: QRect, width: int) -> QRect:
    return QRect(width - rect.right() - 1, rect.top(), rect.width(), rect.height())
