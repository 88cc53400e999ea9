"""Checks that every part is there: run inside a finished package, and by whoever doubts an installation."""

from __future__ import annotations

import importlib
import sys
import tempfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from PySide6.QtGui import QImageReader
from PySide6.QtWidgets import QApplication

from guide import settings as house
from guide.app import Guide
from guide.errors import GuideError
from guide.records import Audience, Question, SheetOptions
from ui import icons, style

_LAZY = ("guide.cli", "guide.publish.readers.source", "guide.publish.release", "ui.tour", "ui.printing")


def self_test(data: Path | None) -> int:
    """Return 0 when all of it works, else 1; each check says its name and how it went."""
    failed = 0
    with tempfile.TemporaryDirectory() as folder:
        settings = replace(house.load(data), data=Path(folder))
        guide = Guide(settings)
        app = QApplication.instance() or QApplication(["guide"])
        checks: dict[str, Callable[[], object]] = {
            "home": lambda: guide.home(Audience.VISITOR).call_now,
            "search": lambda: guide.search(Question("shelter")).cards,
            "sheet": lambda: guide.sheet([c.id for c in guide.home(Audience.VISITOR).call_now], SheetOptions(),
                                         Audience.VISITOR).pages,
            "trust": lambda: guide.status().edition.number,
            "staff lock": lambda: _locks(guide),
            "icons": lambda: not icons.pixmap("search", style.now().ink, 20).isNull(),
            "svg": lambda: b"svg" in [bytes(f.data()) for f in QImageReader.supportedImageFormats()],
            "modules": lambda: [importlib.import_module(name) for name in _LAZY],
        }  # fmt: skip
        for name, check in checks.items():
            try:
                good = bool(check())
            except (GuideError, ImportError, OSError) as error:
                good = False
                sys.stderr.write(f"{name}: {error}\n")
            sys.stdout.write(f"{'ok    ' if good else 'FAILED'} {name}\n")
            failed += not good
        guide.close()
        del app
    return 1 if failed else 0


def _locks(guide: Guide) -> bool:
    guide.staff.choose("a passphrase to test")
    return guide.staff.is_set_up()
