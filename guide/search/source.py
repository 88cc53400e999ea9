"""One open index: what stands where in it, who has what, and its cards."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from itertools import zip_longest
from typing import Any

from guide.catalog.hours import ANYWHERE
from guide.clock import Here
from guide.records import Audience, Card, Category, Edition, Question, Tag
from guide.search.called import Called
from guide.search.counting import RADII, Counts, Limits, chosen, counted, laid_out
from guide.search.facets import UNKNOWN
from guide.search.lookup import Found, Lookup
from guide.search.opening import Opening
from guide.search.reading import Reading, Term
from guide.search.sets import NONE, Rows, part, rows_in, unite
from guide.search.shelf import Shelf
from guide.search.spots import Reach, Spots
from guide.search.terms import words

WAYS = ("any hour", "phone")  # what is browsed stands in the order of how it helps; the rest is on the web
Key = tuple[Any, ...]  # what cards are sorted by, within a tier and across indexes


@dataclass(frozen=True, slots=True)
class Matched:
    """The rows one reading matches: all of them, and those that match in more telling places, the best first."""

    rows: Rows = NONE
    tiers: tuple[Rows, ...] = ()
    named: bool = False  # in the name or the organization of one at least

    @property
    def exact(self) -> Rows:
        """Return the rows whose name holds the very words."""
        return self.tiers[0] if self.tiers else NONE

    def under(self, lines: Sequence[int], most: int, before: int = 0) -> Matched:
        """Return this with ``lines`` found too, before all else in ``most`` tiers, one line in each after ``before``."""
        first = [NONE] * before + [Rows([row]) for row in lines] + [NONE] * (most - before - len(lines))
        return Matched(self.rows | Rows(lines), (*first, *self.tiers), named=True)


def joined(all_of: Sequence[Matched]) -> Matched:
    """Return what ``all_of`` match together: place by place, in each place the first's before the others'."""
    if len(all_of) == 1:
        return all_of[0]
    tiers = [rows for place in zip_longest(*(one.tiers for one in all_of), fillvalue=NONE) for rows in place]
    return Matched(unite(one.rows for one in all_of), tuple(tiers), any(one.named for one in all_of))


def below(one: Matched, other: Matched) -> Matched:
    """Return ``one`` with what ``other`` adds below all of it."""
    return Matched(one.rows | other.rows, (*one.tiers, one.rows, *other.tiers), one.named)


class Source:
    """One index and the words of the catalog it was made from. Every method may raise sqlite3.DatabaseError."""

    def __init__(
        self, db: sqlite3.Connection, edition: Edition, categories: tuple[Category, ...], tags: tuple[Tag, ...],
        mark: str = "",
    ) -> None:  # fmt: skip
        """Take the open index; read only who has which value. ``mark`` ends the ids of its cards (``Book``)."""
        self.edition, self.categories, self.tags, self.mark = edition, categories, tags, mark
        self._db = db
        self._here = ANYWHERE
        self.lookup = Lookup(db)
        self.sets: dict[str, dict[str, Rows]] = {}
        for facet, slug, rows, crc in db.execute("SELECT facet, slug, rows, crc FROM facet"):
            self.sets.setdefault(facet, {})[slug] = rows_in(rows, crc)
        self._values = laid_out(self.sets)
        self._crisis = self.sets.get("need", {}).get("crisis", NONE)
        self._everyone = unite(self.sets.get("audience", {}).values())
        self._visitors = self.sets.get("audience", {}).get("visitor", NONE)
        self._first: list[int] | None = None
        self.house = False  # the house's own, no publisher's
        self._keys: dict[int, Key] = {}  # of rows that were found; forgotten with them
        self._positions = {c.slug: c.order for c in categories}

    def hide(self, services: Sequence[str]) -> None:
        """Find and count none of ``services``, as the catalog knows them: they are shown as another one's entries."""
        if services:
            wanted = set(services)
            gone = Rows([row for row, one in self._db.execute("SELECT id, service FROM card") if one in wanted])
            self._everyone, self._visitors = self._everyone - gone, self._visitors - gone

    def lay(self, masked: Iterable[int], first: Iterable[int] | None) -> None:
        """Take what the house lays over it: rows that are not shown, and those to call first in the house's order."""
        gone = Rows(masked)
        self._everyone, self._visitors = self._everyone - gone, self._visitors - gone
        self._first = None if first is None else [row for row in first if row not in gone]

    def tell(self, here: Here) -> None:
        """Take what is known of time here: with a clock that cannot be right no hours are judged."""
        self._here = here
        if "opening" in self.__dict__:
            self.opening.tell(here)

    @cached_property
    def opening(self) -> Opening:
        """Return the hours, read when they are first needed."""
        opening = Opening(self._db, self.edition.timezone)
        opening.tell(self._here)
        return opening

    @cached_property
    def _shelf(self) -> Shelf:
        return Shelf(self._db, self.edition, self.opening, self.mark)

    @cached_property
    def _spots(self) -> Spots:
        return Spots(self._db, self._everyone, self.sets.get("area", {}))

    def _unknown_hours(self, now: datetime) -> Rows:
        return self.sets.get("open", {}).get(UNKNOWN, NONE) | self.opening.unknown(now)

    def forget(self) -> None:
        """Forget what was asked: words, places, and the entries that were found."""
        self.lookup.forget()
        self.__dict__.pop("_shelf", None)
        self._keys.clear()
        if "_spots" in self.__dict__:
            self._spots.reach.cache_clear()

    def close(self) -> None:
        """Let go of the file."""
        self._db.close()

    def interrupt(self) -> None:
        """Stop what is being read."""
        self._db.interrupt()

    def seen_by(self, audience: Audience) -> Rows:
        """Return every row ``audience`` may see."""
        return self._everyone if audience is Audience.STAFF else self._visitors

    # --- matching ---------------------------------------------------------------------------------
    def matched(self, reading: Reading, audience: Audience) -> Matched:
        """Return what ``reading`` matches of what ``audience`` may see."""
        seen = self.seen_by(audience)
        if not reading.terms:
            return Matched(seen, tuple(seen & self.sets.get("way", {}).get(way, NONE) for way in WAYS))
        found = [self._found(term) for term in reading.terms]
        *tiers, rows = (Rows.intersection(seen, *level) for level in zip(*(f.sets() for f in found), strict=True))
        tiers[2:] = [tiers[2] & self._needs(reading.terms), tiers[2]]
        exact = NONE
        if tiers[0] and reading.exact:
            exact = Rows.intersection(rows, *(self.lookup.word(word).name for word in reading.exact))
        return Matched(rows, (exact, *tiers), named=bool(tiers[1]))

    def lines(self, dangers: Sequence[Sequence[Sequence[str]]], audience: Audience, most: int) -> list[int]:
        """Return the rows of up to ``most`` crisis lines that fit ``dangers``, the best first.

        A line fits where its name holds all words of a target; earlier targets fit better, and among equals what the
        publisher says to call first. Every danger has its turn before one has its second line.
        """
        lines = self._crisis & self.seen_by(audience)
        call_now = self.call_now(audience)
        turns: list[list[int]] = []
        for targets in dangers:
            found: dict[int, None] = {}
            for target in targets:
                rows = Rows.intersection(lines, *(self.lookup.word(word).name for word in target))
                found |= dict.fromkeys([*(row for row in call_now if row in rows), *part(rows, 0, most)])
            turns.append(list(found))
        mixed = [row for turn in zip_longest(*turns) for row in turn if row is not None]
        return list(dict.fromkeys(mixed))[:most]

    def _needs(self, terms: Sequence[Term]) -> Rows:
        """Return the rows of the needs that are called what was asked for: those before what merely mentions it."""
        named = {slug for term in terms for slug in self._called.by(term)}
        return unite(self.sets.get("need", {}).get(slug, NONE) for slug in named)

    @cached_property
    def _called(self) -> Called:
        return Called({c.slug: words(" ".join((*c.label.every(), *c.hint.every()))) for c in self.categories})

    def _found(self, term: Term) -> Found:
        any_of = [*map(self.lookup.beginning, term.begins), *map(self.lookup.word, term.whole)]
        for saying in term.sayings:
            parts = [self.lookup.beginning(word).sets() for word in saying]
            any_of.append(Found(*(Rows.intersection(*level) for level in zip(*parts, strict=True))))
        if len(any_of) == 1:
            return any_of[0]
        return Found(*(unite(level) for level in zip(*(one.sets() for one in any_of), strict=True)))

    # --- choosing and counting --------------------------------------------------------------------
    def limits(self, question: Question, now: datetime) -> Limits:
        """Return what ``question`` lets through. Unknown hours pass "open now": unknown is never dropped.

        Where the clock cannot be believed nothing is known to be open or closed, and all pass.
        """
        passing = chosen(question, self.sets)
        if (reach := self.reach(question)) is not None and reach.passing is not None:
            passing["near"] = reach.passing
        if question.open_now and self._here.sure:
            passing["open"] = self.opening.open_now(now) | self._unknown_hours(now)
        return Limits(passing)

    def reach(self, question: Question) -> Reach | None:
        """Return how far everything is from the place ``question`` names, None where it names none."""
        return self._spots.reach(question.near, question.radius) if question.near else None

    def counted(self, matched: Rows, limits: Limits, now: datetime, reach: Reach | None = None) -> Counts:
        """Return how many of ``matched`` have each value of each facet."""
        moment: dict[tuple[str, str], Rows] = {
            ("open", "open"): self.opening.open_now(now),
            ("open", UNKNOWN): self._unknown_hours(now),
        }
        if reach is not None:
            moment |= {("near", str(ring)): reach.rings[ring] | reach.by_phone for ring in RADII}
            moment["near", "phone"] = reach.by_phone - reach.rings[0]
        return counted(matched, limits, self._values, moment)

    # --- order ------------------------------------------------------------------------------------
    def first(self, rows: Rows, start: int, count: int, reach: Reach | None = None) -> list[int]:
        """Return ``count`` of ``rows`` from ``start`` on: the nearest, the crisis lines, then the static order."""
        if reach is not None:
            near, rows = reach.first(rows, start + count)
            found = near[start:]
            left = count - len(found)
            return found + (self.first(rows, max(start - len(near), 0), left) if left else [])
        lines = rows & self._crisis
        found = part(lines, start, count)
        if len(found) < count:
            found += part(rows - lines, max(start - len(lines), 0), count - len(found))
        return found

    def keys(self, rows: Sequence[int]) -> list[Key]:
        """Return what each of ``rows`` is sorted by among other indexes' rows: crisis lines, then the static order."""
        missing = [row for row in rows if row not in self._keys]
        if missing:
            self._shelf.fetch(missing)
            now = {row: n for n, original in enumerate(self.edition.call_now) for row in self._call_now(original)}
            last = len(self.edition.call_now)
            for row in missing:
                place = self._shelf.place(row, self._positions)
                self._keys[row] = (row not in self._crisis, now.get(row, last), *place)
        return [self._keys[row] for row in rows]

    # --- cards ------------------------------------------------------------------------------------
    def cards(self, rows: Sequence[int], question: Question, marked: Sequence[str], now: datetime) -> tuple[Card, ...]:
        """Return the cards of ``rows`` as they are ``now``."""
        return self._shelf.cards(rows, question, marked, now, self.reach(question))

    def call_now(self, audience: Audience) -> list[int]:
        """Return the rows of the entries to call first, in the publisher's order."""
        seen = self.seen_by(audience)
        if self._first is not None:
            return [row for row in self._first if row in seen]
        return [row for original in self.edition.call_now for row in self._call_now(original) if row in seen]

    def _call_now(self, original: str) -> Rows:
        return self.sets.get("call-now", {}).get(original, NONE)
