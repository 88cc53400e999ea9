"""Keys between tables: which hold, which do not, and whether a package is broken as a whole."""

from __future__ import annotations

from collections import defaultdict

from guide.errors import SourceDataError
from guide.publish.readers.package import Package, Row
from guide.publish.report import Report

# child table -> (column, parent table)
_KEYS = {
    "services": (("organization_id", "organizations"),),
    "locations": (("organization_id", "organizations"),),
    "phones": (("service_id", "services"), ("location_id", "locations"), ("organization_id", "organizations")),
    "services_at_location": (("service_id", "services"), ("location_id", "locations")),
    "addresses": (("location_id", "locations"),),
    "services_taxonomy": (("service_id", "services"),),
    "languages": (("service_id", "services"), ("location_id", "locations")),
    "regular_schedules": (("service_id", "services"), ("location_id", "locations")),
}
_BROKEN = 0.95


def check_keys(package: Package, report: Report, source: str) -> None:
    """Count keys that lead nowhere; refuse a package in which nearly all do.

    Raises:
        SourceDataError: the tables do not belong together.
    """
    filled = orphans = 0
    for table, keys in _KEYS.items():
        for column, parent in keys:
            ids = package.ids(parent)
            if not package.rows(parent):
                continue
            for line, row in package.rows(table):
                key = row.get(column, "").strip()
                if key:
                    filled += 1
                    if key not in ids:
                        orphans += 1
                        report.add(f"{column} leads nowhere", table, line, key)
    if filled and orphans / filled >= _BROKEN:
        raise SourceDataError(
            f"The tables of {source} do not belong together: {orphans:,} of {filled:,} keys lead to no row. "
            "The ids were probably renumbered when it was exported; ask for a new export.",
            source=source,
            keys=filled,
            orphans=orphans,
        )


def at_locations(package: Package, report: Report) -> dict[str, list[str]]:
    """Return the location ids of each service; columns that were swapped are read the right way round."""
    services, locations = package.ids("services"), package.ids("locations")
    rows = package.rows("services_at_location")

    def fits(row: Row, service: str, location: str) -> bool:
        return row.get(service, "") in services and row.get(location, "") in locations

    straight = sum(fits(row, "service_id", "location_id") for _, row in rows)
    swapped = sum(fits(row, "location_id", "service_id") for _, row in rows)
    names = ("service_id", "location_id")
    if swapped > straight:
        names = ("location_id", "service_id")
        report.add("columns were swapped, read the right way", "services_at_location")
    found: dict[str, list[str]] = defaultdict(list)
    for line, row in rows:
        if fits(row, *names):
            if row[names[1]] not in found[row[names[0]]]:
                found[row[names[0]]].append(row[names[1]])
        else:
            report.add("link to a row that is not there", "services_at_location", line)
    for line, row in package.rows("services"):
        if (place := row.get("location_id", "")) in locations and place not in found[row.get("id", "")]:
            found[row.get("id", "")].append(place)
            report.add("location taken from the service's row", "services", line)
    return found


def grouped(package: Package, table: str, column: str, report: Report) -> dict[str, list[tuple[int, Row]]]:
    """Return a child table's rows by their parent; rows without a parent are counted and dropped."""
    found: dict[str, list[tuple[int, Row]]] = defaultdict(list)
    for line, row in package.rows(table):
        if key := row.get(column, "").strip():
            found[key].append((line, row))
        elif table in ("eligibility", "required_documents", "services_taxonomy", "service_areas"):
            report.add(f"no {column}: dropped", table, line)
    return found
