"""Builds the index of one catalog: derived, disposable, named by the catalog's sha256."""

from __future__ import annotations

import os
import re
import sqlite3
import tempfile
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import closing, suppress
from pathlib import Path

from guide.errors import DiskFullError, NoAccessError
from guide.records import Audience, Category, Edition, Progress, Service, Step, Tag, silent
from guide.search.facets import facets
from guide.search.packed import pack, pack_schedules
from guide.search.terms import FOLDING, number_terms, words
from guide.search.tongues import names

VERSION = f"3/{FOLDING}"  # of tables and folding together; another one means: build anew
_FTS = "content='', detail={detail}, columnsize=0, prefix='1 2 3', tokenize='ascii'"  # our words hold no space
_JOINED = re.compile(r"([a-z])([A-Z])")
_TABLES = f"""
CREATE TABLE meta(key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE card(id INTEGER PRIMARY KEY, service TEXT NOT NULL, plan INTEGER, json TEXT NOT NULL, crc INTEGER);
CREATE TABLE plan(id INTEGER PRIMARY KEY, json TEXT NOT NULL);
CREATE TABLE facet(facet TEXT, slug TEXT, id INTEGER, PRIMARY KEY(facet, slug, id)) WITHOUT ROWID;
CREATE TABLE vocab(term TEXT PRIMARY KEY, visitor INTEGER NOT NULL, staff INTEGER NOT NULL) WITHOUT ROWID;
CREATE VIRTUAL TABLE short USING fts5(name, org, text, cat, place, {_FTS.format(detail="column")});
CREATE VIRTUAL TABLE whole USING fts5(text, {_FTS.format(detail="none")});
"""


def build_index(catalog_path: Path, index_path: Path, progress: Progress = silent) -> None:
    """Build the index of ``catalog_path`` at ``index_path``, whole or not at all.

    Raises:
        BrokenCatalogError: the catalog cannot be read.
        DiskFullError, NoAccessError: this PC does not let the file be written.
    """
    fresh = None
    try:
        index_path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        # A name of its own: two windows may build the same index at once, and both end with a whole one.
        handle, name = tempfile.mkstemp(prefix="index-", suffix=".new", dir=index_path.parent)
        os.close(handle)
        fresh = Path(name)
        with closing(sqlite3.connect(fresh, isolation_level=None)) as db:
            fill(db, catalog_path, progress)
        with fresh.open("r+b") as file:
            os.fsync(file.fileno())
        fresh.replace(index_path)
    except sqlite3.OperationalError as error:
        full = "full" in str(error)
        raise (DiskFullError if full else NoAccessError)(path=str(index_path)) from error
    except OSError as error:
        raise (DiskFullError if error.errno == 28 else NoAccessError)(path=str(index_path)) from error
    finally:
        with suppress(OSError):
            if fresh is not None:
                fresh.unlink()


def fill(db: sqlite3.Connection, catalog_path: Path, progress: Progress = silent) -> None:
    """Write the whole index of ``catalog_path`` into the empty database ``db``."""
    from guide.catalog.reader import Catalog  # SQLAlchemy: only where an index is built

    with Catalog(catalog_path) as catalog:
        edition = catalog.edition()
        labels = Labels(catalog.categories(), catalog.tags())
        for pragma in ("journal_mode=off", "synchronous=off", "secure_delete=off", "cache_size=-65536"):
            db.execute(f"PRAGMA {pragma}")
        db.executescript(_TABLES)
        db.execute("BEGIN")
        for table in ("short", "whole"):
            db.execute(f"INSERT INTO {table}({table}, rank) VALUES('hashsize', 16000000)")
        _services(db, catalog.services(), edition, labels, progress)
        for table in ("short", "whole"):
            db.execute(f"INSERT INTO {table}({table}) VALUES('optimize')")
        db.execute("INSERT INTO meta VALUES('version', ?)", (VERSION,))
        db.execute("COMMIT")


class Labels:
    """The words of categories and tags, in every language, by slug."""

    def __init__(self, categories: Iterable[Category], tags: Iterable[Tag]) -> None:
        """Take the catalog's categories and tags."""
        self._categories = {c.slug: " ".join((*c.label.every(), *c.hint.every())) for c in categories}
        self._tags = {t.slug: " ".join(t.label.every()) for t in tags}
        self.facets = {t.slug: t.facet for t in tags}

    def of(self, service: Service) -> str:
        """Return all labels that stand on ``service``."""
        slugs = (service.category, *service.also_in)
        return " ".join([*(self._categories.get(s, "") for s in slugs), *(self._tags.get(s, "") for s in service.tags)])


def _services(
    db: sqlite3.Connection, services: Iterable[Service], edition: Edition, labels: Labels, progress: Progress
) -> None:
    plans: dict[str, int] = {}
    visitor: Counter[str] = Counter()
    staff: Counter[str] = Counter()
    for row, service in enumerate(services, 1):
        if row % 500 == 0:
            progress(Step("index", row, edition.services))
        plan = None
        if service.schedules:
            plan = plans.setdefault(pack_schedules(service.schedules), len(plans) + 1)
        card = pack(service, edition)
        crc = zlib.crc32(card.encode())  # a rotten disk must never show a wrong number
        db.execute("INSERT INTO card VALUES(?, ?, ?, ?, ?)", (row, service.id, plan, card, crc))
        db.executemany(
            "INSERT OR IGNORE INTO facet VALUES(?, ?, ?)",
            [(facet, slug, row) for facet, slug in facets(service, edition, labels.facets)],
        )
        columns = _columns(service, labels)
        db.execute("INSERT INTO short(rowid, name, org, text, cat, place) VALUES(?, ?, ?, ?, ?, ?)", (row, *columns))
        seen = set(" ".join(columns).split())
        db.execute("INSERT INTO whole(rowid, text) VALUES(?, ?)", (row, " ".join(sorted(seen))))
        staff.update(seen)
        if service.audience is Audience.VISITOR:
            visitor.update(seen)
    db.executemany("INSERT INTO plan VALUES(?, ?)", [(number, text) for text, number in plans.items()])
    db.executemany("INSERT INTO vocab VALUES(?, ?, ?)", [(t, visitor[t], n) for t, n in sorted(staff.items())])


def _columns(service: Service, labels: Labels) -> tuple[str, str, str, str, str]:
    """Return the folded text of name, organization, everything else, labels, and place."""
    giver = service.organization
    return (
        _folded([*service.name.every(), service.alternate_name, *service.discreet_name.every()]),
        _folded([*giver.name.every(), giver.alternate_name] if giver else []),
        _folded([*_told(service), *_contacts(service), *(n for tag in service.languages for n in names(tag))]),
        _folded([labels.of(service)]),
        _folded(_places(service)),
    )


def _told(service: Service) -> Iterator[str]:
    """Yield what is said of the service. Staff notes, history and evidence are never indexed."""
    told = (service.description, service.eligibility, service.cost, service.hours, service.language_note)
    for text in (*told, service.application_process, service.alert, *service.required_documents):
        yield from text.every()
    yield from service.accessibility
    for place in service.locations:
        yield from (*place.description.every(), place.transportation, *place.accessibility)


def _contacts(service: Service) -> Iterator[str]:
    """Yield numbers and addresses; hidden numbers too, as they lead to the right entry (no card shows them)."""
    yield from (_bare(service.url), service.email)
    for phone in service.phones:
        yield from (phone.published, *phone.keyword.every(), *phone.note.every())
        yield from number_terms(phone.dial or phone.value)
    for url in service.urls:
        yield from (_bare(url.url), url.label, *url.note.every())


def _places(service: Service) -> Iterator[str]:
    """Yield the places that may be shown; a ``never`` address is in no catalog, and would stay unfindable (L2)."""
    yield from service.service_areas
    for place in service.locations:
        yield from place.name.every()
        for a in place.addresses:
            if a.visibility != "never":
                yield from (a.address_1, a.city, a.state_province, a.postal_code)


def _bare(url: str) -> str:
    return url.split("://")[-1].removeprefix("www.")


def _folded(texts: Iterable[str]) -> str:
    """Return the words of ``texts``, each once; those run together ("IdentityTheft") also apart."""
    return " ".join(dict.fromkeys(word for text in texts if text for word in words(f"{text} {_apart(text)}")))


def _apart(text: str) -> str:
    parts = _JOINED.sub(r"\1 \2", text)
    return parts if parts != text else ""
