"""The list of found entries: keys and pointer, and pages brought as one scrolls."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence

from PySide6.QtCore import QItemSelection, QModelIndex, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QListView

from guide.records import Card
from guide.text import Language
from ui import style
from ui.parts.card_model import CARD, CardModel
from ui.parts.card_painter import CardPainter

PAGE = 25  # cards brought at once
_MEASURED = 5  # cards measured in one turn of the window: 25 would be felt as a jerk on an old computer
_SETTLING = 0.35  # seconds in which a hand that had begun to press still means what stood there before


class CardList(QListView):
    """The found entries. Up and down move, Enter opens, Space puts on the sheet or takes off, Ctrl+C copies the number.

    ``wanted`` asks for the page that begins at a place; however many entries were found, few are held.
    """

    chosen = Signal(str)
    entered = Signal(str)
    toggled = Signal(str)
    copied = Signal(object)
    wanted = Signal(int)

    def __init__(
        self, _: Language, scale: style.Scale, on_sheet: Callable[[str], bool], *, discreet: bool = False,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:  # fmt: skip
        """Take the language, the text size, who knows what is on the sheet, and a clock in seconds."""
        super().__init__()
        self._clock = clock
        self._total, self._changed, self._asked = 0, -_SETTLING, -1
        self._coming: tuple[Sequence[Card], dict[int, str], int] | None = None
        self._measured = 0  # cards of the page that comes
        self._measuring = QTimer(self, interval=0)
        self._measuring.timeout.connect(self._measure)
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
        self.verticalScrollBar().valueChanged.connect(self._look_ahead)
        self.clicked.connect(lambda index: self.chosen.emit(index.data(CARD).id))
        self.selectionModel().currentChanged.connect(self._moved)
        self.selectionModel().selectionChanged.connect(self._selected)

    # --- what is shown ----------------------------------------------------------------------------
    def show_cards(self, cards: Sequence[Card], headings: dict[int, str], total: int, first: int = 0) -> None:
        """Show the answer to another question, from its top."""
        self._total, self._asked, self._coming = total, -1, None
        if [card.id for card in cards] != [card.id for card in self.cards.cards]:
            self._changed = self._clock()
        self.cards.show(cards, headings, first)
        self.scrollToTop()

    @property
    def coming(self) -> bool:
        """Say whether a page is here that is not yet in the list."""
        return self._coming is not None

    def show_page(self, cards: Sequence[Card], headings: dict[int, str], first: int) -> None:
        """Take on a page that was wanted, once its cards are measured, a few with each turn of the window."""
        self._coming, self._measured = (cards, headings, first), 0
        self._measuring.start()

    def _measure(self) -> None:
        if self._coming is None:
            self._measuring.stop()
            return
        cards, headings, first = self._coming
        width, font = self.viewport().width(), self.font()
        upto = min(self._measured + _MEASURED, len(cards))
        for n in range(self._measured, upto):
            self._painter.height(cards[n], headings.get(first + n, ""), width, font)
        self._measured = upto
        if upto == len(cards):
            self._measuring.stop()
            self._coming = None
            self._take_on(cards, headings, first)

    def _take_on(self, cards: Sequence[Card], headings: dict[int, str], first: int) -> None:
        """Put a page into the list; what is in view stays where it is."""
        top = self.indexAt(self.viewport().rect().topLeft())
        kept, offset = (top.data(CARD).id, self.visualRect(top).top()) if top.isValid() else ("", 0)
        self._asked = -1
        if first == self.cards.end:
            self.cards.add_below(cards, headings)
        elif first + len(cards) == self.cards.first:
            self.cards.add_above(cards, headings)
        self.executeDelayedItemsLayout()  # once: laid out by hand it would be laid out again with the next turn
        row = self.cards.row_of(kept)
        if row >= 0:
            moved = self.visualRect(self.cards.index(row)).top() - offset
            self.verticalScrollBar().setValue(self.verticalScrollBar().value() + moved)

    def current(self) -> Card | None:
        """Return the card that is marked, None when there is none."""
        index = self.currentIndex()
        return index.data(CARD) if index.isValid() else None

    def mark(self, service: str) -> None:
        """Mark an entry as the one that is shown in full."""
        row = self.cards.row_of(service)
        if row >= 0:
            self.setCurrentIndex(self.cards.index(row))

    # --- hands ------------------------------------------------------------------------------------
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let Space choose for the sheet, Enter open, Ctrl+C copy the number alone (SAFETY C1)."""
        card = self.current()
        if event.matches(QKeySequence.StandardKey.Copy):
            if card is not None:  # never Qt's own way, which would copy name and all
                self.copied.emit(card)
        elif card is not None and event.key() == Qt.Key.Key_Space:
            self.toggled.emit(card.id)
        elif card is not None and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.entered.emit(card.id)
        else:
            super().keyPressEvent(event)

    def keyboardSearch(self, search: str) -> None:
        """Let letters do nothing here: single-letter shortcuts surprise (SAFETY A4)."""

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Let a press count only where the same card has stood long enough to be meant."""
        if self._clock() - self._changed >= _SETTLING:
            super().mousePressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let a release count only on the card that was pressed."""
        if self._clock() - self._changed >= _SETTLING:
            super().mouseReleaseEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lay the cards out anew: their height follows the width."""
        super().resizeEvent(event)
        self.scheduleDelayedItemsLayout()

    # --- inside -----------------------------------------------------------------------------------
    def _moved(self, index: QModelIndex, _: QModelIndex) -> None:
        if index.isValid() and self.hasFocus():
            self.chosen.emit(index.data(CARD).id)

    def _selected(self, now: QItemSelection, _: QItemSelection) -> None:
        """Open what a screen reader selects: that moves no focus, presses no key, and marks nothing (SAFETY A4)."""
        index = next(iter(now.indexes()), None)
        if index is not None and index != self.currentIndex():
            self.setCurrentIndex(index)
            if not self.hasFocus():
                self.chosen.emit(index.data(CARD).id)

    def _look_ahead(self, value: int) -> None:
        """Want the next page before the last card held comes into view, and the one before likewise."""
        room = 2 * self.viewport().height()
        cards = self.cards
        if value > self.verticalScrollBar().maximum() - room and cards.end < self._total:
            self._want(cards.end)
        elif value < room and cards.first > 0:
            self._want(max(0, cards.first - PAGE))

    def _want(self, first: int) -> None:
        if self._asked != first:
            self._asked = first
            self.wanted.emit(first)
