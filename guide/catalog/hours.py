"""Whether a service is open at a moment, from its schedules, in its own time zone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from guide.records import OpenState, Schedule

DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_LAST_MINUTE = time(23, 59)
_AHEAD = 8  # days to look for the next opening: a weekly plan repeats


def open_state(schedules: Sequence[Schedule], now: datetime, default_timezone: str) -> OpenState:
    """Return open, closed or unknown at ``now`` (aware). No schedule, or a zone nobody knows: unknown.

    HSDS field guidance: 00:00 to 23:59 means all day; local wall-clock times in an IANA zone.
    """
    plans = [s for s in schedules if s.byday and s.opens_at is not None and s.closes_at is not None]
    if not plans:
        return OpenState()
    zones: dict[str, ZoneInfo] = {}
    for name in {s.timezone or default_timezone for s in plans}:
        try:
            zones[name] = ZoneInfo(name)
        except (ZoneInfoNotFoundError, ValueError, OSError):
            return OpenState()
    if _around_the_clock(plans, now.date()):
        return OpenState("open", all_day=True)
    spans = sorted(
        (span for s in plans for span in _spans(s, now.astimezone(zones[s.timezone or default_timezone]))),
        key=lambda span: (_moment(span[0]), _moment(span[1])),
    )
    closing = _open_until(spans, now)
    if closing is not None:
        far = _moment(closing) - _moment(now) > timedelta(days=1)  # "until 12:00 am" must not mean Saturday's
        return OpenState("open", until=None if far else closing.time())
    for begin, _ in spans:
        if _moment(begin) > _moment(now):
            today = now.astimezone(begin.tzinfo).date()
            day = "" if begin.date() == today else DAYS[begin.weekday()]
            return OpenState("closed", opens=begin.time(), opens_day=day)
    # Nothing is planned: closed until a season begins; plans that have all run out say nothing of today.
    season = any(s.valid_from and s.valid_from > now.date() for s in plans)
    return OpenState("closed") if season else OpenState()


def _around_the_clock(plans: Sequence[Schedule], today: date) -> bool:
    """True when every day of the week is open from midnight to midnight."""
    full = {d for s in plans if _valid(s, today) and _all_day(s) for d in s.byday}
    return full >= set(DAYS)


def _all_day(schedule: Schedule) -> bool:
    return schedule.opens_at == time(0) and schedule.closes_at in (_LAST_MINUTE, time(0))


def _valid(schedule: Schedule, day: date) -> bool:
    return (schedule.valid_from is None or schedule.valid_from <= day) and (
        schedule.valid_to is None or day <= schedule.valid_to
    )


def _spans(schedule: Schedule, here: datetime) -> Iterator[tuple[datetime, datetime]]:
    """Yield the spans around ``here`` (the service's local time), yesterday's included: it may last past midnight."""
    if schedule.opens_at is None or schedule.closes_at is None:
        return
    for offset in range(-1, _AHEAD):
        day = here.date() + timedelta(days=offset)
        if DAYS[day.weekday()] not in schedule.byday or not _valid(schedule, day):
            continue
        end_day, closes = day, schedule.closes_at
        if closes == _LAST_MINUTE:
            end_day, closes = day + timedelta(days=1), time(0)
        elif closes <= schedule.opens_at:
            end_day = day + timedelta(days=1)
        begin = datetime.combine(day, schedule.opens_at, here.tzinfo)
        yield begin, datetime.combine(end_day, closes, here.tzinfo)


def _open_until(spans: Sequence[tuple[datetime, datetime]], now: datetime) -> datetime | None:
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


def _moment(local: datetime) -> datetime:
    """Return ``local`` in UTC: two datetimes of one zone compare by wall clock, wrong where clocks change."""
    return local.astimezone(UTC)
