"""Reads what ``guide export`` wrote, tables or JSON, into the very catalog it came from, in flat memory.

One that nobody changed (``exports/mark``) is what was a catalog already. One that was edited since goes through the same
rules as every other source (``own_settling``).
"""

from __future__ import annotations

import json
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO, cast

from guide.errors import SourceDataError
from guide.publish.build import CatalogSource
from guide.publish.exports.codec import decode
from guide.publish.exports.hsds import service_of
from guide.publish.exports.hsds_fields import Object
from guide.publish.exports.mark import NAME, LineMark, mark_of_tables
from guide.publish.exports.tabular import TABLES
from guide.publish.readers.own_settling import OwnSettling
from guide.publish.readers.own_tables import OwnTables
from guide.publish.report import Report
from guide.records import Category, DoNotPrint, Edition, Service, Tag

_WRONG = (KeyError, TypeError, ValueError, AttributeError, IndexError)
_TAIL = 4 << 20  # bytes; edition, needs and tags stand at the end of a JSON export and are small
_DESCRIPTOR = "datapackage.json"
_FIRST = '{"contents": ['


def is_own_export(path: Path) -> bool:
    """Say whether ``path`` says that it is an export of ours: it brings its edition with it."""
    try:
        return "edition" in _head(path)
    except (*_WRONG, OSError, zipfile.BadZipFile):
        return False


def is_unchanged(path: Path) -> bool:
    """Say whether an export of ours is as it was written, row by row. Raises SourceDataError: it cannot be read."""
    try:
        mark = str(_head(path)[NAME])
        if path.suffix.lower() == ".json":
            found = LineMark()
            for line in _lines(path):
                found.add(line)
            return found.text() == mark
        with _opened_tables(path) as tables:
            return set(tables) == {f"{name}.csv" for name in TABLES} and mark_of_tables(tables.items()) == mark
    except (KeyError, TypeError, ValueError, AttributeError):
        return False
    except (OSError, EOFError, zipfile.BadZipFile, NotImplementedError, RuntimeError) as error:
        raise SourceDataError(f"This export cannot be read: {error}.", source=str(path)) from error


def read_own_export(path: Path, folder: Path, open_shelters: frozenset[str], report: Report) -> CatalogSource:
    """Return the catalog of an export; its services are read one by one, once, by way of ``folder``.

    Of one that was changed since, ``report`` says what was closed and left out; ``open_shelters`` are the publisher's own
    ids of shelters whose address is public.

    Raises SourceDataError with what is wrong, also while the services are read.
    """
    try:
        head = _head(path)
        return CatalogSource(
            edition=decode(Edition, head["edition"]),
            categories=decode(tuple[Category, ...], head["categories"]),
            tags=decode(tuple[Tag, ...], head["tags"]),
            services=_services(path, folder, open_shelters, report),
            do_not_print=decode(tuple[DoNotPrint, ...], head["do_not_print"]),
        )
    except (*_WRONG, OSError, zipfile.BadZipFile) as error:
        raise SourceDataError(f"This export cannot be read: {error}.", source=str(path)) from error


def _services(path: Path, folder: Path, open_shelters: frozenset[str], report: Report) -> Iterator[Service]:
    if is_unchanged(path):
        yield from (service for _, service in _read(path, folder))
        return
    report.add("an export of the guide that was changed since: looked at like any other data", path.name)
    rules = OwnSettling(path.name, open_shelters, report)
    for given, service in _read(path, folder):
        rules.learn(given, service)
    rules.check()
    count = 0
    for given, service in _read(path, folder):
        if (found := rules.settled(given, service)) is not None:
            count += 1
            yield found
    if not count:
        raise SourceDataError("No service in this source may be published.", source=str(path))


def _read(path: Path, folder: Path) -> Iterator[tuple[Object, Service]]:
    try:
        if path.suffix.lower() == ".json":
            for line in _lines(path):
                yield (given := json.loads(line)), service_of(given)
            return
        with _opened_tables(path) as tables, OwnTables(folder) as rows:
            for table in TABLES:
                with tables[f"{table}.csv"]() as file:
                    rows.fill(table, file)
            rows.index()
            for one in rows.services():
                yield one, service_of(one)
    except (*_WRONG, OSError, zipfile.BadZipFile) as error:
        raise SourceDataError(f"This export cannot be read: {error}.", source=str(path)) from error


def _head(path: Path) -> dict[str, Any]:
    """Return what an export says of itself besides its services."""
    if path.suffix.lower() == ".json":
        with path.open("rb") as file:
            file.seek(max(0, path.stat().st_size - _TAIL))
            tail = file.read().decode("utf-8", "replace")
        # Behind the last service stands a line with "]," alone, and then one with all the rest.
        return cast("dict[str, Any]", json.loads("{" + tail[tail.rindex("\n],\n") + 4 :])["guide"])
    if path.is_dir():
        text = (path / _DESCRIPTOR).read_text("utf-8-sig")
    else:
        with zipfile.ZipFile(path) as archive:
            text = archive.read(_DESCRIPTOR).decode("utf-8-sig")
    return cast("dict[str, Any]", json.loads(text)["guide"])


def _lines(path: Path) -> Iterator[str]:
    """Yield the line of each service of a JSON export. Raises ValueError: its lines are not as we write them."""
    with path.open(encoding="utf-8", newline="\n") as file:
        if file.readline().rstrip("\n") != _FIRST:
            raise ValueError("not as it was written")
        for line in file:
            if line == "],\n":
                return
            if line != "\n":
                yield line.rstrip("\n").removesuffix(",")
    raise ValueError("cut off")


@contextmanager
def _opened_tables(path: Path) -> Iterator[dict[str, Callable[[], BinaryIO]]]:
    """Give what opens each CSV file of a folder or a zip."""
    if path.is_dir():
        yield {one.name: _opener(one) for one in path.iterdir() if one.suffix.lower() == ".csv"}
        return
    with zipfile.ZipFile(path) as archive:
        yield {
            name: _member(archive, name)
            for name in archive.namelist()
            if name.lower().endswith((".csv", ".tsv", ".txt"))
        }


def _opener(path: Path) -> Callable[[], BinaryIO]:
    return lambda: path.open("rb")


def _member(archive: zipfile.ZipFile, name: str) -> Callable[[], BinaryIO]:
    return lambda: cast("BinaryIO", archive.open(name))
