"""Waits for a window's first paint, so that nothing heavy begins before a person sees it; then one thing at a time."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QWidget

from guide.records import Question
from ui import fonts
from ui.qt_numbers import load_names
from ui.rooms import load_results

if TYPE_CHECKING:
    from ui.main_window import MainWindow

_BREATH = 30  # ms: let the paint reach the screen
_PAUSE = 5  # ms: timers of none at all follow each other before a key gets its turn (measured)


class FirstPaint(QObject):
    """Calls ``at_once`` when ``window`` is painted first, and each of ``then`` after it in a turn of its own.

    A zero timer would come before the paint; all in one turn would be a tenth of a second without an answer to keys.
    """

    def __init__(self, window: QWidget, at_once: Callable[[], None], then: Sequence[Callable[[], object]]) -> None:
        """Take the window to watch, what belongs to the first frame, and what comes next in order."""
        super().__init__(window)
        self._at_once, self._then = at_once, list(then)
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Watch for the paint; take nothing away."""
        if event.type() == QEvent.Type.Paint:
            watched.removeEventFilter(self)
            self._at_once()
            QTimer.singleShot(_BREATH, self, self._next)
        return False

    def _next(self) -> None:
        self._then.pop(0)()
        if self._then:
            QTimer.singleShot(_PAUSE, self, self._next)


def steps(window: MainWindow) -> tuple[Callable[[], object], ...]:
    """Return what is made after the first frame, in its order.

    The index is opened when the window has made everything: in a lane of its own, but two threads of Python hold each
    other up, and a turn of 15 ms would take 70.
    """

    def page() -> None:
        window.rooms.page("results")

    def no_dumps() -> None:
        from ui.no_dumps import forbid_dumps

        forbid_dumps()

    def name() -> None:
        from ui.house_name import name_window

        if not window.over.covers:
            name_window(window, window.guide.settings)

    def shared_folder() -> None:
        if window.guide.settings.drop_folder:  # drives are looked at when staff come
            window.rooms.sources.follow()

    def first() -> None:
        guide = window.guide
        found = guide.first_bundle()
        if found is not None:  # one that cannot be taken by itself is for staff to look at
            window.jobs.work(
                lambda _p: guide.apply_update(found, by="installer"),
                lambda _done: window.catalog_changed(),
                lambda _error: window.offer_bundle(found),
            )

    def index() -> None:
        if window.rooms.here == "home":  # else a person has asked already, and theirs is the question that counts
            window.jobs.read(lambda: window.guide.search(Question()), lambda _a: fonts.load_every_font(), _nothing)

    early = (
        no_dumps,
        load_names,
        window.over.ready,
        name,
        window.finding.listen,
        window.looks.listen,
        window.ask_standing,
    )
    return (*early, load_results, page, shared_folder, index, first, window.phones.look)


def _nothing(_: object) -> None:
    """The index could not be opened: whoever searches is told."""
