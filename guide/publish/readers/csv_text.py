"""A CSV file as rows of text: its encoding, its separator and its line ends are found out and told, never assumed."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import BinaryIO

from guide.errors import SourceDataError
from guide.publish.report import Report

Open = Callable[[], BinaryIO]
_CHUNK = 1 << 20
_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_NAMES = {"cp1252": "Windows text", "mac_roman": "old Macintosh text", "utf-16": "UTF-16"}
# Letters and quotes where each code page has them; the bytes that Windows' page leaves empty settle it.
_WINDOWS = frozenset({0x91, 0x92, 0x93, 0x94, 0x96, 0x97, *range(0xC0, 0x100)}) - frozenset(range(0xD0, 0xD6))
_MAC = frozenset({*range(0x80, 0xA0), *range(0xD0, 0xD6)}) - frozenset({0x91, 0x92, 0x93, 0x94})
_NOT_WINDOWS = frozenset({0x81, 0x8D, 0x8F, 0x90, 0x9D})
_SEPARATORS = ",;\t|"


@dataclass(frozen=True)
class Table:
    """The header of a file, and its rows with the line each ends on; rows are as long as the header."""

    header: list[str]
    rows: Iterator[tuple[int, list[str]]]
    file: io.TextIOWrapper | None = None

    def __enter__(self) -> Table:
        return self

    def __exit__(self, *_: object) -> None:
        if self.file is not None:
            self.file.close()


def read_csv(name: str, opened: Open, report: Report, start: int = 0) -> Table:
    """Return the table in the file that ``opened`` opens (twice: once to find out, once to read).

    ``start`` is how many lines stand before the header. Raises SourceDataError: a row with more cells than the header.
    """
    encoding = _encoding(name, opened, report)
    with io.TextIOWrapper(opened(), encoding=encoding, errors="replace", newline="") as text:
        head = text.read(_CHUNK)
    separator = _separator(head)
    if separator != ",":
        report.add("cells are not separated by commas", name, what=repr(separator))
    if "\r" in head and "\n" not in head:
        report.add("old line ends (CR)", name)
    text = io.TextIOWrapper(opened(), encoding=encoding, errors="replace", newline="")
    csv.field_size_limit(1 << 27)
    reader = csv.reader(_lines(text), delimiter=separator, skipinitialspace=True)
    header: list[str] = []
    try:
        for _ in range(start + 1):
            header = [cell.strip() for cell in next(reader, [])]
        while header and not any(header):
            header = [cell.strip() for cell in next(reader, [])]
    except csv.Error as error:
        text.close()
        raise SourceDataError(f"{name} has no header that can be read: {error}.", file=name) from error
    while header and not header[-1]:
        header.pop()
    return Table(header, _closing(text, _rows(name, reader, len(header), report)), text)


def _closing(text: io.TextIOWrapper, rows: Iterator[tuple[int, list[str]]]) -> Iterator[tuple[int, list[str]]]:
    with text:
        yield from rows


def _lines(text: io.TextIOWrapper) -> Iterator[str]:
    for line in text:
        yield line.replace("\0", "") if "\0" in line else line


def _rows(name: str, reader: Iterator[list[str]], width: int, report: Report) -> Iterator[tuple[int, list[str]]]:
    line = 0
    try:
        for cells in reader:
            line = reader.line_num  # type: ignore[attr-defined]
            if not any(map(str.strip, cells)):
                continue
            if len(cells) > width:
                if any(cell.strip() for cell in cells[width:]):
                    raise SourceDataError(
                        f"{name}, line {line}: the row has {len(cells)} cells, the header {width}. "
                        "Cells have moved, so nothing of this file can be trusted; ask for a new export.",
                        file=name,
                        line=line,
                    )
                report.add("empty cells after the last column: left off", name, line)
                cells = cells[:width]
            elif len(cells) < width:
                report.add("short row, filled with empty cells", name, line)
                cells = [*cells, *[""] * (width - len(cells))]
            yield line, cells
    except csv.Error as error:
        raise SourceDataError(f"{name}, after line {line}: {error}.", file=name, line=line) from error


def _separator(head: str) -> str:
    """Return what separates the cells of the first line that has any, read outside quotes."""
    for line in head.splitlines():
        if line.strip():
            outside = "".join(line.split('"')[::2])
            best = max(_SEPARATORS, key=lambda mark: (outside.count(mark), mark == ","))
            return best if best in outside else ","
    return ","


def _high_bytes(opened: Open) -> list[int]:
    """Return how often each byte stands in the file; those of ASCII are not counted."""
    counts = [0] * 256
    with opened() as file:
        while chunk := file.read(_CHUNK):
            for byte in set(chunk):
                if byte >= 0x80:
                    counts[byte] += chunk.count(byte)
    return counts


def _encoding(name: str, opened: Open, report: Report) -> str:
    """Return how the file is encoded: as its mark says, UTF-8 if all of it is, else one of the old code pages."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    wrong, odd = False, b""
    with opened() as file:
        first = chunk = file.read(_CHUNK)
        for mark, encoding in _MARKS:
            if first.startswith(mark):
                if encoding != "utf-8-sig":
                    report.add(f"not UTF-8, read as {_NAMES[encoding]}", name)
                return encoding
        if first[:2000:2].count(0) > 400 or first[1:2000:2].count(0) > 400:
            return "utf-16-be" if first[:1] == b"\0" else "utf-16-le"
        while chunk and not wrong:
            try:
                decoder.decode(chunk)
            except UnicodeDecodeError as error:
                wrong, odd = True, error.object[max(0, error.start - 12) : error.start + 8]
            chunk = file.read(_CHUNK)
    if not wrong:
        return "utf-8"
    counts = _high_bytes(opened)
    windows = sum(counts[byte] for byte in _WINDOWS)
    mac = sum(counts[byte] for byte in _MAC) + 100 * sum(counts[byte] for byte in _NOT_WINDOWS)
    encoding = "mac_roman" if mac > windows else "cp1252"
    shown = odd.decode(encoding, errors="replace").split()
    report.add(f"not UTF-8, read as {_NAMES[encoding]}", name, what=next((w for w in shown if not w.isascii()), ""))
    return encoding
