"""A database with tables or views in the standard's names, by its address: read in a stream, written to never."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from guide.errors import SourceDataError
from guide.publish.readers.cells import text_of
from guide.publish.readers.csv_text import Table
from guide.publish.readers.objects import NOT_CARRIED, column_of, plain_name, table_of
from guide.publish.readers.privacy import closes
from guide.publish.readers.stage import Stage
from guide.publish.readers.tabular import holds_terms, put_table
from guide.records import Progress, Step

_ROWS = 5_000  # fetched at a time
_SYSTEM = ("information_schema", "pg_catalog", "pg_toast", "sys", "mysql", "performance_schema")
_DRIVERS = {"postgresql": "postgresql+psycopg", "postgres": "postgresql+psycopg", "mysql": "mysql+pymysql"}


def is_address(source: str) -> bool:
    """Say whether a source is the address of a database, as postgresql://user@host/name."""
    return "://" in source


def shown_address(source: str) -> str:
    """Return the address of a database without user and password: for reports, errors and screens."""
    from sqlalchemy.engine import make_url
    from sqlalchemy.exc import ArgumentError

    try:
        url = make_url(source)
    except (ArgumentError, ValueError):
        return source.split("://", 1)[0] + "://…"
    if url.get_backend_name() == "sqlite":
        return Path(url.database or "").name
    return f"{url.get_backend_name()}://{url.host or 'localhost'}/{url.database or ''}"


def read_database(source: str, stage: Stage, progress: Progress) -> None:
    """Put every table or view that has one of the standard's names on the stage.

    All of it is read in one transaction that sees one moment, and only columns on the allow-list are asked for.
    Raises SourceDataError; a password is in none of its words.
    """
    from sqlalchemy.exc import SQLAlchemyError

    name = shown_address(source)
    try:
        with _connected(source) as connection:
            tables = _tables(connection, name, stage)
            for done, (schema, table, kind) in enumerate(tables):
                progress(Step("read", done, len(tables)))
                _put(connection, schema, table, kind, stage)
    except ModuleNotFoundError as error:
        raise SourceDataError(
            f"To read {name} this computer lacks the driver {error.name}; requirements/publish.txt has PostgreSQL's.",
            source=name,
        ) from None
    except (SQLAlchemyError, OSError, UnicodeDecodeError) as error:
        # The driver's own words may hold the address with its password, so they are not passed on.
        kind = type(getattr(error, "orig", None) or error).__name__
        raise SourceDataError(f"The database {name} could not be read ({kind}).", source=name) from None


def _connected(source: str) -> Any:
    """Return a connection for one read-only transaction. Raises SQLAlchemyError, ModuleNotFoundError."""
    from sqlalchemy import create_engine
    from sqlalchemy.engine import make_url
    from sqlalchemy.pool import NullPool

    url = make_url(source)
    if url.drivername in _DRIVERS:
        url = url.set(drivername=_DRIVERS[url.drivername])
    options: dict[str, Any] = {}
    if url.get_backend_name() == "sqlite":
        path = Path(url.database or "")
        if not path.is_file():
            raise SourceDataError(f"There is no database {path.name}.", source=path.name)
        url = url.set(database=f"file:{path.resolve().as_posix()}", query={"mode": "ro", "uri": "true"})
    elif url.get_backend_name() == "postgresql":
        options = {"isolation_level": "REPEATABLE READ", "connect_args": {"connect_timeout": 20}}
    engine = create_engine(url, poolclass=NullPool, hide_parameters=True, **options)
    if url.get_backend_name() == "postgresql":
        engine = engine.execution_options(postgresql_readonly=True)
    return engine.connect()


def _tables(connection: Any, name: str, stage: Stage) -> list[tuple[str | None, str, str]]:
    """Return (schema, table, our table) of what is read: the standard's own names before longer ones for the same."""
    from sqlalchemy import inspect

    inspector = inspect(connection)
    schemas: list[str | None] = [None, *(s for s in inspector.get_schema_names() if s not in _SYSTEM)]
    for schema in schemas:
        names = sorted({*inspector.get_table_names(schema), *inspector.get_view_names(schema)})
        kinds = {one: table_of(one) for one in names}
        if "service" not in kinds.values():
            continue
        if schema is not None:
            stage.report.add("tables found in a schema that is not the default", name, what=schema)
        groups: dict[str, list[str]] = defaultdict(list)
        for one, kind in kinds.items():
            if kind:
                groups[kind].append(one)
            else:
                stage.report.add("table not read: the standard has no such table", one)
        found = []
        for kind, those in groups.items():
            exact = [one for one in those if plain_name(one).rstrip("s").startswith(kind.rstrip("s"))] or those
            exact = exact if kind not in ("address", "schedule", "attribute") else those
            if len(exact) > 1 and kind not in ("address", "schedule", "attribute"):
                exact = sorted(exact, key=lambda one: (len(one), one))[:1]
            found += [(schema, one, kind) for one in exact]
            for one in sorted(set(those) - set(exact)):
                stage.report.add("table not read: another has the same rows", one, what=kind)
        return found
    raise SourceDataError(f"{name} has no table or view of services in the standard's names.", source=name)


def _put(connection: Any, schema: str | None, name: str, kind: str, stage: Stage) -> None:
    from sqlalchemy import column, inspect, select, table

    header = [one["name"] for one in inspect(connection).get_columns(name, schema)]
    if kind == "taxonomy" and holds_terms(header, alone=False):
        kind = "taxonomy_term"
    wanted = [head for head in header if kind in NOT_CARRIED or _is_wanted(kind, head)]
    for head in header:
        if head not in wanted:
            stage.report.add("column not carried", name, what=head)
    if not wanted:
        return
    source = table(name, *(column(head) for head in wanted), schema=schema)
    query = select(*source.c)
    if "id" in wanted:
        query = query.order_by(source.c.id)  # tables have no order of their own, and every build must be the same

    def rows() -> Iterator[tuple[int, list[str]]]:
        with connection.execution_options(stream_results=True, yield_per=_ROWS).execute(query) as found:
            for line, row in enumerate(found, 1):
                yield line, [text_of(cell) for cell in row]

    put_table(kind, name, name, Table(wanted, rows()), stage)


def _is_wanted(kind: str, head: str) -> bool:
    plain = plain_name(head)
    if column_of(kind, head) or closes(plain) or closes(plain, opening=True):
        return True
    return plain in (f"{kind}_id", f"{kind}_uuid", "uuid", "guid", "identifier", "external_id", "original_id") or (
        kind == "address" and plain in ("address_3", "address_4")
    )
