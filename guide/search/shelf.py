"""Ready-made cards: read from the index on first need, kept for the next keystroke, dated when shown."""

from __future__ import annotations

import sqlite3
import zlib
from collections.abc import Mapping, Sequence
from datetime import date, datetime

from guide.catalog.freshness import aged
from guide.catalog.order import Place, place
from guide.records import Card, Distance, Edition, Freshness, Question
from guide.search.opening import Opening
from guide.search.packed import Content, Dates, undated, unpack
from guide.search.spots import Reach
from guide.search.terms import marks

_MOST = 500  # cards kept, about 1.5 MB: those of the last keystrokes; more would make each look for garbage longer
_AT_ONCE = 500  # SQLite's oldest limit on bound values is 999

Kept = tuple[Content, int | None]


class Shelf:
    """The cards of one index, by row."""

    def __init__(self, db: sqlite3.Connection, edition: Edition, opening: Opening, mark: str = "") -> None:
        """Take the index, the edition whose review periods count, the opening hours, and what ends every id."""
        self._db, self._edition, self._opening = db, edition, opening
        self._mark = mark
        self._kept: dict[int, Kept] = {}
        self._last: dict[int, Card] = {}  # as they were shown last
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
        return tuple([self._shown(row, question.language, terms, now, far(row)) for row in rows])

    def place(self, row: int, positions: Mapping[str, int]) -> Place:
        """Return what ``row`` is sorted by, once it was fetched; ``positions`` are the orders of the categories."""
        content = self._kept[row][0]
        assured, _, source, _ = content[14]
        return place(
            staff=content[12],
            category=positions.get(content[4], 0),
            numbered=content[5] is not None,
            day=undated(assured or source),
            name=content[1].text,
            service=content[0],
        )

    def fetch(self, rows: Sequence[int]) -> None:
        """Have the cards of ``rows`` at hand."""
        if len(self._kept) > _MOST:
            self._kept = dict(list(self._kept.items())[_MOST // 2 :])
            self._last = {row: card for row, card in self._last.items() if row in self._kept}
        missing = [row for row in rows if row not in self._kept]
        for start in range(0, len(missing), _AT_ONCE):
            self._read(missing[start : start + _AT_ONCE])

    def _read(self, rows: Sequence[int]) -> None:
        places = ",".join("?" * len(rows))
        asked = f"SELECT id, plan, json, crc FROM card WHERE id IN ({places})"  # noqa: S608 - question marks alone
        found = self._db.execute(asked, rows).fetchall()
        for _, _, text, crc in found:
            if zlib.crc32(text.encode()) != crc:
                raise sqlite3.DatabaseError("a card in the index is damaged")
        try:
            contents = unpack([text for _, _, text, _ in found])
        except (ValueError, TypeError, KeyError) as error:
            raise sqlite3.DatabaseError("a card in the index is not one of ours") from error
        for (row, plan, _, _), content in zip(found, contents, strict=True):
            self._kept[row] = ((content[0] + self._mark, *content[1:]) if self._mark else content, plan)

    def _shown(self, row: int, language: str, terms: Sequence[str], now: datetime, distance: Distance | None) -> Card:
        """Return the card of ``row``: the one shown last, where nothing of it is another by now."""
        (
            (
                service, name, discreet, giver, category, phone, text, languages, language_note, tags, summary, url,
                staff_only, cost, dates,
            ),
            plan,
        ) = self._kept[row]  # fmt: skip
        state, fresh = self._opening.state(plan, now), self._freshness(category, dates)
        marked = marks(name.best(language), terms) if terms else ()
        last = self._last.get(row)
        if (
            last is not None and last.open is state and last.freshness is fresh
            and last.marks == marked and last.distance == distance
        ):  # fmt: skip
            return last
        card = self._last[row] = Card(
            service, name, discreet, giver, category, phone, text, languages, language_note, tags, summary, url,
            state, fresh, staff_only, marked, cost, distance,
        )  # fmt: skip
        return card

    def _freshness(self, category: str, dates: Dates) -> Freshness:
        key = (category == "crisis", dates)
        found = self._aged.get(key)
        if found is None:
            assured, assurer, source, recheck = dates
            days = self._edition.crisis_review_days if key[0] else self._edition.default_review_days
            today = self._today or date.min
            found = aged(undated(assured), assurer, undated(source), undated(recheck), days, today)
            self._aged[key] = found
        return found


def _nowhere(_row: int) -> None:
    """No place was asked for: nothing has a distance."""
