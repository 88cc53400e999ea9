"""From the third press of Shift to the painted cover: 500 trials in every state a visit can be in (SAFETY Q4: 100 ms).

Usage: hide.py [TRIALS]. Each trial brings the window into its state, sends the key to the system's window as Qt does,
and takes the time until the cover's frame is on the backing store and flushed. Behind it threads typeset, print and
take in an update, so that they are in the way as in life. One JSON line: ms at p50, p99 and the worst, all and by state; ``cpu``
is the window's own thread alone, which a loaded machine does not lengthen.
"""

from __future__ import annotations

import json
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import NoReturn

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton

from benchmarks.verify_apply import made
from guide.records import Paper, Printer, SheetOptions
from guide.settings import STARTER_CATALOG
from ui.main_window import MainWindow
from ui.parts.print_dialog import PrintDialog
from ui.start import open_window

_STEP = 20  # ms


class Trials:
    """One window, its states, and the times from key to frame."""

    def __init__(self, window: MainWindow, bundle: Path) -> None:
        """Take the window, and an update to look through meanwhile."""
        self._window, self._bundle, self._painted, self._spent = window, bundle, 0.0, 0.0
        self.cpu: list[float] = []
        self.times: dict[str, list[float]] = {}
        stay = window.cover.stay

        def painted() -> None:
            if not self._painted:
                self._painted, self._spent = time.perf_counter(), time.thread_time()
            stay()

        window.cover.stay = painted  # type: ignore[method-assign] - called right after the frame is painted

    def run(self, name: str, state: Callable[[], object]) -> None:
        """Bring about ``state``, press Shift three times, note the time, and come back."""
        window = self._window
        state()
        self._settle(20)
        front = (QApplication.activePopupWidget() or QApplication.activeModalWidget() or window).windowHandle()
        self._press(front)
        self._press(front)
        self._settle(5)
        self._painted = 0.0
        began, spent = time.perf_counter(), time.thread_time()
        self._press(front)
        if not window.cover.covers:
            _fail(f"{name}: not covered")
        self.times.setdefault(name, []).append((self._painted - began) * 1000)
        self.cpu.append((self._spent - spent) * 1000)
        while window.jobs.busy:
            self._settle(_STEP)
        window.cover.uncover()
        self._settle(5)

    def _settle(self, ms: int) -> None:
        QTest.qWait(ms)

    def _press(self, front: object) -> None:
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            event = QKeyEvent(kind, Qt.Key.Key_Shift, Qt.KeyboardModifier.NoModifier)
            QApplication.sendEvent(front, event)  # type: ignore[arg-type]

    # --- states -------------------------------------------------------------------------------------
    def states(self) -> dict[str, Callable[[], object]]:
        """Return what brings about each state."""
        window, guide = self._window, self._window.guide
        ids = tuple(card.id for card in guide.home(window.audience).call_now)

        def results() -> None:
            window.bar.set_words("shelter")
            window.finding.find("shelter")
            self._settle(150)

        def sheet() -> None:
            for one in ids:
                if not window.basket.has(one):
                    window.basket.toggle(one)
            window.go("sheet")
            self._settle(400)

        def typesetting() -> None:
            window.jobs.work(lambda _p: guide.sheet(guide.service_ids(window.audience), SheetOptions(), window.audience),
                             _nothing, _fail)  # fmt: skip

        def printing() -> None:
            dialog = PrintDialog(window, window._, Paper(b"", 2), lambda *_: None, lambda: None, window.hide_now)
            dialog.open()
            dialog.offer([Printer("desk", "Front desk")], 2)
            window.jobs.aside(lambda: sum(range(3_000_000)), _nothing, _fail)

        def importing() -> None:
            window.jobs.work(lambda p: guide.preview(self._bundle, p), _nothing, _fail)

        def menu() -> None:
            opener = next(b for b in window.bar.findChildren(QPushButton) if b.menu() is not None)
            opener.menu().popup(window.mapToGlobal(QPoint(60, 60)))

        def large(language: str) -> None:
            window.looks.percent = 200
            window.choose_language(language)
            results()

        def dial() -> None:
            phone = guide.home(window.audience).call_now[0].phone
            if phone is not None:
                window.phones.show(phone, "988")
            self._settle(80)

        return {
            "home": lambda: window.go("home"), "results": results, "number": dial, "sheet": sheet,
            "typesetting": typesetting, "printing": printing, "importing": importing, "menu": menu,
            "file dialog": self._file, "200 % en": lambda: large("en"), "200 % es": lambda: large("es"),
            "200 % ar": lambda: large("ar"),
        }  # fmt: skip

    def _file(self) -> None:
        from ui.dialogs import choose_file

        choose_file(self._window, " ", "*.guide", _nothing)


def _nothing(_: object) -> None:
    pass


def _fail(error: object) -> NoReturn:
    raise SystemExit(str(error))


def main(trials: int = 500) -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as folder:
        settings, second, third, _clock = made(Path(folder), STARTER_CATALOG)
        del second
        _app, window = open_window([], replace(settings, data=Path(folder) / "window"))
        window.resize(1280, 800)
        QTest.qWait(1500)
        found = Trials(window, third)
        states = found.states()
        for _ in range(-(-trials // len(states))):
            for name, state in states.items():
                found.run(name, state)
        window.finish()
        window.close()
    every = sorted(t for times in found.times.values() for t in times)
    figures = {"trials": float(len(every)), "p50_ms": statistics.median(every), "worst_ms": every[-1]}
    figures["p99_ms"] = every[int(len(every) * 0.99)]
    cpu = sorted(found.cpu)
    figures |= {"p50_cpu_ms": statistics.median(cpu), "p99_cpu_ms": cpu[int(len(cpu) * 0.99)], "worst_cpu_ms": cpu[-1]}
    figures |= {f"{name}_worst_ms": max(times) for name, times in found.times.items()}
    sys.stderr.write(f"load {os.getloadavg()}\n")
    print(json.dumps({name: round(value, 1) for name, value in figures.items()}))


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
