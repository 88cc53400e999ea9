"""The pages that staff alone have: each says its place in the sidebar, its title, and how it is made and entered."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from PySide6.QtWidgets import QWidget

from guide.text import Language
from ui import style
from ui.parts.sidebar import Place

if TYPE_CHECKING:
    from ui.main_window import MainWindow
    from ui.pages.checks_page import ChecksPage
    from ui.pages.house_page import HousePage
    from ui.pages.own_page import OwnPage
    from ui.pages.staff_page import SettingsPage
    from ui.pages.updates_page import UpdatesPage
    from ui.rooms import Rooms


@dataclass(frozen=True)
class StaffRoom:
    """One page: ``enter`` is called each time it is shown. Without an icon it has no place of its own in the
    sidebar; ``under`` names the place that is marked while it is shown.
    """

    key: str
    title: str
    make: Callable[[], QWidget]
    icon: str = ""
    enter: Callable[[], None] = lambda: None
    under: str = ""


class StaffRooms:
    """The pages by key, in the order of the sidebar. To add one, write its ``make_...`` in a file of its own
    (as ui/updates_room.py is) and give it a line in ``_all``; it is imported when it is first shown.
    """

    def __init__(self, window: MainWindow, rooms: Rooms, _: Language, scale: style.Scale) -> None:
        """Take the window, all its pages, and how it speaks; make nothing yet."""
        self._window, self._rooms, self._, self._scale = window, rooms, _, scale
        self.by_key = {room.key: room for room in self._all()}

    def _all(self) -> list[StaffRoom]:
        _ = self._
        return [
            StaffRoom("updates", _("Updates"), self._make_updates, "download", self._enter_updates),
            StaffRoom("checks", _("Check numbers"), self._make_checks, "badge-check", self._enter_checks),
            StaffRoom("own", _("Our own services"), self._make_own, "map-pin", self._enter_own),
            StaffRoom("own-form", _("Our own services"), self._make_own_form, under="own"),
            StaffRoom("house", _("This house"), self._make_house, "house", self._enter_house),
            StaffRoom("entry", _("What we say of this entry"), self._make_entry, under="home"),
            StaffRoom("settings", _("Settings"), self._make_settings, "settings"),
            StaffRoom("welcome", _("First steps"), self._make_welcome),
        ]

    @property
    def makers(self) -> dict[str, Callable[[], QWidget]]:
        """Return what makes each page."""
        return {key: room.make for key, room in self.by_key.items()}

    def places(self) -> list[Place]:
        """Return the places of the sidebar."""
        return [Place(room.key, room.title, room.icon) for room in self.by_key.values() if room.icon]

    def marked(self, key: str) -> str:
        """Return the place in the sidebar that stands for a page."""
        room = self.by_key.get(key)
        return (room.under or key) if room else key

    def title(self, key: str) -> str:
        """Return what stands at the top while a page is shown, "" for a page that is not staff's."""
        room = self.by_key.get(key)
        return room.title if room else ""

    def enter(self, key: str) -> None:
        """Do what belongs to showing any page to staff, and to this one."""
        self._window.sidebar.count("updates", self._rooms.sources.waiting)
        if key in ("home", "updates", "house"):
            self._rooms.jobs.work(lambda _p: len(self._window.guide.own.words.to_settle()), self._to_settle, _unsaid)
        if key in self.by_key:
            self.by_key[key].enter()

    def _to_settle(self, many: int) -> None:
        self._window.sidebar.count("house", many)

    # --- making and entering ------------------------------------------------------------------------
    def _make_updates(self) -> QWidget:
        from ui.updates_room import make_updates

        return make_updates(self._window, self._rooms, self._, self._scale)

    def _enter_updates(self) -> None:
        page = cast("UpdatesPage", self._rooms.page("updates"))
        if self._rooms.offered is not None:
            bundle, self._rooms.offered = self._rooms.offered, None
            page.look_at(bundle)
        else:
            page.enter()

    def _make_checks(self) -> QWidget:
        from ui.checks_room import make_checks

        return make_checks(self._window, self._rooms, self._, self._scale)

    def _enter_checks(self) -> None:
        cast("ChecksPage", self._rooms.page("checks")).enter()

    def _make_own(self) -> QWidget:
        from ui.own_room import make_own

        return make_own(self._window, self._rooms, self._)

    def _enter_own(self) -> None:
        cast("OwnPage", self._rooms.page("own")).enter()

    def _make_own_form(self) -> QWidget:
        from ui.own_room import make_form

        return make_form(self._window, self._rooms, self._)

    def _make_house(self) -> QWidget:
        from ui.house_room import make_house

        return make_house(self._window, self._rooms, self._)

    def _enter_house(self) -> None:
        cast("HousePage", self._rooms.page("house")).enter()

    def _make_entry(self) -> QWidget:
        from ui.house_room import make_entry

        return make_entry(self._window, self._rooms, self._)

    def ask_of_entry(self, what: str, service: str) -> None:
        """Go to what staff asked for on an entry."""
        from ui.house_room import open_entry

        open_entry(self._window, self._rooms, what, service)

    def _make_settings(self) -> SettingsPage:
        from ui.settings_room import make_settings

        return make_settings(self._window, self._rooms, self._)

    def _make_welcome(self) -> QWidget:
        from ui.welcome_room import make_welcome

        return make_welcome(self._window, self._)


def _unsaid(_error: object) -> None:
    """A count that cannot be had is left out; the page itself says why."""
