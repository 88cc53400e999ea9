"""The pages of the window: made for one language and audience, kept in one stack."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QStackedWidget, QWidget

from guide.records import Audience, Home, Phone, SheetOptions
from guide.text import Language
from ui import style
from ui.pages.dial_page import DialPage
from ui.pages.home_page import HomePage
from ui.pages.results_page import ResultsPage
from ui.pages.sheet_page import SheetAsks, SheetPage
from ui.pages.staff_page import SettingsPage, UnlockPage
from ui.pages.updates_page import UpdateAsks, UpdatesPage
from ui.parts.controls import button
from ui.parts.sidebar import Place

if TYPE_CHECKING:
    from ui.main_window import MainWindow


class Rooms:
    """Every page there is for who is looking, by key."""

    def __init__(self, window: MainWindow, _: Language, scale: style.Scale, home: Home) -> None:
        """Make the pages, handing each only what it needs."""
        self._window, self._, self._scale = window, _, scale
        self.staff = window.audience is Audience.STAFF
        self.discreet = window.guide.settings.discreet_names
        self.offered: Path | None = getattr(getattr(window, "rooms", None), "offered", None)
        self.here, self._before_dial = "home", "home"
        self._home = home
        guide, jobs = window.guide, window.jobs
        self.stack = QStackedWidget()
        self.results = ResultsPage(
            _, scale, jobs, guide.search, lambda service: guide.detail(service, window.audience), window.actions,
            staff=self.staff, discreet=self.discreet,
        )  # fmt: skip
        self.results.failed.connect(window.fail)
        self.dial = DialPage(_, scale, guide.qr_rows, window.copy, lambda: window.go(self._before_dial))
        asks = SheetAsks(
            lambda ids, options: guide.sheet(ids, options, window.audience), guide.page_picture, self._names
        )
        options = SheetOptions(
            languages=(_.code,), paper=guide.settings.paper, shelter_name=guide.settings.shelter_name
        )
        self.sheet = SheetPage(_, scale, jobs, asks, window.basket, options)
        self.unlock = UnlockPage(_, jobs, guide.staff_is_set_up, guide.choose_passphrase, guide.unlock)
        self.unlock.unlocked.connect(window.unlocked)
        self._pages: dict[str, QWidget] = {
            "home": self._home_page(home), "results": self.results, "dial": self.dial, "sheet": self.sheet,
            "unlock": self.unlock,
        }  # fmt: skip
        if self.staff:
            self._staff_pages()
        for page in self._pages.values():
            self.stack.addWidget(page)
        self._sheet_buttons()

    @property
    def keys(self) -> Sequence[str]:
        """Return the keys of the pages there are."""
        return tuple(self._pages)

    def places(self) -> tuple[list[Place], list[tuple[Place, Callable[[], None]]]]:
        """Return where one can go, and what stands below it in the sidebar."""
        _, window = self._, self._window
        main = [Place("home", _("Find help"), "search"), Place("sheet", _("My sheet"), "printer")]
        over = (Place("over", _("Start over"), "rotate-ccw"), window.reset)
        if not self.staff:
            return main, [over, (Place("staff", _("Staff"), "lock"), lambda: window.go("unlock"))]
        main += [Place("updates", _("Updates"), "download"), Place("settings", _("Settings"), "settings")]
        return main, [over, (Place("lock", _("Lock staff area"), "lock"), window.lock)]

    def marked(self, page: str) -> str:
        """Return the sidebar's key for a page."""
        return {"results": "home", "dial": "home"}.get(page, page)

    def show(self, page: str) -> None:
        """Show a page and what belongs to it at the top."""
        if page == "dial" and self.here != "dial":
            self._before_dial = self.here
        self.here = page
        self.stack.setCurrentWidget(self._pages[page])
        bar, _ = self._window.bar, self._
        titles = {"sheet": _("My sheet"), "unlock": _("Staff"), "updates": _("Updates"), "settings": _("Settings")}
        if page in titles:
            bar.show_title(titles[page])
            self.show_basket(len(self._window.basket.ids))
        else:
            bar.show_search()
        self._print.setVisible(page == "sheet")
        self._save.setVisible(page == "sheet" and self.staff)
        if page == "unlock":
            self.unlock.ask()
        elif page == "updates":
            self._begin_updates()
        elif page == "sheet":
            self.sheet.refresh()

    def show_basket(self, count: int) -> None:
        """Say beside the title how many entries stand on the sheet."""
        if self.here == "sheet":
            self._window.bar.show_title(self._("My sheet"), self._.count("{n} service", "{n} services", count))

    def show_home(self, home: Home) -> None:
        """Show another edition's first screen."""
        old, fresh = self._pages["home"], self._home_page(home)
        self._home = home
        self._pages["home"] = fresh
        self.stack.addWidget(fresh)
        self.stack.removeWidget(old)
        old.deleteLater()

    def entry_of(self, phone: Phone) -> str:
        """Return the id of the entry a number on the screen belongs to."""
        answer = self.results.answer
        cards = (*self._home.call_now, *(answer.cards if answer else ()), *(answer.crisis if answer else ()))
        found = next((c.id for c in cards if phone in (c.phone, c.text)), "")
        return self.results.pane.service if self.here == "results" and self.results.pane.service else found

    def _home_page(self, home: Home) -> HomePage:
        window = self._window
        return HomePage(self._, self._scale, home, window.actions, window.browse, discreet=self.discreet)

    def _staff_pages(self) -> None:
        window, guide = self._window, self._window.guide
        asks = UpdateAsks(
            guide.preview, lambda path, late, tell: guide.apply_update(path, expired_ok=late, progress=tell),
            guide.rollback, guide.status, guide.history,
        )  # fmt: skip
        self.updates = UpdatesPage(self._, self._scale, window.jobs, asks)
        self.updates.applied.connect(window.catalog_changed)
        self.settings = SettingsPage(self._, guide.settings, guide.change_settings)
        self.settings.changed.connect(window.settings_changed)
        self.settings.failed.connect(window.fail)
        self._pages |= {"updates": self.updates, "settings": self.settings}

    def _begin_updates(self) -> None:
        if self.offered is not None:
            bundle, self.offered = self.offered, None
            self.updates.look_at(bundle)
        else:
            self.updates.start()

    def _sheet_buttons(self) -> None:
        _, window = self._, self._window
        self._save = button(_("Save PDF (staff)"), self._save_sheet, "file-text")
        self._print = button(_("Print"), self._print_sheet, "printer", "primary")
        for one in (self._save, self._print):
            one.setEnabled(False)
            self.sheet.ready.connect(one.setEnabled)
            window.bar.extra.addWidget(one)
            one.hide()

    def _print_sheet(self) -> None:
        if self.sheet.paper is not None:
            self._window.desk.print_sheet(self.sheet.paper, self._)

    def _save_sheet(self) -> None:
        if self.sheet.paper is not None and self.staff:
            self._window.desk.save(self.sheet.paper, self._)

    def _names(self, ids: Sequence[str]) -> list[tuple[str, str]]:
        found = {s.id: s.name.best(self._.code) for s in self._window.guide.services(ids)}
        return [(one, found[one]) for one in ids if one in found]
