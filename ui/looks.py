"""How the window speaks and how large its text is: now, and as this house begins."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QApplication

from guide.text import Language
from ui import fonts, style
from ui.qt_numbers import LEFT_TO_RIGHT, RIGHT_TO_LEFT, set_number

if TYPE_CHECKING:
    from guide.settings import Settings
    from ui.main_window import MainWindow


class Looks:
    """A visitor may choose another language and a larger text; with the visit both go back to the house's own."""

    def __init__(self, window: MainWindow, settings: Settings, language: str) -> None:
        """Take the window, the house's settings, and the language to begin in where it is another than theirs."""
        self._window, self._language, self._start_percent = window, language, settings.text_percent
        self.percent = settings.text_percent
        self.speak(language)

    @property
    def scale(self) -> style.Scale:
        """Return the sizes for the text size of now."""
        return style.Scale(self.percent)

    @property
    def as_begun(self) -> bool:
        """True while language and text size are the house's own."""
        return (self.speech.code, self.percent) == (self._language, self._start_percent)

    def speak(self, language: str) -> None:
        """Speak ``language`` from the next page made."""
        self.speech = self._window._ = Language(language)
        QApplication.setFont(fonts.window_font(language))
        set_number(self._window, "layoutDirection", RIGHT_TO_LEFT if self.speech.right_to_left else LEFT_TO_RIGHT)

    def larger(self) -> None:
        """Take the next larger text; after the largest, the smallest."""
        place = style.SIZES.index(self.percent) if self.percent in style.SIZES else 0
        self.percent = style.SIZES[(place + 1) % len(style.SIZES)]

    def settle(self, settings: Settings) -> None:
        """Begin from now on as changed ``settings`` say; the language of now stays."""
        self._language = settings.language
        self._start_percent = self.percent = settings.text_percent

    def begin(self) -> None:
        """Go back to the house's own language and text size."""
        self.percent = self._start_percent
        self.speak(self._language)
