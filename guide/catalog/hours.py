"""Whether a service is open at a moment, from its schedules, in its own time zone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from guide.catalog.holidays import is_holiday
from guide.catalog.recurrence import DAYS, falls_on, has_days, in_frame, is_plain
from guide.clock import Here
from guide.records import OpenState, Schedule, Service

__all__ = ["DAYS", "LAST_MINUTE", "as_offered", "open_of", "open_state", "spanned", "zone_of"]

LAST_MINUTE = time(23, 59)
ANYWHERE = Here()
_WEEK = 8  # days ahead that show the next opening of a weekly plan
_YEAR = 400  # and of any other
_SOON = 60  # minutes before closing that are counted down

# HSDS's status of a service, and what its hours are then; only ever in memory and in the index, never in a catalog.
_STATUS = {"inactive": "gone", "defunct": "gone", "temporarily closed": "paused"}

Span = tuple[datetime, datetime]


def open_state(schedules: Sequence[Schedule], now: datetime, default_timezone: str, here: Here = ANYWHERE) -> OpenState:
    """Return open, closed or unknown at ``now`` (aware). No schedule, or a zone nobody knows: unknown.

    Where the clock ``here`` differs from the service's, the state names the service's zone; where it cannot be right,
    nothing is said.
    HSDS field guidance: 00:00 to 23:59 means all day; local wall-clock times in an IANA zone.
    """
    if shut := next((s.kind for s in schedules if s.kind in _STATUS.values()), ""):
        return OpenState("closed", why=shut)
    if not here.sure:
        return OpenState(why="clock")
    plans = [s for s in schedules if s.kind != "appointment" and _says_when(s)]
    if not any(not s.kind for s in plans):  # holidays alone do not tell of a common day
        return OpenState(why="appointment") if any(s.kind == "appointment" for s in schedules) else OpenState()
    zones: dict[str, ZoneInfo] = {}
    for name in {s.timezone or default_timezone for s in plans}:
        if (found := zone_of(name)) is None:
            return OpenState()
        zones[name] = found
    local = {name: now.astimezone(zone) for name, zone in zones.items()}
    today = local[plans[0].timezone or default_timezone].date()
    if _around_the_clock(plans, today):
        return OpenState("open", all_day=True)
    state = _at(plans, local, default_timezone, now)
    if state.state == "open" and not state.why and any(s.kind == "appointment" for s in schedules):
        state = replace(state, why="appointment")
    same = here.zone is None or not state.zone or _offset(now, zone_of(state.zone)) == _offset(now, here.zone)
    return replace(state, zone="") if same else state


def open_of(service: Service, now: datetime, default_timezone: str, here: Here = ANYWHERE) -> OpenState:
    """Return the state of a whole service: one whose publisher says that it is closed is closed, whatever its hours."""
    return open_state(as_offered(service).schedules, now, default_timezone, here)


def as_offered(service: Service) -> Service:
    """Return ``service`` with the hours that can be offered: of one that is closed, that it is."""
    kind = _STATUS.get(service.status)
    return service if kind is None else replace(service, schedules=(Schedule((), None, None, kind=kind),))


def zone_of(name: str) -> ZoneInfo | None:
    """Return a time zone, None where there is none of that name."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None


def spanned(schedule: Schedule, day: date, zone: tzinfo | None) -> Span | None:
    """Return begin and end of the hours of ``day``; a closing time at or before the opening is the next day's."""
    if schedule.opens_at is None or schedule.closes_at is None:
        return None
    end_day, closes = day, schedule.closes_at
    if closes == LAST_MINUTE:
        end_day, closes = day + timedelta(days=1), time(0)
    elif closes <= schedule.opens_at:
        end_day = day + timedelta(days=1)
    return datetime.combine(day, schedule.opens_at, zone), datetime.combine(end_day, closes, zone)


def _says_when(s: Schedule) -> bool:
    timed = s.opens_at is not None and s.closes_at is not None
    return (timed and has_days(s)) or (s.kind == "holiday" and (has_days(s) or s.valid_from is not None))


def _around_the_clock(plans: Sequence[Schedule], today: date) -> bool:
    """True when every day of the week is open from midnight to midnight, and no special day stands against it."""
    if any(s.kind == "holiday" and falls_on(s, today) for s in plans):
        return False
    full = {
        d for s in plans if s.freq == "WEEKLY" and s.interval == 1 and not (s.bymonthday or s.byyearday or s.byweekno)
        and not s.kind and in_frame(s, today) and s.opens_at == time(0) and s.closes_at in (LAST_MINUTE, time(0))
        for d in s.byday
    }  # fmt: skip
    return full >= set(DAYS)


def _at(plans: Sequence[Schedule], here: dict[str, datetime], default_timezone: str, now: datetime) -> OpenState:
    own = {name: [s for s in plans if (s.timezone or default_timezone) == name] for name in here}

    def around(first: int, last: int) -> list[Span]:
        found = [span for name, local in here.items() for span in _spans(own[name], name, local, first, last)]
        return sorted(found, key=lambda span: (_moment(span[0]), _moment(span[1])))

    spans = around(-1, _WEEK)
    if (closing := _open_until(spans, now)) is not None:
        return _open(closing, plans, here, default_timezone, now)
    local = next(iter(here.values())).date()
    why = "holiday" if any(_closed_for_holiday(s, local, s.timezone or default_timezone, plans) for s in plans) else ""
    begin = _next(spans, now)
    if begin is None and not all(is_plain(s) and not s.holidays for s in plans):
        begin = _next(around(_WEEK, _YEAR), now)
    if begin is None:
        # Nothing is planned: closed until a season begins; plans that have all run out say nothing of today.
        ahead = any((s.valid_from and s.valid_from > local) or s.season for s in plans if not s.kind)
        return OpenState("closed", why=why) if ahead or why else OpenState()
    away = (begin.date() - now.astimezone(begin.tzinfo).date()).days
    return OpenState(
        "closed",
        opens=begin.time(),
        opens_day=DAYS[begin.weekday()] if 0 < away < 7 else "",
        opens_on=begin.date() if away >= 7 else None,
        zone=_key(begin),
        why=why,
    )


def _open(
    closing: datetime, plans: Sequence[Schedule], here: dict[str, datetime], default_timezone: str, now: datetime
) -> OpenState:
    left = _moment(closing) - _moment(now)
    far = left > timedelta(days=1)  # "until 12:00 am" must not mean Saturday's
    minutes = -(-int(left.total_seconds()) // 60)
    unsaid = any(
        is_holiday(here[name].date(), name) and not s.holidays
        for s in plans if not s.kind for name in [s.timezone or default_timezone]
    ) and not any(s.kind == "holiday" and falls_on(s, here[s.timezone or default_timezone].date()) for s in plans)  # fmt: skip
    return OpenState(
        "open",
        until=None if far else closing.time(),
        closes_in=minutes if 0 < minutes <= _SOON else 0,
        zone="" if far else _key(closing),
        why="holiday" if unsaid else "",
    )


def _spans(plans: Sequence[Schedule], timezone: str, here: datetime, first: int, last: int) -> Iterator[Span]:
    """Yield the hours of the days around ``here`` (local time), yesterday's too: they may last past midnight."""
    for offset in range(first, last):
        day = here.date() + timedelta(days=offset)
        special = [s for s in plans if s.kind == "holiday" and falls_on(s, day)]
        for s in special or [s for s in plans if not s.kind and falls_on(s, day)]:
            if not special and _closed_for_holiday(s, day, timezone, ()):
                continue
            if (span := spanned(s, day, here.tzinfo)) is not None:
                yield span


def _closed_for_holiday(s: Schedule, day: date, timezone: str, plans: Sequence[Schedule]) -> bool:
    """Say whether it is a holiday that keeps it closed: a special day without hours, or as its source says."""
    if s.kind == "holiday":
        return s.opens_at is None and falls_on(s, day)
    replaced = any(p.kind == "holiday" and falls_on(p, day) for p in plans)
    return s.holidays == "closed" and not replaced and is_holiday(day, timezone) and falls_on(s, day)


def _open_until(spans: Sequence[Span], now: datetime) -> datetime | None:
    """Return when the opening that holds ``now`` ends, following spans that join; None when closed."""
    end: datetime | None = None
    at = _moment(now)
    for begin, close in spans:
        start, stop = _moment(begin), _moment(close)
        if (start <= at < stop and (end is None or stop > _moment(end))) or (
            end is not None and start <= _moment(end) < stop
        ):
            end = close
    return end


def _next(spans: Sequence[Span], now: datetime) -> datetime | None:
    return next((begin for begin, _ in spans if _moment(begin) > _moment(now)), None)


def _key(local: datetime) -> str:
    return local.tzinfo.key if isinstance(local.tzinfo, ZoneInfo) else ""


def _offset(now: datetime, zone: tzinfo | None) -> timedelta | None:
    return now.astimezone(zone).utcoffset() if zone else None


def _moment(local: datetime) -> datetime:
    """Return ``local`` in UTC: two datetimes of one zone compare by wall clock, wrong where clocks change."""
    return local.astimezone(UTC)
