"""Puts the updates page together with what it asks."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, TypeVar

from guide.text import Language
from ui import style
from ui.pages.updates_page import UpdatesPage
from ui.parts.program_part import ProgramAsks
from ui.parts.publisher_asks import PublisherAsks
from ui.parts.update_asks import UpdateAsks

if TYPE_CHECKING:
    from ui.main_window import MainWindow
    from ui.rooms import Rooms


T = TypeVar("T")


def _told(window: MainWindow, done: T) -> T:
    window.other_edition.emit()  # by the window itself: the page may be gone by now
    return done


def _publishers(window: MainWindow) -> PublisherAsks:
    guide, told = window.guide, partial(_told, window)
    return PublisherAsks(
        every=guide.publishers.list,
        look=guide.publishers.look,
        add=lambda path, words, name: told(guide.publishers.add(path, words, name)),
        move=lambda key, place: told(guide.publishers.move(key, place)),
        remove=lambda key: told(guide.publishers.remove(key)),
        conflicts=guide.publishers.conflicts,
        waiting=guide.publishers.waiting,
        leave=guide.publishers.leave,
        rollback=lambda key: told(guide.rollback(publisher=key)),
        forward=lambda key: told(guide.forward(publisher=key)),
    )


def make_updates(window: MainWindow, rooms: Rooms, _: Language, scale: style.Scale) -> UpdatesPage:
    """Return the page; it is told when a stick, the shared folder or the mirror holds something else."""
    guide = window.guide

    told = partial(_told, window)
    asks = UpdateAsks(
        preview=guide.preview,
        apply=lambda path, late, tell: told(guide.apply_update(path, expired_ok=late, progress=tell)),
        rollback=lambda: told(guide.rollback()),
        forward=lambda: told(guide.forward()),
        status=guide.status,
        history=guide.history,
        found=lambda: rooms.sources.found,
        gone_back=guide.publishers.gone_back,
        saw_gone_back=rooms.sources.saw_gone_back,
        drives=guide.sources.drives,
        pass_on=guide.sources.pass_on,
        mirror=guide.sources.ask_mirrors if guide.settings.mirrors else None,
        several=rooms.sources.saw_mirrors,
        stop=guide.sources.stop,
        print_changes=lambda preview: window.desk.print_changes(preview, _),
        publishers=_publishers(window),
        programs=ProgramAsks(
            found=lambda: rooms.sources.programs,
            verify=guide.programs.verify,
            install=guide.programs.install,
            copy=lambda line: window.copy(line, _("the line to type")) if guide.settings.may("copy") else None,
            close=window.close,
        ),
    )
    made = UpdatesPage(_, scale, rooms.jobs, asks)
    rooms.sources.changed.connect(made.found_changed)
    return made
