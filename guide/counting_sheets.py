"""Counts without people: sheets printed by month and need, updates by month; off unless the house wants them (N6)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, suppress
from typing import TYPE_CHECKING

from guide.clock import Clock
from guide.errors import ThisComputerError
from guide.settings import Settings

if TYPE_CHECKING:
    from guide.catalog.reader import Catalog
    from guide.shelter.store import Store

SMALL = "under 10"  # what the merged rest of a month is called in the file


class SheetCounts:
    """Every method opens what it needs and lets it go."""

    def __init__(
        self, settings: Settings, clock: Clock, catalog: Callable[[], AbstractContextManager[Catalog]],
        store: Callable[[], AbstractContextManager[Store]],
    ) -> None:  # fmt: skip
        """Take this house's settings, the clock, and what opens catalog and shelter.db."""
        self._settings, self._clock, self._catalog, self._store = settings, clock, catalog, store

    def printed(self, services: Sequence[str]) -> None:
        """Count a printed sheet once for each need on it; nothing where this house does not count.

        That a count cannot be kept keeps nobody from their paper.
        """
        if not self._settings.count_sheets or not services:
            return
        from guide.shelter.counts import SHEETS, count

        with self._catalog() as catalog:
            needs = {one.category for one in catalog.services(list(services))}
        with suppress(ThisComputerError), self._store() as store:
            count(store, SHEETS, needs, self._clock().astimezone().date())

    def table(self) -> tuple[tuple[str, str, str, int], ...]:
        """Return (month, what, need, n), newest first. Values under ten are merged, and left out where that is still
        under ten; updates are counted from the history, which tells nothing of people.
        """
        from guide.shelter.counts import counts

        with self._store() as store:
            sheets = counts(store)
            updates = Counter(f"{one.at.astimezone():%Y-%m}" for one in store.events() if one.kind == "import")
        lines = [*sheets, *((month, "updates", "", n) for month, n in updates.items())]
        return tuple(sorted(lines, key=lambda line: line[0], reverse=True))

    def as_csv(self) -> bytes:
        """Return the table for a spreadsheet."""
        names = {"sheets": SMALL, "updates": ""}
        lines = ["month,what,need,count"]
        lines += [f"{month},{what},{need or names[what]},{n}" for month, what, need, n in self.table()]
        return ("\r\n".join(lines) + "\r\n").encode("utf-8-sig")

    def forget(self) -> None:
        """Drop every count."""
        from guide.shelter.counts import forget_counts

        with self._store() as store:
            forget_counts(store)
