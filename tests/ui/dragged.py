"""Drags the third line of my sheet to the top with the mouse, in a process and on a screen of its own; prints the order.

Qt's offscreen platform knows no dragging, so ``test_dragging`` runs this on a virtual X screen. Usage: dragged.py DATA
"""

from __future__ import annotations

import os
import sys
import traceback
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, QPoint, QPointF, Qt, QTimer
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from guide.records import Audience
from guide.settings import Settings
from ui.start import open_window

LEFT, NONE = Qt.MouseButton.LeftButton, Qt.MouseButton.NoButton


def until(true: Callable[[], bool]) -> None:
    """Let the window go on until something is true, at most for ten seconds."""
    for _turn in range(500):
        if true():
            return
        QTest.qWait(20)


def main(data: Path) -> None:
    """Print the places the lines had before, in their order after."""
    _app, window = open_window([], Settings(data=data, trust=data / "none"))
    ids = window.guide.service_ids(Audience.VISITOR)[:4]
    for one in ids:
        window.basket.toggle(one)
    window.go("sheet")
    lines = window.rooms.sheet.chosen.list
    until(lambda: lines.count() == 4 and not window.jobs.busy)
    view, screen = lines.viewport(), window.windowHandle()

    def at(row: int, below: int) -> QPoint:
        line = lines.visualItemRect(lines.item(row))
        return view.mapTo(window, QPoint(line.center().x(), line.top() + below))

    def send(to: QObject, kind: QEvent.Type, place: QPoint, button: Qt.MouseButton, held: Qt.MouseButton) -> None:
        local = QPointF(place if to is screen else view.mapFrom(window, place))
        everywhere = QPointF(window.mapToGlobal(place))
        QApplication.sendEvent(to, QMouseEvent(kind, local, everywhere, button, held, Qt.KeyboardModifier.NoModifier))

    start, end = at(2, 10), at(0, 2)

    def carry() -> None:  # while Qt's own loop of dragging runs, the screen's events steer it
        for step in range(1, 6):
            send(screen, QEvent.Type.MouseMove, start + (end - start) * step / 5, NONE, LEFT)
            QApplication.processEvents()
        send(screen, QEvent.Type.MouseButtonRelease, end, LEFT, NONE)

    QTimer.singleShot(200, carry)
    send(view, QEvent.Type.MouseButtonPress, start, LEFT, LEFT)
    for further in (12, 25):
        send(view, QEvent.Type.MouseMove, start - QPoint(0, further), NONE, LEFT)
    until(lambda: window.basket.ids != tuple(ids))
    order = [str(lines.item(n).data(Qt.ItemDataRole.UserRole)) for n in range(4)]
    sys.stdout.write(f"{[ids.index(one) for one in window.basket.ids]} {order == list(window.basket.ids)}")
    sys.stdout.flush()
    window.finish()


if __name__ == "__main__":
    try:
        main(Path(sys.argv[1]))
    finally:
        if sys.exc_info()[0] is not None:
            traceback.print_exc()
        os._exit(0)  # lanes may still run
