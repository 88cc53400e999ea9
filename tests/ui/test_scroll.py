"""What a screen reader meets in a page that scrolls: the same with a bar and without one (SAFETY A4)."""

from __future__ import annotations

import ast
from pathlib import Path

from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from ui.parts.scroll import Scroll

UI = Path(__file__).resolve().parents[2] / "ui"


def told(area: QWidget) -> list[str]:
    """Return the names of what a screen reader is told to be inside."""
    met = QAccessible.queryAccessibleInterface(area)
    return [met.child(number).object().objectName() for number in range(met.childCount())]


def test_a_bar_that_comes_and_goes_is_no_child_for_a_screen_reader(qtbot: QtBot) -> None:
    """SAFETY A4: Qt reads beyond its list when asked for a bar that has just gone, and the program ends."""
    area, inner = Scroll(sideways=True), QLabel("short")
    qtbot.addWidget(area)
    area.setWidget(inner)
    area.resize(120, 120)
    area.show()
    before = told(area)
    inner.setText("a long line that needs both of them " * 9 + "\n" * 90)
    QApplication.processEvents()
    assert area.verticalScrollBar().isVisible()
    assert area.horizontalScrollBar().isVisible()
    assert told(area) == before == ["qt_scrollarea_viewport"]
    area.hide()
    assert told(area) == before


def test_every_page_that_scrolls_is_one_of_ours() -> None:
    """SAFETY A4: none is Qt's own by mistake."""
    named = {
        path.relative_to(UI).as_posix()
        for path in UI.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.ImportFrom)
        and {"QScrollArea", "QAbstractScrollArea"} & {one.name for one in node.names}
    }
    assert named == {"parts/scroll.py"}
