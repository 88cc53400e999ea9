"""From the search box to the results and back: what is asked when somebody types, chooses a need, or presses a key."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from guide.records import Place, Question

if TYPE_CHECKING:
    from ui.main_window import MainWindow


class FindDesk:
    """Asks the results page on behalf of the bar at the top and the tiles."""

    def __init__(self, window: MainWindow) -> None:
        """Take the window."""
        self._window = window
        self._near: tuple[Place | None, int] | None = None  # None: the house's own place, looked up when needed

    def listen(self) -> None:
        """Let Ctrl+F come back to the search box from anywhere, Ctrl with + and - change the text size; after the first frame, which has the focus there."""
        from PySide6.QtGui import QKeySequence, QShortcut

        window, keys = self._window, QKeySequence.StandardKey
        for key, act in (
            (keys.Find, self.look_for),
            (keys.ZoomIn, lambda: window.choose_size(window.looks.next_size(1))),
            (keys.ZoomOut, lambda: window.choose_size(window.looks.next_size(-1))),
        ):
            for one in QKeySequence.keyBindings(key):
                QShortcut(one, window).activated.connect(act)

    def find(self, words: str) -> None:
        """Search for ``words``; without any, and with nothing chosen, go to the start."""
        window = self._window
        asked = plain = self._question(words)
        if window.rooms.here == "results":  # what was chosen beside the list stays chosen while one types
            asked = replace(window.rooms.results.question, words=words)
        if asked == plain and not words.strip():
            window.go("home")
            return
        window.go("results")
        window.rooms.results.ask(asked)

    def meant(self, words: str) -> None:
        """Search for what somebody says they meant, and show it in the box."""
        self._window.bar.set_words(words)
        self.find(words)

    def browse(self, need: str) -> None:
        """Show the entries of one need."""
        window = self._window
        window.bar.set_words("")
        window.go("results")
        window.rooms.results.ask(replace(self._question(""), needs=frozenset({need})))

    def again(self) -> Callable[[], None]:
        """Return what asks the question of now once more, of pages that were made anew (another language, another size)."""
        window = self._window
        words = window.bar.search.text()
        asked = replace(window.rooms.results.question, words=words) if window.rooms.made("results") else Question(words)

        def ask() -> None:
            plain = self._question(words)
            here = replace(
                asked, language=plain.language, audience=plain.audience, near=plain.near, radius=plain.radius
            )
            if here == plain and not words.strip():
                window.go("home")
                return
            window.bar.set_words(words)
            window.go("results")
            window.rooms.results.ask(here)

        return ask

    @property
    def used(self) -> bool:
        """True once something was asked for in this visit."""
        return self._near is not None

    def remember(self, place: Place | None, miles: int) -> None:
        """Keep the place for the rest of this visit, whatever is searched for next."""
        self._near = (place, miles)

    def begin(self) -> None:
        """Forget the place somebody named (SAFETY Q4, I2)."""
        self._near = None

    def _question(self, words: str) -> Question:
        window = self._window
        if self._near is None:
            house = window.guide.places(window.guide.settings.near)
            self._near = (house[0] if house else None, 0)
        near, miles = self._near
        return Question(words, window.language, window.audience, near=near, radius=miles)

    def wrong(self, service: str) -> None:
        """Ask what is wrong with an entry that was found."""
        from ui.report_desk import ask_what_is_wrong

        ask_what_is_wrong(self._window, service)

    def onward(self) -> None:
        """Go down from the search box to what it found."""
        if self._window.rooms.here == "results":
            self._window.rooms.results.enter()

    def look_for(self) -> None:
        """Come back to the search box."""
        if self._window.rooms.here not in ("home", "results", "dial"):  # where the box stands; a number stays in view
            self._window.go("home")
        self._window.bar.search.again()
