"""The facts a preview tells of some services, read column by column: whole records take five times as long."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from sqlite3 import Connection, DatabaseError, connect
from typing import NamedTuple

from guide.catalog.unrows import lenient
from guide.errors import BrokenCatalogError

# As a preview names them, in its order; the first seven may be translated, and are told in every language.
FIELDS = (
    "name", "description", "hours", "eligibility", "cost", "application_process", "alert",
    "languages", "category", "url", "address", "audience", "assured_date",
)  # fmt: skip
_COLUMNS = (
    "name",
    "description",
    "hours",
    "eligibility_description",
    "fees_description",
    "application_process",
    "alert",
)
_SERVICE = (
    f"SELECT id, status, category, url, audience, coalesce(assured_date, source_date, ''), {', '.join(_COLUMNS)}"  # noqa: S608
    " FROM service WHERE id IN (SELECT id FROM temp.asked) ORDER BY rank"
)
_OWN = "SELECT {link}, {what} FROM {table} WHERE {link} IN (SELECT id FROM temp.asked){only} ORDER BY position"
_PHONES = _OWN.format(link="service_id", what="channel, number, value, dial, keyword, hidden", table="phone", only="")
_URLS = _OWN.format(link="service_id", what="url", table="url", only="")
_LANGUAGES = _OWN.format(link="service_id", what="value", table="service_list", only=" AND kind = 'language'")
_CATEGORIES = _OWN.format(link="link_id", what="code", table="attribute", only=" AND taxonomy = 'category'")
_PLACES = (
    "SELECT at.service_id, a.address_1, a.city FROM service_at_location at CROSS JOIN address a"
    " ON a.location_id = at.location_id WHERE at.service_id IN (SELECT id FROM temp.asked)"
    " ORDER BY at.position, a.position"
)
_TEXTS = "SELECT row_id, field, text FROM translation WHERE row_id IN (SELECT id FROM temp.asked) ORDER BY language"


class Told(NamedTuple):
    """What a preview tells of one service. ``numbers`` is what a person would dial or send, ``fields`` as FIELDS."""

    id: str
    name: str
    status: str
    numbers: list[tuple[str, ...]]
    main: str
    fields: tuple[str, ...]


class Teller:
    """One catalog, asked for the facts of some services; a handful of questions each time, however many they are."""

    def __init__(self, path: Path, db: Connection) -> None:
        """Take an open connection; see ``telling``."""
        self._path, self._db = path, db

    def told(self, ids: Sequence[str]) -> list[Told]:
        """Return what is told of each of ``ids`` that exists, in the catalog's order. Raises BrokenCatalogError."""
        try:
            self._db.execute("DELETE FROM temp.asked")
            self._db.executemany("INSERT OR IGNORE INTO temp.asked VALUES (?)", ((one,) for one in ids))
            return self._told()
        except DatabaseError as error:
            if "decode" not in str(error) or self._db.text_factory is lenient:
                raise BrokenCatalogError(path=str(self._path), reason="damaged") from error
            self._db.text_factory = lenient  # slower, so only where a text that is not UTF-8 was met
            return self.told(ids)

    def _told(self) -> list[Told]:
        phones, urls, places = self._by_id(_PHONES), self._by_id(_URLS), self._by_id(_PLACES)
        languages, also_in = self._by_id(_LANGUAGES), self._by_id(_CATEGORIES)
        others: dict[tuple[str, str], list[str]] = defaultdict(list)
        for one, field, text in self._db.execute(_TEXTS):
            others[one, field].append(text)
        found = []
        for one, status, category, url, audience, day, *texts in self._db.execute(_SERVICE):
            numbers = phones.get(one, ())
            fields = (
                *(
                    " / ".join((text, *others[one, field])) if (one, field) in others else text
                    for field, text in zip(_COLUMNS, texts, strict=True)
                ),
                ", ".join([code for (code,) in languages.get(one, ())]),
                ", ".join([category, *(code for (code,) in also_in.get(one, ()))]),
                " ".join([url, *(page for (page,) in urls.get(one, ()))]),
                "; ".join([", ".join(filter(None, lines)) for lines in places.get(one, ())]),
                audience,
                day,
            )
            found.append(Told(one, texts[0], status, [_number(*p[:5]) for p in numbers], _main(numbers), fields))
        return found

    def _by_id(self, question: str) -> dict[str, list[tuple[str, ...]]]:
        found: dict[str, list[tuple[str, ...]]] = defaultdict(list)
        for one, *facts in self._db.execute(question):
            found[one].append(tuple(facts))
        return found


@contextmanager
def telling(path: Path) -> Iterator[Teller]:
    """Lend a Teller of the catalog at ``path``, open read only. Raises BrokenCatalogError."""
    try:
        db = connect(address_of(path), uri=True, isolation_level=None)
    except DatabaseError as error:  # pragma: no cover - SQLite opens at the first question
        raise BrokenCatalogError(path=str(path), reason="damaged") from error
    try:
        for pragma in ("trusted_schema=0", "mmap_size=67108864", "temp_store=memory"):
            db.execute(f"PRAGMA {pragma}")
        db.execute("CREATE TEMP TABLE asked (id TEXT PRIMARY KEY) WITHOUT ROWID")
        yield Teller(path, db)
    finally:
        db.close()


def address_of(path: Path) -> str:
    """Return the address under which SQLite opens a catalog that never changes. Raises BrokenCatalogError."""
    if not path.is_file():
        raise BrokenCatalogError(path=str(path), reason="missing")
    return f"{path.resolve().as_uri()}?mode=ro&immutable=1"


def _main(phones: Sequence[tuple[str, ...]]) -> str:
    """Return the number to show first, as ``Service.main_phone`` does: a voice line before any other."""
    shown = [(channel, number) for channel, number, _, _, _, hidden in phones if not hidden]
    return next((number for channel, number in shown if channel == "voice"), shown[0][1] if shown else "")


def _number(channel: str, published: str, value: str, dial: str, keyword: str) -> tuple[str, ...]:
    """Return what a person would dial or send, by channel; a hidden number counts too."""
    odd = dial not in ("", published, value) and not _same(dial, published)
    parts = ("" if channel == "voice" else f"{channel}:", published, f"({dial})" if odd else "", keyword)
    return tuple(filter(None, parts))


def _same(dial: str, published: str) -> bool:
    digits = "".join(c for c in published if c.isdigit())
    return dial.removeprefix("+").removeprefix("1") == digits.removeprefix("1")
