"""Kiosk mode and the administrator's policy in the window: known ways out, tried one by one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction, QContextMenuEvent, QDesktopServices, QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QLineEdit, QMenu, QMessageBox, QWidget
from pytestqt.qtbot import QtBot

from guide.policy import Fault
from guide.records import Audience, Printer
from guide.settings import Settings, in_kiosk
from tests.ui.conftest import House, opened
from tests.ui.test_visit import button, texts
from ui.main_window import MainWindow
from ui.print_run import PrintRun
from ui.start import arguments

CTRL, ALT, SHIFT, NONE = (
    Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.NoModifier,
)  # fmt: skip
KEYS = [
    *((key, CTRL) for key in (Qt.Key.Key_Q, Qt.Key.Key_W, Qt.Key.Key_O, Qt.Key.Key_P, Qt.Key.Key_S, Qt.Key.Key_N, Qt.Key.Key_T,
                              Qt.Key.Key_H, Qt.Key.Key_J, Qt.Key.Key_F4, Qt.Key.Key_Escape, Qt.Key.Key_M)),
    *((key, ALT) for key in (Qt.Key.Key_F4, Qt.Key.Key_Space, Qt.Key.Key_F, Qt.Key.Key_Left, Qt.Key.Key_Return)),
    *((key, NONE) for key in (Qt.Key.Key_F1, Qt.Key.Key_F3, Qt.Key.Key_F5, Qt.Key.Key_F10, Qt.Key.Key_F11, Qt.Key.Key_F12,
                              Qt.Key.Key_Escape, Qt.Key.Key_Menu, Qt.Key.Key_Help, Qt.Key.Key_Back)),
    (Qt.Key.Key_F1, SHIFT), (Qt.Key.Key_F10, SHIFT),
]  # fmt: skip


@pytest.fixture
def kiosk(qtbot: QtBot, tmp_path: Path) -> Iterator[House]:
    """The window of a PC that shows nothing but the guide."""
    yield from opened(qtbot, in_kiosk(Settings(data=tmp_path / "data", trust=tmp_path / "none")))


def kept_in(house: House) -> None:
    """Assert that a visitor is where a visitor may be."""
    window = house.window
    assert window.isVisible() and window.isFullScreen()
    assert window.audience is Audience.VISITOR
    for other in QApplication.topLevelWidgets():
        if other.isVisible() and not isinstance(other, MainWindow):  # that of an earlier test goes with the next turn
            assert isinstance(other, QMenu) or other.parent() is not None, other
            assert not isinstance(other, (QFileDialog, QMessageBox)), other
    assert not {"updates", "settings"} & set(window.rooms.keys)


@pytest.mark.parametrize("page", ["home", "results", "sheet", "dial", "unlock"])
def test_no_key_leads_out(kiosk: House, page: str) -> None:
    """SAFETY I3: the keys by which people leave other kiosks, on every page a visitor has."""
    if page == "results":
        kiosk.type("shelter")
    kiosk.window.go(page)
    kiosk.wait()
    for key, held in KEYS:
        QTest.keyClick(kiosk.window.windowHandle(), key, held)
        kept_in(kiosk)
        while (popup := QApplication.activePopupWidget()) is not None:
            popup.close()


def test_closing_minimizing_and_shrinking_are_refused(kiosk: House) -> None:
    """SAFETY I3: Alt+F4 and the taskbar end in these."""
    window = kiosk.window
    assert window.windowFlags() & Qt.WindowType.FramelessWindowHint
    assert window.windowFlags() & Qt.WindowType.WindowStaysOnTopHint
    assert window.close() is False
    kept_in(kiosk)
    assert window.rooms.here == "unlock", "closing leads to the door of the staff area"
    for leave in (window.showMinimized, window.showNormal, window.showMaximized):
        leave()
        QApplication.processEvents()
        kept_in(kiosk)
    window.hide_now()
    assert window.close() is False
    assert window.cover.covers
    kiosk.wait()


def test_staff_close_it_with_the_passphrase(kiosk: House) -> None:
    """SAFETY I3."""
    window = kiosk.window
    window.guide.staff.choose("a long passphrase")
    assert window.close() is False
    kiosk.wait()
    window.rooms.unlock.first.setText("a long passphrase")
    window.rooms.unlock.first.returnPressed.emit()
    kiosk.wait(lambda: window.audience is Audience.STAFF)
    assert window.close() is True


def test_a_context_menu_offers_nothing_but_to_edit_words(kiosk: House) -> None:
    """SAFETY I3: no "open with", no "save as"."""
    kiosk.type("shelter")
    for part in kiosk.window.findChildren(QWidget):
        if not part.isVisible() or not isinstance(part, (QLabel, QLineEdit)):
            continue
        QApplication.sendEvent(
            part, QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, QPoint(2, 2), part.mapToGlobal(QPoint(2, 2)))
        )
        if (popup := QApplication.activePopupWidget()) is not None:
            names = {action.objectName() for action in popup.actions()} - {""}
            assert names <= {
                "edit-undo",
                "edit-redo",
                "edit-cut",
                "edit-copy",
                "edit-paste",
                "edit-delete",
                "select-all",
            }, names
            popup.close()
    kept_in(kiosk)


def test_no_text_is_a_link_and_nothing_can_be_dragged_out(kiosk: House) -> None:
    """SAFETY C4, I3."""
    kiosk.type("shelter")
    for found in kiosk.window.findChildren(QLabel):
        assert not found.openExternalLinks()
        assert not found.text() or found.textFormat() == Qt.TextFormat.PlainText
        assert not found.textInteractionFlags() & Qt.TextInteractionFlag.TextSelectableByMouse
    for field in kiosk.window.findChildren(QLineEdit):
        assert not field.dragEnabled()
    sequences = {s.key().toString() for s in kiosk.window.findChildren(QShortcut)}
    assert sequences <= {"Ctrl+F", "Ctrl++", "Ctrl+-", "Ctrl+=", "Esc"}, sequences
    assert not [a for a in kiosk.window.findChildren(QAction) if not a.shortcut().isEmpty()]


def test_call_shows_the_number_and_opens_no_other_program(kiosk: House, monkeypatch: pytest.MonkeyPatch) -> None:
    """SAFETY I3: also where this PC could call."""
    asked: list[object] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: asked.append(url) or True)
    kiosk.window.phones._found(True)
    card = kiosk.window.home_data().call_now[0]
    assert card.phone is not None
    kiosk.window.phones.call(card.phone, card.name.text)
    kiosk.wait(lambda: kiosk.window.rooms.here == "dial")
    assert asked == []


def test_a_printer_that_writes_files_is_offered_to_no_visitor(house: House) -> None:
    """SAFETY P4, I3: "Microsoft Print to PDF" opens a dialog for files."""
    names = ["Microsoft Print to PDF", "CUPS-PDF", "PDF", "Microsoft XPS Document Writer", "OneNote (Desktop)", "Fax"]
    found = [
        *(Printer(name, name) for name in names),
        Printer("odd", "Odd", port="PORTPROMPT:"),
        Printer("desk", "Front desk"),
    ]
    assert [p.name for p in found if not p.to_file] == ["desk"]
    offered: list[list[str]] = []

    class Told:
        def offer(self, printers: list[Printer], _sides: int) -> None:
            offered.append([p.name for p in printers])

    for staff in (False, True):
        run = PrintRun.__new__(PrintRun)
        run._guide, run._staff = house.window.guide, staff
        run.dialog = Told()  # type: ignore[assignment] - the printers are the border that is faked here
        run._found((found, 1))
    assert offered == [["desk"], [p.name for p in found]]


def test_the_command_line_asks_for_it_too() -> None:
    assert arguments(["--kiosk"]).kiosk
    assert not arguments([]).kiosk


# --- the policy in the window ---------------------------------------------------------------------
@pytest.fixture
def ruled(qtbot: QtBot, tmp_path: Path) -> Iterator[House]:
    """A window whose administrator fixed two settings and forbade most functions."""
    settings = replace(
        Settings(data=tmp_path / "data", trust=tmp_path / "none"), language="es", idle_minutes=5, fixed=frozenset({"language", "idle_minutes"}),
        forbidden=frozenset({"copy", "text", "print", "save_pdf"}), faults=(Fault("colour", "there is no such line"),),
    )  # fmt: skip
    yield from opened(qtbot, settings)


def test_what_is_forbidden_is_not_offered(ruled: House) -> None:
    ruled.type("refugio")
    seen = texts(ruled.window)
    for word in ("Copiar", "Texto"):
        assert word not in seen
    ruled.window.copy("988", "988")
    assert QApplication.clipboard().text() == ""
    ruled.window.go("sheet")
    ruled.wait()
    assert not ruled.window.rooms._print.isVisible()
    ruled.window.unlocked()
    ruled.window.go("sheet")
    ruled.wait()
    assert not ruled.window.rooms._save.isVisible()


def test_what_is_fixed_stands_greyed_and_says_by_whom(ruled: House) -> None:
    ruled.window.unlocked()
    ruled.wait()
    ruled.window.go("settings")
    page = ruled.window.rooms.settings
    assert not page.language.isEnabled() and not page.idle.isEnabled()
    assert page.product.isEnabled()
    assert texts(page).count(ruled.window._("set by your administrator")) == 2
    assert "colour: there is no such line" in texts(page)
    page.product.setText("Otra cosa")
    page.save.click()
    ruled.wait()
    assert ruled.window.guide.settings.product_name == "Otra cosa"
    assert ruled.window.guide.settings.language == "es"


def test_forbidden_settings_can_be_seen_and_not_changed(qtbot: QtBot, tmp_path: Path) -> None:
    settings = replace(Settings(data=tmp_path / "data", trust=tmp_path / "none"), forbidden=frozenset({"settings"}))
    for house in opened(qtbot, settings):
        house.window.unlocked()
        house.wait()
        house.window.go("settings")
        page = house.window.rooms.settings
        assert not page.save.isVisible()
        assert not page.shelter.isEnabled()
        assert button(page, "Print the set-up sheet").isEnabled()
