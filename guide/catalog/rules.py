"""What every row of a catalog must obey, as questions to SQLite that must find nothing."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum

from sqlalchemy import Float, Integer, Table

from guide.catalog.tables import metadata
from guide.records import Audience, Channel, UrlKind

_DAYS = ("data_date", "next_expected", "assured_date", "source_date", "last_seen", "last_modified", "recheck_by",
         "official_as_of", "secondary_as_of", "valid_from", "valid_to", "as_of")  # fmt: skip
_CLOCKS = ("opens_at", "closes_at")
_LISTS = ("meta", "details", "crosswalk", "sources")


def _one_of(kinds: type[StrEnum]) -> str:
    return ", ".join(f"'{kind.value}'" for kind in kinds)


_ROWS = {
    "a service without a name": "SELECT 1 FROM service WHERE trim(name) = ''",
    "a service in an unknown category": "SELECT 1 FROM service WHERE category NOT IN"
    " (SELECT code FROM taxonomy_term WHERE taxonomy = 'category')",
    "a service without a digest": "SELECT 1 FROM service WHERE length(digest) <> 32",
    "an unknown audience": f"SELECT 1 FROM service WHERE audience NOT IN ({_one_of(Audience)})",  # noqa: S608
    "a number that belongs to no service": "SELECT 1 FROM phone WHERE service_id NOT IN (SELECT id FROM service)",
    "a number with nothing to show": "SELECT 1 FROM phone WHERE trim(number) = ''",
    "something to dial that is not a number": "SELECT 1 FROM phone WHERE dial GLOB '*[^0-9+]*'",
    "a number of an unknown kind": f"SELECT 1 FROM phone WHERE channel NOT IN ({_one_of(Channel)})",  # noqa: S608
    "a page of an unknown kind": f"SELECT 1 FROM url WHERE kind NOT IN ({_one_of(UrlKind)})",  # noqa: S608
    "a place that is not there": "SELECT 1 FROM service_at_location WHERE location_id NOT IN (SELECT id FROM location)",
    "an address that may not be shown": "SELECT 1 FROM address WHERE visibility NOT IN ('public', 'area')"
    " OR (visibility = 'area' AND (address_1 <> '' OR address_2 <> '' OR postal_code <> ''))",
    "the coordinates of a place that may not be shown": "SELECT 1 FROM location l"
    " WHERE (latitude IS NOT NULL OR longitude IS NOT NULL) AND ("
    "NOT EXISTS (SELECT 1 FROM address a WHERE a.location_id = l.id)"
    " OR EXISTS (SELECT 1 FROM address a WHERE a.location_id = l.id AND a.visibility <> 'public'))",
}


def every_rule() -> Iterator[tuple[str, str]]:
    """Yield (what is wrong, the query that finds it); each is one pass over one table.

    Values are asked for their kind first: a text where a number belongs would answer the other questions oddly.
    """
    for table in metadata.sorted_tables:
        yield f"a value of the wrong kind in {table.name}", _query(table, _kinds(table))
        forms = list(_forms(table))
        if forms:
            yield f"a date, a time or a list that cannot be read in {table.name}", _query(table, forms)
    yield from _ROWS.items()


def _query(table: Table, faults: list[str]) -> str:
    return f"SELECT 1 FROM {table.name} WHERE {' OR '.join(faults)}"  # noqa: S608 - our own names


def _kinds(table: Table) -> list[str]:
    faults = []
    for column in table.c:
        kinds = ["integer"] if isinstance(column.type, Integer) else ["text"]
        if isinstance(column.type, Float):
            kinds = ["real", "integer"]
        if column.nullable:
            kinds.append("null")
        faults.append(f'typeof("{column.name}") NOT IN ({", ".join(map(repr, kinds))})')
    return faults


def _forms(table: Table) -> Iterator[str]:
    for column in (f'"{c.name}"' for c in table.c if c.name in _DAYS):
        # "+0 days" makes every SQLite turn 30 February into March.
        yield f"{column} IS NOT date({column}, '+0 days') OR {column} < '0001'"
    for column in (f'"{c.name}"' for c in table.c if c.name in _CLOCKS):
        yield f"{column} IS NOT strftime('%H:%M', {column})"
    for column in (f'"{c.name}"' for c in table.c if c.name in _LISTS):
        yield f"NOT json_valid({column}) OR json_type({column}) <> 'array'"
