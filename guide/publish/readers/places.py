"""Locations of a package: addresses that may be shown, and nothing that gives away one that may not (L1)."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from guide.publish.ids import stable_id
from guide.publish.mapping import Mapping
from guide.publish.readers import privacy
from guide.publish.readers.links import grouped
from guide.publish.readers.package import Package, Row
from guide.publish.report import Report
from guide.records import Address, Location, Words

Text = Callable[[Row, str, str, int], str]


class Places:
    """The locations by id, made once for each way they may be shown."""

    def __init__(self, package: Package, mapping: Mapping, report: Report, text: Text) -> None:
        """Take the package, and what cleans and counts a text."""
        self._map, self._report, self._text = mapping, report, text
        self._rows = {row.get("id", ""): (line, row) for line, row in package.rows("locations")}
        self._addresses = grouped(package, "addresses", "location_id", report)
        self._access = grouped(package, "accessibility_for_disabilities", "location_id", report)
        self._made: dict[tuple[str, bool], Location] = {}

    def of(self, places: Sequence[str], *, hidden: bool) -> tuple[Location, ...]:
        """Return the locations of a service; ``hidden`` leaves only the town."""
        return tuple(self._location(place, hidden=hidden) for place in places if place in self._rows)

    def organization_of(self, place: str) -> str:
        """Return the organization a location names."""
        return self._rows[place][1].get("organization_id", "") if place in self._rows else ""

    def streets(self, places: Sequence[str]) -> list[str]:
        """Return the street lines of locations, to take them out of texts."""
        found = [row.get("address_1", "").strip() for place in places for _, row in self._addresses.get(place, [])]
        return [street for street in found if street]

    def _location(self, place: str, *, hidden: bool) -> Location:
        if (place, hidden) not in self._made:
            self._made[place, hidden] = self._make(place, hidden=hidden)
        return self._made[place, hidden]

    def _make(self, place: str, *, hidden: bool) -> Location:
        line, row = self._rows[place]
        addresses = [self._address(at, one, hidden=hidden) for at, one in self._addresses.get(place, [])]
        shown = tuple(one for one in addresses if one is not None)
        public = bool(shown) and all(one.visibility == "public" for one in shown)
        access = [self._text(one, "accessibility", "accessibility", at) or self._text(one, "description", "accessibility", at)
                  for at, one in self._access.get(place, [])]  # fmt: skip
        # Two records of one place may be shown differently; their ids must differ too.
        return Location(
            id=stable_id(self._map.publisher, "location", f"{place}{'/hidden' if hidden else ''}"),
            name=Words(self._text(row, "name", "locations", line) if public else "", self._map.language),
            transportation=self._text(row, "transportation", "locations", line) if public else "",
            latitude=_degrees(row.get("latitude", ""), 90) if public else None,
            longitude=_degrees(row.get("longitude", ""), 180) if public else None,
            addresses=shown,
            accessibility=tuple(dict.fromkeys(text for text in access if text)),
        )

    def _address(self, line: int, row: Row, *, hidden: bool) -> Address | None:
        street = self._text(row, "address_1", "addresses", line)
        city, state = self._text(row, "city", "addresses", line), self._text(row, "state_province", "addresses", line)
        kind = row.get("address_type", "").strip().lower()
        if privacy.is_box(street) or kind == "postal":
            self._report.add("post box: nothing to visit, left out", "addresses", line)
            return None
        if hidden or privacy.is_secret(row):
            self._report.add("address kept private", "addresses", line)
            return Address("", city, state, "", visibility="area" if city else "never")
        if not street and not city:
            return None
        return Address(
            address_1=street,
            address_2=self._text(row, "address_2", "addresses", line),
            city=city,
            state_province=state,
            postal_code=self._text(row, "postal_code", "addresses", line),
            country=self._text(row, "country", "addresses", line) or self._map.region,
            visibility="public",
        )


def _degrees(text: str, most: int) -> float | None:
    try:
        value = float(text)
    except ValueError:
        return None
    return value if value and -most <= value <= most else None
