"""Where staff's own data cannot be read: says so calmly, and offers the last good backup or a new beginning."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from guide.errors import GuideError, WrongPassphraseError
from guide.text import Language
from ui.announce import announce
from ui.messages import sentence
from ui.parts.controls import button, column, label
from ui.parts.flow import Flow
from ui.visit_jobs import VisitJobs


@dataclass(frozen=True)
class RescueAsks:
    """What is asked of the guide, each in a job. ``can_prove``: a passphrase can be told from a wrong one; ``put_back``
    and ``begin_anew`` take what was typed.
    """

    last_good: Callable[[], tuple[Path, datetime | None] | None]
    can_prove: Callable[[], bool]
    put_back: Callable[[Path, str], object]
    begin_anew: Callable[[str], object]


class RescuePart(QWidget):
    """``done`` once something can be read again."""

    done = Signal()

    def __init__(self, _: Language, jobs: VisitJobs, asks: RescueAsks) -> None:
        """Look for the last good backup at once."""
        super().__init__()
        self._, self._jobs, self._asks = _, jobs, asks
        self._asked = False
        self._said = label("", "stop")
        self.typed = QLineEdit()
        self.typed.setEchoMode(QLineEdit.EchoMode.Password)
        told = _("What this house wrote itself cannot be read: the file is damaged or gone. The guide goes on working, and"
                 " visitors can use it. A damaged file is set aside, never deleted.")  # fmt: skip
        self._box = column(self, label(_("Your own data is damaged"), "heading"), label(told), gap=10)
        jobs.work(lambda _p: (asks.last_good(), asks.can_prove()), self._offer, self._fail)

    def _offer(self, got: tuple[tuple[Path, datetime | None] | None, bool]) -> None:
        _, (found, can_prove) = self._, got
        acts = []
        if found is not None:
            path, made = found
            day = _.date(made.date()) if made else path.name
            acts.append(button(_("Put back the backup of {date}", date=day),
                               lambda: self._do(lambda typed: self._asks.put_back(path, typed)), "undo-2", "primary"))  # fmt: skip
        else:
            self._box.addWidget(label(_("There is no backup on this computer. If you have one on a stick, ask the person who"
                                        " looks after this computer to restore it."), "second"))  # fmt: skip
        if can_prove:
            acts.append(button(_("Begin with nothing"), lambda: self._do(self._asks.begin_anew), "file-text"))
            words = label(_("Staff passphrase or recovery code"))
            words.setBuddy(self.typed)
            self.typed.setAccessibleName(words.text())
            self._box.addWidget(words)
            self._box.addWidget(self.typed)
            self.typed.setFocus()
        elif not acts:
            self._box.addWidget(label(_("The staff area stays shut until then, so that nobody else can open it.")))
        self._box.addLayout(Flow(acts, 8))
        self._box.addWidget(self._said)
        self._can_prove = can_prove

    def _do(self, act: Callable[[str], object]) -> None:
        """Try once: each wrong try makes the next one wait longer."""
        typed = self.typed.text()
        if self._asked:
            return
        if self._can_prove and not typed:
            self._tell(self._("Type the staff passphrase or the recovery code first."))
            self.typed.setFocus()
            return
        self._asked = True
        self._jobs.work(lambda _p: act(typed), self._did, self._fail)

    def _did(self, _answer: object) -> None:
        self.typed.clear()
        self.done.emit()

    def _fail(self, error: GuideError) -> None:
        self._asked = False
        self.typed.selectAll()
        if isinstance(error, WrongPassphraseError):
            self._tell(self._("That is neither the passphrase nor the code. Please look again."))
        else:
            self._tell(" ".join(sentence(error, self._)))

    def _tell(self, words: str) -> None:
        self._said.setText(words)
        announce(self._said, words)
