"""What kind of source this is, found out by looking into it: each kind has one reader that puts it on the stage."""

from __future__ import annotations

from pathlib import Path

from guide.errors import SourceDataError
from guide.publish.mapping import Mapping
from guide.publish.readers.files import members
from guide.publish.readers.json_source import is_json, read_json_files
from guide.publish.readers.stage import Stage
from guide.publish.readers.tabular import is_package, read_package
from guide.records import Progress, Step

_DATA = (".csv", ".tsv", ".json", ".xlsx", ".ndjson", ".jsonl", ".geojson")
SQLITE = b"SQLite format 3\0"


def stage_source(source: Path | str, mapping: Mapping, stage: Stage, progress: Progress) -> str:
    """Put ``source`` on the stage and return the name to call it by. Raises SourceDataError."""
    progress(Step("read"))
    path = Path(source)
    files = members(path)
    packed = [file for file in files if file.suffix == ".zip"]
    if path.is_dir() and len(packed) == 1 and not any(f.suffix in _DATA for f in files):
        path = path / packed[0].name
        files = members(path)
    name = path.name
    if is_package(files):
        read_package(files, stage)
    elif any(is_json(file) for file in files):
        read_json_files([file for file in files if is_json(file)], stage)
    else:
        raise SourceDataError(f"{name} is of no kind that the guide can read.", source=name)
    if not stage.counts.get("service"):
        raise SourceDataError(f"{name} holds no services.", source=name)
    return name
