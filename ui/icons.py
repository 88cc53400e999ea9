"""Our few Lucide icons, tinted with the palette."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from PySide6.QtGui import QGuiApplication, QIcon, QPixmap, QTransform

from ui import style

_FOLDER = Path(__file__).with_name("icons")
_LARGE, _TILE, _SIGNED = 60, 44, 32  # px: a button's icon for text of 200 %, a tile's square, the mark of who signed
_BUTTONS = (
    ("search", "brand"),
    ("languages", "ink"),
    ("a-large-small", "ink"),
    ("eye-off", "on_hide"),
    ("phone", "on_brand"),
    ("copy", "ink"),
    ("message-square-text", "ink"),
    ("search", "ink_2"),
    ("printer", "ink_2"),
    ("file-text", "ink"),
    ("rotate-ccw", "ink_2"),
    ("lock", "ink_2"),
)
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
_TURNING = {"chevron-left", "chevron-right", "undo-2", "redo-2"}  # back, on, and between editions
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
def pixmap(name: str, colour: str, size: int, ratio: float = 1.0, ground: str = "") -> QPixmap:
    """Return icon ``name`` in ``colour``, ``size`` px wide, sharp on a screen of device ``ratio``.

    With a colour for the ``ground`` it stands in the middle of a rounded square ``size`` px wide.
    """
    side = round(size * ratio)
    strip, places = _strip()
    place = places.get((name, colour, side, ground))
    made = drawn(name, colour, side, ground) if place is None else strip.copy(place, 0, side, side)
    made.setDevicePixelRatio(ratio)
    return made


def drawn(name: str, colour: str, side: int, ground: str = "") -> QPixmap:
    """Return icon ``name`` drawn from its SVG, ``side`` pixels wide."""
    from PySide6.QtCore import QBuffer, QByteArray, QSize
    from PySide6.QtGui import QImageReader

    svg = (_FOLDER / f"{name}.svg").read_text("utf-8").replace("currentColor", colour)
    if ground:
        square = f'<rect x="-10" y="-10" width="44" height="44" rx="8" stroke="none" fill="{ground}"/>'
        svg = svg.replace('viewBox="0 0 24 24"', 'viewBox="-10 -10 44 44"').replace(">", f">{square}", 1)
    buffer = QBuffer()
    buffer.setData(QByteArray(svg.encode()))
    buffer.open(QBuffer.OpenModeFlag.ReadOnly)
    reader = QImageReader(buffer, QByteArray(b"svg"))
    reader.setScaledSize(QSize(side, side))
    return QPixmap.fromImage(reader.read())


def icon(name: str, colour: str) -> QIcon:
    """Return icon ``name`` in ``colour`` for a button. Qt makes icons smaller, never larger: it is for large text.

    What points along the line points the other way where lines run from right to left.
    """
    made = pixmap(name, colour, _LARGE)
    if name in _TURNING and QGuiApplication.isRightToLeft():
        made = made.transformed(QTransform(-1, 0, 0, 1, 0, 0))
    return QIcon(made)


def category_icon(slug: str) -> str:
    """Return the icon's name for a category."""
    return CATEGORIES.get(slug, "circle-help")


def first_screen() -> tuple[tuple[str, str, int, str], ...]:
    """Return name, colour, side and ground of each icon on the first screen at 100 %, in the strip's order."""
    worn = style.now()
    tiles = tuple((name, worn.brand, _TILE, worn.brand_soft) for name in sorted(set(CATEGORIES.values())))
    buttons = ((name, getattr(worn, role), _LARGE, "") for name, role in _BUTTONS)
    return (*tiles, *dict.fromkeys(buttons), ("badge-check", worn.go, _SIGNED, ""))


def strip_file() -> Path:
    """Return the file with the first screen's icons in the colours of now."""
    return _FOLDER / f"first-screen-{style.now().name}.png"


def _strip() -> tuple[QPixmap, dict[tuple[str, str, int, str], int]]:
    return _strip_of(style.now().name)


@lru_cache(maxsize=3)
def _strip_of(_theme: str) -> tuple[QPixmap, dict[tuple[str, str, int, str], int]]:
    """Return the first screen's icons, drawn beforehand beside each other (tools/icons.py), and where each begins.

    Forty SVG files are twenty milliseconds before the first paint; the strip is one.
    """
    places, x = {}, 0
    for one in first_screen():
        places[one] = x
        x += one[2]
    strip = QPixmap(str(strip_file()))
    return strip, places if strip.width() == x else {}
