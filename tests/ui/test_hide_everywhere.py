"""Hide now wherever one is: in each dialog, with something open over the page, and what the cover gives away."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QMimeData, QPoint, Qt, QUrl
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QDialog, QFileDialog, QFrame, QPushButton, QWidget

from guide.records import Paper, Printer
from guide.text import Language
from tests.ui.conftest import House
from tests.ui.test_visit import button, texts
from ui.cover import NEUTRAL_TITLE
from ui.dialogs import choose_file, choose_folder, name_file
from ui.parts.print_dialog import PrintDialog

NOTE = "It cannot undo paper"


def opened(house: House, kind: str) -> QDialog:
    """Open one of the dialogs there are."""
    window = house.window
    if kind == "print":
        asked = PrintDialog(window, window._, Paper(b"", 2), lambda *_: None, lambda: None, window.hide_now)
        asked.open()
        asked.offer([Printer("desk", "Front desk")], 2)
        return asked
    if kind == "idle":
        window.finding.remember(None, 0)  # something to put away, else nobody is asked
        window.idle.ask()
        assert window.idle._dialog is not None
        return window.idle._dialog
    if kind == "folder":
        return choose_folder(window, "A folder", print)
    return choose_file(window, "A file", "*.guide", print) if kind == "file" else name_file(window, "x", "a.pdf", print)


def first_after(one: QWidget) -> QWidget:
    """Return the button or list the Tab key comes to after ``one``."""
    focus = one.nextInFocusChain()
    while not (isinstance(focus, (QPushButton, QComboBox)) and focus.isVisible()):
        focus = focus.nextInFocusChain()
    return focus


@pytest.mark.parametrize(("language", "percent"), [("en", 100), ("es", 200), ("ar", 100)])
@pytest.mark.parametrize("kind", ["print", "idle", "folder", "file", "name"])
def test_every_dialog_has_hide_now_at_its_top_first_in_the_order_of_tabs(
    house: House, kind: str, language: str, percent: int
) -> None:
    """SAFETY Q1, A5: at the end of the first line, whole, 44 px, and it hides."""
    house.window.looks.percent = percent
    house.window.choose_language(language)
    dialog = opened(house, kind)
    QApplication.processEvents()
    hide = button(dialog, house.window._("Hide now"))
    place = hide.mapTo(dialog, QPoint(0, 0))
    assert (place.x() if language == "ar" else dialog.width() - place.x() - hide.width()) < 40
    assert place.y() < 40
    assert hide.height() >= 44
    assert dialog.childAt(hide.mapTo(dialog, hide.rect().center())) is hide, "nothing lies over it"
    assert first_after(dialog) is hide
    hide.click()
    assert house.window.cover.covers
    assert not any(isinstance(w, QDialog) and w.isVisible() for w in QApplication.topLevelWidgets())
    house.wait()


@pytest.mark.parametrize("kind", ["print", "idle", "file", "menu"])
def test_three_shifts_hide_from_a_dialog_or_a_menu_too(house: House, kind: str) -> None:
    """SAFETY Q2: a press goes to whatever window is in front."""
    if kind == "menu":
        menu = next(b.menu() for b in house.window.bar.findChildren(QPushButton) if b.menu() is not None)
        menu.popup(house.window.mapToGlobal(QPoint(40, 40)))
        front: QWidget = menu
    else:
        front = opened(house, kind)
    for _ in range(3):
        QTest.keyClick(front.windowHandle(), Qt.Key.Key_Shift)
    assert house.window.cover.covers
    assert QApplication.activePopupWidget() is None
    assert not any(isinstance(w, QDialog) and w.isVisible() for w in QApplication.topLevelWidgets())
    house.wait()


def test_a_single_esc_does_not_hide_and_leaves_no_page(house: House) -> None:
    """SAFETY Q2: Esc was tried by others and rejected; here it does nothing of the kind."""
    house.type("shelter")
    for _ in range(3):
        QTest.keyClick(house.window.windowHandle(), Qt.Key.Key_Escape)
    assert not house.window.cover.covers


def test_each_press_shows_how_many_are_left(house: House) -> None:
    """SAFETY Q2: a small cue."""
    QTest.keyClick(house.window.windowHandle(), Qt.Key.Key_Shift)
    assert "Shift 1 of 3" in house.window.over.toast._text.text()
    QTest.keyClick(house.window.windowHandle(), Qt.Key.Key_Shift)
    assert "Shift 2 of 3" in house.window.over.toast._text.text()


@pytest.mark.parametrize("language", ["en", "es", "ar"])
def test_no_message_lies_over_the_button(house: House, language: str) -> None:
    """SAFETY Q1: in the smallest window, with the largest text and a long message."""
    window = house.window
    window.resize(800, 560)
    window.looks.percent = 200
    window.choose_language(language)
    window.say("Something long that has to be said to whoever reads this. " * 4)
    QApplication.processEvents()
    toast = window.over.toast.geometry()
    hide = window.bar.hide_button
    assert not toast.intersects(hide.rect().translated(hide.mapTo(window, QPoint(0, 0))))


def test_the_cover_keeps_to_the_language_and_size_of_the_house(house: House) -> None:
    """SAFETY Q4: what a visitor chose is a trace, too."""
    window = house.window
    window.looks.percent = 200
    window.choose_language("ar")
    window.hide_now()
    QApplication.processEvents()
    assert button(window.cover, "Open")
    assert window.cover.layoutDirection() == Qt.LayoutDirection.LeftToRight
    assert window.cover._head.fontMetrics().height() < 30
    house.wait()


def test_the_cover_is_an_ordinary_clock_with_a_pad(house: House) -> None:
    """SAFETY Q5: a face, the time, the days, a pad and its two buttons; its own picture in the taskbar."""
    window = house.window
    before = window.windowIcon().cacheKey()
    window.hide_now()
    assert window.windowTitle() == NEUTRAL_TITLE
    assert not window.windowIcon().isNull()
    assert window.windowIcon().cacheKey() != before
    assert {b.accessibleName() for b in window.cover.findChildren(QPushButton)} == {"Open", "Clear"}
    assert texts(window.cover).count(":") == 1, "the time"
    house.wait()
    button(window.cover, "Open").click()
    assert window.windowIcon().cacheKey() == before


def test_the_pad_takes_words_and_no_file(house: House) -> None:
    """SAFETY N1: nothing can be drawn into it that lies on this PC."""
    words, file = QMimeData(), QMimeData()
    words.setText("milk")
    file.setUrls([QUrl.fromLocalFile("/somewhere")])
    pad = house.window.cover._notes
    assert pad.canInsertFromMimeData(words)
    assert not pad.canInsertFromMimeData(file)


def test_hide_now_is_explained_once_and_says_what_it_cannot_do(house: House) -> None:
    """SAFETY Q6."""
    window = house.window
    assert NOTE in texts(window)
    button(window, "OK: put this note away").click()
    assert NOTE not in texts(window)
    window.choose_language("es")
    window.choose_language("en")
    window.go("home")
    assert NOTE not in texts(window), "once a visit"
    window.reset()
    house.wait()
    assert NOTE in texts(window), "whoever comes next has not read it"


def test_staff_are_not_told_again_what_hide_now_is(house: House) -> None:
    house.window.unlocked()
    house.wait()
    house.window.go("home")
    assert NOTE not in texts(house.window)


def test_a_file_dialog_speaks_the_window_s_language_and_keeps_no_list(
    house: House, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """SAFETY N1, S3: Qt would write down which folders were looked into."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    house.window.choose_language("es")
    dialog = choose_file(house.window, "x", "*.guide", print)
    assert isinstance(dialog, QFileDialog)
    assert "Cancelar" in texts(dialog)
    dialog.setDirectory(str(tmp_path))
    dialog.reject()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    QApplication.processEvents()
    assert not list((tmp_path / "config").rglob("*")) if (tmp_path / "config").exists() else True
    assert Language("es")("Hide now") == "Ocultar ahora"
    house.wait()


def test_the_note_is_a_frame_of_its_own_at_the_largest_text(house: House) -> None:
    """SAFETY A3: nothing of it is cut off."""
    window = house.window
    window.resize(1024, 700)
    window.looks.percent = 200
    window.choose_language("en")
    QApplication.processEvents()
    frame = next(f for f in window.findChildren(QFrame) if f.property("kind") == "note")
    said = next(w for w in frame.findChildren(QWidget) if NOTE in str(w.property("text") or ""))
    assert said.height() >= said.heightForWidth(said.width())
