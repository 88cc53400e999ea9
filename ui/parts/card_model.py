"""The found entries as a list of any length, of which only a window of a few pages is ever held."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt

from guide.records import Card
from guide.text import Language
from ui.parts.distances import far
from ui.parts.phrases import opening, shown_name

Index = QModelIndex | QPersistentModelIndex
CARD = Qt.ItemDataRole.UserRole
HEADING = Qt.ItemDataRole.UserRole + 1
KEPT = 200  # cards held at once: more would cost memory and layout for nobody's eyes (facts on search, 6)


class CardModel(QAbstractListModel):
    """Cards in order; a heading may stand over the first card of a group. ``first`` is the place of the first card
    held, counted from 0 over all that was found.
    """

    def __init__(self, _: Language, *, discreet: bool) -> None:
        """Begin empty."""
        super().__init__()
        self._ = _
        self._discreet = discreet
        self.cards: list[Card] = []
        self.first = 0
        self._headings: dict[int, str] = {}

    @property
    def end(self) -> int:
        """Return the place after the last card held."""
        return self.first + len(self.cards)

    def show(self, cards: Sequence[Card], headings: dict[int, str], first: int = 0) -> None:
        """Show other cards; ``headings`` by the place of the card they stand over."""
        self.beginResetModel()
        self.cards, self._headings, self.first = list(cards), headings, first
        self.endResetModel()

    def add_below(self, cards: Sequence[Card], headings: dict[int, str]) -> None:
        """Take on the page that follows; let go of the farthest ones above."""
        self._headings |= headings
        self._insert(len(self.cards), cards)
        if (over := len(self.cards) - KEPT) > 0:
            self.beginRemoveRows(QModelIndex(), 0, over - 1)
            del self.cards[:over]
            self.first += over
            self.endRemoveRows()

    def add_above(self, cards: Sequence[Card], headings: dict[int, str]) -> None:
        """Take on the page before; let go of the farthest ones below."""
        self._headings |= headings
        self.first -= len(cards)
        self._insert(0, cards)
        if len(self.cards) > KEPT:
            self.beginRemoveRows(QModelIndex(), KEPT, len(self.cards) - 1)
            del self.cards[KEPT:]
            self.endRemoveRows()

    def row_of(self, service: str) -> int:
        """Return the row of an entry, -1 where it is not held."""
        return next((row for row, card in enumerate(self.cards) if card.id == service), -1)

    def rowCount(self, _: Index = QModelIndex()) -> int:
        """Return how many cards are held."""
        return len(self.cards)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return the card, and its words for screen readers."""
        card = self.cards[index.row()]
        if role == CARD:
            return card
        if role == HEADING:
            return self._headings.get(self.first + index.row(), "")
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            number = card.phone.published if card.phone else ""
            said = [
                shown_name(card, self._, discreet=self._discreet),
                number,
                opening(card.open, self._, phone=card.phone is not None)[0],
                far(card.distance, self._),
            ]
            return ", ".join(part for part in said if part)
        if role == Qt.ItemDataRole.AccessibleDescriptionRole:
            return card.summary.best(self._.code)
        return None

    def _insert(self, row: int, cards: Sequence[Card]) -> None:
        if cards:
            self.beginInsertRows(QModelIndex(), row, row + len(cards) - 1)
            self.cards[row:row] = cards
            self.endInsertRows()
