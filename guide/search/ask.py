"""Asks an index: tier by tier, in static order, with facets counted over every match."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import datetime
from functools import partial
from itertools import islice
from pathlib import Path

from guide.catalog.home import read_terms
from guide.errors import BrokenCatalogError, GuideError
from guide.records import Answer, Audience, Card, Question
from guide.search.bits import bits_of, load_facets, rows_of
from guide.search.corrections import readings
from guide.search.counting import Chosen, Facets
from guide.search.endings import singulars
from guide.search.everyday import meant
from guide.search.facets import UNKNOWN
from guide.search.opening import Opening
from guide.search.shelf import Shelf
from guide.search.store import index_path, open_index
from guide.search.terms import MOST, asked, asked_apart, marks, words

__all__ = ["Interrupted", "Search", "index_path"]

_TIERS = ("{name}", "{name org}", "{name org text}")  # what is left matched through labels and places


class Interrupted(GuideError):  # noqa: N818 - not a failure: a newer question came
    """The search was stopped because a newer question came."""

    code = "interrupted"


class Search:
    """One open index. Asked from one thread at a time; ``interrupt`` may come from any."""

    def __init__(self, db: sqlite3.Connection, catalog: Path, folder: Path) -> None:
        """Take an open index of ``catalog``; use ``Search.open``."""
        self._edition, (self._categories, self._tags) = read_terms(catalog)
        self._mend = partial(open_index, catalog, folder, anew=True)
        self._take(db)

    def _take(self, db: sqlite3.Connection) -> None:
        self._db = db
        self._opening = Opening(db, self._edition.timezone)
        self._shelf = Shelf(db, self._edition, self._opening)
        self._sets = load_facets(db)
        hours = self._sets.setdefault("open", {})
        hours[UNKNOWN] = hours.get(UNKNOWN, 0) | self._opening.unknown
        self._facets = Facets(self._sets, self._categories, self._tags)
        self._everyone = bits_of(row for (row,) in db.execute("SELECT id FROM card"))
        self._visitors = self._sets.get("audience", {}).get("visitor", 0)
        self._crisis = self._sets.get("need", {}).get("crisis", 0)
        call_now = self._sets.get("call-now", {})
        self._call_now = [row for original in self._edition.call_now for row in rows_of(call_now.get(original, 0))]

    @classmethod
    def open(cls, catalog: Path, folder: Path) -> Search:
        """Open the index of ``catalog`` in ``folder``; build it when it is missing or unfit.

        Where the folder cannot be written (a guest account), the index is built in memory.

        Raises:
            BrokenCatalogError: the catalog itself cannot be read.
        """
        db = open_index(catalog, folder)
        try:
            return cls(db, catalog, folder)
        except sqlite3.DatabaseError:  # rotten in a way the check did not see
            db.close()
            return cls(open_index(catalog, folder, anew=True), catalog, folder)

    def interrupt(self) -> None:
        """Stop a running ``ask`` from another thread; it raises Interrupted."""
        with suppress(sqlite3.ProgrammingError):  # closed in the meantime
            self._db.interrupt()

    def close(self) -> None:
        """Let go of the file."""
        self._db.close()

    def ask(self, question: Question, now: datetime) -> Answer:
        """Return what ``question`` finds at ``now`` (aware). Never a staff entry for a visitor.

        Raises:
            Interrupted: another thread called ``interrupt``.
            BrokenCatalogError: the index is damaged, and so is the catalog it is made from.
        """
        try:
            return self._ask(question, now)
        except sqlite3.DatabaseError as error:
            if getattr(error, "sqlite_errorcode", 0) == sqlite3.SQLITE_INTERRUPT:
                raise Interrupted from error
        self._db.close()
        self._take(self._mend())  # damaged under our hands: built anew once, then it has to be said
        try:
            return self._ask(question, now)
        except sqlite3.DatabaseError as error:
            raise BrokenCatalogError(reason="index") from error

    def _ask(self, question: Question, now: datetime) -> Answer:
        terms = asked(question.words)
        seen = self._everyone if question.audience is Audience.STAFF else self._visitors
        matched = self._matching(terms) & seen
        typed, corrected = question.words, False
        if terms and not matched:
            terms, matched, corrected = self._kinder(terms, question, seen)
            typed = " ".join(terms)
        chosen = Chosen.of(question, self._sets, self._opening.open_now(now))
        found = matched & chosen.all()
        cards = self._shelf.cards(self._ordered(typed, terms, found, question.limit), question, terms, now)
        call_now = [row for row in self._call_now if seen >> row & 1]
        return Answer(
            question=question,
            cards=cards,
            total=found.bit_count(),
            facets=tuple(self._facets.counted(matched, chosen, question.audience)),
            corrected=as_written(terms, cards, question.language) if corrected else "",
            crisis=self._shelf.cards(call_now, question, (), now),
        )

    # --- matching ---------------------------------------------------------------------------------
    def _matching(self, terms: Sequence[str]) -> int:
        """Return every entry in which all of ``terms`` stand, wherever."""
        if not terms:
            return self._everyone
        rows = self._db.execute("SELECT rowid FROM whole WHERE whole MATCH ?", (query(terms),)).fetchall()
        return bits_of([row for (row,) in rows])

    def _kinder(self, terms: list[str], question: Question, seen: int) -> tuple[list[str], int, bool]:
        """Return the first other reading of the words that finds something, and whether it has to be said."""
        for reading in (*asked_apart(question.words, terms), *meant(question.words)):
            if matched := self._matching(reading) & seen:
                return reading, matched, False
        column = "staff" if question.audience is Audience.STAFF else "visitor"
        for reading in readings(self._db, terms, column):
            if matched := self._matching(reading) & seen:
                return reading, matched, True
        return terms, 0, False

    def _ordered(self, typed: str, terms: list[str], found: int, limit: int) -> list[int]:
        """Return up to ``limit`` rows tier by tier, within each the crisis lines first, then the static order."""
        ordered: list[int] = []
        left = found
        for match in self._tiers(typed, terms) if terms and found else ():
            rows = self._db.execute("SELECT rowid FROM short WHERE short MATCH ?", (match,)).fetchall()
            tier = bits_of([row for (row,) in rows]) & left
            ordered += self._in_order(tier, limit - len(ordered))
            left &= ~tier
            if len(ordered) >= limit or not left:
                return ordered
        return ordered + self._in_order(left, limit - len(ordered))

    def _tiers(self, typed: str, terms: list[str]) -> Iterator[str]:
        if whole := words(typed)[:MOST]:
            yield "{name} : (" + " AND ".join(f'"{word}"' for word in whole) + ")"
        for scope in _TIERS:
            yield f"{scope} : ({query(terms)})"

    def _in_order(self, rows: int, limit: int) -> list[int]:
        first = list(islice(rows_of(rows & self._crisis), max(limit, 0)))
        return first + list(islice(rows_of(rows & ~self._crisis), max(limit - len(first), 0)))


def query(terms: Sequence[str]) -> str:
    """Return the MATCH expression: every term, as the beginning of a word. Terms hold no quotes and no spaces.

    A plural also asks for its singular; the way back is what beginnings are for (shelter, shelters).
    """
    return " AND ".join(
        "(" + " OR ".join([f'"{term}" *', *(f'"{word}"' for word in singulars(term))]) + ")" for term in terms
    )


def as_written(terms: Sequence[str], cards: Sequence[Card], language: str) -> str:
    """Return folded terms as the found entries spell them: "inmigracion" is shown as "inmigración"."""
    spelled: dict[str, str] = {}
    for card in cards[:5]:
        for text in (card.name.best(language), card.summary.best(language), *card.name.every(), *card.summary.every()):
            for start, end in marks(text, terms):
                for word in words(text[start:end]):
                    spelled.setdefault(word, text[start:end].lower())
    return " ".join(spelled.get(term, term) for term in terms)
