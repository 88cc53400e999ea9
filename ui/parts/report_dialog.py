"""Something wrong with an entry? Reasons to tick, no text to type; nothing about who ticked them is kept (N1, N2)."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QDialog, QWidget

from guide.check_words import REASONS
from guide.records.checking import Reason
from guide.text import Language
from ui.dialogs import fit
from ui.parts.controls import button, column, label, row
from ui.parts.flow import Flow
from ui.parts.ticked import ticked


class ReportDialog(QDialog):
    """``told`` is called with what was ticked; closing it tells nothing."""

    def __init__(
        self, parent: QWidget, _: Language, told: Callable[[Sequence[Reason]], None], hide_now: Callable[[], None]
    ) -> None:
        """Take what keeps the reasons."""
        super().__init__(parent)
        self.setWindowTitle(" ")
        self.setLayoutDirection(parent.layoutDirection())
        self._told = told
        hide = button(_("Hide now"), hide_now, "eye-off", "hide")
        pairs = {reason: ticked(_(words)) for reason, words in REASONS.items()}
        self.ticks = {reason: tick for reason, (tick, _whole) in pairs.items()}
        self.send = button(_("Tell staff"), self._send, "check", "primary")
        self.send.setEnabled(False)
        for tick in self.ticks.values():
            tick.toggled.connect(self._ticked)
        column(
            self, row(None, label(_("Something wrong?"), "title", wrap=False), -1, hide),
            label(_("Tick what you found. Staff will look into it.")), *(whole for _tick, whole in pairs.values()),
            label(_("Only the entry, what you tick and the month are kept. Nothing about you."), "second"),
            Flow([self.send, button(_("Not now"), self.reject)], 8), gap=8, margin=24,
        )  # fmt: skip
        self.setMinimumWidth(480)
        self.setTabOrder(hide, next(iter(self.ticks.values())))
        fit(self)

    @property
    def reasons(self) -> tuple[Reason, ...]:
        """Return what is ticked."""
        return tuple(reason for reason, tick in self.ticks.items() if tick.isChecked())

    def _ticked(self) -> None:
        self.send.setEnabled(bool(self.reasons))

    def _send(self) -> None:
        self._told(self.reasons)
        self.accept()
