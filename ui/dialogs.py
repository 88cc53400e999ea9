"""Dialogs: asking staff for a file, and putting away whatever is open (SAFETY Q1, I3)."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QToolTip, QWidget

Chosen = Callable[[Path], object]


def choose_file(parent: QWidget, title: str, pattern: str, then: Chosen) -> QFileDialog:
    """Let staff choose a file that is there and hand it to ``then``; the window goes on meanwhile."""
    from ui.file_dialog import FileDialog

    made = FileDialog(parent, title, pattern)
    made.setFileMode(QFileDialog.FileMode.ExistingFile)
    return _opened(made, then)


def choose_folder(parent: QWidget, title: str, then: Chosen) -> QFileDialog:
    """Let staff choose a folder and hand it to ``then``."""
    from ui.file_dialog import FileDialog

    made = FileDialog(parent, title)
    made.setFileMode(QFileDialog.FileMode.Directory)
    made.setOption(QFileDialog.Option.ShowDirsOnly)
    return _opened(made, then)


def name_file(parent: QWidget, title: str, name: str, then: Chosen) -> QFileDialog:
    """Let staff say where to write ``name`` and hand the place to ``then``."""
    from ui.file_dialog import FileDialog

    made = FileDialog(parent, title, f"*{Path(name).suffix}")
    made.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    made.setDefaultSuffix(Path(name).suffix[1:])
    made.selectFile(name)
    return _opened(made, then)


def fit(dialog: QDialog) -> None:
    """Make ``dialog`` as high as its folded words need; Qt by itself stops at two thirds of the screen (A3)."""
    dialog.ensurePolished()
    layout, room = dialog.layout(), dialog.screen().availableSize()
    widest, highest = room.width() - 40, room.height() - 60
    width = min(max(dialog.minimumWidth(), dialog.sizeHint().width()), widest)
    if layout is None:
        dialog.resize(width, min(dialog.height(), highest))
        return
    while layout.totalHeightForWidth(width) > highest and width < widest:  # large text: wider before anything is cut
        width = min(width + 60, widest)
    dialog.resize(width, min(layout.totalHeightForWidth(width), highest))


def put_away() -> None:
    """Close every dialog, menu and hint of this program; each is answered with no."""
    QToolTip.hideText()
    while (popup := QApplication.activePopupWidget()) is not None:
        popup.close()
    for dialog in QApplication.topLevelWidgets():
        if isinstance(dialog, QDialog) and dialog.isVisible():
            dialog.hide()
            dialog.reject()


def _opened(dialog: QFileDialog, then: Chosen) -> QFileDialog:
    # Never exec(): a dialog with a loop of its own would outlive the visit that opened it.
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.fileSelected.connect(lambda path: then(Path(path)))
    dialog.open()
    return dialog
