"""Backup in the settings: everything the shelter wrote into one file, and back from one in two presses."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtWidgets import QCheckBox, QWidget

from guide.errors import GuideError
from guide.records import Backup
from guide.text import Language
from ui.announce import announce
from ui.dialogs import choose_file, name_file
from ui.messages import sentence
from ui.parts.controls import button, cleared, column, label, row
from ui.visit_jobs import VisitJobs

ENDING = ".guide-backup"


@dataclass(frozen=True)
class BackupAsks:
    """What the form asks of the guide; ``restored`` lets the window go on with what was put back."""

    write: Callable[[Path, bool], Backup]
    look: Callable[[Path], Backup]
    restore: Callable[[Path], Backup]
    restored: Callable[[], object]


class BackupForm(QWidget):
    """Two buttons; a backup that was chosen is shown first, and put back by a second press."""

    def __init__(self, _: Language, jobs: VisitJobs, asks: BackupAsks) -> None:
        """Take how it speaks, the jobs, and what it asks."""
        super().__init__()
        self._, self._jobs, self._asks = _, jobs, asks
        self.confidential = QCheckBox(_("Confidential entries too"))
        self.save = button(_("Save a backup…"), self._name, "download")
        self.choose = button(_("Put a backup back…"), self._choose, "rotate-ccw")
        self._chosen = QWidget()
        self._box = column(self._chosen, gap=6)
        self._said = label("")
        words = _("One file with saved sheets, settings, own services, words, logo and history. Not the guide itself: that comes "
                  "with updates. The guide also makes a backup by itself before each update.")  # fmt: skip
        column(self, label(_("Backup"), "heading"), label(words), self.confidential,
               row(None, self.save, -1), row(None, self.choose, -1), self._chosen, self._said, gap=6)  # fmt: skip

    def _name(self) -> None:
        name_file(self.window(), self._("Save a backup…"), f"resource-guide{ENDING}", self.write)

    def write(self, path: Path) -> None:
        """Write a backup to ``path``."""
        too = self.confidential.isChecked()
        self._say(self._("One moment…"))
        self._jobs.work(lambda _p: self._asks.write(path, too), self._written, self._failed)

    def _written(self, backup: Backup) -> None:
        self._say(self._("The backup is saved: {name}").format(name=Path(backup.path).name))

    def _choose(self) -> None:
        choose_file(self.window(), self._("Put a backup back…"), f"*{ENDING}", self.look_at)

    def look_at(self, path: Path) -> None:
        """Show what the backup at ``path`` is, before anything is changed."""
        self._say(self._("One moment…"))
        self._jobs.work(lambda _p: self._asks.look(path), self._show, self._failed)

    def _show(self, backup: Backup) -> None:
        _ = self._
        cleared(self._box)
        self._said.clear()
        of = _("Backup of {house}, made on {day}").format(
            house=backup.shelter_name or _("a house without a name"), day=_.date(backup.made_at.astimezone().date())
        )
        lines = [of, _("Saved sheets: {names}").format(names=", ".join(backup.saved_sheets) or _("none"))]
        if backup.has_passphrase:
            lines.append(_("The staff passphrase will be the one of that day."))
        if not backup.confidential:
            lines.append(_("Entries marked confidential are not in it."))
        lines.append(_("What is here now is kept as a backup first."))
        self.yes = button(_("Put it back now"), lambda: self._restore(Path(backup.path)), "rotate-ccw")
        no = button(_("Leave it"), lambda: cleared(self._box))
        for line in lines:
            self._box.addWidget(label(line))
        for one in (self.yes, no):  # one below the other: at 200 % two do not fit beside each other
            self._box.addLayout(row(None, one, -1))
        announce(self._chosen, of)
        self.yes.setFocus()

    def _restore(self, path: Path) -> None:
        self.yes.setEnabled(False)
        self._say(self._("One moment…"))
        self._jobs.work(lambda _p: self._asks.restore(path), self._restored, self._failed)

    def _restored(self, _backup: Backup) -> None:
        cleared(self._box)
        self._asks.restored()

    def _failed(self, error: GuideError) -> None:
        cleared(self._box)
        self._say(" ".join(sentence(error, self._)))

    def _say(self, text: str) -> None:
        self._said.setText(text)
        announce(self._said, text)
