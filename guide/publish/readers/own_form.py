"""Tables of a form of their own (CSV, workbook, JSON, GeoJSON): finds their map, and puts them on the stage by it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import chain, islice

from guide.errors import SourceDataError
from guide.publish.mapping import Mapping, shipped_tables
from guide.publish.readers.csv_text import Table, read_csv
from guide.publish.readers.files import Member
from guide.publish.readers.flat import Record, of_object, of_table
from guide.publish.readers.json_text import read_json
from guide.publish.readers.mapped import Mapped, key_in
from guide.publish.readers.objects import plain_name
from guide.publish.readers.stage import Stage
from guide.publish.readers.table_map import TableMap
from guide.publish.readers.workbook import is_workbook, sheets

_LOOKED_AT = 50  # records by which a file of objects is known
_CSV = (".csv", ".tsv", ".txt")


def read_own_form(files: Sequence[Member], mapping: Mapping, stage: Stage) -> None:
    """Put every table among ``files`` that a map fits on the stage.

    Raises SourceDataError: there is no map for a table, or the map's columns are not in it.
    """
    others = {name for file in files for name in _companions(file, files, mapping)}
    read = 0
    for file in files:
        if file.name in others:
            continue
        if file.suffix in _CSV:
            with read_csv(file.base, file.opened, stage.report, _start(mapping)) as table:
                read += _table(file.base, table, mapping, stage)
        elif is_workbook(file):
            found = [
                _table(f"{file.base}/{name}", table, mapping, stage, several=True)
                for name, table in sheets(file, stage.report)
            ]
            if not any(found):
                raise _no_map(file.base)
            read += len(found)
        elif file.suffix in (".json", ".ndjson", ".jsonl", ".geojson"):
            read += _objects(file, files, mapping, stage)
    if not read:
        raise SourceDataError("There is no table in it that the guide can read.")


def fits_objects(file: Member, mapping: Mapping) -> bool:
    """Say whether the records of a JSON file are known by a map of their own, rather than of the standard."""
    header = {name for record, _ in islice(read_json(file), _LOOKED_AT) for name in of_object(record)}
    if mapping.table is not None:
        return bool(mapping.table.named() & header)
    return any(table.fits(header) for _, table in shipped_tables())


def _start(mapping: Mapping) -> int:
    return max(0, mapping.table.header_row - 1) if mapping.table else 0


def _table(name: str, table: Table, mapping: Mapping, stage: Stage, *, several: bool = False) -> bool:
    header = [plain_name(head) for head in table.header]
    chosen = _chosen(name, header, mapping, stage, several=several)
    if chosen is None:
        stage.report.add("sheet not read: no map fits it", name)
        return False
    _tell_columns(name, table.header, chosen, stage)
    count = Mapped(chosen, stage, name).put(of_table(table))
    stage.report.rows[name] = count
    return True


def _objects(file: Member, files: Sequence[Member], mapping: Mapping, stage: Stage) -> bool:
    records = ((number, of_object(record)) for number, (record, _) in enumerate(read_json(file), 1))
    first = list(islice(records, _LOOKED_AT))
    header = list(dict.fromkeys(name for _, record in first for name in record))
    chosen = _chosen(file.base, header, mapping, stage, several=False)
    if chosen is None:
        raise _no_map(file.base)
    _tell_columns(file.base, [head for head in header if plain_name(head) == head], chosen, stage)
    mapped = Mapped(chosen, stage, file.base)
    translated = {
        language: _by_id(other, chosen)
        for language, pattern in chosen.translations.items()
        if (other := _named(pattern, file, files)) is not None
    }
    for language, found in translated.items():
        stage.report.add("translation joined", file.base, what=f"{language}: {sum(map(len, found.values())):,} records")
    seen: dict[str, int] = defaultdict(int)

    def joined() -> Iterator[tuple[int, Record]]:
        for line, record in chain(first, records):
            key = key_in(record, chosen)
            for language, found in translated.items():
                same = found.get(key, [])
                if seen[key] < len(same):
                    mapped.translate(record, same[seen[key]], language)
                else:
                    stage.report.add(f"no translation into {language}", file.base, line)
            seen[key] += bool(translated)
            yield line, record

    stage.report.rows[file.base] = mapped.put(joined())
    return True


def _chosen(name: str, header: Sequence[str], mapping: Mapping, stage: Stage, *, several: bool) -> TableMap | None:
    """Return the map for a table with ``header``: the publisher's own, else one that comes with the program."""
    if mapping.table is not None:
        there, wanted = set(header), mapping.table.named()
        need = {plain_name(part) for part in mapping.table.columns.get("name", ())}
        if need & there or (not need and wanted & there):
            return mapping.table
        if several:
            return None
        raise SourceDataError(
            f"The mapping does not fit {name}: it has none of the columns {', '.join(sorted(need)) or 'named there'}.",
            file=name,
        )
    for known, table in shipped_tables():
        if table.fits(header):
            stage.report.add("read by a map that comes with the program", name, what=known)
            return table
    if several:
        return None
    raise _no_map(name)


def _no_map(name: str) -> SourceDataError:
    return SourceDataError(
        f"{name} is a table of a form of its own, and nobody has said yet what its columns are. "
        f"Make a mapping with: guide publish map {name} -o map.yaml, look it over, then build with --map map.yaml.",
        file=name,
    )


def _tell_columns(name: str, header: Sequence[str], table: TableMap, stage: Stage) -> None:
    """Report the columns that are not read, and those the map names in vain."""
    named, there = table.named(), {plain_name(head) for head in header}
    for head in header:
        if head and plain_name(head) not in named and not any(_begins(head, table)):
            stage.report.add("column not carried", name, what=head)
    for missing in sorted(one for one in named - there if not one.isdigit()):
        stage.report.add("the map names a column that is not there", name, what=missing)


def _begins(head: str, table: TableMap) -> Iterator[bool]:
    for spec in table.columns.values():
        yield from (part.endswith("*") and head.startswith(part[:-1]) for part in spec)


def _companions(file: Member, files: Sequence[Member], mapping: Mapping) -> list[str]:
    tables = [mapping.table] if mapping.table else [table for _, table in shipped_tables()]
    patterns = [pattern for table in tables for pattern in table.translations.values()]
    return [other.name for pattern in patterns if (other := _named(pattern, file, files)) is not None]


def _named(pattern: str, file: Member, files: Sequence[Member]) -> Member | None:
    wanted = pattern.replace("{stem}", file.stem).replace("{suffix}", file.suffix)
    return next((one for one in files if one.base == wanted and one.folder == file.folder and one is not file), None)


def _by_id(file: Member, table: TableMap) -> dict[str, list[Record]]:
    found: dict[str, list[Record]] = defaultdict(list)
    for record, _ in read_json(file):
        flat = of_object(record)
        found[key_in(flat, table)].append(flat)
    return found
