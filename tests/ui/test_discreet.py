"""Discreet: a neutral program, neutral names wherever one stands, and nothing that calls attention (SAFETY S1 to S4)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QAbstractItemView, QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from guide.records import Card
from guide.settings import CHOICES, Settings
from tests.sheets.reading import text_of
from tests.ui.conftest import House, opened
from tests.ui.test_visit import button, texts
from ui import icons

ROOT = Path(__file__).resolve().parents[2]
TELLING = re.compile(r"(?i)abus|traffick|crisis|victim|violen|shelter|assault|survivor|rape")


@pytest.fixture
def discreet(qtbot: QtBot, tmp_path: Path) -> Iterator[House]:
    """A house whose lists show neutral names, and whose program has another name and picture."""
    settings = Settings(
        data=tmp_path / "data", trust=tmp_path / "none", discreet_names=True, product_name="Desk", product_icon="globe"
    )
    yield from opened(qtbot, settings)


def neutral(cards: tuple[Card, ...]) -> Card:
    """Return a card that has another name to show."""
    return next(c for c in cards if c.discreet_name.text and c.discreet_name.text != c.name.text and c.phone)


def everything(window: QWidget) -> str:
    """Return all that is seen, heard or read out of a window's title."""
    said = [texts(window), window.windowTitle()]
    for part in window.findChildren(QWidget):
        if part.isVisible():
            said += [part.accessibleName(), part.accessibleDescription(), part.toolTip()]
            found = QAccessible.queryAccessibleInterface(part)
            if found is not None:
                said.append(found.text(QAccessible.Text.Name))
        if isinstance(part, QAbstractItemView) and (model := part.model()) is not None:
            said += [str(model.index(row, 0).data() or "") for row in range(model.rowCount())]
    return "\n".join(said)


def test_the_name_shown_is_the_neutral_one_on_every_page(discreet: House) -> None:
    """SAFETY S2: cards, the entry in full, the number to call, my sheet; also to screen readers."""
    window = discreet.window
    card = neutral(discreet.type("trafficking"))
    real, shown = card.name.text, card.discreet_name.text
    window.open_entry(card.id)
    discreet.wait(lambda: window.rooms.results.pane.service == card.id)
    model = window.rooms.results.list.cards
    heard = "\n".join(str(model.data(model.index(row))) for row in range(model.rowCount()))
    assert shown in heard and real not in heard
    assert real not in everything(window.rooms.results.pane)
    assert shown in everything(window)
    assert real not in everything(window)
    window.acts.call(card.phone, shown)  # type: ignore[arg-type]
    discreet.wait(lambda: window.rooms.here == "dial")
    assert shown in everything(window) and real not in everything(window)
    window.basket.toggle(card.id)
    window.go("sheet")
    discreet.wait(lambda: window.rooms.sheet.paper is not None)
    assert shown in everything(window) and real not in everything(window)
    paper = window.rooms.sheet.paper
    assert paper is not None
    printed = " ".join(text_of(paper.pdf).split())
    assert shown in printed and real not in printed, "what is neutral on the screen is so on paper"
    window.go("home")
    assert real not in everything(window)


def test_name_and_picture_are_the_house_s_own(discreet: House) -> None:
    """SAFETY S1: title, taskbar and the top of the sidebar."""
    discreet.wait(lambda: not discreet.window.windowIcon().isNull())
    assert discreet.window.windowTitle() == "Desk"
    assert "Desk" in texts(discreet.window.sidebar)
    shown = discreet.window.windowIcon().pixmap(32, 32).toImage()
    assert shown == icons.icon("globe", "#0b5563").pixmap(32, 32).toImage()
    for language in ("es", "ar"):
        discreet.window.choose_language(language)
        assert discreet.window.windowTitle() == "Desk"


def test_the_program_s_own_names_tell_nothing() -> None:
    """SAFETY S1, S4: window, process, folder, settings, pictures."""
    settings = Settings(data=Path("x"))
    names = [
        settings.product_name, QApplication.applicationName(), settings.file.name, *CHOICES["product_icon"],
        *(path.stem for path in (ROOT / "ui/icons").iterdir()), "guide-window", "resource-guide",
    ]  # fmt: skip
    assert not [name for name in names if TELLING.search(name) or re.search(r"(?i)chain|cuff|bars|fist|wound", name)]


def test_nothing_makes_a_sound_or_a_notification(house: House) -> None:
    """SAFETY S3: no sound, tray, balloon, jump list, recent document or start with the system, anywhere in our code."""
    calls = re.compile(
        r"QSystemTrayIcon|QSoundEffect|QMediaPlayer|QApplication\.beep|\.alert\(|winsound|notify-send|addToRecentDocs"
        r"|SHAddToRecentDocs|QWinJumpList|autostart|CurrentVersion\\\\Run\b"
    )
    for path in (*(ROOT / "ui").rglob("*.py"), *(ROOT / "guide").rglob("*.py")):
        assert not calls.search(path.read_text("utf-8")), path.name
    house.window.say("Done.")
    assert not house.window.over.toast.isWindow(), "a message lies inside the window"


def test_the_note_on_hide_now_and_the_cover_are_not_about_danger(house: House) -> None:
    """SAFETY Q8, S5."""
    assert not TELLING.search(button(house.window, "Hide now").toolTip())
    note = next(w for w in house.window.findChildren(QLabel) if "It cannot undo" in w.text())
    assert not TELLING.search(note.text())
