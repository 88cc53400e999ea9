"""Our few Lucide icons, tinted with the palette."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QSize
from PySide6.QtGui import QIcon, QImageReader, QPixmap

_FOLDER = Path(__file__).with_name("icons")
# A category's slug -> its icon; a category we do not know gets a plain one.
CATEGORIES = {
    "crisis": "life-buoy",
    "safety": "shield-check",
    "mental-health": "brain",
    "substance-use": "leaf",
    "health": "stethoscope",
    "housing": "bed",
    "food": "utensils",
    "legal": "scale",
    "immigration": "globe",
    "work-money": "briefcase",
    "ids-benefits": "id-card",
    "children-youth": "baby",
    "transport": "bus",
    "staff-training": "graduation-cap",
}
CHANNELS = {
    "voice": "phone",
    "text": "message-square-text",
    "tty": "keyboard",
    "videophone": "video",
    "whatsapp": "message-circle",
    "fax": "file-text",
    "chat": "message-circle",
    "email": "mail",
    "web": "globe",
}


@lru_cache(maxsize=256)
def pixmap(name: str, colour: str, size: int, ratio: float = 1.0) -> QPixmap:
    """Return icon ``name`` in ``colour``, ``size`` px wide, sharp on a screen of device ``ratio``."""
    svg = (_FOLDER / f"{name}.svg").read_text("utf-8").replace("currentColor", colour)
    buffer = QBuffer()
    buffer.setData(QByteArray(svg.encode()))
    buffer.open(QBuffer.OpenModeFlag.ReadOnly)
    reader = QImageReader(buffer, QByteArray(b"svg"))
    side = round(size * ratio)
    reader.setScaledSize(QSize(side, side))
    made = QPixmap.fromImage(reader.read())
    made.setDevicePixelRatio(ratio)
    return made


def icon(name: str, colour: str, size: int = 20) -> QIcon:
    """Return icon ``name`` in ``colour`` for a button."""
    made = QIcon(pixmap(name, colour, size))
    made.addPixmap(pixmap(name, colour, 3 * size))  # Qt makes icons smaller, never larger: for large text
    return made


def category_icon(slug: str) -> str:
    """Return the icon's name for a category."""
    return CATEGORIES.get(slug, "circle-help")
