"""One house's guide below its front door: what it opens, and the updates it takes in.

Heavy libraries are imported inside the method that needs them (docs/architecture.md, start-up).
"""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import contextmanager, suppress
from functools import cached_property, wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar, cast

from guide.bundles.editions import Editions, clock_is_right, current_catalog, several
from guide.clock import Clock, Here, system_clock, zone_here
from guide.errors import BrokenCatalogError, ThisComputerError
from guide.records import Progress, silent
from guide.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from guide.bundles.sources.door import Sources
    from guide.catalog.books import Book
    from guide.catalog.reader import Catalog
    from guide.checking import NumberChecks
    from guide.counting_sheets import SheetCounts
    from guide.own.door import Own
    from guide.own.riders import Rider
    from guide.paper import HousePaper
    from guide.publishers import Publishers
    from guide.records import Event, Explained, Imported, Offer, Preview, Standing, Status
    from guide.rescue import Rescue
    from guide.safekeeping import Safekeeping
    from guide.shelter.store import Store


F = TypeVar("F", bound=Callable[..., Any])


def healing(method: F) -> F:
    """Let ``method`` of a House be asked once more where a rotten edition could be replaced by the last good one."""

    @wraps(method)
    def asked(self: House, *given: Any, **named: Any) -> Any:
        try:
            return method(self, *given, **named)
        except BrokenCatalogError:
            if not self.heal():
                raise
        return method(self, *given, **named)

    return cast("F", asked)


class House:
    """What ``Guide`` stands on. Methods may be called from any thread."""

    def __init__(self, settings: Settings, clock: Clock = system_clock) -> None:
        """Take this house's settings and the clock; open nothing yet."""
        self.settings = settings
        self.clock = clock
        # By os.path: pathlib raises where a folder may not be looked into, and then there is nothing to take up.
        if os.path.isdir(settings.data / "restore.ready"):  # noqa: PTH112 - a restore that a stopped computer left half done
            self.safekeeping.resume()

    @cached_property
    def sources(self) -> Sources:
        """Return where updates come from: drives, a drop folder, a mirror."""
        from guide.bundles.sources.door import Sources

        return Sources(lambda: self.settings, self.clock, lambda bundle: self.apply_update(bundle, by="folder"))

    @property
    def paper(self) -> HousePaper:
        """Return the door to this house's own paper: how sheets begin, the logo, saved sheets."""
        from guide.paper import HousePaper

        return HousePaper(self.settings, self.clock, self._catalog, self._store)

    @property
    def counts(self) -> SheetCounts:
        """Return the door to counts by month, without people."""
        from guide.counting_sheets import SheetCounts

        return SheetCounts(self.settings, self.clock, self._catalog, self._store)

    @property
    def checks(self) -> NumberChecks:
        """Return the door to checking numbers: what is due, rounds, reports, corrections."""
        from guide.checking import NumberChecks

        return NumberChecks(self.clock, self._catalog, self._store)

    @property
    def safekeeping(self) -> Safekeeping:
        """Return the door to backups of what this house wrote."""
        from guide.safekeeping import Safekeeping

        return Safekeeping(lambda: self.settings, self._took, self.clock)

    @property
    def rescue(self) -> Rescue:
        """Return what can be done where the shelter's own data cannot be read."""
        from guide.rescue import Rescue

        return Rescue(lambda: self.settings, self.safekeeping, self.own.derive, self._store, self.clock)

    @property
    def publishers(self) -> Publishers:
        """Return the door to who publishes for this house: add, put in order, remove, where two differ."""
        from guide.publishers import Publishers

        return Publishers(self.settings, self.clock, self._store, self.close)

    @cached_property
    def own(self) -> Own:
        """Return the door to what this house writes beside the catalogs: own services, words on entries, first screen."""
        from guide.own.door import Own

        def templates() -> tuple[Rider, ...]:
            from guide.travelling_templates import TravellingTemplates

            return (TravellingTemplates(lambda: self.settings),)

        return Own(lambda: self.settings, self.clock, self._books, self._published, self._store, templates)

    def first_bundle(self) -> Path | None:
        """Return the update an administrator laid beside the installer, while none was ever taken in."""
        from guide.first_bundle import first_bundle

        return first_bundle(self.settings)

    # --- updates --------------------------------------------------------------------------------
    def explained(self, bundle: Path) -> Explained:
        """Return what a bundle says of itself, whoever signed it. Raises DamagedError, NotGenuineError."""
        from guide.bundles.explained import explained

        return explained(bundle, self.clock)

    @healing
    def verify(self, bundle: Path) -> Offer:
        """Say who signed ``bundle`` and what it is; change nothing. Raises the errors of codes 3 to 6."""
        from guide.updates import verify

        return verify(self.settings, bundle, self.clock)

    @healing
    def preview(self, bundle: Path, progress: Progress = silent) -> Preview:
        """Return what ``bundle`` would change, every changed number first; change nothing."""
        from guide.updates import preview

        return self.own.words.touched(self.paper.touched(preview(self.settings, bundle, self.clock, progress)))

    @healing
    def apply_update(
        self, bundle: Path, *, expired_ok: bool = False, progress: Progress = silent, by: str = "staff"
    ) -> Imported:
        """Take ``bundle`` in: all of it or nothing. ``expired_ok`` is staff's word that an old date is accepted.
        ``by`` is a role or way (Event), never a person.
        """
        from guide.updates import apply_update

        self.settings.must("import")
        done = apply_update(
            self.settings,
            self._store,
            bundle,
            self.clock,
            expired_ok=expired_ok,
            progress=progress,
            by=by,
            before=self.safekeeping.before_update,
        )
        self.own.laid()
        return done

    def rollback(self, by: str = "staff", publisher: str = "") -> Imported:
        """Go back to the edition before this one. Raises NothingToGoBackToError, NotFoundError."""
        from guide.history import go_back

        self.settings.must("rollback")
        done = go_back(self._store, self.settings, self.clock, by, publisher)
        self.own.laid()
        return done

    def forward(self, by: str = "staff", publisher: str = "") -> Imported:
        """Go forward to the edition gone back from. Raises NothingToGoForwardToError, NotFoundError."""
        from guide.history import go_forward

        self.settings.must("rollback")
        done = go_forward(self._store, self.settings, self.clock, by, publisher)
        self.own.laid()
        return done

    def heal(self) -> bool:
        """Put the last good edition in the place of each that has rotted on the disk; say whether there was one.

        It is written into the history: staff then take the newest update in again.
        """
        from guide.history import healed

        self.close()
        return healed(self._store, self.settings)

    @healing
    def status(self) -> Status:
        """Return what this guide holds of the publisher it came with, who signed it and how old it is."""
        from guide.bundles.standing import status

        return status(self.settings, self.clock)

    def standing(self) -> Standing:
        """Return what everybody sees of the age of what is here, cheap enough for every start."""
        from guide.bundles.standing import standing_of_all

        return standing_of_all(self.settings, self.clock)

    def history(self) -> tuple[Event, ...]:
        """Return what was taken in and gone back from, newest first."""
        from guide.history import history

        return history(self._store, self.settings)

    def close(self) -> None:
        """Let go of every file."""

    # --- inside ---------------------------------------------------------------------------------
    def _now(self) -> datetime:
        """Return the time to go by: on a PC whose clock was reset, old facts must not look fresh."""
        return max(self.clock(), Editions(self.settings).pointer().newest_signed())

    def _here(self) -> Here:
        return Here(zone_here(self.settings.timezone), clock_is_right(self.settings, self.clock()))

    def _took(self, settings: Settings) -> None:
        self.settings = settings
        with suppress(ThisComputerError), self._store() as store:
            store.lock.mirror()
        self.own.restored()

    @property
    def _joined(self) -> Path:
        """Return the file that says what several publishers' catalogs share."""
        from guide.bundles.roster import joined_file

        return joined_file(self.settings)

    def _several(self) -> bool:
        return several(self.settings)

    def _books(self) -> tuple[Book, ...]:
        """Return the catalogs there are, the one that counts most first."""
        if self._several():
            from guide.bundles.roster import books

            return books(self.settings)
        from guide.catalog.books import Book

        return (Book("", current_catalog(self.settings), self.settings.data / "index"),)

    @contextmanager
    def _catalog(self) -> Iterator[Catalog]:
        """Give the publishers' catalogs with what the house lays over them."""
        from guide.own.catalog import LaidCatalog

        laid = self.own.laid()
        with self._published() as catalog:
            if laid.own is None and not laid.masked:
                yield catalog
            else:
                with LaidCatalog(catalog, laid) as over:
                    yield over

    @contextmanager
    def _published(self) -> Iterator[Catalog]:
        """Give the publishers' catalogs as they are."""
        from guide.catalog.reader import Catalog

        books = self._books()
        if len(books) > 1:
            from guide.catalog.joined import Joined

            with Joined(books, self._joined) as joined:
                yield joined
        else:
            with Catalog(books[0].catalog) as catalog:
                yield catalog

    @contextmanager
    def _store(self) -> Iterator[Store]:
        from guide.shelter.store import Store

        self.safekeeping.before_upgrade()
        with Store(self.settings.data / "shelter.db", self.clock) as store:
            yield store
