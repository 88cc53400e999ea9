"""The settings of where updates come from: sticks, a shared folder, an update server."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget

from guide.settings import Settings
from guide.text import Language
from ui.dialogs import choose_folder
from ui.parts.captions import WIDEST, caption
from ui.parts.controls import button, column, label, row
from ui.parts.ticked import ticked

HOURS = (0, 24, 168)


class SourceFields(QWidget):
    """Fields with their words; ``changes`` gives what was set."""

    def __init__(self, _: Language, settings: Settings) -> None:
        """Show what is set now."""
        super().__init__()
        self._ = _
        self.drives, drives = ticked(_("Look for updates on sticks that are put in"))
        self.drives.setChecked(settings.notice_drives)
        self.folder = QLineEdit(settings.drop_folder)
        self.takes, takes = ticked(_("Take newer updates from it without asking"))
        self.takes.setChecked(settings.drop_folder_takes)
        self.mirror = QLineEdit(settings.mirror)
        self.mirror.setPlaceholderText("https://")
        self.hours = QComboBox()
        self.hours.addItems([_("Only by the button"), _("Once a day"), _("Once a week")])
        self.hours.setCurrentIndex(HOURS.index(settings.mirror_hours) if settings.mirror_hours in HOURS else 1)
        self._other_hours = settings.mirror_hours if settings.mirror_hours not in HOURS else None
        self.proxy = QLineEdit(settings.mirror_proxy)
        self.proxy.setPlaceholderText(_("as this computer is set up"))
        said = label("", "stop")
        said.hide()
        self._said = said
        choose = button(_("Choose a folder"), self._choose, "folder-open")
        box = column(self, label(_("Where updates come from"), "heading"), drives, gap=6)
        self._field(box, _("Shared folder in which updates appear, if there is one"), self.folder)
        box.addLayout(row(None, choose, -1))
        box.addWidget(takes)
        self._field(box, _("Update server, if there is one"), self.mirror)
        box.addWidget(
            label(_("It is asked only while the staff area is open, and told nothing about this house. For several"
                    " publishers, write their addresses with a space between."), "small")
        )  # fmt: skip
        self._field(box, _("When to ask it"), self.hours)
        self._field(box, _("Proxy, if the network needs one"), self.proxy)
        box.addWidget(said)

    def changes(self) -> dict[str, Any] | None:
        """Return the settings as they stand in the fields; None when one cannot be so, and then it is said."""
        mirror = " ".join(self.mirror.text().split())
        wrong = not all(one.startswith("https://") for one in mirror.split())
        self._said.setVisible(wrong)
        if wrong:
            self._said.setText(self._("The address of the update server has to begin with https://"))
            self.mirror.setFocus()
            return None
        hours = HOURS[self.hours.currentIndex()]
        return {
            "notice_drives": self.drives.isChecked(),
            "drop_folder": self.folder.text().strip(),
            "drop_folder_takes": self.takes.isChecked(),
            "mirror": mirror,
            "mirror_hours": self._other_hours if self._other_hours and hours == HOURS[1] else hours,
            "mirror_proxy": self.proxy.text().strip(),
        }

    def _field(self, box: Any, text: str, field: QLineEdit | QComboBox) -> None:
        box.addWidget(caption(field, text, widest=WIDEST))
        box.addWidget(field)

    def _choose(self) -> None:
        choose_folder(self, self._("Choose a folder"), lambda path: self.folder.setText(str(Path(path))))
