"""The filter "open now" and what the cards say are one truth, at midnight and on the days the clocks change too."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time
from random import Random
from zoneinfo import ZoneInfo

import pytest

from guide.records import Question, Schedule
from guide.search.ask import Search
from tests.makers import ALL_DAYS, make_catalog, make_service

NEW_YORK = ZoneInfo("America/New_York")
DAYS = ((2026, 11, 1), (2027, 3, 14), (2026, 10, 31), (2027, 3, 13), (2026, 11, 26), (2026, 12, 31), (2027, 1, 1))
HOURS = ((0, 0), (1, 30), (2, 30), (3, 0), (9, 0), (17, 0), (22, 0), (23, 59))


def any_plan(dice: Random) -> tuple[Schedule, ...]:
    """Return hours as they come: night shifts, seasons, holidays, by appointment, no day, a zone nobody knows."""
    return tuple(
        Schedule(
            tuple(dice.sample(ALL_DAYS, dice.choice((0, 1, 5, 7)))),
            dice.choice((time(0), time(9), time(22), time(1, 30), time(2, 30), None)),
            dice.choice((time(0), time(17), time(6), time(23, 59), time(2), None)),
            dice.choice(("America/New_York", "America/New_York", "America/Los_Angeles", "Nowhere/Unknown", "")),
            kind=dice.choice(("", "", "", "holiday", "appointment")),
            valid_from=dice.choice((None, None, date(2026, 11, 1))),
            valid_to=dice.choice((None, None, date(2027, 3, 13))),
            holidays=dice.choice(("", "", "closed")),
            interval=dice.choice((1, 1, 1, 2)),
            dtstart=dice.choice((None, None, date(2026, 1, 1))),
        )
        for _ in range(dice.choice((0, 1, 1, 2, 3)))
    )


@pytest.fixture(scope="module")
def search(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Search]:
    folder, dice = tmp_path_factory.mktemp("open"), Random(5)
    services = [make_service(f"Place {n}", schedules=any_plan(dice)) for n in range(250)]
    search = Search.open(make_catalog(folder / "catalog.db", services), folder / "index")
    yield search
    search.close()


@pytest.mark.parametrize("day", DAYS)
def test_the_filter_leaves_exactly_what_no_card_calls_closed(search: Search, day: tuple[int, int, int]) -> None:
    for hour in HOURS:
        for fold in (0, 1):
            now = datetime(*day, *hour, fold=fold, tzinfo=NEW_YORK).astimezone(UTC)
            every = search.ask(Question(limit=999), now)
            left = search.ask(Question(open_now=True, limit=999), now)
            assert {c.id for c in left.cards} == {c.id for c in every.cards if c.open.state != "closed"}
            counts = {f.slug: f.count for f in every.facets if f.facet == "open"}
            assert counts.get("open", 0) == sum(c.open.state == "open" for c in every.cards)
            assert counts.get("", 0) == sum(c.open.state == "unknown" for c in every.cards)
