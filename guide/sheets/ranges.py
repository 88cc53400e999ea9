"""Which pages: "1-3, 5" as a person writes it, and the pages that means."""

from __future__ import annotations

import re

from guide.errors import UsageError

_PART = re.compile(r"\s*(\d{1,6})\s*(?:[-–]\s*(\d{1,6}))?\s*")


def page_ranges(text: str, pages: int) -> tuple[tuple[int, int], ...]:
    """Return "1-3, 5" as ((1, 3), (5, 5)); "" is all pages: (). Raises UsageError: not so written, or not there."""
    found = []
    for part in re.split("[,;،]", text) if text.strip() else ():
        match = _PART.fullmatch(part)
        first, last = (int(match[1]), int(match[2] or match[1])) if match else (0, 0)
        if not 1 <= first <= last <= pages:
            raise UsageError("Write pages like 1-3, 5.", pages=pages, asked=part.strip())
        found.append((first, last))
    return tuple(found)


def chosen(ranges: tuple[tuple[int, int], ...], pages: int) -> list[int]:
    """Return the pages of ``ranges``, counted from 0; all of them where there are none."""
    wanted = {n - 1 for first, last in ranges for n in range(first, last + 1)}
    return [n for n in range(pages) if n in wanted or not ranges]
