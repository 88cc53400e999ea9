"""The guide used from outside, by the interface that screen readers have (SAFETY A4, A6, A7)."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[3]
SYSTEM_PYTHON = "/usr/bin/python3"
_ASK = "import gi; gi.require_version('Atspi', '2.0'); from gi.repository import Atspi"


def missing() -> str:
    """Return what this PC lacks for the walk, "" when all of it is there."""
    lacks = [tool for tool in ("Xvfb", "dbus-run-session") if shutil.which(tool) is None]
    if not Path(SYSTEM_PYTHON).exists() or subprocess.run([SYSTEM_PYTHON, "-c", _ASK], capture_output=True).returncode:
        lacks.append("python3-gi and gir1.2-atspi-2.0")
    if not any(
        Path(p).exists() for p in ("/usr/libexec/at-spi-bus-launcher", "/usr/lib/at-spi2-core/at-spi-bus-launcher")
    ):
        lacks.append("at-spi2-core")
    return ", ".join(lacks)


@pytest.fixture(scope="module")
def display() -> Iterator[str]:
    """A screen of its own, in memory."""
    if lacks := missing():
        pytest.skip(f"the walk from outside needs {lacks} (apt: dbus at-spi2-core xvfb python3-gi gir1.2-atspi-2.0)")
    read, write = os.pipe()
    screen = subprocess.Popen(
        ["Xvfb", "-displayfd", str(write), "-screen", "0", "1280x900x24", "-nolisten", "tcp"],
        pass_fds=(write,), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    os.close(write)
    with os.fdopen(read) as told:
        number = told.readline().strip()
    yield f":{number}"
    screen.terminate()
    screen.wait(10)


@pytest.fixture(scope="module")
def walk(display: str, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What somebody met who has nothing but the accessibility interface."""
    home = tmp_path_factory.mktemp("outside")
    env = os.environ | {"DISPLAY": display, "HOME": str(home), "XDG_RUNTIME_DIR": str(home), "PYTHONPATH": str(ROOT)}
    env = {name: value for name, value in env.items() if name not in ("WAYLAND_DISPLAY", "DBUS_SESSION_BUS_ADDRESS")}
    outside = str(Path(__file__).with_name("outside.py"))
    done = subprocess.run(
        ["dbus-run-session", "--", SYSTEM_PYTHON, outside, sys.executable, str(home / "data")],
        capture_output=True, text=True, cwd=ROOT, env=env, timeout=240,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-2000:]
    return dict(json.loads(done.stdout.splitlines()[-1]))


def test_no_control_on_any_page_is_without_a_name(walk: dict[str, Any]) -> None:
    """SAFETY A4."""
    assert set(walk["pages"]) >= {"home", "results", "sheet", "unlock", "updates", "settings", "check numbers", "cover"}
    assert {page: [c for c in seen if not c[1].strip()] for page, seen in walk["pages"].items()} == {
        page: [] for page in walk["pages"]
    }
    assert all(len(seen) > 3 for page, seen in walk["pages"].items() if page != "cover")


def test_an_entry_is_searched_opened_copied_and_put_on_the_sheet_from_outside(walk: dict[str, Any]) -> None:
    """SAFETY A4, A6: what happened is said, not only shown."""
    assert walk["opened"]
    assert walk["copied"].startswith("Copied ")
    assert any("services" in said and "best match first" in said for said in walk["heard"])
    assert "My sheet" in walk["heard"]


def test_hide_now_hides_from_screen_readers_too(walk: dict[str, Any]) -> None:
    """SAFETY Q3, Q5: what lies behind is not to be read out."""
    assert walk["title"] == "Clock"
    assert not any("shelter" in text.lower() or "988" in text or "Settings" in text for text in walk["covered"])


def test_the_program_says_neither_what_it_is_nor_where_it_lies(walk: dict[str, Any]) -> None:
    """SAFETY Q5: a screen reader names the program, too."""
    assert "/" not in walk["application"]
