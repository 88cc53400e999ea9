"""Any file of records into flat records, name and text: rows of a table, or nested objects with dotted names."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from guide.publish.readers.cells import text_of
from guide.publish.readers.csv_text import Table
from guide.publish.readers.objects import plain_name

Record = dict[str, str]
_DEEPEST = 8


def of_table(table: Table) -> Iterator[tuple[int, Record]]:
    """Yield (line, record) for the rows of a table; the names are plain."""
    names = [plain_name(head) or head for head in table.header]
    for line, cells in table.rows:
        record: Record = {}
        for name, cell in zip(names, cells, strict=True):
            if cell and name and name not in record:
                record[name] = cell
        yield line, record


def of_object(found: dict[str, Any]) -> Record:
    """Return a nested object flat. A GeoJSON feature's properties stand by themselves, its point as two numbers.

    Objects of boxes that are ticked ({"Walk-in": true}) become the names of those that are; lists are joined.
    """
    record: Record = {}
    if found.get("type") == "Feature":
        point = (found.get("geometry") or {}).get("coordinates")
        if isinstance(point, list) and len(point) >= 2 and not isinstance(point[0], list):
            record |= {"longitude": text_of(point[0]), "latitude": text_of(point[1])}
        if found.get("id") is not None:
            record["id"] = text_of(found["id"])
        properties = found.get("properties")
        found = properties if isinstance(properties, dict) else {}
    _flatten("", found, record, 0)
    return record


def _flatten(prefix: str, found: dict[str, Any], record: Record, depth: int) -> None:
    for name, value in found.items():
        full = f"{prefix}{name}"
        if isinstance(value, dict):
            if value and all(isinstance(one, (bool, int)) for one in value.values()):
                text = "; ".join(str(key) for key, ticked in value.items() if ticked)
            elif depth < _DEEPEST:
                _flatten(f"{full}.", value, record, depth + 1)
                continue
            else:
                continue
        elif isinstance(value, list):
            text = "; ".join(part for one in value if (part := text_of(one)))
        else:
            text = text_of(value)
        if text:
            record.setdefault(full, text)
            record.setdefault(plain_name(full) or full, text)
