"""The sheets of a workbook (.xlsx) as tables: values alone, no formula is run, no link followed."""

from __future__ import annotations

import warnings
import zipfile
from collections.abc import Iterator
from typing import Any

from guide.errors import SourceDataError
from guide.publish.readers.cells import text_of
from guide.publish.readers.csv_text import Table
from guide.publish.readers.files import Member
from guide.publish.report import Report

_LARGEST = 2 << 30  # bytes of the workbook's parts, unpacked
_SWOLLEN = 400
_MOST_COLUMNS = 2_000
_MOST_EMPTY = 1_000  # empty rows after which a sheet counts as read


def is_workbook(file: Member) -> bool:
    """Say whether a file is a workbook by its ending."""
    return file.suffix in (".xlsx", ".xlsm")


def sheets(file: Member, report: Report) -> Iterator[tuple[str, Table]]:
    """Yield (name, table) for each sheet that has rows. The header is the first row with two cells or more.

    Raises SourceDataError: no workbook, one that swells without end, or one whose XML has entities.
    """
    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    raw = file.opened()
    try:
        _bounded(file, raw)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # styles it does not know are nobody's business
            book = load_workbook(raw, read_only=True, data_only=True, keep_links=False)
            for sheet in book.worksheets:
                if sheet.sheet_state != "visible":
                    report.add("hidden sheet: not read", file.base, what=sheet.title)
                    continue
                rows = _rows(sheet)
                header = next((cells for _, cells in rows if sum(1 for cell in cells if cell) >= 2), [])
                while header and not header[-1]:
                    header.pop()
                if header:
                    yield sheet.title, Table(header, _cut(rows, len(header), f"{file.base}/{sheet.title}", report))
    except (zipfile.BadZipFile, InvalidFileException, KeyError, ValueError, OSError, TypeError, AttributeError,
            SyntaxError) as error:  # fmt: skip
        # SyntaxError: ElementTree's and defusedxml's own errors are such; the others are openpyxl's in a broken part.
        raise SourceDataError(f"{file.base} is not a workbook that can be read.", file=file.base) from error
    finally:
        raw.close()


def titles(file: Member) -> list[str]:
    """Return the names of a workbook's sheets, none where it cannot be read."""
    from openpyxl import load_workbook

    try:
        with file.opened() as raw:
            _bounded(file, raw)
            return list(load_workbook(raw, read_only=True, data_only=True, keep_links=False).sheetnames)
    except (zipfile.BadZipFile, KeyError, ValueError, OSError, TypeError, AttributeError, SyntaxError):
        return []


def _bounded(file: Member, raw: Any) -> None:
    with zipfile.ZipFile(raw) as parts:
        inside = parts.infolist()
        for one in inside:
            if one.file_size > 64 << 20 and one.file_size > _SWOLLEN * max(1, one.compress_size):
                raise SourceDataError(f"{file.base} unpacks to more than is sensible.", file=file.base)
        if sum(one.file_size for one in inside) > _LARGEST:
            raise SourceDataError(f"{file.base} unpacks to more than is sensible.", file=file.base)
    raw.seek(0)


def _rows(sheet: Any) -> Iterator[tuple[int, list[str]]]:
    empty = 0
    for line, values in enumerate(sheet.iter_rows(values_only=True), 1):
        cells = [text_of(one).strip() for one in values[:_MOST_COLUMNS]]
        empty = 0 if any(cells) else empty + 1
        if empty > _MOST_EMPTY:
            return
        yield line, cells


def _cut(
    rows: Iterator[tuple[int, list[str]]], width: int, name: str, report: Report
) -> Iterator[tuple[int, list[str]]]:
    for line, cells in rows:
        if not any(cells):
            continue
        if any(cells[width:]):
            raise SourceDataError(
                f"{name}, row {line}: there are cells beyond the last column that has a name. "
                "Give every column a name, or clear those cells.",
                file=name,
                line=line,
            )
        if len(cells) < width:
            cells = cells + [""] * (width - len(cells))
        yield line, cells[:width]
