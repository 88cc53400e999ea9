"""Which services are open now: each distinct plan of hours is judged once a minute, not each service."""

from __future__ import annotations

import sqlite3
from datetime import datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from guide.catalog.hours import DAYS, open_state
from guide.records import OpenState, Schedule
from guide.search.packed import unpack_schedules
from guide.search.sets import Rows, rows_in, unite

_DAY = 24 * 60


class Opening:
    """The plans of hours of one index."""

    def __init__(self, db: sqlite3.Connection, timezone: str) -> None:
        """Read the plans and who follows them; ``timezone`` is the zone of times that name none."""
        self._timezone = timezone
        self._plans: dict[int, tuple[Schedule, ...]] = {}
        self._followers: dict[int, Rows] = {}
        for number, text, rows, crc in db.execute("SELECT id, json, rows, crc FROM plan"):
            self._plans[number], self._followers[number] = unpack_schedules(text), rows_in(rows, crc)
        self._weeks = {number: _week(plan) for number, plan in self._plans.items()}
        self._now: datetime | None = None
        self._minute: datetime | None = None
        self._open = Rows()
        self._states: dict[int | None, OpenState] = {}
        self.unknown = unite(self._followers[n] for n, plan in self._plans.items() if not self._can_tell(plan))

    def state(self, plan: int | None, now: datetime) -> OpenState:
        """Return the state of a plan at ``now``; without a plan nobody knows."""
        if now != self._now:
            self.open_now(now)
        found = self._states.get(plan)
        if found is None:
            found = OpenState() if plan is None else open_state(self._plans[plan], now, self._timezone)
            self._states[plan] = found
        return found

    def open_now(self, now: datetime) -> Rows:
        """Return the set of services that are open at ``now``."""
        self._now = now
        minute = now.replace(second=0, microsecond=0)
        if self._minute != minute:
            self._minute = minute
            self._states.clear()
            self._open = unite(self._followers[number] for number in self._plans if self._is_open(number, now))
        return self._open

    def _can_tell(self, plan: tuple[Schedule, ...]) -> bool:
        """Say whether a plan has times at all, in zones that exist; else it is unknown, whatever the moment."""
        timed = [s for s in plan if s.byday and s.opens_at is not None and s.closes_at is not None]
        return bool(timed) and all(_zone(s.timezone or self._timezone) is not None for s in timed)

    def _is_open(self, number: int, now: datetime) -> bool:
        week = self._weeks[number]
        if week is None:
            return self.state(number, now).state == "open"
        zone, spans = week
        here = _minute_of_week(now, zone or self._timezone)
        if here is None:
            return False
        return any(begin <= here < end or begin <= here + 7 * _DAY < end for begin, end in spans)


def _minute_of_week(now: datetime, timezone: str) -> int | None:
    zone = _zone(timezone)
    if zone is None:
        return None
    here = now.astimezone(zone)
    return here.weekday() * _DAY + here.hour * 60 + here.minute


def _zone(name: str) -> ZoneInfo | None:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None


def _week(plan: tuple[Schedule, ...]) -> tuple[str, list[tuple[int, int]]] | None:
    """Return zone and open minutes of the week, or None for a plan that has to be judged day by day."""
    spans = []
    zones = {s.timezone for s in plan}
    if len(zones) != 1 or any(s.valid_from or s.valid_to for s in plan):
        return None
    for s in plan:
        if s.opens_at is None or s.closes_at is None:
            continue
        begin = s.opens_at.hour * 60 + s.opens_at.minute
        end = s.closes_at.hour * 60 + s.closes_at.minute
        end = _DAY if end == _DAY - 1 else end + _DAY if end <= begin else end
        spans += [(DAYS.index(day) * _DAY + begin, DAYS.index(day) * _DAY + end) for day in s.byday if day in DAYS]
    return zones.pop(), spans
