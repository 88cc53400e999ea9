"""What every part of the house's own writing stands at: its file, the catalogs, and what is laid over them."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Sequence
from contextlib import AbstractContextManager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from guide.clock import Clock
from guide.errors import BrokenCatalogError, NotFoundError, ThisComputerError
from guide.own.laid import FILE, FOLDER, key_of, last_stamp, read_file, read_laid
from guide.records.house import Edit, Past
from guide.records.laid import Laid
from guide.settings import Settings

if TYPE_CHECKING:
    from guide.catalog.books import Book
    from guide.catalog.reader import Catalog
    from guide.own.riders import Rider
    from guide.shelter.store import Store

Published = Callable[[], AbstractContextManager["Catalog"]]
Opening = Callable[[], AbstractContextManager["Store"]]
_ONE = threading.Lock()  # one at a time makes what is laid over the catalogs


class OwnDesk:
    """Every method opens what it needs and lets it go."""

    def __init__(
        self, settings: Callable[[], Settings], clock: Clock, books: Callable[[], Sequence[Book]], published: Published,
        store: Opening, more: Callable[[], Sequence[Rider]] = tuple,
    ) -> None:  # fmt: skip
        """Take the settings, the clock, the publishers' catalogs, what opens them as one, what opens shelter.db, and
        what gives ``more`` that travels to other PCs: not made before somebody asks, as it needs the tables.
        """
        self.settings, self.clock, self.books, self.published, self.store = settings, clock, books, published, store
        self._more = more
        self._kept: tuple[object, Laid] | None = None

    # --- what is laid over the catalogs ---------------------------------------------------------------
    def laid(self, catalogs: Iterable[Path] | None = None) -> Laid:
        """Return what is laid over the catalogs, made anew where they are other ones by now.

        ``catalogs``: where they lie, from somebody who has just looked.
        """
        if self._kept is None or self._kept[0] != self._state(catalogs):
            found = read_file(self.data)
            strange = last_stamp(self.data) not in (None, found.get("last", ""))
            if strange or (found and found.get("key") != key_of(self.catalogs())):
                try:
                    self.derive()
                except BrokenCatalogError:
                    raise
                except ThisComputerError:
                    pass  # a full disk, a guest account, our own file: what was laid last still holds, and help is found
            self._kept = self._state(), read_laid(self.data)
        return self._kept[1]

    def renew(self) -> None:
        """Lay the house's own over other catalogs than before, where there is anything to lay."""
        self.laid()

    def restored(self) -> None:
        """Go on after the file was put back from a backup, which may be another PC's: under a name of its own."""
        from guide.shelter.stamps import another_pc

        with self.store() as store, store.reading() as db:
            if db is not None:
                another_pc(db)
        self.derive()

    def _state(self, catalogs: Iterable[Path] | None = None) -> tuple[object, object]:
        """Return what is looked at before each question: cheap, and different once anything was made anew."""
        with suppress(OSError):
            stat = (self.data / FOLDER / FILE).stat()
            return (stat.st_mtime_ns, stat.st_size, stat.st_ino), key_of(
                self.catalogs() if catalogs is None else catalogs
            )
        return None, None

    def derive(self) -> None:
        """Make what is laid over the catalogs anew. Raises BrokenCatalogError, DiskFullError, NoAccessError."""
        from guide.own.derive import House, derive
        from guide.shelter.facts import things

        settings = self.settings()
        with _ONE:
            last = last_stamp(self.data) or ""  # before it is read: what another window writes meanwhile is laid again
            with self.store() as store:
                found = things(store, "own", "word", "house")
            with self.published() as catalog:
                house = House(settings.shelter_name, settings.timezone)
                derive(self.data, found, last, catalog, key_of(self.catalogs()), self.first(), house)

    def catalogs(self) -> list[Path]:
        """Return the files of the publishers' catalogs, in the order in which they count."""
        return [book.catalog for book in self.books()]

    def first(self) -> list[str]:
        """Return the entries the publishers want called first, the one's that counts most before the others'."""
        from guide.catalog.reader import Catalog

        found: list[str] = []
        for book in self.books():
            with suppress(BrokenCatalogError), Catalog(book.catalog) as catalog:
                found += [one + book.mark for one in catalog.ids_of(catalog.edition().call_now)]
        return found

    @property
    def data(self) -> Path:
        """Return the data folder."""
        return self.settings().data

    # --- changing -------------------------------------------------------------------------------------
    def change(self, edits: Iterable[Edit], what: str, name: str) -> int:
        """Keep edits as one change that can be taken back; return how many fields are different now."""
        from guide.shelter.facts import change

        with self.store() as store:
            changed = change(store, self.clock, edits, what, name)
        if changed:
            self.derive()
        return changed

    def riders(self) -> tuple[Rider, ...]:
        """Return what travels though it is kept elsewhere."""
        from guide.own.riders import RIDERS

        return (*RIDERS, *self._more())

    def take_note(self, store: Store, *, all_of_them: bool = True) -> None:
        """Note what became of what is kept elsewhere; else of that alone which can be taken back."""
        for rider in self.riders():
            if all_of_them or rider.undone:
                rider.take_note(store, self.clock)

    def follow(self, store: Store) -> None:
        """Let what is kept elsewhere follow what was taken in or taken back."""
        for rider in self.riders():
            rider.follow(store)

    def past(self) -> tuple[Past, ...]:
        """Return what can be taken back, the newest first."""
        from guide.shelter.facts import past

        with self.store() as store:
            self.take_note(store, all_of_them=False)
            return past(store)

    def take_back(self, number: int) -> int:
        """Put back what stood before a change; fields written anew since stay. Raises NotFoundError."""
        from guide.shelter.facts import past, take_back

        with self.store() as store:
            self.take_note(store)  # else what was done since the last look would follow what stood there before
            known = {one.number for one in past(store)}
            if number not in known:
                raise NotFoundError("This change can no longer be taken back.", number=number)
            changed = take_back(store, self.clock, number)
            self.follow(store)
        self.derive()
        return changed
