"""A small picture of each layout: enough to tell a card from a booklet at a glance."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPixmap

from ui import style

_WIDE, _HIGH = 44, 52
# Lines of words as (x, y, width, thickness) on a sheet of 100 by 130; folds and cuts as (x1, y1, x2, y2), dashed.
_LINES: dict[str, list[tuple[float, float, float, float]]] = {
    "list": [(12, y, w, t) for y in (34, 62, 90) for y, w, t in ((y, 46, 8), (y + 11, 62, 4))],
    "columns": [(x, y, w, t) for x in (12, 54) for y in (34, 58, 82, 106) for y, w, t in ((y, 26, 6), (y + 9, 34, 3))],
    "large": [(12, y, w, t) for y in (36, 76) for y, w, t in ((y, 76, 14), (y + 20, 60, 7))],
    "pocket": [(38, y, 24, 4) for y in (14, 24, 46, 56, 78, 88, 108, 118)],
    "cards": [(x, y, 26, 4) for x in (12, 58) for y in (14, 40, 66, 92, 116)],
    "poster": [(12, 12, 76, 12), (12, 34, 60, 5), (12, 46, 66, 5), (12, 58, 52, 5)],
    "trifold": [(x, y, 22, 4) for x in (6, 39, 72) for y in (32, 44, 56, 68, 80, 92)],
    "booklet": [(x, y, 32, 4) for x in (9, 58) for y in (38, 50, 62, 74, 86)],
    "referral": [(12, 34, 50, 9), (12, 50, 72, 4), (12, 70, 76, 1.5), (12, 86, 76, 1.5), (12, 102, 76, 1.5)],
}
_TITLED = ("list", "columns", "large", "referral")
_CUTS: dict[str, list[tuple[float, float, float, float]]] = {
    "pocket": [(30, y, 70, y) for y in (36, 68, 100)],
    "cards": [(50, 2, 50, 128), *((2, y, 98, y) for y in (27, 53, 79, 105))],
    "poster": [(x, 84, x, 128) for x in (11, 21, 31, 41, 51, 61, 71, 81, 91)],
    "trifold": [(34, 20, 34, 110), (67, 20, 67, 110)],
    "booklet": [(50, 24, 50, 106)],
}
_SHEETS = {"pocket": (30, 2, 40, 126), "trifold": (2, 20, 96, 90), "booklet": (2, 24, 96, 82)}


def layout_picture(slug: str, scale: style.Scale, *, mirrored: bool, ratio: float = 2.0) -> QPixmap:
    """Return the picture of layout ``slug``; ``mirrored`` where words run from right to left."""
    wide, high = scale.px(_WIDE), scale.px(_HIGH)
    made = QPixmap(round(wide * ratio), round(high * ratio))
    made.setDevicePixelRatio(ratio)
    made.fill(Qt.GlobalColor.transparent)
    paint = QPainter(made)
    paint.setRenderHint(QPainter.RenderHint.Antialiasing)
    paint.scale(wide / 100, high / 130)
    if mirrored:
        paint.translate(100, 0)
        paint.scale(-1, 1)
    paint.setPen(QPen(QColor(style.now().field_line), 3))
    paint.setBrush(QColor(style.now().card))
    paint.drawRect(QRectF(*_SHEETS.get(slug, (4, 2, 92, 126))))
    paint.setPen(Qt.PenStyle.NoPen)
    paint.setBrush(QColor(style.now().ink_2))
    if slug in _TITLED:
        paint.drawRect(QRectF(12, 12, 40, 9))
    for x, y, width, thick in _LINES.get(slug, _LINES["list"]):
        paint.drawRect(QRectF(x, y, width, thick))
    pen = QPen(QColor(style.now().brand), 2.5, Qt.PenStyle.DashLine)
    paint.setPen(pen)
    for x1, y1, x2, y2 in _CUTS.get(slug, ()):
        paint.drawLine(QPointF(x1, y1), QPointF(x2, y2))
    paint.end()
    return made
