"""Puts the page of number checks together with what it asks."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from guide.records import Service
from guide.records.checking import CorrectionFile
from guide.text import Language
from ui import style
from ui.own_room import open_form
from ui.pages.checks_page import ChecksPage
from ui.parts.check_asks import CheckAsks

if TYPE_CHECKING:
    from ui.main_window import MainWindow
    from ui.rooms import Rooms


def make_checks(window: MainWindow, rooms: Rooms, _: Language, scale: style.Scale) -> ChecksPage:
    """Return the page."""
    guide, checks = window.guide, window.guide.checks
    size = guide.settings.paper
    words = {tile.category.slug: tile.category.label.best(_.code) for tile in window.home_data().tiles}

    def entry(service: str) -> Service | None:
        return next(iter(guide.services([service])), None)

    def mail(files: Sequence[CorrectionFile]) -> bool:
        from ui.mailer import write_mail

        return write_mail(files, _)

    def look(service: str) -> None:
        window.go("results")
        window.open_entry(service)

    def change(service: str) -> None:
        open_form(window, rooms, guide.own.services.one(service))

    asks = CheckAsks(
        today=checks.today,
        due=checks.due, round=checks.round, begin=lambda kind: checks.begin(kind, 0 if kind == "crisis" else 25),
        end=checks.end, entry=entry, record=checks.record, take_back=checks.take_back, reports=checks.reports,
        settle=checks.settle, ours=checks.ours, change=change, corrections=lambda notes: checks.corrections(notes=notes),
        write=checks.write_corrections, drives=guide.sources.drives,
        round_paper=lambda: checks.round_paper(_.code, size), slip=lambda files: checks.slip(files, _.code, size),
        print_paper=lambda paper, name: window.desk.print_for_team(paper, _, name), mail=mail, open_entry=look,
        label=lambda slug: words.get(slug, slug),
    )  # fmt: skip
    made = ChecksPage(_, scale, rooms.jobs, asks, lambda text: window.copy(text, text))
    made.failed.connect(window.fail)
    made.said.connect(window.say)
    return made
