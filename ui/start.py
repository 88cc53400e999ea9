"""Puts the window together: the one place where everything is made and handed on."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtWidgets import QApplication

from guide import settings as house
from guide.app import Guide
from guide.settings import Settings
from guide.text import SHIPPED
from ui import crash, style
from ui.main_window import MainWindow


def arguments(argv: Sequence[str]) -> argparse.Namespace:
    """Return what was asked for on the command line."""
    parser = argparse.ArgumentParser(prog="guide-window", description="Open the guide.")
    parser.add_argument("--data", type=Path, help="where this guide keeps its data")
    parser.add_argument("--language", choices=SHIPPED, help="the language to start in")
    parser.add_argument("--self-test", action="store_true", help="check that every part is there, and end")
    parser.add_argument("bundle", nargs="?", type=Path, help="an update to look at in the staff area")
    return parser.parse_args(argv)


def open_window(argv: Sequence[str], settings: Settings | None = None) -> tuple[QApplication, MainWindow]:
    """Make the program and its window, and show it. The home screen is there with the first paint.

    ``settings`` stand in for those of ``--data`` where a tour or a test brings its own.
    """
    asked = arguments(argv)
    settings = settings or house.load(asked.data)
    existing = QApplication.instance()
    app = existing if isinstance(existing, QApplication) else QApplication(["guide"])
    app.setStyle("Fusion")
    app.setPalette(style.palette())
    app.setApplicationName("guide")  # no display name: Qt would add it to the title of the cover (SAFETY Q5)
    window = MainWindow(Guide(settings), asked.language or settings.language)
    window.resize(1280, 800)
    window.show()
    if asked.bundle is not None:
        window.offer_bundle(asked.bundle)
    return app, window


def main(argv: Sequence[str] | None = None) -> int:
    """Open the guide and return when it is closed."""
    argv = sys.argv[1:] if argv is None else argv
    if arguments(argv).self_test:
        from ui.selftest import self_test

        return self_test(arguments(argv).data)
    app, window = open_window(argv)
    crash.install(window.say_bug)
    code = app.exec()
    window.finish()
    return code


if __name__ == "__main__":
    sys.exit(main())
