"""Near what: a ZIP or a town somebody types, and how far around it; nothing of it outlives the visit."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QComboBox, QVBoxLayout, QWidget

from guide.records import FacetValue, Place, Question
from guide.text import Language
from ui.parts.clearable import Clearable
from ui.parts.controls import button, cleared, label
from ui.parts.distances import ring

RADII = (0, 5, 10, 25, 50)
_ZIP = 5
Find = Callable[[str], Sequence[Place]]


class _Radius(QComboBox):
    """The distance: rolling the wheel over it scrolls the choices, and must not change it unseen."""

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to what scrolls."""
        event.ignore()


class NearBox(QWidget):
    """Emits the place and the miles around it (0: any); None takes the place away."""

    chosen = Signal(object, int)

    def __init__(self, _: Language, find: Find) -> None:
        """Take what knows the places of a text."""
        super().__init__()
        self._, self._find = _, find
        self._place: Place | None = None
        self._written: Place | None = None  # the place whose name stands in the box
        self._radius = 0
        self.typed = Clearable(_("Clear the place"))
        self.typed.setPlaceholderText(_("ZIP or town"))
        self.typed.setMaxLength(60)
        self.typed.setAccessibleName(_("Near a ZIP or a town"))
        self.radius = _Radius()
        self.radius.setFocusPolicy(Qt.FocusPolicy.StrongFocus)  # the wheel gives no focus either
        self.radius.setAccessibleName(_("Distance"))
        self.radius.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.radius.setMinimumContentsLength(4)  # a long choice must not widen the panel
        self.typed.setMinimumWidth(0)
        self._said = label("", "small")
        self._choices = QVBoxLayout()
        self._choices.setSpacing(2)
        title = label(_("Near"), "name")
        title.setBuddy(self.typed)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 4, 0, 2)
        box.setSpacing(4)
        for part in (title, self.typed, self.radius, self._said):
            box.addWidget(part)
        box.addLayout(self._choices)
        self.typed.returnPressed.connect(self._look)
        self.typed.textEdited.connect(self._edited)
        self.typed.textChanged.connect(lambda text: self._take(None) if not text and self._place else None)
        self.radius.activated.connect(lambda n: self.chosen.emit(self._place, RADII[n]))
        self._show_place()

    def show_question(self, question: Question, values: Sequence[FacetValue]) -> None:
        """Show the place of ``question`` and how many each distance would leave."""
        self._place, self._radius = question.near, question.radius
        counts = {value.slug: value.count for value in values if value.facet == "near"}
        self.radius.clear()
        for miles in RADII:
            count = counts.get(str(miles))
            self.radius.addItem(ring(miles, self._) + (f" ({count:,})" if count is not None else ""))
        self.radius.setCurrentIndex(RADII.index(self._radius) if self._radius in RADII else 0)
        phone = counts.get("phone", 0)
        self._show_place(self._("by phone, any place: {n}", n=phone) if phone else "")

    def _show_place(self, said: str = "") -> None:
        if not self.typed.hasFocus() or (self._place and self._place != self._written):  # else somebody is writing
            self._written = self._place
            self.typed.setText(self._place.label if self._place else "")
            self.typed.setCursorPosition(0)
        self.radius.setVisible(self._place is not None)
        self._say(said if self._place else "")

    def _say(self, text: str, places: Sequence[Place] = ()) -> None:
        self._said.setText(text)
        self._said.setVisible(bool(text))
        cleared(self._choices)
        for place in places:
            self._choices.addWidget(button(place.label, partial(self._take, place), "map-pin", "link"))

    def _edited(self, text: str) -> None:
        plain = text.strip()
        if len(plain) == _ZIP and plain.isdecimal():
            self._look()

    def _look(self) -> None:
        text = self.typed.text().strip()
        found = self._find(text) if text else ()
        if len(found) == 1:
            self._take(found[0])
        elif found:
            asked = text.split(",")[0].strip().casefold()
            same = all(place.name.casefold() == asked for place in found)
            self._say(self._("Which one do you mean?") if same else self._("Did you mean one of these?"), found)
        elif text:
            self._say(self._("This place is not known here. Try a ZIP or the next larger town."))

    def _take(self, place: Place | None) -> None:
        self._place = place
        self._show_place()  # at once: the answer may take a moment
        self.chosen.emit(place, self._radius if place else 0)
