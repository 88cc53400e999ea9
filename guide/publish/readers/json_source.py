"""Puts JSON files on the stage: HSDS 3.x, Open Referral UK, older forms; one object, a list, pages, one a line."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from guide.publish.readers.files import Member
from guide.publish.readers.json_shape import Shape
from guide.publish.readers.json_text import read_json
from guide.publish.readers.objects import COLUMNS, table_of
from guide.publish.readers.stage import Stage
from guide.publish.schemas import OBJECTS, faults

NOT_DATA = ("datapackage", "package", "openapi", "schema", "api_details", "base", "root", "tabular", "config")
_CHECKED, _EVERY = 2_000, 100  # the first records are checked, then samples: a check takes milliseconds
_TOTALS = ("total_items", "totalElements", "total", "total_count")


def is_json(file: Member) -> bool:
    """Say whether a file is JSON by its ending."""
    return file.suffix in (".json", ".ndjson", ".jsonl", ".geojson")


def read_json_files(files: Sequence[Member], stage: Stage) -> None:
    """Put every record of ``files`` on the stage. Raises SourceDataError."""
    several = len(files) > 1
    for file in files:
        if several and file.stem.lower() in NOT_DATA:
            continue
        _read(file, stage)


def _read(file: Member, stage: Stage) -> None:
    report = stage.report
    said = table_of(file.stem) or next((t for part in file.folder.split("/")[::-1] if (t := table_of(part))), "")
    kind = said if said in COLUMNS else ""
    shape = Shape(stage, file.base)
    count = checked = 0
    around: dict[str, Any] = {}
    for record, page in read_json(file):
        count, around = count + 1, page
        taken = shape.put(record, count, _kind(record, kind))
        if taken in OBJECTS and (count <= _CHECKED or count % _EVERY == 0):
            checked += 1
            for fault in faults(taken, record):
                report.add(f"not as the standard's schema says: {fault}", file.base, count)
    if checked:
        told = "records held against the standard's schemas"
        report.totals[told] = report.totals.get(told, 0) + checked
    report.rows[file.base] = count
    total = next((around[name] for name in _TOTALS if isinstance(around.get(name), int)), None)
    if total is not None and total != count:
        pages = around.get("total_pages") or around.get("totalPages") or 1
        more = (
            f"page {around.get('page_number', around.get('number', 1))} of {pages}" if pages != 1 else "the only page"
        )
        report.add("the page's own total is another", file.base, what=f"says {total:,}, holds {count:,}; {more}")


def _kind(record: dict[str, Any], kind: str) -> str:
    """Return what the file's name says a record is, unless the record is the whole of several tables."""
    return kind if "id" in record or "name" in record else ""
