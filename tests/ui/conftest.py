"""The real window on a real guide in a temporary folder, driven offscreen."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from guide.records import Card
from guide.settings import Settings
from tests.publisher import Publisher
from ui.main_window import MainWindow
from ui.start import open_window


@dataclass
class House:
    """A window that is open, and how to wait for it."""

    window: MainWindow
    bot: QtBot

    def wait(self, until: Callable[[], bool] = lambda: True) -> None:
        """Wait until the window's jobs are done and ``until`` is true."""
        self.bot.waitUntil(lambda: not self.window.jobs.busy and until(), timeout=20_000)
        QApplication.processEvents()  # Qt shows widgets that were just laid out with the next turn of its loop

    def type(self, words: str) -> tuple[Card, ...]:
        """Type into the search box; return what was found."""
        box = self.window.bar.search
        box.clear()
        self.bot.keyClicks(box, words)
        results = self.window.rooms.results
        self.wait(lambda: results.answer is not None and results.answer.question.words == words)
        assert results.answer is not None
        return results.answer.cards


def opened(bot: QtBot, settings: Settings) -> Iterator[House]:
    """Open a window, and close it so that nothing of it is left."""
    _app, window = open_window([], settings)
    house = House(window, bot)
    house.wait()
    yield house
    window.finish()
    window.close()
    window.deleteLater()


@pytest.fixture
def house(qtbot: QtBot, tmp_path: Path) -> Iterator[House]:
    """The window on the shipped starter catalog."""
    yield from opened(qtbot, Settings(data=tmp_path / "data", trust=tmp_path / "none"))


@pytest.fixture
def published(qtbot: QtBot, tmp_path: Path) -> Iterator[tuple[House, Publisher]]:
    """The window on a small catalog whose publisher can sign updates."""
    publisher = Publisher(tmp_path)
    for found in opened(qtbot, publisher.settings):
        yield found, publisher
