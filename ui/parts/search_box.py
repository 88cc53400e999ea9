"""The search box: what is typed, and the keys that lead from it to the results and back."""

from __future__ import annotations

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent

from guide.text import Language
from ui import icons, style
from ui.parts.clearable import Clearable

_PAUSE = 60  # ms after the first letter: a fast typist's letters are asked together


class SearchBox(Clearable):
    """Emits ``typed`` with what to search for, and ``onward`` when the person goes down to the results.

    Down and Enter go to the results, Esc empties the box.
    """

    typed = Signal(str)
    onward = Signal()

    def __init__(self, _: Language, scale: style.Scale) -> None:
        """Begin empty."""
        super().__init__(_("Clear the search"))
        self._asked = ""
        self.setObjectName("search")
        self.setPlaceholderText(_("What do you need? Try “shelter”, “abogado”, “988”"))
        self.setAccessibleName(_("Search"))
        self._side = scale.px(19)
        self._picture = icons.icon("search", style.now().brand).pixmap(self._side, self._side)
        self.keep_free(self._side + 6)
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE)
        self._pause.timeout.connect(self._emit)
        self.textChanged.connect(self._changed)  # not textEdited: screen readers and dictation set the text as a whole

    def set_words(self, words: str) -> None:
        """Show ``words`` in the box without asking."""
        self._asked = words
        self._pause.stop()
        self.setText(words)

    def again(self) -> None:
        """Take the keys again, what was typed marked: the next letter begins anew."""
        self.setFocus()
        self.selectAll()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the box and, before its words, a glass to look through: a picture, nothing to press."""
        super().paintEvent(event)
        painter = QPainter(self)
        left = self.width() - self._side - 11 if self.isRightToLeft() else 11
        painter.drawPixmap(left, (self.height() - self._side) // 2, self._side, self._side, self._picture)
        painter.end()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go down to the results with Down or Enter; empty the box with Esc."""
        from PySide6.QtCore import Qt

        if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._emit()
            if self.text().strip():
                self.onward.emit()
        elif event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
        else:
            super().keyPressEvent(event)

    def _changed(self, text: str) -> None:
        """Ask at once for the first letter, after a short pause for those that follow; never twice the same."""
        if text == self._asked:
            self._pause.stop()
        elif not self._asked or not text:
            self._emit()
        else:
            self._pause.start()

    def _emit(self) -> None:
        self._pause.stop()
        words = self.text()
        if words != self._asked:
            self._asked = words
            self.typed.emit(words)
