"""The difference of two made-up editions of 100,000 services, against reading both sets of digests.

Usage: differences.py [FOLDER]. One text in twenty is another in the second edition; milliseconds of CPU time.
``preview_ms`` is the whole list of changes that a preview shows, ``preview_wall_ms`` by the clock; ``preview_peak_mb``
is the memory that takes in Python.
"""

from __future__ import annotations

import json
import shutil
import sys
import time
import tracemalloc
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from sqlite3 import connect

from benchmarks.made_up import made
from guide.catalog.differences import changed_ids, differences

ROOT = Path(__file__).resolve().parent.parent
COUNT = 100_000


def second(first: Path) -> Path:
    """Return another edition of the same services: 5 % changed, 1 % removed, 1 % with another id."""
    path = first.with_name(f"{first.stem}-second.db")
    shutil.copyfile(first, path)
    with closing(connect(path, isolation_level=None)) as db:
        db.execute("PRAGMA journal_mode=off")
        db.execute(
            "UPDATE service SET digest = 'other' || rank, description = description || ' Ask first.' WHERE rank % 20 = 3"
        )
        db.execute(
            "UPDATE phone SET number = number || ' x7' WHERE service_id IN (SELECT id FROM service WHERE rank % 100 = 3)"
        )
        db.execute("DELETE FROM service WHERE rank % 100 = 7")
        db.execute("UPDATE service SET id = id || '~' WHERE rank % 100 = 9")
    return path


def timed(call: Callable[[], object], rounds: int = 5) -> float:
    """Return the best of some rounds, in milliseconds."""
    best = float("inf")
    for _ in range(rounds):
        begin = time.thread_time()
        call()
        best = min(best, time.thread_time() - begin)
    return best * 1000


def both(one: Path, other: Path) -> None:
    """Read every id and digest of both editions into Python."""
    for path in (one, other):
        with closing(connect(path)) as db:
            db.execute("SELECT id, digest FROM service").fetchall()


def main(folder: Path) -> dict[str, float]:
    """Return the figures."""
    one = made(folder, COUNT)
    other = second(one)
    added, changed, removed = changed_ids(one, other)
    began = time.perf_counter()
    changes = differences(one, other)[3]
    wall = (time.perf_counter() - began) * 1000
    whole = timed(lambda: differences(one, other), 3)
    tracemalloc.start()
    differences(one, other)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    ours, floor = timed(lambda: changed_ids(one, other)), timed(lambda: both(one, other))
    return {
        "services": COUNT,
        "added": len(added),
        "changed": len(changed),
        "removed": len(removed),
        "difference_ms": round(ours, 1),
        "read_both_ms": round(floor, 1),
        "ratio": round(ours / floor, 2),
        "changes": len(changes),
        "preview_ms": round(whole, 1),
        "preview_wall_ms": round(wall, 1),
        "preview_peak_mb": round(peak / 1e6, 1),
    }


if __name__ == "__main__":
    print(json.dumps(main(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "build/bench")))
