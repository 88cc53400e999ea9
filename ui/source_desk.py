"""Keeps an eye on where updates come from: drives while staff are there, the shared folder all the time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from guide.errors import GuideError
from guide.records import Audience, Event, Found, Imported, ProgramOffer
from ui.drive_watch import DriveWatch

if TYPE_CHECKING:
    from ui.main_window import MainWindow

FOLDER_SECONDS = 20  # a file counts from the second look on, so it is taken within a minute


class SourceDesk(QObject):
    """Says what was found. A visitor's window looks at no drive, shows nothing, and asks nobody."""

    changed = Signal()

    def __init__(self, window: MainWindow) -> None:
        """Take the window: it says who is there and shows what was found."""
        super().__init__(window)
        self._window = window
        self._sources, self._jobs = window.guide.sources, window.jobs
        self._programs: tuple[ProgramOffer, ...] = ()
        self._drives: tuple[Found, ...] = ()
        self._folder: tuple[Found, ...] = ()
        self._mirror: tuple[Found, ...] = ()
        self._gone_back: tuple[Event, ...] = ()
        self._watch: DriveWatch | None = None
        self._looking = self._taking = False
        self._timer = QTimer(self, interval=FOLDER_SECONDS * 1000)
        self._timer.timeout.connect(self.look_in_folder)
        self._timer.start()
        window.other_edition.connect(self.again)

    @property
    def found(self) -> tuple[Found, ...]:
        """Return what was found, the newest genuine one first; nothing where no staff are."""
        return (*self._drives, *self._folder, *self._mirror) if self._staff else ()

    @property
    def programs(self) -> tuple[ProgramOffer, ...]:
        """Return the versions of this program on the drives, the newest first; nothing where no staff are."""
        return self._programs if self._staff else ()

    @property
    def waiting(self) -> int:
        """Return how many places hold something newer, and how many editions went back by themselves."""
        places = {(one.kind, one.place) for one in self.found if one.wanted}
        places |= {("drive", one.place) for one in self.programs if one.wanted}
        return len(places) + len(self.gone_back)

    @property
    def gone_back(self) -> tuple[Event, ...]:
        """Return the editions that went back by themselves; nothing where no staff are."""
        return self._gone_back if self._staff else ()

    def follow(self) -> None:
        """Begin to look at drives when staff have come, end it when they have left."""
        if self._staff and self._watch is None:
            self._sources.online = True
            self._watch = DriveWatch(self._sources.mark)
            self._watch.changed.connect(self.look)
            self.again()
            self._jobs.afar(lambda _p: self._sources.ask_mirrors_when_due(), self.saw_mirrors, lambda _e: None)
        elif not self._staff and self._watch is not None:
            self._watch.end()
            self._watch.deleteLater()
            self._watch = None
            self._drives = self._mirror = ()
            self._programs = ()
            self._sources.online = False
            self._sources.stop()

    def look(self) -> None:
        """Look at the drives, afar: a slow stick keeps nobody waiting."""
        if self._staff:
            guide = self._window.guide
            both = lambda _p: (self._sources.on_drives(), guide.programs.on_drives())  # noqa: E731
            self._jobs.afar(both, self._saw_drives, lambda _e: self._saw_drives(((), ())))

    def look_in_folder(self) -> None:
        """Look into the shared folder, if there is one: the next look waits for the answer of this one."""
        if not self._window.guide.settings.drop_folder:
            self._saw_folder(())
        elif not self._looking:
            self._looking = True
            self._jobs.afar(lambda _p: self._sources.in_folder(), self._saw_folder, lambda _e: self._saw_folder(()))

    def again(self) -> None:
        """Look everywhere: another edition is here now."""
        self.look()
        self.look_in_folder()
        if self._staff:
            self._jobs.work(lambda _p: self._window.guide.publishers.gone_back(), self.saw_gone_back, lambda _e: None)

    # --- inside -------------------------------------------------------------------------------------
    @property
    def _staff(self) -> bool:
        return self._window.audience is Audience.STAFF

    def _saw_drives(self, seen: tuple[tuple[Found, ...], tuple[ProgramOffer, ...]]) -> None:
        if self._staff and seen != (self._drives, self._programs):
            self._drives, self._programs = seen
            self._tell()

    def saw_mirrors(self, found: tuple[Found, ...]) -> None:
        """Offer what update servers have."""
        if self._staff and found:
            self._mirror = found
            self._tell()

    def saw_gone_back(self, found: tuple[Event, ...]) -> None:
        """Say that editions went back by themselves: what the window shows of the guide is then another's."""
        if found != self._gone_back:
            self._gone_back = found
            self._tell()
            self._window.other_edition.emit()

    def _saw_folder(self, found: tuple[Found, ...]) -> None:
        self._looking = False
        if found != self._folder:
            self._folder = found
            self._tell()
        newest = next((one for one in found if one.verdict == "newer"), None)
        if (
            newest is not None
            and self._window.guide.settings.drop_folder_takes
            and not self._taking
            and self._at_rest()
        ):
            self._taking = True
            self._jobs.work(lambda _p: self._sources.take(newest), self._took, self._not_taken)

    def _took(self, _done: Imported) -> None:
        self._taking, self._folder = False, ()
        self._window.other_edition.emit()
        self._tell()

    def _not_taken(self, _error: GuideError) -> None:
        """Say nothing to a visitor: what was refused stands in staff's list, and the next look tries what can be tried."""
        self._taking = False

    def _at_rest(self) -> bool:
        """Say whether nobody is in the middle of something that another edition would change under their eyes."""
        rooms = self._window.rooms
        if rooms is None or not self._staff:
            return self._window.at_start()
        return not (rooms.made("updates") and rooms.updates.in_hand)

    def _tell(self) -> None:
        if self._staff:
            self._window.sidebar.count("updates", self.waiting)
            self.changed.emit()
