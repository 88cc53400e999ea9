"""Paints one cell of the changes: bold names with a note below, old values dim, new ones plain; nothing is cut unseen."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QTextLayout, QTextOption
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from guide.text import isolate
from ui import style
from ui.parts.change_model import NOTE, ChangeModel

Index = QModelIndex | QPersistentModelIndex
_LINES, _STACKED_LINES = 2, 5


class ChangePainter(QStyledItemDelegate):
    """Draws words itself: a table with a style sheet gives each cell one font, and folds no word in two lines."""

    def __init__(self, scale: style.Scale, *, right_to_left: bool) -> None:
        """Take the text size and which way lines run."""
        super().__init__()
        self._scale, self._rtl = scale, right_to_left
        self.stacked = False  # all of a change below each other in the first column, where columns are too narrow

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return the size of two lines."""
        del index
        return QSize(option.rect.width(), self.height(option.font))

    def height(self, font: QFont) -> int:
        """Return the height of a row."""
        lines = _STACKED_LINES if self.stacked else _LINES
        return lines * QFontMetrics(self._sized(font, 16)).lineSpacing() + self._scale.px(12)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw the cell."""
        painter.save()
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        ground = QColor(style.now().brand_soft if chosen else style.now().card)
        painter.fillRect(option.rect, ground)
        painter.setPen(QColor(style.now().line))
        painter.drawLine(option.rect.bottomLeft(), option.rect.bottomRight())
        room = option.rect.adjusted(self._scale.px(10), self._scale.px(5), -self._scale.px(10), -self._scale.px(5))
        text = str(index.data(Qt.ItemDataRole.DisplayRole) or "")
        note = str(index.data(NOTE) or "")
        if self.stacked:
            self._stack(painter, room, option.font, index)
            painter.restore()
            return
        strong = index.column() == 0 or (index.column() == 3 and index.model().kind_of(index.row()) == "phone")
        font = self._sized(option.font, 16)
        font.setBold(strong)
        colour = style.now().ink_2 if index.column() == 2 else style.now().ink
        lines = folded_lines(text, font, room.width(), 1 if note else _LINES)
        small = self._sized(option.font, 13.5)
        high = len(lines) * QFontMetrics(font).lineSpacing() + (QFontMetrics(small).lineSpacing() if note else 0)
        room.setTop(room.top() + max(0, (room.height() - high) // 2))
        used = self._draw(painter, room, lines, font, colour)
        if note:
            self._draw(painter, room.adjusted(0, used, 0, 0), [note], small, style.now().ink_2)
        painter.restore()

    def _stack(self, painter: QPainter, room: QRect, font: QFont, index: Index) -> None:
        """Draw name, what changes, what it was and what it becomes, each from where the one before ends."""
        model: ChangeModel = index.model()  # type: ignore[assignment]
        _name, what, now, after = (str(model.index(index.row(), column).data() or "") for column in range(4))
        plain, bold = self._sized(font, 16), self._sized(font, 16)
        bold.setBold(True)
        note = str(index.data(NOTE) or "")
        worn = style.now()
        parts = [(_name, bold, worn.ink, 1), (f"{what}: {now}", plain, worn.ink_2, 1 if note else 2)]
        parts += [
            (
                f"{'←' if self._rtl else '→'} {after}",
                bold if model.kind_of(index.row()) == "phone" else plain,
                worn.ink,
                2,
            )
        ]
        parts += [(note, self._sized(font, 13.5), worn.ink_2, 1)] if note else []
        for text, face, colour, most in parts:
            lines = folded_lines(text, face, room.width(), most)
            room.setTop(room.top() + self._draw(painter, room, lines, face, colour))

    def _sized(self, font: QFont, size: float) -> QFont:
        made = QFont(font)
        made.setPixelSize(self._scale.px(size))
        made.setBold(False)
        return made

    def _draw(self, painter: QPainter, room: QRect, lines: list[str], font: QFont, colour: str) -> int:
        """Draw ``lines``, each with an ellipsis where it is longer than the room; return their height."""
        painter.setFont(font)
        painter.setPen(QColor(colour))
        painter.setLayoutDirection(Qt.LayoutDirection.LayoutDirectionAuto)  # a name keeps the order of its own words
        metrics, top = QFontMetrics(font), room.top()
        side = Qt.AlignmentFlag.AlignRight if self._rtl else Qt.AlignmentFlag.AlignLeft
        flags = side | Qt.AlignmentFlag.AlignAbsolute | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine
        for line in lines:
            shown = metrics.elidedText(line, Qt.TextElideMode.ElideRight, room.width())
            shown = isolate(shown) if self._rtl else shown
            painter.drawText(QRect(room.left(), top, room.width(), metrics.lineSpacing()), flags, shown)
            top += metrics.lineSpacing()
        return top - room.top()


def folded_lines(text: str, font: QFont, width: int, most: int) -> list[str]:
    """Return ``text`` in lines of ``width``; the last of ``most`` holds all that is left."""
    text = " ".join(text.split())
    layout = QTextLayout(text, font)
    layout.setTextOption(QTextOption())
    lines: list[str] = []
    layout.beginLayout()
    while len(lines) < most and (line := layout.createLine()).isValid():
        line.setLineWidth(width)
        start = line.textStart()
        lines.append(text[start:] if len(lines) == most - 1 else text[start : start + line.textLength()])
    layout.endLayout()
    return lines
