"""Two clock times as people write them into opening and closing: "8 to 5", "1-4pm", "09:00-17:00"."""

from __future__ import annotations

import re
from datetime import time
from typing import NamedTuple

_CLOCK = re.compile(r"(\d{1,2})(?:[:.h]?(\d{2}))?(?::00)?\s*([ap])?\.?\s?m?\.?")


class _Said(NamedTuple):
    hour: int
    minute: int
    half: str  # a, p or ""
    full: bool  # written the 24-hour way


def span_of(opens: str, closes: str) -> tuple[time, time] | None:
    """Return opening and closing time, None where they may mean two things: wrong hours are worse than none."""
    first, last = _said(opens), _said(closes)
    if first is None or last is None:
        return None
    if first.full or last.full:
        return None if first.half or last.half else _made(first.hour, first.minute, last.hour, last.minute)
    halves = _halves(first, last)
    if halves is None:
        return None
    return _made(_hour(first.hour, halves[0]), first.minute, _hour(last.hour, halves[1]), last.minute)


def _said(text: str) -> _Said | None:
    match = _CLOCK.fullmatch(text.strip())
    if match is None:
        return None
    hour, minute, half = int(match.group(1)), int(match.group(2) or 0), match.group(3) or ""
    full = not half and (hour > 12 or hour == 0 or (text.startswith("0") and match.group(2) is not None))
    if minute > 59 or hour > 24 or (half and not 1 <= hour <= 12) or (hour == 24 and minute):
        return None
    return _Said(hour % 24 if full else hour, minute, half, full)


def _made(opens: int, opens_minute: int, closes: int, closes_minute: int) -> tuple[time, time] | None:
    begin, end = time(opens, opens_minute), time(closes % 24, closes_minute)
    return None if begin == end and begin != time(0) else (begin, end)


def _hour(hour: int, half: str) -> int:
    return hour % 12 + (12 if half == "p" else 0)


def _halves(first: _Said, last: _Said) -> tuple[str, str] | None:
    """Return morning or afternoon of both, None where nobody can know."""
    begin, end = first.hour % 12, last.hour % 12  # twelve comes before one
    later = (end, last.minute) > (begin, first.minute)
    if first.half and last.half:
        return first.half, last.half
    if last.half == "p":
        if not later or begin == 0:  # 8-4pm, 12-4pm; and 9-12pm below
            return ("p" if begin == 0 else "a"), "p"
        return ("p", "p") if begin < 7 else None  # 1-4pm; "9-10pm" may mean both
    if last.half == "a":
        return ("a", "a") if later and begin else ("p", "a")
    if first.half == "a":
        return ("a", "p") if not later else None  # 9am-5; "9am-11" may mean both
    if first.half == "p":
        return ("p", "p") if later else None
    return _unmarked(begin, end, later=later)


def _unmarked(begin: int, end: int, *, later: bool) -> tuple[str, str] | None:
    if 7 <= begin <= 11 and (not later or end == 0) and end <= 8:  # 9-5, 8-12, 8-8
        return "a", "p"
    if (begin == 0 and 1 <= end <= 9) or (1 <= begin <= 4 and later and end <= 6):  # 12-4, 1-4
        return "p", "p"
    return None
