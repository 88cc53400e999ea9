"""One window in one process for start.py: prints when it first painted, its longest freeze, its memory."""

from __future__ import annotations

import json
import os
import sys
import time

T0 = int(os.environ["GUIDE_BENCH_T0"])


def main(kind: str, data: str) -> None:
    """Open the empty or the real window, watch it for three seconds, print one JSON line."""
    if kind == "guide":
        from ui.start import arguments, start

        app, window = start(arguments(["--data", data]))
    else:
        from PySide6.QtWidgets import QApplication, QMainWindow

        app = QApplication([])
        window = QMainWindow()
        window.resize(1280, 800)
        window.show()
    from PySide6.QtCore import QEvent, QObject, QTimer

    seen = {"paint": 0.0, "cpu": 0.0, "freeze": 0.0}

    class Watch(QObject):
        """Notes the first paint of the window."""

        def eventFilter(self, _: QObject, event: QEvent) -> bool:
            if event.type() == QEvent.Type.Paint and not seen["paint"]:
                QTimer.singleShot(0, painted)
            return False

    last = 0

    def painted() -> None:
        nonlocal last
        if not seen["paint"]:
            seen["paint"] = (time.monotonic_ns() - T0) / 1e6
            seen["cpu"] = time.process_time() * 1e3
            last = time.monotonic_ns()
            beat.start(1)

    def tick() -> None:
        nonlocal last
        now = time.monotonic_ns()
        if (now - T0) / 1e6 - seen["paint"] < 2000:
            seen["freeze"] = max(seen["freeze"], (now - last) / 1e6)
        last = now

    def finish() -> None:
        with open("/proc/self/statm", encoding="ascii") as file:  # noqa: PTH123
            pages = int(file.read().split()[1])
        seen["rss"] = pages * os.sysconf("SC_PAGE_SIZE") / 1e6
        print(json.dumps(seen), flush=True)
        window.close()
        app.quit()

    watch = Watch()
    window.installEventFilter(watch)
    beat = QTimer()
    beat.timeout.connect(tick)
    QTimer.singleShot(3500, finish)
    app.exec()
    os._exit(0)


main(*sys.argv[1:3])
