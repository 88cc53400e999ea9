"""A line of my sheet is dragged with a real mouse, on a virtual X screen: offscreen there is no dragging."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def screen() -> Iterator[str]:
    """Return the name of a screen nobody sees."""
    program = shutil.which("Xvfb")
    if program is None:
        pytest.skip("Xvfb is not here: dragging needs a screen")
    reading, writing = os.pipe()
    command = [program, "-displayfd", str(writing), "-screen", "0", "1400x1000x24", "-nolisten", "tcp"]
    with subprocess.Popen(command, pass_fds=[writing], stderr=subprocess.DEVNULL) as server:
        os.close(writing)
        with os.fdopen(reading) as told:
            number = told.readline().strip()
        try:
            yield f":{number}"
        finally:
            server.terminate()


def test_a_line_dragged_with_the_mouse_takes_its_new_place_on_the_sheet(screen: str, tmp_path: Path) -> None:
    environment = os.environ | {"DISPLAY": screen, "QT_QPA_PLATFORM": "xcb", "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "tests.ui.dragged", str(tmp_path / "data")]
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=environment, cwd=ROOT, timeout=90)
    if "could not connect to display" in done.stderr or "no Qt platform plugin" in done.stderr:
        pytest.skip("Qt's X plugin cannot run here: " + done.stderr.splitlines()[-1])
    assert done.stdout.strip() == "[2, 0, 1, 3] True", done.stderr
