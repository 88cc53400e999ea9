"""Saved sheets beside my sheet: staff open, save and delete them; visitors open them where staff allow it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QFrame, QLineEdit

from guide.records import SavedNews, SavedSheet
from guide.text import Language, mark
from ui.parts.controls import button, card, cleared, column, label, off_the_icon
from ui.parts.flow import Flow

_ = mark
_NEWS = {
    "gone": _("{name}: no longer in the guide. It was taken off."),
    "closed": _("{name}: closed."),
    "number": _("{name}: the number was {before}, it is now {after}."),
    "template": _("The template “{name}” is no longer there. The standard one was taken."),
    "changed": _("{name}: something changed. Look at it once."),
}


class SavedBar(QFrame):
    """What there is under a name, and what became of its entries since."""

    opened = Signal(object)
    saved = Signal(str)
    removed = Signal(str)

    def __init__(self, _: Language, *, staff: bool) -> None:
        """Begin without any; without ``staff`` there is nothing to save or delete."""
        super().__init__()
        self._, self._staff = _, staff
        self.setObjectName("clear")
        self.sheets: tuple[SavedSheet, ...] = ()
        heading = _("Saved sheets") if staff else _("Sheets that staff made")
        self.choice = QComboBox()
        self.choice.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.choice.setAccessibleName(heading)
        self.name = QLineEdit()
        self.name.setMaxLength(60)
        self.name.setPlaceholderText(_("Name, for example: Intake"))
        self.name.setAccessibleName(_("Name of the saved sheet"))
        self.keep = button(_("Save this sheet"), self._keep, "download")
        self.drop = button(_("Delete"), self._drop, "trash-2")
        self._news: QFrame = card("warnbox")
        self._lines = column(self._news, gap=4, margin=10)
        box = column(self, label(heading, "heading"), self.choice, self._news, gap=6)
        if staff:
            box.addWidget(self.name)
            box.addLayout(Flow([self.keep, self.drop]))
            self.name.returnPressed.connect(self._keep)
            self.name.textChanged.connect(self._offer)
        self._news.hide()
        self.choice.activated.connect(self._open)
        self.show_sheets(())

    def show_sheets(self, sheets: Sequence[SavedSheet], chosen: str = "") -> None:
        """Show what there is; the one that is open, or ``chosen``, is the one shown."""
        _, here = self._, chosen or self.choice.currentData()
        self.sheets = tuple(sheets)
        self.choice.clear()
        self.choice.addItem(_("Choose a saved sheet") if sheets else _("Nothing is saved yet"), "")
        for sheet in sheets:
            news = len(sheet.news)
            said = _.count("{name} ({n} change)", "{name} ({n} changes)", news, name=sheet.name) if news else sheet.name
            self.choice.addItem(said, sheet.name)
        self.choice.setEnabled(bool(sheets))
        self.choice.setCurrentIndex(max(0, self.choice.findData(here)))
        self.setVisible(self._staff or bool(sheets))
        self._offer()

    def _open(self, place: int) -> None:
        if place > 0:
            sheet = self.sheets[place - 1]
            self.name.setText(sheet.name)
            self._say(sheet.news)
            self.opened.emit(sheet)
        else:
            self._say(())
        self._offer()

    def _say(self, news: Sequence[SavedNews]) -> None:
        cleared(self._lines)
        _ = self._
        if news:
            self._lines.addWidget(label(_("Since this sheet was saved:"), "name"))
            for one in news:
                none = _("none")
                said = _(_NEWS[one.kind], name=one.name, before=one.before or none, after=one.after or none)
                self._lines.addWidget(label(said))
            if self._staff:
                self._lines.addWidget(label(_("Save it again when you have looked at it."), "small"))
        self._news.setVisible(bool(news))

    def _keep(self) -> None:
        if self.name.text().strip():
            self._say(())
            self.saved.emit(self.name.text())

    def _drop(self) -> None:
        """Delete at the second press: the first asks."""
        name = self.choice.currentData()
        if self.drop.property("asked") == name:
            self.choice.setCurrentIndex(0)
            self._say(())
            self.removed.emit(name)
            self._offer()
        elif name:
            self.drop.setProperty("asked", name)
            self.drop.setText(off_the_icon(self._("Really delete it?")))
            self.drop.setAccessibleName(self.drop.text())

    def _offer(self, *_: object) -> None:
        self.drop.setProperty("asked", "")
        self.drop.setText(off_the_icon(self._("Delete")))
        self.drop.setAccessibleName(self._("Delete"))
        self.drop.setEnabled(bool(self.choice.currentData()))
        self.keep.setEnabled(bool(self.name.text().strip()))
