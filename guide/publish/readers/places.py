"""Locations of a source: addresses that may be shown, and nothing that gives away one that may not (L1)."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from guide.publish.ids import stable_id
from guide.publish.mapping import Mapping
from guide.publish.readers import privacy
from guide.publish.readers.batch import Batch
from guide.publish.readers.cells import bare
from guide.publish.readers.stage import Row
from guide.publish.report import Report
from guide.records import NOTHING, Address, Location, Words

Text = Callable[[Row, str], str]


class Places:
    """Makes locations for the services of one batch after another; a shared one is made once a batch."""

    def __init__(self, mapping: Mapping, report: Report, files: Sequence[str], text: Text) -> None:
        """Take what cleans and counts a text."""
        self._map, self._report, self._files, self._text = mapping, report, files, text

    def of(self, batch: Batch, places: Sequence[str], *, hidden: bool = False) -> tuple[Location, ...]:
        """Return the locations of a service; what is closed of them, or ``hidden``, leaves only the town."""
        return tuple(self._make(batch, batch.places[place], hidden) for place in places if place in batch.places)

    def _make(self, batch: Batch, row: Row, hidden: bool) -> Location:
        name = "made hidden" if hidden else "made"
        made: Location | None = row.get(name)
        if made is None:
            made = row[name] = self._location(batch, row, hidden)
        return made

    def _location(self, batch: Batch, row: Row, hidden: bool) -> Location:
        place = row["id"]
        found = [self._address(one, hidden) for one in batch.of("address", "location_id", place)]
        shown = tuple(one for one in found if one is not None)
        open_to_all = not hidden and not row["closed"] and all(one.visibility == "public" for one in shown)
        public = open_to_all and bool(shown)
        access = [self._text(one, "description") or self._text(one, "details")
                  for one in batch.of("accessibility", "location_id", place)]  # fmt: skip
        access += [part.strip() for part in self._text(row, "accessibility").replace(";", ",").split(",")]
        language = self._map.language
        return Location(
            # Two records of one place may be shown differently; their ids must differ too.
            id=stable_id(self._map.publisher, "location", f"{place}/hidden" if hidden else place),
            name=Words(self._text(row, "name") if open_to_all else "", language),
            description=Words(self._text(row, "description"), language) if public else NOTHING,
            transportation=self._text(row, "transportation") if public else "",
            latitude=_degrees(row["latitude"], 90) if public else None,
            longitude=_degrees(row["longitude"], 180) if public else None,
            addresses=tuple(dict.fromkeys(shown)),
            accessibility=tuple(dict.fromkeys(text for text in access if text)),
        )

    def _address(self, row: Row, hidden: bool) -> Address | None:
        city, state = self._text(row, "city"), self._text(row, "state_province")
        if len(state) <= 1 or state.lstrip("-").isdigit():
            state = ""  # "-1" and " " are what some exports write where there is none
        file, line = self._files[row["file"]], row["line"]
        if row["closed"] or hidden:
            return Address("", city, state, "", country=self._country(row), visibility="area" if city else "never")
        street, second = self._text(row, "address_1"), self._text(row, "address_2")
        if privacy.is_box(street) and second and not privacy.is_box(second) and second[:1].isdigit():
            street, second = second, ""
        if privacy.is_box(street) or row["address_type"].strip().lower() in ("postal", "mailing", "mail"):
            self._report.add("post box or postal address: nothing to visit, left out", file, line)
            return None
        if not street and not city:
            return None
        return Address(
            address_1=street or second,
            address_2=second if street else "",
            city=city,
            state_province=state,
            postal_code=self._text(row, "postal_code"),
            country=self._country(row),
            visibility="public",
        )

    def _country(self, row: Row) -> str:
        country = bare(self._text(row, "country"))
        return country if len(country) > 1 and not country.lstrip("-").isdigit() else self._map.region


def _degrees(text: str, most: int) -> float | None:
    try:
        value = float(text)
    except ValueError:
        return None
    return value if value and -most <= value <= most else None
