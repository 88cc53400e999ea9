"""The publishers' catalogs with what the house lays over them: hidden entries gone, better values in place, its own at the end."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime
from itertools import chain
from typing import Any

from guide.catalog.books import Layer
from guide.catalog.detail import detail_of
from guide.catalog.reader import Catalog
from guide.clock import Here
from guide.errors import NotFoundError
from guide.records import Audience, Category, Detail, DoNotPrint, Edition, Service, Tag
from guide.records.laid import Laid, is_ours


class LaidCatalog(Catalog):
    """Asked like one catalog. It closes the house's own small one; what it lies over is closed by who opened it."""

    def __init__(self, under: Catalog, laid: Laid) -> None:
        """Take the open catalog of the publishers, and open the house's own. Raises BrokenCatalogError."""
        self._under, self._laid = under, laid
        self._own = Catalog(laid.own) if laid.own is not None else None
        self.path = under.path

    def close(self) -> None:
        """Let go of the house's own file."""
        if self._own is not None:
            self._own.close()

    def edition(self) -> Edition:
        """Return the edition of the publisher that counts most."""
        return self._under.edition()

    def editions_of(self, services: Iterable[str]) -> dict[str, Edition]:
        """Return the edition of each entry that is not of the first publisher's."""
        return self._under.editions_of(services)

    def categories(self) -> tuple[Category, ...]:
        """Return the needs, those at the end that the house alone uses."""
        found = self._under.categories()
        known = {one.slug for one in found}
        more = self._own.categories() if self._own is not None else ()
        return (*found, *(one for one in more if one.slug not in known))

    def tags(self) -> tuple[Tag, ...]:
        """Return the publishers' tags."""
        return self._under.tags()

    def do_not_print(self) -> tuple[DoNotPrint, ...]:
        """Return the numbers and phrases that must never be published."""
        return self._under.do_not_print()

    def digests(self) -> dict[str, str]:
        """Return each service's digest by its id."""
        found = {one: digest for one, digest in self._under.digests().items() if one not in self._laid.masked}
        return found | (self._own.digests() if self._own is not None else {})

    def service(self, service: str) -> Service:
        """Return one service whole. Raises NotFoundError, also for a hidden one."""
        for found in self.services([service]):
            return found
        raise NotFoundError(service=service)

    def services(self, ids: Iterable[str] | None = None) -> Iterator[Service]:
        """Yield services: the publishers' in static order, then the house's own and those it corrected."""
        asked = None if ids is None else list(ids)
        theirs = None if asked is None else [one for one in asked if one not in self._laid.masked]
        found = self._under.services(theirs)
        if asked is None:
            found = (one for one in found if one.id not in self._laid.masked)
        return chain(found, self._own.services(asked)) if self._own is not None else found

    def detail(self, service: str, audience: Audience, now: datetime, here: Here) -> Detail:
        """Return everything that is said of ``service``. Raises NotFoundError, also for a hidden one."""
        if self._own is not None and any(True for _ in self._own.services([service])):
            found = detail_of(self._own, service, audience, now, here)
            if is_ours(service):
                return found
            # Corrected: of which edition it is, who lists it and when it has to be looked at again is the publishers' word.
            said = self._under.detail(service, audience, now, here)
            return replace(found, edition=said.edition, sources=said.sources, freshness=said.freshness)
        if service in self._laid.masked:
            raise NotFoundError(service=service)
        return self._under.detail(service, audience, now, here)

    def parts(self) -> dict[str, Catalog]:
        """Return the publishers' catalogs as they are, by the mark that ends their entries' ids."""
        return self._under.parts()

    def layers(self) -> tuple[Layer, ...]:
        """Return the publishers' catalogs without what is not shown as published, then the house's own."""
        under = tuple(layer._replace(masked=layer.masked | self._masked(layer.mark)) for layer in self._under.layers())
        return (*under, Layer("", self._own)) if self._own is not None else under

    def shown_as(self) -> dict[str, str]:
        """Return, by its id, the entry of the publishers that each one left out is shown as."""
        return self._under.shown_as()

    def _masked(self, mark: str) -> frozenset[str]:
        return frozenset(one.removesuffix(mark) for one in self._laid.masked if one.endswith(mark))

    def ask(self, asked: Any) -> list[dict[str, Any]]:
        """Ask the first publisher's tables."""
        return self._under.ask(asked)
