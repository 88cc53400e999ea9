"""Records as plain JSON values: dates in ISO 8601, texts as one string with all their languages beside them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date, datetime, time
from enum import Enum
from pathlib import Path
from typing import Any

from guide.records import Words


def plain(value: Any, language: str = "en") -> Any:
    """Return ``value`` as dicts, lists, strings, numbers, booleans and None.

    A text of the catalog becomes a string in ``language``; where it has others, the object it stands in gets
    ``texts``: {"es": {"name": …}}, so that no translation is lost.
    """
    if isinstance(value, Words):
        return value.best(language)
    if isinstance(value, Enum):
        return value.value
    if is_dataclass(value) and not isinstance(value, type):
        return _record(value, language)
    if isinstance(value, (datetime, date, time)):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {str(name): plain(one, language) for name, one in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(one, language) for one in value]
    if isinstance(value, (set, frozenset)):
        return sorted((plain(one, language) for one in value), key=str)
    return str(value) if isinstance(value, Path) else value


def _record(value: Any, language: str) -> dict[str, Any]:
    said = {field.name: getattr(value, field.name) for field in fields(value)}
    texts: dict[str, dict[str, Any]] = {}
    for name, one in said.items():
        if isinstance(one, Words) and one.others:
            for tag, text in ((one.language, one.text), *one.others):
                texts.setdefault(tag, {})[name] = text
        elif isinstance(one, tuple) and any(isinstance(w, Words) and w.others for w in one):
            for tag in dict.fromkeys(t for w in one for t in (w.language, *(o for o, _ in w.others))):
                texts.setdefault(tag, {})[name] = [w.given(tag) for w in one]
    found = {name: plain(one, language) for name, one in said.items()}
    return found | {"texts": texts} if texts else found
