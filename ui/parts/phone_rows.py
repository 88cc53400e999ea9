"""The numbers of a service: how each is reached, the word to send, what it is for; checked as typed."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QLabel, QLineEdit, QVBoxLayout, QWidget

from guide.records import Channel, Phone, Words
from guide.text import Language
from ui.parts.both_languages import BothLanguages
from ui.parts.controls import button, card, column, label, row
from ui.parts.flow import Flow
from ui.parts.phrases import CHANNELS, language_choices
from ui.parts.picker import Picker

Dialled = Callable[[str, Channel], str]
_MOST = 12


class PhoneRows(QWidget):
    """One card a number."""

    changed = Signal()

    def __init__(self, _: Language, phones: Sequence[Phone], dialled: Dialled) -> None:
        """Take the numbers to begin with, and what says what a typed number dials."""
        super().__init__()
        self._, self._dialled = _, dialled
        self.rows: list[PhoneRow] = []
        self._box = QVBoxLayout()
        self._box.setSpacing(8)
        column(self, self._box, row(None, button(_("Add a number"), lambda: self._add(None), "plus"), -1), gap=8)
        for phone in phones or (None,):
            self._add(phone)

    def phones(self) -> tuple[Phone, ...]:
        """Return the numbers as they stand."""
        return tuple(phone for one in self.rows if (phone := one.phone()) is not None)

    def say(self, place: int, remark: str) -> None:
        """Say something below the number at ``place`` among those that have one."""
        filled = [one for one in self.rows if one.phone() is not None]
        if place < len(filled):
            filled[place].say(remark)

    def _add(self, phone: Phone | None) -> None:
        if len(self.rows) >= _MOST:
            return
        made = PhoneRow(self._, phone, self._dialled, self._drop)
        made.changed.connect(self.changed)
        self.rows.append(made)
        self._box.addWidget(made)

    def _drop(self, one: PhoneRow) -> None:
        self.rows.remove(one)
        one.hide()
        one.deleteLater()
        self.changed.emit()


class PhoneRow(QWidget):
    """One number with what belongs to it."""

    changed = Signal()

    def __init__(self, _: Language, phone: Phone | None, dialled: Dialled, drop: Callable[[PhoneRow], None]) -> None:
        """Take a number, or None for an empty line."""
        super().__init__()
        self._, self._dialled, self._before = _, dialled, phone
        self.kind = QComboBox()
        for channel, name in CHANNELS.items():
            self.kind.addItem(_(name), channel.value)
        self.kind.setCurrentIndex(max(0, self.kind.findData((phone.channel if phone else Channel.VOICE).value)))
        self.kind.setAccessibleName(_("How it is reached"))
        self.number = QLineEdit(phone.published if phone else "")
        self.number.setAccessibleName(_("Number"))
        self.number.setPlaceholderText(_("Number"))
        self.extension = QLineEdit(phone.extension if phone else "")
        self.extension.setAccessibleName(_("Extension"))
        self.extension.setPlaceholderText(_("Extension"))
        self.keyword = QLineEdit(phone.keyword.text if phone else "")
        self.keyword.setAccessibleName(_("Word to send"))
        self.keyword.setPlaceholderText(_("Word to send, for example HOME"))
        self.note = BothLanguages(_, _("What this number is for"), phone.note if phone else Words(""))
        spoken = phone.languages if phone else ()
        self.languages = Picker(_, _("Languages on this number"), language_choices(_, spoken), spoken)
        self._said: QLabel = label("", "second")
        self._remark: QLabel = label("", "warn")
        frame = card()
        gone = button(_("Remove"), lambda: drop(self), "trash-2")
        self.number.setMinimumWidth(20 * self.fontMetrics().averageCharWidth())
        first = Flow([self.kind, self.number, self.extension, gone], 8)
        column(frame, first, self.keyword, self._said, self._remark, self.note, self.languages, gap=6, margin=12)
        column(self, frame)
        for field in (self.number, self.extension, self.keyword):
            field.textChanged.connect(self._tell)
        self.kind.currentIndexChanged.connect(self._tell)
        self.note.changed.connect(self.changed)
        self.languages.changed.connect(self.changed)
        self._tell()

    @property
    def channel(self) -> Channel:
        """Return how it is reached."""
        return Channel(self.kind.currentData())

    def phone(self) -> Phone | None:
        """Return the number as it stands, None where nothing was typed."""
        text = " ".join(self.number.text().split())
        if not text:
            return None
        before = self._before
        same = before is not None and (before.published, before.channel) == (text, self.channel)
        dial = before.dial if before is not None and same else self._dialled(text, self.channel)
        keyword = self.keyword.text().strip() if self.channel is Channel.TEXT else ""
        kept = before.keyword if before and before.keyword.text == keyword else Words(keyword)
        return Phone(
            "", self.channel, text, text, dial, self.extension.text().strip(), kept, self.note.words(),
            self.languages.chosen(), hidden=before.hidden if before else False,
        )  # fmt: skip

    def say(self, remark: str) -> None:
        """Say something below the number, or nothing."""
        self._remark.setText(remark)
        self._remark.setVisible(bool(remark))

    def _tell(self) -> None:
        self.keyword.setVisible(self.channel is Channel.TEXT)
        phone = self.phone()
        self.say("")
        if phone is None:
            self._said.hide()
        else:
            self._said.setText(
                self._("Dials {number}", number=f"\u2066{phone.dial}\u2069") if phone.dial
                else self._("This cannot be dialled as written: there will be no call button.")
            )  # fmt: skip
            self._said.setProperty("kind", "second" if phone.dial else "warn")
            self._said.style().polish(self._said)
            self._said.show()
        self.changed.emit()
