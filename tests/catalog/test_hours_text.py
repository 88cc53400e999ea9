"""Hours written as text become schedules only where every word was understood."""

from __future__ import annotations

import csv
import io
import zipfile
from collections import Counter
from datetime import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guide.catalog.hours import DAYS
from guide.catalog.hours_text import parse_hours
from guide.publish.readers.cleaning import clean
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
        ("Fri-Mon 6pm-12am", [(("MO", "FR", "SA", "SU"), 18, 0, "Etc/UTC")]),
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
        "Mon-Fri 19am-5pm",
        "Mon-Fri 0am-5pm",
        "Mon-Fri 9:75am-5pm",
        "Mon-Fri 9am-5pm and 24 hours for emergencies",
        "Office 24/7? Call first",
        "Mon-Fri 6-8",
        "Mon-Fri 9-10pm",
        "9am-5pm",
        "Mon-Fri",
        "Closed",
        "Mon-Fri 9am-9am",
        "Mon-Fri 9am-5pm, closed 12pm-1pm Wed",
        "Administrative hours: Mon-Fri 9am-5pm",
        "Mon-Fri 9am-5pm Sat?",
        "Mo-Fr 09:00-17:00; SH off",
        "Mo-Fr sunrise-sunset",
        "week 1-53/2 Fr 09:00-12:00",
    ],
)
def test_what_is_not_wholly_understood_is_unknown(text: str) -> None:
    assert parse_hours(text, EAST) == ()


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=80) | st.lists(st.sampled_from(["mon", "fri", "sat", "-", "9am", "5pm", "12pm", "(", ")", "eastern", ";", "confirm", "closed", "a", "de", "1st", "lunes", "9", "5", "holidays", "by appointment", "jun-aug", "24/7", "Mo-Fr 09:00-12:00"]), max_size=12).map(" ".join))  # fmt: skip
def test_no_text_breaks_it_and_what_is_understood_has_days_and_times(text: str) -> None:
    for one in parse_hours(text, EAST):
        assert one.description == text, "the source's own words are kept beside it"
        assert one.kind == "appointment" or (one.byday and one.opens_at is not None and one.closes_at is not None)


@pytest.mark.parametrize(
    ("text", "closed"),
    [
        ("Mon-Fri 9am-5pm (closed Wed)", "WE"),
        ("Mon-Sun 9am-5pm, closed Sat and Sun", "SA"),
        ("Mon-Sat 9am-5pm; Sun closed", "SU"),
    ],
)
def test_a_day_called_closed_has_no_hours(text: str, closed: str) -> None:
    assert closed not in {day for one in parse_hours(text, EAST) for day in one.byday}


def test_hours_of_most_rows_of_a_real_directory_are_understood(shared: Path) -> None:
    """The measured share is 97 %; what is left has headings of programs, or mistakes of typing."""
    with zipfile.ZipFile(next((shared / "data" / "hsds" / "miami211_2019").glob("*.zip"))) as package:
        name = next(n for n in package.namelist() if n.endswith("regular_schedules.csv"))
        rows = csv.DictReader(io.TextIOWrapper(package.open(name), "utf-8-sig"))
        texts = Counter(clean(row["original_text"])[0] for row in rows)
    understood = sum(n for text, n in texts.items() if parse_hours(text, EAST))
    assert understood / texts.total() > 0.97
