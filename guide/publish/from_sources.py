"""Sources of any kind into one catalog, with a report of what came in, what was mended and what was left out."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from guide.errors import DiskFullError, NoAccessError, SourceDataError
from guide.publish.build import CatalogSource, build_catalog
from guide.publish.mapping import OTHER, Mapping, load_mapping
from guide.publish.readers.hsds_tabular import read_hsds
from guide.publish.starter import read_starter
from guide.records import Category, Edition, Progress, Service, Step, Words, silent


@dataclass(frozen=True)
class EditionWishes:
    """What the publisher says of the edition; what is left empty comes from the source, else from the date."""

    number: int = 0
    name: str = ""
    title: str = ""
    publisher: str = ""
    publisher_name: str = ""
    timezone: str = ""


@dataclass(frozen=True)
class Built:
    """The edition as written, and the report: plain values, ready for JSON."""

    edition: Edition
    report: dict[str, Any]


def build_from_sources(
    sources: Sequence[Path],
    out: Path,
    today: date,
    *,
    mapping: Path | None = None,
    wishes: EditionWishes | None = None,
    progress: Progress = silent,
) -> Built:
    """Read ``sources`` (HSDS packages, folders of our own YAML), join them and write the catalog ``out``.

    Raises:
        SourceDataError: a source is missing or cannot be used. Nothing is written then.
        NoAccessError, DiskFullError: ``out`` cannot be written.
    """
    source, report = read_sources(sources, today, mapping=mapping, wishes=wishes, progress=progress)
    try:
        edition = build_catalog(source, out, progress)
    except sqlite3.OperationalError as error:
        full = error.sqlite_errorcode == sqlite3.SQLITE_FULL
        raise (DiskFullError if full else NoAccessError)(path=str(out)) from error
    return Built(edition, {"services": edition.services, **report})


def read_sources(
    sources: Sequence[Path],
    today: date,
    *,
    mapping: Path | None = None,
    wishes: EditionWishes | None = None,
    progress: Progress = silent,
) -> tuple[CatalogSource, dict[str, Any]]:
    """Return what ``sources`` hold, joined, and the report.

    Categories, tags and the do-not-print list are those of the first folder of our own, else the starter's. A
    catalog whose sources name no lines to call at once gets the starter's: they are one action away on every screen.
    """
    chosen = load_mapping(mapping)
    own: list[CatalogSource] = []
    services: list[Service] = []
    told: list[dict[str, Any]] = []
    for path in sources:
        progress(Step("read"))
        report: dict[str, Any] = {"source": path.name}
        if not path.exists():
            raise SourceDataError("There is no such source.", source=str(path))
        if (path / "edition.yaml").is_file():
            own.append(read_starter(path))
            found = own[-1].services
        else:
            found, read = _hsds(path, chosen, today)
            report |= read
        services += found
        told.append(report | {"services": len(found)})
    base = own[0] if own else read_starter()
    added = () if own else _call_now(base)
    edition = _edition(
        own[0].edition if own else None, base.edition, services, today, wishes or EditionWishes(), chosen
    )
    categories = _with_other(base.categories, services)
    joined = CatalogSource(edition, categories, base.tags, (*services, *added), base.do_not_print)
    return joined, {"sources": told, "call_now_added": [service.name.text for service in added]}


def _hsds(path: Path, mapping: Mapping, today: date) -> tuple[tuple[Service, ...], dict[str, Any]]:
    """Read an HSDS tabular package with the publisher's mapping."""
    result = read_hsds(path, mapping, today)
    return result.services, result.report.as_dict()


def _with_other(categories: tuple[Category, ...], services: Sequence[Service]) -> tuple[Category, ...]:
    """Return the categories with one for what nobody could place: those services are never lost."""
    if not any(service.category == OTHER for service in services):
        return categories
    label = Words("Other help", "en", (("es", "Otra ayuda"), ("ar", "مساعدة أخرى")))
    last = max(category.order for category in categories) + 1
    return (*categories, Category(OTHER, last, label))


def _call_now(base: CatalogSource) -> tuple[Service, ...]:
    wanted = base.edition.call_now
    return tuple(service for service in base.services if service.original_id in wanted)


def _edition(
    own: Edition | None,
    base: Edition,
    services: Sequence[Service],
    today: date,
    wishes: EditionWishes,
    mapping: Mapping,
) -> Edition:
    """Return the edition row: as wished, else as our own folder says, else from today's date."""
    dates = [day for s in services for day in (s.assured_date, s.source_date, s.last_modified) if day]
    fresh = own or replace(
        base,
        publisher=mapping.publisher,
        publisher_name=mapping.publisher_name,
        timezone=mapping.timezone,
        number=int(f"{today:%Y%m%d}"),
        name=f"{today:%Y.%m.%d}",
        title=Words(mapping.title),
        data_date=max(dates, default=today),
        next_expected=None,
        licence="",
        note=Words(""),
        meta=(),
    )
    return replace(
        fresh,
        number=wishes.number or fresh.number,
        name=wishes.name or fresh.name,
        title=Words(wishes.title) if wishes.title else fresh.title,
        publisher=wishes.publisher or fresh.publisher,
        publisher_name=wishes.publisher_name or fresh.publisher_name,
        timezone=wishes.timezone or fresh.timezone,
    )
