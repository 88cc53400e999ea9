"""A newer version of the program in the window: offered to staff alone, told before it happens, started once."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from guide.bundles.programs import here, starting
from guide.settings import Settings
from tests.bundles.sources.drives import FakeDrives
from tests.bundles.test_least_program import needing
from tests.programs import ProgramPublisher
from tests.publisher import Publisher
from tests.ui.conftest import House, opened
from tests.ui.test_staff_pages import staff
from tests.ui.test_visit import button, texts


@pytest.fixture(scope="module")
def maker(tmp_path_factory: pytest.TempPathFactory) -> ProgramPublisher:
    return ProgramPublisher(tmp_path_factory.mktemp("maker"))


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    return tmp_path / "stick"


@pytest.fixture
def pc(qtbot: QtBot, tmp_path: Path, maker: ProgramPublisher, stick: Path) -> Iterator[tuple[House, Publisher]]:
    """A Debian with a stick in, at which nobody is signed in as staff."""
    publisher = Publisher(tmp_path)
    settings: Settings = replace(publisher.settings, program_trust=maker.trust)
    for house in opened(qtbot, settings):
        system = FakeDrives()
        house.window.guide.sources.system = system
        system.put_in(stick)
        yield house, publisher


def test_a_visitor_sees_nothing_and_staff_put_it_in_with_two_presses(
    pc: tuple[House, Publisher], maker: ProgramPublisher, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    house, _ = pc
    window = house.window
    shutil.copy(maker.release("90.1"), stick / "new.guide-program")
    (stick / "other.guide-program").write_text("nothing")
    handed: list[Path] = []
    monkeypatch.setattr(here, "way_here", lambda: "package")
    monkeypatch.setattr(starting, "_open_package", lambda path: handed.append(path) or True)
    window.rooms.sources.look()
    house.wait()
    assert window.rooms.sources.programs == () and "newer version" not in texts(window)
    staff(house)
    page = window.rooms.updates
    house.wait(lambda: "A newer version of this program (90.1) was found on “KINGSTON”" in texts(page))
    assert "other.guide-program" in texts(page) and "Do not open it." in texts(page)
    assert window.sidebar.buttons["updates"].accessibleName() == "Updates (1)"
    button(page, "Look at version 90.1 of the program").click()
    house.wait(lambda: "Version 90.1, here now: 0.1.0" in texts(page))
    assert "asks for an administrator's password" in texts(page) and handed == []
    go = button(page, "Install version 90.1")
    assert go.hasFocus()
    house.bot.keyClick(go, Qt.Key.Key_Space)
    house.wait(lambda: "sudo apt install" in texts(page))
    (copy,) = handed
    assert copy.read_bytes() == b"!<arch>\npackage of 90.1"
    button(page, "Copy the line").click()
    button(page, "Close the guide").click()
    assert not window.isVisible()
    window.show()
    window.lock()
    house.wait()
    assert window.rooms.sources.programs == (), "it is staff's alone"


def test_on_windows_the_window_closes_so_that_the_setup_can_take_its_place(
    pc: tuple[House, Publisher], maker: ProgramPublisher, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    house, _ = pc
    monkeypatch.setattr(here, "system_here", lambda: "windows")
    monkeypatch.setattr(here, "way_here", lambda: "setup")
    answers = iter((False, True))
    monkeypatch.setattr(starting, "shell_execute", lambda *_: next(answers))
    page = staff(house).window.rooms.updates
    file = shutil.copy(maker.release("90.2"), stick / "new.guide-program")
    for _try in range(2):
        page.look_at(Path(file))
        house.wait(lambda: "its setup opens" in texts(page))
        button(page, "Install version 90.2").click()
        house.wait(lambda: not house.window.isVisible() or "The setup was not started" in texts(page))
    assert not house.window.isVisible()


def test_what_cannot_be_put_in_says_why_and_who_can(
    pc: tuple[House, Publisher], maker: ProgramPublisher, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    house, _ = pc
    page = staff(house).window.rooms.updates
    monkeypatch.setattr(here, "way_here", lambda: "portable")
    page.look_at(maker.release("90.3"))
    house.wait(lambda: "This guide is carried on a stick" in texts(page))
    assert "Install" not in texts(page)
    button(page, "Back").click()
    house.wait(lambda: "Here now" in texts(page))
    page.look_at(maker.release("90.4", only=(".exe",)))
    house.wait(lambda: "no setup for this kind of computer" in texts(page))
    broken = stick / "broken.guide-program"
    broken.write_bytes(os.urandom(900))
    page.look_at(broken)
    house.wait(lambda: "This file is damaged" in texts(page))


def test_an_edition_for_a_newer_program_waits_kindly_beside_it(
    pc: tuple[House, Publisher], maker: ProgramPublisher, stick: Path
) -> None:
    house, publisher = pc
    shutil.copy(needing(publisher, 2, "90.5"), stick / "edition.guide")
    page = staff(house).window.rooms.updates
    house.wait(lambda: "Edition 2026.02 is for a newer version of this program" in texts(page))
    assert "It needs version 90.5. The guide you have stays as it is" in texts(page)
    assert "Ask your publisher for the newer program" in texts(page) and "damaged" not in texts(page)
    shutil.copy(maker.release("90.5"), stick / "new.guide-program")
    house.window.rooms.sources.look()
    house.wait(lambda: "put it in first, then take this edition" in texts(page))
    assert house.window.guide.status().edition.number == 1
