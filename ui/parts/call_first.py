"""Above the results, when the words tell of danger: the lines to call, the one that fits best first."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from guide.records import Answer
from guide.text import Language
from ui import style
from ui.parts.actions import Actions
from ui.parts.call_card import call_card
from ui.parts.controls import cleared
from ui.parts.phrases import shown_name

_MOST = 3


class CallFirst(QWidget):
    """One row of call cards, as many as fit beside each other; there only for words of danger.

    ``fitted`` says that there is room for more or fewer of them.
    """

    fitted = Signal()

    def __init__(self, _: Language, scale: style.Scale, actions: Actions, *, discreet: bool) -> None:
        """Take what can be done with a number; begin out of sight."""
        super().__init__()
        self._, self._scale, self._actions, self._discreet = _, scale, actions, discreet
        self.said = ""  # for ears: the first line and its number
        self._shown: tuple[str, ...] = ()
        self._fits = _MOST
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(24, 8, 24, 2)
        self._row.setSpacing(12)
        self.hide()

    def show_for(self, answer: Answer) -> None:
        """Show the lines of ``answer`` when its words tell of danger; else nothing."""
        cards = answer.crisis[:_MOST] if answer.danger else ()
        best = cards[0] if cards else None
        number = best.phone or best.text if best else None
        self.said = (
            f"{shown_name(best, self._, discreet=self._discreet)} {number.published if number else best.url}"
            if best
            else ""
        )
        shown = tuple(card.id for card in cards)
        if shown != self._shown:  # the next letter of the same words must not make them blink
            self._shown = shown
            cleared(self._row)
            for card in cards:
                self._row.addWidget(call_card(card, self._, self._actions, discreet=self._discreet), 1)
        self.setVisible(bool(cards))
        self._fit()

    @property
    def in_sight(self) -> tuple[str, ...]:
        """Return the entries whose cards are shown."""
        return self._shown[: self._fits]

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave out what has no room; the first stays."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        window = self.parentWidget()
        width = (window.width() if window else self.width()) - 48
        before, fits = self._fits, max(1, (width + 12) // (self._scale.px(300) + 12))
        for place in range(self._row.count()):
            item = self._row.itemAt(place)
            if item is not None and (widget := item.widget()) is not None:
                widget.setVisible(place < fits)
        self._fits = fits
        if fits != before:
            self.fitted.emit()
