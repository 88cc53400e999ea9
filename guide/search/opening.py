"""Which services are open now: each distinct plan of hours is judged once a minute, not each service."""

from __future__ import annotations

import sqlite3
from datetime import datetime, timedelta

from guide.catalog.hours import ANYWHERE, DAYS, LAST_MINUTE, open_state, zone_of
from guide.catalog.recurrence import has_days, is_plain
from guide.clock import Here
from guide.records import OpenState, Schedule
from guide.search.packed import unpack_schedules
from guide.search.sets import Rows, rows_in, unite

_DAY = 24 * 60

Week = tuple[str, list[tuple[int, int]]]


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
        self._open, self._unknown = Rows(), Rows()
        self._states: dict[int | None, OpenState] = {}
        self._here = ANYWHERE
        self._silent = frozenset(n for n, week in self._weeks.items() if week and not self._can_tell(self._plans[n]))

    def tell(self, here: Here) -> None:
        """Take what is known of time here: with a clock that cannot be right no hours are judged."""
        if here != self._here:
            self._here, self._minute = here, None

    def state(self, plan: int | None, now: datetime) -> OpenState:
        """Return the state of a plan at ``now``; without a plan nobody knows."""
        if now != self._now:
            self.open_now(now)
        found = self._states.get(plan)
        if found is None:
            known = () if plan is None else self._plans[plan]
            found = self._states[plan] = open_state(known, now, self._timezone, self._here)
        return found

    def open_now(self, now: datetime) -> Rows:
        """Return the set of services that are open at ``now``; none where the clock cannot be believed."""
        self._now = now
        minute = now.replace(second=0, microsecond=0)
        if self._minute != minute:
            self._minute = minute
            self._states.clear()
            here = {week[0]: _minute_of_week(now, week[0] or self._timezone) for week in self._weeks.values() if week}
            states = {n: self._judged(n, now, here) if self._here.sure else "unknown" for n in self._plans}
            self._open = unite(self._followers[n] for n, state in states.items() if state == "open")
            self._unknown = unite(self._followers[n] for n, state in states.items() if state == "unknown")
        return self._open

    def unknown(self, now: datetime) -> Rows:
        """Return the set of services of which ``now`` nobody can say, as where the last planned day has passed."""
        self.open_now(now)
        return self._unknown

    def _can_tell(self, plan: tuple[Schedule, ...]) -> bool:
        """Say whether a plan of weeks can ever tell: it has times on days, in a zone that exists."""
        timed = any(s.opens_at is not None and s.closes_at is not None and has_days(s) for s in plan)
        return timed and zone_of(plan[0].timezone or self._timezone) is not None

    def _judged(self, number: int, now: datetime, here: dict[str, int | None]) -> str:
        week = self._weeks[number]
        if week is None or (minute := here[week[0]]) is None:
            return self.state(number, now).state
        if number in self._silent:
            return "unknown"
        opened = any(begin <= minute < end or begin <= minute + 7 * _DAY < end for begin, end in week[1])
        return "open" if opened else "closed"


def _minute_of_week(now: datetime, timezone: str) -> int | None:
    """Return the minute of the week where ``timezone`` is; None on days on which its clocks change."""
    zone = zone_of(timezone)
    if zone is None:
        return None
    here = now.astimezone(zone)
    day = timedelta(days=1)
    if not (now - day).astimezone(zone).utcoffset() == here.utcoffset() == (now + day).astimezone(zone).utcoffset():
        return None
    return here.weekday() * _DAY + here.hour * 60 + here.minute


def _week(plan: tuple[Schedule, ...]) -> Week | None:
    """Return zone and open minutes of the week, or None for a plan that has to be judged day by day."""
    spans = []
    zones = {s.timezone for s in plan}
    if len(zones) != 1 or not all(is_plain(s) and s.holidays != "closed" for s in plan):
        return None
    for s in plan:
        if s.opens_at is None or s.closes_at is None:
            continue
        begin = s.opens_at.hour * 60 + s.opens_at.minute
        end = s.closes_at.hour * 60 + s.closes_at.minute
        end = _DAY if s.closes_at == LAST_MINUTE else end + _DAY if end <= begin else end
        spans += [(DAYS.index(day) * _DAY + begin, DAYS.index(day) * _DAY + end) for day in s.byday]
    return zones.pop(), spans
