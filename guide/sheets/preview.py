"""Pages of a PDF as pictures, by PDFium: for the preview, and for printers that take only pixels."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import closing

import pypdfium2

from guide.records import PagePicture

PDFIUM = threading.Lock()  # PDFium is not made for threads (facts, print 3)
_POINTS = 72


def page_count(pdf: bytes) -> int:
    """Return the number of pages."""
    with PDFIUM, closing(pypdfium2.PdfDocument(pdf)) as document:
        return len(document)


def page_size(pdf: bytes, page: int) -> tuple[float, float]:
    """Return how wide and high page ``page`` (from 0) is, in points."""
    with PDFIUM, closing(pypdfium2.PdfDocument(pdf)) as document, closing(document[page]) as found:
        wide, high = found.get_size()
        return float(wide), float(high)


def page_picture(pdf: bytes, page: int, width: int) -> PagePicture:
    """Return page ``page`` (from 0), ``width`` pixels wide, in colour."""
    with PDFIUM, closing(pypdfium2.PdfDocument(pdf)) as document, closing(document[page]) as found:
        return _picture(found, width / found.get_width(), grey=False)


def pages_for_raster(pdf: bytes, dpi: int = 300) -> Iterator[PagePicture]:
    """Yield each page in 8-bit grey at ``dpi``, for a printer driver that draws pixels."""
    for page in range(page_count(pdf)):
        with PDFIUM, closing(pypdfium2.PdfDocument(pdf)) as document, closing(document[page]) as found:
            picture = _picture(found, dpi / _POINTS, grey=True)
        yield picture  # outside the lock: who draws this page may look at another one meanwhile


def page_for_raster(pdf: bytes, page: int, dpi: int = 300) -> PagePicture:
    """Return page ``page`` (from 0) in 8-bit grey at ``dpi`` as it lies on upright paper."""
    with PDFIUM, closing(pypdfium2.PdfDocument(pdf)) as document, closing(document[page]) as found:
        lies = found.get_width() > found.get_height()
        return _picture(found, dpi / _POINTS, grey=True, turn=90 * lies)


def _picture(page: pypdfium2.PdfPage, scale: float, *, grey: bool, turn: int = 0) -> PagePicture:
    bitmap = page.render(scale=scale, grayscale=grey, rev_byteorder=True, prefer_bgrx=False, rotation=turn)
    try:
        return PagePicture(bitmap.width, bitmap.height, bitmap.stride, bitmap.n_channels, bytes(bitmap.buffer))
    finally:
        bitmap.close()
