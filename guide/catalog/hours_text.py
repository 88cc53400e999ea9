"""Free text of hours into schedules, only where every word of it is understood."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import time
from functools import lru_cache

from guide.catalog.clock_words import span_of
from guide.catalog.hours_osm import parse_osm
from guide.catalog.hours_words import Token, days_between, months, nths, tokens
from guide.catalog.recurrence import DAYS
from guide.records import Schedule

Times = tuple[time, time]
_ALL_DAY: Times = (time(0), time(23, 59))
_MARKS = ("appointment", "always", "hours24", "days", "nth", "season", "zone", "holidays")


@dataclass
class _Clause:
    """Days and times that belong together."""

    days: list[str] = field(default_factory=list)
    times: list[Times] = field(default_factory=list)
    season: str = ""
    appointment: bool = False


class _Unclear(Exception):  # noqa: N818 - not a failure: the text is shown as it is
    """The words do not add up to hours."""


@lru_cache(maxsize=1 << 12)  # a publisher writes the same hours for many services
def parse_hours(text: str, timezone: str) -> tuple[Schedule, ...]:
    """Return the schedules that ``text`` states, or () when anything in it was not understood.

    ``timezone`` is the IANA zone of times that name none. Understood are OpenStreetMap's opening_hours and the
    common ways to write hours in English and Spanish. Guessing is worse than "unknown": a caller who finds a
    line closed may not try again.
    """
    if found := parse_osm(text, timezone):
        return found
    said = tokens(text)
    if not said or not any(token.kind in _MARKS for token in said):
        return ()
    try:
        return tuple(_Reading(said).schedules(text, timezone))
    except _Unclear:
        return ()


class _Reading:
    """One text while it is read."""

    def __init__(self, said: list[Token]) -> None:
        self._said = said
        self._place = 0
        self._clauses: list[_Clause] = [_Clause()]
        self._closed: set[str] = set()
        self._lunch: list[Times] = []
        self._zones: list[tuple[int, str]] = []
        self._holidays = ""
        self._times_first: bool | None = None

    def schedules(self, text: str, timezone: str) -> Iterator[Schedule]:
        """Yield what was said. Raises _Unclear."""
        while self._place < len(self._said):
            self._step()
        clauses = [c for c in self._clauses if c.days or c.times or c.appointment]
        timed = [c for c in clauses if c.times]
        for number, clause in enumerate(clauses):
            zone = self._zone(number) or timezone
            if clause.appointment and not clause.times:
                yield Schedule(tuple(clause.days), None, None, zone, description=text, kind="appointment")
                continue
            days = clause.days or (list(DAYS) if clause.times == [_ALL_DAY] and len(timed) == 1 else [])
            plain = tuple(d for d in DAYS if d in days and d not in self._closed)
            numbered = tuple(dict.fromkeys(d for d in days if d not in DAYS))
            if not (plain or numbered) or not clause.times:
                raise _Unclear
            for begin, end in self._without_lunch(clause.times):
                own = Schedule(plain, begin, end, zone, description=text, holidays=self._holidays, season=clause.season)
                if plain:
                    yield own
                if numbered:
                    yield replace(own, byday=numbered, freq="MONTHLY")
            if clause.appointment:
                yield Schedule((), None, None, zone, description=text, kind="appointment")

    # --- one step -----------------------------------------------------------------------------------
    def _step(self) -> None:
        token = self._take()
        now = self._clauses[-1]
        if token.kind in ("days", "nth"):
            self._add_days(self._days(token))
        elif token.kind == "clock":
            self._add_times(self._times(token))
        elif token.kind in ("always", "hours24"):
            self._add_times(_ALL_DAY)
            if token.kind == "always" and not now.days and self._peek().kind not in ("days", "comma"):
                self._add_days(list(DAYS))
        elif token.kind == "appointment":
            now.appointment = True
        elif token.kind == "closed":
            self._shut()
        elif token.kind not in ("comma", "and"):
            self._frame(token, now)

    def _frame(self, token: Token, now: _Clause) -> None:
        """Read what says something of a whole clause, or ends it."""
        full = bool(now.days and now.times)
        if token.kind == "season":
            self._begin_if(done=full)
            self._clauses[-1].season = months(token.value)
        elif token.kind == "zone":
            self._zones.append((len(self._clauses) - 1, token.value))
        elif token.kind == "holidays":
            self._holidays = token.value
        elif token.kind == "break":
            self._begin_if(done=full or now.appointment)
            self._times_first = None if full else self._times_first
        else:
            raise _Unclear

    def _add_days(self, days: list[str]) -> None:
        now = self._clauses[-1]
        if now.times and not now.days and self._times_first is None:
            self._times_first = True
        elif now.times and now.days and not self._times_first:
            self._clauses.append(now := _Clause())
        if not now.times and self._times_first is None:
            self._times_first = False
        self._clauses[-1].days += days

    def _add_times(self, span: Times) -> None:
        now = self._clauses[-1]
        if now.times and now.days and self._times_first:
            self._clauses.append(now := _Clause())
        now.times.append(span)

    def _begin_if(self, *, done: bool) -> None:
        if done:
            self._clauses.append(_Clause())

    def _days(self, token: Token) -> list[str]:
        if token.kind == "nth":
            numbers = nths(token.value)
            days = self._days(self._expect("days"))
            if self._peek().kind == "monthly":
                self._take()
            return [f"{n}{day}" for n in numbers for day in days]
        days = token.value.split(",")
        if len(days) == 1 and self._peek().kind == "to" and self._peek(1).kind == "days":
            self._take()
            last = self._take().value
            if "," in last:
                raise _Unclear
            return list(days_between(days[0], last))
        return days

    def _times(self, token: Token) -> Times:
        self._expect("to")
        closing = self._expect("clock")
        span = span_of(token.value, closing.value)
        if span is None:
            raise _Unclear
        return span

    def _shut(self) -> None:
        """Read what is closed: days, or the middle of every day."""
        while self._peek().kind in ("comma", "lunch"):
            self._take()
        daily = self._peek().kind == "days" and len(self._peek().value) > 2 and self._peek(1).kind == "clock"
        if daily:
            self._take()
        if self._peek().kind == "clock":
            self._lunch.append(self._times(self._take()))
            while self._peek().kind == "lunch" or self._peek().value == ",".join(DAYS):
                self._take()
            if self._peek().kind in ("days", "nth"):  # only then? on all days? the words do not say
                raise _Unclear
        elif self._peek().kind == "days":
            self._closed |= set(self._days(self._take()))
            while self._peek().kind in ("and", "comma") and self._peek(1).kind == "days":
                self._take()
                self._closed |= set(self._days(self._take()))
        else:
            now = self._clauses[-1]
            if not now.days or now.times:
                raise _Unclear
            self._closed |= set(now.days)
            now.days = []

    # --- small things ---------------------------------------------------------------------------------
    def _without_lunch(self, times: list[Times]) -> Iterator[Times]:
        for begin, end in times:
            cut = [lunch for lunch in self._lunch if begin < lunch[0] < lunch[1] < end]
            if self._lunch and not cut and (begin, end) == _ALL_DAY:
                raise _Unclear
            if cut:
                yield begin, cut[0][0]
                yield cut[0][1], end
            else:
                yield begin, end

    def _zone(self, clause: int) -> str:
        """Return the zone said with a clause; one said at the end holds for what stands before it."""
        later = [zone for number, zone in self._zones if number >= clause]
        return later[0] if later else self._zones[-1][1] if self._zones else ""

    def _peek(self, ahead: int = 0) -> Token:
        place = self._place + ahead
        return self._said[place] if place < len(self._said) else Token("end")

    def _take(self) -> Token:
        token = self._peek()
        self._place += 1
        return token

    def _expect(self, kind: str) -> Token:
        token = self._take()
        if token.kind != kind:
            raise _Unclear
        return token
