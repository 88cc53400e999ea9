"""What one visit has sent to printers, so that hide now can take it back (SAFETY Q7). In memory only (N1)."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from guide.records import PrintJob

_STILL_COMING = 60.0  # seconds a page may take from the spooler to the tray (ours)


class SentPages:
    """The jobs of a visit. ``stopped`` is read by whoever is still sending."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        """Take a clock in seconds; begin with nothing."""
        self.stopped = False
        self._clock = clock
        self._jobs: dict[PrintJob, float | None] = {}

    def add(self, job: PrintJob) -> None:
        """Remember that ``job`` was sent."""
        self._jobs[job] = None

    def out(self, job: PrintJob) -> None:
        """Remember that the printer has all of ``job``."""
        self._jobs[job] = self._clock()

    def forget(self, job: PrintJob) -> None:
        """Drop a job that was taken back or given up."""
        self._jobs.pop(job, None)

    def take_back(self, cancel: Callable[[PrintJob], bool]) -> bool:
        """Take back whatever still can be; return whether that was everything. Runs in the printers' lane."""
        jobs, self._jobs = self._jobs, {}
        late = False
        for job, out_at in jobs.items():
            if out_at is None:
                late |= not cancel(job)
            else:
                late |= self._clock() - out_at < _STILL_COMING
        return not late
