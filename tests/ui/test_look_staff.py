"""My sheet, the staff pages and every dialog, in each language and at 200 %: nothing cut off (SAFETY A3)."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QDialog, QWidget

from guide.errors import PrinterError
from guide.records import Audience, Printer, PrinterState
from tests.publisher import SERVICES, Publisher
from tests.ui.conftest import House
from tests.ui.test_look import cut_off, dressed
from tests.ui.test_visit import texts
from ui.messages import PRINTER, sentence
from ui.parts.print_dialog import PrintDialog

WAYS = [
    ((1280, 800), "en", 100),
    ((1024, 700), "es", 100),
    ((1024, 700), "en", 200),
    ((1280, 800), "ar", 100),
    ((1024, 700), "ar", 200),
    ((1024, 700), "es", 200),
]


def squeezed(window: QWidget) -> list[str]:
    """Return the buttons of the sidebar that lie over each other or lost lines of their words."""
    parts = sorted((b for b in window.sidebar.buttons.values()), key=lambda b: b.y())  # type: ignore[attr-defined]
    over = [b.text() for a, b in pairwise(parts) if a.geometry().bottom() > b.y()]
    return over + [b.text() for b in parts if b.height() < b.minimumSizeHint().height()]


@pytest.mark.parametrize(("size", "language", "percent"), WAYS)
def test_nothing_is_cut_off_for_staff(
    published: tuple[House, Publisher], tmp_path: Path, size: tuple[int, int], language: str, percent: int
) -> None:
    house, publisher = published
    window = house.window
    window.audience = Audience.STAFF
    dressed(house, size, language, percent)
    for service in SERVICES:
        window.basket.toggle(service.id)
    faults: dict[str, list[str]] = {}
    window.go("sheet")
    house.wait(lambda: window.rooms.sheet.paper is not None)
    faults["sheet"] = cut_off(window)
    for page in ("settings", "unlock", "updates"):
        window.go(page)
        house.wait()
        faults[page] = cut_off(window) + squeezed(window)
    updates = window.rooms.updates
    updates.look_at(publisher.release(2, SERVICES[:1]))
    house.wait(lambda: updates.preview is not None)
    faults["preview"] = cut_off(window)
    updates._ways.ask_back("2026.11")
    faults["back"] = cut_off(window)
    window.guide.apply_update(publisher.release(3, SERVICES[:1]), by="command line")
    window.guide.rollback()
    updates.start()
    house.wait(lambda: "2026.03" in texts(updates))
    faults["gone back"] = cut_off(window) + squeezed(window)
    bad = tmp_path / "bad.guide"
    bad.write_text("hello")
    updates.look_at(bad)
    house.wait()
    faults["bad"] = cut_off(window)
    assert {page: found for page, found in faults.items() if found} == {}


@pytest.mark.parametrize(("size", "language", "percent"), WAYS)
def test_nothing_is_cut_off_in_a_dialog(house: House, size: tuple[int, int], language: str, percent: int) -> None:
    """Qt by itself makes no dialog higher than two thirds of the screen."""
    window = house.window
    dressed(house, size, language, percent)
    window.basket.toggle(window.home_data().call_now[0].id)
    window.go("sheet")
    house.wait(lambda: window.rooms.sheet.paper is not None)
    long = Printer("desk", "The printer in the corridor beside the front desk", PrinterState.OFFLINE)
    window.desk.way = replace(window.desk.way, printers=lambda: (long,))
    window.rooms._print_sheet()
    house.wait()
    dialog = window.desk.dialog
    assert isinstance(dialog, PrintDialog)
    for reason in PRINTER:
        dialog.waits(sentence(PrinterError(reason=reason), window._))
        assert cut_off(dialog) == [], reason
        dialog.failed(sentence(PrinterError(reason=reason), window._))
        assert cut_off(dialog) == [], reason
    dialog.taken_back(done=False)
    assert cut_off(dialog) == []
    dialog.sent()
    window.idle.ask()
    dialogs: tuple[QDialog | None, ...] = (window.desk.dialog, window.idle._dialog)
    for dialog in dialogs:
        assert dialog is not None
        assert dialog.isVisible()
        assert cut_off(dialog) == []
    window.reset()
    assert window.desk.dialog is None or not window.desk.dialog.isVisible()
    house.wait()


def test_the_preview_fills_the_room_beside_the_list_without_scrolling_the_page(house: House) -> None:
    dressed(house, (1280, 800), "en", 100)
    window = house.window
    window.basket.toggle(window.home_data().call_now[0].id)
    window.go("sheet")
    page = window.rooms.sheet
    house.wait(lambda: page.paper is not None)
    assert page.verticalScrollBar().maximum() == 0
    assert page.view.width() > page._side.width()
    picture: QImage = page.view.grab().toImage()
    assert picture.pixelColor(picture.width() // 2, 140).lightness() > 250, "white paper stands on the grey ground"
