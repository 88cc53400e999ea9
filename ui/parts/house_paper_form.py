"""Staff settings for paper: title, footer, logo, overdue entries, the printer, and who may open saved sheets."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PySide6.QtCore import QBuffer, QByteArray, Qt, Signal
from PySide6.QtGui import QImageReader, QPixmap
from PySide6.QtWidgets import QComboBox, QLabel, QLineEdit, QWidget

from guide.errors import GuideError, NoAccessError
from guide.records import Printer
from guide.settings import Settings
from guide.text import Language
from ui.dialogs import choose_file
from ui.messages import sentence
from ui.parts.controls import button, column, label
from ui.parts.flow import Flow

_LOGO_HIGH, _LOGO_WIDE = 64, 220
_MOST_BYTES = 2_000_000  # a larger file is not even read


@dataclass(frozen=True)
class HouseAsks:
    """What the form may ask: the printers (beside the window's work), and to keep a logo."""

    printers: Callable[[Callable[[tuple[Printer, ...]], None]], None]
    logo: Callable[[], bytes]
    keep_logo: Callable[[bytes], bytes]


class HousePaperForm(QWidget):
    """Fields whose ``changes`` are kept with the other settings; a logo is kept at once."""

    failed = Signal(object)

    def __init__(self, _: Language, settings: Settings, asks: HouseAsks) -> None:
        """Take the settings and what is asked."""
        super().__init__()
        self._, self._asks, self._fixed = _, asks, settings.printer
        self.title = QLineEdit(settings.sheet_title)
        self.title.setMaxLength(120)
        self.title.setPlaceholderText(_("Helpful numbers"))
        self.footer = QLineEdit(settings.sheet_footer)
        self.footer.setMaxLength(160)
        self.overdue = QComboBox()
        self.overdue.addItem(_("Print them with a stamp"), "stamp")
        self.overdue.addItem(_("Leave them out; crisis lines stay"), "leave out")
        self.overdue.setCurrentIndex(max(0, self.overdue.findData(settings.sheet_overdue)))
        self.printer = QComboBox()
        self.printer.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.visitors = QComboBox()
        self.visitors.addItem(_("Staff alone"), False)
        self.visitors.addItem(_("Staff and visitors"), True)
        self.visitors.setCurrentIndex(int(settings.visitors_open_saved))
        self.picture = QLabel()
        self.picture.setAccessibleName(_("Logo"))
        self._said = label("", "stop")
        self._said.hide()
        self.choose = button(_("Choose a picture…"), self._choose, "folder-open")
        self.take_off = button(_("Take the logo off"), lambda: self.keep(b""), "x")
        parts: list[QWidget | int] = [label(_("Sheets on paper"), "heading")]
        for text, field in (
            (_("Title of a new sheet"), self.title), (_("Line at the foot of each sheet"), self.footer),
            (_("Entries not checked for a long time"), self.overdue), (_("Printer"), self.printer),
            (_("Who may open saved sheets"), self.visitors),
        ):  # fmt: skip
            said = label(text)
            said.setBuddy(field)
            field.setAccessibleName(text)
            field.setMaximumWidth(460)
            parts += [said, field]
        logo = label(_("Logo, an SVG or PNG file. Discreet sheets never show it."))
        box = column(self, *parts, logo, self.picture, self._said, gap=6)
        box.addLayout(Flow([self.choose, self.take_off]))
        self.offer(())
        self._show_logo(asks.logo())
        asks.printers(self.offer)

    def changes(self) -> dict[str, Any]:
        """Return the settings as they stand in the form."""
        return {
            "sheet_title": self.title.text().strip(),
            "sheet_footer": self.footer.text().strip(),
            "sheet_overdue": self.overdue.currentData(),
            "printer": self.printer.currentData(),
            "visitors_open_saved": bool(self.visitors.currentData()),
        }

    def offer(self, printers: tuple[Printer, ...]) -> None:
        """Offer ``printers``; the fixed one stays on offer, also when it is not there now."""
        chosen = self.printer.currentData() if self.printer.count() else self._fixed
        self.printer.clear()
        self.printer.addItem(self._("Whoever prints chooses"), "")
        for printer in printers:
            self.printer.addItem(printer.title, printer.name)
        if chosen and self.printer.findData(chosen) < 0:
            self.printer.addItem(chosen, chosen)
        self.printer.setCurrentIndex(max(0, self.printer.findData(chosen)))

    def keep(self, data: bytes) -> None:
        """Keep a logo, or take it off with b""."""
        self._said.hide()
        try:
            self._show_logo(self._asks.keep_logo(data))
        except GuideError as error:
            self._said.setText(" ".join(sentence(error, self._)))
            self._said.show()

    def read(self, path: Path) -> None:
        """Keep the picture in a file."""
        try:
            with path.open("rb") as file:
                data = file.read(_MOST_BYTES)
        except OSError:
            self.failed.emit(NoAccessError(path=str(path)))
            return
        self.keep(data or b"-")

    def _choose(self) -> None:
        choose_file(self.window(), self._("Choose a picture…"), "*.svg *.png", self.read)

    def _show_logo(self, svg: bytes) -> None:
        self.picture.setPixmap(_drawn(svg) if svg else QPixmap())
        self.picture.setVisible(bool(svg))
        self.take_off.setVisible(bool(svg))


def _drawn(svg: bytes) -> QPixmap:
    buffer = QBuffer()
    buffer.setData(QByteArray(svg))
    buffer.open(QBuffer.OpenModeFlag.ReadOnly)
    reader = QImageReader(buffer, QByteArray(b"svg"))
    size = reader.size()
    if size.isValid() and size.height():
        reader.setScaledSize(size.scaled(_LOGO_WIDE, _LOGO_HIGH, Qt.AspectRatioMode.KeepAspectRatio))
    return QPixmap.fromImage(reader.read())
