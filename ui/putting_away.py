"""Putting a visit away: hide now, start over, and whether there is anything to put away (SAFETY Q4, I2)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from guide.records import Audience
from ui.parts.hide_note import hide_note

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from guide.text import Language
    from ui.main_window import MainWindow


class PuttingAway:
    """Knows every place where a visit can leave something."""

    def __init__(self, window: MainWindow) -> None:
        """Take the window."""
        self._window, self._explained = window, False

    def hide_now(self) -> None:
        """Cover everything at once (Q4), then take back what this visit sent to a printer (Q7)."""
        window = self._window
        window.cover.hide_now()
        window.rooms.hush()
        window.desk.take_back(window.cover.tell, window._)

    def come_back(self) -> None:
        """Begin again when the cover goes; what was copied from its pad goes with it."""
        self._window.clipboard.forget()
        self._window.begin()

    def note(self, _: Language) -> QWidget | None:
        """Return what explains Hide now, until this visit has put it away; staff know it (Q6)."""
        if self._explained or self._window.audience is not Audience.VISITOR:
            return None
        return hide_note(_, self._read)

    def _read(self) -> None:
        self._explained = True

    def reset(self) -> None:
        """Put the visit away: words, results, entry, sheet, clipboard, language, size, staff lock (I2, Q4)."""
        from ui.dialogs import put_away

        window = self._window
        put_away()
        window.clipboard.forget()
        window.idle.begin()
        window.desk.begin()
        window.finding.begin()
        window.guide.forget()
        window.basket.clear()
        window.audience = Audience.VISITOR
        window.rooms.offered, self._explained = None, False
        window.looks.begin()
        window.remake()
        if window.over.covers:
            window.cover.stay()
        else:
            window.begin()

    def at_start(self) -> bool:
        """True when there is nothing to put away."""
        window = self._window
        quiet = window.rooms.untouched and not window.finding.used and not window.basket.ids
        return window.over.covers or (quiet and window.looks.as_begun and window.audience is Audience.VISITOR)
