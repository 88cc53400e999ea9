"""Hours written as text become schedules only where every word was understood."""

from __future__ import annotations

from datetime import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guide.catalog.hours import DAYS
from guide.catalog.hours_text import parse_hours
from guide.records import Schedule

WORKDAYS = DAYS[:5]
EAST, MIDDLE, WEST = "America/New_York", "America/Chicago", "America/Los_Angeles"


@pytest.mark.parametrize("text", ["24 hours a day, every day", "24/7", "24 Hours, 7 days a week", "Always open"])
def test_around_the_clock(text: str) -> None:
    assert parse_hours(text, EAST) == (Schedule(DAYS, time(0), time(23, 59), EAST, description=text),)


@pytest.mark.parametrize(
    ("text", "spans"),
    [
        ("Mon-Fri 8am-8pm Eastern", [(WORKDAYS, 8, 20, EAST)]),
        ("Mon–Fri 8 am – 8 pm Eastern", [(WORKDAYS, 8, 20, EAST)]),
        ("Monday-Friday 8:00am-8:00pm Eastern time", [(WORKDAYS, 8, 20, EAST)]),
        ("Mon-Fri 9am-9pm Central (secondary source)", [(WORKDAYS, 9, 21, MIDDLE)]),
        ("Mon-Fri 9am-5pm Eastern (2018 page)", [(WORKDAYS, 9, 17, EAST)]),
        ("Mon-Fri 10am-6pm Pacific (1pm-9pm Eastern)", [(WORKDAYS, 10, 18, WEST)]),
        (
            "Mon-Fri 11am-8pm Pacific, Sat 9am-2pm Pacific; confirm",
            [(WORKDAYS, 11, 20, WEST), (("SA",), 9, 14, WEST)],
        ),
        ("Mon-Fri 9am-5pm, Sat 10am-2pm Central", [(WORKDAYS, 9, 17, MIDDLE), (("SA",), 10, 14, MIDDLE)]),
        ("Fri-Mon 6pm-12am", [(("FR", "SA", "SU", "MO"), 18, 0, "Etc/UTC")]),
        ("Sundays 12pm-4pm", [(("SU",), 12, 16, "Etc/UTC")]),
    ],
)
def test_days_and_hours(text: str, spans: list[tuple[tuple[str, ...], int, int, str]]) -> None:
    expected = tuple(Schedule(days, time(a), time(b), zone, description=text) for days, a, b, zone in spans)
    assert parse_hours(text, "Etc/UTC") == expected


@pytest.mark.parametrize(
    "text",
    [
        "",
        "24 hours in most areas",
        "Reply in 1-5 business days",
        "Mon-Fri 9am-5pm except holidays",
        "Mon-Fri 9am-5pm (closed Wed)",
        "Mon-Fri 9am-5pm (by appointment)",
        "First Mon 9am-5pm",
        "Mon, Wed 9am-5pm",
        "Mon-Fri 9-5",
        "Mon-Fri 19am-5pm",
        "Mon-Fri 0am-5pm",
        "Mon-Fri 9:75am-5pm",
        "Mon-Fri 9am-5pm and 24 hours for emergencies",
        "Call for hours",
        "Office 24/7? Call first",
        "Lun-vie 9am-5pm",
    ],
)
def test_what_is_not_wholly_understood_is_unknown(text: str) -> None:
    assert parse_hours(text, EAST) == ()


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=80) | st.lists(st.sampled_from(["mon", "fri", "sat", "-", "9am", "5pm", "12pm", "(", ")", "eastern", ";", "confirm", "closed"]), max_size=12).map(" ".join))  # fmt: skip
def test_no_text_breaks_it_and_no_word_of_closing_is_passed_over(text: str) -> None:
    found = parse_hours(text, EAST)
    assert all(one.byday and one.opens_at is not None and one.closes_at is not None for one in found)
    assert not (found and "closed" in text)
