"""Schedules of every HSDS version: weekly rows, rules, holidays, places, and the words beside them."""

from __future__ import annotations

from datetime import date, time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guide.catalog.recurrence import DAYS
from guide.publish.readers.hours import holiday, ruled
from guide.records import Schedule
from tests.publish.readers.sources import only, package, read, rules

SCHEDULE = "id,service_id,location_id,freq,interval,byday,opens_at,closes_at,valid_from,valid_to,description\n"
WEEK = "id,service_id,weekday,opens_at,closes_at,original_text\n"


def days(found: tuple[Schedule, ...]) -> list[tuple[tuple[str, ...], time | None, time | None]]:
    return [(one.byday, one.opens_at, one.closes_at) for one in found]


def test_words_that_are_understood_whole_hold_as_rows_drop_the_second_span(tmp_path: Path) -> None:
    text = '"8:00am-12:00pm; 1:00pm-5:00pm, Mon"'
    found = only(package(tmp_path / "p", regular_schedules=f"{WEEK},10,Monday,8:00am,12:00pm,{text}\n"))
    assert days(found.schedules) == [(("MO",), time(8), time(12)), (("MO",), time(13), time(17))]
    assert found.hours.text == "8:00am-12:00pm; 1:00pm-5:00pm, Mon", "the source's own words stand beside them"


def test_rows_hold_where_the_words_say_more_than_is_understood(tmp_path: Path) -> None:
    text = '"Clinic: 9:00am-5:00pm, Mon"'
    found = only(package(tmp_path / "p", regular_schedules=f"{WEEK},10,Monday,9:00am,5:00pm,{text}\n"))
    assert days(found.schedules) == [(("MO",), time(9), time(17))]


def test_rows_without_times_are_read_from_their_words(tmp_path: Path) -> None:
    found = only(package(tmp_path / "p", regular_schedules=f'{WEEK},10,Monday,,,"By appointment"\n'))
    assert [one.kind for one in found.schedules] == ["appointment"]


def test_every_field_of_a_rule_comes_through_the_catalog(tmp_path: Path) -> None:
    table = f"{SCHEDULE}1,10,,MONTHLY,1,1FR,09:00,17:00,2026-01-01,2026-12-31,First Fridays\n"
    (one,) = only(package(tmp_path / "p", schedules=table)).schedules
    assert (one.freq, one.byday, one.valid_to) == ("MONTHLY", ("1FR",), date(2026, 12, 31))


def test_hours_of_the_only_place_are_the_services_where_it_has_none(tmp_path: Path) -> None:
    found = only(
        package(
            tmp_path / "p",
            locations="id,name\n7,Hall\n",
            services_at_location="id,service_id,location_id\n1,10,7\n",
            schedules=f"{SCHEDULE}1,,7,WEEKLY,1,MO,09:00,17:00,,,\n",
        )
    )
    assert days(found.schedules) == [(("MO",), time(9), time(17))]


def test_a_holiday_table_is_read_and_a_row_without_days_is_counted(tmp_path: Path) -> None:
    holidays = "id,service_id,closed,opens_at,closes_at,start_date,end_date\n1,10,True,,,2026-12-25,2026-12-25\n2,10,True,,,,\n"
    result = read(
        package(tmp_path / "p", holiday_schedules=holidays, schedules=f"{SCHEDULE}1,10,,,,MO,09:00,17:00,,,\n")
    )
    (service,) = result.services
    assert [(s.kind, s.valid_from, s.opens_at) for s in service.schedules if s.kind] == [
        ("holiday", date(2026, 12, 25), None)
    ]
    assert rules(result)["holiday not understood: left out"] == 1


def test_not_on_public_holidays_is_heard_in_the_words(tmp_path: Path) -> None:
    text = "Weekdays. The service is not available on public holidays."
    (one,) = only(package(tmp_path / "p", schedules=f"{SCHEDULE}1,10,,,,MO,09:00,17:00,,,{text}\n")).schedules
    assert one.holidays == "closed"


@pytest.mark.parametrize(
    "row",
    [
        {"byday": "MO", "freq": "DAILY"},
        {"byday": "XX"},
        {"byday": "6FR", "freq": "MONTHLY"},
        {"byday": "MO", "interval": "2"},
        {"byday": "MO", "interval": "often"},
        {"byday": "MO", "count": "3"},
        {"bymonthday": "40", "freq": "MONTHLY"},
        {"byday": "MO", "closes_at": "25:00"},
        {},
    ],
    ids=str,
)
def test_a_rule_that_cannot_be_read_is_not_guessed_at(row: dict[str, str]) -> None:
    assert ruled({"opens_at": "09:00", "closes_at": "17:00"} | row, "Etc/UTC") is None


def test_a_closed_day_of_a_3x_schedule_is_a_holiday() -> None:
    (one,) = ruled({"valid_from": "2026-12-25", "valid_to": "2026-12-26", "description": "Closed"}, "Etc/UTC") or ()
    assert (one.kind, one.valid_to) == ("holiday", date(2026, 12, 26))


words = st.sampled_from(
    ["", "MO", "1FR", "monday", "-1", "31", "2026-11-23", "20261231T235959Z", "x", "9:00am", "0", "é"]
)


@settings(max_examples=300, deadline=None)
@given(st.dictionaries(st.sampled_from(["byday", "freq", "interval", "opens_at", "closes_at", "dtstart", "until", "count",
                                        "bymonthday", "byyearday", "byweekno", "wkst", "valid_from", "start_date",
                                        "end_date", "closed"]), words | st.text(max_size=12)))  # fmt: skip
def test_no_row_breaks_the_reading(row: dict[str, str]) -> None:
    for one in ruled(row, "Etc/UTC") or ():
        assert one.kind or one.byday or one.bymonthday or one.byyearday
        assert all(day[-2:] in DAYS for day in one.byday)
    holiday(row, "Etc/UTC")
