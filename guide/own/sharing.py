"""Several PCs of one house: what this one wrote as a file, another's taken in, and what is to be decided between them."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from guide.own.desk import OwnDesk
from guide.own.house_file import read_house, travels, write_house
from guide.own.sheets import follow, take_note
from guide.records.house import Conflict, Fact, Merged
from guide.shelter.facts import Things, conflicts, decide, join, things


class Sharing:
    """Files from PC to PC, by stick or folder: taken twice they change nothing, and their order does not matter."""

    def __init__(self, desk: OwnDesk) -> None:
        """Take what is stood at."""
        self._desk = desk

    def export(self, path: Path, *, confidential: bool = False) -> tuple[int, int]:
        """Write everything this house wrote to ``path``; return how many things went and how many stayed.

        Closed addresses and what is for staff alone stay here unless ``confidential`` (N7).
        Raises NoAccessError, DiskFullError.
        """
        with self._desk.store() as store:
            take_note(store, self._desk.clock)
            every = [fact for fields in things(store).values() for fact in fields.values()]
        gone = [fact for fact in every if travels(fact, confidential=confidential)]
        write_house(gone, path, self._desk.clock())
        kept = {(f.kind, f.id) for f in every if f.confidential and not confidential}
        return len({(f.kind, f.id) for f in gone}), len(kept)

    def merge(self, path: Path, *, dry: bool = False) -> Merged:
        """Take in another PC's file, or with ``dry`` only say what would change.

        Raises HouseFileError, NewerHouseFileError, NoAccessError.
        """
        theirs = read_house(path)
        with self._desk.store() as store:
            take_note(store, self._desk.clock)
            taken, apart = join(store, theirs, dry=dry)
            if not dry:
                follow(store)
            names = _names(things(store)) | _names(_as_things(theirs))
        if taken and not dry:
            self._desk.derive()
        listed = tuple(
            Conflict(s.kind, s.id, s.field, s.value, a.value, names.get((s.kind, s.id), "")) for s, a in apart
        )
        return Merged(tuple((f.kind, f.id, f.field, names.get((f.kind, f.id), "")) for f in taken), listed)

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
            key = (conflict.kind, conflict.id, conflict.field)
            decide(store, self._desk.clock, key, take_other=take_other)
            follow(store)
        self._desk.derive()


def _as_things(facts: list[Fact]) -> Things:
    found: Things = {}
    for fact in facts:
        found.setdefault((fact.kind, fact.id), {})[fact.field] = fact
    return found


def _names(found: Things) -> dict[tuple[str, str], str]:
    """Return what each thing is called: an own service's name, the entry a word is on, a sheet's name."""
    named = {key: key[1] if key[0] == "sheet" else _name(key[0], fields) for key, fields in found.items()}
    return {key: name for key, name in named.items() if name}


def _name(kind: str, fields: Mapping[str, Fact]) -> str:
    named = fields.get("name" if kind == "own" else "entry")
    value = named.value if named is not None else None
    if isinstance(value, dict):
        value = value.get("name")
    if isinstance(value, list) and value and isinstance(value[0], list) and len(value[0]) == 2:
        value = value[0][1]
    return value if isinstance(value, str) else ""
