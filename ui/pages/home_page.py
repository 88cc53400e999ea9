"""The first screen: three numbers to call now, and a tile for each need."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from guide.records import Home
from guide.text import Language
from ui import style
from ui.parts.actions import Actions
from ui.parts.call_card import call_card
from ui.parts.columns import Columns
from ui.parts.controls import column, label
from ui.parts.scroll import Scroll
from ui.parts.tile import tile
from ui.qt_numbers import NO_FOCUS, set_number


class HomePage(Scroll):
    """What a visitor sees first."""

    def __init__(
        self, _: Language, scale: style.Scale, home: Home, actions: Actions, browse: Callable[[str], None],
        *, discreet: bool, note: QWidget | None = None,
    ) -> None:  # fmt: skip
        """Take the home screen's data, what can be done with a number, what opens a need, and a note to
        stand above.
        """
        super().__init__()
        set_number(self, "focusPolicy", NO_FOCUS)
        page = QWidget()
        self.setWidget(page)  # while it is empty: there is nothing to measure yet
        cards = [call_card(card, _, actions, discreet=discreet) for card in home.call_now]
        tiles = [tile(one, _, scale, browse) for one in home.tiles if one.count]  # nothing behind it helps nobody
        box = column(
            page,
            *([note] if note is not None else []),
            *([label(home.welcome.best(_.code))] if home.welcome else []),
            label(_("Call now, free, any hour"), "heading"),
            Columns(cards, scale.px(318), 3),
            4,
            label(_("Browse by need"), "heading"),
            Columns(tiles, scale.px(226), 4),
            -1,
            gap=10,
        )
        box.setContentsMargins(24, 12, 24, 24)
