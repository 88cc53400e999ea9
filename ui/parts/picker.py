"""Some of many, in little room: what is chosen in a line of words, and boxes to tick that unfold below it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QLabel, QWidget

from guide.text import Language
from ui.parts.controls import button, column, label, row
from ui.parts.flow import Flow


class Picker(QWidget):
    """What was chosen and is not in the list stays chosen, and is named by its key."""

    changed = Signal()

    def __init__(
        self, _: Language, name: str, every: Sequence[tuple[str, str]], chosen: Sequence[str], *, open_: bool = False
    ) -> None:
        """Take what is picked from as (key, words), and the keys chosen so far; ``open_``: unfolded from the start."""
        super().__init__()
        self._ = _
        known = dict(every)
        self.boxes = {key: QCheckBox(words) for key, words in (*every, *((k, k) for k in chosen if k not in known))}
        for key, box in self.boxes.items():
            box.setChecked(key in chosen)
            box.toggled.connect(self._told)
        self._order = tuple(chosen)
        self._said: QLabel = label("", "second")
        self._list = QWidget()
        column(self._list, Flow(list(self.boxes.values()), 12))
        self._more = button(_("Choose"), self._unfold, "chevron-down", name=_("Choose: {what}", what=name))
        head = label(name, "name")
        line = row(None, self._said, self._more, gap=8)
        line.setStretch(0, 1)
        column(self, head, *([] if open_ else [line]), self._list, gap=4)
        if open_:
            self._said.hide()
            self._more.hide()
        self._list.setVisible(open_)
        self._tell()

    def chosen(self) -> tuple[str, ...]:
        """Return the chosen keys: those of the beginning in their order, then the new ones."""
        ticked = [key for key, box in self.boxes.items() if box.isChecked()]
        return (*(key for key in self._order if key in ticked), *(key for key in ticked if key not in self._order))

    def _unfold(self) -> None:
        self._list.setVisible(not self._list.isVisible())

    def _told(self, *_args: object) -> None:
        self._tell()
        self.changed.emit()

    def _tell(self) -> None:
        words = ", ".join(box.text() for box in self.boxes.values() if box.isChecked())
        self._said.setText(words or self._("none chosen"))
