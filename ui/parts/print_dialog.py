"""Asks which printer and how; says how many pages it will be, how it went, and what to mind (SAFETY P4, P5)."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QCheckBox, QComboBox, QDialog, QFrame, QLineEdit, QSpinBox, QWidget

from guide.records import Paper, Printer, PrinterState
from guide.text import Language, mark
from ui.dialogs import fit
from ui.parts.captions import captions
from ui.parts.controls import button, column, label, row
from ui.parts.flow import Flow

_ = mark
_STATES = {
    PrinterState.READY: "",
    PrinterState.UNKNOWN: "",
    PrinterState.BUSY: _("printing something else"),
    PrinterState.PAUSED: _("paused"),
    PrinterState.REJECTING: _("takes no pages"),
    PrinterState.NO_PAPER: _("out of paper"),
    PrinterState.TROUBLE: _("needs a look"),
    PrinterState.OFFLINE: _("off or not reached"),
}
Send = Callable[[str, int, str, str], None]
Said = tuple[str, str]


class PrintDialog(QDialog):
    """Goes from looking for printers to asking, sending and the last word; a failure leads back to the question."""

    def __init__(
        self, parent: QWidget, _: Language, paper: Paper, send: Send, take_back: Callable[[], None],
        hide_now: Callable[[], None],
    ) -> None:  # fmt: skip
        """Take the paper, what prints (printer, copies, pages, sides) and what takes pages back."""
        super().__init__(parent)
        self.setWindowTitle(" ")
        self.setLayoutDirection(parent.layoutDirection())
        self._, self._paper, self._send = _, paper, send
        hide = button(_("Hide now"), hide_now, "eye-off", "hide")
        self.printer, self.copies, self.pages = QComboBox(), QSpinBox(minimum=1, maximum=50), QLineEdit()
        self.printer.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.pages.setPlaceholderText(_("all pages, or 1-3, 5"))
        self.both_sides = QCheckBox(_("Print on both sides of the paper"))
        self.both_sides.setChecked(paper.sides != "one-sided")
        self._count = label("")
        self._said, self._advice = label(_("Looking for printers…"), "name"), label("")
        # Qt sets folded lines from right to left a blank too far to the left: leave room for it there.
        for one in (self._said, self._advice):
            one.setContentsMargins(12 if _.right_to_left else 0, 0, 0, 0)
        self._form = QFrame()
        self._form.setObjectName("clear")
        asked = ((_("Printer"), self.printer), (_("Copies"), self.copies), (_("Which pages"), self.pages))
        fields = captions(asked, widest=0)
        # A booklet's pages lie in folding order: a part of them is no part of the booklet.
        several = paper.pages > 1 and not paper.printed
        for part in fields[4:]:
            part.setVisible(several)
        self.both_sides.setVisible(paper.pages > 1 or bool(paper.printed))
        caution = label(_("Take your paper from the printer at once. It may not be safe to carry it; you can learn a number"
                          " by heart or keep it elsewhere."), "second")  # fmt: skip
        column(self._form, *fields, self.both_sides, caution, gap=8)
        self._go = button(_("Print"), self._print, "printer", "primary")
        self._back = button(_("Take the pages back"), take_back, "undo-2")
        self._close = button(_("Not now"), self.reject)
        column(
            self, row(None, label(_("Print"), "title", wrap=False), -1, hide), self._count, self._said, self._advice,
            self._form, Flow([self._go, self._back, self._close], 8), gap=10, margin=24,
        )  # fmt: skip
        self.setMinimumWidth(480)
        self.setTabOrder(hide, self.printer)
        for earlier, later in ((self.printer, self.copies), (self.copies, self.pages), (self.pages, self.both_sides)):
            self.setTabOrder(earlier, later)
        self._stage(form=False)
        self._close.setFocus()

    # --- stages -------------------------------------------------------------------------------------
    def offer(self, printers: Sequence[Printer], sides: int) -> None:
        """Ask which of ``printers``; ``sides`` is the number of sides of paper that will be printed."""
        _ = self._
        for printer in printers:
            how = _STATES[printer.state]
            self.printer.addItem(f"{printer.title}: {_(how)}" if how else printer.title, printer.name)
        pages = _.count("{n} page", "{n} pages", self._paper.pages)
        if self._paper.printed:
            sheets = (sides + 1) // 2
            pages += ", " + _.count("{n} sheet of paper to fold", "{n} sheets of paper to fold", sheets)
        self._count.setText(pages)
        self._show("", "", "name")
        self._stage(form=True)
        self.printer.setFocus()

    def pages_wrong(self) -> None:
        """Say how pages are written."""
        _ = self._
        self._show(_("Write the pages like this: 1-3, 5"), "", "stop")
        self._stage(form=True)
        self.pages.setFocus()
        self.pages.selectAll()

    def sending(self) -> None:
        """Say that the pages are on their way."""
        self._show(self._("Sending the pages to the printer…"), "", "name")
        self._stage(form=False)
        self._close.setFocus()

    def sent(self) -> None:
        """Say that the printer has them, and what to mind now (P5)."""
        _ = self._
        advice = _("Take your paper from the printer. It may not be safe to carry it; you can learn the number by heart"
                   " or hide it.")  # fmt: skip
        self._show(_("Sent to the printer."), advice, "name")
        self._stage(form=False, close=_("Done"))
        self._close.setFocus()

    def waits(self, said: Said) -> None:
        """Say why the pages wait, and offer to take them back."""
        self._show(said[0], said[1], "stop")
        self._stage(form=False, back=True, close=self._("Leave them waiting"))

    def taken_back(self, *, done: bool) -> None:
        """Say whether the pages could be taken back; ask again."""
        _ = self._
        if done:
            self._show(_("The pages were taken back. Nothing will be printed."), "", "name")
        else:
            late = _("It was too late to take them back."), _("Look at the printer: a page may be there.")
            self._show(*late, "stop")
        self._stage(form=self.printer.count() > 0)

    def failed(self, said: Said) -> None:
        """Say what went wrong and ask again: the sheet is as it was."""
        self._show(said[0], said[1], "stop")
        self._stage(form=self.printer.count() > 0)
        (self._go if self._go.isVisible() else self._close).setFocus()

    # --- inside -------------------------------------------------------------------------------------
    def _print(self) -> None:
        twice = self._paper.sides if self._paper.sides != "one-sided" else "two-sided-long-edge"
        sides = twice if self.both_sides.isChecked() else "one-sided"
        self._send(self.printer.currentData(), self.copies.value(), self.pages.text(), sides)

    def _show(self, said: str, advice: str, kind: str) -> None:
        self._said.setText(said)
        self._said.setProperty("kind", kind)
        self._said.style().polish(self._said)
        self._advice.setText(advice)

    def _stage(self, *, form: bool, back: bool = False, close: str = "") -> None:
        self._form.setVisible(form)
        self._go.setVisible(form)
        self._back.setVisible(back)
        self._close.setText(close or self._("Not now"))
        self._close.setAccessibleName(self._close.text())
        self._said.setVisible(bool(self._said.text()))
        self._advice.setVisible(bool(self._advice.text()))
        self._count.setVisible(bool(self._count.text()))
        fit(self)
