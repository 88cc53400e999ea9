"""All a face of the guide can ask of where updates come from."""

from __future__ import annotations

import threading
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from guide.bundles.sources.drives import Drives, this_system
from guide.bundles.sources.look import bundles_in
from guide.clock import Clock
from guide.errors import MirrorError, MirrorStoppedError, UsageError
from guide.records import Drive, Found, Imported, PassedOn, Progress, silent
from guide.settings import Settings

if TYPE_CHECKING:
    from guide.bundles.sources.folder import DropFolder


@dataclass
class Sources:
    """Drives, drop folder and mirror of one guide. ``settings`` gives those of now: staff may change them.

    ``apply`` takes in what nobody's hand chose: what came by the drop folder. ``online`` says that connections may be opened: only while staff are there (SAFETY N3). No visit ever is.
    """

    settings: Callable[[], Settings]
    clock: Clock
    apply: Callable[[Path], Imported]
    system: Drives = field(default_factory=this_system)
    online: bool = False
    _folder: DropFolder | None = None
    _stopped: threading.Event = field(default_factory=threading.Event)

    def mark(self) -> Hashable:
        """Return a value that changes when a drive comes or goes."""
        return self.system.mark()

    def drives(self) -> tuple[Drive, ...]:
        """Return the removable drives there are."""
        return self.system.list()

    def on_drives(self) -> tuple[Found, ...]:
        """Return the bundles on all drives, the newest genuine one first; their data stays unread."""
        from guide.bundles.sources.glance import glance, in_order

        if not self.settings().notice_drives:
            return ()
        found: list[Found] = []
        for drive in self.drives():
            found += glance(self.settings(), bundles_in(Path(drive.path)), "drive", drive.name, self.clock)
        return in_order(found)

    # --- the shared folder --------------------------------------------------------------------------
    def in_folder(self) -> tuple[Found, ...]:
        """Return the bundles in the drop folder that have lain there unchanged since the last look."""
        if not self.settings().drop_folder:
            return ()
        return self._drop().look(self.settings(), self.clock)

    def take(self, found: Found) -> Imported:
        """Take in what was found in the drop folder; what is refused is not tried again until it changes.

        Raises:
            what ``apply_update`` raises.
        """
        return self._drop().take(found, self.apply)

    def _drop(self) -> DropFolder:
        if self._folder is None:
            from guide.bundles.sources.folder import DropFolder

            self._folder = DropFolder()
        return self._folder

    # --- the mirror ---------------------------------------------------------------------------------
    def ask_mirrors(self, progress: Progress = silent) -> tuple[Found, ...]:
        """Ask every address that is set up, each for the publisher whose updates lie there; return what is wanted.

        What is newer lies in this guide's own folder then, to be looked at like any other. An address that does not
        answer keeps nothing back that another one has.

        Raises:
            MirrorStoppedError: no staff are there, or ``stop`` was called.
            UsageError: no mirror is set up.
            and what ``mirror.ask_mirror`` raises, where no address has anything newer.
        """
        settings = self.settings()
        settings.must("mirror")
        if not self.online:
            raise MirrorStoppedError
        if not settings.mirrors:
            raise UsageError("No update server is set up.")
        self._stopped.clear()
        found: dict[str, Found] = {}
        failed: MirrorError | None = None
        for address in settings.mirrors:
            try:
                one = self._ask(address, settings, progress)
            except MirrorStoppedError:
                raise
            except MirrorError as error:
                failed = failed or error
            else:
                if one.wanted:
                    found[one.path] = one
        if failed is not None and not found:
            raise failed
        return tuple(found.values())

    def ask_mirrors_when_due(self) -> tuple[Found, ...]:
        """Ask the mirrors if their hours have passed, else nobody. Raises what ``ask_mirrors`` raises."""
        settings = self.settings()
        if not settings.mirror_hours or not settings.mirrors or not settings.may("mirror"):
            return ()
        from guide.bundles.sources.mirror import due

        return self.ask_mirrors() if self.online and due(self.settings(), self.clock) else ()

    def _ask(self, address: str, settings: Settings, progress: Progress) -> Found:
        from guide.bundles.sources.link import Link, Route
        from guide.bundles.sources.mirror import ask_mirror

        route = Route(address, settings.mirror_proxy, settings.mirror_certificates)
        link = Link(route, lambda: self.online and not self._stopped.is_set())
        try:
            return ask_mirror(settings, self.clock, link, progress)
        finally:
            link.close()

    def stop(self) -> None:
        """End what is asked of the mirror now; what came so far is kept."""
        self._stopped.set()

    # --- passing on ---------------------------------------------------------------------------------
    def pass_on(self, folder: Path, progress: Progress = silent, publisher: str = "") -> PassedOn:
        """Write one publisher's current edition into ``folder`` for the next house.

        Raises NotFoundError and what ``passing_on.pass_on`` raises.
        """
        from guide.bundles.publishers import opened
        from guide.bundles.sources.passing_on import pass_on

        self.settings().must("pass_on")
        return pass_on(opened(self.settings(), publisher), folder, self.clock, progress)
