"""Puts the settings page together with what it asks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from guide.text import Language
from ui.pages.staff_page import SettingsPage
from ui.parts.house_paper_form import HouseAsks, HousePaperForm

if TYPE_CHECKING:
    from ui.main_window import MainWindow
    from ui.rooms import Rooms


def make_settings(window: MainWindow, rooms: Rooms, _: Language) -> SettingsPage:
    """Return the page; what is kept is used by the window at once."""
    guide, desk = window.guide, window.desk
    asks = HouseAsks(
        lambda then: rooms.jobs.aside(desk.way.printers, then, lambda _error: None),
        guide.paper.logo, guide.paper.keep_logo,
    )  # fmt: skip
    paper = HousePaperForm(_, guide.settings, asks)
    made = SettingsPage(_, guide.settings, guide.change_settings, paper, guide.places)
    made.changed.connect(window.settings_changed)
    made.failed.connect(window.fail)
    return made
