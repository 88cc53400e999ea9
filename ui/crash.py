"""Our own bugs: a calm sentence, and a line in the log that holds no content (SAFETY N4)."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import PurePath
from types import TracebackType

from PySide6.QtCore import QtMsgType, qInstallMessageHandler


def where(error: BaseException, at: TracebackType | None) -> str:
    """Return what kind of bug it was and where, without its message: that could hold what somebody typed."""
    import traceback

    frames = traceback.extract_tb(at)
    places = " < ".join(f"{PurePath(f.filename).name}:{f.lineno}" for f in reversed(frames[-4:]))
    return f"{type(error).__name__} at {places}"


def install(tell: Callable[[], None]) -> None:
    """Send every bug to the log and call ``tell``, which shows a calm sentence."""

    def hook(kind: type[BaseException], error: BaseException, at: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, at)
            return
        _write(where(error, at))
        tell()

    sys.excepthook = hook
    qInstallMessageHandler(_qt)


def _qt(kind: QtMsgType, _: object, message: str) -> None:
    if kind in (QtMsgType.QtWarningMsg, QtMsgType.QtCriticalMsg, QtMsgType.QtFatalMsg):
        _write(f"Qt: {message.split(':')[0][:80]}")


def _write(line: str) -> None:
    """Write a line to standard error; ``logging`` costs ten milliseconds before the first paint."""
    if sys.stderr is not None:
        sys.stderr.write(f"guide: {line}\n")
