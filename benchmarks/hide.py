"""From the third press of Shift to the painted cover: 500 trials in every state a visit can be in (SAFETY Q4: 100 ms).

Usage: hide.py [TRIALS]. A trial brings the window into its state and gives the third press at a moment settled before;
what the window is busy with then counts, as for a hand on a key. It goes to the system's window as Qt sends it, and
the time ends when the cover's frame is on the backing store and flushed. Beside it threads typeset, draw pages for a
printer and look through an update; a trial where they had ended already is told as such. One JSON line: ms at p50, p99
and the worst, all and by state; ``cpu`` is the window's own thread alone, which a loaded machine does not lengthen.
"""

from __future__ import annotations

import json
import os
import random
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
from PySide6.QtWidgets import QApplication, QComboBox, QPushButton

from benchmarks.verify_apply import made
from guide.records import Paper, Phone, Printer, PrintJob, PrintOrder, SheetOptions
from guide.settings import STARTER_CATALOG
from ui.dialogs import choose_file, choose_folder, name_file
from ui.main_window import MainWindow
from ui.report_desk import ask_what_is_wrong
from ui.start import open_window

State = Callable[[], object]
_PATIENCE = 30.0
_BUSY = ("typesetting", "printing", "importing")


def turn(until: Callable[[], bool] = lambda: True, seconds: float = 0.0) -> None:
    """Let the window work for ``seconds`` and until ``until``; between the turns Python's lock is free for threads."""
    began = time.perf_counter()
    while True:
        QApplication.processEvents()
        spent = time.perf_counter() - began
        if spent >= seconds and until():
            return
        if spent > _PATIENCE:
            _fail("the window did not come to rest")
        time.sleep(0.004)


class Trials:
    """One window, its states, and the times from key to frame."""

    def __init__(self, window: MainWindow, bundle: Path) -> None:
        """Take the window, and an update to look through meanwhile."""
        self._window, self._bundle, self._painted, self._spent = window, bundle, 0.0, 0.0
        self._chance = random.Random(6)
        self.idle = 0
        self.cpu: list[float] = []
        self.times: dict[str, list[float]] = {}
        stay = window.cover.stay

        def painted() -> None:
            if not self._painted:
                self._painted, self._spent = time.perf_counter(), time.thread_time()
            stay()

        window.cover.stay = painted  # type: ignore[method-assign] - called right after the frame is painted

    def run(self, name: str, state: State) -> None:
        """Bring about ``state``, press Shift three times, note the time, and come back."""
        window = self._window
        state()
        due = time.perf_counter() + self._chance.uniform(0.005, 0.03)
        while time.perf_counter() < due:
            QApplication.processEvents()
            time.sleep(0.001)
        self._press()
        self._press()
        due = time.perf_counter() + self._chance.uniform(0.005, 0.02)
        while time.perf_counter() < due:
            QApplication.processEvents()
            time.sleep(0.001)
        self.idle += name in _BUSY and not window.jobs.busy
        self._painted, spent = 0.0, time.thread_time()
        self._press()
        if not window.cover.covers:
            _fail(f"{name}: not covered")
        self.times.setdefault(name, []).append((self._painted - due) * 1000)
        self.cpu.append((self._spent - spent) * 1000)
        turn(lambda: not window.jobs.busy)
        window.cover.uncover()
        turn()

    def _press(self) -> None:
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            seen = [w for w in QApplication.topLevelWindows() if w.isVisible()]
            front = next((w for w in seen if w.type() == Qt.WindowType.Popup), None) or QApplication.modalWindow()
            event = QKeyEvent(kind, Qt.Key.Key_Shift, Qt.KeyboardModifier.NoModifier)
            QApplication.sendEvent(front or self._window.windowHandle(), event)

    # --- states -------------------------------------------------------------------------------------
    def states(self) -> dict[str, State]:
        """Return what brings about each state."""
        return self._pages() | self._works() | self._dialogs() | self._dressed() | self._staff()

    def _pages(self) -> dict[str, State]:
        window = self._window
        first = window.guide.home(window.audience).call_now[0]

        def number(phone: Phone | None) -> None:
            if phone is None:
                _fail("the first line has no such number")
            window.phones.show(phone, first.name.text)
            turn(lambda: window.rooms.here == "dial")

        def browse() -> None:
            window.finding.browse("legal")
            turn(lambda: not window.jobs.busy)

        def door() -> None:
            window.go("unlock")
            turn(lambda: not window.jobs.busy)

        return {
            "home": lambda: window.go("home"), "results": self._results, "browse": browse, "sheet": self._sheet,
            "number": lambda: number(first.phone), "text": lambda: number(first.text), "unlock": door,
        }  # fmt: skip

    def _works(self) -> dict[str, State]:
        window, guide = self._window, self._window.guide
        every = guide.service_ids(window.audience)
        return {
            "typesetting": lambda: self._work(lambda _p: guide.sheet(every, SheetOptions(), window.audience)),
            "printing": lambda: self._print(guide.sheet(every[:12], SheetOptions(), window.audience)),
            "importing": lambda: self._work(lambda p: guide.preview(self._bundle, p)),
        }

    def _dialogs(self) -> dict[str, State]:
        window, guide = self._window, self._window.guide
        first = guide.home(window.audience).call_now[0].id
        paper = guide.sheet([first], SheetOptions(), window.audience)

        def menu(number: int) -> None:
            openers = [b for b in window.bar.findChildren(QPushButton) if b.menu() is not None]
            openers[number].menu().popup(window.mapToGlobal(QPoint(60, 60)))

        def choosing() -> None:
            self._sheet()
            next(box for box in window.rooms.sheet.findChildren(QComboBox) if box.isVisible()).showPopup()

        def idle() -> None:
            window.finding.remember(None, 0)
            window.idle.ask()

        return {
            "print dialog": lambda: self._print(paper, send=False), "still there": idle,
            "something wrong": lambda: ask_what_is_wrong(window, first),
            "open a file": lambda: choose_file(window, " ", "*.guide", _nothing),
            "open a folder": lambda: choose_folder(window, " ", _nothing),
            "save a file": lambda: name_file(window, " ", "sheet.pdf", _nothing),
            "languages": lambda: menu(0), "size and colors": lambda: menu(1), "a list to choose from": choosing,
        }  # fmt: skip

    def _dressed(self) -> dict[str, State]:
        window = self._window

        def dressed(language: str, theme: str = "light") -> None:
            window.looks.percent, window.looks.theme = 200, theme
            window.looks.wear()
            window.choose_language(language)
            self._results()

        return {f"200 % {language}": lambda one=language: dressed(one) for language in ("en", "es", "ar")} | {
            "200 % ar dark": lambda: dressed("ar", "dark")
        }

    def _staff(self) -> dict[str, State]:
        window = self._window

        def staff(page: str) -> None:
            window.unlocked()
            if page != "updates":
                window.go(page)
            turn(lambda: not window.jobs.busy)

        pages = ("updates", "checks", "own", "own-form", "house", "settings", "welcome")
        return {f"staff: {page}": lambda page=page: staff(page) for page in pages}

    def _sheet(self) -> None:
        window = self._window
        for card in window.guide.home(window.audience).call_now:
            if not window.basket.has(card.id):
                window.basket.toggle(card.id)
        window.go("sheet")
        turn(lambda: window.rooms.sheet.paper is not None)

    def _results(self) -> None:
        window = self._window
        window.bar.set_words("shelter")
        window.finding.find("shelter")
        turn(lambda: window.rooms.here == "results" and window.rooms.results.answer is not None)

    def _work(self, task: Callable[..., object]) -> None:
        self._window.jobs.work(task, _nothing, _fail)

    def _print(self, paper: Paper, *, send: bool = True) -> None:
        """Open the real dialog; with ``send`` let it draw the pages as for a printer that takes pictures."""
        window, desk = self._window, Printer("desk", "Front desk")

        def draw(pdf: bytes, order: PrintOrder, _stopped: Callable[[], bool]) -> PrintJob:
            for _picture in window.guide.press.pictures(pdf, order):
                pass
            return PrintJob(order.printer)

        window.desk.way = replace(window.desk.way, printers=lambda: (desk,), send=draw)
        window.desk.print_sheet(paper, "letter", window._)
        dialog = window.desk.dialog
        turn(lambda: dialog is not None and dialog.printer.count() > 0)  # type: ignore[attr-defined]
        if send:
            dialog._print()  # type: ignore[union-attr]


def _nothing(_: object) -> None:
    pass


def _fail(error: object) -> NoReturn:
    raise SystemExit(str(error))


def main(trials: int = 500) -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as folder:
        settings, _second, third, _clock = made(Path(folder), STARTER_CATALOG)
        _app, window = open_window([], replace(settings, data=Path(folder) / "window"))
        window.resize(1280, 800)
        try:
            turn(lambda: not window.jobs.busy, 1.5)
            found = Trials(window, third)
            states = found.states()
            for _ in range(-(-trials // len(states))):
                for name, state in states.items():
                    found.run(name, state)
        finally:  # else its threads would keep this process for ever
            window.finish()
            window.close()
    every, cpu = sorted(t for times in found.times.values() for t in times), sorted(found.cpu)
    figures = {
        "trials": float(len(every)), "p50_ms": statistics.median(every), "p99_ms": every[int(len(every) * 0.99)],
        "worst_ms": every[-1], "p50_cpu_ms": statistics.median(cpu), "p99_cpu_ms": cpu[int(len(cpu) * 0.99)],
        "worst_cpu_ms": cpu[-1], "busy_no_more": float(found.idle),
    }  # fmt: skip
    figures |= {f"{name}_worst_ms": max(times) for name, times in found.times.items()}
    sys.stderr.write(f"load {os.getloadavg()}\n")
    print(json.dumps({name: round(value, 1) for name, value in figures.items()}))


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
