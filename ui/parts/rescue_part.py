"""Where staff's own data cannot be read: says so calmly, and offers the last good backup or a new beginning."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from guide.errors import GuideError
from guide.text import Language
from ui.messages import sentence
from ui.parts.controls import button, column, label
from ui.parts.flow import Flow
from ui.visit_jobs import VisitJobs


@dataclass(frozen=True)
class RescueAsks:
    """What is asked of the guide, each in a job."""

    last_good: Callable[[], tuple[Path, datetime | None] | None]
    put_back: Callable[[Path], object]
    begin_anew: Callable[[], object]


class RescuePart(QWidget):
    """``done`` once something can be read again."""

    done = Signal()

    def __init__(self, _: Language, jobs: VisitJobs, asks: RescueAsks) -> None:
        """Look for the last good backup at once."""
        super().__init__()
        self._, self._jobs, self._asks = _, jobs, asks
        self._said = label("", "stop")
        self._said.hide()
        told = _("What this house wrote itself cannot be read: the file is damaged. The guide goes on working, and visitors"
                 " can use it. The damaged file is set aside, never deleted.")  # fmt: skip
        self._box = column(self, label(_("Your own data is damaged"), "heading"), label(told), self._said, gap=10)
        jobs.work(lambda _p: asks.last_good(), self._offer, self._fail)

    def _offer(self, found: tuple[Path, datetime | None] | None) -> None:
        _ = self._
        acts = [button(_("Begin with nothing"), lambda: self._do(self._asks.begin_anew), "file-text")]
        if found is not None:
            path, made = found
            day = _.date(made.date()) if made else path.name
            acts.insert(0, button(_("Put back the backup of {date}", date=day),
                                  lambda: self._do(lambda: self._asks.put_back(path)), "undo-2", "primary"))  # fmt: skip
        else:
            self._box.addWidget(label(_("There is no backup on this computer. If you have one on a stick, ask the person who"
                                        " looks after this computer to restore it."), "second"))  # fmt: skip
        self._box.addLayout(Flow(acts, 8))

    def _do(self, act: Callable[[], object]) -> None:
        self._jobs.work(lambda _p: act(), lambda _answer: self.done.emit(), self._fail)

    def _fail(self, error: GuideError) -> None:
        self._said.setText(" ".join(sentence(error, self._)))
        self._said.show()
