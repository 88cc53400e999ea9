"""The policy file of an administrator: read, checked line by line, and never taken by halves in silence.

What it sets, staff cannot change on this PC. A line that is not understood is left out and told; a file that cannot be
read at all gives ``SAFE``: what reaches out of the guide or changes it is off until somebody has mended it.
docs/administrators.md tells it to people.
"""

from __future__ import annotations

import os
import stat
import sys
import tomllib
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from guide.records.frozen import dataclass

FUNCTIONS = {
    "call": "hand a number to a calling program of this computer",
    "copy": "put a number on the clipboard",
    "text": "show how to send a text",
    "print": "send pages to a printer",
    "save_pdf": "save a sheet as a file (staff)",
    "import": "take in an update",
    "rollback": "go back to the edition before, or forward again",
    "program": "put in a newer version of this program",
    "publishers": "add, order or remove publishers",
    "mirror": "ask an update server",
    "pass_on": "write the edition onto a stick for another house",
    "backup": "write a backup, or restore one",
    "settings": "change settings in the window",
}
SAFE = frozenset({"call", "mirror", "settings", "program", "publishers", "backup"})
_LARGEST = 64_000  # bytes


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong: the line's ``key`` ("" for the whole file) and why, in plain English."""

    key: str
    reason: str


@dataclass(frozen=True, slots=True)
class Policy:
    """What an administrator fixed. ``values`` are settings by name; ``faults`` is what was not understood."""

    values: Mapping[str, Any]
    forbidden: frozenset[str] = frozenset()
    kiosk: bool = False
    skip_welcome: bool = False
    publisher_root: str = ""
    faults: tuple[Fault, ...] = ()


def read_policy(path: Path, fits: Callable[[str, Any], str]) -> Policy:
    """Return what the file at ``path`` says.

    ``fits`` says why a value cannot stand for a setting: "" where it can, "unknown" where there is no such setting.
    """
    try:
        with path.open("rb") as file:
            text = file.read(_LARGEST + 1)
            faults = list(_open_to_all(path, os.fstat(file.fileno())))
        if len(text) > _LARGEST:
            raise ValueError("it is longer than any policy")
        said = tomllib.loads(text.decode("utf-8-sig"))
    except OSError as error:
        return _unread(f"it cannot be read ({error.strerror or type(error).__name__})")
    except ValueError as error:  # also UnicodeDecodeError and TOMLDecodeError
        return _unread(str(error) if isinstance(error, tomllib.TOMLDecodeError) else "it is not text in UTF-8")
    values: dict[str, Any] = {}
    own: dict[str, Any] = {"kiosk": False, "skip_welcome": False, "publisher_root": ""}
    forbidden: frozenset[str] = frozenset()
    for key, value in said.items():
        if key == "forbid":
            forbidden, wrong = _functions(value)
            faults += wrong
        elif key in own:
            if type(value) is type(own[key]):
                own[key] = value
            else:
                faults.append(Fault(key, _KINDS[type(own[key])]))
                own[key] = key == "kiosk" or own[key]  # whoever wrote the line meant to lock the window up
        elif reason := fits(key, value):
            faults.append(Fault(key, "there is no such line" if reason == "unknown" else reason))
        else:
            values[key] = value
    return Policy(values, forbidden, faults=tuple(faults), **own)


_KINDS = {bool: "it has to be true or false", str: "it has to be a text in quotes", int: "it has to be a whole number"}


def kind_of(default: object) -> str:
    """Return what a value has to be, in words."""
    return _KINDS[type(default)]


def _functions(value: Any) -> tuple[frozenset[str], list[Fault]]:
    if not isinstance(value, list):
        return SAFE, [Fault("forbid", 'it has to be a list, as in forbid = ["call", "mirror"]')]
    wrong = [Fault("forbid", f"there is no function {one!r}") for one in value if one not in FUNCTIONS]
    return frozenset(one for one in value if isinstance(one, str)) & FUNCTIONS.keys(), wrong


def _unread(reason: str) -> Policy:
    return Policy({"drop_folder_takes": False}, SAFE, skip_welcome=True, faults=(Fault("", reason),))


def _open_to_all(path: Path, seen: os.stat_result) -> Iterator[Fault]:
    """Warn where others than an administrator may write the file; on Windows the folder's own rights keep them out."""
    if sys.platform != "win32" and seen.st_mode & (stat.S_IWGRP | stat.S_IWOTH):
        yield Fault("", f"others than its owner may change {path.name}: they could lift what it forbids")
