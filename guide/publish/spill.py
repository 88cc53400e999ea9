"""Services on their way into a catalog, kept on the disk: a million of them take no more memory than one."""

from __future__ import annotations

import pickle
import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import date
from hashlib import blake2b
from pathlib import Path

from guide.catalog.order import place as place_in_order
from guide.catalog.visibility import shown_place, shown_places
from guide.errors import SourceDataError
from guide.publish.scratch import Scratch
from guide.records import Location, Service

_TABLES = """
CREATE TABLE item(n INTEGER PRIMARY KEY, id TEXT UNIQUE, original TEXT, staff INT, category TEXT, numberless INT,
                  day INT, name TEXT, body BLOB);
CREATE TABLE place(id TEXT, version BLOB, n INTEGER, body BLOB, PRIMARY KEY(id, version)) WITHOUT ROWID;
CREATE TABLE need(category TEXT PRIMARY KEY, position INT);
CREATE TABLE now(original TEXT PRIMARY KEY, position INT);
"""
_IN_ORDER = """
SELECT item.n FROM item LEFT JOIN need USING(category) LEFT JOIN now USING(original)
ORDER BY coalesce(now.position, ?), staff, need.position, numberless, day, name, id
"""
_KNOWN = 4096  # places whose last version is remembered, so that a shared one is written once


class Spill:
    """Services in a file of their own that nobody else sees and that goes away by itself.

    ``categories`` counts the needs that were used, ``newest`` is the newest day any service names up to ``today``.
    """

    def __init__(self, folder: Path, today: date | None = None) -> None:
        """Put the file into ``folder``. Raises OSError, sqlite3.OperationalError."""
        self._folder = Scratch(folder, "build")
        try:
            self._db = private_database(self._folder.path / "services", _TABLES)
        except BaseException:
            self._folder.close()
            raise
        self._today = today
        self._places: dict[str, Location] = {}
        self._count = 0
        self.categories: Counter[str] = Counter()
        self.further: set[str] = set()
        self.newest: date | None = None

    def __enter__(self) -> Spill:
        """Return itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Throw the file away."""
        self._db.close()
        self._folder.close()

    def __len__(self) -> int:
        """Return how many services there are."""
        return self._count

    def __iter__(self) -> Iterator[Service]:
        """Yield every service as it will be read again, in the order they came in."""
        disputed = self._disputed()
        for (body,) in self._db.execute("SELECT body FROM item ORDER BY n"):
            yield _as_written(pickle.loads(body), disputed)  # noqa: S301 - our own file, seen by nobody else

    def add(self, service: Service) -> None:
        """Keep ``service``. Raises SourceDataError: there is one with its id already."""
        staff, _, numberless, day, name, _ = place_in_order(
            staff=service.audience.value != "visitor", category=0, numbered=service.main_phone() is not None,
            day=service.assured_date or service.source_date, name=service.name.text, service=service.id,
        )  # fmt: skip
        row = (service.id, service.original_id, staff, service.category, numberless, day, name, _packed(service))
        try:
            self._db.execute(
                "INSERT INTO item(id, original, staff, category, numberless, day, name, body) VALUES(?,?,?,?,?,?,?,?)",
                row,
            )
        except sqlite3.IntegrityError as error:
            reason = "Two services have the same id."
            raise SourceDataError(reason, id=service.id, name=service.name.text) from error
        self._count += 1
        self.categories[service.category] += 1
        self.further.update(service.also_in)
        for place in service.locations:
            self._keep(place)
        for one in (service.assured_date, service.source_date, service.last_modified):
            if one and (self.newest is None or one > self.newest) and (self._today is None or one <= self._today):
                self.newest = one

    def in_order(self, needs: Mapping[str, int], call_now: Sequence[str]) -> Iterator[Service]:
        """Yield every service as it will be read again, in static order: call-now, crisis, then by need.

        ``needs`` are the orders of the categories, ``call_now`` the original ids that stand before all others.
        """
        self._db.executemany("INSERT OR REPLACE INTO need VALUES(?,?)", needs.items())
        self._db.executemany("INSERT OR REPLACE INTO now VALUES(?,?)", [(o, n) for n, o in enumerate(call_now)])
        disputed = self._disputed()
        for (number,) in self._db.execute(_IN_ORDER, (len(call_now),)):
            (body,) = self._db.execute("SELECT body FROM item WHERE n=?", (number,)).fetchone()
            yield _as_written(pickle.loads(body), disputed)  # noqa: S301 - our own file, seen by nobody else

    def _keep(self, place: Location) -> None:
        """Keep a place once for each way it was told: services that share one may disagree on what is public."""
        if self._places.get(place.id) == place:
            return
        if len(self._places) >= _KNOWN:
            self._places.clear()
        self._places[place.id] = place
        body = _packed(place)
        version = blake2b(body, digest_size=16).digest()
        self._db.execute("INSERT OR IGNORE INTO place VALUES(?,?,?,?)", (place.id, version, self._count, body))

    def _disputed(self) -> dict[str, Location]:
        """Return what may be shown of the places that were told in several ways."""
        twice = "SELECT id FROM place GROUP BY id HAVING count(*) > 1"
        found = self._db.execute(f"SELECT body FROM place WHERE id IN ({twice}) ORDER BY id, n")  # noqa: S608
        places = (pickle.loads(body) for (body,) in found)  # noqa: S301 - our own file
        return shown_places(places)


def private_database(path: Path, tables: str) -> sqlite3.Connection:
    """Return a database at ``path`` that nobody else will open, in one transaction that is never committed.

    Where the system allows it, its name is gone at once: then even a killed program leaves nothing.
    Raises OSError, sqlite3.OperationalError.
    """
    db = sqlite3.connect(path, isolation_level=None)
    try:
        for pragma in ("journal_mode=off", "synchronous=off", "locking_mode=exclusive", "cache_size=-32000"):
            db.execute(f"PRAGMA {pragma}")
        db.executescript(tables)
        with suppress(OSError):
            path.unlink()
        db.execute("BEGIN")
    except BaseException:
        db.close()
        raise
    return db


def gathered(services: Iterable[Service], folder: Path) -> Spill:
    """Return ``services`` in a spill of their own; the caller closes it. Raises SourceDataError."""
    spill = Spill(folder)
    try:
        for service in services:
            spill.add(service)
    except BaseException:
        spill.__exit__()
        raise
    return spill


def _packed(record: Service | Location) -> bytes:
    return pickle.dumps(record, pickle.HIGHEST_PROTOCOL)


def _as_written(service: Service, disputed: Mapping[str, Location]) -> Service:
    """Return ``service`` as it will be read again: closed places closed, nothing listed twice."""
    places = [disputed.get(place.id) or shown_place(place) for place in service.locations]
    lists = (tuple(dict.fromkeys(places)), tuple(dict.fromkeys(service.also_in)), tuple(dict.fromkeys(service.tags)))
    if lists == (service.locations, service.also_in, service.tags):
        return service
    return replace(service, locations=lists[0], also_in=lists[1], tags=lists[2])
