"""Checks that every part is there: run inside a finished package, and by whoever doubts an installation."""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale
from PySide6.QtGui import QFontDatabase, QImageReader
from PySide6.QtWidgets import QApplication

from guide.errors import GuideError
from guide.self_test import Check, core_checks
from guide.settings import Settings
from ui.start import STYLED

if TYPE_CHECKING:
    from ui.main_window import MainWindow

_PATIENCE = 20  # seconds that a page's questions may take on an old computer


def self_test() -> int:
    """Return 0 when all of it works, else 1; each check says its name, how it went and how long it took."""
    failed = 0
    with tempfile.TemporaryDirectory(prefix="guide-", ignore_cleanup_errors=True) as folder:
        app = QApplication.instance() or QApplication(list(STYLED))
        for name, check in (*core_checks(Path(folder)), *_window_checks(Path(folder) / "window")):
            began = time.perf_counter()
            why = ""
            try:
                good = bool(check())
            except (GuideError, ImportError, OSError, RuntimeError) as error:
                good, why = False, f": {type(error).__name__}: {error}"
            _say(f"{'ok    ' if good else 'FAILED'} {name} ({time.perf_counter() - began:.1f} s){why}")
            failed += not good
        del app
    _say("All of it works." if not failed else f"{failed} of the checks failed.")
    return 1 if failed else 0


def _window_checks(data: Path) -> Iterator[tuple[str, Check]]:
    yield "svg", lambda: b"svg" in [bytes(f.data()) for f in QImageReader.supportedImageFormats()]
    yield "fonts on screen", lambda: _fonts() >= {"Atkinson Hyperlegible", "Noto Sans", "Almarai"}
    yield "printing by Qt", _qt_prints
    yield (
        "the window in each language, and every page",
        lambda: all(_window(data / code, code) for code in ("en", "es", "ar")),
    )


def _fonts() -> set[str]:
    from ui import fonts

    for code in ("en", "ar"):
        fonts.window_font(code)
    return set(QFontDatabase.families())


def _qt_prints() -> bool:
    from PySide6.QtPrintSupport import QPrinter

    return QPrinter().resolution() > 0


def _window(data: Path, code: str) -> bool:
    """Open the real window on an empty folder and look whether anything is on it; once on every page, staff's too."""
    from ui.start import open_window

    app, window = open_window(["--language", code], Settings(data=data))
    try:
        wanted = {"home"}
        seen = _seen(app, window, wanted)
        if code == "en":
            window.unlocked()
            wanted = set(window.rooms.keys)
            seen = _seen(app, window, wanted)
        return seen == wanted and QLocale(code).name() != ""
    finally:
        window.close()
        window.finish()


def _seen(app: QApplication, window: MainWindow, pages: set[str]) -> set[str]:
    """Make and show ``pages``; return those on which something stands."""
    seen = set()
    for key in sorted(pages):
        window.go(key)
        until = time.monotonic() + _PATIENCE
        while True:
            app.processEvents()
            if not window.jobs.busy or time.monotonic() > until:
                break
            time.sleep(0.005)
        picture = window.grab().toImage()
        colours = {picture.pixel(x, y) for x in range(0, picture.width(), 37) for y in range(0, picture.height(), 23)}
        if len(colours) > 3:
            seen.add(key)
    return seen


def _say(line: str) -> None:
    """Write to the console where there is one: a packaged program of Windows has none."""
    if sys.stdout is not None:
        sys.stdout.write(line + "\n")
        sys.stdout.flush()
