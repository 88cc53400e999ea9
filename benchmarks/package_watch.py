"""What every package of the size benchmark waits for: its first paint. It imports nothing of ours, so a bare one stays bare."""

import os
import sys
import time

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication, QWidget


class _Paint(QObject):
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint:
            used = time.process_time()
            now = time.clock_gettime(time.CLOCK_MONOTONIC)
            sys.stdout.write(f"{used * 1000:.1f} {now:.6f}\n")
            sys.stdout.flush()
            os._exit(0)
        return False


def until_painted(window: QWidget) -> None:
    """Run until ``window`` is painted; write the CPU milliseconds so far and the monotonic time (s), and end."""
    watch = _Paint()
    window.installEventFilter(watch)
    QApplication.exec()
