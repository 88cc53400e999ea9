"""How long another language, text size or theme takes until it is painted (300 ms or less is asked for).

    python benchmarks/looks.py [ROUNDS]

drives the real window offscreen, on the first screen and on results with an entry open. Wall time to the painted
frame, with the CPU time beside it, since this machine may be shared.
"""

from __future__ import annotations

import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from itertools import cycle
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from PySide6.QtTest import QTest

from guide.settings import Settings
from ui.start import open_window

ASKED = 300  # ms


def main(rounds: int = 12) -> int:
    """Print a line for each change on each page; return 1 when a median is over what is asked."""
    late = False
    with tempfile.TemporaryDirectory() as folder:
        _app, window = open_window([], Settings(data=Path(folder)))
        QTest.qWait(1500)
        languages, sizes, themes = (
            cycle(("es", "ar", "en")),
            cycle((125, 150, 200, 100)),
            cycle(("dark", "contrast", "light")),
        )
        ways: dict[str, Callable[[], None]] = {
            "language": lambda: window.choose_language(next(languages)),
            "text size": lambda: window.choose_size(next(sizes)),
            "theme": lambda: window.choose_theme(next(themes)),
        }
        for page in ("first screen", "results"):
            if page == "results":
                window.bar.search.setText("shelter")
                QTest.qWait(1500)
            for name, change in ways.items():
                wall, cpu = [], []
                for _ in range(rounds):
                    QTest.qWait(250)
                    before, used = time.perf_counter(), time.process_time()
                    change()
                    window.repaint()
                    wall.append((time.perf_counter() - before) * 1000)
                    cpu.append((time.process_time() - used) * 1000)
                late |= statistics.median(wall) > ASKED
                print(f"{page:13} {name:10} median {statistics.median(wall):4.0f} ms, worst {max(wall):4.0f},"
                      f" CPU {statistics.median(cpu):4.0f}")  # fmt: skip
        window.finish()
        window.close()
    print(f"load {os.getloadavg()[0]:.1f}")
    return int(late)


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))
