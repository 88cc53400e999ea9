"""Explains Hide now once a visit, and says what it cannot do (SAFETY Q6, Q8)."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QFrame

from guide.text import Language
from ui.parts.controls import button, card, label, row


def hide_note(_: Language, read: Callable[[], None]) -> QFrame:
    """Return the note for the first screen; ``read`` is called when it is put away."""
    made = card("note")
    text = label(_("Hide now, or Shift three times, shows a clock instead and clears what you did here. There, “Open” leads"
                   " back to this page. It cannot undo paper, a phone bill, or what a camera or a spy program has seen."),
                 "small")  # fmt: skip

    def away() -> None:
        made.hide()
        read()

    row(made, text, button(_("OK"), away, name=_("OK: put this note away")), gap=12, margin=10).setStretch(0, 1)
    return made
