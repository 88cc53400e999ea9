"""Publishers on the updates page: who they are and in which order, adding, removing, where two differ."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QBoxLayout, QWidget

from guide.errors import GuideError, WrongWordsError
from guide.records import Conflict, Newcomer, Publisher, Removed, Waiting
from guide.text import Language
from ui.dialogs import choose_file
from ui.messages import sentence
from ui.parts.add_publisher import AddPublisher
from ui.parts.conflict_list import conflict_list
from ui.parts.controls import button, label
from ui.parts.flow import Flow
from ui.parts.publisher_asks import PublisherAsks
from ui.parts.publisher_card import CardActs, called, publisher_card, waiting_card
from ui.visit_jobs import VisitJobs


@dataclass(frozen=True)
class Roll:
    """Every publisher in order, how many things two of them say differently, and who waits for the six words."""

    every: tuple[Publisher, ...]
    differ: int
    waiting: tuple[Waiting, ...]


@dataclass(frozen=True)
class PageActs:
    """What the page does for its publishers' part: begin anew with a note, clear itself, say a failure, and so on."""

    start: Callable[[str], None]
    cleared: Callable[[], QBoxLayout]
    fail: Callable[[GuideError], None]
    look_at: Callable[[Path], object]
    pass_on: Callable[[str], object]


class PublishersPart:
    """Makes the widgets; each answer goes back to the page."""

    def __init__(self, _: Language, parent: QWidget, jobs: VisitJobs, asks: PublisherAsks, page: PageActs) -> None:
        """Take what asks the guide, and the page."""
        self._, self._parent, self._jobs, self._asks, self._page = _, parent, jobs, asks, page

    def called(self) -> Roll:
        """Return who there is (asked in a job)."""
        every = self._asks.every()
        return Roll(every, len(self._asks.conflicts()) if len(every) > 1 else 0, self._asks.waiting())

    def rest(self, roll: Roll) -> Iterator[QWidget]:
        """Yield what stands on the page at rest."""
        _, every, differ = self._, roll.every, roll.differ
        yield label(_("Publishers"), "heading")
        if len(every) > 1:
            yield label(_("Each one's updates are taken for itself. Where two differ, the higher one here counts."), "second")  # fmt: skip
            acts = CardActs(self._move, self._back, self._forward, lambda one: self._page.pass_on(one.key), self._ask_remove)  # fmt: skip
            for place, one in enumerate(every):
                yield publisher_card(_, one, place, len(every) - 1, acts)
        else:
            yield label(_("Your house can take in guides of others too, for example of your county."), "second")
        for waits in roll.waiting:
            yield waiting_card(_, waits, partial(self.look, Path(waits.path)), partial(self._leave, waits))
        line: list[QWidget] = [button(_("Add a publisher"), self._choose, "plus")]
        if len(every) > 1:
            where = _("Where they differ") + (f" ({differ})" if differ else "")
            line.append(button(where, self._ask_conflicts, "users"))
        row = QWidget()
        row.setLayout(Flow(line, 8))
        yield row

    # --- adding -----------------------------------------------------------------------------------
    def _choose(self) -> None:
        choose_file(self._parent, self._("Choose a root file or an update"), "*.json *.guide", self.look)

    def look(self, path: Path) -> None:
        """Look at a file of somebody who is not known here."""
        self._jobs.work(lambda _p: self._asks.look(path), self._show_new, self._page.fail)

    def _show_new(self, found: Newcomer, said: str = "", before: tuple[str, str] = ("", "")) -> None:
        def add(words: str, name: str) -> None:
            def failed(error: GuideError) -> None:
                if isinstance(error, WrongWordsError):
                    self._show_new(found, " ".join(sentence(error, self._)), (words, name))
                else:
                    self._page.fail(error)

            self._jobs.work(
                lambda _p: self._asks.add(Path(found.path), words, name), lambda one: self._added(found, one), failed
            )

        part = AddPublisher(self._, found, add, lambda: self._page.start(""), said, before)
        self._page.cleared().addWidget(part)
        part.words.setFocus()

    def _added(self, found: Newcomer, one: Publisher) -> None:
        if found.edition_name:  # it was an update: what it would change is the next question
            self._page.look_at(Path(found.path))
        else:
            self._page.start(self._("{name} is added. Its updates can be taken in now.", name=called(self._, one)))

    def _leave(self, one: Waiting) -> None:
        self._do(lambda: self._asks.leave(one.key), "")

    # --- order, back and forward ------------------------------------------------------------------
    def _move(self, one: Publisher, place: int) -> None:
        self._do(lambda: self._asks.move(one.key, place), "")

    def _back(self, one: Publisher) -> None:
        said = self._("{publisher} is back at edition {name}.", publisher=called(self._, one),
                      name=one.status.can_go_back_to if one.status else "")  # fmt: skip
        self._do(lambda: self._asks.rollback(one.key), said)

    def _forward(self, one: Publisher) -> None:
        said = self._("{publisher} is forward again at edition {name}.", publisher=called(self._, one),
                      name=one.status.can_go_forward_to if one.status else "")  # fmt: skip
        self._do(lambda: self._asks.forward(one.key), said)

    def _do(self, act: Callable[[], object], said: str) -> None:
        self._jobs.work(lambda _p: act(), lambda _done: self._page.start(said), self._page.fail)

    # --- removing ---------------------------------------------------------------------------------
    def _ask_remove(self, one: Publisher) -> None:
        _, box = self._, self._page.cleared()
        box.addWidget(label(_("Remove {name}?", name=called(_, one)), "heading"))
        count = one.status.edition.services if one.status else 0
        box.addWidget(label(
            _.count("{n} service leaves this guide.", "{n} services leave this guide.", count) + " "
            + _("Its updates are not taken any more. What this house wrote stays. To have it back, it has to be added"
                " again with its six words.")))  # fmt: skip
        yes = button(_("Yes, remove it"), lambda: self._remove(one), "trash-2", "primary")
        box.addLayout(Flow([yes, button(_("Not now"), lambda: self._page.start(""))], 8))
        box.addStretch(1)
        yes.setFocus()

    def _remove(self, one: Publisher) -> None:
        self._jobs.work(lambda _p: self._asks.remove(one.key), self._removed, self._page.fail)

    def _removed(self, gone: Removed) -> None:
        _ = self._
        said = _("{name} is removed.", name=gone.name)
        if gone.sheets:
            said += " " + _("Entries of it stood on these saved sheets: {sheets}", sheets=", ".join(gone.sheets))
        self._page.start(said)

    # --- where they differ ------------------------------------------------------------------------
    def _ask_conflicts(self) -> None:
        self._jobs.work(lambda _p: self._asks.conflicts(), self._show_conflicts, self._page.fail)

    def _show_conflicts(self, found: tuple[Conflict, ...]) -> None:
        _, box = self._, self._page.cleared()
        box.addWidget(label(_("Where publishers differ"), "heading"))
        for part in conflict_list(_, found):
            box.addWidget(part)
        back = button(_("Back"), lambda: self._page.start(""), "chevron-left")
        box.addLayout(Flow([back], 8))
        box.addStretch(1)
        back.setFocus()
