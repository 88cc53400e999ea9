"""Which catalog this is: its publisher, number, dates and rules."""

from __future__ import annotations

from datetime import date, datetime

from guide.records.frozen import dataclass
from guide.records.words import NOTHING, Words


@dataclass(frozen=True, slots=True)
class Edition:
    """The edition row of a catalog. ``number`` counts up by publisher; ``name`` is what people say ("2026.11")."""

    publisher: str
    publisher_name: str
    number: int
    name: str
    title: Words
    data_date: date | None
    published_at: datetime | None = None
    next_expected: date | None = None
    languages: tuple[str, ...] = ("en",)
    timezone: str = ""
    licence: str = ""
    attribution: str = ""
    note: Words = NOTHING
    services: int = 0
    default_review_days: int = 365
    crisis_review_days: int = 90
    call_now: tuple[str, ...] = ()
    schema: int = 2
    meta: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Freshness:
    """How old what we know of an entry is, on a given day.

    ``state``: fresh, due (within 30 days of its review), overdue or undated. ``basis``: checked (a person
    called, ``assured_date``), source (only a page of that date was seen) or none.
    """

    state: str
    basis: str
    on: date | None = None
    by: str = ""

    @property
    def overdue(self) -> bool:
        """True when the entry is past its review, or nobody knows its date."""
        return self.state in ("overdue", "undated")
