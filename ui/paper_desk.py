"""From my sheet to the printer or (staff) to a file: the steps around a finished PDF."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QDialog, QWidget

from guide.app import Guide
from guide.errors import GuideError, NoAccessError
from guide.records import PagePicture, Paper
from guide.text import Language
from ui.dialogs import name_file
from ui.jobs import Jobs
from ui.parts.print_dialog import PrintDialog
from ui.printing import print_pictures, printers


class PaperDesk:
    """Prints and saves. Nothing of a sheet is written to this PC unless staff choose a file (N1)."""

    def __init__(
        self, window: QWidget, guide: Guide, jobs: Jobs, say: Callable[[str], None],
        failed: Callable[[GuideError], None], hide_now: Callable[[], None],
    ) -> None:  # fmt: skip
        """Take the window that asks, the guide, and what tells a person how it went."""
        self._window, self._guide, self._jobs = window, guide, jobs
        self._say, self._failed, self._hide_now = say, failed, hide_now
        self.list_printers = printers
        self.dialog: QDialog | None = None

    def print_sheet(self, paper: Paper, _: Language) -> None:
        """Ask for a printer and print ``paper``."""
        found = self.list_printers()
        if not found:
            self._say(_("No printer was found on this computer. Ask staff."))
            return
        self.dialog = PrintDialog(
            self._window, _, found, paper.pages, lambda name, copies: self._send(paper, name, copies, _), self._hide_now
        )
        self.dialog.open()

    def save(self, paper: Paper, _: Language) -> None:
        """Let staff choose a file and write the PDF there."""
        self.dialog = name_file(self._window, _("Save as PDF"), "sheet.pdf", lambda path: self.save_to(paper, path, _))

    def save_to(self, paper: Paper, path: Path, _: Language) -> None:
        """Write the PDF to ``path``."""
        try:
            path.write_bytes(paper.pdf)
        except OSError:
            self._failed(NoAccessError(path=str(path)))
            return
        self._say(_("Saved as {name}.", name=path.name))

    def _send(self, paper: Paper, printer: str, copies: int, _: Language) -> None:
        done = _("Sent to the printer. Take your paper from it.")
        if self._guide.can_send_pdf():
            self._jobs.work(
                lambda _p: self._guide.print_pdf(paper.pdf, printer, copies), lambda _d: self._say(done), self._failed
            )
        else:
            self._jobs.work(
                lambda _p: self._guide.pages_for_raster(paper.pdf),
                lambda pages: self._draw(pages, printer, copies, done),
                self._failed,
            )

    def _draw(self, pages: list[PagePicture], printer: str, copies: int, done: str) -> None:
        try:
            print_pictures(pages, printer, self._guide.settings.paper, copies)
        except GuideError as error:
            self._failed(error)
            return
        self._say(done)
