"""Pictures of every page and dialog in each language, theme and text size, side by side: build/matrix.

    python -m tools.matrix [PLACE ...]

One sheet a place and text size: languages from top to bottom, themes from left to right, each page in its full height.
What does not fit in its place (the same look as tests/ui/test_look.py) is told in words, and the code is then 1.
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

os.environ["QT_QPA_PLATFORM"] = "offscreen"

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPixmap
from PySide6.QtWidgets import QApplication, QScrollArea, QWidget

from guide.settings import PROGRAM
from tests.ui.test_look import cut_off
from tools.matrix_places import Places

OUT = PROGRAM / "build" / "matrix"
LANGUAGES, THEMES = ("en", "es", "ar"), ("light", "dark", "contrast")
SIZES = {100: (1280, 800), 200: (1024, 700)}
_WIDE, _GAP, _TALLEST = 520, 8, 2600


class Matrix:
    """The window in all its places, and the pictures taken of it."""

    def __init__(self, places: Places) -> None:
        """Take the places."""
        self._places, self._tiles = places, dict[tuple[str, int], list[QPixmap]]()
        self.faults: list[str] = []

    def take(self, wanted: Sequence[str]) -> None:
        """Take every picture of the places that are ``wanted``, all where none is named."""
        for percent, size in SIZES.items():
            for language in LANGUAGES:
                for theme in THEMES:
                    self._places.begin(language, theme, percent, size)
                    for name, go in self._places.all().items():
                        if not wanted or name in wanted:
                            self._picture(name, percent, go(), f"{language}, {theme}, {percent} %")
                            self._places.leave()
                    sys.stdout.write(f"{percent} % {language} {theme}\n")
                    sys.stdout.flush()

    def _picture(self, name: str, percent: int, seen: QWidget, how: str) -> None:
        window = self._places.window
        if seen is window and not window.over.covers:
            inside = [a for a in window.findChildren(QScrollArea) if a.isVisible() and a.verticalScrollBar().maximum()]
            more = max((area.verticalScrollBar().maximum() for area in inside), default=0)
            window.resize(window.width(), min(window.height() + more, _TALLEST))
        self._places.settle()
        self.faults += [f"{name} ({how}): {fault}" for fault in cut_off(seen)]
        picture = seen.grab()
        self._tiles.setdefault((name, percent), []).append(
            picture.scaledToWidth(min(_WIDE, picture.width()), Qt.TransformationMode.SmoothTransformation)
        )
        window.resize(*SIZES[percent])

    def keep(self) -> None:
        """Write one sheet a place and text size."""
        for (name, percent), tiles in self._tiles.items():
            rows = [tiles[n : n + len(THEMES)] for n in range(0, len(tiles), len(THEMES))]
            high = [max(tile.height() for tile in row) for row in rows]
            sheet = QImage(len(THEMES) * (_WIDE + _GAP), sum(high) + _GAP * len(high), QImage.Format.Format_RGB32)
            sheet.fill(QColor("#888888"))
            painter, y = QPainter(sheet), 0
            for row, tall in zip(rows, high, strict=True):
                for column, tile in enumerate(row):
                    painter.drawPixmap(QRect(column * (_WIDE + _GAP), y, tile.width(), tile.height()), tile)
                y += tall + _GAP
            painter.end()
            sheet.save(str(OUT / f"{name}-{percent}.png"))


def main(wanted: Sequence[str]) -> int:
    """Take the pictures; return 1 where something does not fit."""
    OUT.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        places = Places(Path(folder))
        try:
            matrix = Matrix(places)
            matrix.take(wanted)
            matrix.keep()
        finally:
            places.finish()
    sys.stdout.write("\n".join([*matrix.faults, f"{len(matrix.faults)} do not fit; pictures: build/matrix", ""]))
    return 1 if matrix.faults else 0


if __name__ == "__main__":
    code = main(sys.argv[1:])
    QApplication.processEvents()
    sys.exit(code)
