"""Puts the records of a table of its own form on the stage, as its map says: one row, one service, or by levels."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache

from guide.publish.readers.addresses import split_address
from guide.publish.readers.cells import bare, key_of, keys_of, says_yes
from guide.publish.readers.privacy import closes, leaves_out
from guide.publish.readers.stage import Stage
from guide.publish.readers.table_map import Record, Spec, TableMap, value

_SERVICE = ("name", "alternate_name", "description", "url", "status", "application_process", "fees_description",
            "wait_time", "eligibility_description", "minimum_age", "maximum_age", "assured_date", "last_modified", "alert",
            "interpretation_services", "languages", "required_documents", "service_areas", "payments", "hours")  # fmt: skip
_ADDRESS = ("address_1", "address_2", "city", "state_province", "postal_code", "country")
_PHONES = (("phone", ""), ("fax", "fax"), ("tty", "tty"), ("text_number", "text"))
_TRANSLATED = (
    "name",
    "description",
    "application_process",
    "fees_description",
    "eligibility_description",
    "alert",
    "hours",
)
_LISTS = ("languages", "service_areas", "required_documents")


@lru_cache(maxsize=1 << 12)
def _leaves_out(head: str) -> bool:
    return leaves_out(head)


@lru_cache(maxsize=1 << 12)
def _closes_address(head: str) -> bool:
    """Say whether a column, named in the map or not, closes the address of its row."""
    return closes(head) and not leaves_out(head) and not head.startswith(("mail", "post", "other"))


def key_in(record: Record, table: TableMap) -> str:
    """Return the id of a record: its columns joined, where one does not tell records apart."""
    return "/".join(part for one in table.columns.get("id", ()) if (part := key_of(value(record, (one,)))))


class Mapped:
    """Takes records apart by a map and puts their parts on the stage."""

    def __init__(self, table: TableMap, stage: Stage, file: str) -> None:
        """Take the map, the stage, and the name of the file the records come from."""
        self._map, self._stage, self._file = table, stage, file
        self._givers: set[str] = set()
        self._parents: dict[str, str] = {}

    def put(self, records: Iterable[tuple[int, Record]]) -> int:
        """Put every record on the stage and return how many there were."""
        count = 0
        for line, record in records:
            count += 1
            if self._is_left_out(record, line):
                continue
            role = self._role(record, line)
            if role == "organization":
                self._organization_row(record, line)
            elif role == "location":
                self._site_row(record, line)
            elif role == "service_at_location":
                self._link_row(record, line)
            elif role == "service":
                self._service_row(record, line, key_in(record, self._map))
        self._keep_agencies()
        for key, name in self._parents.items():
            if key not in self._givers:
                self._add("organization", {"id": key, "name": name}, 0)
        return count

    def translate(self, record: Record, other: Record, language: str) -> None:
        """Keep the words of ``other``, the same record in another language."""
        key = key_in(record, self._map)
        for name in _TRANSLATED:
            first, text = self._text(record, name), self._text(other, name)
            if text and text != first:
                self._add("translation", {"id": key, "table_name": "service", "field": name, "language": language,
                                          "text": text}, 0)  # fmt: skip

    # --- what a record is ---------------------------------------------------------------------------
    def _is_left_out(self, record: Record, line: int) -> bool:
        for column, words in self._map.leave_out.items():
            if bare(value(record, (column,))).lower() in words:
                self._stage.report.add("excluded by its source: left out", self._file, line, column)
                return True
        flags = [*self._map.closed_by, *(head for head in record if _leaves_out(head))]
        for column in flags:
            if says_yes(value(record, (column,))):
                self._stage.report.add("excluded by its source: left out", self._file, line, column)
                return True
        return False

    def _role(self, record: Record, line: int) -> str:
        levels = self._map.levels
        if not levels:
            return "service"
        said = value(record, (str(levels.get("column", "")),)).strip().lower().replace(" ", "")
        for role in ("organization", "location", "service", "service_at_location"):
            if said in [str(word).lower().replace(" ", "") for word in levels.get(role) or ()]:
                return role
        self._stage.report.add("level not known: left out", self._file, line, said)
        return ""

    # --- rows ---------------------------------------------------------------------------------------
    def _organization_row(self, record: Record, line: int) -> None:
        key = key_in(record, self._map)
        self._givers.add(key)
        row = {name: self._text(record, name) for name in ("name", "alternate_name", "url", "status")}
        self._add("organization", row | {"id": key}, line)
        self._phones(record, line, {"organization_id": key})
        # An agency is a service, too, if it is filed under needs of its own; if not, where nobody else gives one for it.
        self._service_row(record, line, key, giver=key, spare=not self._is_filed(record))

    def _site_row(self, record: Record, line: int) -> None:
        """Put a site on the stage: a place, and a service as well where it is filed under needs of its own."""
        key, name, giver = key_in(record, self._map), self._text(record, "name"), self._giver(record, line)
        self._place(record, line, key, name, giver)
        if self._is_filed(record):
            self._service_row(record, line, key, giver=giver, at=key)

    def _is_filed(self, record: Record) -> bool:
        return bool(self._text(record, "codes") or self._text(record, "terms"))

    def _keep_agencies(self) -> None:
        """Keep the services of agencies that have no other; those of the rest were only spare."""
        db = self._stage.db
        others = "(SELECT organization_id FROM service WHERE closed <> 'spare')"
        db.execute(f"DELETE FROM service WHERE closed = 'spare' AND organization_id IN {others}")  # noqa: S608
        self._stage.told("an agency without programs: taken for a service",
                         "SELECT file, line, '' FROM service WHERE closed = 'spare'")  # fmt: skip
        db.execute("UPDATE service SET closed = '' WHERE closed = 'spare'")

    def _service_row(
        self, record: Record, line: int, key: str, giver: str = "", *, spare: bool = False, at: str = ""
    ) -> None:
        """Put a service on the stage; ``at`` is its place where that is there already."""
        giver = giver or self._giver(record, line)
        row = {name: self._text(record, name) for name in _SERVICE}
        for name in _LISTS:
            row[name] = ", ".join(part.strip() for part in row[name].split(self._map.split) if part.strip())
        row["name"] = row["name"] or self._text(record, "program") or self._text(record, "organization")
        place = key_of(self._text(record, "location_id")) or f"{key}/place"
        if not key:
            key = "/".join(dict.fromkeys(p for p in ("made", giver, row["name"], self._street(record)) if p))
            place = f"{key}/place"
            self._stage.report.add("no id: made of its names", self._file, line)
        codes = [
            part.strip() for part in self._text(record, "codes").replace("*", self._map.split).split(self._map.split)
        ]
        row["terms"] = ", ".join(dict.fromkeys(code for code in codes if code))
        self._add("service", row | {"id": key, "organization_id": giver, "closed": "spare" if spare else ""}, line)
        for term in dict.fromkeys(self._text(record, "terms").split(self._map.split)):
            if term.strip():
                self._add("attribute", {"link_id": key, "link_entity": "service", "label": term.strip()}, line)
        if not at:
            self._phones(record, line, {"service_id": key})
        linked = keys_of(value(record, (str(self._map.levels.get("site", "")),))) if self._map.levels else []
        if at or self._place(record, line, place, self._text(record, "location_name"), giver):
            linked = [*linked, at or place]
        for site in linked:
            self._add("service_at_location", {"id": f"{key}/{site}", "service_id": key, "location_id": site}, line)

    def _link_row(self, record: Record, line: int) -> None:
        sites = keys_of(value(record, (str(self._map.levels["site"]),)))
        programs = keys_of(value(record, (str(self._map.levels["program"]),)))
        if not sites or not programs:
            self._stage.report.add("link to a row that is not there", self._file, line)
        for site in sites:
            for program in programs:
                key = f"{program}/{site}"
                self._add("service_at_location", {"id": key, "service_id": program, "location_id": site}, line)
                self._phones(record, line, {"service_at_location_id": key})
                if hours := self._text(record, "hours"):
                    self._add("schedule", {"service_at_location_id": key, "description": hours, "form": "rule"}, line)

    def _place(self, record: Record, line: int, key: str, name: str, giver: str) -> bool:
        """Put the place of a record on the stage with its addresses, and say whether it has one."""
        groups = self._map.addresses or (
            {field: self._map.columns[field] for field in _ADDRESS if field in self._map.columns},
        )
        made = []
        if "address" in self._map.columns and (line_text := self._text(record, "address")):
            parts = split_address(line_text)
            if "city" in parts:
                self._stage.report.add("address in one line: taken apart", self._file, line)
            made.append(parts | self._parts(record, groups[0]) if groups[0] else parts)
        else:
            made += [self._parts(record, group) for group in groups]
        shut = any(_closes_address(head) and says_yes(text) for head, text in record.items())
        made = [one for one in made if any(one.get(field) for field in _ADDRESS[:5])]
        is_site = bool(self._map.levels) and not key.endswith("/place")
        if not made and not is_site:
            return False
        row = {
            field: self._text(record, field) for field in ("latitude", "longitude", "transportation", "accessibility")
        }
        row |= {"id": key, "organization_id": giver, "name": name, "closed": "yes" if shut else ""}
        if is_site:
            row["status"] = self._text(record, "status")
            self._phones(record, line, {"location_id": key})
            if hours := self._text(record, "hours"):
                self._add("schedule", {"location_id": key, "description": hours, "form": "rule"}, line)
        self._add("location", row, line)
        for one in made:
            one["closed"] = "yes" if shut or one.get("closed") else ""
            self._add("address", one | {"location_id": key, "organization_id": giver}, line)
        return True

    def _parts(self, record: Record, specs: Mapping[str, Spec]) -> dict[str, str]:
        found = {
            part: value(record, spec, part) for part, spec in specs.items() if part not in ("private", "address_type")
        }
        if "address_type" in specs:
            found["address_type"] = specs["address_type"][0]
        if says_yes(value(record, specs.get("private", ()))):
            found["closed"] = "yes"
        return {name: bare(text) for name, text in found.items() if bare(text)}

    def _phones(self, record: Record, line: int, parent: dict[str, str]) -> None:
        groups = list(self._map.phones)
        for name, said in _PHONES:
            if name in self._map.columns:
                groups.append({"number": self._map.columns[name], "type": (f"={said}",)})
        for group in groups:
            number = bare(value(record, group.get("number", ())))
            if not number:
                continue
            if says_yes(value(record, group.get("private", ()))):
                self._stage.report.add("private number: left out", self._file, line)
                continue
            self._add("phone", {
                **parent, "id": f"#{next(iter(parent.values()))}/{number}", "number": number,
                "type": value(record, group.get("type", ())),
                "description": value(record, group.get("note", ())), "extension": value(record, group.get("extension", ())),
            }, line)  # fmt: skip

    # --- small things -------------------------------------------------------------------------------
    def _giver(self, record: Record, line: int) -> str:
        """Return the key of the organization a record names; one known by its name alone is put on the stage."""
        name = self._text(record, "organization")
        key = key_of(self._text(record, "organization_id"))
        if self._map.levels:
            key = key_of(value(record, (str(self._map.levels.get("parent", "")),))) or key
            if key and name:
                self._parents.setdefault(key, name)
            return key
        if not key and name:
            key = f"made/{' '.join(name.split()).casefold()}"
        if key and key not in self._givers:
            self._givers.add(key)
            row = {"id": key, "name": name or self._text(record, "name"), "url": self._text(record, "organization_url"),
                   "alternate_name": self._text(record, "organization_alternate_name")}  # fmt: skip
            self._add("organization", row, line)
        return key

    def _street(self, record: Record) -> str:
        return self._text(record, "address") or self._text(record, "address_1")

    def _text(self, record: Record, name: str) -> str:
        return bare(value(record, self._map.columns.get(name, ()), name))

    def _add(self, table: str, row: dict[str, str], line: int) -> None:
        self._stage.add(table, row, self._file, line)
