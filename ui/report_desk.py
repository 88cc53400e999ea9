"""Asks what is wrong with an entry, and keeps it for staff."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from guide.records.checking import Reason

if TYPE_CHECKING:
    from ui.main_window import MainWindow


def ask_what_is_wrong(window: MainWindow, service: str) -> None:
    """Open the dialog for ``service``; what is ticked is kept in a job."""
    from PySide6.QtCore import Qt

    from ui.parts.report_dialog import ReportDialog

    _, audience, checks = window._, window.audience, window.guide.checks

    def told(reasons: Sequence[Reason]) -> None:
        thanks = _("Thank you. Staff will look into it.")
        window.rooms.jobs.work(
            lambda _p: checks.report(service, reasons, audience), lambda _done: window.say(thanks), window.fail
        )

    made = ReportDialog(window, _, told, window.hide_now)
    made.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    made.open()
