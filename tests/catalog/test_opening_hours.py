"""Every line of opening_hours.txt: a source's hours, a moment, and the words a person then reads."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import pytest

from guide.catalog.hours import open_state
from guide.catalog.hours_text import parse_hours
from guide.clock import Here
from guide.publish.readers.hours import holiday, ruled
from guide.records import Schedule
from guide.text import Language
from ui.parts.phrases import opening

LINES = [
    line
    for line in (Path(__file__).parent / "opening_hours.txt").read_text("utf-8").splitlines()
    if line.strip() and not line.startswith("#")
]
NEW_YORK = ZoneInfo("America/New_York")


def schedules(hours: str, zone: str) -> list[Schedule]:
    """Return what the readers make of one cell of the table."""
    found: list[Schedule] = []
    for part in hours.split(" ++ "):
        row = dict(pair.split("=", 1) for pair in part.split() if "=" in pair)
        if part.startswith("HOLIDAY"):
            one = holiday(row, zone)
            assert one is not None
            found.append(one)
        elif row:
            found += ruled(row, zone) or ()
        else:
            found += parse_hours(part, zone)
    return found


def test_the_table_holds_what_was_promised() -> None:
    assert len(LINES) >= 80
    assert len(set(LINES)) == len(LINES)


@pytest.mark.parametrize("line", LINES)
def test_the_guide_says(line: str) -> None:
    hours, zone, moment, expected = (cell.strip() for cell in line.split(" | "))
    local, _, reader = moment.partition(" read in ")
    try:
        there = ZoneInfo(zone)
    except ZoneInfoNotFoundError:
        there = NEW_YORK
    now = datetime.fromisoformat(local).replace(tzinfo=there)
    state = open_state(schedules(hours, zone), now, "", Here(ZoneInfo(reader) if reader else NEW_YORK))
    assert opening(state, Language("en"))[0] == ("" if expected == "(nothing)" else expected)
