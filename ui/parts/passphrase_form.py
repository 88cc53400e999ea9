"""Changes the staff passphrase in the settings; a new recovery code comes with it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QLineEdit, QWidget

from guide.errors import GuideError
from guide.text import Language
from ui.announce import announce
from ui.messages import sentence
from ui.parts.captions import WIDEST, caption
from ui.parts.code_card import CodeCard
from ui.parts.controls import button, cleared, column, label, row
from ui.visit_jobs import VisitJobs


class PassphraseForm(QWidget):
    """The present passphrase, the new one twice, and then the code."""

    def __init__(
        self, _: Language, jobs: VisitJobs, choose: Callable[[str, str], str], to_print: Callable[[str], None]
    ) -> None:
        """Take what sets a passphrase (the new one, the present one) and what puts a code on paper."""
        super().__init__()
        self._, self._jobs, self._choose, self._to_print = _, jobs, choose, to_print
        self._box = column(self, gap=6)
        self._show()

    def _show(self) -> None:
        _ = self._
        cleared(self._box)
        self.old, self.new, self.again, self._said = QLineEdit(), QLineEdit(), QLineEdit(), label("", "stop")
        self._box.addWidget(label(_("Passphrase and recovery code"), "heading"))
        self._box.addWidget(label(_("With a new passphrase comes a new recovery code; the old code is good no more.")))
        texts = (_("Present passphrase"), _("New passphrase"), _("The same passphrase again"))
        for text, field in zip(texts, (self.old, self.new, self.again), strict=True):
            field.setEchoMode(QLineEdit.EchoMode.Password)
            self._box.addWidget(caption(field, text, widest=WIDEST))
            self._box.addWidget(field)
        self._box.addLayout(row(None, button(_("Change the passphrase"), self.change, "lock"), -1))
        self._box.addWidget(self._said)

    def change(self) -> None:
        """Try what was typed."""
        old, new = self.old.text(), self.new.text()
        if new != self.again.text():
            self._said.setText(self._("The two are not the same."))
        elif len(new) < 8:
            self._said.setText(self._("Please use eight characters or more."))
        else:
            self._said.clear()
            self._jobs.work(lambda _p: self._choose(new, old), self._done, self._failed)

    def _done(self, code: str) -> None:
        cleared(self._box)
        shown = CodeCard(self._, code, self._to_print, self._show)
        self._box.addWidget(shown)
        shown.kept.setFocus()

    def _failed(self, error: GuideError) -> None:
        self._said.setText(" ".join(sentence(error, self._)))
        announce(self._said, self._said.text())
