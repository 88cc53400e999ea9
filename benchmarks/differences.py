"""The difference of two made-up editions of 100,000 services, against reading both sets of digests.

Usage: differences.py [FOLDER]. One text in twenty is another in the second edition; milliseconds of CPU time.
"""

from __future__ import annotations

import json
import shutil
import sys
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from sqlite3 import connect

from benchmarks.made_up import made
from guide.bundles.differences import changed_ids

ROOT = Path(__file__).resolve().parent.parent
COUNT = 100_000


def second(first: Path) -> Path:
    """Return another edition of the same services: 5 % changed, 1 % removed, 1 % with another id."""
    path = first.with_name(f"{first.stem}-second.db")
    shutil.copyfile(first, path)
    with closing(connect(path, isolation_level=None)) as db:
        db.execute("PRAGMA journal_mode=off")
        db.execute("UPDATE service SET digest = 'other' || rank WHERE rank % 20 = 3")
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
    ours, floor = timed(lambda: changed_ids(one, other)), timed(lambda: both(one, other))
    return {
        "services": COUNT,
        "added": len(added),
        "changed": len(changed),
        "removed": len(removed),
        "difference_ms": round(ours, 1),
        "read_both_ms": round(floor, 1),
        "ratio": round(ours / floor, 2),
    }


if __name__ == "__main__":
    print(json.dumps(main(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "build/bench")))
