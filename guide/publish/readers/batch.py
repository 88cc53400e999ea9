"""A few hundred services with all that hangs on them, fetched from the stage together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from guide.publish.readers.stage import Row, Stage

SIZE = 400
_OF_SERVICE = ("phone", "schedule", "service_area", "language", "accessibility", "required_document", "cost_option",
               "eligibility", "payment_accepted", "url", "service_capacity")  # fmt: skip
_OF_PLACE = ("phone", "schedule", "language", "accessibility", "address")
_OF_LINK = ("phone", "schedule", "service_area")


class Batch:
    """Looks things up for some services: their links, places, organizations, and the rows that hang on each."""

    def __init__(self, stage: Stage, services: Sequence[Row]) -> None:
        """Fetch everything that hangs on ``services``, one query a table."""
        keys = [row["id"] for row in services]
        links = stage.rows("service_at_location", "service_id", keys)
        self.links = _grouped(links, "service_id")
        places = [row["location_id"] for row in links]
        self.places = {row["id"]: row for row in stage.rows("location", "id", places)}
        givers = [row["organization_id"] for row in (*services, *self.places.values())]
        self.organizations = {row["id"]: row for row in stage.rows("organization", "id", givers)}
        self._rows: dict[tuple[str, str], dict[str, list[Row]]] = {}
        for table in _OF_SERVICE:
            self._fetch(stage, table, "service_id", keys)
        for table in _OF_PLACE:
            self._fetch(stage, table, "location_id", places)
        for table in _OF_LINK:
            self._fetch(stage, table, "service_at_location_id", [row["id"] for row in links])
        self._fetch(stage, "phone", "organization_id", givers)
        self._fetch(stage, "attribute", "link_id", keys)
        terms = [row["taxonomy_term_id"] for row in stage_rows(self._rows["attribute", "link_id"])]
        terms += [part.strip() for row in services for part in row["terms"].replace(";", ",").split(",")]
        self.terms = {row["id"]: row for row in stage.rows("taxonomy_term", "id", terms)}
        self.taxonomies = {row["id"]: row["name"] for row in stage.rows(
            "taxonomy", "id", [row["taxonomy_id"] for row in self.terms.values()])}  # fmt: skip
        self.programs = {row["id"]: row["name"] for row in stage.rows(
            "program", "id", [row["program_id"] for row in services])}  # fmt: skip
        units = [row["unit_id"] for row in stage_rows(self._rows["service_capacity", "service_id"])]
        self.units = {row["id"]: row["name"] for row in stage.rows("unit", "id", units)}
        self.hidden = self._hidden(stage, keys)
        self.texts: dict[tuple[str, str], list[tuple[str, str]]] = defaultdict(list)
        if stage.translated:
            for row in stage.rows("translation", "id", [*keys, *self.organizations]):
                self.texts[f"{row['table_name']}/{row['id']}", row["field"]].append((row["language"], row["text"]))

    def of(self, table: str, column: str, key: str) -> list[Row]:
        """Return the rows of ``table`` whose ``column`` is ``key``."""
        return self._rows.get((table, column), {}).get(key, []) if key else []

    def _fetch(self, stage: Stage, table: str, column: str, keys: Iterable[str]) -> None:
        self._rows[table, column] = _grouped(stage.rows(table, column, keys), column)

    @staticmethod
    def _hidden(stage: Stage, keys: Sequence[str]) -> dict[str, bool]:
        """Return the services whose address is closed, and whether for all that stands there or in their entry alone."""
        marks = ",".join("?" * len(keys))
        found = stage.db.execute(f"SELECT id, home FROM hidden WHERE id IN ({marks})", keys)  # noqa: S608
        return {key: bool(home) for key, home in found}


def _grouped(rows: Iterable[Row], column: str) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        found[row[column]].append(row)
    return found


def stage_rows(groups: dict[str, list[Row]]) -> list[Any]:
    """Return the rows of all groups."""
    return [row for rows in groups.values() for row in rows]
