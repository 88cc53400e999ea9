"""Which button of a part that is drawn anew has the keys: the one somebody was on, or the one they ask for (SAFETY A4)."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QPushButton, QWidget


class KeptKeys:
    """Remembers a button by its place among those of a part, as the button itself is made anew."""

    def __init__(self, part: QWidget) -> None:
        """Take the part whose buttons come and go."""
        self._part, self._due = part, -1
        self._going: list[QPushButton] = []

    def before(self) -> int:
        """Return the place of the button that has the keys, -1 for none; to be called before all of them are let go."""
        held, there = QApplication.focusWidget(), self._buttons()
        self._going = self._part.findChildren(QPushButton)
        return there.index(held) if isinstance(held, QPushButton) and held in there else self._due

    def give(self, place: int) -> None:
        """Give the keys to the button at ``place``, if any; what was laid out just now is shown with the next turn."""
        self._due = place
        QTimer.singleShot(0, self._part, self._hand_over)

    def give_to_first_of(self, parts: list[QWidget]) -> None:
        """Give the keys to the first button in ``parts``, or to the first one of any kind."""
        inside = [one for part in parts for one in part.findChildren(QPushButton)]
        self.give(self._buttons().index(inside[0]) if inside else 0)

    def _hand_over(self) -> None:
        place, self._due = self._due, -1
        if 0 <= place < len(there := self._buttons()):
            there[place].setFocus(Qt.FocusReason.TabFocusReason)

    def _buttons(self) -> list[QPushButton]:
        """Return the buttons of what is shown now in their order; those from before may still be going."""
        return [one for one in self._part.findChildren(QPushButton) if one not in self._going]
