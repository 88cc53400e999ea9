"""Updates: choose a file, see who signed it and what would change, apply it, or go back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QBoxLayout, QLayout, QProgressBar, QScrollArea, QVBoxLayout, QWidget

from guide.errors import GuideError, OutOfDateError
from guide.records import Event, Imported, Preview, Progress, Status, Step
from guide.text import Language, mark
from ui import style
from ui.dialogs import choose_file
from ui.messages import sentence
from ui.parts.change_table import ChangeTable
from ui.parts.columns import Columns
from ui.parts.controls import button, card, cleared, column, label, row
from ui.parts.update_cards import message_card, number_card, signer_card
from ui.visit_jobs import VisitJobs

_ = mark
STEPS = {
    "open": _("Opening the file"),
    "verify": _("Checking who signed it"),
    "check": _("Checking that it is whole"),
    "compare": _("Comparing it with this guide"),
    "index": _("Making it ready for search"),
    "activate": _("Putting it in place"),
    "remember": _("Done"),
}
KINDS = {"import": _("Update applied"), "rollback": _("Went back")}


@dataclass(frozen=True)
class UpdateAsks:
    """What the page may ask of the guide."""

    preview: Callable[[Path, Progress], Preview]
    apply: Callable[[Path, bool, Progress], Imported]
    rollback: Callable[[], Imported]
    status: Callable[[], Status]
    history: Callable[[], tuple[Event, ...]]


class UpdatesPage(QScrollArea):
    """Nothing is changed before Apply is pressed, and then all of it or nothing."""

    def __init__(self, _: Language, scale: style.Scale, jobs: VisitJobs, asks: UpdateAsks) -> None:
        """Take what verifies, applies and goes back."""
        super().__init__()
        self._, self._scale, self._jobs, self._asks = _, scale, jobs, asks
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAcceptDrops(True)
        page = QWidget()
        self._box = QVBoxLayout(page)
        self._box.setContentsMargins(24, 12, 24, 24)
        self._box.setSpacing(12)
        self.setWidget(page)
        self.preview: Preview | None = None
        self._busy = False
        self._bar = QProgressBar()
        self._step = label("", "second")

    # --- at rest ----------------------------------------------------------------------------------
    def enter(self) -> None:
        """Show what is here now, unless an update is being looked at: that one waits for its answer."""
        if not self._busy and self.preview is None:
            self.start()

    def start(self, note: str = "") -> None:
        """Show what is here now, and the way to a new one."""
        ask = self._asks
        self._jobs.work(
            lambda _p: (ask.status(), ask.history()), lambda found: self._rest(found[0], found[1], note), self._fail
        )

    def _rest(self, status: Status, history: tuple[Event, ...], note: str) -> None:
        self._busy = False
        cleared(self._box)
        _, self.preview = self._, None
        if note:
            self._box.addWidget(message_card(note, "badge-check", style.GO))
        here = card("call" if status.age == "fresh" else "warnbox")
        said = [_("Edition {name}", name=status.edition.name)]
        if status.edition.data_date:
            said.append(_("Data of {date}", date=_.date(status.edition.data_date)))
        said.append(_.count("{n} service", "{n} services", status.edition.services))
        words = column(None, label(_("Here now: {name}", name=status.publisher_name), "heading"),
                       label(" · ".join(said), "second"), gap=2)  # fmt: skip
        if status.fingerprint:
            words.addWidget(label(_("Publisher's six words: {words}", words=" ".join(status.fingerprint)), "small"))
        if not status.signed:
            words.addWidget(
                label(_("This program was put together without a publisher, so it takes no updates."), "warn")
            )
        column(here, words, margin=16)
        self._box.addWidget(here)
        self._box.addWidget(label(_("Put the stick in, then choose the update on it. Nothing changes before you say so."
                                    " You can also drop the file here."), "second"))  # fmt: skip
        line: list[QWidget | int] = [button(_("Choose an update file"), self._choose, "folder-open", "primary")]
        if status.can_go_back_to:
            back = _("Go back to {name}", name=status.can_go_back_to)
            line.append(button(back, lambda: self._ask_back(status.can_go_back_to), "undo-2"))
        self._box.addLayout(self._folded(row(None, *line, -1)))
        if history:
            self._box.addSpacing(8)
            self._box.addWidget(label(_("What was done"), "heading"))
        for event in history[:12]:
            text = f"{_.date(event.at.date())} · {_(KINDS.get(event.kind, event.kind))} · {event.edition_name}"
            self._box.addWidget(label(text, "second"))
        self._box.addStretch(1)

    # --- looking at one ---------------------------------------------------------------------------
    def look_at(self, bundle: Path) -> None:
        """Verify ``bundle`` and show what it would change; one at a time."""
        if self._busy:
            return
        self._busy = True
        self._working(_("Checking the update"))
        self._jobs.work(lambda tell: self._asks.preview(bundle, tell), self._show, self._fail, self._tell)

    def _show(self, found: Preview) -> None:
        self._busy = False
        cleared(self._box)
        _, self.preview, offer = self._, found, found.offer
        late = offer.verdict == "expired"
        self._box.addWidget(signer_card(_, found, late=late, narrow=self._narrow))
        if late:
            self._box.addWidget(message_card(
                _("This update is genuine, but it was meant to be replaced by {date}. Ask for a newer one. If there is"
                  " none, you can still take it: it is newer than what is here.", date=_.date(offer.expires.date())),
                "triangle-alert", style.WARN))  # fmt: skip
        if offer.clock_behind:
            self._box.addWidget(label(_("This computer's date is wrong."), "warn"))
        numbers = sum(change.kind == "phone" for change in found.changes)
        tiles = [
            number_card(numbers, _("phone numbers changed"), style.STOP if numbers else style.BRAND),
            number_card(found.added, _("new services"), style.GO),
            number_card(found.changed, _("changed")),
            number_card(found.removed, _("removed"), style.WARN),
        ]
        self._box.addWidget(Columns(tiles, self._scale.px(170), 4))
        table = ChangeTable(_, self._scale, found.changes)
        table.setMinimumHeight(260)
        self._box.addWidget(table, 1)
        self._box.addLayout(self._decide(late=late))

    def _decide(self, *, late: bool) -> QLayout:
        _ = self._
        yes = _("Take it anyway") if late else _("Apply update")
        note = label(_("You can go back to {name} at any time.", name=self.preview.offer.current_name if self.preview else ""),
                     "small")  # fmt: skip
        go = button(yes, self._apply, "check", "primary")
        made = row(None, go, button(_("Not now"), self.start), note, gap=12)
        made.setStretch(2, 1)
        return self._folded(made)

    def _apply(self) -> None:
        if self.preview is None or self._busy:
            return
        self._busy = True
        bundle, late = Path(self.preview.offer.path), self.preview.offer.verdict == "expired"
        self._working(self._("Applying the update"))
        self._jobs.work(lambda tell: self._asks.apply(bundle, late, tell), self._done, self._fail, self._tell)

    def _done(self, done: Imported) -> None:
        self.start(self._("Up to date: edition {name}. You can take the stick out now.", name=done.edition_name))

    # --- going back -------------------------------------------------------------------------------
    def _ask_back(self, name: str) -> None:
        cleared(self._box)
        _ = self._
        self._box.addWidget(label(_("Go back to edition {name}?", name=name), "heading"))
        self._box.addWidget(label(_("The newer edition is put away. You can apply it again from its file.")))
        yes = button(_("Yes, go back"), self._back, "undo-2", "primary")
        self._box.addLayout(self._folded(row(None, yes, button(_("Not now"), self.start), -1)))
        self._box.addStretch(1)
        yes.setFocus()

    def _back(self) -> None:
        if self._busy:
            return
        self._busy = True
        self._jobs.work(lambda _p: self._asks.rollback(), self._went_back, self._fail)

    def _went_back(self, done: Imported) -> None:
        self.start(self._("Back at edition {name}.", name=done.edition_name))

    # --- pieces -----------------------------------------------------------------------------------
    @property
    def _narrow(self) -> bool:
        return self.width() < self._scale.px(600)

    def _folded(self, line: QBoxLayout) -> QBoxLayout:
        """Put the parts of ``line`` below each other where there is little room beside."""
        if self._narrow:
            line.setDirection(QBoxLayout.Direction.TopToBottom)
        return line

    def _working(self, text: str) -> None:
        cleared(self._box)
        self._bar, self._step = QProgressBar(), label("", "second")
        self._bar.setRange(0, 0)
        self._bar.setTextVisible(False)
        for part in (label(text, "heading"), self._bar, self._step):
            self._box.addWidget(part)
        self._box.addStretch(1)

    def _tell(self, step: Step) -> None:
        self._step.setText(self._(STEPS.get(step.name, "")))
        self._bar.setRange(0, step.total)
        self._bar.setValue(step.done)

    def _fail(self, error: GuideError) -> None:
        """Say in one sentence what was wrong and what to do; nothing was changed."""
        self._busy = False
        cleared(self._box)
        _, seen, self.preview = self._, self.preview, None
        what, advice = sentence(error, _)
        self._box.addWidget(message_card(what, "circle-alert", style.STOP))
        self._box.addWidget(label(advice))
        if isinstance(error, OutOfDateError) and seen is not None:
            self._box.addWidget(label(_("Choose the file again to see its dates.")))
        self._box.addLayout(row(None, button(_("Back"), self.start, "chevron-left"), -1))
        self._box.addStretch(1)

    def _choose(self) -> None:
        choose_file(self, self._("Choose an update file"), "*.guide", self.look_at)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take one dropped file, while no other is looked at."""
        if not self._busy and len(event.mimeData().urls()) == 1 and event.mimeData().urls()[0].isLocalFile():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Look at the dropped file."""
        self.look_at(Path(event.mimeData().urls()[0].toLocalFile()))
