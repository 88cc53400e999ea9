"""One small directory in every form a reader takes: one open service, one flagged private, one shelter, one excluded."""

from __future__ import annotations

import csv
import io
import json
import sqlite3
import zipfile
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import yaml

FLAGGED, SHELTERS = "4711 Hidden Way", "88 Secret Lane"
OPEN = "12 Main Street"
PHONE = "(305) 253-4841"
NOTE, PERSON = "ring Ann at home", "Ann Example"
# Each secret as somebody may look for it; none may be anywhere in what is written.
SECRETS = ("hidden way", "4711", "secret lane", "88 secret", "41.4711", "-71.4711", "41.8888", "-71.8888", "ann example",
           "ring ann", "excluded thing", "305-891-8850", "8918850")  # fmt: skip
_SERVICES: list[dict[str, Any]] = [
    {"id": "a1", "name": "Food Pantry", "description": f"Groceries. Our other house at {FLAGGED} is not for visits.",
     "street": OPEN, "latitude": "41.1", "longitude": "-71.1", "private": "No", "exclude": "No"},
    {"id": "a2", "name": "Family Program", "description": f"Come to {FLAGGED.upper()}, Apt 3 on Mondays.",
     "street": FLAGGED, "latitude": "41.4711", "longitude": "-71.4711", "private": "Yes", "exclude": "No"},
    {"id": "a3", "name": "Harbor Safe House", "description": f"A home for families at {SHELTERS.replace('Lane', 'Ln.')} for a while.",
     "street": SHELTERS, "latitude": "41.8888", "longitude": "-71.8888", "private": "", "exclude": "No"},
    {"id": "a4", "name": "Excluded Thing", "description": "Nobody may read this.",
     "street": OPEN, "latitude": "41.2", "longitude": "-71.2", "private": "No", "exclude": "Yes"},
]  # fmt: skip


def tables() -> dict[str, list[dict[str, str]]]:
    """Return the directory as the standard's tables, with columns that nobody may read."""
    made: dict[str, list[dict[str, str]]] = {
        "organizations": [{"id": "o1", "name": "Harbor Agency", "internal_notes": NOTE}]
    }
    for one in _SERVICES:
        key = one["id"]
        made.setdefault("services", []).append({
            "id": key, "organization_id": "o1", "name": one["name"], "description": one["description"], "status": "active",
            "ExcludeFromWebsite": one["exclude"], "internal_notes": NOTE, "contact_name": PERSON})  # fmt: skip
        made.setdefault("locations", []).append({
            "id": f"l{key}", "organization_id": "o1", "name": f"House at {one['street']}", "latitude": one["latitude"],
            "longitude": one["longitude"], "transportation": f"Bus to {one['street']}"})  # fmt: skip
        made.setdefault("service_at_location", []).append(
            {"id": f"x{key}", "service_id": key, "location_id": f"l{key}"}
        )
        made.setdefault("addresses", []).append({
            "id": f"d{key}", "location_id": f"l{key}", "address_1": one["street"], "city": "Providence",
            "state_province": "RI", "postal_code": "02903", "country": "US", "address_type": "physical",
            "AddressIsPrivate": one["private"]})  # fmt: skip
        made.setdefault("phones", []).append({
            "id": f"p{key}", "service_id": key, "number": PHONE, "type": "voice", "IsPrivate": "No",
            "description": f"The line of {one['street']}"})  # fmt: skip
    made["phones"].append(
        {"id": "p9", "service_id": "a1", "number": "305-891-8850", "type": "voice", "IsPrivate": "Yes"}
    )
    made["contacts"] = [{"id": "c1", "service_id": "a1", "name": PERSON, "email": "ann.example@example.org"}]
    return made


def _csv(rows: list[dict[str, str]]) -> str:
    out = io.StringIO()
    writer = csv.DictWriter(out, list(dict.fromkeys(name for row in rows for name in row)), restval="")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def folder(where: Path) -> Path:
    """Write a folder of tables."""
    where.mkdir()
    for name, rows in tables().items():
        (where / f"{name}.csv").write_text(_csv(rows), "utf-8")
    return where


def zipped(where: Path) -> Path:
    """Write the tables into a zip, one folder down."""
    path = where.with_suffix(".zip")
    with zipfile.ZipFile(path, "w") as archive:
        for name, rows in tables().items():
            archive.writestr(f"export/data/{name}.csv", _csv(rows))
    return path


def workbook(where: Path) -> Path:
    """Write the tables as the sheets of a workbook."""
    from openpyxl import Workbook

    book = Workbook()
    book.remove(book.active)
    for name, rows in tables().items():
        sheet = book.create_sheet(name)
        header = list(dict.fromkeys(column for row in rows for column in row))
        sheet.append(header)
        for row in rows:
            sheet.append([row.get(column, "") for column in header])
    book.save(where.with_suffix(".xlsx"))
    return where.with_suffix(".xlsx")


def database(where: Path) -> str:
    """Write the tables into a database and return its address."""
    path = where.with_suffix(".sqlite")
    with closing(sqlite3.connect(path)) as db, db:
        for name, rows in tables().items():
            header = list(dict.fromkeys(column for row in rows for column in row))
            db.execute(f'CREATE TABLE "{name}" ({", ".join(header)})')
            db.executemany(f'INSERT INTO "{name}" VALUES ({",".join("?" * len(header))})',  # noqa: S608 - a test's own
                           [[row.get(column) for column in header] for row in rows])  # fmt: skip
    return f"sqlite:///{path}"


def nested() -> list[dict[str, Any]]:
    """Return the directory as nested records of HSDS 3.x."""
    found = tables()
    by = {name: {row["id"]: row for row in rows} for name, rows in found.items()}
    records = []
    for service in found["services"]:
        key = service["id"]
        place: dict[str, Any] = {**by["locations"][f"l{key}"], "location_type": "physical"}
        place["addresses"] = [by["addresses"][f"d{key}"]]
        records.append({
            **service, "organization": by["organizations"]["o1"],
            "phones": [row for row in found["phones"] if row["service_id"] == key],
            "contacts": [row for row in found["contacts"] if row["service_id"] == key],
            "service_at_locations": [{"id": f"x{key}", "location": place}],
        })  # fmt: skip
    return records


def _json(where: Path, content: Any, suffix: str = ".json") -> Path:
    path = where.with_suffix(suffix)
    path.write_text(content if isinstance(content, str) else json.dumps(content), "utf-8")
    return path


def flat() -> list[dict[str, str]]:
    """Return the directory as rows of a table of its own form."""
    return [{"Ref": one["id"], "Programme": one["name"], "Agency": "Harbor Agency", "What": one["description"],
             "Street": one["street"], "Town": "Providence", "State": "RI", "Zip": "02903", "Lat": one["latitude"],
             "Lon": one["longitude"], "Tel": PHONE, "Address Is Private": one["private"], "Do Not Publish": one["exclude"],
             "Internal Notes": NOTE, "Contact Name": PERSON} for one in _SERVICES]  # fmt: skip


MAP = {"table": {"columns": {
    "id": "Ref", "name": "Programme", "organization": "Agency", "description": "What", "address_1": "Street", "city": "Town",
    "state_province": "State", "postal_code": "Zip", "latitude": "Lat", "longitude": "Lon", "phone": "Tel"}}}  # fmt: skip


def icarol() -> list[dict[str, str]]:
    """Return the directory as an iCarol export has it."""
    rows = [{"ResourceAgencyNum": "o1", "PublicName": "Harbor Agency", "TaxonomyLevelName": "Agency", "ParentAgencyNum": "o1",
             "AgencyStatus": "Active", "ExcludeFromWebsite": "No"}]  # fmt: skip
    for one in _SERVICES:
        rows.append({
            "ResourceAgencyNum": one["id"], "PublicName": one["name"], "TaxonomyLevelName": "Program",
            "ParentAgency": "Harbor Agency", "ParentAgencyNum": "o1", "AgencyStatus": "Active",
            "ExcludeFromWebsite": one["exclude"], "AgencyDescription": one["description"], "PhysicalAddress1": one["street"],
            "PhysicalCity": "Providence", "PhysicalStateProvince": "RI", "PhysicalPostalCode": "02903",
            "PhysicalAddressIsPrivate": one["private"] or "No", "Latitude": one["latitude"], "Longitude": one["longitude"],
            "Phone1Number": PHONE, "Phone1IsPrivate": "No", "Phone2Number": "305-891-8850", "Phone2IsPrivate": "Yes",
            "InternalNotes": NOTE, "MainContactName": PERSON, "LastVerifiedByName": PERSON,
        })  # fmt: skip
    return rows


def features() -> dict[str, Any]:
    """Return the directory as GeoJSON."""
    return {"type": "FeatureCollection", "features": [
        {"type": "Feature", "id": row["Ref"], "properties": row,
         "geometry": {"type": "Point", "coordinates": [float(row["Lon"]), float(row["Lat"])]}} for row in flat()]}  # fmt: skip


def old_british() -> list[dict[str, Any]]:
    """Return the directory as Open Referral UK 1.0 wrote it."""
    records = []
    for record in nested():
        (link,) = record.pop("service_at_locations")
        place = link["location"]
        place["physical_addresses"] = place.pop("addresses")
        records.append(record | {"service_at_locations": [{"id": link["id"], "location": place}]})
    return records


def ohana() -> dict[str, Any]:
    """Return the directory as older Ohana feeds nest it."""
    return {"name": "Harbor Agency", "locations": [
        {"name": one["name"], "description": one["description"], "address_attributes": {
            "street": one["street"], "city": "Providence", "state": "RI", "zip": "02903", "is_private": one["private"]},
         "coordinates": [one["longitude"], one["latitude"]], "phones_attributes": [{"number": PHONE}],
         "contacts_attributes": [{"name": PERSON}],
         "services_attributes": [{"name": one["name"], "description": one["description"], "keywords": ["food"],
                                  "exclude_from_website": one["exclude"]}]} for one in _SERVICES]}  # fmt: skip


def _own_workbook(where: Path) -> Path:
    from openpyxl import Workbook

    book = Workbook()
    rows = flat()
    book.active.append(list(rows[0]))
    for row in rows:
        book.active.append(list(row.values()))
    book.save(where.with_suffix(".xlsx"))
    return where.with_suffix(".xlsx")


def mapping_file(where: Path) -> Path:
    """Write the mapping of the table of its own form."""
    where.write_text(yaml.safe_dump(MAP), "utf-8")
    return where


# Each form: what writes it, and whether it needs the mapping.
FORMS: dict[str, tuple[Callable[[Path], Path | str], bool]] = {
    "tables in a folder": (folder, False),
    "tables in a zip": (zipped, False),
    "sheets of a workbook": (workbook, False),
    "a database": (database, False),
    "nested JSON, a list": (lambda where: _json(where, nested()), False),
    "nested JSON, a page": (
        lambda where: _json(where, {"total_items": 4, "total_pages": 1, "contents": nested()}),
        False,
    ),
    "nested JSON, one a line": (lambda where: _json(where, "\n".join(map(json.dumps, nested())), ".ndjson"), False),
    "linked tables in one JSON object": (lambda where: _json(where, tables()), False),
    "Open Referral UK 1.0": (lambda where: _json(where, {"totalElements": 4, "content": old_british()}), False),
    "Ohana's JSON": (lambda where: _json(where, ohana()), False),
    "an iCarol export": (lambda where: _json(where, _csv(icarol()), ".csv"), False),
    "a table of its own form": (lambda where: _json(where, _csv(flat()), ".csv"), True),
    "a workbook of its own form": (_own_workbook, True),
    "JSON of its own form": (lambda where: _json(where, flat()), True),
    "GeoJSON": (lambda where: _json(where, features(), ".geojson"), True),
}
