"""Check numbers: what is due, a round of calls one number at a time, and what goes back to the publisher."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QProgressBar, QVBoxLayout, QWidget

from guide.records import Drive, Service
from guide.records.checking import CheckRound, CorrectionFile, NumberCheck, RoundEntry
from guide.text import Language
from ui import style
from ui.dialogs import choose_folder
from ui.parts.captions import caption
from ui.parts.check_asks import CheckAsks
from ui.parts.check_entry import CheckEntry
from ui.parts.check_list import CheckList
from ui.parts.check_start import CorrectionsCard, DueCard, ours_card, reports_card
from ui.parts.controls import button, cleared, label, row
from ui.parts.flow import Flow
from ui.parts.scroll import Scroll
from ui.visit_jobs import VisitJobs


class ChecksPage(Scroll):
    """A round goes on where it was left, on any day."""

    failed = Signal(object)
    said = Signal(str)

    def __init__(
        self, _: Language, scale: style.Scale, jobs: VisitJobs, asks: CheckAsks, copy: Callable[[str], object]
    ) -> None:
        """Take what is asked; nothing is asked before the page is entered."""
        super().__init__()
        self._, self._scale, self._jobs, self._asks, self._copy = _, scale, jobs, asks, copy
        page = QWidget()
        self._box = QVBoxLayout(page)
        self._box.setContentsMargins(24, 12, 24, 24)
        self._box.setSpacing(12)
        self.setWidget(page)
        self.who = ""
        self._notes, self._last = False, ""
        self.entry: CheckEntry | None = None
        self.list: CheckList | None = None
        self.due: DueCard | None = None

    # --- at rest ------------------------------------------------------------------------------------
    def enter(self) -> None:
        """Show the round that is open, else what is due."""
        if not self._box.count():
            self._box.addWidget(label(self._("One moment…"), "second"))
        self._work(self._asks.round, self._entered)

    def _entered(self, found: CheckRound | None) -> None:
        if found is None:
            self.rest()
        else:
            self._go_on(found)

    def rest(self) -> None:
        """Show what is due and what waits for the publisher."""
        asks, notes = self._asks, self._notes
        self._work(
            lambda: (asks.due(), asks.reports(), asks.ours(), asks.corrections(notes), asks.drives()), self._rest
        )

    def _rest(self, got: tuple[Any, Any, Any, Sequence[CorrectionFile], Sequence[Drive]]) -> None:
        counts, reports, ours, files, drives = got
        self._empty()
        self.due = DueCard(self._, counts, self._asks.label, self._begin)
        if reports:
            self._box.addWidget(reports_card(self._, reports, self._asks.open_entry, self._settle))
        if ours:
            self._box.addWidget(ours_card(self._, ours, self._asks.change))
        self._box.addWidget(self.due)
        ways = self._ways(files, drives)
        self._box.addWidget(CorrectionsCard(self._, files, notes=self._notes, ways=ways, with_notes=self._with_notes))
        self._box.addStretch(1)

    def _ways(
        self, files: Sequence[CorrectionFile], drives: Sequence[Drive]
    ) -> list[tuple[str, str, Callable[[], object]]]:
        _ = self._
        write = partial(self._write, files)
        ways: list[tuple[str, str, Callable[[], object]]] = [
            (_("Write it to “{place}”", place=one.name), "download", partial(write, Path(one.path))) for one in drives
        ]
        ways.append((_("Choose a folder"), "folder-open", lambda: choose_folder(self, _("Choose a folder"), write)))
        ways.append(
            (_("Print the slip"), "printer", lambda: self._print(lambda: self._asks.slip(files), "corrections.pdf"))
        )
        ways.append((_("Write an e-mail"), "mail", lambda: self._mail(files)))
        return ways

    def _with_notes(self, on: bool) -> None:
        self._notes = on
        self.rest()

    def _settle(self, service: str) -> None:
        self._work(lambda: self._asks.settle(service), lambda _done: self.rest())

    def _write(self, files: Sequence[CorrectionFile], folder: Path) -> None:
        def written(paths: Sequence[Path]) -> None:
            names = ", ".join(path.name for path in paths)
            self.said.emit(self._("Written: {name}. Give it to your publisher.", name=names))

        self._work(lambda: [self._asks.write(file, folder) for file in files], written)

    def _mail(self, files: Sequence[CorrectionFile]) -> None:
        if not self._asks.mail(files):
            self.said.emit(self._("This computer has no mail program. You can write a file or print the slip."))

    # --- a round ------------------------------------------------------------------------------------
    def _begin(self, kind: str) -> None:
        self._last = ""
        self._work(lambda: self._asks.begin(kind), self._go_on)

    def _go_on(self, found: CheckRound, after: int = 0) -> None:
        line = found.next_after(after)
        if line is None:
            self._finished(found)
            return
        self._work(lambda: self._asks.entry(line.service), lambda service: self._show(found, line, service))

    def _show(self, found: CheckRound, line: RoundEntry, service: Service | None) -> None:
        _ = self._
        self._empty()
        self._box.addLayout(self._progress(found))
        self._box.addLayout(self._who_line())
        skip = button(_("Not this one now"), lambda: self._go_on(found, line.place), "chevron-right")
        if service is None or service.main_phone() is None:
            self._box.addWidget(label(_("“{name}” is no longer in the guide.", name=line.name)))
        else:
            self.entry = CheckEntry(
                _, self._scale, line, service, self._asks.today(), partial(self._keep, found, line), self._copy
            )
            self._box.addWidget(self.entry)
        acts: list[QWidget] = [skip]
        if self._last:
            acts.append(button(_("Take the last result back"), self._take_back, "undo-2"))
        acts += [
            button(_("Print for a volunteer"), lambda: self._print(self._asks.round_paper, "numbers.pdf"), "printer"),
            button(_("Type the results in"), lambda: self._type_in(found), "keyboard"),
            button(_("End this round"), self._end, "check"),
        ]
        self._box.addLayout(Flow(acts, 8))
        self._box.addStretch(1)
        self.verticalScrollBar().setValue(0)
        if self.entry is not None:
            next(iter(self.entry.results.values())).setFocus()

    def _progress(self, found: CheckRound) -> QVBoxLayout:
        _, box = self._, QVBoxLayout()
        bar = QProgressBar()
        bar.setRange(0, len(found.entries))
        bar.setValue(found.done)
        bar.setTextVisible(False)
        bar.setFixedHeight(10)
        said = _(
            "{done} of {n} done. You can stop at any time and go on another day.", done=found.done, n=len(found.entries)
        )
        bar.setAccessibleName(said)
        box.addWidget(label(said, "name"))
        box.addWidget(bar)
        return box

    def _who_line(self) -> Flow:
        field = QLineEdit(self.who)
        field.setMaxLength(20)
        field.setFixedWidth(self._scale.px(160))
        field.textChanged.connect(self._is)
        said = caption(field, self._("Your role or initials (no names)"))
        said.setWordWrap(False)
        return Flow([said, field], 8)

    def _is(self, who: str) -> None:
        self.who = who

    def _keep(self, found: CheckRound, line: RoundEntry, check: NumberCheck) -> None:
        def kept(done: Sequence[NumberCheck]) -> None:
            self._last = done[0].id
            self._work(self._asks.round, lambda fresh: self._go_on(fresh, line.place) if fresh else self.rest())

        self._work(lambda: self._asks.record([replace(check, by=self.who, round=found.id)]), kept)

    def _take_back(self) -> None:
        last, self._last = self._last, ""
        self._work(lambda: self._asks.take_back(last), lambda _done: self.enter())

    def _type_in(self, found: CheckRound) -> None:
        self._empty()

        def save(checks: Sequence[NumberCheck]) -> None:
            marked = [replace(one, by=self.who, round=found.id) for one in checks]
            self._work(lambda: self._asks.record(marked), lambda _done: self.enter())

        self._box.addLayout(self._who_line())
        self.list = CheckList(
            self._, self._scale, [one for one in found.entries if not one.done], self._asks.today(), save, self.enter
        )
        self._box.addWidget(self.list)
        self._box.addStretch(1)

    def _end(self) -> None:
        self._work(self._asks.end, lambda _done: self.rest())

    def _finished(self, found: CheckRound) -> None:
        _ = self._
        self._empty()
        self._box.addLayout(self._progress(found))
        self._box.addWidget(label(_("This round is done. Thank you."), "title"))
        self._box.addLayout(row(None, button(_("End this round"), self._end, "check", "primary"), -1))
        self._box.addStretch(1)

    # --- inside -------------------------------------------------------------------------------------
    def _print(self, make: Callable[[], Any], name: str) -> None:
        self._work(make, lambda paper: self._asks.print_paper(paper, name))

    def _empty(self) -> None:
        cleared(self._box)
        self.verticalScrollBar().setValue(0)
        self.entry = self.list = self.due = None

    def _work(self, ask: Callable[[], Any], then: Callable[[Any], None]) -> None:
        self._jobs.work(lambda _p: ask(), then, self.failed.emit)
