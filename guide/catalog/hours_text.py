"""Free text of hours into schedules, only where every word of it is understood."""

from __future__ import annotations

import re
from datetime import time

from guide.catalog.hours import DAYS
from guide.records import Schedule

_NAMES = {"mon": "MO", "tue": "TU", "wed": "WE", "thu": "TH", "fri": "FR", "sat": "SA", "sun": "SU"}
_ZONES = {
    "eastern": "America/New_York",
    "central": "America/Chicago",
    "mountain": "America/Denver",
    "pacific": "America/Los_Angeles",
}
_DAY = r"(?:mon|tue|wed|thu|fri|sat|sun)(?:day|s|sday|nesday|rsday|urday)?s?"
_CLOCK = r"\d{1,2}(?::\d{2})?\s*[ap]m"
_SPAN = re.compile(rf"({_DAY})(?:\s*-\s*({_DAY}))?\s+({_CLOCK})\s*-\s*({_CLOCK})(?:\s+({'|'.join(_ZONES)}))?")
_ALWAYS = re.compile(r"24 hours a day, every day|24/7|24 hours, 7 days a week|always open")
# Words beside the hours that take nothing away from them: the source, the same hours in another zone.
_ASIDE = re.compile(
    r"\((?:secondary source|\d{4} page|"
    rf"{_CLOCK}\s*-\s*{_CLOCK}\s+(?:{'|'.join(_ZONES)}))\)|\bconfirm\b|\btime\b|[,;.\s]+"
)


def parse_hours(text: str, timezone: str) -> tuple[Schedule, ...]:
    """Return the schedules that ``text`` states, or () when anything in it was not understood.

    ``timezone`` is the IANA zone of times that name none. Guessing is worse than "unknown": a caller who
    finds a line closed may not try again.
    """
    plain = " ".join(text.lower().replace("–", "-").replace("—", "-").split())
    if _ALWAYS.fullmatch(plain):
        return (Schedule(DAYS, time(0), time(23, 59), timezone, description=text),)
    found = list(_SPAN.finditer(plain))
    rest = _ASIDE.sub("", _SPAN.sub("", plain))
    if not found or rest:
        return ()
    # A zone named once, at the end, holds for what stands before it.
    zones = [m.group(5) for m in found]
    last = next((z for z in reversed(zones) if z), None)
    schedules = []
    for match, zone in zip(found, zones, strict=True):
        first, until = (_NAMES[d[:3]] if d else None for d in match.group(1, 2))
        opens, closes = _clock(match.group(3)), _clock(match.group(4))
        if first is None or opens is None or closes is None:
            return ()
        days = _days(first, until or first)
        zone_name = _ZONES.get(zone or last or "", timezone)
        schedules.append(Schedule(days, opens, closes, zone_name, description=text))
    return tuple(schedules)


def _days(first: str, last: str) -> tuple[str, ...]:
    start, end = DAYS.index(first), DAYS.index(last)
    return DAYS[start : end + 1] if start <= end else DAYS[start:] + DAYS[: end + 1]


def _clock(text: str) -> time | None:
    match = re.fullmatch(r"(\d{1,2})(?::(\d{2}))?\s*([ap])m", text)
    if match is None or not 1 <= int(match.group(1)) <= 12 or int(match.group(2) or 0) > 59:
        return None
    return time(int(match.group(1)) % 12 + (12 if match.group(3) == "p" else 0), int(match.group(2) or 0))
