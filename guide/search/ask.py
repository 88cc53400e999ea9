"""Asks one or more indexes: each tier by tier in static order, merged exactly, with facets over every match."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from datetime import datetime
from functools import partial
from pathlib import Path
from threading import Event

from guide.catalog.home import read_terms
from guide.catalog.hours import ANYWHERE
from guide.clock import Here
from guide.errors import BrokenCatalogError, GuideError
from guide.records import Answer, Audience, Card, Question
from guide.search.counting import Counts, Labels
from guide.search.reading import Reading, readings
from guide.search.sets import Rows
from guide.search.source import Matched, Source
from guide.search.store import index_path, open_index
from guide.search.terms import marks, words

__all__ = ["Interrupted", "Search", "index_path"]

Opened = Callable[[bool], Source]  # opens one index; True: mistrust the file that is there


class Interrupted(GuideError):  # noqa: N818 - not a failure: a newer question came
    """The search was stopped because a newer question came."""

    code = "interrupted"


class Search:
    """Open indexes, asked as one. Asked from one thread at a time; ``interrupt`` may come from any."""

    def __init__(self, opened: Sequence[Opened]) -> None:
        """Open each index; one that is rotten in a way its opening did not see is opened anew."""
        self._opened = list(opened)
        self._stop = Event()
        self._asked = 0  # the index that is being read
        self._here = ANYWHERE
        self._sources = []
        for one in self._opened:
            try:
                self._sources.append(one(False))
            except sqlite3.DatabaseError:
                self._sources.append(one(True))
        self._name()

    @classmethod
    def open(cls, catalog: Path, folder: Path) -> Search:
        """Open the index of one catalog; see ``across``."""
        return cls.across([catalog], folder)

    @classmethod
    def across(cls, catalogs: Iterable[Path], folder: Path) -> Search:
        """Open the indexes of ``catalogs`` in ``folder``; build those that are missing or unfit.

        Where the folder cannot be written (a guest account), an index is built in memory.

        Raises:
            BrokenCatalogError: a catalog itself cannot be read.
        """
        return cls([partial(_opened, catalog, folder) for catalog in catalogs])

    def tell(self, here: Here) -> None:
        """Take what is known of time here: with a clock that cannot be right no hours are judged."""
        self._here = here

    def interrupt(self) -> None:
        """Stop a running ``ask`` from another thread; it raises Interrupted."""
        self._stop.set()
        for source in self._sources:
            with suppress(sqlite3.ProgrammingError):  # closed in the meantime
                source.interrupt()

    def close(self) -> None:
        """Let go of the files."""
        for source in self._sources:
            source.close()

    def ask(self, question: Question, now: datetime) -> Answer:
        """Return what ``question`` finds at ``now`` (aware). Never a staff entry for a visitor.

        Raises:
            Interrupted: another thread called ``interrupt``.
            BrokenCatalogError: an index is damaged, and so is the catalog it is made from.
        """
        self._stop.clear()
        for _ in self._sources:
            try:
                return self._ask(question, now)
            except sqlite3.DatabaseError as error:
                if getattr(error, "sqlite_errorcode", 0) == sqlite3.SQLITE_INTERRUPT:
                    raise Interrupted from error
            self._mend()  # damaged under our hands: each is built anew once, then it has to be said
        try:
            return self._ask(question, now)
        except sqlite3.DatabaseError as error:
            raise BrokenCatalogError(reason="index") from error

    def _mend(self) -> None:
        self._sources[self._asked].close()
        self._sources[self._asked] = self._opened[self._asked](True)
        self._name()

    def _name(self) -> None:
        self._labels = Labels(
            (category for source in self._sources for category in source.categories),
            (tag for source in self._sources for tag in source.tags),
            (source.sets for source in self._sources),
        )

    def _each(self) -> Iterator[tuple[int, Source]]:
        """Go through the indexes, minding which is read and whether to go on at all."""
        for number, source in enumerate(self._sources):
            if self._stop.is_set():
                raise Interrupted
            self._asked = number
            source.tell(self._here)
            yield number, source

    def _ask(self, question: Question, now: datetime) -> Answer:
        reading, matched = self._read(question)
        limits = [source.limits(question, now) for _, source in self._each()]
        found = [limit.all(match.rows) for limit, match in zip(limits, matched, strict=True)]
        counts: Counts = Counter()
        for n, source in self._each():
            counts.update(source.counted(matched[n].rows, limits[n], now))
        cards = self._cards(
            self._ordered(matched, found, question.start + question.limit)[question.start :], question, reading, now
        )
        return Answer(
            question=question,
            cards=cards,
            total=sum(map(len, found)),
            facets=tuple(self._labels.told(counts, question)),
            corrected=as_written(reading.marked, cards, question.language) if reading.said else "",
            crisis=self._crisis(question, now),
        )

    def _read(self, question: Question) -> tuple[Reading, list[Matched]]:
        """Return the first reading of the words that finds something, and what; else the first of all."""
        kept: tuple[Reading, list[Matched]] | None = None
        for reading in readings(question.words, _Vocabulary(self._each, question.audience)):
            matched = [source.matched(reading, question.audience) for _, source in self._each()]
            if any(match.rows for match in matched):
                return reading, matched
            kept = kept or (reading, matched)
        if kept is None:
            raise AssertionError("there is always the reading as typed")
        return kept

    def _ordered(self, matched: Sequence[Matched], found: Sequence[Rows], count: int) -> list[tuple[int, int]]:
        """Return the first ``count`` (index, row) pairs: tier by tier over all indexes, within each in static order."""
        ordered: list[tuple[int, int]] = []
        left = list(found)
        tiers = [*zip(*(match.tiers for match in matched), strict=True), tuple(found)]
        for tier in tiers:
            if len(ordered) >= count:
                break
            here = [rows & rest for rows, rest in zip(tier, left, strict=True)]
            left = [rest - rows for rows, rest in zip(here, left, strict=True)]
            ordered += self._merged(here, count - len(ordered))
        return ordered

    def _merged(self, rows: Sequence[Rows], count: int) -> list[tuple[int, int]]:
        firsts = [(n, source.first(rows[n], count)) for n, source in self._each() if rows[n]]
        if len(firsts) < 2:
            return [(n, row) for n, some in firsts for row in some]
        keyed = [
            (key, n, row) for n, some in firsts for key, row in zip(self._sources[n].keys(some), some, strict=True)
        ]
        return [(n, row) for _, n, row in sorted(keyed)[:count]]

    def _cards(
        self, ordered: Sequence[tuple[int, int]], question: Question, reading: Reading, now: datetime
    ) -> tuple[Card, ...]:
        made: dict[tuple[int, int], Card] = {}
        for n, source in self._each():
            rows = [row for index, row in ordered if index == n]
            if rows:
                cards = source.cards(rows, question, reading.marked, now)
                made |= {(n, row): card for row, card in zip(rows, cards, strict=True)}
        return tuple([made[pair] for pair in ordered])

    def _crisis(self, question: Question, now: datetime) -> tuple[Card, ...]:
        found: dict[str, Card] = {}
        for _, source in self._each():
            for card in source.cards(source.call_now(question.audience), question, (), now):
                found.setdefault(card.id, card)
        return tuple(found.values())


class _Vocabulary:
    """The words of all indexes together, as far as ``audience`` may see them."""

    def __init__(self, each: Callable[[], Iterable[tuple[int, Source]]], audience: Audience) -> None:
        self._each = each
        self._column = "staff" if audience is Audience.STAFF else "visitor"

    def commonest(self, beginning: str) -> int:
        """Return in how many entries the commonest word stands that begins so."""
        return max(source.lookup.commonest(beginning, self._column) for _, source in self._each())

    def counts(self, words: Iterable[str]) -> dict[str, int]:
        """Return in how many entries each of ``words`` stands that stands at all."""
        asked = list(words)
        found: Counter[str] = Counter()
        for _, source in self._each():
            found.update(source.lookup.counts(asked, self._column))
        return dict(found)


def _opened(catalog: Path, folder: Path, anew: bool) -> Source:
    edition, (categories, tags) = read_terms(catalog)
    return Source(open_index(catalog, folder, anew=anew), edition, categories, tags)


def as_written(terms: Sequence[str], cards: Sequence[Card], language: str) -> str:
    """Return folded terms as the found entries spell them: "inmigracion" is shown as "inmigración"."""
    spelled: dict[str, str] = {}
    for card in cards[:5]:
        for text in (card.name.best(language), card.summary.best(language), *card.name.every(), *card.summary.every()):
            for start, end in marks(text, terms):
                for word in words(text[start:end]):
                    spelled.setdefault(word, text[start:end].lower())
    return " ".join(spelled.get(term, term) for term in terms)
