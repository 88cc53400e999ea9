"""What a house writes itself: its own services, notes, corrections, hidden entries. Nothing about visitors (SAFETY N1)."""

from __future__ import annotations

from datetime import datetime

from guide.errors import DamagedError
from guide.records.frozen import dataclass
from guide.records.service import Service


class NewerHouseFileError(DamagedError):
    """This file was written by a newer version of the guide."""

    code = "house-file-newer"


class HouseFileError(DamagedError):
    """This is not a file with a house's own services."""

    code = "house-file"


@dataclass(frozen=True, slots=True)
class Edit:
    """One field of one thing set to a plain JSON ``value``; None takes it away. ``kind``: own, note, and so on."""

    kind: str
    id: str
    field: str
    value: object


@dataclass(frozen=True, slots=True)
class Fact:
    """One field as it stands. ``stamp`` sorts as text; ``seen`` holds the newest stamp of each PC it knew of."""

    kind: str
    id: str
    field: str
    value: object
    stamp: str
    seen: tuple[tuple[str, str], ...] = ()
    confidential: bool = False

    @property
    def on(self) -> datetime:
        """When it was written, by the clock of the PC that wrote it (UTC)."""
        from datetime import UTC, timedelta

        return datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=int(self.stamp.partition(".")[0]))


@dataclass(frozen=True, slots=True)
class Conflict:
    """A field two PCs changed, neither knowing of the other: ``kept`` stands, ``other`` was put aside."""

    kind: str
    id: str
    field: str
    kept: object
    other: object
    name: str = ""


@dataclass(frozen=True, slots=True)
class Merged:
    """What taking another PC's file did, or would do. ``changes`` are (kind, id, field) with the name of the thing;
    ``not_understood`` counts the fields that make no sense; ``no_room`` names the templates that are one too many
    here: they stay in the file.
    """

    changes: tuple[tuple[str, str, str, str], ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    not_understood: int = 0
    no_room: tuple[str, ...] = ()

    @property
    def changed(self) -> int:
        """Return how many fields change."""
        return len(self.changes)


@dataclass(frozen=True, slots=True)
class Past:
    """One change that can be taken back: ``what`` is a short key ("own", "note"), ``name`` what it was about."""

    number: int
    at: datetime
    what: str
    name: str


@dataclass(frozen=True, slots=True)
class Amendment:
    """A value this house knows better. ``field``: "phone/<id>", hours, cost, eligibility or application_process.

    ``second`` says that a second person looked at it, which a number of a crisis line needs before it is shown.
    """

    service: str
    field: str
    published: str
    value: str
    on: datetime
    by: str = ""
    needs_second: bool = False
    second: str = ""


@dataclass(frozen=True, slots=True)
class Word:
    """What this house says of one entry: a note for staff, a note for the sheet, better values, hidden or not."""

    service: str
    name: str = ""
    staff_note: str = ""
    sheet_note: str = ""
    amended: tuple[Amendment, ...] = ()
    hidden: bool = False
    reason: str = ""


@dataclass(frozen=True, slots=True)
class ToSettle:
    """An entry with a word of this house that an update changed. ``kind``: gone, closed or changed; ``fields`` are
    what is different now, each with what stood there and what stands there now.
    """

    service: str
    name: str
    kind: str
    fields: tuple[tuple[str, str, str], ...] = ()
    word: Word = Word("")


@dataclass(frozen=True, slots=True)
class Remark:
    """One thing to look at. ``kind``: name, need, contact, dial, number-double, name-double, grade, spanish or
    refused. ``field`` says where; ``text`` what stands there, ``other`` the entry it is like.
    """

    kind: str
    field: str
    text: str = ""
    other: str = ""
    stops: bool = False


@dataclass(frozen=True, slots=True)
class Draft:
    """A form that was left open: the service as far as it was typed, whose it is ("new" for none yet)."""

    id: str
    service: Service


@dataclass(frozen=True, slots=True)
class TakenRow:
    """One service of a file: ``kind`` is new, changed, same or left out; ``fields`` are what differs, or why not."""

    id: str
    name: str
    kind: str
    fields: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TakenIn:
    """What a file of own services changed, or would change; ``notes`` are what was not understood in it."""

    file: str
    rows: tuple[TakenRow, ...] = ()
    notes: tuple[str, ...] = ()

    def count(self, kind: str) -> int:
        """Return how many rows are of a kind."""
        return sum(row.kind == kind for row in self.rows)
