"""One printing, from the question to the paper: printers listed, pages sent, watched until they are out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from guide.app import Guide
from guide.errors import GuideError, PrinterError
from guide.records import JobLook, JobState, Paper, Printer, PrinterState, PrintJob, PrintOrder
from guide.text import Language
from ui.jobs import Jobs
from ui.messages import sentence
from ui.parts.print_dialog import PrintDialog
from ui.sent_pages import SentPages

_LOOK_EVERY, _LOOKS = 1000, 180  # ms; then somebody has long gone to the printer
_TROUBLED = (PrinterState.NO_PAPER, PrinterState.OFFLINE, PrinterState.TROUBLE, PrinterState.PAUSED)


@dataclass(frozen=True)
class Way:
    """How this PC prints: what lists printers, and what sends. Neither runs in the window's own thread."""

    printers: Callable[[], tuple[Printer, ...]]
    send: Callable[[bytes, PrintOrder, Callable[[], bool]], PrintJob]


class PrintRun:
    """Asks, sends and watches. When the visit is over nothing is shown or asked any more."""

    def __init__(
        self, window: QWidget, guide: Guide, jobs: Jobs, way: Way, paper: Paper, size: str, _: Language,
        sent: SentPages, fail: Callable[[GuideError], None], hide_now: Callable[[], None],
        *, staff: bool = False,
    ) -> None:  # fmt: skip
        """Take the window that asks, what prints, and the paper; open the dialog and look for printers."""
        self._guide, self._jobs, self._way, self._paper, self._ = guide, jobs, way, paper, _
        self._sent, self._fail, self._looks = sent, fail, 0
        self.when_sent: Callable[[], object] = lambda: None
        self._job: PrintJob | None = None
        self._staff = staff
        self._order = PrintOrder("", paper=size, sides=paper.sides)
        self.dialog = PrintDialog(window, _, paper, self._send, self._take_back, hide_now)
        self._tick = QTimer(self.dialog, singleShot=True, interval=_LOOK_EVERY)
        self._tick.timeout.connect(self._look)
        self.dialog.open()
        self._ask(self._find, self._found)

    def _ask(self, task: Callable[[], object], done: Callable[..., None]) -> None:
        """Ask beside the window's work; nothing of the answer is heard when the visit is over."""
        over = self._sent

        def still(then: Callable[..., None]) -> Callable[..., None]:
            return lambda answer: None if over.stopped else then(answer)

        self._jobs.aside(task, still(done), still(self._failed))

    # --- printers -----------------------------------------------------------------------------------
    def _find(self) -> tuple[tuple[Printer, ...], int]:
        return self._way.printers(), self._guide.press.count(self._paper.to_print)

    def _found(self, found: tuple[Sequence[Printer], int]) -> None:
        printers, sides = found
        fixed = self._guide.settings.printer
        # Staff may print to a file, visitors never: a dialog would open, or a file would stay (P4, I3).
        on_paper = [p for p in printers if self._staff or not p.to_file]
        offered = [p for p in on_paper if p.name == fixed] if fixed else on_paper
        if not offered:
            reason = "gone" if fixed else "none"
            self._failed(PrinterError("No printer was found.", reason=reason, printer=fixed))
            return
        self.dialog.offer(offered, sides)

    # --- sending ------------------------------------------------------------------------------------
    def _send(self, printer: str, copies: int, pages: str, sides: str) -> None:
        try:
            ranges = self._guide.press.pages(pages, self._paper.pages)
        except GuideError:
            self.dialog.pages_wrong()
            return
        order = replace(self._order, printer=printer, copies=copies, pages=ranges, sides=sides)
        sent, pdf = self._sent, self._paper.to_print

        def go() -> PrintJob:
            job = self._way.send(pdf, order, lambda: sent.stopped)
            sent.add(job)  # at once, in this lane: a hide now that comes meanwhile waits behind it
            return job

        self.dialog.sending()
        self._ask(go, self._gone_out)

    def _gone_out(self, job: PrintJob) -> None:
        self._job, self._looks = job, 0
        self.dialog.sent()
        self.when_sent()
        if job.number:
            self._look()

    # --- watching -----------------------------------------------------------------------------------
    def _look(self) -> None:
        job = self._job
        if job is not None and not self._sent.stopped and self._looks < _LOOKS:
            self._looks += 1
            self._ask(lambda: self._guide.press.look(job), lambda look: self._seen(job, look))

    def _seen(self, job: PrintJob, look: JobLook) -> None:
        if job is not self._job:
            return
        if look.state is JobState.DONE:
            self._sent.out(job)
            self._job = None
            self.dialog.sent()
        elif look.state is JobState.FAILED:
            self._job = None
            self._drop(job)
            self._failed(PrinterError("The printer gave the pages up.", reason="failed", printer=job.printer))
        else:
            if look.printer in _TROUBLED:
                self.dialog.waits(sentence(PrinterError(reason=look.printer.value, printer=job.printer), self._))
            else:
                self.dialog.sent()
            self._tick.start()

    def _take_back(self) -> None:
        """Take the pages out of the queue again, as the person at the PC wishes."""
        job, self._job = self._job, None
        if job is not None:
            self._ask(lambda: self._drop_now(job), lambda done: self.dialog.taken_back(done=done))

    def _drop(self, job: PrintJob) -> None:
        # Pages the printer gave up stay in some queues: nobody must find them there later.
        self._ask(lambda: self._drop_now(job), lambda _done: None)

    def _drop_now(self, job: PrintJob) -> bool:
        done = self._guide.press.cancel(job)
        if done:
            self._sent.forget(job)
        return done

    def _failed(self, error: GuideError) -> None:
        """Say what is wrong, in the dialog or, where it was closed, below the page; the sheet stays as it is."""
        if self._job is not None:  # a look that got no answer says nothing of the pages
            self._tick.start()
            return
        if self.dialog.isVisible():
            self.dialog.failed(sentence(error, self._))
        else:
            self._fail(error)
