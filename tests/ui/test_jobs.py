"""Background work: the latest question wins, errors of the world come back, nothing is left running."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from guide.errors import DiskFullError, GuideError
from guide.records import Step
from ui.jobs import Jobs


@pytest.fixture
def jobs(qtbot: QtBot) -> Iterator[Jobs]:
    made = Jobs()
    yield made
    made.stop()


def never(_: object) -> None:
    pytest.fail("this was not to be called")


def test_only_the_latest_question_is_answered(jobs: Jobs, qtbot: QtBot) -> None:
    gate = threading.Event()
    answers: list[str] = []
    jobs.read(lambda: gate.wait(5) and "first", never, never)
    jobs.read(lambda: "second", never, never)
    jobs.read(lambda: "third", answers.append, never)
    gate.set()
    qtbot.waitUntil(lambda: not jobs.busy)
    assert answers == ["third"]


def test_an_error_of_the_world_comes_back_in_the_windows_thread(jobs: Jobs, qtbot: QtBot) -> None:
    seen: list[tuple[GuideError, bool]] = []

    def fail(_: object) -> None:
        raise DiskFullError(needed=5)

    here = threading.current_thread()
    jobs.work(fail, never, lambda error: seen.append((error, threading.current_thread() is here)))
    qtbot.waitUntil(lambda: bool(seen))
    assert isinstance(seen[0][0], DiskFullError)
    assert seen[0][1]


def test_work_is_done_in_order_and_tells_its_steps(jobs: Jobs, qtbot: QtBot) -> None:
    told: list[str] = []
    for name in ("one", "two"):
        jobs.work(lambda tell, name=name: tell(Step(name)), lambda _a: told.append("done"), never,
                  lambda step: told.append(step.name))  # fmt: skip
    qtbot.waitUntil(lambda: not jobs.busy)
    assert told == ["one", "done", "two", "done"]


def test_after_the_end_nothing_is_begun(qtbot: QtBot) -> None:
    jobs = Jobs()
    jobs.stop()
    jobs.work(never, never, never)
    jobs.read(lambda: never(None), never, never)
    assert not jobs.busy
