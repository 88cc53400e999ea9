"""A catalog of 200 MB on a PC with 2 GB: taken in with its index, opened in the window, searched; what memory it takes.

Usage: small_pc.py [COUNT [FOLDER]]. COUNT made-up services (85,000 are 208 MB). Each part runs in a process of its own,
in a memory control group of 2 GB where this account may make one (Linux, root; ``limited`` says whether): beyond it the
system takes back the disk cache first, then it kills. ``peak_mb`` is the process's own peak (VmHWM), ``idle_mb`` what it
held before. ``group_peak_mb`` counts the disk cache too, which fills whatever is given.
"""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

from benchmarks.made_up import made, write_catalog
from benchmarks.verify_apply import ACCEPTED
from guide.publish.keys import Cost
from guide.publish.release import first_edition, publish
from guide.publish.repository import new_repository
from guide.settings import Settings

LIMIT = 2 << 30
_START = datetime(2026, 11, 24, 15, 0, tzinfo=UTC)
_GROUPS = ("/sys/fs/cgroup/memory", "/sys/fs/cgroup")
_SAID = """
import json, sys, time
from datetime import datetime
from pathlib import Path
from guide.settings import Settings
data, catalog, own, bundle, now = sys.argv[1:]
settings = Settings(data=Path(data), catalog=Path(catalog), trust=Path(own))
clock = lambda: datetime.fromisoformat(now)
def memory(line):
    return int(next(l for l in open("/proc/self/status") if l.startswith(line)).split()[1]) / 1024
def say(begun, idle):
    took = time.perf_counter() - begun
    print(json.dumps({"s": round(took, 2), "peak_mb": round(memory("VmHWM"), 1), "idle_mb": round(idle, 1)}))
"""
_IMPORT = """
from guide.app import Guide
from guide.bundles import importer, payload, trust
from guide.catalog import fitness
idle, begun = memory("VmRSS"), time.perf_counter()
guide = Guide(settings, clock)
guide.apply_update(Path(bundle))
guide.close()
say(begun, idle)
"""
_WINDOW = """
import os
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
from PySide6.QtWidgets import QApplication
from ui.start import open_window
idle, begun = memory("VmRSS"), time.perf_counter()
app, window = open_window([], settings)
def until(done):
    while window.jobs.busy or not done():
        QApplication.processEvents()
        time.sleep(0.002)
until(lambda: True)
window.bar.search.setText("food pantry")
until(lambda: window.rooms is not None and window.rooms.results.answer is not None
      and window.rooms.results.answer.question.words == "food pantry")
assert window.rooms.results.answer.total > 0
say(begun, idle)
window.finish()
"""


@contextmanager
def small_room() -> Iterator[Path | None]:
    """Lend a memory group with the limit, None where this account may not make one."""
    for base in map(Path, _GROUPS):
        group = base / f"guide-{os.getpid()}"
        limit = "memory.limit_in_bytes" if base.name == "memory" else "memory.max"
        with suppress(OSError):
            group.mkdir()
            (group / limit).write_text(str(LIMIT))
            with suppress(OSError):
                (group / "memory.swap.max").write_text("0")
            try:
                yield group
            finally:
                with suppress(OSError):
                    group.rmdir()
            return
    yield None


def measured(part: str, given: list[str]) -> dict[str, float]:
    """Run one part in the small room and return its figures."""
    with small_room() as group:
        join = f"open({str(group / 'cgroup.procs')!r}, 'w').write('0')\n" if group else ""
        command = [sys.executable, "-c", join + _SAID + part, *given]
        done = subprocess.run(command, capture_output=True, text=True, check=True)
        found: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
        found["limited"] = group is not None
        if group is not None:
            for name in ("memory.max_usage_in_bytes", "memory.peak"):
                with suppress(OSError):
                    found["group_peak_mb"] = round(int((group / name).read_text()) / 2**20, 1)
    return found


def signed(work: Path, catalog: Path) -> Settings:
    """Return a guide that came with a small catalog, and sign ``catalog`` as its first update."""
    keys, small = work / "keys", work / "small.db"

    def ask(_: str) -> str:
        return "throwaway, for measuring"

    write_catalog(small, 100)
    settings = Settings(data=work / "data", catalog=small, trust=work / "trust")
    new_repository(keys, "Benchmark", ask, _START, cost=Cost(memory=8, passes=1))
    first_edition(small, keys, settings.trust, ask, lambda: _START, baseline=ACCEPTED)
    with closing(sqlite3.connect(catalog)) as db, db:
        db.execute("UPDATE edition SET number = 2, name = 'large'")
    publish(catalog, keys, work / "large.guide", ask, lambda: _START + timedelta(days=1), baseline=ACCEPTED)
    return settings


def main(count: int = 85_000, folder: Path | None = None) -> dict[str, object]:
    """Return the figures of taking in, and of the window on what was taken in."""
    with tempfile.TemporaryDirectory() as name:
        work = folder or Path(name)
        work.mkdir(parents=True, exist_ok=True)
        catalog = made(work, count)
        settings, bundle = signed(work, catalog), work / "large.guide"
        now = (_START + timedelta(days=2)).isoformat()
        given = [str(one) for one in (settings.data, settings.catalog, settings.trust, bundle)]
        taken, shown = measured(_IMPORT, [*given, now]), measured(_WINDOW, [*given, now])
        return {
            "services": count,
            "catalog_mb": round(catalog.stat().st_size / 1e6, 1),
            "bundle_mb": round(bundle.stat().st_size / 1e6, 1),
            "import": taken,
            "window": shown,
        }


if __name__ == "__main__":
    arguments = sys.argv[1:]
    where = Path(arguments[1]) if len(arguments) > 1 else None
    print(json.dumps(main(int(arguments[0]) if arguments else 85_000, where)))
