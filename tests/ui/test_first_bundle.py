"""The update that was laid beside the installer comes in by itself, once; a bad one waits for staff."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from guide import first_bundle
from guide.app import Guide
from tests.publisher import Publisher, at
from ui.first_paint import steps
from ui.main_window import MainWindow


def opened(qtbot: QtBot, publisher: Publisher) -> MainWindow:
    """Return a window over the publisher's guide."""
    window = MainWindow(Guide(publisher.settings, at(1)), "en")
    qtbot.addWidget(window)
    return window


def first(window: MainWindow) -> None:
    """Do what follows the first paint and has to do with the first update."""
    next(step for step in steps(window) if getattr(step, "__name__", "") == "first")()


@pytest.fixture
def laid(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return where an installer lays the first update, instead of this PC's own folder."""
    monkeypatch.setattr(first_bundle, "policy_file", lambda: tmp_path / "system" / "policy.toml")
    (tmp_path / "system").mkdir()
    return tmp_path / "system" / "first.guide"


def test_it_is_taken_in_by_itself_and_only_once(qtbot: QtBot, tmp_path: Path, laid: Path) -> None:
    (tmp_path / "publisher").mkdir()
    publisher = Publisher(tmp_path / "publisher")
    window = opened(qtbot, publisher)
    assert window.guide.first_bundle() is None
    publisher.release(2).rename(laid)
    first(window)
    qtbot.waitUntil(lambda: window.guide.status().edition.number == 2, timeout=15000)
    qtbot.waitUntil(lambda: [line.by for line in window.guide.history()] == ["installer"], timeout=15000)
    window.guide.rollback()
    assert window.guide.first_bundle() is None, "and never again, also not after going back"
    window.close()
    window.finish()


def test_one_that_is_no_update_waits_for_staff(qtbot: QtBot, tmp_path: Path, laid: Path) -> None:
    (tmp_path / "publisher").mkdir()
    window = opened(qtbot, Publisher(tmp_path / "publisher"))
    laid.write_bytes(b"half of it")
    first(window)
    qtbot.waitUntil(lambda: window.rooms.offered == laid)
    assert window.guide.status().edition.number == 1
    window.close()
    window.finish()
