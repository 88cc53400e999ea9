"""Background work: the latest question wins, work keeps its order, and answers reach nobody who has left."""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterator
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from guide.errors import DiskFullError, GuideError
from guide.records import Step
from ui.jobs import Jobs
from ui.visit_jobs import VisitJobs


@pytest.fixture
def jobs(qtbot: QtBot) -> Iterator[Jobs]:
    """Two lanes, ended after the test."""
    made = Jobs()
    yield made
    made.stop()


def rest(bot: QtBot, jobs: Jobs) -> None:
    """Wait until every answer has come."""
    bot.waitUntil(lambda: not jobs.busy, timeout=5000)


def never(_: Any) -> None:
    """Take an answer that must not come."""
    raise AssertionError


def test_only_the_newest_question_is_answered(qtbot: QtBot, jobs: Jobs) -> None:
    answers: list[str] = []
    hold = threading.Event()
    jobs.read(lambda: hold.wait(5), never, never)
    jobs.read(lambda: "second", never, never)
    jobs.read(lambda: "third", answers.append, never)
    hold.set()
    rest(qtbot, jobs)
    assert answers == ["third"]


def test_a_question_that_was_passed_over_is_not_even_asked(qtbot: QtBot, jobs: Jobs) -> None:
    asked: list[int] = []
    hold = threading.Event()
    jobs.read(lambda: hold.wait(5), never, never)
    for number in range(50):
        jobs.read(lambda number=number: asked.append(number), lambda _: None, never)
    hold.set()
    rest(qtbot, jobs)
    assert asked == [49]


def test_a_new_question_stops_the_one_that_runs(qtbot: QtBot) -> None:
    stopped = threading.Event()
    jobs = Jobs(interrupt=stopped.set)
    jobs.read(lambda: stopped.wait(5), never, never)
    answers: list[int] = []
    jobs.read(lambda: 2, answers.append, never)
    rest(qtbot, jobs)
    jobs.stop()
    assert answers == [2]


def test_work_is_done_in_order_and_answers_come_in_the_windows_thread(qtbot: QtBot, jobs: Jobs) -> None:
    here, order, threads = threading.current_thread(), [], set()

    def done(answer: int) -> None:
        order.append(answer)
        threads.add(threading.current_thread())

    for number in range(20):
        jobs.work(lambda _p, number=number: number, done, never)
    rest(qtbot, jobs)
    assert order == list(range(20))
    assert threads == {here}


def test_each_step_is_told_before_the_end(qtbot: QtBot, jobs: Jobs) -> None:
    seen: list[str] = []

    def task(tell: Any) -> str:
        tell(Step("open"))
        tell(Step("verify", 1, 2))
        return "done"

    jobs.work(task, seen.append, never, lambda step: seen.append(step.name))
    rest(qtbot, jobs)
    assert seen == ["open", "verify", "done"]


def test_an_error_of_the_world_comes_back_in_the_windows_thread(qtbot: QtBot, jobs: Jobs) -> None:
    failures: list[tuple[GuideError, threading.Thread]] = []

    def task(_: Any) -> None:
        raise DiskFullError(needed=5)

    jobs.work(task, never, lambda error: failures.append((error, threading.current_thread())))
    rest(qtbot, jobs)
    ((error, thread),) = failures
    assert isinstance(error, DiskFullError)
    assert error.facts == {"needed": 5}
    assert thread is threading.current_thread()


def test_a_bug_of_ours_goes_to_the_crash_path_and_the_lane_goes_on(
    qtbot: QtBot, jobs: Jobs, monkeypatch: pytest.MonkeyPatch
) -> None:
    bugs: list[type[BaseException]] = []
    monkeypatch.setattr(sys, "excepthook", lambda kind, *_: bugs.append(kind))
    answers: list[int] = []
    jobs.work(lambda _p: 1 / 0, never, never)
    jobs.work(lambda _p: 2, answers.append, never)
    rest(qtbot, jobs)
    assert bugs == [ZeroDivisionError]
    assert answers == [2]


def test_after_the_end_no_thread_is_left_and_nothing_is_begun(qtbot: QtBot) -> None:
    jobs = Jobs()
    jobs.work(lambda _p: None, lambda _: None, never)
    jobs.read(lambda: None, lambda _: None, never)
    jobs.stop()
    assert not [t for t in threading.enumerate() if t.name.startswith("guide-")]
    jobs.work(never, never, never)
    rest(qtbot, jobs)
    assert not [t for t in threading.enumerate() if t.name.startswith("guide-")]


def test_no_answer_and_no_step_reaches_a_visit_that_is_over(qtbot: QtBot, jobs: Jobs) -> None:
    """SAFETY Q4: what was asked before hide now or start over shows itself to nobody after it."""
    visit, hold, ran = VisitJobs(jobs), threading.Event(), []

    def task(tell: Any) -> None:
        hold.wait(5)
        tell(Step("open"))
        ran.append(True)

    visit.work(task, never, never, never)
    visit.read(lambda: hold.wait(5), never, never)
    visit.end()
    hold.set()
    rest(qtbot, jobs)
    assert ran, "what was begun is run to its end: an update must not stop half way"
