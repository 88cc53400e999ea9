"""Puts the pages for this house's own services together with what they ask."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from guide.records import Service
from guide.text import Language
from ui.pages.own_form_page import FormAsks, OwnFormPage
from ui.pages.own_page import OwnAsks, OwnPage

if TYPE_CHECKING:
    from ui.main_window import MainWindow
    from ui.rooms import Rooms

T = TypeVar("T")


def make_own(window: MainWindow, rooms: Rooms, _: Language) -> OwnPage:
    """Return the list."""
    own = window.guide.own

    def close(service: str, closed: bool) -> None:
        own.services.close(service, closed=closed)
        window.other_edition.emit()

    def remove(service: str) -> None:
        own.services.remove(service)
        window.other_edition.emit()

    asks = OwnAsks(
        own.services.all, own.services.drafts,
        close, remove,
        own.services.drop_draft,
        lambda path, dry: _changed(window, own.files.take_in(path, dry=dry), really=not dry),
        lambda path, confidential: own.files.write(path, confidential=confidential),
    )  # fmt: skip
    made = OwnPage(_, rooms.jobs, asks)
    made.failed.connect(window.fail)
    made.said.connect(window.say)
    made.edit.connect(lambda service, draft: open_form(window, rooms, service, draft=draft))
    made.add.connect(lambda: open_form(window, rooms, own.services.blank(_.code)))
    return made


def make_form(window: MainWindow, rooms: Rooms, _: Language) -> OwnFormPage:
    """Return the form."""
    guide = window.guide
    own = guide.own.services
    asks = FormAsks(
        save=lambda service, checked: _changed(window, own.save(service, checked=checked)),
        remarks=own.remarks,
        keep=lambda service: own.keep_draft(service.id, service),
        drop=lambda service: own.drop_draft(service.id),
        dialled=own.dialled,
        closed=own.closed_by_default,
        categories=[tile.category for tile in window.home_data().tiles],
        tags=guide.tags(),
        timezone=guide.settings.timezone,
    )
    made = OwnFormPage(_, rooms.jobs, asks)
    made.failed.connect(window.fail)

    def done(said: str) -> None:
        if said:
            window.say(said)
        window.go("own")

    made.done.connect(done)
    return made


def open_form(window: MainWindow, rooms: Rooms, service: Service, *, draft: bool = False) -> None:
    """Show the form with ``service`` in it."""
    page = rooms.page("own-form")
    if isinstance(page, OwnFormPage):
        page.show_service(service, draft=draft)
        window.go("own-form")


def _changed(window: MainWindow, answer: T, *, really: bool = True) -> T:
    """Let the window show what the house wrote; called in the lane that wrote it."""
    if really:
        window.other_edition.emit()
    return answer
