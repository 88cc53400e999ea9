"""Puts my sheet together with what it asks, and with its buttons at the top."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QPushButton

from guide.text import Language
from ui import style
from ui.pages.sheet_page import SheetAsks, SheetPage
from ui.parts.controls import button

if TYPE_CHECKING:
    from ui.main_window import MainWindow
    from ui.rooms import Rooms


def make_sheet(window: MainWindow, rooms: Rooms, _: Language, scale: style.Scale) -> SheetPage:
    """Return the page; it says what went wrong through the window."""
    guide = window.guide

    def names(ids: Sequence[str]) -> list[tuple[str, str]]:
        neutral = guide.settings.discreet_names  # S2: also in the list of what is on the sheet
        found = {
            s.id: (s.discreet_name.best(_.code) if neutral else "") or s.name.best(_.code) for s in guide.services(ids)
        }
        return [(one, found[one]) for one in ids if one in found]

    asks = SheetAsks(
        lambda ids, options: guide.sheet(ids, options, window.audience), guide.press.size, guide.page_picture,
        names, lambda: guide.paper.begin((_.code,)), guide.paper_languages(),
        lambda: guide.paper.saved(window.audience), guide.paper.save, guide.paper.remove,
        guide.paper.templates.all,
    )  # fmt: skip
    made = SheetPage(_, scale, rooms.jobs, asks, window.basket, staff=rooms.staff)
    made.failed.connect(window.fail)
    made.said.connect(window.say)
    return made


def sheet_buttons(
    window: MainWindow, page: SheetPage, _: Language, save: Callable[[], None], print_: Callable[[], None]
) -> tuple[QPushButton, QPushButton]:
    """Return the buttons that save and print what was typeset, put at the top; they wait until a page is ready."""
    made = (button(_("Save PDF (staff)"), save, "file-text"), button(_("Print"), print_, "printer", "primary"))
    for one in made:
        one.setEnabled(False)
        window.bar.extra.addWidget(one)
        one.hide()
        page.ready.connect(one.setEnabled)
    return made
