"""The door to a catalog: opens it read only and turns its rows into records."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from functools import lru_cache, partial
from operator import itemgetter
from pathlib import Path
from types import TracebackType
from typing import Any

from sqlalchemy import Connection, Engine, Table, create_engine, func, select
from sqlalchemy.exc import DatabaseError
from sqlalchemy.pool import NullPool

from guide.catalog import tables as t
from guide.catalog.books import Layer
from guide.catalog.unrows import (
    Texts,
    category_of,
    do_not_print_of,
    edition_of,
    lenient,
    location_of,
    organization_of,
    service_of,
    tag_of,
)
from guide.clock import Here
from guide.errors import BrokenCatalogError, NotFoundError
from guide.records import Audience, Category, Detail, DoNotPrint, Edition, Location, Organization, Service, Tag

Row = dict[str, Any]

_CHUNK = 500  # SQLite's oldest limit on bound values is 999
_OF_SERVICE = (t.phone, t.url, t.attribute, t.service_list, t.evidence, t.service_at_location)
_LINKS = ("service_id", "link_id", "location_id")
_AT = t.service_at_location.c


@lru_cache(maxsize=16)
def _engine(address: str) -> Engine:
    """Return what opens a catalog. It holds no file; it is kept for the questions it has put into SQL once (20 ms a page).

    Through a creator: as an engine's URL a folder named "100%" or "#1" would be read wrongly.
    """
    return create_engine("sqlite://", creator=partial(sqlite3.connect, address, uri=True), poolclass=NullPool)


class Catalog:
    """One catalog file, open for reading. Use it as a context manager; it belongs to one thread."""

    def __init__(self, path: Path) -> None:
        """Open ``path`` read only and unchanging (facts: immutable, trusted_schema off).

        Raises:
            BrokenCatalogError: there is no catalog, or it is not one of ours.
        """
        self.path = path
        if not path.is_file():
            raise BrokenCatalogError(path=str(path), reason="missing")
        self._connection: Connection | None = None
        try:
            self._connection = _engine(f"{path.resolve().as_uri()}?mode=ro&immutable=1").connect()
            for pragma in ("query_only=1", "trusted_schema=0"):
                self._connection.exec_driver_sql(f"PRAGMA {pragma}")
            mark = self._connection.exec_driver_sql("PRAGMA application_id").scalar()
            version = self._connection.exec_driver_sql("PRAGMA user_version").scalar()
        except DatabaseError as error:
            self.close()
            raise BrokenCatalogError(path=str(path), reason="damaged") from error
        if (mark, version) != (t.APPLICATION_ID, t.SCHEMA):
            self.close()
            raise BrokenCatalogError(path=str(path), reason="foreign")

    def __enter__(self) -> Catalog:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the file."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    # --- whole tables -----------------------------------------------------------------------------
    def edition(self) -> Edition:
        """Return the edition row."""
        rows = self._rows(t.edition)
        if len(rows) != 1:
            raise BrokenCatalogError(path=str(self.path), reason="no edition")
        return edition_of(rows[0], self._texts(["edition"]))

    def editions_of(self, services: Iterable[str]) -> dict[str, Edition]:
        """Return the edition of each entry that is not of ``edition``: none, in one publisher's catalog."""
        del services
        return {}

    def categories(self) -> tuple[Category, ...]:
        """Return the categories in the publisher's order."""
        return tuple(category_of(row, texts) for row, texts in self._terms("category"))

    def tags(self) -> tuple[Tag, ...]:
        """Return the tags in the publisher's order."""
        return tuple(tag_of(row, texts) for row, texts in self._terms("tag"))

    def do_not_print(self) -> tuple[DoNotPrint, ...]:
        """Return the numbers and phrases that must never be published."""
        return tuple(do_not_print_of(row) for row in self._rows(t.do_not_print, order="position"))

    def digests(self) -> dict[str, str]:
        """Return each service's digest by its id."""
        return {row["id"]: row["digest"] for row in self.ask(select(t.service.c.id, t.service.c.digest))}

    def ids_of(self, originals: Sequence[str]) -> list[str]:
        """Return the ids of the entries a publisher knows as ``originals``, in that order."""
        if not originals:
            return []
        ask = select(t.service.c.original_id, t.service.c.id).where(t.service.c.original_id.in_(list(originals)))
        by_original = {row["original_id"]: row["id"] for row in self.ask(ask)}
        return [by_original[one] for one in originals if one in by_original]

    # --- services ---------------------------------------------------------------------------------
    def service(self, service: str) -> Service:
        """Return one service whole. Raises NotFoundError."""
        for found in self.services([service]):
            return found
        raise NotFoundError(service=service)

    def services(self, ids: Iterable[str] | None = None) -> Iterator[Service]:
        """Yield services in static order (rank): all, or those of ``ids`` that exist.

        All of them come in flat memory, however many there are.
        """
        rank = t.service.c.rank
        if ids is None:
            (ends,) = self.ask(select(func.min(rank).label("low"), func.max(rank).label("high")))
            low, high = (ends["low"], ends["high"]) if ends["low"] is not None else (0, -1)
            scopes = (rank.between(start, start + _CHUNK - 1) for start in range(low, high + 1, _CHUNK))
        else:
            listed = select(rank, t.service.c.id)
            asked = list(dict.fromkeys(ids))
            found = [row for chunk in _chunks(asked) for row in self.ask(listed.where(t.service.c.id.in_(chunk)))]
            wanted = [row["id"] for row in sorted(found, key=itemgetter("rank"))]
            scopes = (t.service.c.id.in_(chunk) for chunk in _chunks(wanted))
        for scope in scopes:
            try:
                whole = list(self._whole(scope))
            except (ValueError, KeyError) as error:  # a value that is no date, a place that is not there
                raise BrokenCatalogError(path=str(self.path), reason="damaged") from error
            yield from whole

    def detail(self, service: str, audience: Audience, now: datetime, here: Here) -> Detail:
        """Return everything the catalog knows of ``service``. Raises NotFoundError, also for staff entries."""
        from guide.catalog.detail import detail_of

        return detail_of(self, service, audience, now, here)

    def _whole(self, scope: Any) -> Iterator[Service]:
        """Yield the services ``scope`` lets through; every table is asked once, never once for each service."""
        rows = self._rows(t.service, scope, "rank")
        ids = select(t.service.c.id).where(scope)
        parts = {table.name: self._of(table, ids) for table in (*_OF_SERVICE, t.schedule)}
        texts = self._texts(ids)
        for table in (t.phone, t.url, t.service_list):
            if parts[table.name]:
                texts |= self._texts(select(table.c.id).where(table.c.service_id.in_(ids)))
        places = self._locations(select(_AT.location_id).where(_AT.service_id.in_(ids)))
        givers = self._organizations(select(t.service.c.organization_id).where(scope))
        for row in rows:
            own = {name: table.get(row["id"], []) for name, table in parts.items()}
            yield service_of(row, own, texts, places, givers.get(row["organization_id"]))

    def _of(self, table: Table, ids: Any) -> dict[str, list[Row]]:
        """Return the rows of ``table`` that belong to ``ids``, by owner, in the publisher's order."""
        link = next(table.c[name] for name in _LINKS if name in table.c)
        return _grouped(self._rows(table, link.in_(ids), "position"), link.name)

    def _locations(self, ids: Any) -> dict[str, Location]:
        addresses, hours, texts = self._of(t.address, ids), self._of(t.schedule, ids), self._texts(ids)
        return {
            row["id"]: location_of(row, addresses.get(row["id"], []), hours.get(row["id"], []), texts)
            for row in self._rows(t.location, t.location.c.id.in_(ids))
        }

    def _organizations(self, ids: Any) -> dict[str, Organization]:
        texts = self._texts(ids)
        return {
            row["id"]: organization_of(row, texts) for row in self._rows(t.organization, t.organization.c.id.in_(ids))
        }

    # --- asking -----------------------------------------------------------------------------------
    def _terms(self, taxonomy: str) -> list[tuple[Row, Texts]]:
        rows = self._rows(t.taxonomy_term, t.taxonomy_term.c.taxonomy == taxonomy, "position")
        texts = self._texts([row["id"] for row in rows])
        return [(row, texts) for row in rows]

    def _texts(self, row_ids: Any) -> Texts:
        """Return the translations of ``row_ids``: a list of few, or a query."""
        found: Texts = {}
        asked = select(t.translation).where(t.translation.c.row_id.in_(row_ids)).order_by(t.translation.c.language)
        for row in self.ask(asked):
            found.setdefault((row["row_id"], row["field"]), []).append((row["language"], row["text"]))
        return found

    def _rows(self, table: Table, where: Any = None, order: str = "") -> list[Row]:
        asked = select(table)
        if where is not None:
            asked = asked.where(where)
        return self.ask(asked.order_by(table.c[order]) if order else asked)

    def parts(self) -> dict[str, Catalog]:
        """Return the publishers' catalogs this one is made of, by the mark that ends their entries' ids: itself alone."""
        return {"": self}

    def layers(self) -> tuple[Layer, ...]:
        """Return every catalog whose entries are shown, for who asks their tables: itself alone."""
        return (Layer("", self),)

    def shown_as(self) -> dict[str, str]:
        """Return, by its id, the entry that each one left out is shown as: in one catalog none is left out."""
        return {}

    def ask(self, asked: Any) -> list[Row]:
        """Return the rows a ``select`` over this catalog's tables gives, each as a dict. Raises BrokenCatalogError."""
        if self._connection is None:
            raise BrokenCatalogError(path=str(self.path), reason="closed")
        try:
            result = self._connection.execute(asked)
            names = tuple(result.keys())
            return [dict(zip(names, row, strict=True)) for row in result.all()]
        except DatabaseError as error:
            handle = self._connection.connection.driver_connection
            if "decode" not in str(error) or handle is None or handle.text_factory is lenient:
                raise BrokenCatalogError(path=str(self.path), reason="damaged") from error
            handle.text_factory = lenient  # slower, so only where a text that is not UTF-8 was met
            return self.ask(asked)


def _grouped(rows: Iterable[Row], key: str) -> dict[str, list[Row]]:
    groups: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        groups[row[key]].append(row)
    return groups


def _chunks(values: Sequence[str]) -> Iterator[Sequence[str]]:
    for start in range(0, len(values), _CHUNK):
        yield values[start : start + _CHUNK]
