"""Nobody there: a question after some minutes, "I need more time" up to ten times, then start over (SAFETY I1)."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QWidget

from guide.text import Language
from ui.parts.controls import button, column, label, row

if TYPE_CHECKING:
    from PySide6.QtWidgets import QDialog

ANSWER_SECONDS, MOST_EXTENSIONS = 20, 10  # WCAG 2.2.1: at least 20 s, at least ten times
_PRESSES = {QEvent.Type.KeyPress, QEvent.Type.MouseButtonPress, QEvent.Type.TouchBegin}
_INPUT = {*_PRESSES, QEvent.Type.MouseMove, QEvent.Type.Wheel}


class Idle(QObject):
    """Counts the minutes without input in this program."""

    def __init__(
        self, window: QWidget, minutes: int, reset: Callable[[], None], is_at_start: Callable[[], bool],
        hide_now: Callable[[], None],
    ) -> None:  # fmt: skip
        """Take the window, the minutes, what to do at the end, whether there is anything to put away, and hide now."""
        super().__init__(window)
        self._window, self._reset, self._is_at_start, self._hide_now = window, reset, is_at_start, hide_now
        self._extensions = 0
        self._dialog: QDialog | None = None
        self._ = Language("en")
        self._timer = QTimer(self, singleShot=True, interval=minutes * 60_000)
        self._timer.timeout.connect(self.ask)
        self._patience = QTimer(self, singleShot=True, interval=ANSWER_SECONDS * 1000)
        self._patience.timeout.connect(self._give_up)
        self._timer.start()

    def speak(self, _: Language) -> None:
        """Ask in another language from now on."""
        self._ = _

    def begin(self) -> None:
        """Start a visit: whoever comes next may ask for more time as often as the one before."""
        self._extensions = 0
        self._close()

    def set_minutes(self, minutes: int) -> None:
        """Wait ``minutes`` from now on."""
        self._timer.setInterval(minutes * 60_000)
        self._timer.start()

    def eventFilter(self, _: QObject, event: QEvent) -> bool:
        """Begin to count anew with every input; take none away. A press says that somebody is really there."""
        if event.type() in _INPUT and self._dialog is None:
            self._timer.start()
            if event.type() in _PRESSES:
                self._extensions = 0
        return False

    def ask(self) -> None:
        """Ask whether somebody is still there; without an answer in 20 s, start over."""
        if self._is_at_start():
            self._timer.start()
            return
        if self._extensions >= MOST_EXTENSIONS:
            self._give_up()
            return
        from PySide6.QtCore import Qt
        from PySide6.QtWidgets import QDialog

        from ui.dialogs import fit

        _ = self._
        self._dialog = QDialog(self._window, Qt.WindowType.Dialog | Qt.WindowType.WindowTitleHint)
        self._dialog.setWindowTitle(" ")
        self._dialog.setLayoutDirection(self._window.layoutDirection())
        hide = button(_("Hide now"), self._hide_now, "eye-off", "hide")
        more = button(_("I need more time"), self._extend, "clock", "primary")
        over = button(_("Start over"), self._give_up, "rotate-ccw")
        explain = label(_("The screen starts over in {n} seconds, so that it is private for the next person.",
                          n=ANSWER_SECONDS))  # fmt: skip
        head = row(None, label(_("Still there?"), "title", wrap=False), -1, hide)
        column(self._dialog, head, explain, more, over, gap=12, margin=24)
        more.setDefault(True)
        self._dialog.rejected.connect(self._extend)
        self._patience.start()
        more.setFocus()
        fit(self._dialog)
        self._dialog.open()

    def _extend(self) -> None:
        self._extensions += 1
        self._close()

    def _give_up(self) -> None:
        self._extensions = 0
        self._close()
        self._reset()

    def _close(self) -> None:
        self._patience.stop()
        if (dialog := self._dialog) is not None:
            self._dialog = None
            dialog.blockSignals(True)
            dialog.close()
            dialog.deleteLater()
        self._timer.start()
