"""The door to what this house writes beside the catalogs."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from guide.own.desk import OwnDesk

if TYPE_CHECKING:
    from guide.own.entries import OwnWords
    from guide.own.files import OwnFiles
    from guide.own.screen import OwnScreen
    from guide.own.services import OwnServices
    from guide.own.sharing import Sharing


class Own(OwnDesk):
    """Own services, words on entries of the catalogs, files that carry both, and what can be taken back."""

    @cached_property
    def services(self) -> OwnServices:
        """Return the house's own services."""
        from guide.own.services import OwnServices

        return OwnServices(self)

    @cached_property
    def words(self) -> OwnWords:
        """Return the house's words on entries of the catalogs: notes, better values, hiding."""
        from guide.own.entries import OwnWords

        return OwnWords(self)

    @cached_property
    def sharing(self) -> Sharing:
        """Return what keeps several PCs of the house alike."""
        from guide.own.sharing import Sharing

        return Sharing(self)

    @cached_property
    def files(self) -> OwnFiles:
        """Return what takes own services in from files, and writes them."""
        from guide.own.files import OwnFiles

        return OwnFiles(self)

    @cached_property
    def screen(self) -> OwnScreen:
        """Return the first screen as this house wants it."""
        from guide.own.screen import OwnScreen

        return OwnScreen(self)
