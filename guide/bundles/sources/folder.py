"""The drop folder: a share or synchronised folder in which updates appear, for every PC of a house."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from guide.bundles.editions import Editions
from guide.bundles.roster import house_of, keys
from guide.bundles.sources.glance import glance, in_order
from guide.bundles.sources.look import Candidate, bundles_in
from guide.clock import Clock
from guide.errors import DamagedError, NotGenuineError, NotNewerError
from guide.records import Found, Imported
from guide.settings import Settings

# What lies in the file and will not be otherwise before the file is: to try again would only keep the disk busy.
_FINAL = (NotGenuineError, NotNewerError, DamagedError)


class DropFolder:
    """Looks when it is asked to: a share tells of no changes, so nothing waits for any.

    A file counts when two looks in a row saw the same size and time: one that is still being copied does not.
    The share's clock may be any, so no time is compared with this PC's.
    """

    def __init__(self) -> None:
        """Know of no file yet."""
        self._begin("")

    def _begin(self, where: str) -> None:
        self._where, self._here = where, ""
        self._seen: dict[Path, Candidate] = {}
        self._known: dict[Candidate, Found] = {}
        self._refused: dict[Candidate, str] = {}

    def look(self, settings: Settings, clock: Clock) -> tuple[Found, ...]:
        """Return what lies in the folder of ``settings`` whole, the newest genuine one first.

        Each file is judged once for each edition that is here; a later look costs one listing of the folder.
        """
        if settings.drop_folder != self._where:
            self._begin(settings.drop_folder)
        if not self._where:
            return ()
        listed = bundles_in(Path(self._where))
        still = [one for one in listed if self._seen.get(one.path) == one]
        self._seen = {one.path: one for one in listed}
        here = _edition_here(settings)
        known = self._known if here == self._here else {}
        fresh = [one for one in still if one not in known]
        judged = glance(settings, fresh, "folder", Path(self._where).name or self._where, clock)
        by_path = {found.path: found for found in judged}
        self._known = {
            one: known[one] if one in known else by_path[str(one.path)]
            for one in still
            if one in known or str(one.path) in by_path
        }
        self._here = here
        self._refused = {one: reason for one, reason in self._refused.items() if one in still}
        return in_order(self._told(one, found) for one, found in self._known.items())

    def take(self, found: Found, apply: Callable[[Path], Imported]) -> Imported:
        """Take ``found`` in by ``apply``. Raises what that raises."""
        try:
            return apply(Path(found.path))
        except _FINAL as error:
            seen = self._seen.get(Path(found.path))
            if seen is not None:
                self._refused[seen] = error.code
            raise

    def _told(self, one: Candidate, found: Found) -> Found:
        reason = self._refused.get(one)
        return found if reason is None else replace(found, verdict="refused", reason=reason)


def _edition_here(settings: Settings) -> str:
    """Return a word for who publishes here and what is here of each."""
    pointers = ((key, Editions(house_of(settings, key)).pointer()) for key in keys(settings))
    return " ".join(f"{key}:{pointer.data}/{pointer.trust}" for key, pointer in pointers)
