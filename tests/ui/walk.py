"""Walks the window: every page and every dialog that a visitor or staff can come to, one after the other."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from PySide6.QtWidgets import QApplication, QDialog, QWidget

from guide.records import Printer, PrinterState
from tests.ui.conftest import House

DESK = Printer("desk", "Front desk", PrinterState.READY)


def visitor_pages(house: House) -> Iterator[tuple[str, QWidget]]:
    """Yield name and top-level widget of every place a visitor can be, one after the other, each as it is in use."""
    window = house.window
    yield "home", window
    cards = house.type("shelter")
    window.open_entry(cards[0].id)
    results = window.rooms.results
    house.wait(lambda: results.pane.service == cards[0].id)
    yield "results", window
    house.type("zzzzqq")
    yield "nothing found", window
    line = window.home_data().call_now[0]
    assert line.phone is not None and line.text is not None
    for name, phone in (("call", line.phone), ("text", line.text)):
        window.phones.show(phone, line.name.text)
        house.wait(lambda phone=phone: window.rooms.dial.shown is not None and window.rooms.dial.shown[0] == phone)
        yield name, window
    for card in window.home_data().call_now:
        window.basket.toggle(card.id)
    window.go("sheet")
    house.wait(lambda: window.rooms.sheet.paper is not None)
    yield "sheet", window
    window.desk.way = replace(window.desk.way, printers=lambda: (DESK,))
    paper = window.rooms.sheet.paper
    assert paper is not None
    window.desk.print_sheet(paper, window.rooms.sheet.options().paper, window._)
    house.wait()
    yield "print", open_dialog()
    open_dialog().reject()
    window.activateWindow()
    window.idle.ask()
    yield "still there", open_dialog()
    window.idle._close()
    window.activateWindow()  # an offscreen screen has no window manager to do it
    window.go("unlock")
    house.wait()
    yield "unlock", window


def staff_pages(house: House) -> Iterator[tuple[str, QWidget]]:
    """Yield every page that only staff can come to."""
    window = house.window
    window.unlocked()
    house.wait()
    for page in window.rooms.keys:
        if page not in ("home", "results", "dial", "sheet", "unlock"):
            window.go(page)
            house.wait()
            yield page, window


def every_page(house: House) -> Iterator[tuple[str, QWidget]]:
    """Yield every page and dialog."""
    yield from visitor_pages(house)
    yield from staff_pages(house)


def open_dialog() -> QDialog:
    """Return the dialog that is open."""
    return next(d for d in QApplication.topLevelWidgets() if isinstance(d, QDialog) and d.isVisible())
