"""Results from paper: one line a number, as on the printed round, to type in all at once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from PySide6.QtCore import QDate, Qt
from PySide6.QtWidgets import QComboBox, QDateEdit, QFrame, QLineEdit

from guide.check_words import RESULTS
from guide.records.checking import NumberCheck, Result, RoundEntry
from guide.text import Language
from ui import style
from ui.parts.captions import caption
from ui.parts.controls import button, column, label
from ui.parts.flow import Flow


class CheckList(QFrame):
    """Keeps every line that has a result, all of them or none."""

    def __init__(
        self, _: Language, scale: style.Scale, entries: Sequence[RoundEntry], today: date, save: Callable[[Sequence[NumberCheck]], None],
        back: Callable[[], None],
    ) -> None:  # fmt: skip
        """Take the lines that are still to be called, today, what keeps them, and the way back."""
        super().__init__()
        self.setProperty("kind", "card")
        self._save = save
        self.day = QDateEdit(QDate(today.year, today.month, today.day))
        self.day.setMaximumDate(QDate(today.year, today.month, today.day))
        self.day.setLayoutDirection(Qt.LayoutDirection.LeftToRight)  # else Qt turns the parts of the date around
        self.day.setDisplayFormat("yyyy-MM-dd")
        said = caption(self.day, _("Day of the calls"))
        box = column(self, label(_("Type the results in"), "heading"), gap=10, margin=18)
        box.addWidget(
            label(_("The numbers on the left are those on the paper. Leave out what was not called."), "second")
        )
        box.addLayout(Flow([said, self.day], 8))
        self.lines: list[tuple[RoundEntry, QComboBox, QLineEdit]] = []
        for entry in entries:
            result, proposed = QComboBox(), QLineEdit()
            result.addItem("–", "")
            for one, words in RESULTS.items():
                result.addItem(_(words), one.value)
            result.setAccessibleName(_("Result for {name}", name=entry.name))
            proposed.setMaxLength(60)
            proposed.setPlaceholderText(_("Right number"))
            proposed.setAccessibleName(_("Right number of {name}", name=entry.name))
            result.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            result.setMinimumContentsLength(14)
            proposed.setMinimumWidth(scale.px(150))
            line = label(f"{entry.place}. {entry.name}", "name")
            box.addLayout(column(None, line, Flow([result, proposed], 8), gap=4))
            self.lines.append((entry, result, proposed))
        box.addLayout(
            Flow([button(_("Keep these results"), self._keep, "check", "primary"), button(_("Not now"), back)], 8)
        )

    def _keep(self) -> None:
        day = self.day.date()
        on = date(day.year(), day.month(), day.day())
        self._save([
            NumberCheck("", entry.service, "", Result(result.currentData()), on, "", (), proposed.text())
            for entry, result, proposed in self.lines if result.currentData()
        ])  # fmt: skip
