"""Open, closed or unknown: in the service's own zone, across midnight and across the clock change."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guide.catalog import hours
from guide.catalog.hours import DAYS
from guide.records import OpenState, Schedule

ZONE = "America/New_York"
NEW_YORK = ZoneInfo(ZONE)
WORKDAYS = DAYS[:5]
OFFICE = Schedule(WORKDAYS, time(9), time(17), ZONE)
NIGHT = Schedule(("FR", "SA"), time(20), time(2), ZONE)
CLOSED_UNTIL_9 = OpenState("closed", opens=time(9))


def open_state(schedules: Sequence[Schedule], now: datetime, zone: str) -> OpenState:
    """Return the state without its countdown: opening_hours.txt has that."""
    return replace(hours.open_state(schedules, now, zone), closes_in=0)


def at(day: str, clock: str) -> datetime:
    """Return a moment as people in New York say it."""
    return datetime.combine(date.fromisoformat(day), time.fromisoformat(clock), NEW_YORK)


# 2026-11-23 is a Monday.
@pytest.mark.parametrize(
    ("schedules", "now", "expected"),
    [
        ((OFFICE,), at("2026-11-23", "08:59"), CLOSED_UNTIL_9),
        ((OFFICE,), at("2026-11-23", "09:00"), OpenState("open", until=time(17))),
        ((OFFICE,), at("2026-11-23", "16:59"), OpenState("open", until=time(17))),
        ((OFFICE,), at("2026-11-23", "17:00"), OpenState("closed", opens=time(9), opens_day="TU")),
        ((OFFICE,), at("2026-11-27", "18:00"), OpenState("closed", opens=time(9), opens_day="MO")),
        ((OFFICE,), at("2026-11-29", "12:00"), OpenState("closed", opens=time(9), opens_day="MO")),
        ((NIGHT,), at("2026-11-27", "23:30"), OpenState("open", until=time(2))),
        ((NIGHT,), at("2026-11-28", "01:59"), OpenState("open", until=time(2))),
        ((NIGHT,), at("2026-11-28", "02:00"), OpenState("closed", opens=time(20))),
        ((NIGHT,), at("2026-11-27", "01:00"), OpenState("closed", opens=time(20))),
        ((NIGHT,), at("2026-11-29", "01:00"), OpenState("open", until=time(2))),
    ],
)
def test_an_office_and_a_night_line(schedules: tuple[Schedule, ...], now: datetime, expected: OpenState) -> None:
    assert open_state(schedules, now, "") == expected
    assert open_state(schedules, now.astimezone(UTC), "") == expected, "the zone of the clock asked does not matter"


@pytest.mark.parametrize("closes", [time(23, 59), time(0)])
def test_midnight_to_midnight_every_day_is_around_the_clock(closes: time) -> None:
    every_day = (Schedule(DAYS, time(0), closes, ZONE),)
    assert open_state(every_day, at("2026-11-23", "23:59"), "") == OpenState("open", all_day=True)


def test_seven_single_days_are_around_the_clock_too() -> None:
    days = tuple(Schedule((day,), time(0), time(23, 59), ZONE) for day in DAYS)
    assert open_state(days, at("2026-11-25", "03:00"), "").all_day


def test_all_day_on_workdays_names_no_hour_that_would_be_taken_for_tonight() -> None:
    workdays = (Schedule(WORKDAYS, time(0), time(23, 59), ZONE),)
    assert open_state(workdays, at("2026-11-23", "10:00"), "") == OpenState("open")
    assert open_state(workdays, at("2026-11-27", "10:00"), "") == OpenState("open", until=time(0))
    assert open_state(workdays, at("2026-11-28", "10:00"), "") == OpenState("closed", opens=time(0), opens_day="MO")


def test_a_line_open_until_just_before_midnight_is_open_in_that_last_minute() -> None:
    late = (Schedule(DAYS, time(12), time(23, 59), ZONE),)
    assert open_state(late, at("2026-11-23", "23:59"), "").state == "open"


def test_a_lunch_break_closes_and_names_the_afternoon() -> None:
    day = (replace(OFFICE, closes_at=time(12)), replace(OFFICE, opens_at=time(13)))
    assert open_state(day, at("2026-11-23", "12:30"), "") == OpenState("closed", opens=time(13))


def test_spans_that_touch_are_one() -> None:
    day = (replace(OFFICE, closes_at=time(12)), replace(OFFICE, opens_at=time(12)))
    assert open_state(day, at("2026-11-23", "11:00"), "") == OpenState("open", until=time(17))


def test_hours_are_those_of_the_service_not_of_the_shelter() -> None:
    pacific = (replace(OFFICE, timezone="America/Los_Angeles"),)
    assert open_state(pacific, at("2026-11-23", "09:30"), ZONE) == CLOSED_UNTIL_9
    assert open_state(pacific, at("2026-11-23", "19:30"), ZONE) == OpenState("open", until=time(17))


def test_hours_that_name_no_zone_are_in_the_catalogs() -> None:
    assert open_state((replace(OFFICE, timezone=""),), at("2026-11-23", "10:00"), ZONE).state == "open"


@pytest.mark.parametrize(
    "schedules",
    [
        (),
        (replace(OFFICE, timezone="Mars/Olympus"),),
        (replace(OFFICE, timezone="../../etc/passwd"),),
        (replace(OFFICE, byday=()),),
        (replace(OFFICE, opens_at=None),),
        (replace(OFFICE, closes_at=None),),
        (replace(OFFICE, valid_to=date(2026, 6, 30)),),
    ],
    ids=["none", "no such zone", "a path", "no days", "no opening", "no closing", "all run out"],
)
def test_what_is_not_known_is_never_called_closed(schedules: tuple[Schedule, ...]) -> None:
    assert open_state(schedules, at("2026-11-23", "10:00"), "") == OpenState()


def test_one_unknown_zone_makes_the_whole_unknown() -> None:
    assert open_state((NIGHT, replace(OFFICE, timezone="Nowhere")), at("2026-11-23", "10:00"), "").state == "unknown"


def test_a_catalog_without_a_zone_does_not_guess() -> None:
    assert open_state((replace(OFFICE, timezone=""),), at("2026-11-23", "10:00"), "").state == "unknown"


def test_a_season_that_has_not_begun_is_closed_until_its_first_day() -> None:
    winter = (replace(OFFICE, valid_from=date(2026, 12, 15)),)
    assert open_state(winter, at("2026-11-23", "10:00"), "") == OpenState(
        "closed", opens=time(9), opens_on=date(2026, 12, 15)
    )


def test_a_season_too_far_away_to_name_its_day_is_closed() -> None:
    far = (replace(OFFICE, valid_from=date(2028, 12, 15)),)
    assert open_state(far, at("2026-11-23", "10:00"), "") == OpenState("closed")


def test_a_season_holds_on_its_first_and_last_day() -> None:
    season = (replace(OFFICE, valid_from=date(2026, 11, 23), valid_to=date(2026, 11, 24)),)
    assert open_state(season, at("2026-11-23", "10:00"), "").state == "open"
    assert open_state(season, at("2026-11-24", "10:00"), "").state == "open"
    assert open_state(season, at("2026-11-22", "10:00"), "") == OpenState("closed", opens=time(9), opens_day="MO")


# In New York clocks go from 2:00 to 3:00 on 2026-03-08 and from 2:00 back to 1:00 on 2026-11-01, both Sundays.
def test_the_lost_hour_of_spring_moves_the_opening_in_utc() -> None:
    sunday = (Schedule(("SU",), time(9), time(17), ZONE),)
    assert open_state(sunday, datetime(2026, 3, 8, 12, 59, tzinfo=UTC), "") == CLOSED_UNTIL_9
    assert open_state(sunday, datetime(2026, 3, 8, 13, 0, tzinfo=UTC), "").state == "open"


def test_the_doubled_hour_of_autumn_belongs_to_the_opening_twice() -> None:
    early = (Schedule(("SU",), time(1), time(2), ZONE),)
    for minute in (0, 30, 60, 119):
        moment = datetime(2026, 11, 1, 5, 0, tzinfo=UTC) + timedelta(minutes=minute)
        assert open_state(early, moment, "") == OpenState("open", until=time(2))
        assert open_state(early, moment.astimezone(NEW_YORK), "") == OpenState("open", until=time(2))
    assert open_state(early, datetime(2026, 11, 1, 7, 0, tzinfo=UTC), "").state == "closed"


clocks = st.times(timezones=st.none()).map(lambda t: t.replace(second=0, microsecond=0))
weeks = st.builds(
    Schedule,
    byday=st.sets(st.sampled_from(DAYS), min_size=1).map(tuple),
    opens_at=clocks,
    closes_at=clocks.filter(lambda t: t != time(23, 59)),
    timezone=st.just("Etc/UTC"),
)


def is_open(one: Schedule, now: datetime) -> bool:
    """Say it the slow way: today's span, or yesterday's when it lasts past midnight."""
    opens, closes, clock = one.opens_at, one.closes_at, now.time()
    assert opens is not None
    assert closes is not None
    today, yesterday = DAYS[now.weekday()] in one.byday, DAYS[now.weekday() - 1] in one.byday
    if opens < closes:
        return today and opens <= clock < closes
    return (today and clock >= opens) or (yesterday and clock < closes)


@settings(max_examples=200, deadline=None)
@given(st.lists(weeks, min_size=1, max_size=4), st.integers(0, 7 * 24 * 60))
def test_any_week_agrees_with_looking_it_up_by_hand(plans: list[Schedule], minutes: int) -> None:
    now = datetime(2026, 11, 23, tzinfo=UTC) + timedelta(minutes=minutes)
    state = open_state(plans, now, "")
    assert (state.state == "open") is any(is_open(one, now) for one in plans)
    if state.until is not None:
        ahead = (
            datetime.combine(date(2026, 1, 1), state.until) - datetime.combine(date(2026, 1, 1), now.time())
        ).seconds
        last = now + timedelta(seconds=ahead or 86400)
        assert not any(is_open(one, last) for one in plans), "it closes when it says"
        assert any(is_open(one, last - timedelta(minutes=1)) for one in plans)
    if state.state == "closed":
        assert state.opens is not None
        day = now.date()
        while state.opens_day and DAYS[day.weekday()] != state.opens_day:
            day += timedelta(days=1)
        then = datetime.combine(state.opens_on or day, state.opens, UTC)
        assert any(is_open(one, then) for one in plans), "it opens when it says"
