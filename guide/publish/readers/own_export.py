"""Reads what ``guide export`` wrote, tables or JSON, into the very catalog it came from."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from guide.errors import SourceDataError
from guide.publish.build import CatalogSource
from guide.publish.exports.codec import decode
from guide.publish.exports.hsds import is_made_up, service_of
from guide.publish.exports.hsds_fields import OURS, Object
from guide.records import Category, DoNotPrint, Edition, Tag

_WRONG = (KeyError, TypeError, ValueError, AttributeError, IndexError)
csv.field_size_limit(1 << 24)
# Children of a parent, by the name they have in a nested object.
_CHILDREN = {
    "phone": ("service_id", "phones"), "url": ("service_id", "additional_urls"), "attribute": ("link_id", "attributes"),
    "required_document": ("service_id", "required_documents"), "service_area": ("service_id", "service_areas"),
    "address": ("location_id", "addresses"), "accessibility": ("location_id", "accessibility"),
    "service_at_location": ("service_id", "service_at_locations"),
}  # fmt: skip
_OF_ANY = {"schedule": "schedules", "language": "languages"}


def is_own_export(path: Path) -> bool:
    """Say whether ``path`` is an export of ours: it brings its edition with it."""
    try:
        if path.suffix.lower() == ".json":
            with path.open("rb") as file:
                file.seek(max(0, path.stat().st_size - (4 << 20)))
                return b'"guide": {"edition"' in file.read()
        if path.is_dir():
            text = (path / "datapackage.json").read_text("utf-8-sig")
        else:
            with zipfile.ZipFile(path) as archive:
                text = archive.read("datapackage.json").decode("utf-8-sig")
        return "edition" in json.loads(text)["guide"]
    except (OSError, ValueError, KeyError, TypeError, zipfile.BadZipFile):
        return False


def read_own_export(path: Path) -> CatalogSource:
    """Return the catalog of an export. Raises SourceDataError with what is wrong."""
    try:
        if path.suffix.lower() == ".json":
            body = json.loads(path.read_text("utf-8"))
            head, services = body["guide"], body["contents"]
        else:
            files = _files(path)
            head, services = json.loads(files["datapackage.json"])["guide"], _nested(files)
        return CatalogSource(
            edition=decode(Edition, head["edition"]),
            categories=decode(tuple[Category, ...], head["categories"]),
            tags=decode(tuple[Tag, ...], head["tags"]),
            services=tuple(service_of(one) for one in services),
            do_not_print=decode(tuple[DoNotPrint, ...], head["do_not_print"]),
        )
    except (*_WRONG, OSError, zipfile.BadZipFile) as error:
        raise SourceDataError(f"This export cannot be read: {error}.", source=str(path)) from error


def _files(path: Path) -> Mapping[str, str]:
    if path.is_dir():
        return {
            one.name: one.read_bytes().decode("utf-8-sig") for one in path.iterdir() if one.suffix in (".csv", ".json")
        }
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name).decode("utf-8-sig") for name in archive.namelist()}


def _nested(files: Mapping[str, str]) -> Iterator[Object]:
    """Yield the services of the tables as nested objects."""
    rows = {name.removesuffix(".csv"): list(_rows(text)) for name, text in files.items() if name.endswith(".csv")}
    below: dict[str, dict[str, list[Object]]] = defaultdict(lambda: defaultdict(list))
    for table, (link, name) in _CHILDREN.items():
        for row in rows.get(table, ()):
            below[row[link]][name].append(row)
    for table, name in _OF_ANY.items():
        for row in rows.get(table, ()):
            owner = row.get("phone_id") or row.get("service_id") or row["location_id"]
            below[owner][name].append(row)
    terms = {row["id"]: row for row in rows["taxonomy_term"]}
    givers = {row["id"]: row for row in rows["organization"]}
    places = {row["id"]: row | below[row["id"]] for row in rows.get("location", ())}
    for row in rows["service"]:
        own: dict[str, Any] = dict(below[row["id"]])
        own["phones"] = [phone | below[phone["id"]] for phone in own.get("phones", ())]
        own["attributes"] = [
            one | {"taxonomy_term": terms[one["taxonomy_term_id"]]} for one in own.get("attributes", ())
        ]
        own["service_at_locations"] = [
            one | {"location": places[one["location_id"]]} for one in own.get("service_at_locations", ())
        ]
        giver = row["organization_id"]
        yield row | own | ({} if is_made_up(giver, row["id"]) else {"organization": givers[giver]})


def _rows(text: str) -> Iterator[Object]:
    for row in csv.DictReader(io.StringIO(text, newline=""), strict=True):
        found: Object = {name: value for name, value in row.items() if value}
        if OURS in found:
            found[OURS] = json.loads(found[OURS])
        yield found
