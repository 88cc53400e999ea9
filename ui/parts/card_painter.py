"""Draws one found entry: name with what was typed marked, organization, number, badges, a box for the sheet."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QEvent, QObject, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen, QTextCharFormat, QTextLayout, QTextOption
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from guide.records import Card
from guide.records.laid import is_ours
from guide.text import Language
from ui import icons, style
from ui.parts.distances import far
from ui.parts.phrases import cost, languages, opening, shown_name

_CARD, _HEADING = Qt.ItemDataRole.UserRole, Qt.ItemDataRole.UserRole + 1
_PAD, _GAP, _BOX = 14, 10, 20
_MOST_BADGES = 4
_HEIGHTS = 500  # heights remembered: of the 200 cards that a list holds, and of the pages before


class CardPainter(QStyledItemDelegate):
    """A fixed drawing for each card: sixty live widgets would cost ten times as much (facts, qt 8)."""

    toggled = Signal(str)

    def __init__(
        self, _: Language, scale: style.Scale, on_sheet: Callable[[str], bool], parent: QObject, *, discreet: bool
    ) -> None:
        """Take the language, the text size and who knows what is on the sheet."""
        super().__init__(parent)
        self._, self._scale, self._on_sheet, self._discreet = _, scale, on_sheet, discreet
        self._staff = _("For staff")
        self._fonts: dict[tuple[float, bool], QFont] = {}
        self._heights: dict[
            tuple[int, str, int], tuple[Card, int]
        ] = {}  # the card too, so that no other has its number

    # --- measures ---------------------------------------------------------------------------------
    def sizeHint(self, option: QStyleOptionViewItem, index: Any) -> QSize:
        """Return the height that this card's words need at this width."""
        width = option.widget.viewport().width() if option.widget is not None else 360
        return QSize(width, self.height(index.data(_CARD), index.data(_HEADING), width, option.font))

    def height(self, card: Card, heading: str, width: int, font: QFont) -> int:
        """Return the height of ``card`` with ``heading`` over it. Remembered: the list asks for all with each page."""
        key = (id(card), heading, width)
        known = self._heights.pop(key, None)
        if known is None:
            if len(self._heights) >= _HEIGHTS:
                del self._heights[next(iter(self._heights))]  # whose height was not asked for the longest
            known = (card, self._paint(None, QRect(0, 0, width, 0), font, card, heading, selected=False))
        self._heights[key] = known
        return known[1]

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Any) -> None:
        """Draw the card."""
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        self._paint(painter, option.rect, option.font, index.data(_CARD), index.data(_HEADING), selected=selected)
        painter.restore()

    def editorEvent(self, event: QEvent, model: Any, option: QStyleOptionViewItem, index: Any) -> bool:
        """Let a click on the box choose the entry for the sheet."""
        if event.type() == QEvent.Type.MouseButtonRelease:
            box = self._box(self._card_rect(option.rect, option.font, index.data(_HEADING))).adjusted(-10, -10, 10, 10)
            if box.contains(event.position().toPoint()):
                self.toggled.emit(index.data(_CARD).id)
                return True
        return super().editorEvent(event, model, option, index)

    # --- drawing ----------------------------------------------------------------------------------
    def _paint(
        self, painter: QPainter | None, rect: QRect, font: QFont, card: Card, heading: str, *, selected: bool
    ) -> int:
        """Draw, or with no painter measure only; return the height."""
        area = self._card_rect(rect, font, heading)
        if painter is not None:
            self._frame(painter, rect, area, card, heading, font, selected=selected)
        left, width = area.left() + _PAD, area.width() - 2 * _PAD
        top = area.top() + _PAD - 2
        name = shown_name(card, self._, discreet=self._discreet)
        marks = card.marks if name == card.name.best(self._.code) else ()
        beside = _BOX + 12  # room for the box, on the side where lines end
        start = left + beside if self._.right_to_left else left
        top += self._text(painter, name, QRect(start, top, width - beside, 0), self._font(font, 16, bold=True),
                          style.now().ink, marks)  # fmt: skip
        giver = card.organization.best(self._.code)
        if giver and not self._discreet:
            top += self._text(painter, giver, QRect(left, top, width, 0), self._font(font, 13.5), style.now().ink_2)
        number = card.phone.published if card.phone else card.url.removeprefix("https://").removesuffix("/")
        size = 20 if card.phone else 14
        if number:
            big = self._font(font, size, bold=card.phone is not None)
            if card.phone and (wide := QFontMetrics(big).horizontalAdvance(number)) > width:  # a number is read as one
                big = self._font(font, max(12, size * width // wide), bold=True)
            top += 3 + self._text(painter, number, QRect(left, top + 3, width, 0), big, style.now().ink)
        top += self._badges(painter, card, left, top + 6, width, self._font(font, 13))
        return top + _PAD - 4 + _GAP - rect.top()

    def _frame(
        self, painter: QPainter, rect: QRect, area: QRect, card: Card, heading: str, font: QFont, *, selected: bool
    ) -> None:
        if heading:
            top = QRect(rect.left(), rect.top() + 2, rect.width(), 0)
            self._text(painter, heading, top, self._font(font, 15, bold=True), style.now().ink_2)
        card_area = QRectF(area.left() + 1, area.top() + 1, area.width() - 2, rect.bottom() - area.top() - _GAP)
        painter.setPen(QPen(QColor(style.now().brand if selected else style.now().line), 2 if selected else 1))
        painter.setBrush(QColor(style.now().card))
        painter.drawRoundedRect(card_area, 9, 9)
        box = self._box(area)
        on = self._on_sheet(card.id)
        painter.setPen(QPen(QColor(style.now().brand if on else style.now().field_line), 2))
        painter.setBrush(QColor(style.now().brand if on else style.now().card))
        painter.drawRoundedRect(QRectF(box), 4, 4)
        if on:
            painter.drawPixmap(box.adjusted(2, 2, -2, -2), icons.pixmap("check", style.now().on_brand, _BOX - 4, 2.0))

    def _badges(self, painter: QPainter | None, card: Card, left: int, top: int, width: int, font: QFont) -> int:
        """Draw the badges in as many lines as they need; return the height."""
        metrics = QFontMetrics(font)
        high = metrics.height() + 6
        x, y = 0, 0
        for text, colour, ground in self._badge_words(card):
            wide = min(metrics.horizontalAdvance(text) + 14, width)
            if x and x + wide > width:
                x, y = 0, y + high + 5
            if painter is not None:
                place = QRect(left + (width - x - wide if self._.right_to_left else x), top + y, wide, high)
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(QColor(ground))
                painter.drawRoundedRect(place, 4, 4)
                painter.setPen(QColor(colour))
                painter.setFont(font)
                if self._.right_to_left:  # the words of a badge follow the page; numbers keep their own order
                    painter.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
                shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, wide - 12)
                painter.drawText(place, Qt.AlignmentFlag.AlignCenter, shown)
            x += wide + 6
        return y + high + 6 if x or y else 6

    def _badge_words(self, card: Card) -> list[tuple[str, str, str]]:
        _, found = self._, []
        if is_ours(card.id):
            found.append((_("Ours"), style.now().go, style.now().go_soft))
        if card.staff_only:
            found.append((self._staff, style.now().warn, style.now().warn_soft))
        words, colour = opening(card.open, _, phone=card.phone is not None)
        if words:
            found.append((words, *_badge_colours(colour)))
        if away := far(card.distance, _):
            found.append((away, style.now().ink, style.now().badge))
        price = cost(card.cost, _)
        if price and len(price) < 24:
            found.append((price[:1].upper() + price[1:], style.now().ink, style.now().badge))
        if card.text is not None:
            found.append((_("By text"), style.now().ink, style.now().badge))
        if card.languages:
            found.append((languages(card.languages, _, 3), style.now().ink, style.now().badge))
        if card.freshness.state == "overdue":
            found.append((_("Check is overdue"), style.now().warn, style.now().warn_soft))
        if card.also:
            named = _("Also listed by {names}", names=", ".join(card.also))
            return [*found[:_MOST_BADGES], (named, style.now().ink, style.now().badge)]
        return found[: _MOST_BADGES + 1]

    def _text(
        self, painter: QPainter | None, text: str, rect: QRect, font: QFont, colour: str,
        marks: tuple[tuple[int, int], ...] = (),
    ) -> int:  # fmt: skip
        """Draw wrapped text, the ranges of ``marks`` on yellow; return its height."""
        layout = QTextLayout(text, font)
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        if self._.right_to_left:  # the direction stays the text's own: "(555) 010-4410" must never turn around
            option.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignAbsolute)
        layout.setTextOption(option)
        ranges = []
        for start, end in marks:
            piece = QTextLayout.FormatRange()
            piece.start, piece.length = start, end - start
            look = QTextCharFormat()
            look.setBackground(QColor(style.now().found))
            piece.format = look
            ranges.append(piece)
        layout.setFormats(ranges)
        layout.beginLayout()
        height = 0.0
        while (line := layout.createLine()).isValid():
            line.setLineWidth(max(40, rect.width()))
            line.setPosition(QPointF(0, height))
            height += line.height() + 1
        layout.endLayout()
        if painter is not None:
            painter.setPen(QColor(colour))
            layout.draw(painter, QPointF(rect.left(), rect.top()))
        return round(height)

    def _card_rect(self, rect: QRect, font: QFont, heading: str) -> QRect:
        used = 0
        if heading:
            bold = self._font(font, 15, bold=True)
            used = 8 + self._text(None, heading, QRect(0, 0, rect.width(), 0), bold, style.now().ink)
        return rect.adjusted(0, used, 0, 0)

    def _font(self, base: QFont, size: float, *, bold: bool = False) -> QFont:
        """Return the font of a size; a page keeps one face, so each is made once."""
        made = self._fonts.get((size, bold))
        if made is None:
            made = self._fonts[size, bold] = QFont(base)
            made.setPixelSize(self._scale.px(size))
            made.setBold(bold)
        return made

    def _box(self, area: QRect) -> QRect:
        left = area.left() + _PAD if self._.right_to_left else area.right() - _PAD - _BOX
        return QRect(left, area.top() + _PAD, _BOX, _BOX)


def _badge_colours(kind: str) -> tuple[str, str]:
    worn = style.now()
    return {"go": (worn.go, worn.go_soft), "warn": (worn.warn, worn.warn_soft)}.get(kind, (worn.ink, worn.badge))
