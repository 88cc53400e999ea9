"""Services into a catalog file: the same source gives the same bytes, on every machine."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import closing, suppress
from dataclasses import dataclass, replace
from errno import ENOSPC
from pathlib import Path
from sqlite3 import SQLITE_FULL, Connection, IntegrityError, OperationalError, connect
from typing import Any

from sqlalchemy.dialects import sqlite
from sqlalchemy.schema import CreateIndex, CreateTable

from guide.catalog import rows as r
from guide.catalog.order import place as place_in_order
from guide.catalog.tables import APPLICATION_ID, SCHEMA, metadata
from guide.catalog.visibility import shown_places
from guide.errors import DiskFullError, NoAccessError, SourceDataError
from guide.records import Category, DoNotPrint, Edition, Location, Progress, Service, Step, Tag, silent

# Who wrote the file last is not content: SQLite's version number in the header is set to a fixed one.
_VERSION_AT, _VERSION = 96, (3_040_000).to_bytes(4, "big")
_BATCH = 500


@dataclass(frozen=True)
class CatalogSource:
    """All that goes into one catalog."""

    edition: Edition
    categories: tuple[Category, ...]
    tags: tuple[Tag, ...]
    services: tuple[Service, ...]
    do_not_print: tuple[DoNotPrint, ...] = ()


def build_catalog(source: CatalogSource, path: Path, progress: Progress = silent) -> Edition:
    """Write ``source`` to ``path``, whole or not at all, and return the edition as written.

    Addresses that may not be shown are not written, nor hashed into a digest that could be guessed back
    (SAFETY L1, guide/catalog/visibility.py). Which address is public is the reader's to decide: for a shelter,
    whatever its source does not open outright.

    Raises:
        SourceDataError: two services, numbers or terms with one id, or a service in a category that does not exist.
        DiskFullError: the disk is full.
        NoAccessError: ``path`` cannot be written.
    """
    _check(source)
    places = shown_places(source.services)
    source = replace(source, services=tuple(_as_written(service, places) for service in source.services))
    fresh = path.with_name(path.name + ".new")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        fresh.unlink(missing_ok=True)
        with closing(connect(fresh, isolation_level=None)) as db:
            _write(db, source, progress)
        with fresh.open("r+b") as file:
            file.seek(_VERSION_AT)
            file.write(_VERSION)
        fresh.replace(path)
    except IntegrityError as error:
        raise SourceDataError(f"Two parts of the data have the same id ({error}).") from error
    except OperationalError as error:
        kind = DiskFullError if error.sqlite_errorcode == SQLITE_FULL else NoAccessError
        raise kind(path=str(path)) from error
    except OSError as error:
        kind = DiskFullError if error.errno == ENOSPC else NoAccessError
        raise kind(path=str(path)) from error
    finally:
        with suppress(OSError):
            fresh.unlink()
    return replace(source.edition, services=len(source.services))


def ranked(source: CatalogSource) -> list[Service]:
    """Return the services in static order: call-now, crisis, then by need; those with a number and a date first."""
    now = {original: position for position, original in enumerate(source.edition.call_now)}
    order = {category.slug: category.order for category in source.categories}
    return sorted(
        source.services,
        key=lambda s: (
            now.get(s.original_id, len(now)),
            *place_in_order(
                staff=s.audience.value != "visitor",
                category=order[s.category],
                numbered=s.main_phone() is not None,
                day=s.assured_date or s.source_date,
                name=s.name.text,
                service=s.id,
            ),
        ),
    )


def _as_written(service: Service, places: dict[str, Location]) -> Service:
    """Return ``service`` as it will be read again: closed places closed, nothing listed twice."""
    return replace(
        service,
        locations=tuple(dict.fromkeys(places[place.id] for place in service.locations)),
        also_in=tuple(dict.fromkeys(service.also_in)),
        tags=tuple(dict.fromkeys(service.tags)),
    )


def _check(source: CatalogSource) -> None:
    slugs = {category.slug for category in source.categories}
    seen: set[str] = set()
    for service in source.services:
        if service.id in seen:
            raise SourceDataError("Two services have the same id.", id=service.id, name=service.name.text)
        seen.add(service.id)
        unknown = {service.category, *service.also_in} - slugs
        if unknown:
            reason = "A service is in a category that does not exist."
            raise SourceDataError(reason, id=service.id, category=min(unknown))


def _write(db: Connection, source: CatalogSource, progress: Progress) -> None:
    for pragma in ("page_size=4096", "journal_mode=off", "synchronous=off", "secure_delete=off", "encoding='UTF-8'"):
        db.execute(f"PRAGMA {pragma}")
    db.execute(f"PRAGMA application_id={APPLICATION_ID}")
    db.execute(f"PRAGMA user_version={SCHEMA}")
    dialect = sqlite.dialect()  # type: ignore[no-untyped-call,unused-ignore]
    for table in metadata.sorted_tables:
        db.execute(str(CreateTable(table).compile(dialect=dialect)))
    db.execute("BEGIN")
    insert = _Insert(db)
    terms: tuple[Category | Tag, ...] = (*source.categories, *source.tags)
    for position, term in enumerate(terms):
        insert.all(r.term_rows(term, position))
    insert.all({"do_not_print": [r.do_not_print_row(one, n) for n, one in enumerate(source.do_not_print)]})
    insert.all(r.edition_rows(source.edition, len(source.services)))
    shared: set[str] = set()
    services = ranked(source)
    for rank, service in enumerate(services, 1):
        if rank % _BATCH == 0:
            progress(Step("build", rank, len(services)))
        insert.all(r.service_rows(service, rank))
        for row_id, rows in _shared_rows(service):
            if row_id not in shared:
                shared.add(row_id)
                insert.all(rows)
    db.execute("COMMIT")
    for table in metadata.sorted_tables:
        for index in sorted(table.indexes, key=lambda i: str(i.name)):
            db.execute(str(CreateIndex(index).compile(dialect=dialect)))
    db.execute("VACUUM")
    db.execute("PRAGMA journal_mode=delete")
    progress(Step("build", len(services), len(services)))


def _shared_rows(service: Service) -> Iterator[tuple[str, r.Rows]]:
    if service.organization is not None:
        yield service.organization.id, r.organization_rows(service)
    for place in service.locations:
        yield place.id, r.location_rows(place)


class _Insert:
    """Writes rows table by table with one prepared statement each."""

    def __init__(self, db: Connection) -> None:
        self._db = db
        self._statements = {
            table.name: "INSERT INTO {} ({}) VALUES ({})".format(  # noqa: S608 - our own names
                table.name, ", ".join(f'"{c.name}"' for c in table.c), ", ".join(f":{c.name}" for c in table.c)
            )
            for table in metadata.sorted_tables
        }

    def all(self, rows: dict[str, list[dict[str, Any]]]) -> None:
        """Insert every row of every table."""
        for table, values in rows.items():
            self._executemany(self._statements[table], values)

    def _executemany(self, statement: str, values: Iterable[dict[str, Any]]) -> None:
        self._db.executemany(statement, values)
