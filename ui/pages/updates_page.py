"""Updates: what was found, who signed it, what it would change; apply it, go back, pass it on."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QBoxLayout, QLayout, QVBoxLayout, QWidget

from guide.errors import GuideError, OutOfDateError, UnknownPublisherError
from guide.records import Drive, Event, Found, Imported, PassedOn, Preview, Progress, Status
from guide.text import Language
from ui import style
from ui.dialogs import choose_file
from ui.jobs import Watch
from ui.messages import sentence
from ui.parts.back_and_forth import BackAndForth
from ui.parts.controls import button, cleared, label, row
from ui.parts.flow import Flow
from ui.parts.pass_on_part import PassOnPart
from ui.parts.program_part import ProgramPart
from ui.parts.publishers_part import PageActs, PublishersPart, Roll
from ui.parts.scroll import Scroll
from ui.parts.update_asks import UpdateAsks
from ui.parts.update_cards import message_card
from ui.parts.update_history import history_part
from ui.parts.update_preview import PreviewPart
from ui.parts.update_rest import found_part, gone_back_part, here_card
from ui.parts.working import Working
from ui.visit_jobs import VisitJobs


class UpdatesPage(Scroll):
    """Nothing is changed before Apply is pressed, and then all of it or nothing."""

    def __init__(self, _: Language, scale: style.Scale, jobs: VisitJobs, asks: UpdateAsks) -> None:
        """Take what verifies, applies and goes back."""
        super().__init__()
        self._, self._scale, self._jobs, self._asks = _, scale, jobs, asks
        self.setAcceptDrops(True)
        page = QWidget()
        self._box = QVBoxLayout(page)
        self._box.setContentsMargins(24, 12, 24, 24)
        self._box.setSpacing(12)
        self.setWidget(page)
        self.preview: Preview | None = None
        self._busy = self._resting = False
        self._note, self._turn, self._whose = "", 0, ""  # whose edition is passed on: a publisher's key
        acts = PageActs(self.start, self._leave_rest, self._fail, self.look_at, self._ask_pass_on)
        self._publishers = PublishersPart(_, self, jobs, asks.publishers, acts)
        self._ways = BackAndForth(_, jobs, asks.rollback, asks.forward, acts)
        self._program = ProgramPart(_, jobs, asks.programs, acts)

    # --- at rest ----------------------------------------------------------------------------------
    @property
    def in_hand(self) -> bool:
        """True while an update is looked at or taken in."""
        return self._busy or self.preview is not None

    def enter(self) -> None:
        """Show what is here now, unless an update is being looked at: that one waits for its answer."""
        if not self.in_hand:
            self.start()

    def found_changed(self) -> None:
        """Show what was found since; what is being looked at stays."""
        if self._resting:
            self.start(self._note)

    def start(self, note: str = "") -> None:
        """Show what is here now, and the way to a new one."""
        ask = self._asks
        self._turn += 1
        turn = self._turn

        def show(got: tuple[Status, tuple[Event, ...], tuple[Event, ...], Roll]) -> None:
            ask.saw_gone_back(got[2])
            if turn == self._turn:  # else something else was chosen meanwhile
                self._rest(*got, note)

        def look(_progress: Progress) -> tuple[Status, tuple[Event, ...], tuple[Event, ...], Roll]:
            return ask.status(), ask.history(), ask.gone_back(), self._publishers.called()

        self._jobs.work(look, show, self._fail)

    def _rest(self, status: Status, history: tuple[Event, ...], lost: tuple[Event, ...], roll: Roll, note: str) -> None:
        self._busy, self._resting, self._note = False, True, note
        cleared(self._box)
        _, self.preview = self._, None
        found, programs = self._asks.found(), self._asks.programs.found()
        if note:
            self._box.addWidget(message_card(note, "badge-check", style.now().go))
        for part in gone_back_part(_, lost, several=len(roll.every) > 1):
            self._box.addWidget(part)
        for part in self._program.rest(programs, narrow=self._narrow):
            self._box.addWidget(part)
        add = lambda one: self._publishers.look(Path(one.path))  # noqa: E731
        newer = next((one.version for one in programs if one.wanted), "")
        for part in found_part(_, found, lambda one: self.look_at(Path(one.path)), add, newer, narrow=self._narrow):
            self._box.addWidget(part)
        self._box.addWidget(here_card(_, status))
        if not any(one.wanted for one in found):
            self._box.addWidget(label(_("Put the stick in: what is on it shows here. Nothing changes before you say so."
                                        " You can also drop the file here."), "second"))  # fmt: skip
        kind = "plain" if any(one.wanted for one in found) else "primary"
        line: list[QWidget] = [button(_("Choose an update file"), self._choose, "folder-open", kind)]
        if self._asks.mirror is not None:
            line.append(button(_("Ask the update server"), self._ask_mirror, "globe"))
        if status.can_go_back_to:
            back = _("Go back to {name}", name=status.can_go_back_to)
            line.append(button(back, lambda: self._ways.ask_back(status.can_go_back_to), "undo-2"))
        if status.can_go_forward_to:
            line.append(
                button(_("Forward again to {name}", name=status.can_go_forward_to), self._ways.forward, "redo-2")
            )
        if status.signed:
            line.append(button(_("Pass it on"), self._ask_pass_on, "copy"))
        self._box.addLayout(Flow(line, 8))
        self._box.addSpacing(8)
        for part in self._publishers.rest(roll):
            self._box.addWidget(part)
        self._box.addSpacing(8)
        for part in history_part(_, history):
            self._box.addWidget(part)
        self._box.addStretch(1)

    # --- looking at one ---------------------------------------------------------------------------
    def look_at(self, bundle: Path) -> None:
        """Verify ``bundle`` and show what it would change; one at a time. A version of the program has its own part."""
        if self._busy:
            return
        if bundle.name.lower().endswith(".guide-program"):
            self._program.look(bundle)
            return
        self._busy = True
        tell = self._work_shown(self._("Checking the update"))
        self._jobs.work(
            lambda step: self._asks.preview(bundle, step), self._show, lambda error: self._fail(error, bundle), tell
        )

    def _show(self, found: Preview) -> None:
        self._busy = False
        cleared(self._box)
        self.preview = found
        part = PreviewPart(self._, self._scale, found, narrow=self._narrow)
        self._box.addWidget(part, 1)
        self._box.addLayout(self._decide(found))

    def _decide(self, found: Preview) -> QLayout:
        _ = self._
        yes = _("Take it anyway") if found.offer.verdict == "expired" else _("Apply update")
        here = found.offer.current_name  # none where it is a publisher's first edition here
        text = _("What this house wrote stays. You can go back to {name} at any time.", name=here) if here else ""
        paper = button(_("Print the changes"), lambda: self._asks.print_changes(found), "printer")
        paper.setEnabled(bool(found.changes))
        go = button(yes, self._apply, "check", "primary")
        made = row(None, go, button(_("Not now"), self.start), paper, label(text, "small"), gap=12)
        made.setStretch(3, 1)
        return self._folded(made)

    def _apply(self) -> None:
        if self.preview is None or self._busy:
            return
        self._busy = True
        bundle, late = Path(self.preview.offer.path), self.preview.offer.verdict == "expired"
        shown = self._work_shown(self._("Applying the update"))
        self._jobs.work(
            lambda tell: (self._asks.apply(bundle, late, tell), self._on_stick(bundle)),
            lambda got: self._done(*got), self._fail, shown,
        )  # fmt: skip

    def _done(self, done: Imported, from_stick: bool) -> None:
        said = self._("Up to date: edition {name}.", name=done.edition_name)
        self.start(self._told(said, from_stick=from_stick))

    # --- the update server ------------------------------------------------------------------------
    def _ask_mirror(self) -> None:
        if self._busy or self._asks.mirror is None:
            return
        self._busy, ask = True, self._asks.mirror
        shown = self._work_shown(self._("Asking the update server"), self._asks.stop)
        self._jobs.afar(ask, self._answered, self._fail, shown)

    def _answered(self, found: tuple[Found, ...]) -> None:
        self._busy = False
        if len(found) == 1:
            self.look_at(Path(found[0].path))
        else:
            self._asks.several(found)
            self.start("" if found else self._("The update server has nothing newer."))

    # --- passing on -------------------------------------------------------------------------------
    def _ask_pass_on(self, publisher: str = "") -> None:
        self._leave_rest()
        self._whose = publisher
        self._jobs.afar(lambda _p: self._asks.drives(), self._show_pass_on, self._fail)

    def _show_pass_on(self, drives: Sequence[Drive]) -> None:
        part = PassOnPart(self._, drives, self._pass_on, self.start)
        self._box.addWidget(part)
        part.first.setFocus()

    def _pass_on(self, folder: Path) -> None:
        if self._busy:
            return
        self._busy = True
        shown = self._work_shown(self._("Writing the copy"))
        self._jobs.work(
            lambda tell: (self._asks.pass_on(folder, tell, self._whose), self._on_stick(folder)),
            lambda got: self._passed_on(*got), self._fail, shown,
        )  # fmt: skip

    def _passed_on(self, done: PassedOn, from_stick: bool) -> None:
        said = self._("Edition {name} is written as {file}, read back and checked.", name=done.edition_name,
                      file=Path(done.path).name)  # fmt: skip
        self.start(self._told(said, from_stick=from_stick))

    # --- pieces -----------------------------------------------------------------------------------
    @property
    def _narrow(self) -> bool:
        return self.width() < self._scale.px(600)

    def _folded(self, line: QBoxLayout) -> QBoxLayout:
        """Put the parts of ``line`` below each other where there is little room beside."""
        if self._narrow:
            line.setDirection(QBoxLayout.Direction.TopToBottom)
        return line

    def _on_stick(self, path: Path) -> bool:
        """Say whether a file lies on a drive that can be taken out (asked in the work lane)."""
        return any(path.is_relative_to(drive.path) for drive in self._asks.drives())

    def _told(self, said: str, *, from_stick: bool) -> str:
        return " ".join((said, self._("You can take the stick out now."))) if from_stick else said

    def _leave_rest(self) -> QBoxLayout:
        """Return the page, empty, for what has a question of its own."""
        self._resting = False
        self._turn += 1
        cleared(self._box)
        return self._box

    def _work_shown(self, text: str, stop: Callable[[], None] | None = None) -> Watch:
        """Show that work is under way; return what is told its steps."""
        self._leave_rest()
        part = Working(self._, text, stop)
        self._box.addWidget(part)
        return part.tell

    def _fail(self, error: GuideError, bundle: Path | None = None) -> None:
        """Say in one sentence what was wrong and what to do; nothing was changed."""
        self._busy = False
        self._leave_rest()
        _, seen, self.preview = self._, self.preview, None
        what, advice = sentence(error, _)
        self._box.addWidget(message_card(what, "circle-alert", style.now().stop))
        self._box.addWidget(label(advice))
        if isinstance(error, OutOfDateError) and seen is not None:
            self._box.addWidget(label(_("Choose the file again to see its dates.")))
        line = [button(_("Back"), self.start, "chevron-left")]
        if bundle is not None and isinstance(error, UnknownPublisherError):
            line.append(button(_("Add this publisher"), lambda: self._publishers.look(bundle), "plus"))
        self._box.addLayout(row(None, *line, -1))
        self._box.addStretch(1)

    def _choose(self) -> None:
        choose_file(self, self._("Choose an update file"), "*.guide *.guide-program", self.look_at)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take one dropped file, while no other is looked at."""
        if not self._busy and len(event.mimeData().urls()) == 1 and event.mimeData().urls()[0].isLocalFile():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Look at the dropped file."""
        self.look_at(Path(event.mimeData().urls()[0].toLocalFile()))
