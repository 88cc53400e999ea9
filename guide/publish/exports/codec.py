"""Our own facts as plain JSON and back: what the standard has no field for travels beside it, and nothing is lost."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import MISSING, fields, is_dataclass
from datetime import date, datetime, time
from enum import Enum
from functools import lru_cache
from types import NoneType, UnionType
from typing import Any, TypeVar, get_args, get_origin, get_type_hints

from guide.records import Words

T = TypeVar("T")


def encode(value: Any, language: str = "en") -> Any:
    """Return ``value`` as JSON has it; what is a record's default is left out. ``language`` is the usual one."""
    if isinstance(value, Words):
        if value.language == language and not value.others:
            return value.text
        return {"text": value.text, "language": value.language, "others": dict(value.others)}
    if is_dataclass(value) and not isinstance(value, type):
        return {
            field.name: encode(getattr(value, field.name), language)
            for field in fields(value)
            if field.default is MISSING or getattr(value, field.name) != field.default
        }
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, (date, datetime, time)):
        return value.isoformat()
    if isinstance(value, tuple):
        return [encode(one, language) for one in value]
    return value


def decode(kind: type[T], data: Any, language: str = "en") -> T:
    """Return the record, tuple or value of type ``kind`` that ``encode`` made ``data`` of.

    Raises:
        ValueError, TypeError, KeyError, AttributeError: it made it of something else.
    """
    return _decode(kind, data, language)  # type: ignore[no-any-return]


def hints_of(kind: type) -> Mapping[str, Any]:
    """Return the type of each field of a record."""
    return _hints(kind)


@lru_cache(maxsize=64)
def _hints(kind: type) -> Mapping[str, Any]:
    return get_type_hints(kind)


def _decode(kind: Any, data: Any, language: str) -> Any:
    if isinstance(kind, UnionType):
        if data is None:
            return None
        (kind,) = (one for one in get_args(kind) if one is not NoneType)
    if kind is Words:
        if isinstance(data, str):
            return Words(data, language)
        return Words(
            str(data["text"]), str(data["language"]), tuple((str(k), str(v)) for k, v in data["others"].items())
        )
    if get_origin(kind) is tuple:
        inner = get_args(kind)
        if inner[-1] is Ellipsis:
            return tuple(_decode(inner[0], one, language) for one in data)
        return tuple(_decode(one, part, language) for one, part in zip(inner, data, strict=True))
    if is_dataclass(kind):
        hints = _hints(kind)  # type: ignore[arg-type]
        return kind(**{name: _decode(hints[name], value, language) for name, value in data.items()})  # type: ignore[operator]
    if kind in (date, datetime, time):
        return kind.fromisoformat(data)
    if issubclass(kind, Enum):
        return kind(data)
    if kind is float:
        return float(data)
    if not isinstance(data, kind) or (kind is int and isinstance(data, bool)):
        raise TypeError(f"not {kind.__name__}: {data!r}")
    return data
