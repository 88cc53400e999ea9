"""Chooses a logo from a file, shows it, and takes it off again."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, Qt, Signal
from PySide6.QtGui import QImageReader, QPixmap
from PySide6.QtWidgets import QLabel, QWidget

from guide.errors import GuideError, NoAccessError
from guide.text import Language
from ui.dialogs import choose_file
from ui.messages import sentence
from ui.parts.controls import button, column, label
from ui.parts.flow import Flow

_HIGH, _WIDE = 64, 220
_MOST_BYTES = 2_000_000  # a larger file is not even read


class LogoField(QWidget):
    """The picture and its two buttons; ``taken`` makes it harmless (and may keep it), and may refuse."""

    failed = Signal(object)
    changed = Signal()

    def __init__(self, _: Language, title: str, taken: Callable[[bytes], bytes], svg: bytes) -> None:
        """Take what stands above it, what takes a picture and returns it as it is kept, and the one there is."""
        super().__init__()
        self._, self._taken, self.svg = _, taken, svg
        self.picture = QLabel()
        self.picture.setAccessibleName(_("Logo"))
        self.said = label("", "stop")
        self.said.hide()
        self.choose = button(_("Choose a picture…"), self._choose, "folder-open")
        self.take_off = button(_("Take the logo off"), lambda: self.keep(b""), "x")
        column(self, label(title), self.picture, self.said, gap=6).addLayout(Flow([self.choose, self.take_off]))
        self.show_logo(svg)

    def show_logo(self, svg: bytes) -> None:
        """Show a logo that is harmless already; b"" for none."""
        self.svg = svg
        self.said.hide()
        self.picture.setPixmap(_drawn(svg) if svg else QPixmap())
        self.picture.setVisible(bool(svg))
        self.take_off.setVisible(bool(svg))

    def keep(self, data: bytes) -> None:
        """Take a picture, or none with b""; say why when it cannot be."""
        try:
            self.show_logo(self._taken(data))
        except GuideError as error:
            self.said.setText(" ".join(sentence(error, self._)))
            self.said.show()
        else:
            self.changed.emit()

    def read(self, path: Path) -> None:
        """Take the picture in a file."""
        try:
            with path.open("rb") as file:
                data = file.read(_MOST_BYTES)
        except OSError:
            self.failed.emit(NoAccessError(path=str(path)))
            return
        self.keep(data or b"-")

    def _choose(self) -> None:
        choose_file(self.window(), self._("Choose a picture…"), "*.svg *.png", self.read)


def _drawn(svg: bytes) -> QPixmap:
    buffer = QBuffer()
    buffer.setData(QByteArray(svg))
    buffer.open(QBuffer.OpenModeFlag.ReadOnly)
    reader = QImageReader(buffer, QByteArray(b"svg"))
    size = reader.size()
    if size.isValid() and size.height():
        reader.setScaledSize(size.scaled(_WIDE, _HIGH, Qt.AspectRatioMode.KeepAspectRatio))
    return QPixmap.fromImage(reader.read())
