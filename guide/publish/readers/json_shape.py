"""Nested records of any version's JSON into the standard's tables: what is nested is linked, what is linked is kept."""

from __future__ import annotations

from typing import Any

from guide.publish.readers.cells import closed_by, key_of, says_no, text_of
from guide.publish.readers.objects import COLUMNS, NOT_CARRIED, column_of, plain_name, table_of
from guide.publish.readers.privacy import closes
from guide.publish.readers.stage import Stage

_DEEPEST = 12
_REMEMBERED = 200_000  # ids of organizations and places that many services repeat
_SHARED = ("organization", "location", "taxonomy_term", "taxonomy", "program", "unit")
_FORMS = {"regular_schedule": "regular", "holiday_schedule": "holiday"}
_TYPES = {
    "postal_address": "postal",
    "mail_address": "postal",
    "mailing_address": "postal",
    "physical_address": "physical",
}
_HAVE_PLACES = ("location", "service", "organization")
_WORDS = ("phone", "url", "language", "eligibility")  # objects that some sources write as a word
_ENDINGS = ("_attributes", "_collection", "_detail", "_details")
# What a record without a word of its kind is, by the fields only that kind has; the first that fits.
_KINDS = (
    ("service_at_location", {"service_id", "location_id"}), ("service_at_location", {"service", "location"}),
    ("service", {"organization"}), ("service", {"organization_id", "status"}), ("service", {"service_at_locations"}),
    ("service", {"organization_id", "eligibility_description"}), ("service", {"cost_options"}),
    ("organization", {"services"}), ("organization", {"locations"}), ("organization", {"legal_status"}),
    ("organization", {"organization_identifiers"}), ("location", {"addresses"}), ("location", {"latitude"}),
    ("location", {"physical_addresses"}), ("location", {"location_type"}), ("taxonomy_term", {"taxonomy_id"}),
    ("taxonomy_term", {"term"}), ("taxonomy_term", {"term_uri"}), ("service", {"organization_id"}),
    ("service", {"eligibility"}), ("service", {"name", "description"}), ("organization", {"name"}),
)  # fmt: skip


class Shape:
    """Takes records apart and puts their parts on the stage."""

    def __init__(self, stage: Stage, file: str) -> None:
        """Take the stage, and the name of the file the records come from."""
        self._stage, self._file = stage, file
        self._seen: set[tuple[str, str]] = set()
        self._unnamed = 0
        self._made: dict[int, int] = {}
        self._line = 0
        self.services = 0

    def put(self, record: dict[str, Any], line: int, kind: str = "") -> str:
        """Put one record with all that is nested in it on the stage; return what it was taken for."""
        self._line = line
        names = {_key(name) for name in record}
        listed = [(table, value) for name, value in record.items()
                  if isinstance(value, list) and (table := _table(name)) in COLUMNS]  # fmt: skip
        if not kind and listed and not names & {"id", "name"}:
            for table, values in listed:  # one object that holds whole tables
                for number, value in enumerate(values, 1):
                    if isinstance(value, dict):
                        self._line = number
                        self._object(table, value, {}, 0)
            return "tables"
        kind = kind or next((table for table, fields in _KINDS if fields <= names), "")
        if not kind:
            self._stage.report.add("not a record of the standard: left out", self._file, line)
            return ""
        self._object(kind, record, {}, 0)
        return kind

    def _object(self, table: str, record: dict[str, Any], parents: dict[str, str], depth: int) -> str:
        """Put one object of ``table`` and its children on the stage, and return its id."""
        report = self._stage.report
        if table in NOT_CARRIED:
            report.add(f"not carried: {table}", self._file, self._line)
            return ""
        if depth > _DEEPEST:
            report.add("nested too deeply: left out", self._file, self._line)
            return ""
        own = key_of(text_of(record.get("id", record.get(f"{table}_id", ""))))
        if table in _SHARED and own and self._is_known(table, own, record):
            return own
        if not own:
            own = self._made_id(table, record, parents)
        row: dict[str, str] = {name: key for name, key in parents.items() if name in COLUMNS[table]}
        nested = self._columns(table, record, row)
        row["id"] = own
        below = self._below(table, own, parents)
        for plain, value in nested:
            self._nested(table, plain, value, row, below, depth)
        if table != "taxonomy_term" or row.get("name") or row.get("code"):
            self._stage.add(table, row, self._file, self._line)
        if table == "service":
            self.services += 1
            if place := parents.get("location_id"):
                self._link(own, place)
        return own

    def _made_id(self, table: str, record: dict[str, Any], parents: dict[str, str]) -> str:
        """Return an id for an object that has none: of its names, so that it stays whatever stands before it."""
        if table not in ("service", "organization", "location"):
            self._unnamed += 1
            return f"#{self._unnamed}"
        self._stage.report.add("no id: made of its names", self._file, self._line)
        above = (
            [parents.get(name, "") for name in ("organization_id", "location_id")] if table != "organization" else []
        )
        name = "/".join(part for part in (*above, text_of(record.get("name")) or text_of(record.get("title"))) if part)
        made = f"made/{' '.join(name.split())[:300]}"
        mark = hash((table, made))
        self._made[mark] = self._made.get(mark, 0) + 1
        return made if self._made[mark] == 1 else f"{made}/{self._made[mark]}"

    def _is_known(self, table: str, own: str, record: dict[str, Any]) -> bool:
        """Say whether a shared object came before whole: services repeat their organization and their places."""
        if (table, own) in self._seen:
            return True
        if len(self._seen) >= _REMEMBERED:
            self._seen.clear()
        if len(record) > 1:
            self._seen.add((table, own))
        return False

    def _columns(self, table: str, record: dict[str, Any], row: dict[str, str]) -> list[tuple[str, Any]]:
        """Put the plain values of an object into ``row``, and return (name, value) of what is nested in it."""
        flags: list[str] = []
        nested: list[tuple[str, Any]] = []
        address: dict[str, str] = {}
        for name, value in record.items():
            plain = _key(name)
            if (flag := _flag(plain, value)) is not None:
                flags.append(flag)
            elif _is_nested(value):
                nested.append((plain, value))
            elif text := text_of(value):
                column = column_of(table, plain)
                if column:
                    row.setdefault(column, text)
                elif table in _HAVE_PLACES and (part := column_of("address", plain)):
                    address[part] = text
                elif _table(plain) in _WORDS:
                    nested.append((plain, value))
                elif table == "location" and plain in ("hours", "hours_of_operation"):
                    nested.append(("schedule", {"description": text}))
                else:
                    self._stage.report.add("column not carried", self._file, what=f"{table}.{name}")
        if closed_by(flags):
            row["closed"] = "yes"
        if address.get("address_1") or address.get("city"):
            _place_in(table, address, nested)
        return nested

    @staticmethod
    def _below(table: str, own: str, parents: dict[str, str]) -> dict[str, str]:
        """Return the keys that what is nested in an object gets: its own, and the organization above it."""
        below = {f"{table}_id": own, "link_id": own, "link_entity": table}
        if table == "location" and "organization_id" in parents:
            below["organization_id"] = parents["organization_id"]
        if table == "service_at_location":
            below |= {name: key for name, key in parents.items() if name == "service_id"}
        return below

    def _nested(
        self, table: str, plain: str, value: Any, row: dict[str, str], below: dict[str, str], depth: int
    ) -> None:
        """Put what is nested under ``plain`` on the stage, and its key into ``row`` where it is a parent."""
        values = value if isinstance(value, list) else [value]
        child = _table(plain)
        if not child:
            if plain == "coordinates" and len(values) == 2:
                row.setdefault("longitude", text_of(values[0])), row.setdefault("latitude", text_of(values[1]))
            elif any(isinstance(one, dict) for one in values):
                self._stage.report.add("not carried", self._file, self._line, f"{table}.{plain}")
            elif column := column_of(table, plain):
                row.setdefault(column, text_of(values))
            return
        for one in values:
            if isinstance(one, dict):
                self._child(table, plain, child, one, row, below, depth)
            elif text := text_of(one):
                self._plain_child(table, plain, child, text, row, below)

    def _child(
        self,
        table: str,
        plain: str,
        child: str,
        one: dict[str, Any],
        row: dict[str, str],
        below: dict[str, str],
        depth: int,
    ) -> None:
        above = dict(below)
        if child == "organization":
            above = {}
        if child == "location" and table in ("service", "service_at_location"):
            above = {}
        if table == "phone" and child == "language":
            code = text_of(one.get("code")) or text_of(one.get("name")) or text_of(one.get("language"))
            row["language"] = ", ".join(part for part in (row.get("language", ""), code) if part)
            return
        fixed = {}
        if plain.rstrip("s") in _TYPES:
            fixed["address_type"] = _TYPES[plain.rstrip("s")]
        if child == "schedule":
            fixed["form"] = _FORMS.get(plain.rstrip("s"), "regular" if "weekday" in one else "rule")
        own = self._object(child, one, above | fixed, depth + 1)
        if not own:
            return
        if f"{child}_id" in COLUMNS[table] and child in _SHARED and not (table == "location" and child == "service"):
            row[f"{child}_id"] = own
        if child == "service" and table == "service_at_location":
            row["service_id"] = own
        if child == "location" and table == "service":
            row.pop("location_id", None)
            self._link(row["id"], own)

    def _plain_child(
        self, table: str, plain: str, child: str, text: str, row: dict[str, str], below: dict[str, str]
    ) -> None:
        """Keep a word or a key where an object may stand: a language's name, a term's id, a page's address."""
        if child in _SHARED and f"{child}_id" in COLUMNS[table]:
            row.setdefault(f"{child}_id", text)
        elif column := column_of(table, plain):
            row[column] = ", ".join(part for part in (row.get(column, ""), text) if part)
        elif child in ("url", "phone", "language", "service_area", "required_document", "eligibility"):
            main = {"url": "url", "phone": "number", "required_document": "document", "eligibility": "eligibility"}
            self._unnamed += 1
            found = {name: key for name, key in below.items() if name in COLUMNS[child]}
            self._stage.add(
                child, {**found, "id": f"#{self._unnamed}", main.get(child, "name"): text}, self._file, self._line
            )
        else:
            self._stage.report.add("not carried", self._file, self._line, f"{table}.{plain}")

    def _link(self, service: str, place: str) -> None:
        self._stage.add("service_at_location", {"service_id": service, "location_id": place}, self._file, self._line)


def _key(name: str) -> str:
    plain = plain_name(name)
    for ending in _ENDINGS:
        plain = plain.removesuffix(ending)
    return plain


def _table(name: str) -> str:
    return table_of(_key(name))


def _is_nested(value: Any) -> bool:
    return isinstance(value, (dict, list))


def _flag(plain: str, value: Any) -> str | None:
    """Return what a flag says against showing a record, None for what is no flag."""
    if closes(plain):
        return text_of(value)
    if closes(plain, opening=True):
        return "yes" if says_no(text_of(value)) else ""
    return None


def _place_in(table: str, address: dict[str, str], nested: list[tuple[str, Any]]) -> None:
    """Nest an address whose parts stood in the object itself; its point may stand there as an object of its own."""
    at = next((n for n, (name, value) in enumerate(nested) if name == "location" and isinstance(value, dict)), -1)
    if table == "location":
        nested.append(("address", address))
    elif at >= 0:
        nested[at] = ("location", {"addresses": [address], **nested[at][1]})
    else:
        nested.append(("location", {"addresses": [address]}))
