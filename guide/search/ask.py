"""Asks one or more indexes: each tier by tier in static order, merged exactly, with facets over every match."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from datetime import datetime
from functools import partial
from pathlib import Path
from threading import Event

from guide.catalog.books import Book
from guide.catalog.hours import ANYWHERE
from guide.clock import Here
from guide.errors import BrokenCatalogError, GuideError
from guide.records import Answer, Card, Question
from guide.records.laid import Laid
from guide.search.counting import Counts, Labels, added
from guide.search.endings import forms, root
from guide.search.everyday import Target
from guide.search.merging import merged
from guide.search.phonetics import sound
from guide.search.reader import Read, Reader
from guide.search.reading import Reading
from guide.search.sets import Rows
from guide.search.source import Matched, Source, below, joined
from guide.search.store import index_path
from guide.search.together import Opened, Together, laid_sources, open_source, sound_source
from guide.search.vocabulary import Vocabulary

__all__ = ["Interrupted", "Search", "index_path"]

Dangers = Sequence[Sequence[Target]]  # for each danger, words in the names of the lines to call for it
_PLENTY = 20  # entries from which on nothing is looked for in other words
_FEW = 5  # entries up to which the parts of a question are looked for one by one too
_FITTING = 3  # lines to call that fit a danger


class Interrupted(GuideError):  # noqa: N818 - not a failure: a newer question came
    """The search was stopped because a newer question came."""

    code = "interrupted"


class Search:
    """Open indexes, asked as one. Asked from one thread at a time; ``interrupt`` may come from any."""

    def __init__(
        self, opened: Sequence[Opened], own_words: Path | None = None, together: Together | None = None, laid: Laid = Laid()
    ) -> None:  # fmt: skip
        """Open each index; one that is rotten in a way its opening did not see is opened anew.

        ``own_words`` is the shelter's own file of everyday words, which may be missing. ``together`` knows what
        several publishers' catalogs share; of those, one that cannot be read takes nothing from the others.
        """
        self._reader = Reader(own_words)
        self._opened: list[Opened] = []
        self._stop = Event()
        self._asked = 0  # the index that is being read
        self._here = ANYWHERE
        self._sources: list[Source] = []
        self._together = together
        self._first = {service: place for place, service in enumerate(laid.call_now or ())}
        for one in opened:
            try:
                self._sources.append(sound_source(one))
                self._opened.append(one)
            except BrokenCatalogError:
                if together is None:
                    raise
        if not self._sources:
            raise BrokenCatalogError(reason="none can be read")
        self._name()

    @classmethod
    def open(cls, catalog: Path, folder: Path, own_words: Path | None = None) -> Search:
        """Open the index of one catalog; see ``across``."""
        return cls.across([catalog], folder, own_words)

    @classmethod
    def across(cls, catalogs: Iterable[Path], folder: Path, own_words: Path | None = None) -> Search:
        """Open the indexes of ``catalogs`` in ``folder``; build those that are missing or unfit.

        Where the folder cannot be written (a guest account), an index is built in memory.

        Raises:
            BrokenCatalogError: a catalog itself cannot be read.
        """
        return cls([partial(open_source, catalog, folder) for catalog in catalogs], own_words)

    @classmethod
    def joined(cls, books: Sequence[Book], joined: Path, own_words: Path | None = None, laid: Laid = Laid()) -> Search:
        """Open the indexes of several publishers' catalogs, the one that counts most first, the house's own last.

        What two of them list is found once; ``joined`` is the file that says what they share. Raises
        BrokenCatalogError where none of the catalogs can be read.
        """
        return cls(laid_sources(books, laid), own_words, Together(books, joined) if len(books) > 1 else None, laid)

    def tell(self, here: Here) -> None:
        """Take what is known of time here: with a clock that cannot be right no hours are judged."""
        self._here = here

    def interrupt(self) -> None:
        """Stop a running ``ask`` from another thread; it raises Interrupted."""
        self._stop.set()
        for source in self._sources:
            with suppress(sqlite3.ProgrammingError):  # closed in the meantime
                source.interrupt()

    def forget(self) -> None:
        """Forget what was asked; the indexes stay open."""
        for source in self._sources:
            source.forget()
        for kept in (forms, root, sound):
            kept.cache_clear()

    def close(self) -> None:
        """Let go of the files."""
        for source in self._sources:
            source.close()
        if self._together is not None:
            self._together.close()

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
        if self._together is not None:
            self._together.begin(self._sources)
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
        vocabulary = Vocabulary(self._each, question.audience)
        read = self._reader.read(question.words, vocabulary)
        danger = read.danger()
        reading, matched = self._read(question, read, danger)
        lines = self._lines(question, danger, matched)
        if danger:
            matched = self._under(matched, lines)
        limits = [source.limits(question, now) for _, source in self._each()]
        found = [limit.all(match.rows) for limit, match in zip(limits, matched, strict=True)]
        counts: Counts = Counter()
        for n, source in self._each():
            counts = added(counts, source.counted(matched[n].rows, limits[n], now, source.reach(question)))
        cards = self._cards(self._ordered(matched, found, question), question, reading, now)
        return Answer(
            question=question,
            cards=cards,
            total=sum(map(len, found)),
            facets=tuple(self._labels.told(counts, question)),
            corrected=reading.said,
            suggested="" if reading.said else read.suggestion(),
            crisis=self._crisis(question, lines, now),
            danger=bool(danger),
        )

    def _under(self, matched: Sequence[Matched], lines: Sequence[Sequence[int]]) -> list[Matched]:
        """Return ``matched`` with the lines to call before all else; of several publishers the first one's first."""
        found, before = [], 0
        for match, rows in zip(matched, lines, strict=True):
            found.append(match.under(rows[: _FITTING - before], _FITTING, before))
            before += len(rows[: _FITTING - before]) if self._together is not None else 0
        return found

    def _read(self, question: Question, read: Read, danger: Dangers) -> tuple[Reading, list[Matched]]:
        """Return the first reading of the words that finds something, and what, widened where that is poor."""
        kept: Reading | None = None
        layers: list[list[Matched]] = []  # of what is shown, each in the order of the indexes
        lowest: list[list[Matched]] = []
        for reading in read.readings():
            found = sum(len(joined(one).rows) for one in zip(*layers, strict=True)) if layers else 0
            if found and not (reading.widens and (danger or _poor(layers, found))):
                break
            if found and reading.last and found >= _FEW:
                continue
            matched = [source.matched(reading, question.audience) for _, source in self._each()]
            if found and reading.last:
                lowest.append(matched)
            elif found:
                layers.append(matched)
            elif kept is None or any(match.rows for match in matched):
                kept, layers = reading, [matched]
        if kept is None:
            raise AssertionError("there is always the reading as typed")
        told = [joined(one) for one in zip(*layers, strict=True)]
        for more in lowest:
            told = [below(one, other) for one, other in zip(told, more, strict=True)]
        return kept, told

    def _ordered(self, matched: Sequence[Matched], found: Sequence[Rows], question: Question) -> list[tuple[int, int]]:
        """Return the (index, row) pairs of one page: tier by tier over all indexes, within each in static order.

        A tier that lies before the page is only counted: one far down costs what the first one costs.
        """
        start, count = question.start, question.limit
        ordered, left = list[tuple[int, int]](), list(found)
        tiers = [*zip(*(match.tiers for match in matched), strict=True), tuple(found)]
        for tier in tiers:
            if len(ordered) >= count:
                break
            here = [rows & rest for rows, rest in zip(tier, left, strict=True)]
            size = sum(map(len, here))
            if not size:
                continue
            left = [rest - rows if rows else rest for rows, rest in zip(here, left, strict=True)]
            if start < size:
                ordered += self._merged(here, start, count - len(ordered), question)
            start = max(start - size, 0)
        return ordered

    def _merged(self, rows: Sequence[Rows], start: int, count: int, question: Question) -> list[tuple[int, int]]:
        among = [(n, source, rows[n]) for n, source in self._each() if rows[n]]
        return merged(among, start, count, question, first_counts=self._together is not None)

    def _cards(
        self, ordered: Sequence[tuple[int, int]], question: Question, reading: Reading, now: datetime
    ) -> tuple[Card, ...]:
        made: dict[tuple[int, int], Card] = {}
        for n, source in self._each():
            rows = [row for index, row in ordered if index == n]
            if rows:
                cards = source.cards(rows, question, reading.marked, now)
                if self._together is not None:
                    cards = self._together.told(source, cards, question.audience)
                made |= {(n, row): card for row, card in zip(rows, cards, strict=True)}
        return tuple([made[pair] for pair in ordered])

    def _lines(self, question: Question, danger: Dangers, matched: Sequence[Matched]) -> list[list[int]]:
        """Return the lines to call for ``danger`` in each index: those named with the very words, then the fitting."""
        found = []
        for n, source in self._each():
            lines = source.lines(danger, question.audience, _FITTING)
            named = [row for row in lines if row in matched[n].exact]
            found.append([*named, *(row for row in lines if row not in named)])
        return found

    def _crisis(self, question: Question, lines: Sequence[Sequence[int]], now: datetime) -> tuple[Card, ...]:
        """Return the lines to call at once: those that fit the danger, then the publisher's choice."""
        fitting: dict[str, Card] = {}
        chosen: dict[str, Card] = {}
        for n, source in self._each():
            for card in source.cards(lines[n], question, (), now):
                fitting.setdefault(card.id, card)
            if self._together is None or len(chosen) < _FITTING or self._first:
                for card in source.cards(source.call_now(question.audience), question, (), now):
                    chosen.setdefault(card.id, card)
        if self._first:  # the house's own choice, which may come from several indexes
            chosen = dict(sorted(chosen.items(), key=lambda pair: self._first.get(pair[0], len(self._first))))
        return tuple((fitting | chosen).values())[: max(len(chosen), _FITTING)] if fitting else tuple(chosen.values())


def _poor(layers: Sequence[Sequence[Matched]], found: int) -> bool:
    """Say whether so little was found, or in such untelling places, that other words for it are looked for too."""
    return found < _PLENTY or not any(match.named for layer in layers for match in layer)
