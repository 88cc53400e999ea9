"""Several publishers' catalogs read as one: each entry under its id here, what two of them list once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack, suppress
from dataclasses import replace
from datetime import datetime
from heapq import merge
from pathlib import Path
from types import TracebackType
from typing import Any

from guide.catalog.books import Book, Layer, by_mark
from guide.catalog.detail import detail_of
from guide.catalog.joins import Joins
from guide.catalog.order import place
from guide.catalog.reader import Catalog
from guide.clock import Here
from guide.errors import BrokenCatalogError, NotFoundError
from guide.records import Audience, Category, Detail, DoNotPrint, Edition, Service, Tag


class Joined(Catalog):
    """Asked like one catalog. One that cannot be read takes nothing from the others; it belongs to one thread."""

    def __init__(self, books: Sequence[Book], joined: Path) -> None:
        """Open every catalog that can be read. Raises BrokenCatalogError where none can."""
        self._stack, self._joined = ExitStack(), joined
        self._parts: dict[str, Catalog] = {}
        self._books: list[Book] = []
        broken: BrokenCatalogError | None = None
        for book in books:
            try:
                self._parts[book.mark] = self._stack.enter_context(Catalog(book.catalog))
                self._books.append(book)
            except BrokenCatalogError as error:
                broken = broken or error
        if not self._parts:
            raise broken or BrokenCatalogError(reason="missing")
        self.path = self._books[0].catalog

    def __enter__(self) -> Joined:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Let go of every file."""
        self._stack.close()

    # --- whole tables -----------------------------------------------------------------------------
    def edition(self) -> Edition:
        """Return the edition of the publisher that counts most."""
        return next(iter(self._parts.values())).edition()

    def editions_of(self, services: Iterable[str]) -> dict[str, Edition]:
        """Return the edition of each entry that is not of the first one's."""
        found: dict[str, Edition] = {}
        grouped = by_mark(list(services), list(self._parts))
        for number, (mark, ids) in enumerate(grouped.items()):
            if number and ids:
                edition = replace(self._parts[mark].edition(), publisher_name=self._name(mark))
                found |= {one + mark: edition for one in ids}
        return found

    def categories(self) -> tuple[Category, ...]:
        """Return the first publisher's categories, then what others have more."""
        found: dict[str, Category] = {}
        for part in self._parts.values():
            for category in part.categories():
                found.setdefault(category.slug, category)
        return tuple(found.values())

    def tags(self) -> tuple[Tag, ...]:
        """Return the first publisher's tags, then what others have more."""
        found: dict[str, Tag] = {}
        for part in self._parts.values():
            for tag in part.tags():
                found.setdefault(tag.slug, tag)
        return tuple(found.values())

    def do_not_print(self) -> tuple[DoNotPrint, ...]:
        """Return what any of them says must never be published."""
        return tuple(one for part in self._parts.values() for one in part.do_not_print())

    def digests(self) -> dict[str, str]:
        """Return each service's digest by its id."""
        return {one + mark: digest for mark, part in self._parts.items() for one, digest in part.digests().items()}

    def parts(self) -> dict[str, Catalog]:
        """Return the catalogs this one is made of, by the mark that ends their entries' ids."""
        return dict(self._parts)

    def layers(self) -> tuple[Layer, ...]:
        """Return every catalog, without what one before it lists."""
        hidden = self._hidden()
        return tuple(Layer(mark, part, hidden[mark]) for mark, part in self._parts.items())

    def shown_as(self) -> dict[str, str]:
        """Return, by its id, the entry that each one left out is shown as."""
        joins = Joins.of(self._books, self._joined)
        try:
            return joins.shown_as()
        finally:
            joins.close()

    # --- services ---------------------------------------------------------------------------------
    def service(self, service: str) -> Service:
        """Return one service whole. Raises NotFoundError."""
        return next(self.services([service]), None) or _not_found(service)

    def services(self, ids: Iterable[str] | None = None) -> Iterator[Service]:
        """Yield services: all of them in static order, each once; or those of ``ids`` that exist."""
        if ids is not None:
            for mark, some in by_mark(list(ids), list(self._parts)).items():
                yield from (_marked(one, mark) for one in self._parts[mark].services(some))
            return
        hidden = self._hidden()
        streams = [_stream(part, mark, hidden[mark]) for mark, part in self._parts.items()]
        for _, mark, one in merge(*streams, key=lambda found: found[:2]):
            yield _marked(one, mark)

    def detail(self, service: str, audience: Audience, now: datetime, here: Here) -> Detail:
        """Return everything its publisher says of ``service``, and who lists it too. Raises NotFoundError."""
        ((mark, raw),) = ((m, ids[0]) for m, ids in by_mark([service], list(self._parts)).items() if ids)
        found = detail_of(self._parts[mark], raw, audience, now, here)
        names = [self._name(mark)]
        with suppress(BrokenCatalogError):
            joins = Joins.of(self._books, self._joined)
            try:
                others = joins.also(mark, [raw], audience).get(raw, ())
            finally:
                joins.close()
            names += [self._name(one) for one in others if one in self._parts]
        return replace(found, service=_marked(found.service, mark), sources=tuple(names))

    def _hidden(self) -> dict[str, frozenset[str]]:
        """Return by mark what is left out of each catalog, since one that counts more lists it."""
        joins = Joins.of(self._books, self._joined)
        try:
            return {mark: frozenset(joins.hidden(mark)) for mark in self._parts}
        finally:
            joins.close()

    def _name(self, mark: str) -> str:
        called = next((book.name for book in self._books if book.mark == mark), "")
        return called or self._parts[mark].edition().publisher_name


def _marked(service: Service, mark: str) -> Service:
    return replace(service, id=service.id + mark) if mark else service


def _stream(part: Catalog, mark: str, hidden: frozenset[str]) -> Iterator[tuple[tuple[Any, ...], str, Service]]:
    key = _order(part.edition(), part.categories())
    return ((key(one), mark, one) for one in part.services() if one.id not in hidden)


def _not_found(service: str) -> Service:
    raise NotFoundError(service=service)


def _order(edition: Edition, categories: Sequence[Category]) -> Callable[[Service], tuple[Any, ...]]:
    """Return what a catalog's entries are sorted by: what is to be called now, then the static order."""
    now = {original: position for position, original in enumerate(edition.call_now)}
    order = {category.slug: category.order for category in categories}

    def key(s: Service) -> tuple[Any, ...]:
        return now.get(s.original_id, len(now)), *place(
            staff=s.audience is not Audience.VISITOR, category=order.get(s.category, 0),
            numbered=s.main_phone() is not None, day=s.assured_date or s.source_date, name=s.name.text, service=s.id,
        )  # fmt: skip

    return key
