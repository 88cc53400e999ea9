"""Which entries of several catalogs are one, and where two publishers differ: derived, disposable, made once."""

from __future__ import annotations

import json
import os
import sqlite3
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from pathlib import Path

from guide.catalog.alike import Facts, relation
from guide.catalog.books import Book
from guide.catalog.identity import remembered_sha256, sha256_of
from guide.catalog.unrows import lenient
from guide.errors import BrokenCatalogError

VERSION = 1
_MOST = 400  # pairs that share one number; of a switchboard with more, only those with one name
_AT_ONCE = 500
_TABLES = """
CREATE TABLE meta(key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE hidden(mark TEXT, service TEXT, staff INTEGER NOT NULL, kind TEXT NOT NULL, by_mark TEXT NOT NULL,
    by_service TEXT NOT NULL, PRIMARY KEY(mark, service)) WITHOUT ROWID;
CREATE INDEX hidden_by ON hidden(by_mark, by_service);
CREATE TABLE count(staff INTEGER, code TEXT, own INTEGER NOT NULL, n INTEGER NOT NULL, PRIMARY KEY(staff, code));
CREATE TABLE conflict(kind TEXT, mark TEXT, service TEXT, name TEXT, numbers TEXT, staff INTEGER,
    mark2 TEXT, service2 TEXT, name2 TEXT, numbers2 TEXT, staff2 INTEGER);
"""
_DIAL = "ltrim(dial, '+')"
_NUMBER = f"CASE WHEN length({_DIAL}) = 11 AND {_DIAL} LIKE '1%' THEN substr({_DIAL}, 2) ELSE {_DIAL} END"
_CALLED = "dial <> '' AND hidden = 0 AND channel <> 'fax'"
_FACTS = (
    "SELECT s.id, s.name, coalesce(o.name, ''), s.category, s.audience = 'staff', s.url FROM {0}.service s"
    " LEFT JOIN {0}.organization o ON o.id = s.organization_id WHERE s.id IN (SELECT id FROM temp.asked)"
)
_SAME_NAME = (
    "SELECT h.id, l.id FROM low.service l JOIN low.organization lo ON lo.id = l.organization_id"
    " JOIN high.service h ON h.name = l.name COLLATE NOCASE"
    " JOIN high.organization ho ON ho.id = h.organization_id AND ho.name = lo.name COLLATE NOCASE"
)


def said_of(books: Sequence[Book], *, reckon: bool) -> str:
    """Return what a joining of ``books`` is named by: their marks and sha256, in order. "" where one is not known.

    ``reckon`` allows to read whole catalogs for it. Raises BrokenCatalogError where one is missing.
    """
    found = []
    for book in books:
        memory = book.folder / "catalogs.json"
        sha256 = sha256_of(book.catalog, memory) if reckon else remembered_sha256(book.catalog, memory)
        if not sha256:
            return ""
        found.append([book.mark, sha256])
    return json.dumps([VERSION, found])


def join(books: Sequence[Book], out: Path) -> None:
    """Write at ``out`` which entries of ``books``, the first of which counts most, are one, and where they differ.

    Raises:
        BrokenCatalogError: a catalog cannot be read.
        OSError: the file cannot be written.
    """
    of = said_of(books, reckon=True)
    out.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    handle, name = tempfile.mkstemp(prefix="joined-", suffix=".new", dir=out.parent)
    os.close(handle)
    fresh = Path(name)
    try:
        with closing(sqlite3.connect(fresh, isolation_level=None)) as db:
            fill(db, books, of)
        fresh.replace(out)
    finally:
        fresh.unlink(missing_ok=True)


def fill(db: sqlite3.Connection, books: Sequence[Book], of: str) -> None:
    """Write the joining into an empty database. Raises BrokenCatalogError."""
    db.execute("PRAGMA synchronous=off")
    db.executescript(f"BEGIN; {_TABLES}")
    hidden: dict[tuple[str, str], tuple[str, str, str]] = {}
    counts: dict[tuple[bool, str], list[int]] = defaultdict(lambda: [0, 0])
    for place, low in enumerate(books):
        gone: dict[str, Facts] = {}
        for high in books[:place]:
            for first, second, kind in _related(high, low):
                if second.id in gone:
                    continue
                over, by, said = hidden.get((high.mark, first.id), (high.mark, first.id, kind))
                if kind != "maybe":
                    gone[second.id] = second
                    hidden[low.mark, second.id] = (over, by, kind if said == "same" else said)
                told = [kind] if kind != "same" else []
                told += ["audience"] if kind != "maybe" and first.staff and not second.staff else []
                db.executemany(
                    "INSERT INTO conflict VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                    [(one, high.mark, *_side(first), low.mark, *_side(second)) for one in told],
                )
        for one in gone.values():
            by_mark, by_service, kind = hidden[low.mark, one.id]
            row = (low.mark, one.id, one.staff, kind, by_mark, by_service)
            db.execute("INSERT INTO hidden VALUES(?, ?, ?, ?, ?, ?)", row)
            for number, code in enumerate(one.needs):
                counts[one.staff, code][0] += number == 0
                counts[one.staff, code][1] += 1
    db.executemany("INSERT INTO count VALUES(?, ?, ?, ?)", ((*key, *n) for key, n in counts.items()))
    db.execute("INSERT INTO meta VALUES('of', ?)", (of,))
    db.execute("COMMIT")


def _side(one: Facts) -> tuple[str, str, str, bool]:
    return one.id, one.name, json.dumps(one.published, ensure_ascii=False), one.staff


def _related(high: Book, low: Book) -> Iterator[tuple[Facts, Facts, str]]:
    """Yield every pair of entries that have to do with each other, the same before the different ones."""
    try:
        with closing(sqlite3.connect("file::memory:", uri=True)) as db:
            db.text_factory = lenient
            for name, book in (("high", high), ("low", low)):
                db.execute(f"ATTACH ? AS {name}", (f"{book.catalog.resolve().as_uri()}?mode=ro&immutable=1",))
            db.execute("CREATE TEMP TABLE asked (id TEXT PRIMARY KEY) WITHOUT ROWID")
            pairs = dict.fromkeys(_candidates(db))
            ours = _facts(db, "high", (h for h, _ in pairs))
            theirs = _facts(db, "low", (low_id for _, low_id in pairs))
    except sqlite3.Error as error:
        raise BrokenCatalogError(path=str(low.catalog), reason="damaged") from error
    found = [(ours[h], theirs[one]) for h, one in pairs if h in ours and one in theirs]
    told = [(first, second, kind) for first, second in found if (kind := relation(first, second))]
    yield from sorted(told, key=lambda t: ("same", "number", "maybe").index(t[2]))


def _candidates(db: sqlite3.Connection) -> Iterator[tuple[str, str]]:
    """Yield the ids of what has a number, the id, or name and organization in common."""
    db.execute(f"CREATE TEMP TABLE n AS SELECT {_NUMBER} AS n, service_id FROM low.phone WHERE {_CALLED}")  # noqa: S608
    db.execute("CREATE INDEX temp.n_n ON n(n)")
    high, low = defaultdict[str, set[str]](set), defaultdict[str, set[str]](set)
    for number, service in db.execute(
        f"SELECT {_NUMBER}, service_id FROM high.phone WHERE {_CALLED} AND {_NUMBER} IN (SELECT n FROM temp.n)"  # noqa: S608
    ):
        high[number].add(service)
    for number, service in db.execute("SELECT n, service_id FROM temp.n"):
        if number in high:
            low[number].add(service)
    for number, ours in high.items():
        if len(ours) * len(low[number]) <= _MOST:
            yield from ((h, one) for h in sorted(ours) for one in sorted(low[number]))
    yield from db.execute("SELECT id, id FROM low.service WHERE id IN (SELECT id FROM high.service)")
    yield from db.execute(_SAME_NAME)


def _facts(db: sqlite3.Connection, schema: str, ids: Iterable[str]) -> dict[str, Facts]:
    wanted, found = list(dict.fromkeys(ids)), {}
    for start in range(0, len(wanted), _AT_ONCE):
        db.execute("DELETE FROM temp.asked")
        db.executemany("INSERT INTO temp.asked VALUES(?)", ((one,) for one in wanted[start : start + _AT_ONCE]))
        numbers, published, needs, codes = (defaultdict[str, list[str]](list) for _ in range(4))
        asked = "IN (SELECT id FROM temp.asked)"
        for service, number, shown in db.execute(
            f"SELECT service_id, {_NUMBER}, number FROM {schema}.phone WHERE {_CALLED} AND service_id {asked}"  # noqa: S608
            " ORDER BY position"
        ):
            numbers[service].append(number)
            published[service].append(shown)
        for service, code in db.execute(
            f"SELECT link_id, code FROM {schema}.attribute WHERE taxonomy = 'category' AND link_id {asked}"  # noqa: S608
        ):
            needs[service].append(code)
        for service, code in db.execute(
            f"SELECT at.service_id, substr(a.postal_code, 1, 5) FROM {schema}.service_at_location at"  # noqa: S608
            f" JOIN {schema}.address a ON a.location_id = at.location_id"
            f" WHERE a.postal_code <> '' AND at.service_id {asked}"
        ):
            codes[service].append(code)
        for one, name, giver, category, staff, url in db.execute(_FACTS.format(schema)):
            all_needs = tuple(dict.fromkeys((category, *needs[one])))
            found[one] = Facts(
                one, name, giver, all_needs, bool(staff), url,
                frozenset(numbers[one]), tuple(published[one]), frozenset(codes[one]),
            )  # fmt: skip
    return found
