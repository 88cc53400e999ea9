"""What lies over the pages: the cover and the short message. Each is made when it is first needed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

from guide.text import Language
from ui import style
from ui.looks import House

if TYPE_CHECKING:
    from PySide6.QtWidgets import QMainWindow

    from ui.cover import Cover
    from ui.parts.toast import Toast


class Overlays:
    """Neither is seen in the first frame, so neither is made before it; the cover is made right after."""

    def __init__(self, window: QMainWindow, reset: Callable[[], None], begin: Callable[[], None]) -> None:
        """Take the window they lie over, what puts a visit away, and what begins the next one."""
        self._window, self._reset, self._begin = window, reset, begin
        self._ = Language("en")
        self._house = House(self._, style.Scale(), style.now())
        self._cover: Cover | None = None
        self._toast: Toast | None = None

    @property
    def cover(self) -> Cover:
        """Return the cover, made now if it was not needed before."""
        if self._cover is None:
            from ui.cover import Cover

            self._cover = Cover(self._window, self._reset, lambda: datetime.now().astimezone())
            self._cover.speak(self._house)
            self._cover.returned.connect(self._begin)
        return self._cover

    def ready(self) -> None:
        """Make the cover while nobody waits: Hide now then has a tenth of a second (SAFETY Q4)."""
        self.cover.ready()

    @property
    def covers(self) -> bool:
        """True while the cover is up."""
        return self._cover is not None and self._cover.covers

    @property
    def toast(self) -> Toast:
        """Return the short message, made now if nothing was said before."""
        if self._toast is None:
            from ui.parts.toast import Toast

            self._toast = Toast(self._window)
        return self._toast

    def speak(self, _: Language, house: House) -> None:
        """Use another language; the cover keeps to the house's own, as to its text size and colours (SAFETY Q4)."""
        self._ = _
        if self._cover is not None and house != self._house:
            self._cover.speak(house)
        self._house = house

    def say(self, text: str, *, failed: bool = False) -> None:
        """Show a short message; none while the screen is hidden."""
        if not self.covers:
            self.toast.say(text, failed=failed)

    def bug(self) -> None:
        """Say that the program itself went wrong."""
        _ = self._
        self.say(_("Something went wrong in the program. Nothing you saved is lost. Please try again."), failed=True)

    def forget(self) -> None:
        """Let the message go; the next one is made in the size and direction of then."""
        if self._toast is not None:
            self._toast.hide()
            self._toast.deleteLater()
            self._toast = None

    def follow(self) -> None:
        """Keep the cover whole and the message in its corner when the window's size changes."""
        if self._cover is not None:
            self._cover.follow()
        if self._toast is not None:
            self._toast.place()
