"""A newer version of the program on the updates page: found, looked at, put in. Nothing runs before staff press Install."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtWidgets import QFrame, QWidget

from guide.records import ProgramOffer, ProgramStarted, Progress
from guide.text import Language, mark
from ui import style
from ui.parts.controls import button, card, column, label, picture, row
from ui.parts.flow import Flow
from ui.parts.phrases import apart
from ui.parts.publishers_part import PageActs
from ui.parts.update_cards import folded_up, message_card, size_text
from ui.parts.working import Working
from ui.visit_jobs import VisitJobs

_ = mark
WAYS = {  # what will happen, told before anything does
    "setup": _("The guide closes, and its setup opens. Press Next there, then Install. It takes a minute."),
    "setup-for-all": _("Windows asks for an administrator's password. Then the guide closes, and its setup opens. Without that"
                       " password, ask the person who looks after this computer."),
    "package": _("This computer opens the package and asks for an administrator's password. If you do not have it, ask the"
                 " person who looks after this computer."),
    "portable": _("This guide is carried on a stick, so no setup can take its place. Ask for the new portable folder."),
    "other": _("This program was put together by hand, so no setup can take its place. Ask the person who looks after this"
               " computer."),
}  # fmt: skip
VERDICTS = {
    "same": _("This version is here already. There is nothing to do."),
    "older": _("This version is older than the one that is here. It is not put in."),
    "expired": _(
        "The date of this version has passed. It is not put in. Check this computer's date, and ask for a newer file."
    ),
    "no-installer": _("This file holds no setup for this kind of computer."),
}
_PUT_IN = ("setup", "setup-for-all", "package")


@dataclass(frozen=True)
class ProgramAsks:
    """One callable for each question. ``copy`` puts a line on the clipboard, ``close`` closes the window."""

    found: Callable[[], Sequence[ProgramOffer]]
    verify: Callable[[Path], ProgramOffer]
    install: Callable[[Path, Progress], ProgramStarted]
    copy: Callable[[str], object]
    close: Callable[[], object]


class ProgramPart:
    """Makes the widgets; each answer goes back to the page."""

    def __init__(self, _: Language, jobs: VisitJobs, asks: ProgramAsks, page: PageActs) -> None:
        """Take what asks the guide, and the page."""
        self._, self._jobs, self._asks, self._page = _, jobs, asks, page

    def rest(self, found: Sequence[ProgramOffer], *, narrow: bool) -> Iterator[QWidget]:
        """Yield a card for the newest version that may be put in, and a line where a file must not be used."""
        _ = self._
        newest = next((one for one in found if one.wanted), None)
        if newest is not None:
            yield self._found_card(newest, narrow=narrow)
        refused = [apart(one.name, _) for one in found if one.verdict == "refused"]
        if refused:
            yield label(_("Not from the makers of this program, or damaged: {names}. Do not open it.", names=", ".join(refused[:3])), "small")  # fmt: skip

    def look(self, path: Path) -> None:
        """Verify the version in the file at ``path`` and show what putting it in would do."""
        working = Working(self._, self._("Checking the program"))
        self._page.cleared().addWidget(working)
        self._jobs.work(lambda _p: self._asks.verify(path), self._show, self._page.fail)

    # --- pieces -----------------------------------------------------------------------------------
    def _found_card(self, one: ProgramOffer, *, narrow: bool) -> QFrame:
        _, frame = self._, card("call")
        said = _(
            "A newer version of this program ({version}) was found on “{place}”", version=one.version, place=one.place
        )
        facts = [_("Signed by {name}", name=one.publisher_name), _("here now: {version}", version=one.here),
                 apart(size_text(one.size), _)]  # fmt: skip
        words = column(None, label(said, "heading"), label(" · ".join(facts), "second"), gap=2)
        go = button(_("Look at it"), lambda: self.look(Path(one.path)), "search",
                    name=_("Look at version {version} of the program", version=one.version))  # fmt: skip
        made = row(frame, picture("download", style.now().go, 26), words, go, gap=14, margin=16)
        made.setStretch(1, 1)
        return folded_up(frame, made, narrow=narrow)

    def _show(self, offer: ProgramOffer) -> None:
        _, box = self._, self._page.cleared()
        good = offer.wanted
        frame = card("call" if good else "warnbox")
        facts = [_("{n} of {m} keys", n=offer.signed, m=offer.keys), apart(offer.name, _)]
        lines = [label(_("Signed by {name}", name=offer.publisher_name), "heading"),
                 label(_("Version {version}, here now: {here}", version=offer.version, here=offer.here), "name"),
                 label(" · ".join([*facts, *([apart(size_text(offer.size), _)] if offer.size else [])]), "second"),
                 label(_("Six words: {words}", words=" ".join(offer.fingerprint)), "small")]  # fmt: skip
        mark_ = picture("badge-check" if good else "info", style.now().go if good else style.now().warn, 34)
        row(frame, mark_, column(None, *lines, gap=2), gap=16, margin=16).setStretch(1, 1)
        box.addWidget(frame)
        may = good and offer.way in _PUT_IN
        box.addWidget(label(_(WAYS[offer.way]) if good else _(VERDICTS[offer.verdict])))
        if may:
            box.addWidget(label(_("What this house wrote stays, and a backup of it is kept before. Close the guide in every"
                                  " other account first."), "second"))  # fmt: skip
        line: list[QWidget] = []
        if may:
            line.append(button(_("Install"), lambda: self._install(Path(offer.path)), "download", "primary",
                               name=_("Install version {version}", version=offer.version)))  # fmt: skip
        line.append(
            button(_("Not now") if may else _("Back"), lambda: self._page.start(""), "" if may else "chevron-left")
        )
        box.addLayout(Flow(line, 8))
        box.addStretch(1)
        line[0].setFocus()

    def _install(self, path: Path) -> None:
        working = Working(self._, self._("Getting the new version ready"))
        self._page.cleared().addWidget(working)
        self._jobs.work(lambda tell: self._asks.install(path, tell), self._started, self._page.fail, working.tell)

    def _started(self, done: ProgramStarted) -> None:
        if not done.command:  # a setup runs: it cannot take the place of a program that is open
            self._asks.close()
            return
        _, box = self._, self._page.cleared()
        said = (
            _("Version {version} was handed to this computer's own installer.", version=done.version) if done.opened
            else _("Version {version} is checked and ready.", version=done.version)
        )  # fmt: skip
        box.addWidget(message_card(said, "badge-check", style.now().go))
        box.addWidget(label(_("Nothing opened? Whoever looks after this computer types this line:")))
        line = label(done.command, "name", selectable=True)  # no mark of direction in it: it may be copied by hand
        frame = card("note")
        column(frame, line, margin=14)
        box.addWidget(frame)
        box.addWidget(label(_("When it is done, close the guide and open it again."), "second"))
        box.addLayout(Flow([
            button(_("Close the guide"), self._asks.close, "x", "primary"),
            button(_("Copy the line"), lambda: self._asks.copy(done.command), "copy"),
            button(_("Back"), lambda: self._page.start(""), "chevron-left"),
        ], 8))  # fmt: skip
        box.addStretch(1)
