"""Schedules of every HSDS version into ours: local clock times, rules as RFC 5545 means them, the source's text."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, time

from guide.catalog.recurrence import DAYS, has_days, last_of
from guide.publish.readers.cells import says_yes
from guide.publish.readers.stage import Row
from guide.records import Schedule

_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_CLOCK = re.compile(r"(\d{1,2})(?::?(\d{2}))?(?::\d{2})?\s*([ap])?\.?m?\.?", re.IGNORECASE)
_CLOSED = re.compile(r"\b(closed|cerrado)\b", re.IGNORECASE)
_ITEM = re.compile(r"([+-]?[1-5])?(MO|TU|WE|TH|FR|SA|SU)")


def regular(row: Row, timezone: str) -> Schedule | None:
    """Return a 1.x regular_schedule row, None when its day or times cannot be read."""
    day = _weekday(row.get("weekday", ""))
    opens, closes = clock(row.get("opens_at", "")), clock(row.get("closes_at", ""))
    if not day or opens is None or closes is None:
        return None
    return Schedule((day,), opens, closes, timezone, description=row.get("original_text", "").strip())


def ruled(row: Row, timezone: str) -> tuple[Schedule, ...] | None:
    """Return a 2.0/3.x schedule row, None for a rule that cannot be read: it is not guessed at.

    COUNT and UNTIL become the last day. A row that holds on named days alone and says "closed" is a holiday.
    A weekly rule with numbered days ("1FR") is meant monthly: as RFC 5545 forbids numbers there, a reader that
    drops them would show every Friday.
    """
    text = " ".join(row.get(name, "").strip() for name in ("description", "notes")).strip()
    opens, closes = clock(row.get("opens_at", "")), clock(row.get("closes_at", ""))
    freq = row.get("freq", "").strip().upper() or "WEEKLY"
    try:
        days = tuple(dict.fromkeys(_day_item(d) for d in re.split(r"[,\s]+", row.get("byday", "")) if d))
        one = Schedule(
            days, opens, closes, timezone, day_of(row.get("valid_from", "")), _until(row), text,
            freq="MONTHLY" if any(d not in DAYS for d in days) else freq,
            interval=int(row.get("interval", "").strip() or 1),
            bymonthday=_numbers(row, "bymonthday", 31), byyearday=_numbers(row, "byyearday", 366),
            byweekno=_numbers(row, "byweekno", 53), wkst=row.get("wkst", "").strip().upper()[:2] or "MO",
            dtstart=day_of(row.get("dtstart", "")),
        )  # fmt: skip
        count = int(float(row.get("count", "").strip() or 0))
    except ValueError:
        return None
    if one.freq not in ("WEEKLY", "MONTHLY") or one.interval < 1 or one.wkst not in DAYS:
        return None
    if (opens is None or closes is None) and not has_days(one) and _CLOSED.search(text) and one.valid_from:
        return (replace(one, opens_at=None, closes_at=None, valid_to=one.valid_to or one.valid_from, kind="holiday"),)
    if opens is None or closes is None:
        return None
    if one.freq == "WEEKLY" and not days and one.dtstart and not (one.bymonthday or one.byyearday):
        one = replace(one, byday=(DAYS[one.dtstart.weekday()],))  # RFC 5545: what is not said comes from the start
    if one.freq == "MONTHLY" and not has_days(one) and one.dtstart:
        one = replace(one, bymonthday=(one.dtstart.day,))
    if not has_days(one) or (one.interval > 1 and one.dtstart is None):
        return None
    if count:
        last = last_of(one, count)
        if last is None:
            return None
        one = replace(one, valid_to=min(last, one.valid_to or last))
    return (one,)


def holiday(row: Row, timezone: str) -> Schedule | None:
    """Return a 1.x/2.0 holiday_schedule row: the days on which other hours hold, or none; None if it has no days."""
    first, last = day_of(row.get("start_date", "")), day_of(row.get("end_date", ""))
    opens, closes = clock(row.get("opens_at", "")), clock(row.get("closes_at", ""))
    shut = says_yes(row.get("shut", ""))
    if first is None or (not shut and (opens is None or closes is None)):
        return None
    hours = (None, None) if shut else (opens, closes)
    return Schedule((), *hours, timezone, first, last or first, kind="holiday")


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
    """Return an ISO date, also of a moment or of RFC 5545's 20261231T235959Z; None for anything else."""
    plain = text.strip()
    try:
        return date.fromisoformat(plain[:8] if plain[:8].isdigit() else plain[:10])
    except ValueError:
        return None


def _day_item(text: str) -> str:
    """Return "MO", "1FR" or, of a day written out, its two letters. Raises ValueError."""
    item = text.strip().upper()
    if _ITEM.fullmatch(item):
        return item.removeprefix("+")
    if name := _weekday(item):
        return name
    raise ValueError(text)


def _numbers(row: Row, name: str, most: int) -> tuple[int, ...]:
    found = tuple(int(float(n)) for n in re.split(r"[,\s]+", row.get(name, "")) if n)
    if any(not 1 <= abs(n) <= most for n in found):
        raise ValueError(name)
    return found


def _until(row: Row) -> date | None:
    days = [day for name in ("valid_to", "until") if (day := day_of(row.get(name, "")))]
    return min(days, default=None)


def _weekday(text: str) -> str:
    plain = text.strip().lower()
    if plain.isdigit():  # ISO 8601: 1 is Monday
        return DAYS[int(plain) - 1] if 1 <= int(plain) <= 7 else ""
    return next((DAYS[n] for n, name in enumerate(_WEEKDAYS) if plain and name.startswith(plain[:3])), "")
