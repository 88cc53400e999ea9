"""The lanes as one visit's pages use them: when the visit is over, no answer of it reaches anybody."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from guide.records import Progress
from ui.jobs import Done, Failed, Jobs, Watch


class VisitJobs:
    """Hands questions on to the lanes, and answers back for as long as their page is there.

    A page may be gone before its answer comes: another language, start over, hide now. What runs is run to its
    end, since an update must not stop half way; only nobody is told any more.
    """

    def __init__(self, jobs: Jobs) -> None:
        """Take the lanes."""
        self._jobs, self._over = jobs, False

    def read(self, ask: Callable[[], Any], done: Done, failed: Failed) -> None:
        """Ask in the read lane; only the newest question's answer is delivered."""
        self._jobs.read(ask, self._still(done), self._still(failed))

    def work(self, task: Callable[[Progress], Any], done: Done, failed: Failed, progress: Watch | None = None) -> None:
        """Run ``task`` in the work lane, after what is there already; ``progress`` is told each step."""
        told = None if progress is None else self._still(progress)
        self._jobs.work(task, self._still(done), self._still(failed), told)

    def aside(self, task: Callable[[], Any], done: Done, failed: Failed) -> None:
        """Run ``task`` in the printers' lane."""
        self._jobs.aside(task, self._still(done), self._still(failed))

    def afar(self, task: Callable[[Progress], Any], done: Done, failed: Failed, progress: Watch | None = None) -> None:
        """Run ``task`` where it keeps nobody waiting."""
        told = None if progress is None else self._still(progress)
        self._jobs.afar(task, self._still(done), self._still(failed), told)

    def end(self) -> None:
        """Deliver nothing from now on."""
        self._over = True

    def _still(self, then: Callable[[Any], None]) -> Callable[[Any], None]:
        return lambda answer: None if self._over else then(answer)
