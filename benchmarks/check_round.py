"""Opening a round of number checks over made-up catalogs, with thousands of calls already made here.

Usage: check_round.py [COUNT]. Seconds of wall and CPU time, the median of seven, warm; the aim is 0.3 s at 100,000.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.made_up import made
from guide.app import Guide
from guide.records.checking import NumberCheck, Result
from guide.settings import Settings

NOW = datetime(2026, 11, 24, 15, 0, tzinfo=UTC)
CALLS = 5_000


def timed(act: Callable[[], object]) -> tuple[float, float]:
    """Return median wall and CPU seconds of seven runs."""
    walls, cpus = [], []
    for _ in range(7):
        wall, cpu = time.perf_counter(), time.process_time()
        act()
        walls.append(time.perf_counter() - wall)
        cpus.append(time.process_time() - cpu)
    return statistics.median(walls), statistics.median(cpus)


def main() -> None:
    """Print a line for each thing a person waits for."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    with tempfile.TemporaryDirectory() as folder:
        catalog = made(Path(folder), count)
        guide = Guide(Settings(data=Path(folder) / "data", catalog=catalog), lambda: NOW)
        checks = guide.checks
        some = checks.due_entries(limit=CALLS)
        checks.record([NumberCheck("", one.service, "", Result.REACHED, NOW.date(), "AB") for one in some])
        print(f"{count:,} services, {len(some):,} called here")
        for name, act in (
            ("what is due", checks.due), ("begin the next 25", checks.begin), ("the open round", checks.round),
        ):  # fmt: skip
            wall, cpu = timed(act)
            print(f"{name:<20} {wall * 1000:8.1f} ms wall {cpu * 1000:8.1f} ms CPU")


if __name__ == "__main__":
    main()
