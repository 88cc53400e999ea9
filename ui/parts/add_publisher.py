"""Adding a publisher: staff type the six words they were told; what the file would say is never shown before."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QLineEdit, QWidget

from guide.records import Newcomer
from guide.text import Language
from ui.parts.captions import WIDEST, caption
from ui.parts.controls import Act, button, column, label
from ui.parts.flow import Flow
from ui.parts.phrases import apart


class AddPublisher(QWidget):
    """Asks for the words and a name. ``said`` shows a sentence over the fields, for words that are not right."""

    def __init__(
        self, _: Language, found: Newcomer, add: Callable[[str, str], object], cancel: Act, said: str = "",
        before: tuple[str, str] = ("", ""),
    ) -> None:  # fmt: skip
        """Take what was found, what adds it by words and name, the way back, and what was typed before."""
        super().__init__()
        self.words, self.name = QLineEdit(before[0]), QLineEdit(before[1] or found.name)
        self.words.setMaxLength(200)
        self.name.setMaxLength(80)
        told = (
            _("This file says it is from “{name}”. That proves nothing yet.", name=apart(found.name, _))
            if found.name
            else _("This is the root file of a publisher.")
        )
        enter = lambda: add(self.words.text(), self.name.text())  # noqa: E731
        self.words.returnPressed.connect(enter)
        parts: list[QWidget] = [label(_("Add a publisher"), "heading")]
        parts += [label(said, "stop")] if said else []
        parts += [
            label(told),
            label(_("Ask the publisher for its six words by phone or in a letter. Words that came with the file do not"
                    " count.")),
        ]  # fmt: skip
        for text, field in ((_("The six words you were told"), self.words), (_("What to call it here"), self.name)):
            parts += [caption(field, text, "name", widest=WIDEST), field]
        yes = button(_("Add this publisher"), enter, "plus", "primary")
        column(self, *parts, Flow([yes, button(_("Not now"), cancel)], 8), -1)
