"""Rounds and calls in shelter.db, reports of errors, and counts without people."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from guide.errors import NotFoundError, UsageError
from guide.records.checking import NumberCheck, Reason, Result
from guide.shelter.checks import add_checks, begin_round, drop_check, end_round, latest_checks, open_round
from guide.shelter.counts import SHEETS, count, counts, forget_counts, most_printed
from guide.shelter.reports import add_report, drop_reports, house_mark, reports
from guide.shelter.store import Store
from tests.makers import NOW

DAY = NOW.date()


@pytest.fixture
def store(tmp_path: Path):  # type: ignore[no-untyped-def]
    with Store(tmp_path / "shelter.db", lambda: NOW) as made:
        yield made


def call(service: str = "a", result: Result = Result.REACHED, on: date = DAY, **more):  # type: ignore[no-untyped-def]
    return NumberCheck("", service, more.pop("number", "555-0101"), result, on, **more)


def test_a_round_keeps_its_order_and_goes_on_another_day(store: Store) -> None:
    assert open_round(store) is None
    number = begin_round(store, "crisis", [("b", "B line"), ("a", "A line")], DAY)
    add_checks(store, [call("b", round=number)])
    found = open_round(store)
    assert found is not None
    assert [(e.place, e.service, e.result) for e in found.entries] == [(1, "b", "reached"), (2, "a", "")]
    assert found.done == 1
    assert found.next_after(1) == found.entries[1]
    end_round(store, number, DAY)
    assert open_round(store) is None


def test_who_did_not_answer_is_called_again_after_the_others(store: Store) -> None:
    number = begin_round(store, "due", [("a", "A"), ("b", "B")], DAY)
    add_checks(store, [call("a", Result.LATER, round=number)])
    found = open_round(store)
    assert found is not None
    assert found.done == 0
    assert found.next_after(1).service == "b"  # type: ignore[union-attr]
    add_checks(store, [call("b", round=number)])
    assert open_round(store).next_after(2).service == "a"  # type: ignore[union-attr]
    add_checks(store, [call("a", Result.WRONG, round=number)])
    assert open_round(store).next_after() is None  # type: ignore[union-attr]


def test_another_round_ends_the_one_before_and_an_empty_one_is_refused(store: Store) -> None:
    first = begin_round(store, "due", [("a", "A")], DAY)
    second = begin_round(store, "crisis", [("b", "B")], DAY)
    assert open_round(store).id == second != first  # type: ignore[union-attr]
    with pytest.raises(UsageError):
        begin_round(store, "crisis", [], DAY)
    with pytest.raises(NotFoundError):
        end_round(store, 99, DAY)


def test_the_newest_call_counts_and_no_answer_says_nothing(store: Store) -> None:
    add_checks(store, [call(on=date(2026, 1, 2)), call(result=Result.WRONG, on=date(2026, 3, 4), proposed="555-0199")])
    add_checks(store, [call(result=Result.LATER, on=date(2026, 5, 6))])
    newest = latest_checks(store, ["a"])[("a", "555-0101")]
    assert (newest.result, newest.proposed, newest.on) == (Result.WRONG, "555-0199", date(2026, 3, 4))
    drop_check(store, newest.id)
    assert latest_checks(store)[("a", "555-0101")].result is Result.REACHED
    with pytest.raises(NotFoundError):
        drop_check(store, newest.id)


@pytest.mark.parametrize(
    "bad", [{"by": "a whole long name of somebody"}, {"proposed": "5" * 99}, {"answers": (("menu", "perhaps"),)}]
)
def test_a_value_that_cannot_be_is_refused_and_nothing_of_it_is_kept(store: Store, bad: dict[str, object]) -> None:
    with pytest.raises(UsageError):
        add_checks(store, [call(), call(**bad)])
    assert latest_checks(store) == {}


def test_of_a_visitors_report_only_the_month_is_kept_and_only_once(store: Store) -> None:
    """SAFETY N1: nobody can tell when somebody sat here, nor how many did."""
    for day in (3, 9, 24):
        add_report(store, "a", "A", ["555-0101"], [Reason.NUMBER, Reason.CLOSED], date(2026, 11, day), by_staff=False)
    add_report(store, "a", "A", ["555-0101"], [], DAY, by_staff=False)
    (one,) = reports(store)
    assert (one.when, one.reasons, one.by_staff) == ("2026-11", (Reason.CLOSED, Reason.NUMBER), False)
    add_report(store, "a", "A", ["555-0101"], [Reason.HOURS], DAY, by_staff=True)
    assert [r.when for r in reports(store) if r.by_staff] == ["2026-11-24"]
    drop_reports(store, "a")
    assert reports(store) == ()


def test_this_houses_mark_is_random_and_stays(store: Store, tmp_path: Path) -> None:
    with Store(tmp_path / "other.db", lambda: NOW) as other:
        assert house_mark(store) == house_mark(store) != house_mark(other)


def test_small_counts_are_not_told_and_are_merged_when_their_month_is_over(store: Store, tmp_path: Path) -> None:
    """SAFETY N6: per month and category, never per entry, values under ten merged, in the file itself."""
    for _ in range(12):
        count(store, SHEETS, ["housing", "housing"], date(2026, 10, 5))
    for _ in range(6):
        count(store, SHEETS, ["legal"], date(2026, 10, 6))
        count(store, SHEETS, ["safety"], date(2026, 10, 7))
    count(store, SHEETS, ["crisis"], date(2026, 11, 1))
    assert counts(store) == (("2026-10", "sheets", "housing", 12), ("2026-10", "sheets", "", 12))
    with closing(sqlite3.connect(tmp_path / "shelter.db")) as db:
        rows = db.execute("SELECT month, category, n FROM month_count ORDER BY month, category").fetchall()
    assert rows == [("2026-10", "", 12), ("2026-10", "housing", 12), ("2026-11", "crisis", 1)]
    assert most_printed(store) == ("housing", "crisis")
    forget_counts(store)
    assert counts(store) == ()
