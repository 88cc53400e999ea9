"""A text of any length: its beginning first, so that the numbers below stay in view; the rest with one press."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from guide.text import Language
from ui.parts.controls import button, column, label, off_the_icon

_SHORT = 320  # characters: about six lines of the detail
_CUT = 240


class LongText(QWidget):
    """Shows all of a short text; of a long one the beginning and "Read more"."""

    def __init__(self, text: str, _: Language) -> None:
        """Take the text and the language of the button."""
        super().__init__()
        self._, self._text = _, text
        self._label = label(text, selectable=True)
        self._more = button(_("Read more"), self._turn, "chevron-down", "link")
        self._more.setVisible(False)
        column(self, self._label, self._more, gap=2)
        self._whole = len(text) <= _SHORT
        if not self._whole:
            self._more.setVisible(True)
            self._label.setText(beginning(text))

    def _turn(self) -> None:
        self._whole = not self._whole
        self._label.setText(self._text if self._whole else beginning(self._text))
        said = self._("Show less") if self._whole else self._("Read more")
        self._more.setText(off_the_icon(said))
        self._more.setAccessibleName(said)


def beginning(text: str) -> str:
    """Return the first sentences of ``text``, or its first words where a sentence is long; no line stands alone."""
    flat = " ".join(text[: _CUT + 60].split())
    end = max(flat.rfind(mark, 0, _CUT) for mark in (". ", "! ", "? ", "。"))
    if end > _CUT // 2:
        return flat[: end + 1]
    return flat[: flat.rfind(" ", 0, _CUT)].rstrip(",;:–-") + " …" if " " in flat[:_CUT] else flat[:_CUT] + "…"
