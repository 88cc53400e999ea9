"""Builds the index of one catalog: derived, disposable, named by the catalog's sha256."""

from __future__ import annotations

import os
import re
import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import closing, suppress
from pathlib import Path

from guide.errors import DiskFullError, NoAccessError
from guide.records import Audience, Category, Channel, Edition, Progress, Service, Step, Tag, silent
from guide.search.packed import pack, pack_schedules
from guide.search.terms import number_terms, words

VERSION = "1"  # of tables and folding together; another one means: build anew
_FTS = "content='', detail={detail}, columnsize=0, prefix='1 2 3', tokenize='unicode61 remove_diacritics 2'"
_JOINED = re.compile(r"([a-z])([A-Z])")
_TABLES = f"""
CREATE TABLE meta(key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE card(id INTEGER PRIMARY KEY, service TEXT NOT NULL, plan INTEGER, json TEXT NOT NULL);
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
    fresh = index_path.with_name(index_path.name + ".new")
    try:
        index_path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        with suppress(FileNotFoundError):
            fresh.unlink()
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
        db.execute("INSERT INTO card VALUES(?, ?, ?, ?)", (row, service.id, plan, pack(service, edition)))
        db.executemany(
            "INSERT OR IGNORE INTO facet VALUES(?, ?, ?)",
            [(facet, slug, row) for facet, slug in facets(service, edition, labels.facets)],
        )
        columns = _columns(service, labels)
        db.execute("INSERT INTO short(rowid, name, org, text, cat, place) VALUES(?, ?, ?, ?, ?, ?)", (row, *columns))
        db.execute("INSERT INTO whole(rowid, text) VALUES(?, ?)", (row, " ".join(columns)))
        seen = set(" ".join(columns).split())
        staff.update(seen)
        if service.audience is Audience.VISITOR:
            visitor.update(seen)
    db.executemany("INSERT INTO plan VALUES(?, ?)", [(number, text) for text, number in plans.items()])
    db.executemany("INSERT INTO vocab VALUES(?, ?, ?)", [(t, visitor[t], n) for t, n in sorted(staff.items())])


def facets(service: Service, edition: Edition, tag_facets: dict[str, str]) -> Iterator[tuple[str, str]]:
    """Yield the (facet, slug) pairs ``service`` counts in; "" where something is not known."""
    yield "audience", service.audience.value
    if service.original_id in edition.call_now:
        yield "call-now", service.original_id
    for slug in (service.category, *service.also_in):
        yield "need", slug
    for tag in service.tags:
        kind = tag_facets.get(tag)
        if kind in ("population", "need"):
            yield "people", tag
        elif kind == "access":
            yield "access", tag
    if any(text.strip().casefold() in ("free", "gratis", "free call") for text in service.cost.every()):
        yield "access", "free"
    if any(p.channel is Channel.TEXT for p in service.shown_phones()):
        yield "access", "text"
    for language in service.languages or ("",):
        yield "language", language
    if not service.schedules:
        yield "open", ""


def _columns(service: Service, labels: Labels) -> tuple[str, str, str, str, str]:
    """Return the folded text of name, organization, everything else, labels, and place."""
    places = [" ".join((a.address_1, a.city, a.postal_code)) for p in service.locations for a in p.addresses]
    giver = service.organization
    rest = [*service.description.every(), *service.eligibility.every(), *service.language_note.every(), service.url]
    for phone in service.phones:
        rest += [*phone.keyword.every(), *phone.note.every(), *number_terms(phone.dial or phone.value)]
    return (
        _folded([*service.name.every(), service.alternate_name, *service.discreet_name.every()]),
        _folded([*giver.name.every(), giver.alternate_name] if giver else []),
        _folded(rest),
        _folded([labels.of(service)]),
        _folded([*places, *service.service_areas, *(t for p in service.locations for t in p.name.every())]),
    )


def _folded(texts: Iterable[str]) -> str:
    """Return the words of ``texts``, those run together ("IdentityTheft") also apart."""
    return " ".join(word for text in texts for word in words(f"{text} {_apart(text)}"))


def _apart(text: str) -> str:
    parts = _JOINED.sub(r"\1 \2", text)
    return parts if parts != text else ""
