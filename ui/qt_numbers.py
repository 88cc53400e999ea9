"""A few values of Qt's namespace by their numbers, set as properties: the namespace itself costs 25 ms to import.

PySide makes the hundred enumerations in ``PySide6.QtCore.Qt`` when that name is first touched. What is built
before the first paint therefore says ``set_number(widget, "textFormat", PLAIN_TEXT)``; everything later uses ``Qt``.
Qt keeps these numbers for as long as it keeps its binary interface; a test compares them.
"""

from __future__ import annotations

from PySide6.QtCore import QObject

PLAIN_TEXT = 0  # Qt.TextFormat.PlainText
NO_FOCUS = 0  # Qt.FocusPolicy.NoFocus
NO_SCROLL_BAR = 1  # Qt.ScrollBarPolicy.ScrollBarAlwaysOff
LEFT_TO_RIGHT, RIGHT_TO_LEFT, BY_THE_TEXT = 0, 1, 2  # Qt.LayoutDirection
RIGHT_CENTERED = 0x92  # Qt.AlignmentFlag AlignVCenter, AlignRight and AlignAbsolute
TOP_CENTER = 0x24  # Qt.AlignmentFlag AlignTop and AlignHCenter
FOLDED = 0x1000  # Qt.TextFlag.TextWordWrap
LEFT_FOLDED = 0x1091  # Qt.AlignmentFlag AlignVCenter, AlignLeft and AlignAbsolute, with TextWordWrap
RIGHT_FOLDED = 0x1092


def set_number(thing: QObject, name: str, number: int) -> None:
    """Give ``thing`` the property ``name``. Raises AttributeError where Qt knows none of that name."""
    if not thing.setProperty(name, number):
        raise AttributeError(f"{type(thing).__name__} has no property {name}")


def load_names() -> None:
    """Make Qt's namespace now, when nobody waits: everything after the first frame names its values."""
    from PySide6.QtCore import Qt  # noqa: F401
