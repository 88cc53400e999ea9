"""Staff come in: to the first steps until they are done, else to the updates."""

from __future__ import annotations

from typing import TYPE_CHECKING

from guide.errors import GuideError
from guide.text import Language

if TYPE_CHECKING:
    from ui.main_window import MainWindow
    from ui.pages.welcome_page import WelcomePage


def came_in(window: MainWindow) -> None:
    """Open the staff area. A bundle that was double-clicked goes before the first steps, and so does a policy."""
    settings, offered = window.guide.settings, window.rooms.offered
    window.unlocked()
    if not settings.welcomed and settings.may("settings") and offered is None:
        window.go("welcome")


def make_welcome(window: MainWindow, _: Language) -> WelcomePage:
    """Return the page with the first steps."""
    from ui.pages.welcome_page import WelcomeAsks, WelcomePage

    guide = window.guide

    def keep(name: str, language: str) -> None:
        try:
            changed = guide.change_settings(shelter_name=name, language=language)
        except GuideError as error:
            window.fail(error)
            return
        window.settings_changed(changed)
        window.go("welcome")

    def done() -> None:
        try:
            guide.change_settings(welcomed=True)
        except GuideError as error:
            window.fail(error)
        window.go("updates")

    asks = WelcomeAsks(keep, lambda: window.desk.print_setup(_), lambda: window.go("updates"), done)
    return WelcomePage(_, guide.settings, asks)
