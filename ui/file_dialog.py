"""The dialog in which staff choose a file: drawn by us, so that Hide now is in it too (SAFETY Q1, Q2).

The system's own would not tell us of three presses of Shift, could not be closed from here on every system, and
would keep a list of what was opened. Qt's keeps one too, which is turned off (N1).
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from PySide6.QtCore import QLibraryInfo, QSettings, Qt, QTranslator
from PySide6.QtWidgets import QApplication, QFileDialog, QHeaderView, QTreeView, QWidget

from guide.text import Language
from ui.parts.controls import button, row

_KIND, _DAY = 2, 3  # columns of Qt's list; the kind says "pdf File"
_LARGE = 25  # px of text from which the day has no room beside the name


class FileDialog(QFileDialog):
    """Speaks the window's language and has Hide now at the top."""

    def __init__(self, parent: QWidget, title: str, pattern: str = "") -> None:
        """Take who asks, what for, and the names of the files to show, as "*.pdf"."""
        _keep_no_list()
        window = parent.window()
        speech = getattr(window, "_", None) or Language("en")
        self._words = _words_of_qt(speech.code)
        super().__init__(parent, title, str(Path.home()), pattern)
        self.setOption(QFileDialog.Option.DontUseNativeDialog)
        self.setOption(QFileDialog.Option.DontUseCustomDirectoryIcons)
        self.setLayoutDirection(parent.layoutDirection())
        self.setWindowTitle(" ")
        self.finished.connect(self._speak_as_before)
        hide = getattr(window, "hide_now", None)
        layout = self.layout()
        if hide is not None and layout is not None:
            made, head = button(speech("Hide now"), hide, "eye-off", "hide"), QWidget()
            row(head, -1, made, margin=9)
            layout.setMenuBar(head)  # the one place above everything else, at the end where it always is
            self._first_by_tab(made)
        tree = self.findChild(QTreeView, "treeView")
        if tree is not None:  # name, size and day in full at every text size; the kind is the name's ending
            tree.setColumnHidden(_KIND, True)
            tree.setColumnHidden(_DAY, self.fontInfo().pixelSize() > _LARGE)
            tree.header().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
            tree.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        room = self.screen().availableSize()
        self.resize(min(max(820, self.sizeHint().width()), room.width() - 40), min(540, room.height() - 60))

    def _first_by_tab(self, made: QWidget) -> None:
        """Put ``made`` before what Qt made: behind its first field, then that one behind it. At once Qt would see a ring
        in which the last stands before the first already.
        """
        first = self.nextInFocusChain()
        while first is not None and not first.focusPolicy().value & Qt.FocusPolicy.TabFocus.value:
            first = first.nextInFocusChain()
        if first is not None:
            QWidget.setTabOrder(first, made)
            QWidget.setTabOrder(made, first)

    def _speak_as_before(self, _answer: int) -> None:
        QApplication.removeTranslator(self._words)
        if sys.platform == "win32":  # there the list lies in the registry, whatever path is set
            self.destroyed.connect(lambda: QSettings(QSettings.Scope.UserScope, "QtProject").remove("FileDialog"))


def _words_of_qt(language: str) -> QTranslator:
    """Let Qt's own words in the dialog be those of ``language``, where Qt has them."""
    words = QTranslator()
    if words.load(f"qtbase_{language}", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
        QApplication.installTranslator(words)
    return words


def _keep_no_list() -> None:
    """Give Qt no place to write down which folders were looked into."""
    if sys.platform not in ("win32", "darwin"):
        QSettings.setPath(QSettings.Format.NativeFormat, QSettings.Scope.UserScope, os.devnull)
