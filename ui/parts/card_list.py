"""The list of found entries: a model of cards, and the painter that draws each."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QAbstractListModel, QEvent, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QListView

from guide.records import Card
from guide.text import Language
from ui import style
from ui.parts.card_painter import CardPainter
from ui.parts.phrases import opening, shown_name

Index = QModelIndex | QPersistentModelIndex
CARD = Qt.ItemDataRole.UserRole
HEADING = Qt.ItemDataRole.UserRole + 1


class CardModel(QAbstractListModel):
    """Cards in order; a heading may stand over the first card of a group."""

    def __init__(self, _: Language, *, discreet: bool) -> None:
        """Begin empty."""
        super().__init__()
        self._ = _
        self._discreet = discreet
        self.cards: list[Card] = []
        self._headings: dict[int, str] = {}

    def show(self, cards: list[Card], headings: dict[int, str]) -> None:
        """Show other cards; ``headings`` by the place of the card they stand over."""
        self.beginResetModel()
        self.cards, self._headings = cards, headings
        self.endResetModel()

    def rowCount(self, _: Index = QModelIndex()) -> int:
        """Return how many cards there are."""
        return len(self.cards)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return the card, and its words for screen readers."""
        card = self.cards[index.row()]
        if role == CARD:
            return card
        if role == HEADING:
            return self._headings.get(index.row(), "")
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            number = card.phone.published if card.phone else ""
            said = [shown_name(card, self._, discreet=self._discreet), number, opening(card.open, self._)[0]]
            return ", ".join(part for part in said if part)
        if role == Qt.ItemDataRole.AccessibleDescriptionRole:
            return card.summary.best(self._.code)
        return None


class CardList(QListView):
    """The found entries. Up and down move, Enter opens, Space puts on the sheet or takes off."""

    chosen = Signal(str)
    toggled = Signal(str)

    def __init__(
        self, _: Language, scale: style.Scale, on_sheet: Callable[[str], bool], *, discreet: bool = False
    ) -> None:
        """Take the language, the text size and who knows what is on the sheet."""
        super().__init__()
        self.cards = CardModel(_, discreet=discreet)
        self._painter = CardPainter(_, scale, on_sheet, self, discreet=discreet)
        self._painter.toggled.connect(self.toggled)
        self.setModel(self.cards)
        self.setItemDelegate(self._painter)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setAccessibleName(_("Results"))
        self.setMouseTracking(True)
        self.verticalScrollBar().setSingleStep(24)
        self.clicked.connect(lambda index: self.chosen.emit(index.data(CARD).id))
        self.selectionModel().currentChanged.connect(self._moved)

    def current(self) -> Card | None:
        """Return the card that is marked, None when there is none."""
        index = self.currentIndex()
        return index.data(CARD) if index.isValid() else None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let Space choose for the sheet and Enter open."""
        card = self.current()
        if card is not None and event.key() == Qt.Key.Key_Space:
            self.toggled.emit(card.id)
        elif card is not None and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.chosen.emit(card.id)
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: Any) -> None:
        """Lay the cards out anew: their height follows the width."""
        super().resizeEvent(event)
        self.scheduleDelayedItemsLayout()

    def viewportEvent(self, event: QEvent) -> bool:
        """Pass hover and clicks on to the painter's checkbox."""
        return super().viewportEvent(event)

    def _moved(self, index: QModelIndex, _: QModelIndex) -> None:
        if index.isValid() and self.hasFocus():
            self.chosen.emit(index.data(CARD).id)
