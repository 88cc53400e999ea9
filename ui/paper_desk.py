"""From my sheet to the printer or (staff) to a file: what surrounds a finished PDF."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from guide.app import Guide
from guide.errors import ForbiddenError, GuideError, NoAccessError
from guide.text import Language
from ui.jobs import Jobs
from ui.sent_pages import SentPages

if TYPE_CHECKING:
    from PySide6.QtWidgets import QDialog, QWidget

    from guide.records import Paper, Preview, Printer, PrintJob, PrintOrder
    from ui.print_run import Way


class PaperDesk:
    """Prints and saves. Nothing of a sheet is written to this PC unless staff choose a file (N1)."""

    def __init__(
        self, window: QWidget, guide: Guide, jobs: Jobs, say: Callable[[str], None],
        failed: Callable[[GuideError], None], hide_now: Callable[[], None], is_staff: Callable[[], bool],
    ) -> None:  # fmt: skip
        """Take the window that asks, the guide, what tells a person how it went, and whether staff are there."""
        self._window, self._guide, self._jobs, self._is_staff = window, guide, jobs, is_staff
        self._say, self._failed, self._hide_now = say, failed, hide_now
        self._sent = SentPages()
        self.dialog: QDialog | None = None

    @cached_property
    def way(self) -> Way:
        """Return how this PC prints."""
        from ui.print_run import Way

        return Way(self._printers, self._send)

    def print_sheet(self, paper: Paper, size: str, _: Language, services: Sequence[str] = ()) -> None:
        """Ask for a printer and print ``paper``, which is ``size``: letter or a4; ``services`` stand on it."""
        if not self._may("print"):
            return
        from ui.print_run import PrintRun

        run = PrintRun(
            self._window,
            self._guide,
            self._jobs,
            self.way,
            paper,
            size,
            _,
            self._sent,
            self._failed,
            self._hide_now,
            staff=self._is_staff(),
        )
        run.when_sent = lambda: self._jobs.work(
            lambda _p: self._guide.counts.printed(services), lambda _done: None, self._failed
        )
        self.dialog = run.dialog

    def begin(self) -> None:
        """Forget what the last visit sent: the next one's hide now must leave it alone."""
        self._sent.stopped = True
        self._sent = SentPages()

    def take_back(self, tell: Callable[[str], None], _: Language) -> None:
        """Take this visit's pages out of the queues; ``tell`` when some can no longer be stopped (Q7)."""
        sent, cancel = self._sent, self._guide.press.cancel
        self.begin()

        def told(all_back: object) -> None:
            if all_back is not True:
                tell(_("A document may still come out of the printer."))

        self._jobs.aside(lambda: sent.take_back(cancel), told, told)

    def print_changes(self, preview: Preview, _: Language) -> None:
        """Put the changes of an update on paper for the team; where there is no printer, let staff save them."""
        to_printer = lambda paper: self.print_for_team(paper, _, "changes.pdf")  # noqa: E731
        self._jobs.work(lambda _p: self._guide.paper.changes(preview, _.code), to_printer, self._failed)

    def print_page(self, make: Callable[[], Paper], _: Language) -> None:
        """Put one of staff's own pages on paper."""
        size = self._guide.settings.paper
        self._jobs.work(lambda _p: make(), lambda paper: self.print_sheet(paper, size, _), self._failed)

    def code_printer(self, _: Language) -> Callable[[str], None]:
        """Return what puts a recovery code on paper."""
        return lambda code: self.print_page(lambda: self._guide.paper.recovery_sheet(code, _.code), _)

    def print_setup(self, _: Language) -> None:
        """Put the page to tick off while a PC is set up on paper (SAFETY I4)."""
        self.print_page(lambda: self._guide.paper.setup_sheet(_.code), _)

    def print_for_team(self, paper: Paper, _: Language, name: str) -> None:
        """Print a paper of the team's; where there is no printer, let staff save it as ``name``."""
        size = self._guide.settings.paper
        self._jobs.aside(
            self.way.printers,
            lambda found: self.print_sheet(paper, size, _) if found else self.save(paper, _, name),
            self._failed,
        )

    def save(self, paper: Paper, _: Language, name: str = "sheet.pdf") -> None:
        """Let staff choose a file and write the PDF there."""
        if not self._may("save_pdf"):
            return
        from ui.dialogs import name_file

        self.dialog = name_file(self._window, _("Save as PDF"), name, lambda path: self.save_to(paper, path, _))

    def save_to(self, paper: Paper, path: Path, _: Language) -> None:
        """Write the PDF to ``path``."""
        try:
            path.write_bytes(paper.pdf)
        except OSError:
            self._failed(NoAccessError(path=str(path)))
            return
        self._say(_("Saved as {name}.", name=path.name))

    def _may(self, function: str) -> bool:
        """Say whether this PC's policy lets it; where not, say so to who asks."""
        if not self._guide.settings.may(function):
            self._failed(ForbiddenError(function=function))
        return self._guide.settings.may(function)

    # --- how this PC prints ---------------------------------------------------------------------------
    def _printers(self) -> tuple[Printer, ...]:
        from ui.printing import printers

        return self._guide.press.printers() if self._guide.press.takes_pdf() else printers()

    def _send(self, pdf: bytes, order: PrintOrder, stopped: Callable[[], bool]) -> PrintJob:
        if self._guide.press.takes_pdf():
            return self._guide.press.send(pdf, order, stopped)
        from guide.records import PrintJob
        from ui.printing import print_pictures

        print_pictures(self._guide.press.pictures(pdf, order), order, stopped)
        return PrintJob(order.printer)
