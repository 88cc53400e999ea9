"""On which days a schedule holds: HSDS's RRULE fields, asked day by day (RFC 5545, weekly and monthly)."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta

from guide.records import Schedule

DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_ORDINAL = re.compile(r"([+-]?[1-5])(MO|TU|WE|TH|FR|SA|SU)")


def falls_on(schedule: Schedule, day: date) -> bool:
    """Say whether ``schedule`` has hours on ``day``. Its own frame (from, to, season) counts too."""
    return in_frame(schedule, day) and _in_turn(schedule, day) and _by_day(schedule, day) and _by_number(schedule, day)


def in_frame(schedule: Schedule, day: date) -> bool:
    """Say whether ``day`` lies between valid_from and valid_to, after dtstart, and in the season of each year."""
    first = max((d for d in (schedule.valid_from, schedule.dtstart) if d), default=None)
    if (first and day < first) or (schedule.valid_to and day > schedule.valid_to):
        return False
    if not schedule.season:
        return True
    begin, _, end = schedule.season.partition("/")
    today = f"{day:%m-%d}"
    return begin <= today <= end if begin <= end else today >= begin or today <= end


def is_plain(schedule: Schedule) -> bool:
    """Say whether the same days are meant every week, all year: then a table of the week's minutes is enough."""
    return (
        schedule.freq == "WEEKLY"
        and schedule.interval == 1
        and not schedule.kind
        and not (schedule.bymonthday or schedule.byyearday or schedule.byweekno or schedule.season)
        and not (schedule.valid_from or schedule.valid_to or schedule.dtstart)
        and all(day in DAYS for day in schedule.byday)
    )


def has_days(schedule: Schedule) -> bool:
    """Say whether the schedule names any days at all."""
    return bool(schedule.byday or schedule.bymonthday or schedule.byyearday)


def _in_turn(schedule: Schedule, day: date) -> bool:
    """Say whether ``day`` is in a week or month of its turn; every second week counts from dtstart."""
    if schedule.interval <= 1 or schedule.dtstart is None:
        return schedule.interval <= 1
    start = schedule.dtstart
    if schedule.freq == "MONTHLY":
        months = (day.year - start.year) * 12 + day.month - start.month
        return months % schedule.interval == 0
    weeks = (_week_start(day, schedule.wkst) - _week_start(start, schedule.wkst)).days // 7
    return weeks % schedule.interval == 0


def _week_start(day: date, wkst: str) -> date:
    first = DAYS.index(wkst) if wkst in DAYS else 0
    return day - timedelta(days=(day.weekday() - first) % 7)


def _by_day(schedule: Schedule, day: date) -> bool:
    """Say whether the weekday fits. "1FR" is the first Friday of its month, "-1FR" the last, never every Friday."""
    if not schedule.byday:
        return True
    name = DAYS[day.weekday()]
    return any(item == name or (item.endswith(name) and _nth(item, day)) for item in schedule.byday)


def _nth(item: str, day: date) -> bool:
    match = _ORDINAL.fullmatch(item)
    if match is None:
        return False
    wanted, length = int(match.group(1)), monthrange(day.year, day.month)[1]
    return wanted == (day.day - 1) // 7 + 1 or wanted == -((length - day.day) // 7 + 1)


def _by_number(schedule: Schedule, day: date) -> bool:
    month = monthrange(day.year, day.month)[1]
    year = (date(day.year, 12, 31) - date(day.year, 1, 1)).days + 1
    number = day.timetuple().tm_yday
    iso_year, week, _ = day.isocalendar()
    weeks = date(iso_year, 12, 28).isocalendar().week
    return (
        (not schedule.bymonthday or day.day in schedule.bymonthday or day.day - month - 1 in schedule.bymonthday)
        and (not schedule.byyearday or number in schedule.byyearday or number - year - 1 in schedule.byyearday)
        and (not schedule.byweekno or week in schedule.byweekno or week - weeks - 1 in schedule.byweekno)
    )


def last_of(schedule: Schedule, count: int) -> date | None:
    """Return the day of the ``count``-th time since dtstart: RFC 5545 COUNT as the UNTIL it comes to.

    None without a start, or where fewer than ``count`` lie in the next hundred years.
    """
    if schedule.dtstart is None or count < 1:
        return None
    day = schedule.dtstart
    for _ in range(36_525):
        count -= falls_on(schedule, day)
        if not count:
            return day
        day += timedelta(days=1)
    return None
