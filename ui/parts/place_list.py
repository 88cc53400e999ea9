"""The places of a service: one card each, and a button for one more."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from guide.records import Location
from guide.text import Language
from ui.parts.controls import button, card, column, row
from ui.parts.place_fields import PlaceFields

_MOST = 8


class PlaceList(QWidget):
    """Asked like one place."""

    changed = Signal()

    def __init__(self, _: Language, places: Sequence[Location], *, closed: bool) -> None:
        """Take the places to begin with, and whether an address is closed where nothing was said."""
        super().__init__()
        self._, self._closed = _, closed
        self.rows: list[PlaceFields] = []
        self._frames: list[QFrame] = []
        self._box = QVBoxLayout()
        self._box.setSpacing(8)
        self._more = button(_("Add another place"), lambda: self._add(None), "plus")
        column(self, self._box, row(None, self._more, -1), gap=8)
        for place in places or (None,):
            self._add(place)

    def places(self) -> tuple[Location, ...]:
        """Return the places as they stand; one without anything typed is none."""
        return tuple(place for one in self.rows for place in one.places())

    def begin(self, *, closed: bool) -> None:
        """Follow the need that was chosen, where nobody chose who may see an address."""
        self._closed = closed
        for one in self.rows:
            one.begin(closed=closed)

    def _add(self, place: Location | None) -> None:
        if len(self.rows) >= _MOST:
            return
        made, frame = PlaceFields(self._, place, closed=self._closed), card()
        made.changed.connect(self.changed)
        number = len(self.rows) + 1
        gone = button(self._("Remove"), lambda: self._drop(made, frame), "trash-2",
                      name=self._("Remove place {n}", n=number))  # fmt: skip
        column(frame, made, row(None, gone, -1), gap=6, margin=12)
        self.rows.append(made)
        self._frames.append(frame)
        self._box.addWidget(frame)
        self._more.setEnabled(len(self.rows) < _MOST)
        if len(self.rows) > 1:
            self.changed.emit()

    def _drop(self, made: PlaceFields, frame: QFrame) -> None:
        self.rows.remove(made)
        self._frames.remove(frame)
        frame.hide()
        frame.deleteLater()
        self._more.setEnabled(True)
        if not self.rows:
            self._add(None)
        self.changed.emit()
