"""A bar on a terminal, a line a step anywhere else."""

from __future__ import annotations

import io

from guide.cli.bar import Bar
from guide.records import Step


def drawn(*, live: bool, steps: list[Step]) -> str:
    stream = io.StringIO()
    bar = Bar(stream, live=live)
    for step in steps:
        bar.show(step, step.name.capitalize())
    bar.end()
    return stream.getvalue()


STEPS = [Step("read"), Step("read", 1, 4), Step("read", 4, 4), Step("sign")]


def test_a_terminal_sees_one_line_a_step_drawn_over_and_over() -> None:
    lines = drawn(live=True, steps=STEPS).split("\n")
    assert [line.split("\r")[-1].rstrip() for line in lines] == [f"Read  [{'#' * 24}] 100%", "Sign…", ""]
    assert "[######..................]  25%" in lines[0]


def test_a_log_has_each_step_once_and_no_control_characters() -> None:
    assert drawn(live=False, steps=STEPS) == "Read…\nSign…\n"


def test_nothing_is_drawn_again_that_looks_the_same() -> None:
    many = [Step("read", n, 1_000_000) for n in range(1, 5000)]
    assert drawn(live=True, steps=many).count("\r") == 1


def test_more_done_than_there_is_stays_at_the_end() -> None:
    assert "100%" in drawn(live=True, steps=[Step("read", 9, 4)])
