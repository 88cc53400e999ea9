"""The door to this PC's printers: a PDF goes there from memory, under a neutral name (SAFETY P4, N1)."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from functools import cache
from typing import TYPE_CHECKING

from guide.errors import ForbiddenError, PrinterError
from guide.records import JobLook, PagePicture, Printer, PrintJob, PrintOrder
from guide.sheets import cups
from guide.sheets.ranges import chosen, page_ranges

if TYPE_CHECKING:
    from guide.sheets.windows.libraries import Libraries

_ON_WINDOWS = sys.platform == "win32"


def _never() -> bool:
    return False


class Press:
    """Asks the spooler; every method may wait up to its patience, so none belongs in a window's own thread."""

    def __init__(self, *, allowed: bool = True) -> None:
        """Take whether this PC's policy lets the guide print."""
        self._allowed = allowed

    def takes_pdf(self) -> bool:
        """Say whether pages can go as lines and letters; where not, the window prints ``pictures``."""
        return cups.here() if not _ON_WINDOWS else _libraries() is not None

    def printers(self) -> tuple[Printer, ...]:
        """Return the printers there are, the default one first. Raises PrinterError."""
        if not _ON_WINDOWS:
            return cups.printers()
        from guide.sheets.windows import spooler

        return spooler.printers(_needed().spooler)

    def send(self, pdf: bytes, order: PrintOrder, stopped: Callable[[], bool] = _never) -> PrintJob:
        """Send ``pdf`` to a printer, unless ``stopped``. Raises PrinterError with a ``reason``, ForbiddenError."""
        if not self._allowed:
            raise ForbiddenError(function="print")
        if stopped():
            raise PrinterError("Printing was stopped.", reason="stopped", printer=order.printer)
        if not _ON_WINDOWS:
            return cups.send(pdf, order)
        from guide.sheets.windows import page

        return page.send(_needed(), pdf, order, stopped)

    def look(self, job: PrintJob) -> JobLook:
        """Say what became of ``job``. Raises PrinterError."""
        if not _ON_WINDOWS:
            return cups.look(job)
        from guide.sheets.windows import spooler

        return spooler.look(_needed().spooler, job)

    def cancel(self, job: PrintJob) -> bool:
        """Take ``job`` back; False when it is too late (SAFETY Q7)."""
        if not job.number:
            return False
        if not _ON_WINDOWS:
            return cups.cancel(job)
        from guide.sheets.windows import spooler

        return spooler.cancel(_needed().spooler, job)

    def pages(self, text: str, pages: int) -> tuple[tuple[int, int], ...]:
        """Return the pages a person wrote, "1-3, 5", of a sheet with ``pages``. Raises UsageError."""
        return page_ranges(text, pages)

    def count(self, pdf: bytes) -> int:
        """Return how many sides of paper ``pdf`` takes."""
        from guide.sheets.preview import page_count

        return page_count(pdf)

    def size(self, pdf: bytes, page: int) -> tuple[float, float]:
        """Return how wide and high page ``page`` (from 0) is, in points."""
        from guide.sheets.preview import page_size

        return page_size(pdf, page)

    def pictures(self, pdf: bytes, order: PrintOrder) -> Iterator[PagePicture]:
        """Yield the pages in grey at 300 dpi, upright, for a printer driver that draws pixels."""
        from guide.sheets.preview import page_count, page_for_raster

        for page in chosen(order.pages, page_count(pdf)):
            yield page_for_raster(pdf, page)


@cache
def _libraries() -> Libraries | None:
    from guide.sheets.windows.libraries import load

    try:
        return load()
    except (OSError, AttributeError):
        return None


def _needed() -> Libraries:
    found = _libraries()
    if found is None:
        raise PrinterError("Windows' print system cannot be used.", reason="no spooler")
    return found
