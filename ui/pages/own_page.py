"""This house's own services: the list, with what staff do to each; files in and out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from guide.records import Audience, Service
from guide.records.house import Draft, TakenIn
from guide.text import Language, fold
from ui.dialogs import choose_file, name_file
from ui.parts.controls import badge, button, card, cleared, column, label, row
from ui.parts.flow import Flow
from ui.parts.long_check import LongCheck
from ui.parts.scroll import Scroll
from ui.parts.word_words import field_words
from ui.visit_jobs import VisitJobs

_AT_ONCE = 40  # entries shown; the rest with a press, or by typing a part of the name
_CLOSED = ("inactive", "defunct")


@dataclass(frozen=True)
class OwnAsks:
    """What the list may ask."""

    all: Callable[[], tuple[Service, ...]]
    drafts: Callable[[], tuple[Draft, ...]]
    close: Callable[[str, bool], object]
    remove: Callable[[str], object]
    drop_draft: Callable[[str], object]
    take_in: Callable[[Path, bool], TakenIn]
    write: Callable[[Path, bool], tuple[int, int]]


class OwnPage(Scroll):
    """Reads its list each time it is entered."""

    failed = Signal(object)
    said = Signal(str)
    edit = Signal(object, bool)  # a service, and whether it is a draft
    add = Signal()

    def __init__(self, _: Language, jobs: VisitJobs, asks: OwnAsks) -> None:
        """Take what is asked."""
        super().__init__()
        self._, self._jobs, self._asks = _, jobs, asks
        self._found: tuple[Service, ...] = ()
        self._most = _AT_ONCE
        self.part = QLineEdit()
        self.part.setPlaceholderText(_("Part of a name"))
        self.part.setAccessibleName(_("Part of a name"))
        self.part.setMaximumWidth(460)
        self.part.textChanged.connect(lambda _t: self._show())
        self.private = LongCheck(_("Also what is for staff alone, and closed addresses"))
        self._news, self._list = QVBoxLayout(), QVBoxLayout()
        for box in (self._news, self._list):
            box.setSpacing(8)
        tools = Flow([
            button(_("Add a service"), self.add.emit, "plus", "primary"),
            button(_("Take in a file…"), self._choose, "folder-open"),
            button(_("Write to a file…"), self._name, "file-text"),
        ], 8)  # fmt: skip
        page = QWidget()
        told = _(
            "What your house knows of and the guide does not. Visitors find it like any other entry, marked as yours."
        )
        column(
            page, label(told, "second"), tools, self.private, self._news, self.part, self._list, -1, gap=10, margin=24
        )
        self.setWidget(page)

    def enter(self) -> None:
        """Read the list anew."""
        self._jobs.work(lambda _p: (self._asks.all(), self._asks.drafts()), self._got, self.failed.emit)

    def _got(self, found: tuple[tuple[Service, ...], tuple[Draft, ...]]) -> None:
        self._found, drafts = found
        cleared(self._news)
        for draft in drafts:
            self._news.addWidget(self._draft(draft))
        self.part.setVisible(len(self._found) > 8)
        self._show()

    def _show(self) -> None:
        _, wanted = self._, fold(self.part.text())
        cleared(self._list)
        fitting = [s for s in self._found if wanted in fold(" ".join(s.name.every()))]
        for one in fitting[: self._most]:
            self._list.addWidget(self._card(one))
        if not self._found:
            self._list.addWidget(label(_("There are none yet."), "second"))
        elif not fitting:
            self._list.addWidget(label(_("None has this in its name."), "second"))
        if len(fitting) > self._most:
            left = len(fitting) - self._most
            self._list.addWidget(button(_.count("{n} more", "{n} more", left), self._more, "chevron-down"))

    def _more(self) -> None:
        self._most += 5 * _AT_ONCE
        self._show()

    def _card(self, one: Service) -> QWidget:
        _, closed = self._, one.status in _CLOSED
        made, name = card(), one.name.best(self._.code)
        under = [one.organization.name.best(_.code)] if one.organization else []
        under += [phone.published for phone in one.phones[:2]]
        marks = [badge(_("Closed"), "warn")] if closed else []
        marks += [badge(_("For staff"), "warn")] if one.audience is Audience.STAFF else []
        acts = [
            button(_("Edit"), lambda: self.edit.emit(one, False), "file-text", name=_("Edit {name}", name=name)),
            button(_("Open it again") if closed else _("Close it"), lambda: self._close(one, not closed),
                   "undo-2" if closed else "x", name=_("Open {name} again", name=name) if closed else _("Close {name}", name=name)),
            button(_("Remove"), lambda: self._remove(one), "trash-2", name=_("Remove {name}", name=name)),
        ]  # fmt: skip
        parts: list[QWidget] = [label(name, "name")]
        if under:
            parts.append(label(" · ".join(under), "second"))
        if marks:
            flags = QWidget()
            row(flags, *marks, -1)
            parts.append(flags)
        box = column(made, *parts, gap=4, margin=14)
        box.addLayout(Flow(acts, 8))
        return made

    def _draft(self, draft: Draft) -> QWidget:
        _ = self._
        made = card()
        name = draft.service.name.best(_.code) or _("A service without a name yet")
        box = column(made, label(_("Typed and not kept: {name}", name=name), "warn"), gap=6, margin=14)
        box.addLayout(Flow([
            button(_("Go on"), lambda: self.edit.emit(draft.service, True), "file-text"),
            button(_("Throw it away"), lambda: self._do(lambda: self._asks.drop_draft(draft.id), ""), "trash-2"),
        ], 8))  # fmt: skip
        return made

    # --- doing --------------------------------------------------------------------------------------
    def _do(self, act: Callable[[], object], said: str) -> None:
        def done(_answer: object) -> None:
            if said:
                self.said.emit(said)
            self.enter()

        self._jobs.work(lambda _p: act(), done, self.failed.emit)

    def _close(self, one: Service, closed: bool) -> None:
        name = one.name.best(self._.code)
        said = self._("“{name}” is closed.", name=name) if closed else self._("“{name}” is open again.", name=name)
        self._do(lambda: self._asks.close(one.id, closed), said)

    def _remove(self, one: Service) -> None:
        said = self._(
            "“{name}” is removed. You can take that back under “This house”.", name=one.name.best(self._.code)
        )
        self._do(lambda: self._asks.remove(one.id), said)

    def _name(self) -> None:
        confidential = self.private.isChecked()

        def write(path: Path) -> None:
            def told(counts: tuple[int, int]) -> None:
                said = self._.count("{n} service is written.", "{n} services are written.", counts[0])
                kept = self._.count("{n} for staff alone stayed here.", "{n} for staff alone stayed here.", counts[1])
                self.said.emit(f"{said} {kept}" if counts[1] else said)

            self._jobs.afar(lambda _p: self._asks.write(path, confidential), told, self.failed.emit)

        name_file(self.window(), self._("Write to a file…"), "own-services.csv", write)

    def _choose(self) -> None:
        choose_file(self.window(), self._("Take in a file…"), "*.csv *.zip *.json", self.look_at)

    def look_at(self, path: Path) -> None:
        """Say what a file would change, and ask."""
        self._jobs.afar(lambda _p: self._asks.take_in(path, True), lambda told: self._ask(path, told), self.failed.emit)

    def _ask(self, path: Path, told: TakenIn) -> None:
        _ = self._
        made = card()
        counts = [
            _.count("{n} new", "{n} new", told.count("new")), _.count("{n} changed", "{n} changed", told.count("changed")),
            _.count("{n} as it is here", "{n} as they are here", told.count("same")),
            _.count("{n} left out", "{n} left out", told.count("left out")),
        ]  # fmt: skip
        lines = [
            f"{r.name or '?'}: {_('new') if r.kind == 'new' else ', '.join(field_words(one, _) for one in r.fields)}"
            for r in told.rows
            if r.kind != "same"
        ]
        parts: list[QWidget] = [label(_("In the file {name}", name=told.file), "name"), label(" · ".join(counts))]
        parts += [label(line, "small") for line in lines[:12]]
        parts += [label(note, "warn") for note in told.notes[:8]]
        box = column(made, *parts, gap=4, margin=14)
        acts = [button(_("Not now"), self.enter, "x")]
        if told.count("new") + told.count("changed"):
            acts.insert(0, button(_("Take it in"), lambda: self._do(lambda: self._asks.take_in(path, False),
                                  _("The file is taken in.")), "check", "primary"))  # fmt: skip
        box.addLayout(Flow(acts, 8))
        self._news.insertWidget(0, made)
        self.ensureWidgetVisible(made)
