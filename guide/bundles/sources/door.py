"""All a face of the guide can ask of where updates come from."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from pathlib import Path

from guide.bundles.sources.drives import Drives, this_system
from guide.bundles.sources.look import bundles_in
from guide.clock import Clock
from guide.records import Drive, Found
from guide.settings import Settings


@dataclass
class Sources:
    """Drives, drop folder and mirror of one guide. ``settings`` gives those of now: staff may change them."""

    settings: Callable[[], Settings]
    clock: Clock
    system: Drives = field(default_factory=this_system)

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
