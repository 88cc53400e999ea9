"""Rounds of number checks, what came of each, and what is told to the publisher. Nothing about visitors (SAFETY N1, N6)."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from guide.records.frozen import dataclass


class Result(StrEnum):
    """What came of one call. ``LATER``: nobody answered, so it stays in the round."""

    REACHED = "reached"
    WRONG = "wrong"
    CLOSED = "closed"
    LATER = "later"


class Reason(StrEnum):
    """What somebody ticked under "Something wrong?"; there is no free text (SAFETY N2)."""

    NUMBER = "number"
    CLOSED = "closed"
    HOURS = "hours"
    LANGUAGE = "language"
    SERVED = "served"
    COST = "cost"
    PLACE = "place"
    OTHER = "other"


SCRIPT = ("answered", "menu", "hours", "languages", "served", "cost")  # what a caller goes through (CONTENT)
SAME, DIFFERENT = "same", "different"


@dataclass(frozen=True, slots=True)
class Due:
    """An entry whose number is to be called. ``checked`` is the last day a person called, by the publisher or here."""

    service: str
    name: str
    organization: str
    category: str
    number: str
    checked: date | None = None


@dataclass(frozen=True, slots=True)
class DueCount:
    """How many entries of a category are due, and how many of those nobody ever called."""

    category: str
    due: int
    never: int


@dataclass(frozen=True, slots=True)
class NumberCheck:
    """One call: which number of which entry, what came of it, and when.

    ``by`` is a role or initials, never a name (N6). ``answers`` holds (point of the script, same or different).
    ``proposed`` is the right number, where the caller learned it. ``note`` is for this house; it leaves it only when
    staff tick that. ``number`` stands as it was published: once the publisher changes it, the check says nothing more.
    """

    id: str
    service: str
    number: str
    result: Result
    on: date
    by: str = ""
    answers: tuple[tuple[str, str], ...] = ()
    proposed: str = ""
    note: str = ""
    round: int = 0
    name: str = ""


@dataclass(frozen=True, slots=True)
class RoundEntry:
    """One line of a round: ``place`` counts from 1, as on paper; ``result`` is "" until somebody called."""

    place: int
    service: str
    name: str
    result: str = ""

    @property
    def done(self) -> bool:
        """True when nobody has to call again."""
        return self.result not in ("", Result.LATER)


@dataclass(frozen=True, slots=True)
class CheckRound:
    """A round of checks, which may take days. ``kind``: "crisis", "due" or a category."""

    id: int
    kind: str
    begun: date
    entries: tuple[RoundEntry, ...]
    ended: date | None = None

    @property
    def done(self) -> int:
        """Return how many entries are done."""
        return sum(entry.done for entry in self.entries)

    def next_after(self, place: int = 0) -> RoundEntry | None:
        """Return the entry to call next: the first not called after ``place``, else from the top, else a later one."""
        after = [*self.entries[place:], *self.entries[:place]]
        fresh = next((entry for entry in after if not entry.result), None)
        return fresh or next((entry for entry in after if not entry.done), None)


@dataclass(frozen=True, slots=True)
class Report:
    """Something wrong with an entry, ticked by somebody. Of a visitor's only the month is kept (N1)."""

    id: str
    service: str
    reasons: tuple[Reason, ...]
    when: str
    by_staff: bool = False
    name: str = ""
    numbers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Correction:
    """What a house says is wrong with one entry: hearsay for the publisher, who looks before anything is changed.

    ``field``: phone, status, hours, languages, eligibility, fees, address or other. ``kind``: wrong, closed or
    changed. ``old`` is the published value, ``proposed`` what it may be, "" when nobody knows. ``basis``: check
    (somebody called) or report (somebody ticked it). ``checked_on`` is a day, of a report its month.
    """

    id: str
    service: str
    name: str
    field: str
    kind: str
    old: str = ""
    proposed: str = ""
    basis: str = "check"
    checked_on: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class CorrectionFile:
    """What one house sends: ``house`` is a random mark, so that two files of one house count once; never a name."""

    publisher: str
    edition: int
    edition_name: str
    house: str
    made_on: date
    corrections: tuple[Correction, ...]
