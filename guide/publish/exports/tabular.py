"""The chosen services as an HSDS 3.x tabular data package: one CSV a table, and a descriptor."""

from __future__ import annotations

import csv
import json
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from typing import Any, BinaryIO

from guide.publish.exports.choice import Chosen
from guide.publish.exports.codec import encode
from guide.publish.exports.files import whole_folder
from guide.publish.exports.hsds import TAXONOMIES, hsds_of, made_up_giver, taxonomy_of, term_of
from guide.publish.exports.hsds_fields import OURS, WAYS, Object
from guide.publish.exports.mark import NAME, mark_of_tables
from guide.records import Address, Location, Organization, Phone, Progress, Schedule, Service, Step, Url, silent

VERSION = "3.1.0"


def _of(kind: type) -> tuple[str, ...]:
    return tuple(dict.fromkeys(way.hsds for way in WAYS[kind].values() if way.hsds))


TABLES: dict[str, tuple[str, ...]] = {
    "organization": (*_of(Organization), OURS),
    "service": (*_of(Service)[:1], "organization_id", *_of(Service)[1:], OURS),
    "location": (*_of(Location), "location_type", OURS),
    "service_at_location": ("id", "service_id", "location_id"),
    "address": ("id", "location_id", *_of(Address), OURS),
    "phone": ("id", "service_id", *_of(Phone)[1:], OURS),
    "url": ("id", "service_id", *_of(Url)[1:], OURS),
    "schedule": ("id", "service_id", "location_id", *_of(Schedule), OURS),
    "language": ("id", "service_id", "location_id", "phone_id", "code", "name"),
    "accessibility": ("id", "location_id", "description"),
    "required_document": ("id", "service_id", "document"),
    "service_area": ("id", "service_id", "name"),
    "taxonomy": ("id", "name", "description"),
    "taxonomy_term": ("id", "code", "name", "description", "taxonomy", "taxonomy_id"),
    "attribute": ("id", "link_id", "link_entity", "taxonomy_term_id"),
}
_PARENTS = {"organization_id": "organization", "service_id": "service", "location_id": "location", "phone_id": "phone",
            "taxonomy_id": "taxonomy", "taxonomy_term_id": "taxonomy_term"}  # fmt: skip


def head_of(chosen: Chosen) -> Object:
    """Return what a catalog is besides its services, for our own reader."""
    return {
        "edition": encode(chosen.edition),
        "categories": [encode(one) for one in chosen.categories],
        "tags": [encode(one) for one in chosen.tags],
        "do_not_print": [encode(one) for one in chosen.do_not_print],
    }


def write_tabular(chosen: Chosen, out: Path, progress: Progress = silent) -> int:
    """Write the package to ``out``, a folder or a zip file, and return how many services are in it.

    Raises:
        UsageError, NotFoundError, OSError.
    """
    with whole_folder(out) as folder:
        with ExitStack() as stack:
            writer = _Tables(folder, stack)
            for taxonomy in TAXONOMIES:
                writer.add("taxonomy", taxonomy_of(taxonomy))
            terms, count = chosen.terms, 0
            for (taxonomy, _), term in terms.items():
                writer.add("taxonomy_term", term_of(taxonomy, term))
            for service in chosen.services():
                writer.service(hsds_of(service, terms))
                count += 1
                if count % 500 == 0:
                    progress(Step("export", count, chosen.edition.services))
        tables = [(f"{name}.csv", partial(_bytes, folder / f"{name}.csv")) for name in TABLES]
        about = _descriptor(chosen, count, mark_of_tables(tables))
        (folder / "datapackage.json").write_text(json.dumps(about, ensure_ascii=False, indent=1), "utf-8")
    return count


class _Tables:
    """The open CSV files; a row that several services share is written once."""

    def __init__(self, folder: Path, stack: ExitStack) -> None:
        self._writers = {}
        for name, columns in TABLES.items():
            file = stack.enter_context((folder / f"{name}.csv").open("w", encoding="utf-8", newline=""))
            self._writers[name] = csv.writer(file, lineterminator="\n")
            self._writers[name].writerow(columns)
        self._shared: set[str] = set()

    def add(self, table: str, row: Object) -> None:
        self._writers[table].writerow([_cell(row.get(column)) for column in TABLES[table]])

    def service(self, service: Object) -> None:
        key = {"service_id": service["id"]}
        giver = service.get("organization") or made_up_giver(service)
        if self._is_new(giver["id"]):
            self.add("organization", giver)
        self.add("service", service | {"organization_id": giver["id"]})
        for place in service.get("service_at_locations", ()):
            self._place(place["location"])
            self.add("service_at_location", place)
        for phone in service.get("phones", ()):
            self.add("phone", phone | key)
            self._all("language", phone.get("languages", ()), {"phone_id": phone["id"]})
        self._all("url", service.get("additional_urls", ()), key)
        for table, name in (("schedule", "schedules"), ("language", "languages"), ("service_area", "service_areas"),
                            ("required_document", "required_documents"), ("attribute", "attributes")):  # fmt: skip
            self._all(table, service.get(name, ()), key)

    def _place(self, place: Object) -> None:
        if self._is_new(place["id"]):
            key = {"location_id": place["id"]}
            self.add("location", place)
            for table, name in (("address", "addresses"), ("schedule", "schedules"), ("language", "languages"),
                                ("accessibility", "accessibility")):  # fmt: skip
                self._all(table, place.get(name, ()), key)

    def _all(self, table: str, rows: Any, key: Object) -> None:
        for row in rows:
            self.add(table, row | key)

    def _is_new(self, row: str) -> bool:
        new = row not in self._shared
        self._shared.add(row)
        return new


def _cell(value: Any) -> Any:
    if isinstance(value, (dict, list)):
        return json.dumps(value, ensure_ascii=False, sort_keys=True)
    return "" if value is None else value


def _bytes(path: Path) -> BinaryIO:
    return path.open("rb")


def _descriptor(chosen: Chosen, count: int, mark: str) -> Object:
    edition = chosen.edition
    return {
        "profile": "tabular-data-package",
        "name": "human_services_data",
        "title": edition.title.text,
        "version": VERSION,
        "homepage": "http://docs.openreferral.org",
        "created": edition.data_date.isoformat() if edition.data_date else None,
        "description": f"{count} services of edition {edition.name} by {edition.publisher_name}. Facts the standard has no"
        f" field for stand as JSON in the column {OURS}.",
        "resources": [_resource(name, columns) for name, columns in TABLES.items()],
        "guide": head_of(chosen) | {NAME: mark},
    }  # fmt: skip


def _resource(name: str, columns: tuple[str, ...]) -> Object:
    keys = [column for column in columns if column in _PARENTS]
    return {
        "name": name,
        "path": f"{name}.csv",
        "profile": "tabular-data-resource",
        "schema": {
            "primaryKey": "id",
            "fields": [{"name": column, "type": "string"} for column in columns],
            "foreignKeys": [{"fields": key, "reference": {"resource": _PARENTS[key], "fields": "id"}} for key in keys],
        },
    }
