"""One number of a round: large, with the call script beside what the guide says, and a key for each result."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QCheckBox, QComboBox, QFrame, QLineEdit, QPushButton, QVBoxLayout

from guide.check_words import RESULTS, SCRIPT
from guide.records import Service
from guide.records.checking import DIFFERENT, NumberCheck, Result, RoundEntry
from guide.text import Language
from ui import style
from ui.parts.big_number import BigNumber
from ui.parts.captions import caption
from ui.parts.controls import button, column, label, row
from ui.parts.flow import Flow
from ui.parts.phrases import languages
from ui.parts.ticked import ticked

_ICONS = {Result.REACHED: "check", Result.WRONG: "x", Result.CLOSED: "circle-alert", Result.LATER: "clock"}


class CheckEntry(QFrame):
    """Shows one entry; ``told`` is called with the check when a result is chosen."""

    def __init__(
        self, _: Language, scale: style.Scale, entry: RoundEntry, service: Service, today: date, told: Callable[[NumberCheck], None],
        copy: Callable[[str], object],
    ) -> None:  # fmt: skip
        """Take the line of the round, the entry as it is now, today, and what keeps a result."""
        super().__init__()
        self.setProperty("kind", "card")
        self._, self._service, self._today, self._told = _, service, today, told
        shown = [phone for phone in service.shown_phones() if phone.published]
        main = service.main_phone()
        if main is not None:
            shown.sort(key=lambda phone: phone.id != main.id)
        self.number = QComboBox()
        self.number.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.number.setAccessibleName(_("Which number you called"))
        for phone in shown:
            self.number.addItem(phone.published, phone.copy_text)
        self.big = BigNumber(shown[0].published if shown else "", scale)
        self.big.setAccessibleName(_("Number to call: {number}", number=self.big.text()))
        self.number.currentTextChanged.connect(self.big.setText)
        giver = service.organization.name.best(_.code) if service.organization else ""
        copying = button(_("Copy"), lambda: copy(str(self.number.currentData() or "")), "copy")
        box = column(self, label(f"{entry.place}. {service.name.best(_.code)}", "title"), gap=10, margin=18)
        if giver:
            box.addWidget(label(giver, "second"))
        box.addWidget(self.big)
        box.addLayout(row(None, copying, -1))
        if len(shown) > 1:
            box.addWidget(self.number)
        self.results: dict[Result, QPushButton] = {}
        for place, (result, said) in enumerate(RESULTS.items(), 1):
            kind = "primary" if result is Result.REACHED else "plain"
            one = button(_(said), partial(self._tell, result), _ICONS[result], kind)
            one.setToolTip(f"Alt+{place}")
            key = QShortcut(QKeySequence(f"Alt+{place}"), self)
            key.activated.connect(partial(self._tell, result))
            self.results[result] = one
        box.addLayout(Flow(list(self.results.values()), 8))
        box.addWidget(label(_("Keys: Alt+1 to Alt+4, from left to right."), "small"))
        box.addWidget(label(_("Ask, and tick what is different from the guide:"), "name"))
        self.script: dict[str, QCheckBox] = {}
        box.addLayout(self._script())
        self.proposed, self.note = QLineEdit(), QLineEdit()
        fields = ((self.proposed, _("The right number, if you learned it"), 60),
                  (self.note, _("What is different, in your own words (stays here unless you send it along)"), 500))  # fmt: skip
        for field, said, longest in fields:
            field.setMaxLength(longest)
            box.addWidget(caption(field, said, "small"))
            box.addWidget(field)

    def _script(self) -> QVBoxLayout:
        _, service = self._, self._service
        says = {
            "hours": service.hours.best(_.code),
            "languages": languages(service.languages, _),
            "served": service.eligibility.best(_.code),
            "cost": service.cost.best(_.code),
            "answered": service.organization.name.best(_.code) if service.organization else service.name.best(_.code),
        }
        lines = QVBoxLayout()
        for point, question in SCRIPT.items():
            tick, words = ticked(_(question))
            self.script[point] = tick
            now = label(says.get(point, "") or "–", "second")
            line = row(None, words, now, gap=12)
            line.setStretch(0, 1)
            line.setStretch(1, 1)
            lines.addLayout(line)
        return lines

    def _tell(self, result: Result) -> None:
        answers = tuple((point, DIFFERENT) for point, tick in self.script.items() if tick.isChecked())
        self._told(
            NumberCheck(
                "", self._service.id, self.number.currentText(), result, self._today, "", answers,
                self.proposed.text(), self.note.text(),
            )
        )  # fmt: skip
