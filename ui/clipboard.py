"""Copies a number or a word: nothing else, out of clipboard histories, and gone after a minute (SAFETY C1)."""

from __future__ import annotations

import sys

from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QGuiApplication

_TOKEN_FORMAT = "application/x-guide-token"  # noqa: S105 - a name, not a secret
_WINDOWS = {
    "ExcludeClipboardContentFromMonitorProcessing": 1,
    "CanIncludeInClipboardHistory": 0,
    "CanUploadToCloudClipboard": 0,
    "Clipboard Viewer Ignore": 1,
}


class PrivateClipboard(QObject):
    """What the guide put on the clipboard, and the minute it may stay there."""

    def __init__(self, seconds: int) -> None:
        """Take how long a copied text may stay."""
        super().__init__()
        self._token = b""
        self._timer = QTimer(self, singleShot=True, interval=seconds * 1000)
        self._timer.timeout.connect(self.clear)

    def copy(self, text: str) -> None:
        """Put ``text`` alone on the clipboard, marked so that histories and clouds leave it out."""
        import secrets
        import struct

        from PySide6.QtCore import QByteArray, QMimeData

        self._token = secrets.token_bytes(16)
        data = QMimeData()
        data.setText(text)
        data.setData(_TOKEN_FORMAT, QByteArray(self._token))
        if sys.platform == "win32":
            for name, value in _WINDOWS.items():
                data.setData(f'application/x-qt-windows-mime;value="{name}"', QByteArray(struct.pack("<I", value)))
        elif sys.platform != "darwin":
            data.setData("x-kde-passwordManagerHint", QByteArray(b"secret"))
        QGuiApplication.clipboard().setMimeData(data)
        self._timer.start()

    def clear(self) -> None:
        """Empty the clipboard when what is on it is still ours; leave another program's text alone."""
        self._timer.stop()
        clipboard = QGuiApplication.clipboard()
        found = clipboard.mimeData()
        if self._token and found is not None and bytes(found.data(_TOKEN_FORMAT).data()) == self._token:
            clipboard.clear()
        self._token = b""

    def forget(self) -> None:
        """Empty it of all this program put there, also words a visitor copied or only selected in the search box."""
        from PySide6.QtGui import QClipboard

        self.clear()
        clipboard = QGuiApplication.clipboard()
        if clipboard.ownsClipboard():
            clipboard.clear()
        if clipboard.supportsSelection() and clipboard.ownsSelection():
            clipboard.clear(QClipboard.Mode.Selection)
