"""Versions of this program as numbers that can be compared."""

from __future__ import annotations

import re

_VERSION = re.compile(r"[0-9]{1,5}(\.[0-9]{1,5}){0,3}")


def numbers(version: str) -> tuple[int, ...]:
    """Return a version as numbers, "1.2" as (1, 2, 0, 0). Raises ValueError for anything else."""
    if not _VERSION.fullmatch(version):
        raise ValueError("a version is numbers and dots")
    found = tuple(int(part) for part in version.split("."))
    return (*found, *(0,) * (4 - len(found)))
