"""The pages of the window: made for one language and audience, kept in one stack."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, cast

from PySide6.QtWidgets import QStackedWidget, QWidget

from guide.records import Audience, Home, Phone
from guide.text import Language
from ui import style
from ui.pages.home_page import HomePage
from ui.parts.sidebar import Place
from ui.visit_jobs import VisitJobs

if TYPE_CHECKING:
    from ui.main_window import MainWindow
    from ui.pages.dial_page import DialPage
    from ui.pages.results_page import ResultsPage
    from ui.pages.sheet_page import SheetPage
    from ui.pages.staff_page import SettingsPage
    from ui.pages.unlock_page import UnlockPage
    from ui.pages.updates_page import UpdatesPage
    from ui.source_desk import SourceDesk
    from ui.staff_rooms import StaffRooms
    from ui.voice import Voice


class Rooms:
    """Every page there is for who is looking, by key. A page is made when it is first needed: the first paint
    waits for the first screen alone.
    """

    def __init__(self, window: MainWindow, _: Language, scale: style.Scale, home: Home) -> None:
        """Make the first screen; remember how to make the others."""
        self._window, self._, self._scale = window, _, scale
        self.staff = window.audience is Audience.STAFF
        self.jobs = VisitJobs(window.jobs)
        self.discreet = window.guide.settings.discreet_names
        before: Rooms | None = getattr(window, "rooms", None)
        self.offered: Path | None = before.offered if before else None
        self._sources: SourceDesk | None = before._sources if before else None
        if self.staff or self._sources is not None:
            self.sources.follow()
        self.here, self._before_dial = "home", "home"
        self._home = home
        self.stack = QStackedWidget()
        self._makers: dict[str, Callable[[], QWidget]] = {
            "home": lambda: self._home_page(self._home),
            "results": self._make_results,
            "dial": self._make_dial,
            "sheet": self._make_sheet,
            "unlock": self._make_unlock,
        }
        self._staff_rooms: StaffRooms | None = None
        if self.staff:
            from ui.staff_rooms import StaffRooms

            self._staff_rooms = StaffRooms(window, self, _, scale)
            self._makers |= self._staff_rooms.makers
        self._pages: dict[str, QWidget] = {}
        self._voice: Voice | None = None
        self.page("home")

    def page(self, key: str) -> QWidget:
        """Return a page, made now if it was not needed before."""
        if key not in self._pages:
            self._pages[key] = self._makers[key]()
            self.stack.addWidget(self._pages[key])
        return self._pages[key]

    def end(self) -> None:
        """Let this visit's pages go: nothing they asked for is shown, nothing goes on being read aloud."""
        self.jobs.end()
        self.hush()

    def hush(self) -> None:
        """Stop what is read aloud."""
        if self._voice is not None:
            self._voice.stop()

    def made(self, key: str) -> bool:
        """Say whether a page was made already."""
        return key in self._pages

    @property
    def untouched(self) -> bool:
        """True while nobody left the first screen; the results page is made before it is needed."""
        return self.here == "home" and not {"dial", "sheet", "unlock"} & self._pages.keys()

    @property
    def results(self) -> ResultsPage:
        """Return the page with what was found."""
        return cast("ResultsPage", self.page("results"))

    @property
    def dial(self) -> DialPage:
        """Return the page to call or text from."""
        return cast("DialPage", self.page("dial"))

    @property
    def sheet(self) -> SheetPage:
        """Return my sheet."""
        return cast("SheetPage", self.page("sheet"))

    @property
    def unlock(self) -> UnlockPage:
        """Return the door to the staff area."""
        return cast("UnlockPage", self.page("unlock"))

    @property
    def updates(self) -> UpdatesPage:
        """Return the updates; staff alone have them."""
        return cast("UpdatesPage", self.page("updates"))

    @property
    def settings(self) -> SettingsPage:
        """Return the settings; staff alone have them."""
        return cast("SettingsPage", self.page("settings"))

    @property
    def sources(self) -> SourceDesk:
        """Return what keeps an eye on where updates come from; it outlives this visit's pages."""
        if self._sources is None:
            from ui.source_desk import SourceDesk

            self._sources = SourceDesk(self._window)
        return self._sources

    # --- making -------------------------------------------------------------------------------------
    def _make_results(self) -> QWidget:
        from ui.pages.results_page import ResultsPage
        from ui.parts.nothing_found import Ways

        window, guide = self._window, self._window.guide
        made = ResultsPage(
            self._, self._scale, self.jobs, guide.search, lambda service: guide.detail(service, window.audience),
            window.acts, Ways(window.finding.browse, [tile.category for tile in self._home.tiles]),
            guide.places, staff=self.staff, discreet=self.discreet,
        )  # fmt: skip
        from ui.voice import Voice

        self._voice = made.pane.voice = Voice()
        made.failed.connect(window.fail)
        made.left.connect(window.bar.search.again)
        made.meant.connect(window.finding.meant)
        made.facets.placed.connect(window.finding.remember)
        if self._staff_rooms is not None:
            made.pane.asked.connect(self._staff_rooms.ask_of_entry)
        return made

    def _make_dial(self) -> QWidget:
        from ui.pages.dial_page import DialPage

        window = self._window
        copy = window.copy if window.guide.settings.may("copy") else None
        return DialPage(self._, self._scale, window.guide.qr_rows, copy, lambda: window.go(self._before_dial))

    def _make_sheet(self) -> QWidget:
        from ui.sheet_room import make_sheet, sheet_buttons

        made = make_sheet(self._window, self, self._, self._scale)
        self._save, self._print = sheet_buttons(self._window, made, self._, self._save_sheet, self._print_sheet)
        return made

    def _make_unlock(self) -> QWidget:
        from ui.pages.unlock_page import LockAsks, UnlockPage
        from ui.parts.rescue_part import RescueAsks
        from ui.welcome_room import came_in

        staff, window = self._window.guide.staff, self._window
        print_code = window.desk.code_printer(self._)
        rescue = self._window.guide.rescue
        made = UnlockPage(self._, self.jobs, LockAsks(
            staff.is_set_up, staff.choose, staff.unlock, staff.recover, print_code,
            RescueAsks(rescue.last_good, rescue.can_prove, rescue.put_back, rescue.begin_anew),
        ))  # fmt: skip
        made.unlocked.connect(lambda: came_in(window))
        return made

    @property
    def keys(self) -> Sequence[str]:
        """Return the keys of the pages there are."""
        return tuple(self._makers)

    def places(self) -> tuple[list[Place], list[tuple[Place, Callable[[], None]]]]:
        """Return where one can go, and what stands below it in the sidebar."""
        _, window = self._, self._window
        main = [Place("home", _("Find help"), "search"), Place("sheet", _("My sheet"), "printer")]
        over = (Place("over", _("Start over"), "rotate-ccw"), window.reset)
        if not self.staff:
            return main, [over, (Place("staff", _("Staff"), "lock"), lambda: window.go("unlock"))]
        staff = self._staff_rooms.places() if self._staff_rooms is not None else []
        return [*main, *staff], [over, (Place("lock", _("Lock staff area"), "lock"), window.lock)]

    def marked(self, page: str) -> str:
        """Return the sidebar's key for a page."""
        if self._staff_rooms is not None:
            page = self._staff_rooms.marked(page)
        return {"results": "home", "dial": "home"}.get(page, page)

    def show(self, page: str) -> None:
        """Show a page and what belongs to it at the top."""
        if page == "dial" and self.here != "dial":
            self._before_dial = self.here
        if page != "results":
            self.hush()
        self.here = page
        self.stack.setCurrentWidget(self.page(page))
        bar, _ = self._window.bar, self._
        title = {"sheet": _("My sheet"), "unlock": _("Staff")}.get(page, "")
        if not title and self._staff_rooms is not None:
            title = self._staff_rooms.title(page)
        name = title or {"dial": _("Call or text")}.get(page, _("Find help"))
        self._pages[page].setAccessibleName(name)
        if title:
            bar.show_title(title)
            self.show_basket(len(self._window.basket.ids))
        else:
            bar.show_search()
        if page not in ("home", "results"):  # where one begins, and what says itself how much it found
            from ui.announce import announce

            announce(self._pages[page], name)
        if self.made("sheet"):
            may = self._window.guide.settings.may
            self._print.setVisible(page == "sheet" and may("print"))
            self._save.setVisible(page == "sheet" and self.staff and may("save_pdf"))
        if page == "unlock":
            self.unlock.ask()
        elif page == "sheet":
            self.sheet.refresh()
        if self._staff_rooms is not None:
            self._staff_rooms.enter(page)

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
        if self.here == "sheet":  # what was typeset holds the numbers of the edition before
            self.sheet.refresh()

    def entry_of(self, phone: Phone) -> str:
        """Return the id of the entry a number on the screen belongs to."""
        answer, found = self.results.answer, self.results.list.cards.cards
        cards = (*self._home.call_now, *found, *(answer.crisis if answer else ()))
        if self.here == "results" and phone in self.results.pane.phones:
            return self.results.pane.service
        return next((c.id for c in cards if phone in (c.phone, c.text)), "")

    def _home_page(self, home: Home) -> HomePage:
        window = self._window
        return HomePage(self._, self._scale, home, window.acts, window.finding.browse, discreet=self.discreet,
                        note=window.away.note(self._))  # fmt: skip

    def _print_sheet(self) -> None:
        if self.sheet.paper is not None:
            self._window.desk.print_sheet(self.sheet.paper, self.sheet.options().paper, self._, self._window.basket.ids)

    def _save_sheet(self) -> None:
        if self.sheet.paper is not None and self.staff:
            self._window.desk.save(self.sheet.paper, self._)


def load_results() -> None:
    """Import what the results page is made of, before somebody types."""
    import ui.pages.results_page  # noqa: F401
