"""Shown while long work runs: what is done, how far it is, and where it can be stopped."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QProgressBar, QWidget

from guide.records import Step
from guide.text import Language, mark
from ui.announce import announce
from ui.parts.controls import button, column, label, row

_ = mark
STEPS = {
    "ask": _("Asking the update server"),
    "fetch": _("Fetching what is new"),
    "join": _("Putting it together"),
    "open": _("Opening the file"),
    "verify": _("Checking who signed it"),
    "check": _("Checking that it is whole"),
    "compare": _("Comparing it with this guide"),
    "index": _("Making it ready for search"),
    "activate": _("Putting it in place"),
    "remember": _("Done"),
    "write": _("Writing the copy"),
    "read": _("Reading it back"),
}


class Working(QWidget):
    """A heading, a bar and the name of the step."""

    def __init__(self, _: Language, text: str, stop: Callable[[], None] | None = None) -> None:
        """Take the heading, and what stops the work where it can be stopped."""
        super().__init__()
        self._ = _
        self._bar, self._step = QProgressBar(), label("", "second")
        self._bar.setRange(0, 0)
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName(text)
        box = column(self, label(text, "heading"), self._bar, self._step)
        if stop is not None:
            box.addLayout(row(None, button(_("Stop"), stop, "x"), -1))
        box.addStretch(1)

    def tell(self, step: Step) -> None:
        """Show a step. Qt counts in 32 bits, so large work is shown in thousandths."""
        said = self._(STEPS[step.name]) if step.name in STEPS else ""
        if said != self._step.text():
            self._step.setText(said)
            announce(self, said)
        self._bar.setRange(0, 1000 if step.total else 0)
        self._bar.setValue(min(1000, step.done * 1000 // step.total) if step.total else 0)
