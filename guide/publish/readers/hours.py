"""Schedules of every HSDS version into ours: weekly, local clock times, the source's text beside them."""

from __future__ import annotations

import re
from datetime import date, time

from guide.catalog.hours import DAYS
from guide.publish.readers.package import Row
from guide.records import Schedule

_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_CLOCK = re.compile(r"(\d{1,2})(?::?(\d{2}))?(?::\d{2})?\s*([ap])?\.?m?\.?", re.IGNORECASE)


def regular(row: Row, timezone: str) -> Schedule | None:
    """Return a 1.x regular_schedule row, None when its day or times cannot be read."""
    day = _weekday(row.get("weekday", ""))
    opens, closes = clock(row.get("opens_at", "")), clock(row.get("closes_at", ""))
    if not day or opens is None or closes is None:
        return None
    return Schedule((day,), opens, closes, timezone, description=row.get("original_text", "").strip())


def weekly(row: Row, timezone: str) -> Schedule | None:
    """Return a 2.0/3.x schedule row that repeats every week, None for any other rule: it is not guessed at."""
    days = tuple(d for d in re.split(r"[,\s]+", row.get("byday", "").upper()) if d in DAYS)
    opens, closes = clock(row.get("opens_at", "")), clock(row.get("closes_at", ""))
    odd = any(row.get(name, "").strip() for name in ("bymonthday", "byweekno", "byyearday"))
    if row.get("freq", "").upper() not in ("", "WEEKLY") or odd or row.get("interval", "").strip() not in ("", "1"):
        return None
    if not days or opens is None or closes is None:
        return None
    return Schedule(days, opens, closes, timezone, day_of(row.get("valid_from", "")), day_of(row.get("valid_to", "")),
                    row.get("description", "").strip())  # fmt: skip


def clock(text: str) -> time | None:
    """Return "9:00am", "17:30" or "1730" as a clock time; 24:00 is midnight."""
    match = _CLOCK.fullmatch(text.strip())
    if match is None:
        return None
    hour, minute, half = int(match.group(1)), int(match.group(2) or 0), (match.group(3) or "").lower()
    if half:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if half == "p" else 0)
    elif hour == 24 and minute == 0:
        hour = 0
    if hour > 23 or minute > 59 or (not half and len(text.strip()) <= 2):
        return None
    return time(hour, minute)


def day_of(text: str) -> date | None:
    """Return an ISO date, None for anything else."""
    try:
        return date.fromisoformat(text.strip()[:10])
    except ValueError:
        return None


def _weekday(text: str) -> str:
    plain = text.strip().lower()
    if plain.isdigit():  # ISO 8601: 1 is Monday
        return DAYS[int(plain) - 1] if 1 <= int(plain) <= 7 else ""
    return next((DAYS[n] for n, name in enumerate(_WEEKDAYS) if plain and name.startswith(plain[:3])), "")
