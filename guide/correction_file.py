"""The file of corrections a house sends to its publisher: JSON, signed by nothing, so read as hearsay and in bounds."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any

from guide.errors import DamagedError
from guide.records.checking import Correction, CorrectionFile

FORMAT, SCHEMA, SUFFIX = "resource-guide-corrections", 1, ".corrections"
FIELDS = ("phone", "status", "hours", "languages", "eligibility", "fees", "address", "other")
KINDS, BASES = ("wrong", "closed", "changed"), ("check", "report")
LARGEST = 4_000_000  # bytes: twenty thousand corrections
MOST, _LONGEST = 20_000, 500
# A text out of a file must not move a cursor, start a line or turn one around.
_UNSEEN = re.compile("[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ufeff]|[\ud800-\udfff]")
_DAY = re.compile(r"\d{4}-\d\d(-\d\d)?")


def to_bytes(file: CorrectionFile) -> bytes:
    """Return ``file`` as it is written; the same content gives the same bytes."""
    head = {"format": FORMAT, "schema": SCHEMA}
    return (json.dumps(head | asdict(file), ensure_ascii=False, indent=1, default=str) + "\n").encode()


def read_file(path: Path) -> CorrectionFile:
    """Return what a house sent. Whatever is in it is data: unknown words are left out, long texts are cut.

    Raises:
        DamagedError: not such a file, too large, or of a newer program (``reason``).
        OSError: it cannot be read.
    """
    with path.open("rb") as file:
        data = file.read(LARGEST + 1)
    return from_bytes(data, str(path))


def from_bytes(data: bytes, path: str = "") -> CorrectionFile:
    """Return what ``data`` says; ``path`` is for the error's facts. Raises DamagedError."""
    if len(data) > LARGEST:
        raise _bad(path, "too large")
    try:
        found = json.loads(data.decode("utf-8"))
    except (ValueError, RecursionError) as error:
        raise _bad(path, "not JSON") from error
    if not isinstance(found, dict) or found.get("format") != FORMAT:
        raise _bad(path, "not corrections")
    schema = found.get("schema")
    if type(schema) is not int or schema < 1:
        raise _bad(path, "no schema")
    if schema > SCHEMA:
        raise _bad(path, "newer", schema=schema)
    listed = found.get("corrections")
    if not isinstance(listed, list) or len(listed) > MOST:
        raise _bad(path, "no list")
    edition = found.get("edition")
    made = _text(found, "made_on")
    try:
        made_on = date.fromisoformat(made)
    except ValueError as error:
        raise _bad(path, "no date") from error
    corrections = [one for one in map(_correction, listed) if one is not None]
    number = edition if type(edition) is int and 0 <= edition < 2**53 else 0
    house = _text(found, "house")[:64]
    return CorrectionFile(
        _text(found, "publisher"), number, _text(found, "edition_name"), house, made_on, tuple(corrections)
    )


def _correction(found: Any) -> Correction | None:
    if not isinstance(found, dict):
        return None
    text = {name: _text(found, name) for name in Correction.__annotations__}
    known = text["field"] in FIELDS and text["kind"] in KINDS and text["basis"] in BASES
    if not known or not text["service"] or not (_DAY.fullmatch(text["checked_on"]) or text["checked_on"] == ""):
        return None
    return Correction(**text)


def _text(found: Mapping[Any, Any], name: str) -> str:
    value = found.get(name)
    return " ".join(_UNSEEN.sub(" ", value).split())[:_LONGEST] if isinstance(value, str) else ""


def _bad(path: str, reason: str, **facts: Any) -> DamagedError:
    return DamagedError("This is not a file of corrections that can be read.", path=path, reason=reason, **facts)
