"""The history of updates: written after each, read newest first; a line that a stopped computer owes is told too."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager, suppress
from dataclasses import asdict
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from guide.bundles.editions import Editions
from guide.bundles.offers import edition_of
from guide.clock import Clock
from guide.errors import ThisComputerError
from guide.records import Event, Imported
from guide.settings import Settings

if TYPE_CHECKING:
    from guide.shelter.store import Store

Opened = Callable[[], AbstractContextManager["Store"]]
_TOLD = ("publisher_name", "signed", "keys", "expired", "added", "changed", "removed")


def remember(opened: Opened, kind: str, done: Imported, by: str) -> None:
    """Keep a line. What was done is done: that its line cannot be written must not be told as if it were not."""
    facts = asdict(done)
    with suppress(ThisComputerError), opened() as store:
        store.add_event(kind, done.edition, done.edition_name, by=by, **{name: facts[name] for name in _TOLD})


def go_back(opened: Opened, settings: Settings, clock: Clock, by: str) -> Imported:
    """Go back one edition and keep the line. Raises NothingToGoBackToError."""
    from guide.bundles.importer import rollback

    done = rollback(settings, clock)
    remember(opened, "rollback", done, by)
    return done


def go_forward(opened: Opened, settings: Settings, clock: Clock, by: str) -> Imported:
    """Go forward again and keep the line. Raises NothingToGoForwardToError."""
    from guide.bundles.importer import forward

    done = forward(settings, clock)
    remember(opened, "forward", done, by)
    return done


def history(opened: Opened, settings: Settings) -> tuple[Event, ...]:
    """Return what was taken in, gone back from and forward to, newest first."""
    with opened() as store:
        events = store.events()
    editions = Editions(settings)
    pointer = editions.pointer()
    with suppress(ThisComputerError, OSError):
        here = edition_of(editions, pointer)
        if pointer.data and (not events or events[0].edition != here.number):
            # Taken in, and then the power went before the line was written: the folder knows the day.
            day = datetime.fromtimestamp((editions.folder / pointer.data).stat().st_mtime, UTC)
            return (Event(day, "import", here.number, here.name, by="unknown"), *events)
    return events
