"""Draws the icons of the first screen beside each other, and those of the style sheet, in the colours of each theme."""

from __future__ import annotations

import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtGui import QColor, QGuiApplication, QImage, QPainter

from ui import icons, style
from ui.themes import THEMES

SHEET = {"check": "on_brand", "chevron-up": "ink_2", "chevron-down": "ink_2"}


def main() -> None:
    """Write the strips and the few tinted files (ui/icons.py and ui/style.py read them)."""
    app = QGuiApplication([])
    for theme in THEMES.values():
        style.wear(theme)
        wanted = icons.first_screen()
        strip = QImage(sum(w[2] for w in wanted), max(w[2] for w in wanted), QImage.Format.Format_ARGB32)
        strip.fill(QColor(0, 0, 0, 0))
        painter = QPainter(strip)
        x = 0
        for one in wanted:
            painter.drawPixmap(x, 0, icons.drawn(*one))
            x += one[2]
        painter.end()
        kept = icons.strip_file()
        if not strip.save(str(kept)):
            raise SystemExit("the strip could not be written")
        print(f"{kept.name}: {len(wanted)} icons, {kept.stat().st_size} bytes")
        for name, role in SHEET.items():
            drawing = kept.with_name(f"{name}.svg").read_text("utf-8").replace('width="2"', 'width="3"')
            kept.with_name(f"{name}-{theme.name}.svg").write_text(
                drawing.replace("currentColor", getattr(theme, role)), "utf-8"
            )
    del app


if __name__ == "__main__":
    main()
