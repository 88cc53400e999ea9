"""Other computers of this house: a file written for one, another's looked at and taken in."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from guide.records.house import Merged
from guide.records.saved import MOST_TEMPLATES
from guide.text import Language
from ui.dialogs import choose_file, name_file
from ui.parts.action_card import action_card
from ui.parts.controls import button, cleared, column, label
from ui.parts.long_check import LongCheck
from ui.visit_jobs import VisitJobs


class OtherComputers(QWidget):
    """What would change is said before anything does."""

    failed = Signal(object)
    said = Signal(str)
    done = Signal()

    def __init__(
        self, _: Language, jobs: VisitJobs, write: Callable[[Path, bool], tuple[int, int]],
        merge: Callable[[Path, bool], Merged],
    ) -> None:  # fmt: skip
        """Take what writes a file (with what is confidential or not), and what takes one in (or only tries)."""
        super().__init__()
        self._, self._jobs, self._write, self._merge = _, jobs, write, merge
        self.private = LongCheck(_("Also what is for staff alone, and closed addresses"))
        told = _("Write what this house wrote to a stick or shared folder, and take it in on the other computer. Field by"
                 " field the newest counts. Taking the same file in again changes nothing.")  # fmt: skip
        self._asked = QVBoxLayout()
        column(self, action_card([label(told, "second"), self.private], [
            button(_("Write to a file…"), self._name, "file-text"),
            button(_("Take in a file…"), self._choose, "folder-open"),
        ]), self._asked, gap=8)  # fmt: skip

    def _name(self) -> None:
        confidential = self.private.isChecked()

        def write(path: Path) -> None:
            def told(counts: tuple[int, int]) -> None:
                said, kept = self._("The file is written."), self._.count(
                    "{n} with something confidential stayed here.", "{n} with something confidential stayed here.", counts[1]
                )  # fmt: skip
                self.said.emit(f"{said} {kept}" if counts[1] else said)

            self._jobs.afar(lambda _p: self._write(path, confidential), told, self.failed.emit)

        name_file(self.window(), self._("Write to a file…"), "our-house.house", write)

    def _choose(self) -> None:
        choose_file(self.window(), self._("Take in a file…"), "*.house", self.look_at)

    def look_at(self, path: Path) -> None:
        """Say what another computer's file would change, and ask."""
        self._jobs.afar(lambda _p: self._merge(path, True), lambda told: self._ask(path, told), self.failed.emit)

    def _ask(self, path: Path, told: Merged) -> None:
        _ = self._
        names = list(dict.fromkeys(name or key for _kind, key, _field, name in told.changes))
        lines = [_.count("{n} value would change.", "{n} values would change.", told.changed)]
        if told.conflicts:
            lines.append(
                _.count(
                    "{n} was changed on both: you decide.", "{n} were changed on both: you decide.", len(told.conflicts)
                )
            )
        if told.no_room:
            lines.append(_("There is no room for these templates, since a house keeps at most {most}: {names}. Delete some"
                           " that nobody uses, then take the file in again.",
                           most=MOST_TEMPLATES, names=", ".join(told.no_room[:10])))  # fmt: skip
        if told.not_understood:
            lines.append(_.count("{n} value makes no sense here and is left out.",
                                 "{n} values make no sense here and are left out.", told.not_understood))  # fmt: skip
        acts = [button(_("Not now"), lambda: cleared(self._asked), "x")]
        if told.changes or told.conflicts:
            acts.insert(0, button(_("Take it in"), lambda: self._take(path), "check", "primary"))
        cleared(self._asked)
        words = [
            label(path.name, "name"),
            *(label(line) for line in lines),
            *(label(name, "small") for name in names[:15]),
        ]
        self._asked.addWidget(action_card(words, acts))

    def _take(self, path: Path) -> None:
        def taken(_merged: object) -> None:
            self.said.emit(self._("The file is taken in."))
            self.done.emit()

        self._jobs.afar(lambda _p: self._merge(path, False), taken, self.failed.emit)
