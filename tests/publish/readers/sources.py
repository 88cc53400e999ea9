"""Small sources written for a test, and what reading them gives."""

from __future__ import annotations

import tempfile
from collections import Counter
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from guide.publish.mapping import Mapping, load_mapping
from guide.publish.readers.source import read_source
from guide.publish.report import Report
from guide.records import Service
from tests.makers import TODAY

ORGS = "id,name,description,url\n1,HARBOR HOUSE INC,Help,harbor.example\n"
SERVICES = "id,organization_id,name,description,status\n10,1,Food Pantry,Groceries for all,\n"


@dataclass(frozen=True)
class ReadResult:
    """The services of a source, and what was found wrong on the way."""

    services: tuple[Service, ...]
    report: Report


def package(folder: Path, **tables: str | bytes) -> Path:
    """Write CSV tables into a folder and return it."""
    folder.mkdir(exist_ok=True)
    for name, text in ({"organizations": ORGS, "services": SERVICES} | tables).items():
        (folder / f"{name}.csv").write_bytes(text.encode() if isinstance(text, str) else text)
    return folder


def read(source: Path | str, mapping: Mapping | None = None, today: date = TODAY) -> ReadResult:
    """Read with the default mapping."""
    report = Report()
    with tempfile.TemporaryDirectory() as folder:
        found = tuple(read_source(source, mapping or load_mapping(), today, report, Path(folder)))
        assert list(Path(folder).iterdir()) == [], "nothing of the way is left"
    return ReadResult(found, report)


def only(source: Path | str, mapping: Mapping | None = None) -> Service:
    """Return the one service of a source."""
    (found,) = read(source, mapping).services
    return found


def rules(result: ReadResult) -> dict[str, int]:
    """Return how often each rule was counted."""
    counts: Counter[str] = Counter()
    for (rule, _table), count in result.report.counts.items():
        counts[rule] += count
    return dict(counts)
