"""Whether this PC has a program for phone calls, and handing it a number."""

from __future__ import annotations

import shutil
import subprocess
import sys

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication


def find_handler() -> bool:
    """Say whether something here opens tel: links; takes up to a second, so ask in a job.

    Facts, qt 6: opening such a link reports success with no handler at all, so it is looked for first.
    """
    if sys.platform == "win32":
        return _windows_handler()
    tool = shutil.which("xdg-mime")
    if tool is None or sys.platform == "darwin":
        return False
    try:
        command = [tool, "query", "default", "x-scheme-handler/tel"]
        done = subprocess.run(command, capture_output=True, timeout=3, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return bool(done.stdout.strip())


def dial(number: str) -> bool:
    """Hand ``number`` (digits, + in front where international) to the PC's phone program; say whether it was taken."""
    if QGuiApplication.platformName() == "offscreen":
        return False
    return QDesktopServices.openUrl(QUrl(f"tel:{number}"))


def _windows_handler() -> bool:  # pragma: no cover - Windows alone
    import ctypes

    size = ctypes.c_ulong(1024)
    found = ctypes.create_unicode_buffer(1024)
    query = ctypes.windll.shlwapi.AssocQueryStringW  # type: ignore[attr-defined,unused-ignore]
    return any(query(0x1000, kind, "tel", "open", found, ctypes.byref(size)) == 0 for kind in (1, 20))
