"""The frame: sidebar, bar at the top, pages; connects them and puts a visit away."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QCloseEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from guide.app import Guide
from guide.errors import GuideError
from guide.records import Audience, Home
from guide.settings import Settings
from guide.text import Language
from ui import style
from ui.clipboard import PrivateClipboard
from ui.find_desk import FindDesk
from ui.first_paint import FirstPaint, steps
from ui.idle import Idle
from ui.jobs import Jobs
from ui.looks import Looks
from ui.overlays import Overlays
from ui.paper_desk import PaperDesk
from ui.parts.actions import Actions
from ui.parts.basket import Basket
from ui.parts.look_button import LookAsks
from ui.parts.sidebar import Sidebar
from ui.parts.top_bar import TopBar
from ui.phone_desk import PhoneDesk
from ui.putting_away import PuttingAway
from ui.rooms import Rooms
from ui.watch import Watch

if TYPE_CHECKING:
    from guide.records import Standing
    from ui.cover import Cover


class MainWindow(QMainWindow):
    """Frames the pages. On another language or text size everything visible is made anew: simple, and never half."""

    other_edition = Signal()
    _: Language  # finds the words of the language of now; ``looks`` sets it

    def __init__(self, guide: Guide, language: str) -> None:
        """Take the guide and the language to begin in; the home screen is ready when this returns."""
        super().__init__()
        self.guide = guide
        self.audience = Audience.VISITOR
        self.looks = Looks(self, guide.settings, language)
        self.away = PuttingAway(self)
        self.jobs = Jobs(guide.interrupt)
        self.basket = Basket()
        self.clipboard = PrivateClipboard(guide.settings.clipboard_seconds)
        self.phones = PhoneDesk(self)
        self.finding = FindDesk(self)
        self.acts = Actions(
            self.open_entry, self.phones.call, self.phones.show, self.copy, self.basket.toggle, self.basket.has,
            self.finding.wrong, guide.settings.may,
        )  # fmt: skip
        self._standing: Standing | None = None
        self.rooms: Rooms
        self.desk = PaperDesk(self, guide, self.jobs, self.say, self.fail, self.hide_now, self.is_staff)
        self.over = Overlays(self, self.reset, self.away.come_back)
        self.setWindowTitle(guide.settings.product_name)
        self.setMinimumSize(800, 560)
        self._build()
        self.idle = Idle(self, guide.settings.idle_minutes, self.reset, self.away.at_start, self.hide_now)
        self.watch = Watch(self.idle, self.hide_now, lambda n: self.say(self._("Shift {n} of 3: hide the screen", n=n)))
        self.basket.changed.connect(self._basket_changed)
        self.other_edition.connect(self.catalog_changed)
        self._cover_speaks()
        self.begin()
        FirstPaint(self, self.watch.begin, steps(self))

    # --- making -----------------------------------------------------------------------------------
    def _build(self) -> None:
        """Make everything that is seen, for the language, text size and audience of now."""
        _, scale, settings = self._, self.looks.scale, self.guide.settings
        home = self.home_data()
        self.over.forget()
        old: QWidget | None = self.takeCentralWidget()
        if old is not None:  # gone before the style sheet comes, which would dress all of it once more
            old.hide()
            old.setParent(None)
            old.deleteLater()
        self.setStyleSheet(style.sheet(scale, turned=_.right_to_left))
        ground = QWidget()
        ground.setObjectName("ground")
        self.bar = TopBar(_, scale, self.choose_language, LookAsks(self.looks.now, self.choose_size, self.choose_theme))
        if hasattr(self, "rooms"):
            self.rooms.end()
        self.rooms = Rooms(self, _, scale, home)
        names = (settings.product_name, settings.shelter_name)
        places, others = self.rooms.places()
        self.sidebar = Sidebar(_, scale, names, places, others, self.go)
        self.stack: QStackedWidget = self.rooms.stack
        right = QVBoxLayout()
        right.setSpacing(0)
        right.addWidget(self.bar)
        right.addWidget(self.stack, 1)
        box = QHBoxLayout(ground)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addWidget(self.sidebar)
        box.addLayout(right, 1)
        self.setCentralWidget(ground)
        self.sidebar.show_home(home)
        if self._standing is not None:
            self.sidebar.show_standing(self._standing)
        self.bar.typed.connect(self.finding.find)
        self.bar.search.onward.connect(self.finding.onward)
        self.bar.hide_now.connect(self.hide_now)
        QWidget.setTabOrder(self.bar.hide_button, self.bar.search)
        self._basket_changed()
        self.go("home")

    def _cover_speaks(self) -> None:
        self.over.speak(self._, self.looks.house)
        self.idle.speak(self._)

    def _rebuild(self, page: str = "") -> None:
        here, search, number = page or self.rooms.here, self.finding.again(), self.phones.again()
        self.remake()
        if here in ("results", "dial"):
            search()
            number()
        elif here in self.rooms.keys:
            self.go(here)

    def remake(self) -> None:
        """Make everything anew for the language, text size and audience of now, and stand at the start."""
        self._build()
        self._cover_speaks()

    @property
    def language(self) -> str:
        """Return the language of now."""
        return self._.code

    @property
    def cover(self) -> Cover:
        """Return what hides everything."""
        return self.over.cover

    def is_staff(self) -> bool:
        """Say whether the staff area is open."""
        return self.audience is Audience.STAFF

    def home_data(self) -> Home:
        """Return the home screen's data for who is looking."""
        return self.guide.home(self.audience)

    def ask_standing(self) -> None:
        """Ask whether the guide is signed and how old it is, and show it."""
        self.jobs.work(lambda _p: self.guide.standing(), self._show_standing, lambda _e: None)

    def _show_standing(self, standing: Standing) -> None:
        self._standing = standing
        self.sidebar.show_standing(standing)

    def go(self, page: str) -> None:
        """Show a page."""
        if page == "home":
            self.bar.set_words("")
        self.rooms.show(page)
        self.sidebar.mark(self.rooms.marked(page))

    def begin(self) -> None:
        """Stand where a visit begins: the first screen, ready to type."""
        self.go("home")
        self.bar.search.setFocus()

    def open_entry(self, service: str) -> None:
        """Show one entry in full."""
        self.rooms.results.open(service)

    def copy(self, text: str, shown: str) -> None:
        """Copy and say so (C1)."""
        if not self.guide.settings.may("copy"):
            return
        self.clipboard.copy(text)
        seconds = self.guide.settings.clipboard_seconds
        self.say(self._("Copied {what}. It clears in {n} seconds.", what=shown, n=seconds))

    def say(self, text: str) -> None:
        """Show a short message; none while the screen is hidden."""
        self.over.say(text)

    def fail(self, error: GuideError) -> None:
        """Say what went wrong and what to do next."""
        from ui.messages import sentence

        self.over.say(" ".join(sentence(error, self._)), failed=True)

    def say_bug(self) -> None:
        """Say calmly that the program itself went wrong."""
        self.over.bug()

    def _basket_changed(self) -> None:
        self.sidebar.count("sheet", len(self.basket.ids))
        if self.rooms.made("results"):
            self.rooms.results.refresh()
        self.rooms.show_basket(len(self.basket.ids))

    # --- language, size, staff ----------------------------------------------------------------------
    def choose_language(self, language: str) -> None:
        """Speak another language."""
        self.looks.speak(language)
        self._rebuild()

    def choose_size(self, percent: int) -> None:
        """Show text of another size."""
        if percent != self.looks.percent:
            self.looks.percent = percent
            self._rebuild()

    def choose_theme(self, theme: str) -> None:
        """Wear other colours."""
        self.looks.theme = theme
        self.look_again()

    def look_again(self) -> None:
        """Show everything in the colours of now, wherever one is."""
        self.looks.wear()
        self._rebuild()

    def unlocked(self) -> None:
        """Show the staff area."""
        self.audience = Audience.STAFF
        self._rebuild("updates")

    def lock(self) -> None:
        """Close the staff area."""
        self.reset()

    def settings_changed(self, settings: Settings) -> None:
        """Use changed settings at once."""
        from ui.house_name import name_window

        name_window(self, settings)
        self.idle.set_minutes(settings.idle_minutes)
        self.looks.settle(settings)
        self.finding.begin()
        self._rebuild("settings")
        self.say(self._("Settings are saved."))

    def catalog_changed(self) -> None:
        """Show another edition everywhere, without leaving the page."""
        home = self.home_data()
        self.rooms.show_home(home)
        if self.rooms.made("results") and self.rooms.results.answer is not None:
            self.rooms.results.renew()
        self.sidebar.show_home(home)
        self.ask_standing()

    def offer_bundle(self, bundle: Path) -> None:
        """Remember an update that was double-clicked; staff look at it now, or after unlocking."""
        self.rooms.offered = bundle
        self.go("updates" if self.is_staff() else "unlock")

    def hide_now(self) -> None:
        """Cover everything at once, and put the visit away behind it (Q4)."""
        self.away.hide_now()

    def reset(self) -> None:
        """Put the visit away and stand at the start (I2)."""
        self.away.reset()

    def at_start(self) -> bool:
        """True when there is nothing to put away."""
        return self.away.at_start()

    def finish(self) -> None:
        """Let go of threads, files and the clipboard."""
        self.watch.end()
        self.clipboard.clear()
        self.rooms.hush()
        self.jobs.stop()
        self.guide.close()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the cover whole and the message in its corner."""
        super().resizeEvent(event)
        self.over.follow()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Close for good: nothing stays behind."""
        self.clipboard.clear()
        event.accept()
