"""Opens an HSDS tabular package, a folder or a zip, and gives its tables as rows with their line numbers."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from guide.errors import SourceDataError
from guide.publish.report import Report

Row = dict[str, str]
_LARGEST = 1 << 30
_MOST_FILES = 200
# Every version's name for a table -> ours (DATA 1.5).
_NAMES = {
    "organization": "organizations",
    "service": "services",
    "location": "locations",
    "phone": "phones",
    "service_at_location": "services_at_location",
    "physical_addresses": "addresses",
    "postal_addresses": "postal_addresses",
    "address": "addresses",
    "regular_schedule": "regular_schedules",
    "schedule": "schedules",
    "holiday_schedule": "holiday_schedules",
    "language": "languages",
    "taxonomy": "taxonomy_terms",
    "taxonomy_term": "taxonomy_terms",
    "service_taxonomy": "services_taxonomy",
    "service_attribute": "services_taxonomy",
    "service_attributes": "services_taxonomy",
    "attribute": "attributes",
    "accessibility": "accessibility_for_disabilities",
    "required_document": "required_documents",
    "service_area": "service_areas",
    "cost_option": "cost_options",
}


@dataclass(frozen=True)
class Package:
    """The tables by our name for them; each row with its line in its file."""

    tables: dict[str, list[tuple[int, Row]]]

    def rows(self, table: str) -> list[tuple[int, Row]]:
        """Return a table's rows, none where there is no such table."""
        return self.tables.get(table, [])

    def ids(self, table: str) -> set[str]:
        """Return the ids of a table."""
        return {row.get("id", "") for _, row in self.rows(table)} - {""}


def open_package(source: Path, report: Report) -> Package:
    """Read every CSV of ``source``.

    Raises:
        SourceDataError: not a package, a row with more cells than its header, or a file that is too large.
    """
    tables: dict[str, list[tuple[int, Row]]] = {}
    for name, data in _files(source):
        stem = PurePosixPath(name).stem.lower()
        table = _NAMES.get(stem, stem)
        rows = list(_rows(name, data, report))
        report.rows[stem] = len(rows)
        tables[table] = [*tables.get(table, []), *rows]
    if not tables.get("services"):
        raise SourceDataError(f"{source.name} holds no services.", source=source.name)
    return Package(tables)


def _files(source: Path) -> Iterator[tuple[str, bytes]]:
    try:
        if source.is_dir():
            folder = source if list(source.glob("*.csv")) else source / "data"
            for path in sorted(folder.glob("*.csv")):
                if path.stat().st_size > _LARGEST:
                    raise SourceDataError(f"{path.name} is too large.", file=path.name)
                yield path.name, path.read_bytes()
            return
        with zipfile.ZipFile(source) as archive:
            members = [m for m in archive.infolist() if m.filename.lower().endswith(".csv")]
            if len(members) > _MOST_FILES or sum(m.file_size for m in members) > _LARGEST:
                raise SourceDataError(f"{source.name} unpacks to more than is sensible.", source=source.name)
            for member in sorted(members, key=lambda m: m.filename):
                with archive.open(member) as file:
                    yield member.filename, file.read(_LARGEST)
    except FileNotFoundError as error:
        raise SourceDataError(f"There is no {source.name}.", source=source.name) from error
    except (OSError, zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError) as error:
        raise SourceDataError(f"{source.name} is not a data package.", source=source.name) from error


def _rows(name: str, data: bytes, report: Report) -> Iterator[tuple[int, Row]]:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("cp1252", errors="replace")
        report.add("not UTF-8, read as Windows text", name)
    if "\r" in text and "\n" not in text:
        text = text.replace("\r", "\n")
        report.add("old line ends", name)
    csv.field_size_limit(1 << 24)
    reader = csv.reader(io.StringIO(text.replace("\0", ""), newline=""))
    try:
        header = [cell.strip().lower() for cell in next(reader, [])]
        for cells in reader:
            if not any(cell.strip() for cell in cells):
                continue
            if len(cells) > len(header):
                raise SourceDataError(
                    f"{name}, line {reader.line_num}: the row has {len(cells)} cells, the header {len(header)}.",
                    file=name,
                    line=reader.line_num,
                )
            if len(cells) < len(header):
                report.add("short row, filled with empty cells", name, reader.line_num)
                cells = [*cells, *[""] * (len(header) - len(cells))]
            yield reader.line_num, dict(zip(header, cells, strict=True))
    except csv.Error as error:
        raise SourceDataError(f"{name}, line {reader.line_num}: {error}.", file=name) from error
