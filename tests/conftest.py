"""What every test stands on: no screen, no leftovers, nothing of this PC's own guide."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from guide.shelter import lock
from ui.start import STYLED

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

SHARED = Path(__file__).resolve().parent.parent.parent / "shared"


@pytest.fixture
def shared() -> Path:
    """The team's folder of real data; absent in a user's clone, and then the test says so and is skipped."""
    if not SHARED.is_dir():
        pytest.skip("the team's shared data folder is not beside this checkout")
    return SHARED


@pytest.fixture(scope="session")
def qapp_args() -> list[str]:
    """Dress the application of the tests as the program dresses its own."""
    return list(STYLED)


@pytest.fixture(autouse=True)
def own_home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """Give each test a home of its own, so that none reads or writes this PC's guide."""
    home = tmp_path_factory.mktemp("home")
    for name in ("HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "LOCALAPPDATA"):
        monkeypatch.setenv(name, str(home))


@pytest.fixture(autouse=True)
def cheap_lock(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the staff lock cost little; tests/shelter/test_store.py has one at its full cost."""
    monkeypatch.setattr(lock, "MEMORY", 4_096)
    monkeypatch.setattr(lock, "PASSES", 1)


@pytest.fixture(autouse=True)
def no_thread_left_over() -> Iterator[None]:
    """Fail a test that leaves a thread of ours running."""
    before = set(threading.enumerate())
    yield
    left = [t for t in threading.enumerate() if t not in before and t.is_alive() and not t.daemon]
    assert not left, f"left running: {left}"
