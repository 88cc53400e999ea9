"""The staff area's door: unlock it, choose a passphrase the first time, get back in by the code on paper."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QLineEdit, QVBoxLayout, QWidget

from guide.errors import GuideError, WrongPassphraseError
from guide.text import Language
from ui.announce import announce
from ui.messages import sentence
from ui.parts.code_card import CodeCard
from ui.parts.controls import button, card, cleared, column, label, row
from ui.parts.rescue_part import RescueAsks, RescuePart
from ui.parts.scroll import Scroll
from ui.visit_jobs import VisitJobs


@dataclass(frozen=True)
class LockAsks:
    """What the page asks of the guide: each may raise, and is called in a job; ``to_print`` puts a code on paper."""

    is_set_up: Callable[[], bool]
    choose: Callable[[str], str]
    unlock: Callable[[str], None]
    recover: Callable[[str, str], str]
    to_print: Callable[[str], None]
    rescue: RescueAsks | None = None


class UnlockPage(Scroll):
    """Asks for the passphrase; the first time it asks for a new one, twice."""

    unlocked = Signal()

    def __init__(self, _: Language, jobs: VisitJobs, asks: LockAsks) -> None:
        """Take what says whether a passphrase was chosen, what sets and what checks it."""
        super().__init__()
        self._, self._jobs, self._asks = _, jobs, asks
        self._stage, self._asked = "unlock", False
        self._frame: QFrame = card()
        self._frame.setMaximumWidth(660)
        self._box = QVBoxLayout(self._frame)
        self._box.setContentsMargins(24, 20, 24, 20)
        self._box.setSpacing(10)
        self.code, self.first, self.second, self._said = QLineEdit(), QLineEdit(), QLineEdit(), label("", "stop")
        line = row(None, self._frame, -1)
        line.setStretch(0, 10)
        page = QWidget()
        column(page, line, -1, margin=24)
        self.setWidget(page)

    def ask(self) -> None:
        """Look whether a passphrase was chosen, and ask for it or for a new one."""
        self._jobs.work(lambda _p: self._asks.is_set_up(), self._begin, self._failed)

    def _begin(self, set_up: bool) -> None:
        self._show("unlock" if set_up else "new")

    def _show(self, stage: str) -> None:
        _ = self._
        self._stage, self._asked = stage, False
        cleared(self._box)
        self.code, self.first, self.second, self._said = QLineEdit(), QLineEdit(), QLineEdit(), label("", "stop")
        for field in (self.first, self.second):
            field.setEchoMode(QLineEdit.EchoMode.Password)
        for field in (self.code, self.first, self.second):
            field.returnPressed.connect(self._go)
        self.code.setAccessibleName(_("Recovery code"))
        self.first.setAccessibleName(_("Staff passphrase") if stage == "unlock" else _("New passphrase"))
        self.second.setAccessibleName(_("The same passphrase again"))
        for part in (*self._parts(stage), self._said):
            self._box.addWidget(part)
        (self.code if stage == "recover" else self.first).setFocus()

    def _parts(self, stage: str) -> list[QWidget]:
        _ = self._
        if stage == "unlock":
            return [
                label(_("Staff area"), "heading"), label(_("Staff passphrase")), self.first,
                button(_("Unlock"), self._go, "lock-open", "primary"),
                button(_("The passphrase is lost"), lambda: self._show("recover"), kind="link"),
            ]  # fmt: skip
        twice: list[QWidget] = [
            label(_("Passphrase, eight characters or more")), self.first, label(_("The same passphrase again")),
            self.second, button(_("Save the passphrase"), self._go, "lock", "primary"),
        ]  # fmt: skip
        if stage == "recover":
            explain = _("Type the recovery code from its paper, and choose a new passphrase. Small or large letters are"
                        " all the same. Without the code, ask the person who looks after this computer.")  # fmt: skip
            head = [label(_("The passphrase is lost"), "heading"), label(explain), label(_("Recovery code")), self.code]
            return [*head, *twice, button(_("Back"), lambda: self._show("unlock"), kind="link")]
        explain = _("Choose a passphrase for the staff area. A few words are easy to keep in mind and hard to guess."
                    " After that you get a code on paper, for the day it is lost.")  # fmt: skip
        return [label(_("Set up the staff area"), "heading"), label(explain), *twice]

    def _go(self) -> None:
        """Try what was typed: once, since each wrong try makes the next one wait longer."""
        code, first, second = self.code.text(), self.first.text(), self.second.text()
        if self._asked or not first or (self._stage == "recover" and not code):
            return
        self._said.clear()
        if self._stage == "unlock":
            self._asked = True
            self._jobs.work(lambda _p: self._asks.unlock(first), self._opened, self._failed)
        elif first != second:
            self._said.setText(self._("The two are not the same."))
        elif len(first) < 8:
            self._said.setText(self._("Please use eight characters or more."))
        else:
            self._asked = True
            if self._stage == "recover":
                self._jobs.work(lambda _p: self._asks.recover(code, first), self._kept, self._failed)
            else:
                self._jobs.work(lambda _p: self._asks.choose(first), self._kept, self._failed)

    def _kept(self, code: str) -> None:
        """Show the code that goes with the new passphrase before anything else."""
        self._forget()
        cleared(self._box)
        shown = CodeCard(self._, code, self._asks.to_print, self.unlocked.emit)
        self._box.addWidget(shown)
        self.kept = shown.kept
        self.kept.setFocus()

    def _opened(self, _answer: object) -> None:
        self._forget()
        self.unlocked.emit()

    def _forget(self) -> None:
        for field in (self.code, self.first, self.second):
            field.clear()

    def _rescue(self, asks: RescueAsks) -> None:
        cleared(self._box)
        self.rescue = RescuePart(self._, self._jobs, asks)
        self.rescue.done.connect(self.ask)
        self._box.addWidget(self.rescue)

    def _failed(self, error: GuideError) -> None:
        self._asked = False
        if self._asks.rescue is not None and error.facts.get("reason") == "damaged":
            self._rescue(self._asks.rescue)
            return
        if self._stage == "recover" and isinstance(error, WrongPassphraseError):
            self.code.selectAll()
            self._said.setText(self._("That code is not right. Please look at the paper again."))
            return
        self.first.selectAll()
        self._said.setText(" ".join(sentence(error, self._)))
        announce(self._said, self._said.text())
