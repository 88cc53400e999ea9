"""What can be pressed has a name and is large enough, on every page and in every dialog (SAFETY A4, A5)."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QComboBox,
    QLineEdit,
    QTextEdit,
    QWidget,
)

from tests.ui.conftest import House
from tests.ui.walk import every_page

_PRESSED = (QAbstractButton, QComboBox, QAbstractSpinBox, QLineEdit, QTextEdit, QAbstractItemView)
_LARGE = ("Hide now", "Call", "Copy", "Print", "Text")  # SAFETY A5: 44 px


def controls(top: QWidget) -> list[QWidget]:
    """Return what a person can act on in ``top``, whether the Tab key or the pointer comes to it."""
    parts = [w for w in top.findChildren(QWidget) if w.window() is top and w.isVisibleTo(top)]
    taken = [w for w in parts if isinstance(w, _PRESSED) or w.focusPolicy() & Qt.FocusPolicy.TabFocus]
    return [
        w for w in taken if not (w.objectName().startswith("qt_") or isinstance(w.parentWidget(), QAbstractSpinBox))
    ]


def spoken(part: QWidget) -> str:
    """Return what a screen reader says of ``part``."""
    return QAccessible.queryAccessibleInterface(part).text(QAccessible.Text.Name)


@pytest.mark.parametrize("percent", [100, 200])
def test_everything_to_press_has_a_name_and_is_large_enough(house: House, percent: int) -> None:
    """SAFETY A4, A5: 24 px everywhere, 44 px for Hide, Call, Copy, Text and Print."""
    house.window.choose_size(percent)
    house.wait()
    unnamed, small = [], []
    for page, top in every_page(house):
        for part in controls(top):
            told = (page, type(part).__name__, part.property("kind"), spoken(part), part.width(), part.height())
            if not spoken(part).strip():
                unnamed.append(told)
            if part.property("kind") == "unseen":
                continue  # for screen readers alone (SAFETY Q3)
            large = isinstance(part, QAbstractButton) and spoken(part).split(":")[0].strip().startswith(_LARGE)
            least = 44 if large else 24
            if min(part.width(), part.height()) < least:
                small.append(told)
    assert "\n".join(map(str, unnamed)) == ""
    assert "\n".join(map(str, small)) == ""
