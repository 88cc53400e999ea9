"""A box to tick whose words go to the next line where there is little room: Qt's own never fold."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QCheckBox, QLabel, QWidget

from ui.parts.controls import label, row


class LongCheck(QWidget):
    """Asked and set like a QCheckBox."""

    toggled = Signal(bool)

    def __init__(self, text: str) -> None:
        """Take the words beside the box."""
        super().__init__()
        self.box = QCheckBox()
        self.box.setAccessibleName(text)
        self.words: QLabel = label(text)
        self.words.setBuddy(self.box)
        self.box.toggled.connect(self.toggled)
        line = row(self, self.box, self.words, gap=8)
        line.setStretch(1, 1)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A press on the words is a press on the box."""
        self.box.toggle()
        super().mouseReleaseEvent(event)

    def isChecked(self) -> bool:
        """Say whether it is ticked."""
        return self.box.isChecked()

    def setChecked(self, on: bool) -> None:
        """Tick it or not."""
        self.box.setChecked(on)
