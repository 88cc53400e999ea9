"""Puts the updates page together with what it asks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from guide.records import Imported
from guide.text import Language
from ui import style
from ui.pages.updates_page import UpdatesPage
from ui.parts.update_asks import UpdateAsks

if TYPE_CHECKING:
    from ui.main_window import MainWindow
    from ui.rooms import Rooms


def make_updates(window: MainWindow, rooms: Rooms, _: Language, scale: style.Scale) -> UpdatesPage:
    """Return the page; it is told when a stick, the shared folder or the mirror holds something else."""
    guide = window.guide

    def told(done: Imported) -> Imported:
        window.other_edition.emit()  # by the window itself: this page may be gone by now
        return done

    asks = UpdateAsks(
        preview=guide.preview,
        apply=lambda path, late, tell: told(guide.apply_update(path, expired_ok=late, progress=tell)),
        rollback=lambda: told(guide.rollback()),
        forward=lambda: told(guide.forward()),
        status=guide.status,
        history=guide.history,
        found=lambda: rooms.sources.found,
        drives=guide.sources.drives,
        pass_on=guide.sources.pass_on,
        mirror=guide.sources.ask_mirror if guide.settings.mirror else None,
        stop=guide.sources.stop,
        print_changes=lambda preview: window.desk.print_changes(preview, _),
    )
    made = UpdatesPage(_, scale, rooms.jobs, asks)
    rooms.sources.changed.connect(made.found_changed)
    return made
