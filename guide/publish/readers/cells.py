"""One cell as it comes: empty words, keys that a spreadsheet spoiled, flags that say yes or no."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, datetime, time
from decimal import Decimal
from functools import lru_cache
from typing import Any

LONGEST = 100_000  # letters of one cell; no text for a visitor is longer
_EMPTY = frozenset({"null", "none", "nil", "nan", "n/a", "na", "#n/a", "\\n", "-", "--", "undefined", "(null)", "<null>",
                    "nat", "#value!", "#ref!", "#name?", "-1.0e0"})  # fmt: skip
_LONGEST_EMPTY = max(map(len, _EMPTY))
_FLOAT = re.compile(r"\d+\.0")
_POWER = re.compile(r"\d(?:\.\d+)?[eE]\+?\d+")
_GUID = re.compile(r"\{?([0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12})\}?")
_SEVERAL = re.compile(r"[\[{]?\s*(?=[^\s,;|]*\d)[^\s,;|]+(?:\s*[,;|]\s*(?=[^\s,;|]*\d)[^\s,;|]+)+\s*[\]}]?")
_NO = frozenset({"no", "n", "false", "f", "0", "0.0", "off", "public", "none", "never", "faux", "falso"})


def bare(text: str) -> str:
    """Return a cell without the space around it, "" for the words databases write where there is nothing."""
    if not text.isascii():
        text = text.encode("utf-8", "replace").decode()  # half a sign ("\ud800" in JSON) is none
    text = text.strip(" \t\r\n\v\f\u00a0\ufeff\u200b")
    return "" if len(text) <= _LONGEST_EMPTY and text.lower() in _EMPTY else text


@lru_cache(maxsize=1 << 14)  # one key stands in the rows of many tables
def key_of(text: str) -> str:
    """Return a key as text: what a spreadsheet made of it ("12.0", "{GUID}") is undone, all else left as it is."""
    text = bare(text)
    if _FLOAT.fullmatch(text):
        return text[:-2]
    guid = _GUID.fullmatch(text)
    return guid.group(1).lower() if guid else text


def keys_of(text: str) -> list[str]:
    """Return every key in a cell that may hold several, joined by commas, semicolons or bars."""
    return [key for part in re.split(r"[,;|]", text.strip("[]{}")) if (key := key_of(part.strip("'\" ")))]


def holds_several(cell: str) -> bool:
    """Say whether a cell of a key holds several: each has a digit and no space; a name with a comma is one key."""
    return ("," in cell or ";" in cell or "|" in cell) and bool(_SEVERAL.fullmatch(cell))


def is_spoiled(key: str) -> bool:
    """Say whether a spreadsheet turned this key into a number: "1.2294844026963796e33"."""
    return ("e" in key or "E" in key) and bool(_POWER.fullmatch(key))


def says_yes(text: str) -> bool:
    """Say whether a flag is set. Anything that does not plainly say no counts as yes: a flag protects somebody."""
    text = bare(text).lower()
    return bool(text) and text not in _NO


def says_no(text: str) -> bool:
    """Say whether a flag plainly says no."""
    return bare(text).lower() in _NO


def closed_by(flags: Iterable[str]) -> str:
    """Return "yes" when one of the cells of protecting columns is set, else ""."""
    return "yes" if any(says_yes(flag) for flag in flags) else ""


def text_of(value: Any) -> str:
    """Return a value of a database, a workbook or JSON as text; "" for what is no text (bytes, objects)."""
    if isinstance(value, str):
        return value
    if value is None or isinstance(value, (bytes, bytearray, memoryview, dict)):
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (float, Decimal)):
        if value != value:  # NaN is not itself
            return ""
        whole = abs(float(value)) < 1e15 and value == int(value)
        return str(int(value)) if whole else str(value)
    if isinstance(value, datetime):
        moment = value.isoformat(sep=" ", timespec="seconds")
        return moment.removesuffix(" 00:00:00")
    if isinstance(value, (date, time)):
        return value.isoformat()
    if isinstance(value, (list, tuple, set)):
        return ", ".join(part for one in value if (part := text_of(one)))
    return str(value)
