"""What is exported: the whole catalog or a choice of it, for visitors or with what staff see."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from guide.catalog.reader import Catalog
from guide.errors import NotFoundError
from guide.records import Audience, Category, Edition, Service, Tag


@dataclass(frozen=True)
class Choice:
    """Categories by slug, services by id or by the publisher's own id; without either, everything."""

    categories: tuple[str, ...] = ()
    services: tuple[str, ...] = ()
    audience: Audience = Audience.VISITOR


class Chosen:
    """The chosen part of an open catalog."""

    def __init__(self, catalog: Catalog, choice: Choice) -> None:
        """Take both. Raises NotFoundError for a category that is not there."""
        self._catalog, self._choice = catalog, choice
        self.edition: Edition = catalog.edition()
        self.categories: tuple[Category, ...] = catalog.categories()
        self.tags: tuple[Tag, ...] = catalog.tags()
        self.do_not_print = catalog.do_not_print()
        known = {one.slug for one in self.categories}
        for slug in choice.categories:
            if slug not in known:
                raise NotFoundError("There is no such category.", category=slug, known=sorted(known))

    @property
    def terms(self) -> dict[tuple[str, str], Category | Tag]:
        """Return needs and tags by taxonomy and slug."""
        found: dict[tuple[str, str], Category | Tag] = {("category", one.slug): one for one in self.categories}
        return found | {("tag", one.slug): one for one in self.tags}

    def services(self) -> Iterator[Service]:
        """Yield the chosen services in static order, in flat memory. Raises NotFoundError when one is not there."""
        wanted, met = set(self._choice.services), set()
        for service in self._catalog.services():
            if wanted:
                names = wanted & {service.id, service.original_id}
                met |= names
                if not names:
                    continue
            if self._choice.categories and not {service.category, *service.also_in} & set(self._choice.categories):
                continue
            if self._choice.audience is Audience.VISITOR:
                if service.audience is Audience.STAFF:
                    continue
                service = for_visitors(service)
            yield service
        if missing := sorted(wanted - met):
            raise NotFoundError("There is no such entry.", services=missing)


def for_visitors(service: Service) -> Service:
    """Return ``service`` without what only staff may see: notes among editors, hidden numbers."""
    return replace(service, phones=service.shown_phones(), staff_note="", history="", verification="")
