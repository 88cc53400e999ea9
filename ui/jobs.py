"""The only file that knows threads: a lane to read, where the latest question wins, and lanes to work, print, look afar."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from guide.errors import GuideError
from guide.records import Progress, Step

if TYPE_CHECKING:
    import queue

Done = Callable[[Any], None]
Failed = Callable[[GuideError], None]
Watch = Callable[[Step], None]


def no_interrupt() -> None:
    """Stop nothing: for a read lane whose questions are short."""


_PATIENCE = 2.0  # seconds the end waits for a look at a share that does not answer


class Jobs(QObject):
    """Lanes of background work. Answers come back in the window's own thread."""

    _arrived = Signal(object)

    def __init__(self, interrupt: Callable[[], None] = no_interrupt) -> None:
        """Take what stops a running read when a newer question comes."""
        super().__init__()
        self._interrupt = interrupt
        self._newest = 0
        self._pending = 0
        self._stopped = False
        self._lanes: dict[str, queue.SimpleQueue[Callable[[], None] | None]] = {}
        self._threads: list[threading.Thread] = []

    def read(self, ask: Callable[[], Any], done: Done, failed: Failed) -> None:
        """Ask in the read lane; only the newest question's answer is delivered."""
        self._newest += 1
        number = self._newest

        def fresh() -> bool:
            return number == self._newest

        def run() -> None:
            self._answer(ask if fresh() else None, done, failed, fresh)

        self._interrupt()
        self._put("read", run)

    def work(self, task: Callable[[Progress], Any], done: Done, failed: Failed, progress: Watch | None = None) -> None:
        """Run ``task`` in the work lane, after what is there already; ``progress`` is told each step."""

        def tell(step: Step) -> None:
            if progress is not None:
                self._arrived.emit(lambda: progress(step))

        self._put("work", lambda: self._answer(lambda: task(tell), done, failed, lambda: True))

    def aside(self, task: Callable[[], Any], done: Done, failed: Failed) -> None:
        """Run ``task`` in the printers' lane: it may wait for another machine, and nothing of ours waits with it."""
        self._put("aside", lambda: self._answer(task, done, failed, lambda: True))

    def afar(self, task: Callable[[Progress], Any], done: Done, failed: Failed, progress: Watch | None = None) -> None:
        """Run ``task`` where it keeps nobody waiting: a share or server may take a minute to say that it is gone."""

        def tell(step: Step) -> None:
            if progress is not None:
                self._arrived.emit(lambda: progress(step))

        self._put("afar", lambda: self._answer(lambda: task(tell), done, failed, lambda: not self._stopped))

    @property
    def busy(self) -> bool:
        """True while an answer is still to come."""
        return self._pending > 0

    def stop(self) -> None:
        """End every lane after what runs now, and wait for them; what is asked later is not begun."""
        self._stopped = True
        self._newest += 1
        for lane in self._lanes.values():
            lane.put(None)
        for thread in self._threads:
            thread.join(_PATIENCE if thread.daemon else None)
        self._lanes.clear()
        self._threads.clear()

    def _put(self, name: str, run: Callable[[], None]) -> None:
        if self._stopped:
            return
        if not self._threads:
            from PySide6.QtCore import Qt

            self._arrived.connect(self._deliver, Qt.ConnectionType.QueuedConnection)
        if name not in self._lanes:
            import queue

            lane: queue.SimpleQueue[Callable[[], None] | None] = queue.SimpleQueue()
            self._lanes[name] = lane
            thread = threading.Thread(target=_lane, args=(lane,), name=f"guide-{name}", daemon=name == "afar")
            self._threads.append(thread)
            thread.start()
        self._pending += 1
        self._lanes[name].put(run)

    def _answer(self, ask: Callable[[], Any] | None, done: Done, failed: Failed, wanted: Callable[[], bool]) -> None:
        """Run in a lane: ask, and send what to do with the answer to the window's thread."""
        then: Callable[[], None] = _nothing
        if ask is not None:
            try:
                answer = ask()
                then = lambda: done(answer) if wanted() else None  # noqa: E731
            except GuideError as error:
                failure = error
                then = lambda: failed(failure) if wanted() else None  # noqa: E731
            except BaseException:  # noqa: BLE001 - our bug: raised again where the crash path sees it
                bug = sys.exc_info()
                then = lambda: sys.excepthook(*bug) if wanted() else None  # noqa: E731
        self._arrived.emit(lambda: self._finish(then))

    def _finish(self, then: Callable[[], None]) -> None:
        self._pending -= 1
        then()

    def _deliver(self, then: Callable[[], None]) -> None:
        then()


def _nothing() -> None:
    pass


def _lane(lane: queue.SimpleQueue[Callable[[], None] | None]) -> None:
    while (run := lane.get()) is not None:
        run()
        del run  # else a lane that waits would hold the last question, though its visit is over (SAFETY N1)
