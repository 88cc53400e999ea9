"""The staff area's door and settings: choose a passphrase, unlock, set the house up."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QFrame, QLineEdit, QScrollArea, QSpinBox, QVBoxLayout, QWidget

from guide.errors import GuideError
from guide.settings import Settings
from guide.text import OWN_NAMES, SHIPPED, Language, mark
from ui import style
from ui.messages import sentence
from ui.parts.controls import button, card, cleared, column, label, row
from ui.parts.house_paper_form import HousePaperForm
from ui.parts.look_button import THEME_NAMES
from ui.parts.near_box import Find
from ui.parts.source_fields import SourceFields
from ui.visit_jobs import VisitJobs


class UnlockPage(QScrollArea):
    """Asks for the passphrase; the first time it asks for a new one, twice."""

    unlocked = Signal()

    def __init__(
        self, _: Language, jobs: VisitJobs, is_set_up: Callable[[], bool], choose: Callable[[str], None],
        unlock: Callable[[str], None],
    ) -> None:  # fmt: skip
        """Take what says whether a passphrase was chosen, what sets and what checks it."""
        super().__init__()
        self._, self._jobs, self._is_set_up, self._choose, self._unlock = _, jobs, is_set_up, choose, unlock
        self._new = self._asked = False
        self._frame: QFrame = card()
        self._frame.setMaximumWidth(620)
        self._box = QVBoxLayout(self._frame)
        self._box.setContentsMargins(24, 20, 24, 20)
        self._box.setSpacing(10)
        self.first, self.second, self._said = QLineEdit(), QLineEdit(), label("", "stop")
        line = row(None, self._frame, -1)
        line.setStretch(0, 10)
        page = QWidget()
        column(page, line, -1, margin=24)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWidget(page)

    def ask(self) -> None:
        """Look whether a passphrase was chosen, and ask for it or for a new one."""
        self._jobs.work(lambda _p: self._is_set_up(), self._show, self._failed)

    def _show(self, set_up: bool) -> None:
        _ = self._
        self._new, self._asked = not set_up, False
        cleared(self._box)
        self.first, self.second, self._said = QLineEdit(), QLineEdit(), label("", "stop")
        for field in (self.first, self.second):
            field.setEchoMode(QLineEdit.EchoMode.Password)
            field.returnPressed.connect(self._go)
        self.first.setAccessibleName(_("Staff passphrase"))
        self.second.setAccessibleName(_("The same passphrase again"))
        if self._new:
            explain = _("Choose a passphrase for the staff area. A few words are easy to keep in mind and hard to guess."
                        " Write it down and keep it where visitors cannot see it: it cannot be looked up.")  # fmt: skip
            parts: list[QWidget] = [
                label(_("Set up the staff area"), "heading"), label(explain), label(_("Passphrase, eight characters or more")),
                self.first, label(_("The same passphrase again")), self.second,
                button(_("Save the passphrase"), self._go, "lock", "primary"),
            ]  # fmt: skip
        else:
            parts = [
                label(_("Staff area"), "heading"), label(_("Staff passphrase")), self.first,
                button(_("Unlock"), self._go, "lock-open", "primary"),
            ]  # fmt: skip
        for part in (*parts, self._said):
            self._box.addWidget(part)
        self.first.setFocus()

    def _go(self) -> None:
        """Try what was typed: once, since each wrong try makes the next one wait longer."""
        first, second = self.first.text(), self.second.text()
        if self._asked or not first:
            return
        self._said.clear()
        if not self._new:
            self._asked = True
            self._jobs.work(lambda _p: self._unlock(first), self._opened, self._failed)
        elif first != second:
            self._said.setText(self._("The two are not the same."))
        elif len(first) < 8:
            self._said.setText(self._("Please use eight characters or more."))
        else:
            self._asked = True
            self._jobs.work(lambda _p: self._choose(first), self._opened, self._failed)

    def _opened(self, _answer: object) -> None:
        self.first.clear()
        self.second.clear()
        self.unlocked.emit()

    def _failed(self, error: GuideError) -> None:
        self._asked = False
        self.first.selectAll()
        self._said.setText(" ".join(sentence(error, self._)))


class SettingsPage(QScrollArea):
    """How this house sets the guide up; each change is kept at once."""

    failed = Signal(object)
    changed = Signal(object)

    def __init__(
        self, _: Language, settings: Settings, change: Callable[..., Settings], paper: HousePaperForm, places: Find,
    ) -> None:  # fmt: skip
        """Take the settings, what keeps a change, the form for paper, and what knows the places of a text."""
        super().__init__()
        self._, self._change, self.house, self._places = _, change, paper, places
        paper.failed.connect(self.failed)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.shelter = QLineEdit(settings.shelter_name)
        self.shelter.setPlaceholderText(_("for example: front desk"))
        self.product = QLineEdit(settings.product_name)
        self.language = QComboBox()
        self.language.addItems([OWN_NAMES[code] for code in SHIPPED])
        self.language.setCurrentIndex(SHIPPED.index(settings.language) if settings.language in SHIPPED else 0)
        self.near = QLineEdit(settings.near)
        self.near.setPlaceholderText(_("ZIP or town"))
        self._where = label("", "stop")
        self._where.hide()
        self.idle = QSpinBox(minimum=1, maximum=15)
        self.idle.setValue(settings.idle_minutes)
        self.text_size = QComboBox()
        self.text_size.addItems([f"{percent} %" for percent in style.SIZES])
        self.text_size.setCurrentIndex(
            style.SIZES.index(settings.text_percent) if settings.text_percent in style.SIZES else 0
        )
        self.theme = QComboBox()
        for key, name in (("system", mark("As on this computer")), *THEME_NAMES.items()):
            self.theme.addItem(_(name), key)
        self.theme.setCurrentIndex(max(0, self.theme.findData(settings.theme)))
        self.paper = QComboBox()
        self.paper.addItems(["Letter (US)", "A4"])
        self.paper.setCurrentIndex(int(settings.paper == "a4"))
        self.discreet = QCheckBox(_("Show neutral names in lists"))
        self.discreet.setChecked(settings.discreet_names)
        page = QWidget()
        fields = [
            (_("Name of this place, shown under the title"), self.shelter),
            (_("Name of the program, as visitors see it"), self.product),
            (_("ZIP or town of this place, to measure distances from"), self.near),
            (_("Language at the start"), self.language),
            (_("Text size at the start"), self.text_size),
            (_("Colors at the start"), self.theme),
            (_("Minutes without input before the screen starts over"), self.idle),
            (_("Paper"), self.paper),
        ]
        box = column(page, gap=6)
        for text, field in fields:
            said = label(text)
            said.setBuddy(field)
            field.setAccessibleName(text)
            field.setMaximumWidth(460)
            box.addWidget(said)
            box.addWidget(field)
            if field is self.near:
                box.addWidget(self._where)
        box.addSpacing(6)
        box.addWidget(self.discreet)
        self.sources = SourceFields(_, settings)
        for part in (paper, self.sources):
            box.addSpacing(16)
            box.addWidget(part)
        box.addSpacing(8)
        box.addLayout(row(None, button(_("Save settings"), self._save, "check", "primary"), -1))
        box.addStretch(1)
        box.setContentsMargins(24, 12, 24, 24)
        self.setWidget(page)

    def _place(self) -> str | None:
        """Return this house's place as it is understood, "" for none; None when it cannot be, and then it is said."""
        text = self.near.text().strip()
        found = self._places(text) if text else ()
        wrong = bool(text) and len(found) != 1
        self._where.setVisible(wrong)
        if wrong:
            several = self._("There are several places of this name. Add the state, as in “{place}”.",
                             place=found[0].label if found else "")  # fmt: skip
            unknown = self._("This place is not known here. Try a ZIP or the next larger town.")
            self._where.setText(several if found else unknown)
            self.near.setFocus()
            self.ensureWidgetVisible(self._where)
            return None
        return found[0].label if found and not found[0].code else text

    def _save(self) -> None:
        near = self._place()
        if near is None:
            return
        changes: dict[str, Any] = {
            "shelter_name": self.shelter.text().strip(),
            "product_name": self.product.text().strip() or "Resource Guide",
            "near": near,
            "language": SHIPPED[self.language.currentIndex()],
            "text_percent": style.SIZES[self.text_size.currentIndex()],
            "theme": self.theme.currentData(),
            "idle_minutes": self.idle.value(),
            "paper": "a4" if self.paper.currentIndex() else "letter",
            "discreet_names": self.discreet.isChecked(),
        }
        sources = self.sources.changes()
        if sources is None:
            return
        try:
            self.changed.emit(self._change(**changes | self.house.changes() | sources))
        except GuideError as error:
            self.failed.emit(error)
