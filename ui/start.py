"""Puts the window together: the one place where everything is made and handed on."""

from __future__ import annotations

import gc
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from PySide6.QtCore import QSize
    from PySide6.QtWidgets import QApplication

    from guide.settings import Settings
    from ui.main_window import MainWindow


# One style looks alike on every system; setStyle() would import QStyle for its answer: 8 ms.
STYLED = ("guide", "-style", "Fusion")
_SIZE, _FRAME = (1280, 800), 40  # px; the frame that a system puts around a window


class Asked(NamedTuple):
    """What was asked for on the command line."""

    data: Path | None = None
    language: str | None = None
    self_test: bool = False
    bundle: Path | None = None
    kiosk: bool = False


def arguments(argv: Sequence[str]) -> Asked:
    """Return what ``argv`` asks for; wrong usage ends the program with code 2."""
    if not argv:
        return Asked()  # as every morning: nothing to parse
    import argparse

    from guide.text import SHIPPED

    parser = argparse.ArgumentParser(prog="guide-window", description="Open the guide.")
    parser.add_argument("--data", type=Path, help="where this guide keeps its data")
    parser.add_argument("--language", choices=SHIPPED, help="the language to start in")
    parser.add_argument("--kiosk", action="store_true", help="the whole screen, closed by staff alone")
    parser.add_argument("--self-test", action="store_true", help="check that every part is there, and end")
    parser.add_argument("bundle", nargs="?", type=Path, help="an update to look at in the staff area")
    return Asked(**vars(parser.parse_args(argv)))


def open_window(argv: Sequence[str], settings: Settings | None = None) -> tuple[QApplication, MainWindow]:
    """Make the program and its window, and show it. The home screen is there with the first paint.

    ``settings`` stand in for those of ``--data`` where a tour or a test brings its own.
    """
    return _opened(arguments(argv), settings)


def start(asked: Asked) -> tuple[QApplication, MainWindow]:
    """Open the window as the program does when it begins.

    Nothing made on the way to the first frame is garbage, so nobody looks for any until then: that is 10 ms, and
    later searches for garbage are shorter.
    """
    gc.disable()
    try:
        return _opened(asked)
    finally:
        gc.freeze()
        gc.enable()


def fits(room: QSize) -> bool:
    """Say whether the window and its frame go into ``room`` px.

    Where they do not, it takes the whole screen: else Hide now would lie beyond the edge (SAFETY Q1).
    """
    return room.width() >= _SIZE[0] + _FRAME and room.height() >= _SIZE[1] + _FRAME


def _opened(asked: Asked, settings: Settings | None = None) -> tuple[QApplication, MainWindow]:
    # Imported here: --help needs no window, and ``start`` stops the search for garbage before it loads Qt.
    from PySide6.QtWidgets import QApplication

    _spare_sources()
    from guide import settings as house
    from guide.app import Guide
    from ui import style, system_look
    from ui.main_window import MainWindow

    settings = settings or house.load(asked.data)
    if asked.kiosk:
        settings = house.in_kiosk(settings)
    existing = QApplication.instance()
    app = existing if isinstance(existing, QApplication) else QApplication(list(STYLED))
    system_look.at_start()  # before the program has colours of its own
    app.setPalette(style.palette())
    app.setApplicationName("guide")  # no display name: Qt would add it to the title of the cover (SAFETY Q5)
    window = MainWindow(Guide(settings), asked.language or settings.language)
    room = window.screen().availableGeometry().size()
    roomy = fits(room) or app.platformName() == "offscreen"
    window.resize(*_SIZE if roomy else (min(_SIZE[0], room.width() - _FRAME), min(_SIZE[1], room.height() - _FRAME)))
    if settings.kiosk:
        from ui.kiosk import Kiosk

        Kiosk(window)
        window.showFullScreen()
    elif not roomy:
        window.showMaximized()
    else:
        window.show()
    if sys.platform == "darwin":
        from ui.opened_files import OpenedFiles

        OpenedFiles(app, window)
    if asked.bundle is not None:
        window.offer_bundle(asked.bundle)
    return app, window


def _spare_sources() -> None:
    """Keep PySide from reading the source of every module that is imported after it.

    It looks for its own name there, to know who may ask for its optional spelling ("from __feature__ import ..."),
    which nobody here does. Reading them took up to 40 ms, mostly right after the first frame, and kept 1 MB of text
    (measured with 6.9.3). Where another PySide does this otherwise, everything stays as it was.
    """
    feature = vars(sys.modules.get("shibokensupport.feature", sys))
    if "_mod_uses_pyside" in feature:
        feature["_mod_uses_pyside"] = lambda module: module.__name__.startswith("ui.")


def main(argv: Sequence[str] | None = None) -> int:
    """Open the guide and return when it is closed."""
    asked = arguments(sys.argv[1:] if argv is None else argv)
    if asked.self_test:
        from ui.selftest import self_test

        return self_test()
    from guide.errors import GuideError
    from ui import crash

    try:
        app, window = start(asked)
    except (
        GuideError
    ) as error:  # the data is gone or damaged: a sentence and what to do, never a window that does not come
        from ui.no_window import no_window

        no_window(error, asked.language).exec()
        return error.exit_code

    crash.install(window.say_bug)
    code = app.exec()
    window.finish()
    return code


if __name__ == "__main__":
    sys.exit(main())
