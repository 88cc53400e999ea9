"""Puts tables in the standard's form (CSV files, sheets of a workbook) on the stage: every version's names, one form."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import chain
from operator import itemgetter

from guide.errors import SourceDataError
from guide.publish.readers.cells import closed_by
from guide.publish.readers.csv_text import Table, read_csv
from guide.publish.readers.files import Member
from guide.publish.readers.objects import COLUMNS, NOT_CARRIED, column_of, plain_name, table_of
from guide.publish.readers.privacy import closes, opens
from guide.publish.readers.stage import Stage
from guide.publish.report import Report

# What a file's name says that its columns do not: it holds one form of a table that has several.
_FLAT = re.compile(r"phone|address|street|city|zip|organi[sz]ation|agency|provider")
_SAID = {
    "postal_address": ("address_type", "postal"), "mail_address": ("address_type", "postal"),
    "mailing_address": ("address_type", "postal"), "physical_address": ("address_type", "physical"),
    "regular_schedule": ("form", "regular"), "holiday_schedule": ("form", "holiday"),
}  # fmt: skip


def read_package(files: Sequence[Member], stage: Stage) -> None:
    """Put every CSV among ``files`` that is one of the standard's tables on the stage.

    Files in several folders: the folder with the most tables counts. Raises SourceDataError.
    """
    groups: dict[str, list[Member]] = defaultdict(list)
    for file in files:
        if file.suffix in (".csv", ".tsv", ".txt"):
            groups[file.folder].append(file)
    if not groups:
        raise SourceDataError("There is no CSV file in it.")
    best = max(sorted(groups), key=lambda folder: len({table_of(f.stem) for f in groups[folder]} - {""}))
    for folder in groups:
        if folder != best:
            stage.report.add("folder not read", folder, what=f"{len(groups[folder])} files")
    has_terms = any(table_of(file.stem) == "taxonomy_term" for file in groups[best])
    for file in groups[best]:
        table = table_of(file.stem)
        if not table:
            stage.report.add("file not read: the standard has no such table", file.base)
            continue
        with read_csv(file.base, file.opened, stage.report) as content:
            if table == "taxonomy" and holds_terms(content.header, alone=not has_terms):
                table = "taxonomy_term"
            put_table(table, file.base, file.stem, content, stage)


def is_package(files: Sequence[Member]) -> bool:
    """Say whether there is a table of services, of the standard's form, among ``files``.

    A file may be called "services" and be a list of its own form: it then has numbers, streets or organizations in
    the same row, and no table beside it.
    """
    tables = {file.name: table_of(file.stem) for file in files if file.suffix in (".csv", ".tsv", ".txt")}
    for file in files:
        if tables.get(file.name) != "service":
            continue
        with read_csv(file.base, file.opened, Report()) as content:
            pass
        columns = {column_of("service", head) for head in content.header}
        flat = [head for head in content.header if _FLAT.search(plain_name(head)) and not column_of("service", head)]
        others = {table for table in tables.values() if table} - {"service"}
        if "name" in columns and (others or "organization_id" in columns or not flat):
            return True
    return False


def holds_terms(header: Sequence[str], *, alone: bool) -> bool:
    """Say whether a table called "taxonomy" holds terms, as in 1.x: by its columns, or as no other table does."""
    plain = {plain_name(head) for head in header}
    return alone or bool(plain & {"parent_id", "parent_name", "vocabulary", "code", "term"})


def put_sheet(book: str, title: str, content: Table, stage: Stage) -> None:
    """Put one sheet of a workbook on the stage, if it is one of the standard's tables."""
    if table := table_of(title):
        put_table(table, f"{book}/{title}", title, content, stage)
    else:
        stage.report.add("sheet not read: the standard has no such table", f"{book}/{title}")


def put_table(table: str, name: str, stem: str, content: Table, stage: Stage) -> None:
    """Put one table on the stage: our columns by whatever name, a value for what the file's name says, no others."""
    report = stage.report
    if table in NOT_CARRIED:
        count = sum(1 for _ in content.rows)
        report.rows[name] = count
        if count:
            report.add(f"not carried: {table}", name, what=f"{count:,} rows")
        return
    report.add(f"read as: {table}", name) if plain_name(stem).rstrip("s") != table else None
    columns, flags, against = _columns(table, name, content.header, stage)
    names = [column for column, _ in columns]
    said = next((pair for key, pair in _SAID.items() if key in plain_name(stem)), None)
    extra: list[str] = []
    if said and said[0] not in names:
        names, extra = [*names, said[0]], [said[1]]
    if table == "schedule" and "form" not in names:
        regular = "weekday" in names and "byday" not in names
        names, extra = [*names, "form"], [*extra, "regular" if regular else "rule"]
    if flags or against:
        names = [*names, "closed"]
    places = [places for _, places in columns]
    plain = itemgetter(*(at for (at,) in places)) if len(places) > 1 and all(len(at) == 1 for at in places) else None

    def rows() -> Iterator[tuple[int, list[str]]]:
        for line, cells in content.rows:
            made = [*plain(cells), *extra] if plain else [_joined(cells, at) for at in places] + extra
            if flags or against:
                shut = closed_by(cells[at] for at in flags) or (
                    "yes" if any(opens(cells[at]) for at in against) else ""
                )
                made.append(shut)
            yield line, made

    report.rows[name] = stage.fill(table, names, rows(), name)


def _joined(cells: Sequence[str], places: Sequence[int]) -> str:
    """Return the cell; where several columns are one of ours (address_3, address_4) the first, or all joined."""
    if len(places) == 1:
        return cells[places[0]]
    return ", ".join(dict.fromkeys(cell.strip() for at in places if (cell := cells[at]).strip()))


def _columns(
    table: str, name: str, header: Sequence[str], stage: Stage
) -> tuple[list[tuple[str, list[int]]], list[int], list[int]]:
    """Return (our column, its places), the places of flags that close a row, and of those that open it."""
    found: dict[str, list[int]] = {}
    flags, against = [], []
    dropped = []
    for place, head in enumerate(header):
        column = column_of(table, head)
        plain = plain_name(head)
        if table == "address" and plain in ("address_3", "address_4"):
            column = "address_2"
        if closes(plain):
            flags.append(place)
        elif closes(plain, opening=True):
            against.append(place)
        elif not column:
            dropped.append(head or f"column {place + 1} without a name")
        elif column in found and plain != column and column not in ("address_2", "location_id"):
            if column_of(table, column) and plain_name(header[found[column][0]]) == column:
                dropped.append(head)  # the standard's own name goes before another one for the same
            else:
                found[column].append(place)
        elif column in found and plain == column and plain_name(header[found[column][0]]) != column:
            dropped.append(header[found[column][0]])
            found[column] = [place]
        elif column in found and column != "address_2":
            stage.report.add("two columns with one name: the first is read", name, what=head)
        else:
            found.setdefault(column, []).append(place)
    _take_id(table, header, found)
    if dropped:
        shown = ", ".join(sorted(set(dropped)))
        for head in sorted(set(dropped)):
            stage.report.add("column not carried", name, what=head)
        del shown
    return [(column, found[column]) for column in chain(COLUMNS[table]) if column in found], flags, against


def _take_id(table: str, header: Sequence[str], found: dict[str, list[int]]) -> None:
    """Take "service_id" for the id of a service where the table has no "id"."""
    if "id" in found:
        return
    names = (f"{table}_id", f"{table}_uuid", "uuid", "guid", "identifier", "external_id", "original_id", "key", "_id")
    plain = [plain_name(head) for head in header]
    for name in names:
        if name in plain:
            found["id"] = [plain.index(name)]
            return
