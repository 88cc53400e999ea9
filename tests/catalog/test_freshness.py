"""How old an entry is: crisis lines sooner than the rest, a person's call before a page's date."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from guide.catalog.freshness import freshness
from guide.records import Freshness
from tests.makers import make_edition, make_service

TODAY = date(2026, 11, 24)
EDITION = make_edition(default_review_days=365, crisis_review_days=90)


def days_ago(days: int) -> date:
    return TODAY - timedelta(days=days)


@pytest.mark.parametrize(
    ("category", "age", "state"),
    [
        ("crisis", 0, "fresh"),
        ("crisis", 60, "fresh"),
        ("crisis", 61, "due"),
        ("crisis", 90, "due"),
        ("crisis", 91, "overdue"),
        ("housing", 91, "fresh"),
        ("housing", 335, "fresh"),
        ("housing", 336, "due"),
        ("housing", 365, "due"),
        ("housing", 366, "overdue"),
        ("housing", -3, "fresh"),
    ],
)
def test_an_entry_ages_by_its_categorys_rule(category: str, age: int, state: str) -> None:
    service = make_service(category=category, assured_date=days_ago(age))
    assert freshness(service, EDITION, TODAY) == Freshness(state, "checked", days_ago(age), "State Coalition")


def test_a_page_of_that_date_is_not_a_check() -> None:
    service = make_service(assured_date=None, assurer="", source_date=days_ago(10))
    assert freshness(service, EDITION, TODAY) == Freshness("fresh", "source", days_ago(10))


def test_a_call_counts_before_a_newer_page() -> None:
    service = make_service(assured_date=days_ago(40), source_date=days_ago(1))
    assert freshness(service, EDITION, TODAY).on == days_ago(40)


def test_nothing_known_is_undated_and_counts_as_overdue() -> None:
    found = freshness(make_service(assured_date=None, last_modified=TODAY), EDITION, TODAY)
    assert found == Freshness("undated", "none")
    assert found.overdue


def test_a_recheck_day_that_passed_beats_a_fresh_check() -> None:
    service = make_service(assured_date=days_ago(2), recheck_by=days_ago(1))
    assert freshness(service, EDITION, TODAY).state == "overdue"


def test_a_recheck_day_soon_makes_it_due_and_a_late_one_changes_nothing() -> None:
    assert freshness(make_service(recheck_by=TODAY), EDITION, TODAY).state == "due"
    assert freshness(make_service(recheck_by=date(2030, 1, 1)), EDITION, TODAY).state == "fresh"
