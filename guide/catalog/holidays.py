"""The federal holidays of the United States (5 U.S.C. 6103), in the states and territories that keep them.

Nobody's hours are taken away because of them. Where a source says "closed on holidays" they are meant; where it
says nothing, an open office only may be closed.
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache

_FIXED = ((1, 1, 0), (6, 19, 2021), (7, 4, 0), (11, 11, 0), (12, 25, 0))  # month, day, first year
_MOVING = ((1, 0, 3), (2, 0, 3), (5, 0, -1), (9, 0, 1), (10, 0, 2), (11, 3, 4))  # month, weekday, which one
_ZONES = {
    "America/New_York", "America/Detroit", "America/Chicago", "America/Menominee", "America/Denver", "America/Boise",
    "America/Phoenix", "America/Los_Angeles", "America/Anchorage", "America/Juneau", "America/Sitka", "America/Nome",
    "America/Yakutat", "America/Metlakatla", "America/Adak", "America/Puerto_Rico", "America/St_Thomas",
    "Pacific/Honolulu", "Pacific/Guam", "Pacific/Saipan", "Pacific/Pago_Pago",
}  # fmt: skip
_FAMILIES = ("US/", "America/Indiana/", "America/Kentucky/", "America/North_Dakota/")


def is_holiday(day: date, timezone: str) -> bool:
    """Say whether ``day`` is a federal holiday, or the workday it is kept on, where ``timezone`` is."""
    kept_here = timezone in _ZONES or timezone.startswith(_FAMILIES)
    return kept_here and day in _holidays(day.year)


@cache
def _holidays(year: int) -> frozenset[date]:
    found = {_nth(year, month, weekday, which) for month, weekday, which in _MOVING}
    # New Year's Day on a Saturday is kept on the last day of the year before.
    for own in (year, year + 1):
        for month, day, since in _FIXED:
            if own >= since:
                on = date(own, month, day)
                kept = on + timedelta(days={5: -1, 6: 1}.get(on.weekday(), 0))
                found |= {one for one in (on, kept) if one.year == year}
    return frozenset(found)


def _nth(year: int, month: int, weekday: int, which: int) -> date:
    if which < 0:
        last = date(year, month + 1, 1) - timedelta(days=1)
        return last - timedelta(days=(last.weekday() - weekday) % 7)
    first = date(year, month, 1)
    return first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (which - 1))
