"""Asks an index: tier by tier, in static order, with facets counted over every match."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterator
from contextlib import closing, suppress
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from urllib.parse import quote

from guide.catalog.home import read_terms
from guide.errors import BrokenCatalogError, DiskFullError, NoAccessError
from guide.records import Answer, Audience, Card, Category, Edition, Question, Tag
from guide.search.bits import bits_of, load_facets, rows_of
from guide.search.corrections import correct
from guide.search.counting import Chosen, count_facets
from guide.search.index import VERSION, build_index, fill
from guide.search.opening import Opening
from guide.search.packed import unpack
from guide.search.terms import asked, marks

_EXPANSIONS = 32  # facts: an OR of the likeliest words streams, a long prefix does not
_TIERS = ("{name}", "{name org}", "{name org text}")  # what is left matched through labels and places


class Interrupted(Exception):  # noqa: N818 - not a failure: a newer question came
    """The search was stopped by ``Search.interrupt``."""


def index_path(catalog: Path, folder: Path) -> Path:
    """Return where the index of ``catalog`` lies: named by the catalog's sha256, so it never fits another."""
    with catalog.open("rb") as file:
        return folder / f"index-{hashlib.file_digest(file, 'sha256').hexdigest()}.db"


class Search:
    """One open index. Belongs to the thread that opened it, but for ``interrupt``."""

    def __init__(self, db: sqlite3.Connection, edition: Edition, terms: tuple[tuple[Category, ...], tuple[Tag, ...]]):
        """Take an open index and the catalog's own words; use ``Search.open``."""
        self._db = db
        self._edition = edition
        self._categories, self._tags = terms
        self._facets = load_facets(db)
        self._everyone = bits_of(row for (row,) in db.execute("SELECT id FROM card"))
        self._opening = Opening(db, edition.timezone)
        call_now = self._facets.get("call-now", {})
        self._call_now = [row for original in edition.call_now for row in rows_of(call_now.get(original, 0))]

    @classmethod
    def open(cls, catalog: Path, folder: Path) -> Search:
        """Open the index of ``catalog`` in ``folder``; build it when it is missing or unfit.

        Where the folder cannot be written (a guest account), the index is built in memory.

        Raises:
            BrokenCatalogError: the catalog itself cannot be read.
        """
        try:
            path = index_path(catalog, folder)
        except OSError as error:
            raise BrokenCatalogError(path=str(catalog), reason="missing") from error
        edition, terms = read_terms(catalog)
        db = _connect(path)
        if db is None:
            try:
                build_index(catalog, path)
                db = _connect(path)
            except (NoAccessError, DiskFullError):
                db = None
        if db is None:
            db = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)
            fill(db, catalog)
        return cls(db, edition, terms)

    def interrupt(self) -> None:
        """Stop a running ``ask`` from another thread; it raises Interrupted."""
        self._db.interrupt()

    def close(self) -> None:
        """Let go of the file."""
        self._db.close()

    def ask(self, question: Question, now: datetime) -> Answer:
        """Return what ``question`` finds at ``now`` (aware). Never a staff entry for a visitor."""
        try:
            return self._ask(question, now)
        except sqlite3.OperationalError as error:
            if "interrupt" in str(error):
                raise Interrupted from error
            raise BrokenCatalogError(reason="index") from error

    def _ask(self, question: Question, now: datetime) -> Answer:
        terms = asked(question.words)
        column = "staff" if question.audience is Audience.STAFF else "visitor"
        seen = self._everyone if column == "staff" else self._facets.get("audience", {}).get("visitor", 0)
        matched = self._matching(terms, column) & seen
        corrected: list[str] | None = None
        if terms and not matched and (corrected := correct(self._db, terms, column)):
            terms = corrected
            matched = self._matching(terms, column) & seen
        chosen = Chosen.of(question, self._facets, self._opening.open_now(now))
        found = matched & chosen.all()
        rows = self._ordered(terms, found, question.limit, column)
        answer = Answer(
            question=question,
            cards=tuple(self._cards(rows, question, terms, now)),
            total=found.bit_count(),
            facets=tuple(count_facets(matched, chosen, self._facets, self._categories, self._tags, question.audience)),
            crisis=tuple(self._cards(self._call_now, question, [], now)),
        )
        return replace(answer, corrected=" ".join(terms)) if corrected and matched else answer

    # --- matching ---------------------------------------------------------------------------------
    def _matching(self, terms: list[str], column: str) -> int:
        if not terms:
            return self._everyone
        rows = self._db.execute("SELECT rowid FROM whole WHERE whole MATCH ?", (self._query(terms, column),))
        return bits_of(row for (row,) in rows)

    def _ordered(self, terms: list[str], found: int, limit: int, column: str) -> list[int]:
        """Return up to ``limit`` rows: those found in the name first, then the labels, then the rest."""
        ordered: list[int] = []
        left = found
        for scope in _TIERS if terms else ():
            rows = self._db.execute(
                "SELECT rowid FROM short WHERE short MATCH ?", (f"{scope} : ({self._query(terms, column)})",)
            )
            tier = bits_of(row for (row,) in rows) & left
            ordered += rows_of(tier)
            left &= ~tier
            if len(ordered) >= limit:
                return ordered[:limit]
        ordered += rows_of(left)
        return ordered[:limit]

    def _query(self, terms: list[str], column: str) -> str:
        """Return the MATCH expression: every term, as the beginning of a word. Terms hold no quotes."""
        return " AND ".join(self._term(term, column) for term in terms)

    def _term(self, term: str, column: str) -> str:
        if len(term) <= 3 or term.isdigit():
            return f'"{term}" *'
        likely = self._db.execute(
            f"SELECT term FROM vocab WHERE term >= ? AND term < ? AND {column} > 0"  # noqa: S608 - a fixed name
            f" ORDER BY {column} DESC, term LIMIT ?",
            (term, term + "\U0010ffff", _EXPANSIONS),
        ).fetchall()
        return "(" + " OR ".join(f'"{word}"' for word in dict.fromkeys([term, *(w for (w,) in likely)])) + ")"

    # --- cards ------------------------------------------------------------------------------------
    def _cards(self, rows: list[int], question: Question, terms: list[str], now: datetime) -> Iterator[Card]:
        for row in rows:
            plan, text = self._db.execute("SELECT plan, json FROM card WHERE id = ?", (row,)).fetchone()
            yield unpack(
                text,
                self._edition,
                now.date(),
                self._opening.state(plan, now),
                lambda name: marks(name.best(question.language), terms) if terms else (),
            )


def _connect(path: Path) -> sqlite3.Connection | None:
    """Return the open index, or None when there is none that this version can use."""
    if not path.is_file():
        return None
    address = f"file:{quote(str(path.resolve()))}?mode=ro&immutable=1"
    with suppress(sqlite3.DatabaseError, TypeError):
        db = sqlite3.connect(address, uri=True, isolation_level=None, check_same_thread=False)
        with closing(db.execute("SELECT value FROM meta WHERE key = 'version'")) as found:
            if found.fetchone()[0] == VERSION:
                db.execute("PRAGMA mmap_size=268435456")
                return db
        db.close()
    return None
