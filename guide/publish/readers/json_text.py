"""A JSON file as records, one at a time: an object, a list, an API's page, or one object a line."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from typing import Any

from guide.errors import SourceDataError
from guide.publish.readers.files import Member

PAGES = ("contents", "content", "items", "results", "records", "data", "value", "features", "objects", "rows")
_WHOLE = 64 << 20  # bytes; a larger file is read record by record
_CHUNK = 1 << 20
_RECORD = 32 << 20  # letters of one record
Record = dict[str, Any]


def read_json(file: Member) -> Iterator[tuple[Record, Record]]:
    """Yield (record, what stands around it: the page's own fields) for each record of ``file``.

    Raises SourceDataError: it is no JSON, or nested without end.
    """
    try:
        if file.suffix in (".ndjson", ".jsonl") or _one_a_line(file):
            yield from ((record, {}) for record in _lines(file))
        elif file.size <= _WHOLE:
            with file.opened() as raw:
                yield from _records(json.loads(_decoded(raw.read())))
        else:
            yield from ((record, {}) for record in _streamed(file))
    except (ValueError, RecursionError) as error:
        said = "it is nested too deeply" if isinstance(error, RecursionError) else str(error)[:120]
        raise SourceDataError(f"{file.base} is not JSON that can be read: {said}.", file=file.base) from error


def _decoded(data: bytes) -> str:
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return data.decode("utf-16")
    return data.decode("utf-8-sig")


def _records(found: Any) -> Iterator[tuple[Record, Record]]:
    if isinstance(found, list):
        yield from ((one, {}) for one in found if isinstance(one, dict))
        return
    if not isinstance(found, dict):
        raise ValueError("there is no object in it")  # noqa: TRY004 - the data's fault
    embedded = found.get("_embedded")
    if isinstance(embedded, dict):
        found = {**found, **embedded}
    for key in PAGES:
        if isinstance(found.get(key), list) and "name" not in found:
            around = {name: value for name, value in found.items() if name != key}
            yield from ((one, around) for one in found[key] if isinstance(one, dict))
            return
    if isinstance(found.get("data"), dict):
        yield from _records(found["data"])
        return
    yield found, {}


def _one_a_line(file: Member) -> bool:
    """Say whether the first line is a whole object and another begins on the next."""
    with file.opened() as raw:
        lines = _decoded_part(raw.read(_CHUNK)).lstrip().split("\n", 2)
    if len(lines) < 2 or not lines[0].lstrip().startswith("{") or not lines[1].lstrip().startswith("{"):
        return False
    try:
        return isinstance(json.loads(lines[0].strip().rstrip(",")), dict)
    except ValueError:
        return False


def _decoded_part(data: bytes) -> str:
    return data.decode("utf-8-sig", errors="replace")


def _lines(file: Member) -> Iterator[Record]:
    with io.TextIOWrapper(file.opened(), encoding="utf-8-sig") as text:
        for number, line in enumerate(text, 1):
            plain = line.strip().rstrip(",")
            if not plain or plain in "[]":
                continue
            if len(plain) > _RECORD:
                raise ValueError(f"line {number} is too long")
            try:
                found = json.loads(plain)
            except ValueError as error:
                raise ValueError(f"line {number}: {error}") from error
            if isinstance(found, dict):
                yield found


def _streamed(file: Member) -> Iterator[Record]:
    """Yield the objects of the first list of a large file (the list itself, or a page's) without holding it whole."""
    decoder = json.JSONDecoder()
    with io.TextIOWrapper(file.opened(), encoding="utf-8-sig") as text:
        waiting = text.read(_CHUNK)
        start = waiting.find("[")
        if start < 0:
            raise ValueError("there is no list in it")
        waiting = waiting[start + 1 :]
        while True:
            waiting = waiting.lstrip(" \t\r\n,")
            if waiting.startswith("]"):
                return
            try:
                found, end = decoder.raw_decode(waiting)
                if end == len(waiting):
                    raise ValueError("cut")
            except ValueError:
                more = text.read(_CHUNK)
                if not more or len(waiting) > _RECORD:
                    raise
                waiting += more
                continue
            waiting = waiting[end:]
            if isinstance(found, dict):
                yield found
