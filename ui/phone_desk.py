"""To call or to text: hand the number to this PC where it can call, else show it very large."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from guide.records import Detail, Phone

if TYPE_CHECKING:
    from ui.main_window import MainWindow


class PhoneDesk:
    """Knows whether this PC can call; that is looked up once, in a job."""

    def __init__(self, window: MainWindow) -> None:
        """Take the window whose pages show the number."""
        self._window = window
        self.can_dial = False

    def look(self) -> None:
        """Find out whether something here opens tel: links."""
        from ui.dialer import find_handler

        self._window.jobs.work(lambda _p: find_handler(), self._found, lambda _e: None)

    def call(self, phone: Phone, name: str) -> None:
        """Call where this PC can; everywhere else show the number very large."""
        if self.can_dial and phone.dial:
            from ui.dialer import dial

            if dial(phone.dial):
                self._window.say(self._window._("Calling {number}", number=phone.published))
                return
        self.show(phone, name)

    def show(self, phone: Phone, name: str) -> None:
        """Show the number with what to expect on the line, or how to send a text."""
        window = self._window

        def ready(detail: Detail | None) -> None:
            window.rooms.dial.show_number(phone, name, detail)
            window.rooms.show("dial")

        entry = window.rooms.entry_of(phone)
        if not entry:
            ready(None)
            return
        window.rooms.jobs.work(lambda _p: window.guide.detail(entry, window.audience), ready, lambda _e: ready(None))

    def again(self) -> Callable[[], None]:
        """Return what shows the number of now once more, on a page that was made anew; nothing where none is shown."""
        rooms = self._window.rooms
        shown = rooms.dial.shown if rooms.here == "dial" else None

        def show() -> None:
            if shown is not None:
                self._window.rooms.dial.show_number(*shown)
                self._window.rooms.show("dial")

        return show

    def _found(self, can: bool) -> None:
        self.can_dial = can and self._window.guide.settings.may("call")
