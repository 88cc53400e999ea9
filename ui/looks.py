"""How the window speaks, how large its text is and which colours it wears: now, and as this house begins."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtWidgets import QApplication

from guide.text import Language
from ui import fonts, style, system_look
from ui.qt_numbers import LEFT_TO_RIGHT, RIGHT_TO_LEFT, set_number
from ui.themes import THEMES, Theme

if TYPE_CHECKING:
    from guide.settings import Settings
    from ui.main_window import MainWindow


class House(NamedTuple):
    """How a house begins: what the cover keeps to, whatever a visitor chose (SAFETY Q4)."""

    speech: Language
    scale: style.Scale
    theme: Theme


class Looks:
    """A visitor may choose another language, text size or colours; with the visit all go back to the house's own."""

    def __init__(self, window: MainWindow, settings: Settings, language: str) -> None:
        """Take the window, the house's settings, and the language to begin in where it is another than theirs."""
        self._window, self._theme, self._system = window, settings.theme, system_look.at_start()
        self._language, self._scale = Language(language), style.Scale(settings.text_percent)
        self.percent, self.theme = settings.text_percent, settings.theme
        self.wear()
        self.speak(language)

    @property
    def scale(self) -> style.Scale:
        """Return the sizes for the text size of now."""
        return style.Scale(self.percent)

    @property
    def worn(self) -> Theme:
        """Return the colours of now: those that were chosen, else the system's."""
        return THEMES.get(self.theme, self._system)

    def now(self) -> tuple[int, str]:
        """Return the text size in percent and the name of the colours of now."""
        return self.percent, self.worn.name

    @property
    def as_begun(self) -> bool:
        """True while language, text size and colours are the house's own."""
        now = (self.speech.code, self.percent, self.theme)
        return now == (self._language.code, self._scale.percent, self._theme)

    @property
    def house(self) -> House:
        """Return how this house begins."""
        return House(self._language, self._scale, THEMES.get(self._theme, self._system))

    def speak(self, language: str) -> None:
        """Speak ``language`` from the next page made."""
        self.speech = self._window._ = Language(language)
        QApplication.setFont(fonts.window_font(language))
        way = RIGHT_TO_LEFT if self.speech.right_to_left else LEFT_TO_RIGHT
        for one in (
            QApplication.instance(),
            self._window,
        ):  # the program too: dialogs, and arrows that turn (ui/icons.py)
            if one is not None:
                set_number(one, "layoutDirection", way)

    def wear(self) -> None:
        """Use the colours of now for the next page made."""
        if style.wear(self.worn):
            QApplication.setPalette(style.palette())

    def listen(self) -> None:
        """Follow the system when its colours change; after the first paint."""
        QApplication.styleHints().colorSchemeChanged.connect(lambda _scheme: self._follow())

    def _follow(self) -> None:
        before, self._system = self.worn, system_look.says_now()
        if self.worn is not before:
            self._window.look_again()

    def next_size(self, steps: int) -> int:
        """Return the next larger size in percent for 1, the next smaller for -1; the last of a way stays."""
        place = style.SIZES.index(self.percent) if self.percent in style.SIZES else 0
        return style.SIZES[min(max(place + steps, 0), len(style.SIZES) - 1)]

    def settle(self, settings: Settings) -> None:
        """Begin from now on as changed ``settings`` say; the language of now stays."""
        self._language, self._scale = Language(settings.language), style.Scale(settings.text_percent)
        self.percent, self._theme, self.theme = settings.text_percent, settings.theme, settings.theme
        self.wear()

    def begin(self) -> None:
        """Go back to the house's own language, text size and colours."""
        self.percent, self.theme = self._scale.percent, self._theme
        self.wear()
        self.speak(self._language.code)
