"""What kind of source this is, found out by looking into it: each kind has one reader that puts it on the stage."""

from __future__ import annotations

from pathlib import Path

from guide.errors import SourceDataError
from guide.publish.mapping import Mapping
from guide.publish.readers.database import is_address, read_database, shown_address
from guide.publish.readers.files import Member, members
from guide.publish.readers.json_source import NOT_DATA, is_json, read_json_files
from guide.publish.readers.objects import table_of
from guide.publish.readers.own_form import fits_objects, read_own_form
from guide.publish.readers.stage import Stage
from guide.publish.readers.tabular import is_package, put_sheet, read_package
from guide.publish.readers.workbook import is_workbook, sheets, titles
from guide.records import Progress, Step

_DATA = (".csv", ".tsv", ".txt", ".json", ".xlsx", ".xlsm", ".ndjson", ".jsonl", ".geojson")
SQLITE = b"SQLite format 3\0"


def stage_source(source: Path | str, mapping: Mapping, stage: Stage, progress: Progress) -> str:
    """Put ``source`` on the stage and return the name to call it by. Raises SourceDataError."""
    progress(Step("read"))
    if isinstance(source, str) and is_address(source):
        read_database(source, stage, progress)
        return shown_address(source)
    path = Path(source)
    if not path.exists():
        raise SourceDataError(f"There is no {path.name}.", source=path.name)
    if path.is_file() and _begins_as(path, SQLITE):
        read_database(f"sqlite:///{path}", stage, progress)
    else:
        _stage_files(path, mapping, stage)
    name = path.name
    if not stage.counts.get("service"):
        raise SourceDataError(f"{name} holds no services.", source=name)
    return name


def _stage_files(path: Path, mapping: Mapping, stage: Stage) -> None:
    files = members(path)
    packed = [file for file in files if file.suffix == ".zip"]
    if path.is_dir() and len(packed) == 1 and not any(f.suffix in _DATA and f.suffix != ".txt" for f in files):
        files = members(path / packed[0].name)
    tables = [file for file in files if file.suffix in (".csv", ".tsv")]
    books = [file for file in files if is_workbook(file)]
    objects = [file for file in files if is_json(file)]
    if mapping.table is None and is_package(files):
        read_package(files, stage)
    elif mapping.table is None and books and not tables and _is_standard(books):
        for book in books:
            for title, table in sheets(book, stage.report):
                put_sheet(book.base, title, table, stage)
    elif objects and not tables and not books:
        own = [file for file in objects if file.stem.lower() not in NOT_DATA] or objects
        if fits_objects(own[0], mapping):
            read_own_form(own, mapping, stage)
        else:
            read_json_files(objects, stage)
    elif data := [f for f in files if f.suffix in _DATA and (f.suffix != ".txt" or len(files) == 1)]:
        read_own_form(data, mapping, stage)
    else:
        raise SourceDataError(f"{path.name} is of no kind that the guide can read.", source=path.name)


def _is_standard(books: list[Member]) -> bool:
    """Say whether a workbook holds the standard's tables, each in a sheet of its name."""
    return any(table_of(title) == "service" for book in books for title in titles(book))


def _begins_as(path: Path, mark: bytes) -> bool:
    try:
        with path.open("rb") as file:
            return file.read(len(mark)) == mark
    except OSError as error:
        raise SourceDataError(f"{path.name} cannot be opened.", source=path.name) from error
