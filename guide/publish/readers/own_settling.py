"""What of an edited export of ours may be published: flags, standing, shelters and private streets hold here as elsewhere.

Whoever edits an export in a spreadsheet may add an address, a flag or a row. So every entry is looked at twice: once to learn
which streets are nobody's business, and once to take them out. An entry that is as it was exported keeps the address that its
publisher opened; a shelter whose entry was changed is closed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields, is_dataclass, replace
from functools import lru_cache
from typing import Any

from guide.catalog.rows import digest
from guide.errors import SourceDataError
from guide.publish.exports.hsds import DIGEST
from guide.publish.exports.hsds_fields import OURS, Object
from guide.publish.exports.tabular import TABLES
from guide.publish.readers.cells import says_yes, text_of
from guide.publish.readers.objects import plain_name
from guide.publish.readers.own_tables import MADE_UP
from guide.publish.readers.plausible import looks_like_phone
from guide.publish.readers.privacy import closes, is_shelter, opens, standing
from guide.publish.readers.streets import Streets
from guide.publish.report import Report
from guide.records import Address, Location, Phone, Service, Words

_FEWEST, _SHARE = 20, 0.5  # as for every other set: fewer prove nothing
_KEPT = frozenset({"id", "original_id", "publisher", "category", "digest", "dial", "url", "email"})
_OURS = frozenset(column for columns in TABLES.values() for column in columns)


class OwnSettling:
    """Judges the entries of one edited export."""

    def __init__(self, name: str, open_shelters: frozenset[str], report: Report) -> None:
        """Take what the export is called, which shelters' addresses are public, and where findings are told."""
        self._name, self._open, self._report = name, open_shelters, report
        self._streets = Streets()
        self._numbers = self._good = 0

    def learn(self, given: Object, service: Service) -> None:
        """Note the streets of ``service`` that no entry may tell, and whether its numbers can be numbers."""
        for phone in service.phones:
            self._numbers += 1
            self._good += looks_like_phone(phone.published)
        places = _places_of(given)
        for place, row in zip(service.locations, places, strict=True):
            if self._is_shut(given, service) or _closed(row):
                self._remember(place.addresses)
            for address, one in zip(place.addresses, row.get("addresses", ()), strict=False):
                if _closed(one):
                    self._remember((address,))

    def check(self) -> None:
        """Refuse a set whose cells have moved. Raises SourceDataError."""
        if self._numbers >= _FEWEST and self._good < _SHARE * self._numbers:
            raise SourceDataError(
                f"In {self._name}, phone.csv: only {self._good:,} of {self._numbers:,} cells of number look like phone"
                " numbers. Columns have probably moved; make a new export.",
                source=self._name,
            )

    def settled(self, given: Object, service: Service) -> Service | None:
        """Return what may be published of ``service``, None for nothing at all."""
        giver = given.get("organization") or given.get(MADE_UP) or {}
        if _closed(given) or _closed(giver):
            self._tell("excluded by its source: left out")
            return None
        if (state := standing(service.status)) != "present":
            words = {"gone": "closed or not to be referred to: left out"}
            self._tell(words.get(state, "unknown status: left out, to be looked at"))
            return None
        shut = self._is_shut(given, service)
        if shut and any(address.address_1 for place in service.locations for address in place.addresses):
            self._tell("shelter: address closed unless its publisher opens it")
        places = tuple(
            self._place(place, row, shut) for place, row in zip(service.locations, _places_of(given), strict=True)
        )
        phones = tuple(self._phones(service.phones, given.get("phones", ())))
        found = replace(service, locations=places, phones=phones)
        return _without(found, self._streets) if self._streets else found

    def _is_shut(self, given: Object, service: Service) -> bool:
        """Say whether a shelter's address closes: its entry is not as it was exported, and nobody opened it."""
        if service.original_id in self._open or (given.get(OURS) or {}).get(DIGEST) == digest(service):
            return False
        giver = service.organization.name.text if service.organization else ""
        return is_shelter(f"{service.name.text}\n{service.alternate_name}\n{giver}", service.description.text)

    def _place(self, place: Location, row: Object, shut: bool) -> Location:
        shut = shut or _closed(row)
        rows = [*row.get("addresses", ()), *({} for _ in place.addresses)]
        addresses = []
        for address, one in zip(place.addresses, rows, strict=False):
            if shut or _closed(one) or self._streets.holds(address.address_1):
                address = replace(address, visibility="area" if address.city else "never")
                self._tell("address kept private")
            addresses.append(address)
        return replace(place, addresses=tuple(addresses))

    def _phones(self, phones: Iterable[Phone], rows: Iterable[Object]) -> Iterator[Phone]:
        private = {row["id"] for row in rows if _closed(row)}
        for phone in phones:
            if phone.id in private:
                self._tell("private number: left out")
            else:
                yield phone

    def _remember(self, addresses: Iterable[Address]) -> None:
        for address in addresses:
            self._streets.add(address.address_1)
            self._streets.add(address.address_2)

    def _tell(self, rule: str) -> None:
        self._report.add(rule, self._name)


def _places_of(given: Object) -> list[Object]:
    return [one["location"] for one in given.get("service_at_locations", ())]


def _closed(row: Object) -> bool:
    """Say whether a column that is none of ours protects this row."""
    for name, value in row.items():
        if name in _OURS:
            continue
        closing, opening = _kind(name)
        if (closing and says_yes(text_of(value))) or (opening and opens(text_of(value))):
            return True
    return False


@lru_cache(maxsize=1 << 10)
def _kind(name: str) -> tuple[bool, bool]:
    plain = plain_name(name)
    return closes(plain), closes(plain, opening=True)


def _without(value: Any, streets: Streets) -> Any:
    """Return a record with every private street taken out of its texts; ids and what is dialled stay."""
    if isinstance(value, Words):
        others = tuple((language, streets.without(text)[0]) for language, text in value.others)
        return Words(streets.without(value.text)[0], value.language, others)
    if type(value) is str:
        return streets.without(value)[0]
    if isinstance(value, tuple):
        return tuple(_without(one, streets) for one in value)
    if is_dataclass(value) and not isinstance(value, type):
        changed: Mapping[str, Any] = {
            field.name: _without(getattr(value, field.name), streets)
            for field in fields(value)
            if field.name not in _KEPT
        }
        return replace(value, **changed)
    return value
