"""A short message at the foot of the window, also said to screen readers (A6)."""

from __future__ import annotations

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QFrame, QLabel, QWidget

from ui.announce import announce
from ui.parts.controls import label, picture, row
from ui.style import now

_STAYS, _STAYS_FAILED = 5000, 10_000  # ms; what went wrong is longer to read


class Toast(QFrame):
    """Lies over the window's lower corner and goes by itself."""

    def __init__(self, parent: QWidget) -> None:
        """Begin hidden."""
        super().__init__(parent)
        self._around = parent
        self.setObjectName("toast")
        self._text: QLabel = label("", wrap=False)
        self._good, self._bad = picture("check", now().toast_good), picture("circle-alert", now().toast_bad)
        row(self, self._good, self._bad, self._text, gap=8, margin=12)
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self.hide)
        self.hide()

    def say(self, text: str, *, failed: bool = False) -> None:
        """Show ``text`` for five seconds; what ``failed`` has no tick before it and stays for ten."""
        self._text.setText(text)
        self._good.setVisible(not failed)
        self._bad.setVisible(failed)
        self.setMaximumWidth(self._around.width() - 48)
        self._text.setWordWrap(self._text.sizeHint().width() > self.maximumWidth() - 80)
        self.adjustSize()
        self.place()
        self.show()
        self.raise_()
        self._timer.start(_STAYS_FAILED if failed else _STAYS)
        announce(self, text)

    def place(self) -> None:
        """Stay in the corner where lines end."""
        area = self._around.rect()
        left = self.layoutDirection().name == "RightToLeft"
        self.move(24 if left else area.width() - self.width() - 24, area.height() - self.height() - 20)
