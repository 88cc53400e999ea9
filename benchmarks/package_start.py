"""What a benchmark's package runs: the guide's window until its first paint, then the CPU time it took (ms)."""

import os
import sys
import time


def until_painted(window) -> None:  # type: ignore[no-untyped-def]
    """Run until ``window`` is painted; write CPU milliseconds and end."""
    from PySide6.QtCore import QEvent, QObject
    from PySide6.QtWidgets import QApplication

    class Watch(QObject):
        def eventFilter(self, watched, event):  # type: ignore[no-untyped-def]
            if event.type() == QEvent.Type.Paint:
                used = os.times()
                sys.stdout.write(
                    f"{(used.user + used.system) * 1000:.0f} {time.clock_gettime(time.CLOCK_MONOTONIC):.6f}\n"
                )
                sys.stdout.flush()
                os._exit(0)
            return False

    watch = Watch()
    window.installEventFilter(watch)
    QApplication.exec()


def main() -> None:
    """Open the window as the program does."""
    from ui.start import arguments, start

    _, window = start(arguments(sys.argv[1:]))
    until_painted(window)


if __name__ == "__main__":
    main()
