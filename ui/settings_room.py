"""Puts the settings page together with what it asks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from guide.text import Language
from ui.pages.staff_page import SettingsPage
from ui.parts.backup_form import BackupAsks, BackupForm
from ui.parts.controls import button, column, label, row
from ui.parts.fixed_fields import faults_box, grey, put_first
from ui.parts.house_paper_form import HouseAsks, HousePaperForm
from ui.parts.passphrase_form import PassphraseForm
from ui.parts.template_form import TemplateAsks

if TYPE_CHECKING:
    from ui.main_window import MainWindow
    from ui.rooms import Rooms


def make_settings(window: MainWindow, rooms: Rooms, _: Language) -> SettingsPage:
    """Return the page; what is kept is used by the window at once."""
    guide, desk = window.guide, window.desk
    asks = HouseAsks(
        lambda then: rooms.jobs.aside(desk.way.printers, then, lambda _error: None),
        guide.paper.logo, guide.paper.keep_logo, TemplateAsks(
            guide.paper.templates.all, guide.paper.keep_template,
            guide.paper.templates.remove, guide.paper.cleaned,
        ),
    )  # fmt: skip
    paper = HousePaperForm(_, guide.settings, asks)
    setup = QWidget()
    words = label(_("A page to tick off while a computer is set up for visitors: account, printer, room, protection."))
    to_print = button(_("Print the set-up sheet"), lambda: desk.print_setup(_), "printer")
    column(setup, label(_("Set-up sheet"), "heading"), words, row(None, to_print, -1), gap=6)
    lock = PassphraseForm(_, rooms.jobs, guide.staff.choose, desk.code_printer(_))
    safe = guide.safekeeping
    backup = BackupForm(_, rooms.jobs, BackupAsks(
        lambda path, too: safe.write(path, confidential=too), safe.look, safe.restore, lambda: _restored(window),
    ))  # fmt: skip
    made = SettingsPage(_, guide.settings, guide.change_settings, paper, guide.places, below=(lock, setup, backup))
    here, sources = made.widget(), made.sources
    fields = {
        "shelter_name": made.shelter, "product_name": made.product, "product_icon": made.icon, "language": made.language,
        "near": made.near, "idle_minutes": made.idle, "text_percent": made.text_size, "theme": made.theme,
        "paper": made.paper, "discreet_names": made.discreet, "sheet_title": paper.title, "sheet_footer": paper.footer,
        "sheet_overdue": paper.overdue, "printer": paper.printer, "visitors_open_saved": paper.visitors,
        "notice_drives": sources.drives, "drop_folder": sources.folder, "drop_folder_takes": sources.takes,
        "mirror": sources.mirror, "mirror_hours": sources.hours, "mirror_proxy": sources.proxy,
    }  # fmt: skip
    may = guide.settings.may("settings")
    grey(here, fields, guide.settings.fixed if may else frozenset(fields), _)
    made.save.setVisible(may)
    paper.templates.setVisible(may)
    paper.logo.setEnabled(may)
    put_first(here, faults_box(guide.settings, _))
    made.changed.connect(window.settings_changed)
    made.failed.connect(window.fail)
    return made


def _restored(window: MainWindow) -> None:
    """Go on with what was put back, wherever it shows."""
    window.settings_changed(window.guide.settings)
    window.other_edition.emit()
    window.say(window._("The backup is back in place."))
