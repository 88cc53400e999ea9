"""Ready-made cards: read from the index on first need, kept for the next keystroke, dated when shown."""

from __future__ import annotations

import sqlite3
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime

from guide.catalog.freshness import aged
from guide.catalog.order import Place, place
from guide.records import Card, Distance, Edition, Freshness, Question
from guide.search.opening import Opening
from guide.search.packed import Dates, unpack
from guide.search.spots import Reach
from guide.search.terms import marks

_MOST = 2000  # cards kept, about 6 MB at the worst
_AT_ONCE = 500  # SQLite's oldest limit on bound values is 999

Kept = tuple[Card, int | None, Dates]


class Shelf:
    """The cards of one index, by row."""

    def __init__(self, db: sqlite3.Connection, edition: Edition, opening: Opening, mark: str = "") -> None:
        """Take the index, the edition whose review periods count, the opening hours, and what ends every id."""
        self._db, self._edition, self._opening = db, edition, opening
        self._mark = mark
        self._kept: dict[int, Kept] = {}
        self._aged: dict[tuple[bool, Dates], Freshness] = {}
        self._today: date | None = None

    def cards(
        self, rows: Sequence[int], question: Question, terms: Sequence[str], now: datetime, reach: Reach | None = None
    ) -> tuple[Card, ...]:
        """Return the cards of ``rows`` as they are ``now`` and how far away, ``terms`` marked in the shown name.

        Raises sqlite3.DatabaseError when a card is not what was written.
        """
        self.fetch(rows)
        today = now.date()
        if today != self._today:
            self._today = today
            self._aged.clear()
        far = reach.distance if reach is not None else _nowhere
        return tuple([self._shown(*self._kept[row], question.language, terms, now, far(row)) for row in rows])

    def place(self, row: int, positions: Mapping[str, int]) -> Place:
        """Return what ``row`` is sorted by, once it was fetched; ``positions`` are the orders of the categories."""
        card, _, (assured, _, source, _) = self._kept[row]
        return place(
            staff=card.staff_only,
            category=positions.get(card.category, 0),
            numbered=card.phone is not None,
            day=assured or source,
            name=card.name.text,
            service=card.id,
        )

    def fetch(self, rows: Sequence[int]) -> None:
        """Have the cards of ``rows`` at hand."""
        if len(self._kept) > _MOST:
            self._kept = dict(list(self._kept.items())[_MOST // 2 :])
        missing = [row for row in rows if row not in self._kept]
        for start in range(0, len(missing), _AT_ONCE):
            self._read(missing[start : start + _AT_ONCE])

    def _read(self, rows: Sequence[int]) -> None:
        places = ",".join("?" * len(rows))
        asked = f"SELECT id, plan, json, crc FROM card WHERE id IN ({places})"  # noqa: S608 - question marks alone
        for row, plan, text, crc in self._db.execute(asked, rows).fetchall():
            if zlib.crc32(text.encode()) != crc:
                raise sqlite3.DatabaseError("a card in the index is damaged")
            try:
                card, dates = unpack(text)
            except (ValueError, TypeError) as error:
                raise sqlite3.DatabaseError("a card in the index is not one of ours") from error
            if self._mark:
                card = replace(card, id=card.id + self._mark)
            self._kept[row] = (card, plan, dates)

    def _shown(
        self, card: Card, plan: int | None, dates: Dates, language: str, terms: Sequence[str], now: datetime,
        distance: Distance | None,
    ) -> Card:  # fmt: skip
        # Written out: dataclasses.replace would cost more than the search itself.
        return Card(
            card.id, card.name, card.discreet_name, card.organization, card.category, card.phone, card.text,
            card.languages, card.language_note, card.tags, card.summary, card.url, self._opening.state(plan, now),
            self._freshness(card.category, dates, now.date()), card.staff_only,
            marks(card.name.best(language), terms) if terms else (), card.cost, distance,
        )  # fmt: skip

    def _freshness(self, category: str, dates: Dates, today: date) -> Freshness:
        key = (category == "crisis", dates)
        found = self._aged.get(key)
        if found is None:
            days = self._edition.crisis_review_days if key[0] else self._edition.default_review_days
            found = self._aged[key] = aged(*dates, days, today)
        return found


def _nowhere(_row: int) -> None:
    """No place was asked for: nothing has a distance."""
