"""The house's own writing as one file, for another PC of the same house: written whole, read in bounds."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from guide.errors import DiskFullError, NoAccessError
from guide.records.house import Fact, HouseFileError, NewerHouseFileError
from guide.shelter.facts import KINDS, plain_json
from guide.shelter.stamps import STAMP

FORMAT, SCHEMA = "resource-guide-house", 2  # 2: calls, staff's reports and templates, too
LARGEST, MOST = 128 << 20, 1_000_000  # bytes, facts
_LONGEST_KEY, _LONGEST_VALUE, _LONGEST_LOGO = 200, 40_000, 2_000_000  # characters


def travels(fact: Fact, *, confidential: bool) -> bool:
    """Say whether a fact leaves this PC: what is confidential only where staff ask (N7); a second look never does,
    so that each PC has its own (a number of a crisis line).
    """
    return not (fact.field.startswith("second/") or (fact.confidential and not confidential))


def write_house(facts: Sequence[Fact], path: Path, made: datetime) -> None:
    """Write facts to ``path``, whole or not at all. Raises NoAccessError, DiskFullError."""
    told = [{"kind": f.kind, "id": f.id, "field": f.field, "value": f.value, "stamp": f.stamp, "seen": dict(f.seen)}
            for f in sorted(facts, key=lambda f: (f.kind, f.id, f.field))]  # fmt: skip
    text = json.dumps({"format": FORMAT, "schema": SCHEMA, "made": made.isoformat(timespec="seconds"), "facts": told},
                      ensure_ascii=False, indent=1)  # fmt: skip
    fresh = path.with_name(path.name + ".new")
    try:
        fresh.write_text(text, "utf-8")
        fresh.replace(path)
    except OSError as error:
        fresh.unlink(missing_ok=True)
        raise (DiskFullError if error.errno == 28 else NoAccessError)(path=str(path)) from error


def read_house(path: Path) -> list[Fact]:
    """Return the facts of a file: data from somewhere, so that each is looked at before it counts.

    Raises:
        HouseFileError: not such a file, or one that holds what no guide writes.
        NewerHouseFileError: a newer program wrote it.
        NoAccessError: it cannot be read.
    """
    try:
        with path.open("rb") as file:
            data = file.read(LARGEST + 1)
    except OSError as error:
        raise NoAccessError(path=str(path)) from error
    if len(data) > LARGEST:
        raise HouseFileError(file=path.name, reason="too large")
    try:
        found = json.loads(data.decode("utf-8-sig"), parse_constant=_refused)
    except (ValueError, RecursionError) as error:
        raise HouseFileError(file=path.name) from error
    if not isinstance(found, dict) or found.get("format") != FORMAT:
        raise HouseFileError(file=path.name)
    schema, listed = found.get("schema"), found.get("facts")
    if type(schema) is int and schema > SCHEMA:
        raise NewerHouseFileError(file=path.name)
    if schema not in (1, SCHEMA) or not isinstance(listed, list) or len(listed) > MOST:
        raise HouseFileError(file=path.name)
    facts: dict[tuple[str, str, str], Fact] = {}
    for one in listed:
        fact = _fact(one)
        if fact is None or (fact.kind, fact.id, fact.field) in facts:
            raise HouseFileError(file=path.name, reason="a line that no guide writes")
        if not fact.field.startswith("second/"):
            facts[fact.kind, fact.id, fact.field] = fact
    return list(facts.values())


def _fact(one: Any) -> Fact | None:
    if not isinstance(one, dict):
        return None
    keys: list[Any] = [one.get(name) for name in ("kind", "id", "field")]
    stamp, seen = one.get("stamp"), one.get("seen")
    if not all(isinstance(key, str) and 0 < len(key) <= _LONGEST_KEY and key.isprintable() for key in keys):
        return None
    if keys[0] not in KINDS or not _is_stamp(stamp) or not isinstance(seen, dict) or len(seen) > 1000:
        return None
    if not all(_is_stamp(said) and str(said).endswith(f".{pc}") for pc, said in seen.items()) or "value" not in one:
        return None
    try:
        longest = _LONGEST_LOGO if keys[0] == "template" and keys[2] == "logo" else _LONGEST_VALUE
        if len(plain_json(one["value"])) > longest:
            return None
        plain_json(one["value"]).encode()  # a lone surrogate cannot be kept
    except (RecursionError, UnicodeEncodeError):
        return None
    return Fact(keys[0], keys[1], keys[2], one["value"], str(stamp), tuple((str(p), str(s)) for p, s in seen.items()))


def _is_stamp(value: Any) -> bool:
    return isinstance(value, str) and STAMP.fullmatch(value) is not None


def _refused(_text: str) -> Any:
    raise ValueError
