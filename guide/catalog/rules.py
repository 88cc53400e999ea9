"""What every row of a catalog must obey, as questions to SQLite that must find nothing.

The kinds of the values are not asked here: the tables are STRICT, and ``quick_check`` vouches for those.
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from functools import cache

from guide.catalog.tables import metadata
from guide.records import Audience, Channel, UrlKind

_DAYS = ("data_date", "next_expected", "assured_date", "source_date", "last_seen", "last_modified", "recheck_by",
         "official_as_of", "secondary_as_of", "valid_from", "valid_to", "dtstart", "as_of")  # fmt: skip
_CLOCKS = ("opens_at", "closes_at")
_TEXTS = ("sources", "accessibility")
_PAIRS = {"meta": "text", "details": "text", "crosswalk": "integer"}  # the kind of the first of two
_UNREADABLE = "a date, a time or a list that cannot be read"


def _one_of(kinds: type[StrEnum]) -> str:
    return ", ".join(f"'{kind.value}'" for kind in kinds)


# By table: what is wrong, and when a row of it is; a table's questions are asked in one pass over its rows.
_FAULTS = {
    "service": {
        "a service without a name": "trim(name) = ''",
        "a service in an unknown category": "category NOT IN"
        " (SELECT code FROM taxonomy_term WHERE taxonomy = 'category')",
        "a service without a digest": "length(digest) <> 32",
        "an unknown audience": f"audience NOT IN ({_one_of(Audience)})",
    },
    "phone": {
        "a number that belongs to no service": "service_id NOT IN (SELECT id FROM service)",
        "a number with nothing to show": "trim(number) = ''",
        "something to dial that is not a number": "trim(dial, '0123456789+') <> ''",  # a GLOB would try each place
        "a number of an unknown kind": f"channel NOT IN ({_one_of(Channel)})",
    },
    "schedule": {
        "hours of an unknown kind": "kind NOT IN ('', 'holiday', 'appointment') OR freq NOT IN ('WEEKLY', 'MONTHLY')"
        " OR holidays NOT IN ('', 'open', 'closed') OR \"interval\" < 1"
        " OR (season <> '' AND season NOT GLOB '[01][0-9]-[0-3][0-9]/[01][0-9]-[0-3][0-9]')",
    },
    "url": {"a page of an unknown kind": f"kind NOT IN ({_one_of(UrlKind)})"},
    "service_at_location": {"a place that is not there": "location_id NOT IN (SELECT id FROM location)"},
    "address": {
        "an address that may not be shown": "visibility NOT IN ('public', 'area')"
        " OR (visibility = 'area' AND (address_1 <> '' OR address_2 <> '' OR postal_code <> ''))",
    },
    "location": {
        "the coordinates of a place that may not be shown": "(latitude IS NOT NULL OR longitude IS NOT NULL)"
        " AND (id NOT IN (SELECT location_id FROM address)"
        " OR id IN (SELECT location_id FROM address WHERE visibility <> 'public'))",
    },
}
_TABLES = list(dict.fromkeys((*_FAULTS, *metadata.tables)))


@cache
def every_pass() -> tuple[tuple[str, str], ...]:
    """Return (table, the query that finds a row of it that breaks any rule): one pass over each table, no more."""
    return tuple(_passes())


def _passes() -> Iterator[tuple[str, str]]:
    for table in _TABLES:
        faults = [fault for _, fault in _faults(table)]
        if faults:
            yield table, _query(table, " OR ".join(f"({fault})" for fault in faults))


def every_rule() -> Iterator[tuple[str, str]]:
    """Yield (what is wrong, the query that finds it), rule by rule: to say what a pass has found."""
    for table in _TABLES:
        for words, fault in _faults(table):
            yield words, _query(table, fault)


def _query(table: str, fault: str) -> str:
    return f"SELECT 1 FROM {table} WHERE {fault} LIMIT 1"  # noqa: S608 - our own names


def _faults(table: str) -> Iterator[tuple[str, str]]:
    for column in metadata.tables[table].c:
        form = _form(column.name)
        if form:
            yield f"{_UNREADABLE} in {table}", form
    yield from _FAULTS.get(table, {}).items()


def _form(name: str) -> str:
    """Return when a value of column ``name`` has not the form it must have; no value at all is fine in itself."""
    if name in _DAYS:
        # "+0 days" makes every SQLite turn 30 February into March.
        return f"{name} IS NOT NULL AND ({name} IS NOT date({name}, '+0 days') OR {name} < '0001')"
    if name in _CLOCKS:
        return f"{name} IS NOT NULL AND NOT ({name} GLOB '[0-2][0-9]:[0-5][0-9]' AND {name} < '24')"
    if name in _TEXTS or name in _PAIRS:
        inner = "type <> 'text'"
        if name in _PAIRS:
            inner = f"type <> 'array' OR json_array_length(value) <> 2 OR json_type(value, '$[0]') <> '{_PAIRS[name]}'"
            inner += " OR json_type(value, '$[1]') <> 'text'"
        odd = f"EXISTS (SELECT 1 FROM json_each({name}) WHERE {inner})"  # noqa: S608 - our own names
        return f"{name} <> '[]' AND (NOT json_valid({name}) OR json_type({name}) <> 'array' OR {odd})"
    return ""
