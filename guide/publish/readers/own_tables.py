"""The tables of an export of ours, kept on the disk while its services are put together again: memory stays flat."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO

from guide.publish.exports.hsds import is_made_up
from guide.publish.exports.hsds_fields import OURS, Object
from guide.publish.scratch import Scratch
from guide.publish.spill import private_database

MADE_UP = "made_up_organization"  # of a service that has none: only its flags are looked at
_LONGEST = 1 << 24
# Children of a parent, by the name they have in a nested object; some belong to one of several.
_CHILDREN = {
    "phone": (("service_id",), "phones"), "url": (("service_id",), "additional_urls"),
    "attribute": (("link_id",), "attributes"), "required_document": (("service_id",), "required_documents"),
    "service_area": (("service_id",), "service_areas"), "address": (("location_id",), "addresses"),
    "accessibility": (("location_id",), "accessibility"), "service_at_location": (("service_id",), "service_at_locations"),
    "schedule": (("phone_id", "service_id", "location_id"), "schedules"),
    "language": (("phone_id", "service_id", "location_id"), "languages"),
}  # fmt: skip
_TABLE = "CREATE TABLE row(n INTEGER PRIMARY KEY, part TEXT, owner TEXT, body TEXT)"


class OwnTables:
    """Every row by its table and by what it belongs to (a child's parent, else its own id)."""

    def __init__(self, folder: Path) -> None:
        """Put the file into ``folder``. Raises OSError, sqlite3.OperationalError."""
        self._folder = Scratch(folder, "read")
        try:
            self._db = private_database(self._folder.path / "rows", _TABLE)
        except BaseException:
            self._folder.close()
            raise

    def __enter__(self) -> OwnTables:
        """Return itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Throw the file away."""
        self._db.close()
        self._folder.close()

    def fill(self, table: str, file: BinaryIO) -> None:
        """Take one CSV file in. Raises ValueError, KeyError, csv.Error (as ValueError): it is none of ours."""
        links, name = _CHILDREN.get(table, (("id",), ""))
        csv.field_size_limit(_LONGEST)
        with io.TextIOWrapper(file, encoding="utf-8-sig", newline="") as text:
            self._db.executemany(
                "INSERT INTO row(part, owner, body) VALUES(?,?,?)",
                ((name or table, _owner(row, links), json.dumps(row)) for row in _rows(text)),
            )

    def index(self) -> None:
        """Make what rows are looked up by; after everything is in."""
        self._db.execute("CREATE INDEX row_of ON row(owner, part)")

    def services(self) -> Iterator[Object]:
        """Yield every service as a nested object, in the order of its table. Raises KeyError: a row is not there."""
        for (body,) in self._db.execute("SELECT body FROM row WHERE part = 'service' ORDER BY n"):
            row: Object = json.loads(body)
            own: dict[str, Any] = self._below(row["id"])
            own["phones"] = [phone | self._below(phone["id"]) for phone in own.get("phones", ())]
            own["attributes"] = [
                one | {"taxonomy_term": self._one("taxonomy_term", one["taxonomy_term_id"])}
                for one in own.get("attributes", ())
            ]
            own["service_at_locations"] = [
                one | {"location": self._one("location", one["location_id"]) | self._below(one["location_id"])}
                for one in own.get("service_at_locations", ())
            ]
            giver = row["organization_id"]
            own[MADE_UP if is_made_up(giver, row["id"]) else "organization"] = self._one("organization", giver)
            yield row | own

    def _below(self, owner: str) -> dict[str, Any]:
        """Return what belongs to a record, by the name it has in a nested object."""
        found: dict[str, Any] = {}
        for part, body in self._db.execute("SELECT part, body FROM row WHERE owner = ? ORDER BY n", (owner,)):
            if part in _PARTS:
                found.setdefault(part, []).append(json.loads(body))
        return found

    def _one(self, table: str, key: str) -> Object:
        found = self._db.execute("SELECT body FROM row WHERE owner = ? AND part = ?", (key, table)).fetchone()
        if found is None:
            raise KeyError(f"{table} {key}")
        row: Object = json.loads(found[0])
        return row


_PARTS = frozenset(name for _, name in _CHILDREN.values())


def _owner(row: Object, links: tuple[str, ...]) -> str:
    found = next((row[link] for link in links if row.get(link)), None)
    if found is None:
        raise KeyError(f"a row of no {links[-1]}")
    return str(found)


def _rows(text: io.TextIOWrapper) -> Iterator[Object]:
    try:
        for row in csv.DictReader(text, strict=True):
            if None in row:
                raise ValueError("a row has more cells than its table has columns")
            found: Object = {name: value for name, value in row.items() if value}
            if OURS in found:
                found[OURS] = json.loads(found[OURS])
            yield found
    except csv.Error as error:
        raise ValueError(str(error)) from error
