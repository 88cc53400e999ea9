"""A double click on macOS comes as an event; it leads to the door of the staff area, as a file on the command line does."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtGui import QFileOpenEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.publisher import Publisher
from tests.ui.conftest import House, opened
from tests.ui.test_staff_pages import staff


@pytest.fixture
def mac(qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[House, Publisher]]:
    """A window that was started as on a Mac."""
    monkeypatch.setattr(sys, "platform", "darwin")
    publisher = Publisher(tmp_path)
    for house in opened(qtbot, publisher.settings):
        monkeypatch.undo()
        yield house, publisher


def test_a_double_click_waits_at_the_door_and_is_looked_at_by_staff(mac: tuple[House, Publisher]) -> None:
    house, publisher = mac
    bundle = publisher.release(2)
    app = QApplication.instance()
    assert app is not None
    assert QApplication.sendEvent(app, QFileOpenEvent(str(bundle)))
    assert house.window.rooms.here == "unlock" and not house.window.rooms.staff
    staff(house)
    page = house.window.rooms.updates
    house.wait(lambda: page.preview is not None)
    assert page.preview is not None and page.preview.offer.edition == 2
    QApplication.sendEvent(app, QFileOpenEvent(str(publisher.release(3))))
    house.wait()
    page.start()
    house.window.offer_bundle(publisher.release(4))
    house.wait(lambda: page.preview is not None and page.preview.offer.edition == 4)


def test_an_address_of_the_network_opens_nothing(mac: tuple[House, Publisher]) -> None:
    house, _ = mac
    app = QApplication.instance()
    assert app is not None
    QApplication.sendEvent(app, QFileOpenEvent(QUrl("https://example.invalid/x.guide")))
    assert house.window.rooms.here == "home" and house.window.rooms.offered is None
