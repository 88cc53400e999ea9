"""A button that is one of several, of which one is on: the place where one is, the layout of a sheet."""

from __future__ import annotations

from ui.parts.controls import PointedButton


class OneOfSeveral(PointedButton):
    """Emits ``clicked`` also when a screen reader or a voice chooses it: those switch it on and press nothing."""

    def __init__(self) -> None:
        """Begin switched off."""
        super().__init__()
        self._quiet = False
        self.setCheckable(True)
        self.setAutoExclusive(True)  # to a screen reader: one of several, not a box to tick
        self.toggled.connect(self._switched)

    def nextCheckState(self) -> None:
        """Take a press of a hand or a key, which says itself that it was one."""
        self._quiet = True
        super().nextCheckState()
        self._quiet = False

    def show_on(self, *, on: bool) -> None:
        """Switch on or off without a word to anybody."""
        self._quiet = True
        self.setChecked(on)
        self._quiet = False

    def _switched(self, on: bool) -> None:
        if on and not self._quiet:
            self.clicked.emit()
