"""Going back to the edition before, and forward again, on the updates page."""

from __future__ import annotations

from collections.abc import Callable

from guide.records import Imported
from guide.text import Language
from ui.parts.controls import button, label
from ui.parts.flow import Flow
from ui.parts.publishers_part import PageActs
from ui.visit_jobs import VisitJobs


class BackAndForth:
    """Asks before it goes back; what was gone back from is kept."""

    def __init__(
        self,
        _: Language,
        jobs: VisitJobs,
        rollback: Callable[[], Imported],
        forward: Callable[[], Imported],
        page: PageActs,
    ) -> None:
        """Take what goes back and forward, and the page."""
        self._, self._jobs, self._rollback, self._onward, self._page = _, jobs, rollback, forward, page

    def ask_back(self, name: str) -> None:
        """Ask whether to go back to the edition ``name``."""
        _, box = self._, self._page.cleared()
        box.addWidget(label(_("Go back to edition {name}?", name=name), "heading"))
        box.addWidget(
            label(_("The newer edition is kept. You can go forward to it again until another update comes in."))
        )
        yes = button(_("Yes, go back"), self._back, "undo-2", "primary")
        box.addLayout(Flow([yes, button(_("Not now"), lambda: self._page.start(""))], 8))
        box.addStretch(1)
        yes.setFocus()

    def forward(self) -> None:
        """Go forward again at once: it is the newest edition, and was looked at before it first came in."""
        self._go(self._onward, lambda done: self._("Forward again at edition {name}.", name=done.edition_name))

    def _back(self) -> None:
        self._go(self._rollback, lambda done: self._("Back at edition {name}.", name=done.edition_name))

    def _go(self, act: Callable[[], Imported], said: Callable[[Imported], str]) -> None:
        self._page.cleared()  # the button is gone: nobody presses it twice
        self._jobs.work(lambda _p: act(), lambda done: self._page.start(said(done)), self._page.fail)
