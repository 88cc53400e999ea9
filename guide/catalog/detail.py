"""One entry in full, with the labels its slugs stand for, as it is at a moment."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from guide.catalog.freshness import freshness
from guide.catalog.hours import open_of
from guide.catalog.reader import Catalog
from guide.clock import Here
from guide.errors import NotFoundError
from guide.records import Audience, Detail


def detail_of(catalog: Catalog, service: str, audience: Audience, now: datetime, here: Here) -> Detail:
    """Return everything ``catalog`` tells ``audience`` of ``service``. Raises NotFoundError, also for staff entries."""
    found = catalog.service(service)
    if audience is not Audience.STAFF:
        if found.audience is Audience.STAFF:
            raise NotFoundError(service=service)
        found = replace(found, staff_note="", history="")  # written for staff alone
    edition = catalog.edition()
    categories = {c.slug: c for c in catalog.categories()}
    tags = {t.slug: t for t in catalog.tags()}
    return Detail(
        service=found,
        edition=edition,
        open=open_of(found, now, edition.timezone, here),
        freshness=freshness(found, edition, now.date()),
        category=categories[found.category],
        also_in=tuple(categories[slug] for slug in found.also_in if slug in categories),
        tags=tuple(tags[slug] for slug in found.tags if slug in tags),
    )
