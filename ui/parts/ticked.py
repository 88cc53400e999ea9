"""A box to tick whose words go on to the next line: Qt's own does not fold them, and large text is cut (A3)."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QCheckBox, QWidget

from ui.parts.controls import label, row


class _Presser(QObject):
    """Lets a press on the words tick the box."""

    def __init__(self, tick: QCheckBox) -> None:
        super().__init__(tick)
        self._tick = tick

    def eventFilter(self, _: QObject, event: QEvent) -> bool:
        """Tick, and take the press."""
        if event.type() != QEvent.Type.MouseButtonRelease:
            return False
        self._tick.toggle()
        return True


def ticked(text: str, kind: str = "") -> tuple[QCheckBox, QWidget]:
    """Return the box, named for screen readers, and the piece that holds it beside its words."""
    tick, words, whole = QCheckBox(), label(text, kind), QWidget()
    tick.setAccessibleName(text)
    words.setBuddy(tick)
    words.installEventFilter(_Presser(tick))
    whole.setObjectName("clear")
    line = row(whole, tick, words, gap=4)
    line.setAlignment(tick, Qt.AlignmentFlag.AlignTop)
    line.setStretch(1, 1)
    return tick, whole
