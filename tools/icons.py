"""Draws the icons of the first screen beside each other into one picture, so that the window need not at start."""

from __future__ import annotations

import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtGui import QColor, QGuiApplication, QImage, QPainter

from ui import icons


def main() -> None:
    """Write the strip (ui/icons.py reads it)."""
    app = QGuiApplication([])
    wanted = icons.first_screen()
    strip = QImage(sum(w[2] for w in wanted), max(w[2] for w in wanted), QImage.Format.Format_ARGB32)
    strip.fill(QColor(0, 0, 0, 0))
    painter = QPainter(strip)
    x = 0
    for one in wanted:
        painter.drawPixmap(x, 0, icons.drawn(*one))
        x += one[2]
    painter.end()
    if not strip.save(str(icons.STRIP)):
        raise SystemExit("the strip could not be written")
    print(f"{icons.STRIP.name}: {len(wanted)} icons, {icons.STRIP.stat().st_size} bytes")
    del app


if __name__ == "__main__":
    main()
