"""Sources of any kind into one catalog, with a report of what came in, what was mended and what was left out."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from errno import ENOSPC
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from guide.errors import DiskFullError, NoAccessError, SourceDataError
from guide.publish.build import CatalogSource, build_catalog
from guide.publish.mapping import MAPS, OTHER, Mapping, load_mapping
from guide.publish.readers.own_export import is_own_export, read_own_export
from guide.publish.readers.source import read_source, source_name
from guide.publish.report import Report
from guide.publish.spill import Spill
from guide.publish.starter import read_starter
from guide.records import Category, Edition, Progress, Service, Step, Words, silent

_OTHER_LABEL = Words("Other help", "en", (("es", "Otra ayuda"), ("ar", "مساعدة أخرى")))
_OTHER_HINT = Words("What fits nowhere else", "en", (("es", "Lo que no cabe en otro lugar"),))


@dataclass(frozen=True)
class EditionWishes:
    """What the publisher says of the edition; what is left empty comes from the source, else from the date."""

    number: int = 0
    name: str = ""
    title: str = ""
    publisher: str = ""
    publisher_name: str = ""
    timezone: str = ""
    data_date: date | None = None


@dataclass(frozen=True)
class Built:
    """The edition as written, and the report: plain values, ready for JSON."""

    edition: Edition
    report: dict[str, Any]


def build_from_sources(
    sources: Sequence[Path | str],
    out: Path,
    today: date,
    *,
    mapping: Path | None = None,
    wishes: EditionWishes | None = None,
    progress: Progress = silent,
) -> Built:
    """Read ``sources`` (files and folders of any form, databases, folders of our own YAML), join them and write the catalog ``out``.

    Raises:
        SourceDataError: a source is missing or cannot be used. Nothing is written then.
        NoAccessError, DiskFullError: ``out`` cannot be written.
    """
    try:
        with reading(sources, out.parent, today, mapping=mapping, wishes=wishes, progress=progress) as (source, report):
            edition = build_catalog(source, out, progress)
    except sqlite3.OperationalError as error:
        full = error.sqlite_errorcode == sqlite3.SQLITE_FULL
        raise (DiskFullError if full else NoAccessError)(path=str(out)) from error
    except OSError as error:
        raise (DiskFullError if error.errno == ENOSPC else NoAccessError)(path=str(out)) from error
    return Built(edition, {"services": edition.services, **report})


def read_sources(
    sources: Sequence[Path | str],
    today: date,
    *,
    mapping: Path | None = None,
    wishes: EditionWishes | None = None,
    progress: Progress = silent,
) -> tuple[CatalogSource, dict[str, Any]]:
    """Return what ``sources`` hold, joined and all in memory, and the report. Raises SourceDataError."""
    with (
        TemporaryDirectory() as folder,
        reading(sources, Path(folder), today, mapping=mapping, wishes=wishes, progress=progress) as (source, report),
    ):
        return replace(source, services=tuple(source.services)), report


@contextmanager
def reading(
    sources: Sequence[Path | str],
    folder: Path,
    today: date,
    *,
    mapping: Path | None = None,
    wishes: EditionWishes | None = None,
    progress: Progress = silent,
) -> Iterator[tuple[CatalogSource, dict[str, Any]]]:
    """Give what ``sources`` hold, joined, and the report; the services wait in ``folder`` for as long as this lasts.

    Categories, tags and the do-not-print list are those of the first folder of our own, else the starter's. A
    catalog whose sources name no lines to call at once gets the starter's: they are one action away on every screen.

    Raises:
        SourceDataError.
    """
    wishes = wishes or EditionWishes()
    terms = _mapping(mapping, wishes)
    own: list[CatalogSource] = []
    told: list[dict[str, Any]] = []
    with Spill(folder, today) as services:
        for path in sources:
            progress(Step("read"))
            before = len(services)
            if isinstance(path, Path) and not path.exists():
                raise SourceDataError("There is no such source.", source=str(path))
            record = Report()
            if isinstance(path, Path) and (path / "edition.yaml").is_file():
                own.append(read_starter(path))
                found: Iterable[Service] = own[-1].services
            elif isinstance(path, Path) and is_own_export(path):
                own.append(read_own_export(path, folder, terms.open_shelters, record))
                found = own[-1].services
            else:
                found = read_source(path, terms, today, record, folder, progress)
            for service in found:
                services.add(service)
            told.append({"source": source_name(path), "services": len(services) - before, **record.as_dict()})
        base = own[0] if own else read_starter()
        newest = services.newest
        added = () if own else tuple(s for s in base.services if s.original_id in base.edition.call_now)
        for service in added:
            services.add(service)
        row = own[0].edition if own else _edition(base.edition, terms, newest, today)
        joined = CatalogSource(
            _as_wished(row, wishes), _categories(base, services), base.tags, services, base.do_not_print
        )
        yield joined, {"sources": told, "call_now_added": [service.name.text for service in added]}


def _mapping(path: Path | None, wishes: EditionWishes) -> Mapping:
    """Return the mapping of ``path``: a file, or the name of one that comes with the program."""
    if path is not None and not path.exists() and (MAPS / f"{path}.yaml").is_file():
        path = MAPS / f"{path}.yaml"
    terms = load_mapping(path)
    # Ids and clock times are made while reading, so the publisher's word counts from the start.
    return replace(terms, publisher=wishes.publisher or terms.publisher, timezone=wishes.timezone or terms.timezone)


def _categories(base: CatalogSource, services: Spill) -> tuple[Category, ...]:
    """Return the needs, with Other at the end where something is in it: nothing unmapped is lost."""
    if services.categories[OTHER] and OTHER not in {c.slug for c in base.categories}:
        last = max(category.order for category in base.categories)
        return (*base.categories, Category(OTHER, last + 1, _OTHER_LABEL, _OTHER_HINT))
    return base.categories


def _edition(base: Edition, terms: Mapping, newest: date | None, today: date) -> Edition:
    """Return the edition row of a catalog made of packages alone: numbered by the day it was built."""
    return replace(
        base,
        publisher=terms.publisher,
        publisher_name=terms.publisher_name,
        number=int(f"{today:%Y%m%d}"),
        name=f"{today:%Y.%m.%d}",
        title=Words(terms.title, terms.language),
        data_date=newest,
        next_expected=None,
        timezone=terms.timezone,
        licence="",
        note=Words(""),
        meta=(),
    )


def _as_wished(row: Edition, wishes: EditionWishes) -> Edition:
    return replace(
        row,
        number=wishes.number or row.number,
        name=wishes.name or row.name,
        title=Words(wishes.title) if wishes.title else row.title,
        publisher=wishes.publisher or row.publisher,
        publisher_name=wishes.publisher_name or row.publisher_name,
        timezone=wishes.timezone or row.timezone,
        data_date=wishes.data_date or row.data_date,
    )
