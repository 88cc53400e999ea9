"""What a release would change against the one before it, and what of that is so much that a person has to say it."""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from sqlite3 import DatabaseError, connect

from guide.catalog.differences import differences
from guide.errors import SourceDataError
from guide.records import Change

_A_THIRD = 1 / 3
_NUMBERS = 0.1  # of the numbers there were
_FEW = 5  # changed numbers in a small catalog are what an editor did this week
_CALL_NOW = (
    "SELECT s.id, p.channel, p.number, p.dial FROM service s JOIN phone p ON p.service_id = s.id"
    " JOIN json_each('[\"' || replace((SELECT call_now FROM edition), ',', '\",\"') || '\"]') j ON j.value = s.original_id"
    " WHERE p.hidden = 0 ORDER BY j.key, p.position"
)


@dataclass(frozen=True)
class Jump:
    """A change so large that it looks like a mistake. ``count`` is what has to be typed to go on all the same."""

    code: str
    count: int
    text: str


@dataclass(frozen=True)
class Comparison:
    """Two editions side by side. ``changes`` holds every changed number first; ``phones`` counts those."""

    before: str
    after: str
    services_before: int
    services_after: int
    added: int
    changed: int
    removed: int
    phones: int
    jumps: tuple[Jump, ...]
    changes: tuple[Change, ...]


def compare(old: Path, new: Path) -> Comparison:
    """Return what changes from the catalog ``old`` to ``new``.

    Raises:
        BrokenCatalogError, SourceDataError: one of them cannot be read.
    """
    added, changed, removed, changes = differences(old, new)
    was, now = _facts(old), _facts(new)
    phones = sum(change.kind == "phone" for change in changes)
    return Comparison(
        before=was.name,
        after=now.name,
        services_before=was.services,
        services_after=now.services,
        added=added,
        changed=changed,
        removed=removed,
        phones=phones,
        jumps=tuple(_jumps(was, now, added, removed, phones)),
        changes=changes,
    )


@dataclass(frozen=True)
class _Facts:
    name: str
    publisher: str
    services: int
    phones: int
    call_now: tuple[tuple[str, ...], ...]


def _facts(path: Path) -> _Facts:
    try:
        with closing(connect(f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True)) as db:
            name, number, publisher = db.execute("SELECT name, number, publisher FROM edition").fetchone()
            (services,) = db.execute("SELECT count(*) FROM service").fetchone()
            (phones,) = db.execute("SELECT count(*) FROM phone WHERE hidden = 0").fetchone()
            return _Facts(f"{name} ({number})", publisher, services, phones, tuple(db.execute(_CALL_NOW)))
    except (DatabaseError, TypeError) as error:
        raise SourceDataError("This is not a catalog the guide could use.", file=str(path)) from error


def _jumps(was: _Facts, now: _Facts, added: int, removed: int, phones: int) -> list[Jump]:
    found = []
    if removed and removed >= was.services * _A_THIRD:
        text = f"{removed:,} of {was.services:,} entries are gone"
        if added >= removed:
            text += " and as many are new: were the ids made anew, or another publisher id given?"
        found.append(Jump("many-gone", removed, text))
    if added and was.services and added >= max(was.services, _FEW) and added > removed:
        found.append(Jump("many-new", added, f"{added:,} entries are new, in a guide of {was.services:,}"))
    if phones > max(_FEW, was.phones * _NUMBERS):
        found.append(Jump("many-numbers", phones, f"{phones:,} of {was.phones:,} numbers change"))
    if was.call_now and now.call_now != was.call_now:
        count = len(set(was.call_now) ^ set(now.call_now)) or 1
        text = "what is called at once, from every screen, changes: "
        gone = [row[2] for row in was.call_now if row not in now.call_now]
        come = [row[2] for row in now.call_now if row not in was.call_now]
        found.append(Jump("call-now", count, text + f"{', '.join(gone) or 'nothing'} → {', '.join(come) or 'nothing'}"))
    if was.publisher != now.publisher:
        text = f"the publisher's id was {was.publisher} and is now {now.publisher}: every entry becomes another one"
        found.append(Jump("publisher", now.services, text))
    return found
