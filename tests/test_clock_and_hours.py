"""A clock that cannot be right: the guide does not say what is open, anywhere, rather than saying it wrong."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from pathlib import Path

import pytest

from guide.app import Guide
from guide.bundles.editions import BUILT
from guide.records import Audience, Question, Schedule
from guide.settings import Settings
from tests.makers import ALWAYS, NOW, make_catalog, make_service

OFFICE = (Schedule(("MO", "TU", "WE", "TH", "FR"), time(9), time(17), "America/New_York"),)


@pytest.fixture
def house(tmp_path: Path) -> Settings:
    services = [
        make_service("Always Line", category="crisis", schedules=ALWAYS),
        make_service("Office", schedules=OFFICE),
    ]
    catalog = make_catalog(tmp_path / "catalog.db", services, call_now=("always-line",))
    return Settings(data=tmp_path / "data", catalog=catalog, timezone="America/New_York")


def states(guide: Guide) -> set[tuple[str, str]]:
    """Return every state the guide shows: on the first screen, in results, in the full entry."""
    answer = guide.search(Question())
    found = [card.open for card in (*guide.home(Audience.VISITOR).call_now, *answer.cards, *answer.crisis)]
    found += [guide.detail(card.id, Audience.VISITOR).open for card in answer.cards]
    guide.close()
    return {(state.state, state.why) for state in found}


def test_with_a_right_clock_it_says_what_is_open(house: Settings) -> None:
    assert states(Guide(house, lambda: NOW)) == {("open", "")}


def test_a_clock_behind_the_newest_signed_date_cannot_tell(house: Settings) -> None:
    assert states(Guide(house, lambda: BUILT - timedelta(minutes=1))) == {("unknown", "clock")}


def test_then_nothing_counts_as_open_and_nothing_is_dropped(house: Settings) -> None:
    guide = Guide(house, lambda: datetime(2020, 1, 1, tzinfo=UTC))
    answer = guide.search(Question(open_now=True))
    assert answer.total == 2
    assert not [value for value in answer.facets if value.facet == "open" and value.slug == "open"]
    guide.close()


def test_the_zone_is_named_where_the_readers_clock_shows_another_time(house: Settings) -> None:
    far = Guide(replace(house, timezone="America/Los_Angeles"), lambda: NOW)
    card = next(c for c in far.search(Question("office")).cards if c.name.text == "Office")
    assert card.open.zone == "America/New_York"
    far.close()
