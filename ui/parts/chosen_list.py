"""The entries on my sheet, in order: up, down, off."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtWidgets import QFrame, QVBoxLayout

from guide.text import Language
from ui.parts.basket import Basket
from ui.parts.controls import button, card, cleared, label, row


class ChosenList(QFrame):
    """One line for each chosen entry, all by keyboard."""

    def __init__(self, _: Language, basket: Basket) -> None:
        """Take the basket whose entries are shown."""
        super().__init__()
        self._, self._basket = _, basket
        self.setObjectName("clear")
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(6)

    def show_entries(self, entries: Sequence[tuple[str, str]]) -> None:
        """Show (id, name) pairs in the order of the sheet."""
        cleared(self._box)
        _ = self._
        for place, (service, name) in enumerate(entries):
            line = card()
            up = button("", partial(self._basket.move, service, -1), "arrow-up", "icon",
                        name=_("Move {name} up", name=name))  # fmt: skip
            down = button("", partial(self._basket.move, service, 1), "arrow-down", "icon",
                          name=_("Move {name} down", name=name))  # fmt: skip
            off = button("", partial(self._basket.toggle, service), "x", "icon",
                         name=_("Take {name} off", name=name))  # fmt: skip
            up.setEnabled(place > 0)
            down.setEnabled(place < len(entries) - 1)
            for one in (up, down, off):
                one.setFixedWidth(46)
            made = row(line, label(name), up, down, off, gap=4, margin=6)
            made.setStretch(0, 1)
            self._box.addWidget(line)
