"""Shows a recovery code, the only time it can be seen."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame

from guide.text import Language
from ui.parts.controls import button, card, column, label
from ui.parts.flow import Flow


class CodeCard(QFrame):
    """Says what the code is for; ``kept`` is called when somebody says that it is safe on paper."""

    def __init__(self, _: Language, code: str, to_print: Callable[[str], None], kept: Callable[[], None]) -> None:
        """Take the code, what prints it, and what comes next."""
        super().__init__()
        self.setObjectName("clear")
        shown = label(code, "number", selectable=True)
        shown.setAlignment(Qt.AlignmentFlag.AlignCenter)
        shown.setAccessibleName(_("Recovery code: {code}", code=" ".join(code)))
        frame = card("note")
        column(frame, shown, margin=16)
        explain = label(_("Write this code down or print it now: it is shown only this once. It opens the staff area one time"
                          " if the passphrase is lost. Lock it away, and not near the computer."))  # fmt: skip
        self.kept = button(_("It is on paper now"), kept, "check", "primary")
        line = Flow([button(_("Print the code"), lambda: to_print(code), "printer"), self.kept], 8)
        column(self, label(_("Recovery code"), "heading"), explain, frame, line, gap=12)
