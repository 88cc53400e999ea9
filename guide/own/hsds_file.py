"""Own services as an HSDS 3.x tabular data package in a zip: what any other directory can read (DATA 1.4)."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from guide.records import Channel, Phone, Schedule, Service

_KINDS = {Channel.TTY: "textphone", Channel.VIDEOPHONE: "video", Channel.WHATSAPP: "cell"}
_TABLES: dict[str, tuple[str, ...]] = {
    "organizations": ("id", "name", "description"),
    "services": ("id", "organization_id", "name", "alternate_name", "description", "url", "email", "status",
                 "application_process", "fees_description", "eligibility_description", "minimum_age", "maximum_age",
                 "assured_date", "alert"),
    "phones": ("id", "service_id", "number", "extension", "type", "description"),
    "schedules": ("id", "service_id", "freq", "byday", "opens_at", "closes_at", "valid_from", "valid_to", "interval",
                  "bymonthday", "dtstart", "description"),
    "languages": ("id", "service_id", "code", "name"),
    "required_documents": ("id", "service_id", "document"),
    "service_areas": ("id", "service_id", "name"),
    "locations": ("id", "location_type", "name", "transportation"),
    "services_at_location": ("id", "service_id", "location_id"),
    "addresses": ("id", "location_id", "address_1", "address_2", "city", "state_province", "postal_code", "country",
                  "address_type"),
}  # fmt: skip
Rows = dict[str, list[dict[str, Any]]]


def write_package(services: Iterable[Service], path: Path) -> None:
    """Write the package. Closed addresses are never in it: HSDS has no word for "closed" (SAFETY L1).

    Raises OSError.
    """
    rows: Rows = {table: [] for table in _TABLES}
    for service in services:
        for table, row in _rows(service):
            if row["id"] not in {one["id"] for one in rows[table]} or table != "organizations":
                rows[table].append(row)
    resources = [{"name": table, "path": f"{table}.csv", "schema": {"fields": [{"name": c, "type": "string"} for c in columns]}}
                 for table, columns in _TABLES.items()]  # fmt: skip
    fresh = path.with_name(path.name + ".new")
    with zipfile.ZipFile(fresh, "w", zipfile.ZIP_DEFLATED) as archive:
        about = {
            "name": "own-services",
            "title": "Human Services Data Specification",
            "version": "3.0.0",
            "resources": resources,
        }
        _write(archive, "datapackage.json", json.dumps(about, indent=1))
        for table, columns in _TABLES.items():
            text = io.StringIO(newline="")
            writer = csv.DictWriter(text, columns, restval="", lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows[table])
            _write(archive, f"{table}.csv", text.getvalue())
    fresh.replace(path)


def _write(archive: zipfile.ZipFile, name: str, text: str) -> None:
    """Write one file with a fixed date: the same services give the same bytes."""
    archive.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), text.encode(), zipfile.ZIP_DEFLATED)


def _rows(service: Service) -> Iterator[tuple[str, dict[str, Any]]]:
    giver = service.organization
    if giver is not None:
        yield "organizations", {"id": giver.id, "name": giver.name.text, "description": giver.name.text}
    yield "services", {
        "id": service.id, "organization_id": giver.id if giver else "", "name": service.name.text,
        "alternate_name": service.alternate_name, "description": service.description.text, "url": service.url,
        "email": service.email, "status": service.status, "application_process": service.application_process.text,
        "fees_description": service.cost.text, "eligibility_description": service.eligibility.text,
        "minimum_age": _number(service.minimum_age), "maximum_age": _number(service.maximum_age),
        "assured_date": service.assured_date.isoformat() if service.assured_date else "", "alert": service.alert.text,
    }  # fmt: skip
    for n, phone in enumerate(service.phones):
        yield "phones", {"id": f"{service.id}-phone-{n}", "service_id": service.id, "extension": phone.extension,
                         "number": _shown(phone), "type": _KINDS.get(phone.channel, phone.channel.value),
                         "description": phone.note.text}  # fmt: skip
    for n, one in enumerate(service.schedules):
        yield (
            "schedules",
            {"id": f"{service.id}-schedule-{n}", "service_id": service.id, **_schedule(one, service.hours.text)},
        )
    if not service.schedules and service.hours:
        yield (
            "schedules",
            {"id": f"{service.id}-schedule-0", "service_id": service.id, "description": service.hours.text},
        )
    for kind, column, texts in (
        ("languages", "code", service.languages), ("service_areas", "name", service.service_areas),
        ("required_documents", "document", tuple(w.text for w in service.required_documents)),
    ):  # fmt: skip
        for n, text in enumerate(texts):
            yield kind, {"id": f"{service.id}-{kind}-{n}", "service_id": service.id, column: text}
    for place in service.locations:
        open_to_all = [a for a in place.addresses if a.visibility == "public"]
        if not open_to_all or len(open_to_all) != len(place.addresses):
            continue
        yield "locations", {"id": place.id, "location_type": "physical", "name": place.name.text,
                            "transportation": place.transportation}  # fmt: skip
        yield "services_at_location", {"id": f"{place.id}-at", "service_id": service.id, "location_id": place.id}
        for n, a in enumerate(open_to_all):
            yield "addresses", {"id": f"{place.id}-{n}", "location_id": place.id, "address_1": a.address_1,
                                "address_2": a.address_2, "city": a.city, "state_province": a.state_province,
                                "postal_code": a.postal_code, "country": a.country, "address_type": a.address_type}  # fmt: skip


def _shown(phone: Phone) -> str:
    word = phone.word("en")
    return f"text {word} to {phone.published}" if phone.channel is Channel.TEXT and word else phone.published


def _schedule(one: Schedule, hours: str) -> dict[str, Any]:
    return {
        "freq": one.freq, "byday": ",".join(one.byday), "opens_at": one.opens_at.isoformat("minutes") if one.opens_at else "",
        "closes_at": one.closes_at.isoformat("minutes") if one.closes_at else "",
        "valid_from": one.valid_from.isoformat() if one.valid_from else "",
        "valid_to": one.valid_to.isoformat() if one.valid_to else "", "interval": one.interval,
        "bymonthday": ",".join(map(str, one.bymonthday)), "dtstart": one.dtstart.isoformat() if one.dtstart else "",
        "description": one.description or hours,
    }  # fmt: skip


def _number(value: int | None) -> str:
    return "" if value is None else str(value)
