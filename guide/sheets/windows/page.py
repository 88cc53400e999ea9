"""A PDF onto a Windows printer: PDFium draws each page as lines and letters, at its true size (facts, print 3)."""

from __future__ import annotations

import ctypes
from collections.abc import Callable
from contextlib import closing
from typing import Any

import pypdfium2

from guide.errors import PrinterError
from guide.records import PrinterState, PrintJob, PrintOrder
from guide.sheets.preview import PDFIUM
from guide.sheets.ranges import chosen
from guide.sheets.windows import structures as s
from guide.sheets.windows.libraries import Libraries
from guide.sheets.windows.spooler import opened, printers

JOB_NAME = "Document"  # SAFETY P4
_FOR_PAPER = 0x800  # FPDF_PRINTING
_PORTRAIT = 1


def send(with_: Libraries, pdf: bytes, order: PrintOrder, stopped: Callable[[], bool]) -> PrintJob:
    """Draw ``pdf`` onto the printer of ``order``; nothing is written here. ``stopped`` is asked before each page.

    Raises:
        PrinterError: with ``reason`` gone, paused, refused, stopped or failed.
    """
    printer = next((p for p in printers(with_.spooler) if p.name == order.printer), None)
    if printer is None:
        raise PrinterError("That printer is not there any more.", reason="gone", printer=order.printer)
    if printer.state is PrinterState.PAUSED:
        raise PrinterError("The printer is paused.", reason="paused", printer=printer.title)
    mode, rounds = _mode(with_.spooler, order)
    context = with_.drawing.CreateDCW("WINSPOOL", order.printer, None, mode)
    if not context:
        raise PrinterError(reason="refused", printer=order.printer)
    try:
        number = with_.drawing.StartDocW(context, ctypes.byref(s.DocInfo(ctypes.sizeof(s.DocInfo), JOB_NAME)))
        if number <= 0:
            raise PrinterError(reason="refused", printer=order.printer)
        try:
            for _ in range(rounds):
                _draw_pages(with_, context, pdf, order, stopped)
        except PrinterError:
            with_.drawing.AbortDoc(context)
            raise
        if with_.drawing.EndDoc(context) <= 0:
            raise PrinterError(reason="failed", printer=order.printer)
        return PrintJob(order.printer, number)
    finally:
        with_.drawing.DeleteDC(context)


def _draw_pages(with_: Libraries, context: Any, pdf: bytes, order: PrintOrder, stopped: Callable[[], bool]) -> None:
    drawing = with_.drawing
    dots = [drawing.GetDeviceCaps(context, n) for n in (s.LOGPIXELSX, s.LOGPIXELSY)]
    edge = [drawing.GetDeviceCaps(context, n) for n in (s.PHYSICALOFFSETX, s.PHYSICALOFFSETY)]
    # One page at a time under the lock: the preview goes on meanwhile.
    with PDFIUM, closing(pypdfium2.PdfDocument(pdf)) as document:
        pages = chosen(order.pages, len(document))
    for number in pages:
        if stopped():
            raise PrinterError("Printing was stopped.", reason="stopped", printer=order.printer)
        if drawing.StartPage(context) <= 0:
            raise PrinterError(reason="failed", printer=order.printer)
        with PDFIUM, closing(pypdfium2.PdfDocument(pdf)) as document, closing(document[number]) as page:
            wide, high = page.get_size()
            # Paper goes in upright; a page that lies is turned, so that the fold of both sides stays on its edge.
            turned = int(wide > high)
            across, down = (high, wide) if turned else (wide, high)
            size = (round(across / 72 * dots[0]), round(down / 72 * dots[1]))
            with_.render_page(context, page.raw, -edge[0], -edge[1], *size, turned, _FOR_PAPER)
        if drawing.EndPage(context) <= 0:
            raise PrinterError(reason="failed", printer=order.printer)


def _mode(spooler: Any, order: PrintOrder) -> tuple[Any, int]:
    """Return the driver's settings for ``order``, and how often we must draw it all ourselves."""
    most = spooler.DeviceCapabilitiesW(order.printer, None, s.DC_COPIES, None, None)
    by_driver = order.copies if 0 < order.copies <= most < 0x7FFFFFFF else 1
    with opened(spooler, order.printer) as handle:
        size = spooler.DocumentPropertiesW(None, handle, order.printer, None, None, 0)
        if size < ctypes.sizeof(s.DevMode):
            raise PrinterError(reason="refused", printer=order.printer)
        room = ctypes.create_string_buffer(size)
        if spooler.DocumentPropertiesW(None, handle, order.printer, room, None, s.DM_OUT) < 0:
            raise PrinterError(reason="refused", printer=order.printer)
        mode = s.DevMode.from_buffer(room)
        mode.dmOrientation, mode.dmPaperSize, mode.dmScale = _PORTRAIT, s.PAPERS[order.paper], 100
        mode.dmCopies, mode.dmCollate, mode.dmDuplex = by_driver, 1, s.SIDES[order.sides]
        mode.dmFields |= s.DM_ORIENTATION | s.DM_PAPERSIZE | s.DM_SCALE | s.DM_COPIES | s.DM_COLLATE | s.DM_DUPLEX
        if spooler.DocumentPropertiesW(None, handle, order.printer, room, room, s.DM_IN | s.DM_OUT) < 0:
            raise PrinterError(reason="refused", printer=order.printer)
    return room, max(1, order.copies) // by_driver if by_driver == 1 else 1
