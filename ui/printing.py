"""Printers by Qt, where the spooler takes no PDF: which there are, and pages as pictures."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from PySide6.QtCore import QMarginsF, QRect
from PySide6.QtGui import QImage, QPageSize, QPainter

from guide.errors import PrinterError
from guide.records import PagePicture, Printer, PrinterState, PrintOrder

JOB_NAME = "Document"  # SAFETY P4


def printers() -> tuple[Printer, ...]:
    """Return the printers Qt knows, the default one first."""
    from PySide6.QtPrintSupport import QPrinter, QPrinterInfo

    states = {
        QPrinter.PrinterState.Idle: PrinterState.READY,
        QPrinter.PrinterState.Active: PrinterState.BUSY,
        QPrinter.PrinterState.Aborted: PrinterState.TROUBLE,
        QPrinter.PrinterState.Error: PrinterState.TROUBLE,
    }
    default = QPrinterInfo.defaultPrinterName()
    infos = [QPrinterInfo.printerInfo(name) for name in QPrinterInfo.availablePrinterNames()]
    found = [
        Printer(
            info.printerName(),
            info.description() or info.printerName(),
            states.get(info.state(), PrinterState.UNKNOWN),
            info.printerName() == default,
        )
        for info in infos
        if not info.isNull()
    ]
    return tuple(sorted(found, key=lambda p: (not p.default, p.title.casefold())))


def image_of(picture: PagePicture) -> QImage:
    """Return a page's picture as an image with pixels of its own."""
    formats = {1: QImage.Format.Format_Grayscale8, 3: QImage.Format.Format_RGB888, 4: QImage.Format.Format_RGBX8888}
    image = QImage(picture.pixels, picture.width, picture.height, picture.stride, formats[picture.channels])
    return image.copy()


def print_pictures(pages: Iterable[PagePicture], order: PrintOrder, stopped: Callable[[], bool]) -> None:
    """Print upright pages in grey at 300 dpi, at their true size (facts, print 3); in any thread.

    Raises:
        PrinterError: with ``reason`` gone, refused or stopped.
    """
    from PySide6.QtPrintSupport import QPrinter, QPrinterInfo

    info = QPrinterInfo.printerInfo(order.printer)
    if info.isNull():
        raise PrinterError("That printer is not there any more.", reason="gone", printer=order.printer)
    device = QPrinter(info, QPrinter.PrinterMode.HighResolution)
    device.setDocName(JOB_NAME)
    device.setCopyCount(order.copies)
    device.setCollateCopies(True)
    ways = {
        "one-sided": QPrinter.DuplexMode.DuplexNone,
        "two-sided-long-edge": QPrinter.DuplexMode.DuplexLongSide,
        "two-sided-short-edge": QPrinter.DuplexMode.DuplexShortSide,
    }
    device.setDuplex(ways[order.sides])
    size = QPageSize.PageSizeId.A4 if order.paper == "a4" else QPageSize.PageSizeId.Letter
    device.setPageSize(QPageSize(size))
    device.setFullPage(True)
    device.setPageMargins(QMarginsF(0, 0, 0, 0))
    painter = QPainter()
    if not painter.begin(device):
        raise PrinterError(reason="refused", printer=order.printer)
    try:
        for number, page in enumerate(pages):
            if stopped():
                device.abort()
                raise PrinterError("Printing was stopped.", reason="stopped", printer=order.printer)
            if number:
                device.newPage()
            area = device.paperRect(QPrinter.Unit.DevicePixel).toRect()
            painter.drawImage(QRect(0, 0, area.width(), area.height()), image_of(page))
    finally:
        painter.end()
