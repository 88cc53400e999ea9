"""Printers by Qt: which there are, and pages as pictures where the spooler takes no PDF."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QMarginsF, QRect
from PySide6.QtGui import QImage, QPageSize, QPainter

from guide.errors import PrinterError
from guide.records import PagePicture

JOB_NAME = "Document"  # SAFETY P4


def printers() -> tuple[str, ...]:
    """Return the names of the printers, the default one first."""
    from PySide6.QtPrintSupport import QPrinterInfo

    names = QPrinterInfo.availablePrinterNames()
    default = QPrinterInfo.defaultPrinterName()
    return tuple(sorted(names, key=lambda name: (name != default, name.casefold())))


def image_of(picture: PagePicture) -> QImage:
    """Return a page's picture as an image with pixels of its own."""
    formats = {1: QImage.Format.Format_Grayscale8, 3: QImage.Format.Format_RGB888, 4: QImage.Format.Format_RGBX8888}
    image = QImage(picture.pixels, picture.width, picture.height, picture.stride, formats[picture.channels])
    return image.copy()


def print_pictures(pages: Iterable[PagePicture], printer: str, paper: str, copies: int) -> None:
    """Print pages in grey at 300 dpi, at their true size (facts, print 3). Raises PrinterError."""
    from PySide6.QtPrintSupport import QPrinter, QPrinterInfo

    info = QPrinterInfo.printerInfo(printer)
    if info.isNull():
        raise PrinterError(reason="gone", printer=printer)
    device = QPrinter(info, QPrinter.PrinterMode.HighResolution)
    device.setDocName(JOB_NAME)
    device.setCopyCount(copies)
    size = QPageSize.PageSizeId.A4 if paper == "a4" else QPageSize.PageSizeId.Letter
    device.setPageSize(QPageSize(size))
    device.setFullPage(True)
    device.setPageMargins(QMarginsF(0, 0, 0, 0))
    painter = QPainter()
    if not painter.begin(device):
        raise PrinterError(reason="refused", printer=printer)
    try:
        for number, page in enumerate(pages):
            if number:
                device.newPage()
            area = device.paperRect(QPrinter.Unit.DevicePixel).toRect()
            painter.drawImage(QRect(0, 0, area.width(), area.height()), image_of(page))
    finally:
        painter.end()
