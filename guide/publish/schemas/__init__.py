"""Records against the official schemas of HSDS 3.1: what the standard says of them, without a word of their content."""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).with_name("hsds-3.1")
OBJECTS = tuple(sorted(path.stem for path in FOLDER.glob("*.json")))
_MOST = 25  # faults of one record that are told


def faults(table: str, record: dict[str, Any]) -> list[str]:
    """Return what is not as the schema of ``table`` says, as "phones.number: type". No value is ever in it.

    Nulls are no faults: they count as left out, as the standard knows no nullable fields (DATA 1.2).
    """
    found = []
    for error in _validator(table).iter_errors(_without_nulls(record)):
        place = ".".join(str(part) for part in error.absolute_path if not isinstance(part, int))
        missing = ""
        if error.validator == "required":
            missing = next((name for name in error.validator_value if name not in error.instance), "")
        found.append(f"{table}{f'.{place}' if place else ''}: {error.validator}{f' {missing}' if missing else ''}")
        if len(found) >= _MOST:
            break
    return found


@lru_cache(maxsize=32)
def _validator(table: str) -> Any:
    """Return the validator of one object. Raises KeyError: the standard has no such object."""
    from jsonschema import Draft202012Validator
    from referencing import Registry
    from referencing.jsonschema import DRAFT202012

    registry: Any = Registry()
    for name in OBJECTS:
        content = json.loads((FOLDER / f"{name}.json").read_text("utf-8"))
        registry = registry.with_resource(f"https://hsds.invalid/{name}.json", DRAFT202012.create_resource(content))
    checker = Draft202012Validator.FORMAT_CHECKER
    return Draft202012Validator(
        {"$ref": f"https://hsds.invalid/{table}.json"}, registry=registry, format_checker=checker
    )


def _without_nulls(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _without_nulls(one) for name, one in value.items() if one is not None}
    if isinstance(value, list):
        return [_without_nulls(one) for one in value if one is not None]
    return value
