"""The history of updates: written after each, read newest first; a line that a stopped computer owes is told too."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager, suppress
from dataclasses import asdict, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from guide.bundles.editions import Editions
from guide.bundles.offers import edition_of
from guide.bundles.roster import house_of, join_now, keys
from guide.clock import Clock
from guide.errors import ThisComputerError
from guide.records import Event, Imported, ProgramStarted
from guide.settings import Settings

if TYPE_CHECKING:
    from guide.shelter.store import Store

Opened = Callable[[], AbstractContextManager["Store"]]
_TOLD = ("publisher_name", "signed", "keys", "expired", "added", "changed", "removed", "publisher")


def remember(opened: Opened, kind: str, done: Imported, by: str) -> None:
    """Keep a line. What was done is done: that its line cannot be written must not be told as if it were not."""
    facts = asdict(done)
    with suppress(ThisComputerError), opened() as store:
        store.add_event(kind, done.edition, done.edition_name, by=by, **{name: facts[name] for name in _TOLD})


def remember_program(opened: Opened, done: ProgramStarted, by: str) -> None:
    """Keep a line: the installer of another version of the program was started."""
    with suppress(ThisComputerError), opened() as store:
        store.add_event("program", 0, done.version, by=by)


def go_back(opened: Opened, settings: Settings, clock: Clock, by: str, publisher: str = "") -> Imported:
    """Go one edition of one publisher back and keep the line. Raises NothingToGoBackToError, NotFoundError."""
    from guide.bundles.importer import rollback
    from guide.bundles.publishers import opened as house

    done = replace(rollback(house(settings, publisher), clock), publisher=publisher)
    join_now(settings)
    remember(opened, "rollback", done, by)
    return done


def go_forward(opened: Opened, settings: Settings, clock: Clock, by: str, publisher: str = "") -> Imported:
    """Go forward again and keep the line. Raises NothingToGoForwardToError, NotFoundError."""
    from guide.bundles.importer import forward
    from guide.bundles.publishers import opened as house

    done = replace(forward(house(settings, publisher), clock), publisher=publisher)
    join_now(settings)
    remember(opened, "forward", done, by)
    return done


def healed(opened: Opened, settings: Settings) -> bool:
    """Put the last good edition of each publisher in a rotten one's place, and keep a line; say whether there was one."""
    from guide.bundles.healing import heal

    found = False
    for key in keys(settings):
        with suppress(ThisComputerError):
            if (done := heal(house_of(settings, key))) is not None:
                remember(opened, "healed", replace(done, publisher=key), "guide")
                found = True
    if found:
        join_now(settings)
    return found


def history(opened: Opened, settings: Settings) -> tuple[Event, ...]:
    """Return what was taken in, gone back from and forward to, and which publishers came and went, newest first."""
    with opened() as store:
        events = store.events()
    owed = [line for key in keys(settings) if (line := _owed(settings, key, events)) is not None]
    return (*owed, *events)


def gone_back(history: Callable[[], Iterable[Event]]) -> tuple[Event, ...]:
    """Return the last line of each publisher whose edition went back by itself, while nothing has come in since."""
    last: dict[str, Event] = {}
    events: Iterable[Event] = ()
    with suppress(ThisComputerError):  # shelter.db cannot be read, which is said elsewhere
        events = history()
    for event in events:  # newest first
        if event.kind != "publisher-added":
            last.setdefault(event.publisher, event)
    return tuple(event for event in last.values() if event.kind == "healed")


def _owed(settings: Settings, key: str, events: tuple[Event, ...]) -> Event | None:
    """Return the line of an edition that was taken in before the power went: the folder knows the day."""
    editions = Editions(house_of(settings, key))
    pointer = editions.pointer()
    with suppress(ThisComputerError, OSError):
        here = edition_of(editions, pointer)
        last = next((e for e in events if e.publisher == key and e.edition), None)
        if pointer.data and (last is None or last.edition != here.number):
            day = datetime.fromtimestamp((editions.folder / pointer.data).stat().st_mtime, UTC)
            return Event(day, "import", here.number, here.name, by="unknown", publisher=key)
    return None
