"""Hide now: a plain clock over everything, at once; behind it the visit is put away (SAFETY Q1 to Q5)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QMimeData, Qt, QTimer, Signal
from PySide6.QtGui import QIcon, QPixmap, QResizeEvent
from PySide6.QtWidgets import QFrame, QMainWindow, QPlainTextEdit, QWidget

from guide.text import Language
from ui import icons, style
from ui.dialogs import put_away
from ui.looks import House
from ui.parts.clock_face import ClockFace, Month
from ui.parts.controls import button, card, column, label, off_the_icon, row
from ui.qt_numbers import LEFT_TO_RIGHT, RIGHT_TO_LEFT, set_number
from ui.themes import LIGHT

NEUTRAL_TITLE, NEUTRAL_ICON = "Clock", "clock"


class Notes(QPlainTextEdit):
    """A sheet to scribble on. It is kept nowhere, and takes in no file that is dropped on it."""

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        """Take words, never a file."""
        return source.hasText() and not source.hasUrls()


class Cover(QFrame):
    """Looks like a small clock-and-notes program; nothing on it tells what lies behind.

    It keeps to the house's own language, text size and colours, whatever the visit chose: those would be a trace.
    """

    returned = Signal()

    def __init__(self, window: QMainWindow, reset: Callable[[], None], now: Callable[[], datetime]) -> None:
        """Take the window to cover, what puts the visit away, and the local clock."""
        super().__init__(window)
        self.setObjectName("ground")
        self.setAutoFillBackground(True)
        self._window, self._reset, self._now = window, reset, now
        self._title, self._icon, self._widest = "", QIcon(), 0
        self._face, self._month = ClockFace(), Month()
        self._time, self._day, self._told = (label("", kind, wrap=False) for kind in ("count", "second", "second"))
        for one in (self._time, self._day):
            one.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._notes, self._head = Notes(), label("", "heading", wrap=False)
        self._notes.setTabChangesFocus(True)
        self._notes.setFrameShape(QFrame.Shape.NoFrame)
        self._clear = button("", self._notes.clear)
        self._back = button("", self.uncover)
        pad, self._clock = card(), QWidget()
        column(pad, row(None, self._head, -1, self._clear, self._back), self._notes, gap=8, margin=14).setStretch(1, 1)
        column(self._clock, 4, self._face, 10, self._time, self._day, 18, self._month, -1, gap=2)
        column(self, row(None, self._clock, pad, gap=28), self._told, gap=10, margin=28)
        self._tick = QTimer(self, interval=1000)
        self._tick.timeout.connect(self._show_time)
        self.speak(House(Language("en"), style.Scale(), style.now()))
        self.hide()

    def speak(self, house: House) -> None:
        """Use the house's language, text size and colours for the little there is to read."""
        self._ = _ = house.speech
        worn = style.now()
        style.wear(house.theme)
        self.setPalette(style.palette())
        self.setStyleSheet(style.sheet(house.scale, turned=_.right_to_left))
        style.wear(worn)
        set_number(self, "layoutDirection", RIGHT_TO_LEFT if _.right_to_left else LEFT_TO_RIGHT)
        for pressed, icon in ((self._back, "folder-open"), (self._clear, "trash-2")):
            pressed.setIcon(icons.icon(icon, house.theme.ink))
        self._widest = house.scale.px(236)
        self._clock.setFixedWidth(self._widest)
        self._head.setText(_("Notes"))
        self._notes.setAccessibleName(_("Notes"))
        for pressed, text in ((self._back, _("Open")), (self._clear, _("Clear"))):
            pressed.setText(off_the_icon(text))
            pressed.setAccessibleName(text)
        self._show_time()

    @property
    def covers(self) -> bool:
        """True while the cover is up."""
        return self.isVisibleTo(self._window)

    def ready(self) -> None:
        """Draw it once where nobody sees it, so that the first time takes no longer than the next (Q4)."""
        self._place()
        self.ensurePolished()
        self.render(QPixmap(1, 1))

    def hide_now(self) -> None:
        """Cover first, in this very frame; put the visit away after it is painted. No question, no animation."""
        if self.covers:
            return
        self._title, self._icon = self._window.windowTitle(), self._window.windowIcon()
        self._window.setWindowTitle(NEUTRAL_TITLE)
        self._window.setWindowIcon(icons.icon(NEUTRAL_ICON, LIGHT.ink))
        self._notes.setPlainText("")
        self._show_time()
        self._place()
        self.show()
        self.raise_()
        put_away()
        self._notes.setFocus()
        self.repaint()
        self.stay()
        self._tick.start()
        QTimer.singleShot(0, self, self._reset)

    def tell(self, text: str) -> None:
        """Say something that tells nothing of what lies behind; it goes when the cover goes."""
        if self.covers:
            self._told.setText(text)

    def stay(self) -> None:
        """Lie over all that was made meanwhile, and keep it from the Tab key and from screen readers."""
        self.raise_()
        for part in self._window.children():
            if isinstance(part, QWidget) and part is not self and not part.isWindow():
                part.hide()

    def uncover(self) -> None:
        """Come back: at the start page, never at the last entry."""
        self._tick.stop()
        self._notes.setPlainText("")
        self._told.clear()
        self._window.setWindowTitle(self._title)
        self._window.setWindowIcon(self._icon)
        self._window.centralWidget().show()
        self.hide()
        self.returned.emit()

    def follow(self) -> None:
        """Keep covering the whole window when its size changes."""
        self._place()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Stay on top of what was laid out anew; in a narrow window the notes are enough."""
        super().resizeEvent(event)
        wide = min(self._widest, self.width() * 2 // 5)
        self._clock.setFixedWidth(wide)
        self._clock.setVisible(wide > self._widest * 2 // 3)
        column_of = (self._face, self._time, self._day, self._month)
        self._month.setVisible(self.height() > sum(part.sizeHint().height() for part in column_of) + 96)
        self.raise_()

    def _place(self) -> None:
        self.setGeometry(self._window.rect())

    def _show_time(self) -> None:
        now = self._now()
        self._time.setText(self._.time(now.time()))
        self._day.setText(self._.date(now.date()))
        self._face.show_time(now.time())
        self._month.show_day(now, self._.code)
