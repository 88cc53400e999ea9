"""The door to who publishes for this house: who they are, who comes first, who is added and who goes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from guide.bundles import carried
from guide.bundles import publishers as kept
from guide.bundles.editions import Editions
from guide.bundles.fingerprint import fingerprint
from guide.bundles.roster import about, books, house_of, join_now, joined_file, key_of, keys
from guide.bundles.standing import status
from guide.catalog.home import read_edition
from guide.clock import Clock
from guide.errors import BrokenCatalogError, NotFoundError, ThisComputerError, UsageError
from guide.records import Conflict, Event, Newcomer, Publisher, Removed, Side, Waiting
from guide.settings import Settings

if TYPE_CHECKING:
    from guide.shelter.store import Store


class Publishers:
    """Every method opens what it needs and lets it go."""

    def __init__(
        self, settings: Settings, clock: Clock, store: Callable[[], AbstractContextManager[Store]],
        let_go: Callable[[], None],
    ) -> None:  # fmt: skip
        """Take this house's settings, the clock, what opens shelter.db, and what closes every open catalog."""
        self._settings, self._clock, self._store, self._let_go = settings, clock, store, let_go

    @property
    def several(self) -> bool:
        """Say whether there is more than one publisher."""
        return len(keys(self._settings)) > 1

    def list(self) -> tuple[Publisher, ...]:
        """Return every publisher, the one that counts first first."""
        return tuple(self._one(key) for key in keys(self._settings))

    def named(self, text: str) -> Publisher:
        """Return the publisher that is meant by its key, its name, or the beginning of either; "first" is the first.

        Raises NotFoundError, UsageError (several).
        """
        wanted = text.strip().casefold()
        every = self.list()
        exact = [one for one in every if wanted in (one.key or "first", one.name.casefold())]
        found = exact or [one for one in every if one.key.startswith(wanted) or one.name.casefold().startswith(wanted)]
        if not wanted or not found:
            raise NotFoundError("There is no such publisher.", publisher=text)
        if len(found) > 1:
            raise UsageError("Several publishers are called so. Use the key.", keys=[one.key for one in found])
        return found[0]

    def look(self, path: Path) -> Newcomer:
        """Return what a root file or a bundle shows of a publisher not known here. Raises KnownPublisherError."""
        return kept.look(self._settings, path, self._clock)

    def gone_back(self) -> tuple[Event, ...]:
        """Return whose edition went back by itself, while staff have not taken the newest update in again."""
        from guide.history import gone_back, history

        return gone_back(lambda: history(self._store, self._settings))

    def waiting(self) -> tuple[Waiting, ...]:
        """Return whom a restored backup named and who is not trusted here: ``add`` their path, or ``leave`` them."""
        return carried.waiting(self._settings)

    def leave(self, key: str) -> None:
        """Forget one that waits. Raises NoAccessError."""
        self._settings.must("publishers")
        carried.leave(self._settings, key)

    def add(self, path: Path, words: str, name: str = "", by: str = "staff") -> Publisher:
        """Trust the publisher of ``path`` whose six words staff were told. Raises WrongWordsError, DamagedError."""
        self._settings.must("publishers")
        names = {one.path: one.name for one in self.waiting()}
        key = kept.add(self._settings, path, words, self._clock, name or names.get(str(path), ""))
        carried.recall(self._settings, key, self._clock)
        added = self._one(key)
        self._write("publisher-added", added, by)
        return added

    def move(self, key: str, place: int) -> tuple[Publisher, ...]:
        """Let one count as number ``place`` (from 0). Raises NotFoundError."""
        self._settings.must("publishers")
        kept.move(self._settings, key, place)
        join_now(self._settings)
        return self.list()

    def remove(self, key: str, by: str = "staff") -> Removed:
        """Forget one, with its editions and what was trusted of it. What this house wrote stays, and is told.

        Raises FirstPublisherError, NotFoundError, BusyError, HeldError.
        """
        self._settings.must("publishers")
        gone = self._one(key)
        sheets = self._sheets(key)
        self._let_go()  # Windows moves no folder with an open file in it
        kept.remove(self._settings, key)
        with suppress(ThisComputerError):
            carried.leave(self._settings, key)  # else it would wait here for its six words
        join_now(self._settings)
        self._write("publisher-removed", gone, by)
        services = gone.status.edition.services if gone.status else 0
        return Removed(gone.name, services, sheets)

    def conflicts(self) -> tuple[Conflict, ...]:
        """Return where two publishers say something different of one line: changed numbers first.

        Raises BrokenCatalogError.
        """
        from guide.catalog.joins import Joins

        here = books(self._settings)
        if len(here) < 2:
            return ()
        names = {book.mark: book.name or read_edition(book.catalog).publisher_name for book in here}
        joins = Joins.of(here, joined_file(self._settings))
        try:
            rows = joins.conflicts()
        finally:
            joins.close()
        return tuple(Conflict(kind, _side(names, *row[:5]), _side(names, *row[5:])) for kind, *row in rows)

    def _one(self, key: str) -> Publisher:
        if key not in keys(self._settings):
            raise NotFoundError("There is no such publisher.", publisher=key)
        house, written = house_of(self._settings, key), about(self._settings, key)
        words: tuple[str, ...] = ()
        with suppress(OSError, ValueError, KeyError):
            words = fingerprint((house.trust / "root.json").read_bytes())
        if key and not Editions(house).pointer().data:
            return Publisher(key, written.name, words, None, written.added)
        try:
            found = status(house, self._clock)
        except BrokenCatalogError:
            return Publisher(key, written.name, words, None, written.added, broken=True)
        return Publisher(key, written.name or found.publisher_name, words, found, written.added)

    def _sheets(self, key: str) -> tuple[str, ...]:
        """Return the names of the saved sheets on which entries of ``key`` stand."""
        from guide.shelter.saved import saved_sheets

        with suppress(ThisComputerError), self._store() as store:
            every = saved_sheets(store)
            return tuple(s.name for s in every if any(key_of(entry.service) == key for entry in s.entries))
        return ()

    def _write(self, kind: str, one: Publisher, by: str) -> None:
        with suppress(ThisComputerError), self._store() as store:
            store.add_event(kind, 0, "", by=by, publisher=one.key, publisher_name=one.name)


def _side(names: Mapping[str, str], mark: str, service: str, name: str, numbers: list[str], staff: int) -> Side:
    return Side(names[mark], service + mark, name, tuple(numbers), bool(staff))
