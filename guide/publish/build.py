"""Services into a catalog file: the same source gives the same bytes, on every machine."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, replace
from errno import ENOSPC
from pathlib import Path
from sqlite3 import SQLITE_FULL, Connection, IntegrityError, OperationalError, connect
from typing import Any

from sqlalchemy.dialects import sqlite
from sqlalchemy.schema import CreateIndex, CreateTable

from guide.catalog import rows as r
from guide.catalog.tables import APPLICATION_ID, SCHEMA, metadata
from guide.errors import DiskFullError, NoAccessError, SourceDataError
from guide.publish.spill import Spill, gathered
from guide.records import Category, DoNotPrint, Edition, Progress, Service, Step, Tag, silent

# Who wrote the file last is not content: SQLite's version number in the header is set to a fixed one.
_VERSION_AT, _VERSION = 96, (3_040_000).to_bytes(4, "big")
_BATCH = 500
_KNOWN = 50_000


@dataclass(frozen=True)
class CatalogSource:
    """All that goes into one catalog. The services may be any number of them, also a ``Spill``: they are read once."""

    edition: Edition
    categories: tuple[Category, ...]
    tags: tuple[Tag, ...]
    services: Iterable[Service]
    do_not_print: tuple[DoNotPrint, ...] = ()


def build_catalog(source: CatalogSource, path: Path, progress: Progress = silent) -> Edition:
    """Write ``source`` to ``path``, whole or not at all, and return the edition as written.

    Addresses that may not be shown are not written, nor hashed into a digest that could be guessed back
    (SAFETY L1, guide/catalog/visibility.py). Which address is public is the reader's to decide: for a shelter,
    whatever its source does not open outright. Memory stays flat however many services there are.

    Raises:
        SourceDataError: two services, numbers or terms with one id, or a service in a category that does not exist.
        DiskFullError: the disk is full.
        NoAccessError: ``path`` cannot be written.
    """
    fresh = path.with_name(path.name + ".new")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        fresh.unlink(missing_ok=True)
        with _spilled(source, path.parent) as services:
            _check(source, services)
            with closing(connect(fresh, isolation_level=None)) as db:
                _write(db, source, services, progress)
            written = len(services)
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
    return replace(source.edition, services=written)


@contextmanager
def _spilled(source: CatalogSource, folder: Path) -> Iterator[Spill]:
    """Give the services in a spill: their own, which stays open, or one for as long as it is needed."""
    if isinstance(source.services, Spill):
        yield source.services
        return
    with gathered(source.services, folder) as spill:
        yield spill


def ranked(services: Spill, source: CatalogSource) -> Iterator[Service]:
    """Yield the services in static order: call-now, crisis, then by need; those with a number and a date first."""
    return services.in_order({c.slug: c.order for c in source.categories}, source.edition.call_now)


def _check(source: CatalogSource, services: Spill) -> None:
    slugs = {category.slug for category in source.categories}
    unknown = ({*services.categories} | services.further) - slugs
    if unknown:
        raise SourceDataError("A service is in a category that does not exist.", category=min(unknown))


def _write(db: Connection, source: CatalogSource, services: Spill, progress: Progress) -> None:
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
    insert.all(r.edition_rows(source.edition, len(services)))
    for rank, service in enumerate(ranked(services, source), 1):
        if rank % _BATCH == 0:
            progress(Step("build", rank, len(services)))
        insert.all(r.service_rows(service, rank))
        insert.shared_by(service)
    insert.flush()
    db.execute("COMMIT")
    for table in metadata.sorted_tables:
        for index in sorted(table.indexes, key=lambda i: str(i.name)):
            db.execute(str(CreateIndex(index).compile(dialect=dialect)))
    db.execute("VACUUM")
    db.execute("PRAGMA journal_mode=delete")
    progress(Step("build", len(services), len(services)))


class _Insert:
    """Writes rows table by table, many at a time, with one prepared statement each."""

    def __init__(self, db: Connection) -> None:
        self._db = db
        self._waiting: dict[str, list[dict[str, Any]]] = {}
        self._count = 0
        self._known: set[str] = set()
        self._statements = {
            table.name: "INSERT INTO {} ({}) VALUES ({})".format(  # noqa: S608 - our own names
                table.name, ", ".join(f'"{c.name}"' for c in table.c), ", ".join(f":{c.name}" for c in table.c)
            )
            for table in metadata.sorted_tables
        }

    def all(self, rows: r.Rows) -> None:
        """Insert every row of every table, when enough have come together."""
        for table, values in rows.items():
            self._waiting.setdefault(table, []).extend(values)
        self._count += 1
        if self._count >= _BATCH:
            self.flush()

    def shared_by(self, service: Service) -> None:
        """Insert the rows of what ``service`` shares with others, once: its organization and its places."""
        if service.organization is not None and service.organization.id not in self._known:
            self._once("organization", service.organization.id, r.organization_rows(service))
        for place in service.locations:
            if place.id not in self._known:
                self._once("location", place.id, r.location_rows(place))

    def _once(self, table: str, row_id: str, rows: r.Rows) -> None:
        """Insert ``rows`` unless the row in ``table`` is there: the table itself knows, memory only the latest ones."""
        if len(self._known) >= _KNOWN:
            self._known.clear()
        self._known.add(row_id)
        if self._db.execute(f"{self._statements[table]} ON CONFLICT(id) DO NOTHING", rows.pop(table)[0]).rowcount:
            self.all(rows)

    def flush(self) -> None:
        """Insert what has come together."""
        for table, values in self._waiting.items():
            self._db.executemany(self._statements[table], values)
        self._waiting, self._count = {}, 0
