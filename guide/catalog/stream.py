"""Every service in static order, with what an index is made of and nothing else: side by side streams of plain rows.

The records are the reader's own (``Catalog.services``), so that one place says what of a service is indexed. What no
index asks for (evidence, notes of the staff, details, hours of places) is left as it is by default. A third of the
reader's cost: no query for each five hundred services, no row as a dictionary, nothing made twice. The lint, which looks at all
that a visitor may see, asks for the hours of places, too.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from functools import lru_cache
from pathlib import Path
from typing import Any

from guide.catalog.stream_queries import HOURS_NAMES, OTHERS_OF, PARTS, PLACE_HOURS, SERVICE, TRANSLATED
from guide.catalog.unrows import day_of, items, lenient, nothing_in, schedule_of, split
from guide.errors import BrokenCatalogError
from guide.records import (
    Address,
    Audience,
    Channel,
    Location,
    Organization,
    Phone,
    Schedule,
    Service,
    Url,
    UrlKind,
    Words,
)

Row = tuple[Any, ...]
Others = Mapping[tuple[str, str], tuple[tuple[str, str], ...]]


def indexed_services(path: Path, *, place_hours: bool = False) -> Iterator[Service]:
    """Yield every service of the catalog at ``path`` in static order, in flat memory.

    Places come with their hours only where ``place_hours`` says so.

    Raises BrokenCatalogError: the catalog cannot be read.
    """
    try:
        with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True)) as db:
            for pragma in ("query_only=1", "trusted_schema=0"):
                db.execute(f"PRAGMA {pragma}")
            (start,) = db.execute("SELECT min(rank) FROM service").fetchone()
            while start is not None:
                try:
                    for rank, service in _from(db, start, place_hours):
                        yield service
                        start = rank + 1
                    return
                except sqlite3.OperationalError as error:
                    if "decode" not in str(error) or db.text_factory is lenient:
                        raise
                    db.text_factory = lenient  # slower, so only where a text that is not UTF-8 was met
    except (sqlite3.DatabaseError, ValueError, KeyError) as error:
        raise BrokenCatalogError(path=str(path), reason="damaged") from error


class _Stream:
    """The rows of one query, handed out rank by rank."""

    __slots__ = ("_next", "_rows", "rank")

    def __init__(self, rows: Iterator[Row]) -> None:
        self._rows = rows
        self._next: Row = next(rows, (None,))
        self.rank: int | None = self._next[0]  # whose rows come next

    def take(self) -> list[Row]:
        """Return all rows of the rank that comes next."""
        found, rank = [self._next], self.rank
        for row in self._rows:
            if row[0] != rank:
                self._next, self.rank = row, row[0]
                return found
            found.append(row)
        self.rank = None
        return found


def _from(db: sqlite3.Connection, start: int, place_hours: bool) -> Iterator[tuple[int, Service]]:
    parts = [_Stream(db.execute(query, (start,))) for query in (*PARTS, *((PLACE_HOURS,) if place_hours else ()))]
    # Most kinds of rows have no translation at all: to look for them once costs less than to ask for each service.
    translated = [table for table in OTHERS_OF if db.execute(TRANSLATED.format(table)).fetchone()]
    others = [_Stream(db.execute(OTHERS_OF[table], (start,))) for table in translated]
    make = _Maker()
    for row in db.execute(SERVICE, (start,)):
        rank = row[0]
        own = [stream.take() if stream.rank == rank else () for stream in parts]
        texts: dict[tuple[str, str], tuple[tuple[str, str], ...]] = {}
        for stream in others:
            if stream.rank == rank:
                for _, row_id, field, language, text in stream.take():
                    texts[row_id, field] = (*texts.get((row_id, field), ()), (language, text))
        yield rank, make.service(row, own, texts)


class _Maker:
    """Makes the records; what comes again (hours, organizations, empty texts) is made once."""

    def __init__(self) -> None:
        self._hours = lru_cache(maxsize=5000)(_hours)
        self._giver = lru_cache(maxsize=5000)(_giver)

    def service(self, row: Row, own: Sequence[Sequence[Row]], texts: Others) -> Service:
        """Return one service: its row, the rows of its parts, and its translations."""
        phones, urls, attributes, lists, hours, places, addresses, *more = own
        (
            _, row_id, original, publisher, name, category, description, audience, alternate, discreet, url, email,
            language_note, open_at, eligibility, cost, application, alert, assured, assurer, source, recheck, language,
            giver, giver_name, giver_alternate, giver_language, giver_url, giver_email, last_seen, last_modified,
            status,
        ) = row  # fmt: skip
        none = nothing_in(language)  # most services say little, and in one language
        return Service(
            row_id,
            original,
            publisher,
            _words(name, language, row_id, "name", texts),
            category,
            _words(description, language, row_id, "description", texts),
            _AUDIENCES[audience],
            self._giver(
                giver, _words(giver_name, giver_language, giver, "name", texts), giver_alternate, giver_url, giver_email
            )
            if giver is not None
            else None,
            alternate,
            _words(discreet, language, row_id, "discreet_name", texts) if discreet or texts else none,
            tuple([code for _, taxonomy, code in attributes if taxonomy == "category"]) if attributes else (),
            tuple([code for _, taxonomy, code in attributes if taxonomy == "tag"]) if attributes else (),
            tuple([_phone(one, texts) for one in phones]),
            tuple([_url(one, texts) for one in urls]) if urls else (),
            url,
            email,
            tuple([one[3] for one in lists if one[2] == "language"]) if lists else (),
            _words(language_note, language, row_id, "language_note", texts) if language_note or texts else none,
            _words(open_at, language, row_id, "hours", texts) if open_at or texts else none,
            self._hours(tuple([one[1:] for one in hours])) if hours else (),
            _words(eligibility, language, row_id, "eligibility_description", texts) if eligibility or texts else none,
            cost=_words(cost, language, row_id, "fees_description", texts) if cost or texts else none,
            application_process=_words(application, language, row_id, "application_process", texts)
            if application or texts
            else none,
            required_documents=tuple([_value(one, texts) for one in lists if one[2] == "required_document"]),
            locations=_places(places, addresses, more[0] if more else (), texts) if places else (),
            service_areas=tuple([one[3] for one in lists if one[2] == "service_area"]) if lists else (),
            accessibility=tuple([one[3] for one in lists if one[2] == "accessibility"]) if lists else (),
            alert=_words(alert, language, row_id, "alert", texts) if alert or texts else none,
            status=status,
            assured_date=_day(assured),
            assurer=assurer,
            source_date=_day(source),
            last_seen=_day(last_seen),
            last_modified=_day(last_modified),
            recheck_by=_day(recheck),
        )


_AUDIENCES = {one.value: one for one in Audience}
_CHANNELS = {one.value: one for one in Channel}
_KINDS = {one.value: one for one in UrlKind}
_day = lru_cache(maxsize=5000)(day_of)
_split = lru_cache(maxsize=1000)(split)


def _words(text: str, language: str, row_id: str, field: str, texts: Others) -> Words:
    if texts and (others := texts.get((row_id, field))):
        return Words(text, language, others)
    return Words(text, language) if text else nothing_in(language)


def _value(one: Row, texts: Others) -> Words:
    return _words(one[3], one[4], one[1], "value", texts)


def _hours(plans: tuple[Row, ...]) -> tuple[Schedule, ...]:
    return tuple([schedule_of(dict(zip(HOURS_NAMES, plan, strict=True))) for plan in plans])


def _giver(row_id: str, name: Words, alternate: str, url: str, email: str) -> Organization:
    return Organization(row_id, name, alternate, url=url, email=email)


def _phone(one: Row, texts: Others) -> Phone:
    (
        _, row_id, channel, published, value, dial, extension, keyword, note, languages, language, hidden, evidence,
        official, secondary, sources,
    ) = one  # fmt: skip
    return Phone(
        row_id,
        _CHANNELS[channel],
        published,
        value,
        dial,
        extension,
        _words(keyword, language, row_id, "keyword", texts),
        _words(note, language, row_id, "note", texts),
        _split(languages),
        bool(hidden),
        evidence,
        _day(official),
        _day(secondary),
        tuple(items(sources)),
    )


def _url(one: Row, texts: Others) -> Url:
    _, row_id, kind, url, label, note, language = one
    return Url(row_id, _KINDS[kind], url, label, _words(note, language, row_id, "note", texts))


def _places(
    places: Iterable[Row], addresses: Sequence[Row], hours: Sequence[Row], texts: Others
) -> tuple[Location, ...]:
    found = []
    for place in places:
        (
            _, row_id, name, description, transportation, latitude, longitude, accessibility, languages, language,
        ) = place  # fmt: skip
        if row_id is None:
            raise KeyError("a place that is not there")
        found.append(
            Location(
                row_id,
                _words(name, language, row_id, "name", texts),
                _words(description, language, row_id, "description", texts),
                transportation,
                latitude,
                longitude,
                tuple([Address(*one[2:]) for one in addresses if one[1] == row_id]),
                tuple(items(accessibility)),
                _split(languages),
                _hours(tuple([one[2:] for one in hours if one[1] == row_id])) if hours else (),
            )
        )
    return tuple(found)
