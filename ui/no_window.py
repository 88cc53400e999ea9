"""Instead of a window, where there is no guide to show: what happened and what to do next."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication, QMessageBox

from guide.errors import GuideError
from guide.text import Language
from ui import fonts
from ui.messages import sentence


def no_window(error: GuideError, language: str | None) -> QMessageBox:
    """Return the message that says ``error``; its title is as neutral as the program's (SAFETY S1)."""
    _ = Language(language or "en")
    QApplication.setFont(fonts.window_font(_.code))
    what, advice = sentence(error, _)
    said = QMessageBox(QMessageBox.Icon.Warning, " ", what)
    said.setInformativeText(advice)
    return said
