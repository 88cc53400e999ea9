"""Scrolls the window's real list through what was found, page by page, and times every frame.

Usage: scroll.py [COUNT [FOLDER [CARDS]]]: a made-up catalog of COUNT services (10,000), CARDS cards scrolled past (all that
were found). Milliseconds of CPU time. A *turn* is what the window's own thread does at a stretch (layout, paint, taking
a page on): nothing moves while it lasts. A *step* is a whole page down until all is painted, the search for the next
page in its own thread included. The first turns, in which fonts are read, are not counted.
"""

from __future__ import annotations

import json
import os
import statistics
import sys
import tempfile
import time
from pathlib import Path

from PySide6.QtWidgets import QApplication

from benchmarks.made_up import made
from guide.search.index import build_index
from guide.search.store import index_path
from guide.settings import Settings
from ui.main_window import MainWindow
from ui.start import open_window

ROOT = Path(__file__).resolve().parent.parent
WORDS = "s"  # the commonest beginning: it finds nearly all
_WARM = 20  # steps that are not counted


def turn() -> float:
    """Let the window do what it has to; return the milliseconds of its thread."""
    began = time.thread_time()
    QApplication.processEvents()
    return (time.thread_time() - began) * 1000


def settle(window: MainWindow) -> float:
    """Wait until nothing is on its way and all is painted; return the longest turn."""
    longest = turn()
    while window.jobs.busy or window.rooms.results.list.coming:
        time.sleep(0.0005)
        longest = max(longest, turn())
    return max(longest, turn())


def private() -> float:
    """Return the memory of this process alone, in MB."""
    status = Path("/proc/self/status").read_text()
    return int(next(line for line in status.splitlines() if line.startswith("RssAnon")).split()[1]) / 1024


def main(count: int, folder: Path, most: int = sys.maxsize) -> dict[str, float]:
    """Return the figures."""
    catalog, index = made(folder, count), folder / f"made-up-{count}.index"
    if not index.exists():
        build_index(catalog, index)
    with tempfile.TemporaryDirectory() as name:
        data = Path(name)
        settings = Settings(data=data, catalog=catalog, trust=data / "none")
        (data / "index").mkdir()
        index_path(catalog, data / "index").symlink_to(index)
        _, window = open_window([], settings)
        settle(window)
        window.bar.search.setText(WORDS)
        window.bar.typed.emit(WORDS)
        settle(window)
        page, bar = window.rooms.results.list, window.rooms.results.list.verticalScrollBar()
        answer = window.rooms.results.answer
        total = answer.total if answer is not None else 0
        turns: list[float] = []
        steps: list[float] = []
        fetches: list[float] = []
        before, done = private(), False
        while not done and page.cards.end < min(total, most) + (page.cards.end >= total):
            first, began = page.cards.first, time.process_time()
            value = bar.value()
            bar.setValue(value + page.viewport().height())
            turns.append(settle(window))
            steps.append((time.process_time() - began) * 1000)
            if page.cards.first != first:
                fetches.append(steps[-1])
            done = bar.value() == value
        figures = {"services": count, "found": total, "passed": page.cards.end, "page_downs": len(turns)}
        grown = private() - before
        window.finish()
        window.close()
    cuts = {"turn": turns[_WARM:], "step": steps[_WARM:], "fetch_step": fetches[2:]}
    for kind, values in cuts.items():
        figures |= {f"{kind}_p50_ms": round(statistics.median(values), 2), f"{kind}_max_ms": round(max(values), 2)}
        figures[f"{kind}_p99_ms"] = round(statistics.quantiles(values, n=100)[98], 2)
    over = sum(value > 16 for value in cuts["turn"])
    return figures | {"turns_over_16_ms": over, "grown_mb": round(grown, 1)}


if __name__ == "__main__":
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    arguments = sys.argv[1:]
    count = int(arguments[0]) if arguments else 10_000
    where = Path(arguments[1]) if len(arguments) > 1 else ROOT / "build/bench"
    print(json.dumps(main(count, where, *map(int, arguments[2:3]))))
