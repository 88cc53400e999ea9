"""What this house says of one entry of the guide: notes, better values, hiding it, putting it on top."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from guide.errors import GuideError
from guide.records import Service
from guide.records.house import Amendment, Word
from guide.text import Language
from ui.messages import sentence
from ui.parts.captions import captioned
from ui.parts.controls import button, card, column, label, row
from ui.parts.flow import Flow
from ui.parts.narrow import narrow
from ui.parts.scroll import Scroll
from ui.parts.word_words import field_words
from ui.visit_jobs import VisitJobs

_TEXTS = ("hours", "cost", "eligibility", "application_process")


@dataclass(frozen=True)
class EntryAsks:
    """What the page may ask; ``amend`` takes entry, field, value and initials, ``second`` the same."""

    look: Callable[[str], tuple[Service, Word, frozenset[str]]]
    note: Callable[[str, str, str], object]
    amend: Callable[[str, str, str, str], object]
    second: Callable[[str, str, str, str], object]
    hide: Callable[[str, str], object]
    show: Callable[[str], object]
    on_top: Callable[[str], object]


class EntryPage(Scroll):
    """One entry as its publisher has it, with what this house lays over it."""

    failed = Signal(object)
    said = Signal(str)

    def __init__(self, _: Language, jobs: VisitJobs, asks: EntryAsks) -> None:
        """Take what is asked; empty until an entry is shown."""
        super().__init__()
        self._, self._jobs, self._asks = _, jobs, asks
        self._service = ""

    def show_entry(self, service: str) -> None:
        """Read an entry and what is said of it."""
        self._service = service
        self._jobs.work(lambda _p: self._asks.look(service), self._got, self.failed.emit)

    def _got(self, found: tuple[Service, Word, frozenset[str]]) -> None:
        service, word, crisis = found
        _ = self._
        self.by = QLineEdit()
        self.by.setMaxLength(20)
        self.by.setMaximumWidth(160)
        self.staff_note, self.sheet_note = QLineEdit(word.staff_note), QLineEdit(word.sheet_note)
        self.reason = QLineEdit(word.reason)
        for field in (self.staff_note, self.sheet_note, self.reason):
            field.setMaxLength(300)
        self._wrong = label("", "stop")
        self._wrong.hide()
        better = {one.field: one for one in word.amended}
        lines = [(f"phone/{p.id}", p.published) for p in service.phones if not p.hidden]
        lines += [(field, getattr(service, field).text) for field in _TEXTS]
        values = [self._value(field, published, better.get(field), field in crisis) for field, published in lines]
        hidden = word.hidden
        hide = (
            button(_("Show it again"), lambda: self._do(lambda: self._asks.show(service.id), _("It is shown again.")), "undo-2")
            if hidden else button(_("Hide it on this computer"), self._hide, "eye-off")
        )  # fmt: skip
        parts: list[QWidget | int] = [
            label(service.name.best(_.code), "title"), self._wrong,
            label(_("Notes"), "heading"),
            captioned(self.staff_note, _("For staff, for example “ask for the night desk”")),
            captioned(self.sheet_note, _("For the sheet, for example “bus 14”")),
            _line(button(_("Save the notes"), self._notes, "check", "primary")),
            8, label(_("Better values"), "heading"),
            label(_("What you enter is shown first, here and on paper. What the publisher says stays beside it, both with"
                    " their dates. Empty the field to go back to the publisher's."), "second"),
            captioned(self.by, _("Your initials or role")), *values,
            8, label(_("Hidden") if hidden else _("Hide this entry"), "heading"), captioned(self.reason, _("Why")), _line(hide),
            8, label(_("First screen"), "heading"),
            _line(button(_("Put it on top of the first screen"),
                         lambda: self._do(lambda: self._asks.on_top(service.id), _("It is on top of the first screen.")), "arrow-up")),
        ]  # fmt: skip
        self.setWidget(narrow(parts, 8))

    def _value(self, field: str, published: str, better: Amendment | None, crisis: bool) -> QWidget:
        _ = self._
        made = card()
        name = field_words(field, _)
        typed = QLineEdit(better.value if better else "")
        typed.setPlaceholderText(published or _("Nothing yet"))
        typed.setAccessibleName(name)
        box = column(
            made,
            label(name, "name"),
            label(_("Published: {value}", value=published or "-"), "second"),
            typed,
            gap=4,
            margin=12,
        )
        acts = [button(_("Save"), lambda: self._amend(field, typed.text()), "check", name=_("Save: {name}", name=name))]
        if crisis and better is not None and not better.second:
            typed.setReadOnly(True)
            again = QLineEdit()
            again.setPlaceholderText(_("A second person types the number again"))
            again.setAccessibleName(_("The number again"))
            box.insertWidget(2, label(_("Entered by {who}. It is not shown before a second person has looked: this is a"
                                        " crisis line.", who=better.by or "?"), "warn"))  # fmt: skip
            box.addWidget(again)
            acts = [
                button(_("Confirm"), lambda: self._second(field, again.text()), "check", "primary"),
                button(_("Take it away"), lambda: self._amend(field, ""), "x"),
            ]
        elif better is not None:
            said = _("Corrected here on {date} by {who}", date=_.date(better.on.date()), who=better.by or "?")
            box.addWidget(label(said, "small"))
        box.addLayout(Flow(acts, 8))
        return made

    # --- doing --------------------------------------------------------------------------------------
    def _notes(self) -> None:
        staff, sheet, service = self.staff_note.text(), self.sheet_note.text(), self._service
        self._do(lambda: self._asks.note(service, staff, sheet), self._("The notes are saved."))

    def _amend(self, field: str, value: str) -> None:
        by, service = self.by.text().strip(), self._service
        if value.strip() and not by:
            self._refuse(self._("Please give your initials or role first."))
            self.by.setFocus()
            return
        self._do(lambda: self._asks.amend(service, field, value, by), self._("Saved."))

    def _second(self, field: str, value: str) -> None:
        by, service = self.by.text().strip(), self._service
        if not by:
            self._refuse(self._("Please give your initials or role first."))
            self.by.setFocus()
            return
        self._do(lambda: self._asks.second(service, field, value, by), self._("Confirmed: the number is shown now."))

    def _hide(self) -> None:
        reason, service = self.reason.text(), self._service
        if not reason.strip():
            self._refuse(self._("Please say why: others will ask."))
            self.reason.setFocus()
            return
        self._do(lambda: self._asks.hide(service, reason), self._("It is hidden on this computer."))

    def _do(self, act: Callable[[], object], said: str) -> None:
        def done(_answer: object) -> None:
            self.said.emit(said)
            self.show_entry(self._service)

        self._jobs.work(lambda _p: act(), done, lambda error: self._refuse(_why(error, self._)))

    def _refuse(self, text: str) -> None:
        self._wrong.setText(text)
        self._wrong.show()
        self.ensureWidgetVisible(self._wrong)


def _why(error: GuideError, _: Language) -> str:
    """Return what stood in the way; most of it is told apart by what the refusal names."""
    facts = error.facts
    if "number" in facts:
        return _("This number cannot be used: it cannot be dialled as written, or the two are not the same.")
    if error.code == "usage" and "service" in facts:
        return _("911 and 988 stay as they are, and only an entry for visitors with a number can be on top.")
    if error.code == "usage" and not facts:
        return _("A second person has to look, with their own initials.")
    return " ".join(sentence(error, _))


def _line(*parts: QWidget) -> QWidget:
    whole = QWidget()
    row(whole, *parts, -1)
    return whole
