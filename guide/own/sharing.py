"""Several PCs of one house: what this one wrote as a file, another's taken in, and what is to be decided between them."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from guide.own.desk import OwnDesk
from guide.own.house_file import read_house, travels, write_house
from guide.records.house import Conflict, Fact, Merged
from guide.shelter.facts import LAID, Things, conflicts, decide, join, things
from guide.shelter.store import Store

_NAMED = {"own": "name", "word": "entry", "check": "call", "report": "told", "template": "name"}


class Sharing:
    """Files from PC to PC, by stick or folder: taken twice they change nothing, and their order does not matter."""

    def __init__(self, desk: OwnDesk) -> None:
        """Take what is stood at."""
        self._desk = desk

    def export(self, path: Path, *, confidential: bool = False) -> tuple[int, int]:
        """Write everything this house wrote to ``path``; return how many things went and how many stayed.

        Closed addresses, what is for staff alone, whatever names it, and staff's words on a call stay here unless
        ``confidential`` (N7). Raises NoAccessError, DiskFullError.
        """
        with self._desk.store() as store:
            self._desk.take_note(store)
            every = [fact for fields in things(store).values() for fact in fields.values()]
        closed = () if confidential else _for_staff(every)
        gone = [f for f in every if travels(f, confidential=confidential) and not _names_one(f, closed)]
        write_house(gone, path, self._desk.clock())
        went = {(f.kind, f.id) for f in gone}
        kept = {(f.kind, f.id) for f in every if not confidential and (f.confidential or _names_one(f, closed))}
        return len(went), len(kept)

    def merge(self, path: Path, *, dry: bool = False) -> Merged:
        """Take in another PC's file, or with ``dry`` only say what would change.

        Raises HouseFileError, NewerHouseFileError, NoAccessError.
        """
        theirs = read_house(path)
        with self._desk.store() as store:
            self._desk.take_note(store)
            good, odd, full = self._admitted(store, theirs)
            taken, apart = join(store, good, dry=dry)
            if not dry:
                self._desk.follow(store)
            names = _names(things(store)) | _names(_as_things(theirs))
        if not dry and any(fact.kind in LAID for fact in taken):
            self._desk.derive()
        listed = tuple(
            Conflict(s.kind, s.id, s.field, s.value, a.value, names.get((s.kind, s.id), "")) for s, a in apart
        )
        changes = tuple((f.kind, f.id, f.field, names.get((f.kind, f.id), "")) for f in taken)
        return Merged(changes, listed, odd, tuple(full))

    def conflicts(self) -> tuple[Conflict, ...]:
        """Return what two PCs wrote differently and nobody decided yet."""
        with self._desk.store() as store:
            names = _names(things(store))
            return tuple(
                Conflict(c.kind, c.id, c.field, c.kept, c.other, names.get((c.kind, c.id), ""))
                for c in conflicts(store)
            )

    def decide(self, conflict: Conflict, *, take_other: bool) -> None:
        """Keep what stands, or take what was put aside. Raises NotFoundError."""
        with self._desk.store() as store:
            self._desk.take_note(store)  # else what was done since the last look would follow what stood there before
            key = (conflict.kind, conflict.id, conflict.field)
            decide(store, self._desk.clock, key, take_other=take_other)
            self._desk.follow(store)
        self._desk.derive()

    def _admitted(self, store: Store, theirs: list[Fact]) -> tuple[list[Fact], int, list[str]]:
        """Return the facts that can be kept, how many make no sense, and the names of what has no room here."""
        good, odd = [fact for fact in theirs if fact.kind in LAID], 0
        full: list[str] = []
        today = self._desk.clock().astimezone().date()
        for rider in self._desk.riders():
            its = [fact for fact in theirs if fact.kind == rider.kind]
            kept, wrong, names = rider.admitted(store, its, today)
            good, odd, full = good + kept, odd + wrong, full + names
        return good, odd, full


def _for_staff(every: list[Fact]) -> tuple[str, ...]:
    """Return the own services that visitors never see."""
    return tuple(f.id for f in every if f.kind == "own" and f.field == "audience" and f.value == "staff")


def _names_one(fact: Fact, services: tuple[str, ...]) -> bool:
    """Say whether a sheet, a call or a report names one of ``services``."""
    return fact.kind in ("sheet", "check", "report") and any(one in str(fact.value) for one in services)


def _as_things(facts: list[Fact]) -> Things:
    found: Things = {}
    for fact in facts:
        found.setdefault((fact.kind, fact.id), {})[fact.field] = fact
    return found


def _names(found: Things) -> dict[tuple[str, str], str]:
    """Return what each thing is called: an own service's name, the entry a word or a call is on, a sheet's name."""
    named = {key: key[1] if key[0] == "sheet" else _name(key[0], fields) for key, fields in found.items()}
    return {key: name for key, name in named.items() if name}


def _name(kind: str, fields: Mapping[str, Fact]) -> str:
    named = fields.get(_NAMED.get(kind, ""))
    value = named.value if named is not None else None
    if isinstance(value, dict):
        value = value.get("name")
    if isinstance(value, list) and value and isinstance(value[0], list) and len(value[0]) == 2:
        value = value[0][1]
    return value if isinstance(value, str) else ""
