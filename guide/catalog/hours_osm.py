"""OpenStreetMap's opening_hours: the common part of its grammar, everything else is unknown."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import time

from guide.catalog.recurrence import DAYS
from guide.records import Schedule

_NAMES = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_D, _M = "(?:Mo|Tu|We|Th|Fr|Sa|Su)", f"(?:{'|'.join(_MONTHS)})"
_DAY = rf"(?:{_D}(?:-{_D}|\[(?:-1|[1-5])(?:,(?:-1|[1-5]))*\])?|PH)"
_CLOCK = r"(?:[01]?\d|2[0-4]):[0-5]\d"
_RULE = re.compile(
    rf"(?:(?P<months>{_M}(?: \d\d?)?(?:-{_M}(?: \d\d?)?)?):? )?(?:(?P<days>{_DAY}(?:,\s?{_DAY})*)(?: |$))?"
    rf"(?:(?P<times>{_CLOCK}-{_CLOCK}(?:,\s?{_CLOCK}-{_CLOCK})*)|(?P<always>24/7)|(?P<off>off|closed))?"
    r'(?: ?"(?P<comment>[^"]*)")?'
)


def parse_osm(text: str, timezone: str) -> tuple[Schedule, ...]:
    """Return the schedules of an opening_hours value, or () when it is not one or says more than we know.

    A later rule replaces earlier ones on its days, as OpenStreetMap has it; "PH off" closes on public holidays.
    """
    plans: list[Schedule] = []
    holidays = ""
    for rule in text.strip().rstrip(";").split(";"):
        match = _RULE.fullmatch(rule.strip())
        if match is None or not rule.strip():
            return ()
        days = re.findall(_DAY, match["days"] or "")
        if "PH" in days:
            closed = match["off"] is not None
            holidays = "closed" if closed else "open"
            if not closed and len(days) == 1:
                return ()  # other hours on holidays: we cannot say which days those are
            days.remove("PH")
            if not days:
                continue
        if match["comment"] is not None:
            if not re.search("appointment|call", match["comment"]) or match["times"]:
                return ()
            plans.append(Schedule(tuple(_days(days)), None, None, timezone, description=text, kind="appointment"))
            continue
        made = _plans(match, days, timezone, text)
        if made is None:
            return ()
        plans = [*_without(plans, made), *made]
    return tuple(replace(p, holidays=holidays) for p in plans if p.opens_at is not None or p.kind)


def _plans(match: re.Match[str], days: list[str], timezone: str, text: str) -> list[Schedule] | None:
    found = _days(days)
    plain = tuple(d for d in DAYS if d in found)
    numbered = tuple(d for d in found if d not in DAYS)
    if match["always"]:
        if days:
            return None
        plain, spans = DAYS, [(time(0), time(23, 59))]
    elif match["off"]:
        spans = []
    elif match["times"]:
        spans = [_span(one) for one in re.findall(rf"{_CLOCK}-{_CLOCK}", match["times"])]
        plain = plain if days else DAYS
    else:
        return None
    season = _season(match["months"] or "")
    if not spans:  # off: a plan without times, which only takes days away
        return [Schedule(plain, None, None, timezone, season=season)] if plain and not numbered and not season else None
    made = []
    for begin, end in spans:
        own = Schedule(plain, begin, end, timezone, description=text, season=season)
        if plain:
            made.append(own)
        if numbered:
            made.append(replace(own, byday=numbered, freq="MONTHLY"))
    return made


def _without(plans: list[Schedule], made: list[Schedule]) -> list[Schedule]:
    """Return earlier plans without the days that a later rule speaks of, where both hold all year."""
    taken = {d for plan in made if not plan.season and plan.freq == "WEEKLY" for d in plan.byday}
    left = [replace(p, byday=tuple(d for d in p.byday if d[-2:] not in taken)) if not p.kind else p for p in plans]
    return [p for p in left if p.byday or p.kind]


def _days(days: list[str]) -> list[str]:
    found: list[str] = []
    for day in days:
        if "[" in day:
            found += [f"{n}{day[:2].upper()}" for n in day[3:-1].split(",")]
        elif "-" in day:
            first, last = (_NAMES.index(name) for name in day.split("-"))
            found += DAYS[first : last + 1] if first <= last else DAYS[first:] + DAYS[: last + 1]
        else:
            found.append(day.upper())
    return found


def _span(text: str) -> tuple[time, time]:
    begin, end = (tuple(int(n) for n in clock.split(":")) for clock in text.split("-"))
    closes = time(23, 59) if end == (24, 0) else time(end[0] % 24, end[1])
    return time(begin[0] % 24, begin[1]), closes


def _season(text: str) -> str:
    if not text:
        return ""
    parts = re.findall(rf"({_M})(?: (\d\d?))?", text)
    first, last = parts[0], parts[-1]
    begin = f"{_MONTHS.index(first[0]) + 1:02d}-{int(first[1] or 1):02d}"
    single = len(parts) == 1 and first[1]
    return f"{begin}/{_MONTHS.index(last[0]) + 1:02d}-{int((first if single else last)[1] or 31):02d}"
