"""Who publishes for this house, who could, and what two of them say differently."""

from __future__ import annotations

from guide.records.bundle import Status
from guide.records.frozen import dataclass


@dataclass(frozen=True, slots=True)
class Publisher:
    """One publisher of this guide. ``key`` is "" for the one the program came with; that one cannot be removed.

    ``name`` is what its edition says, before its first one what it was called when it was added. ``status`` is None
    where its edition cannot be read (``broken``), or while it has none.
    """

    key: str
    name: str
    fingerprint: tuple[str, ...]
    status: Status | None
    added: str = ""
    broken: bool = False

    @property
    def first(self) -> bool:
        """True for the publisher that came with the program."""
        return not self.key


@dataclass(frozen=True, slots=True)
class Newcomer:
    """A publisher that is not known here, as a root file or a bundle shows it: nothing of it is believed.

    ``name`` is what the bundle calls it, "" for a root file. ``fingerprint`` holds its newest root's six words.
    """

    path: str
    name: str
    fingerprint: tuple[str, ...]
    edition_name: str = ""


@dataclass(frozen=True, slots=True)
class Waiting:
    """A publisher whom a restored backup named and who is not trusted here: staff say its six words again, or leave it.

    ``path`` is its root file on this PC; ``name`` what the other house called it, believed in nothing.
    """

    key: str
    name: str
    path: str


@dataclass(frozen=True, slots=True)
class Removed:
    """A publisher that was removed: how many entries went, and which saved sheets some of them stood on."""

    name: str
    services: int
    sheets: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Side:
    """What one publisher says of an entry: its id here, its name, its numbers as published."""

    publisher: str
    service: str
    name: str
    numbers: tuple[str, ...] = ()
    staff_only: bool = False


@dataclass(frozen=True, slots=True)
class Conflict:
    """One line of help of which two publishers say something different; ``first`` is the side that counts.

    ``kind``: number (two numbers for one line: the first side's is shown alone), maybe (two numbers under one name:
    both are shown), audience (the first says it is for staff alone, and so it is).
    """

    kind: str
    first: Side
    second: Side
