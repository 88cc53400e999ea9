"""Asks which printer and how many copies; says how many pages it will be (SAFETY P4, P5)."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QComboBox, QDialog, QSpinBox, QWidget

from guide.text import Language
from ui.dialogs import fit
from ui.parts.controls import button, column, label, row


class PrintDialog(QDialog):
    """Calls ``send`` with the printer's name and the copies."""

    def __init__(
        self, parent: QWidget, _: Language, printers: Sequence[str], pages: int, send: Callable[[str, int], None],
        hide_now: Callable[[], None],
    ) -> None:  # fmt: skip
        """Take the printers, the number of pages and what prints."""
        super().__init__(parent)
        self.setWindowTitle(" ")
        self.setLayoutDirection(parent.layoutDirection())
        self._send = send
        hide = button(_("Hide now"), hide_now, "eye-off", "hide")
        self.printer = QComboBox()
        self.printer.addItems(list(printers))
        self.printer.setAccessibleName(_("Printer"))
        self.copies = QSpinBox(minimum=1, maximum=50)
        self.copies.setAccessibleName(_("Copies"))
        caution = label(_("Take your paper from the printer at once. It may not be safe to carry it; you can learn a number"
                          " by heart or keep it elsewhere."), "second")  # fmt: skip
        column(
            self, row(None, label(_("Print"), "title", wrap=False), -1, hide), label(_.count("{n} page", "{n} pages", pages)),
            label(_("Printer")), self.printer, label(_("Copies")), self.copies, caution,
            row(None, button(_("Print"), self._go, "printer", "primary"), button(_("Not now"), self.reject), -1),
            gap=10, margin=24,
        )  # fmt: skip
        self.setMinimumWidth(460)
        self.setTabOrder(hide, self.printer)
        self.printer.setFocus()
        fit(self)

    def _go(self) -> None:
        printer, copies = self.printer.currentText(), self.copies.value()
        self.accept()
        self._send(printer, copies)
