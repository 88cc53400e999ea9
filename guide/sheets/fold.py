"""A booklet's pages two on a side, in the order that folding in half puts right: for the printer alone.

The PDF that is read and saved keeps its pages in reading order, with its tags; paper needs none.
"""

from __future__ import annotations

import ctypes
import io
from contextlib import closing

import pypdfium2
import pypdfium2.raw as pdfium

from guide.sheets.preview import PDFIUM

_SIZES = {"letter": (792.0, 612.0), "a4": (841.89, 595.276)}  # landscape, in points


def folding_order(pages: int, *, right_to_left: bool = False) -> list[int | None]:
    """Return the pages, from 0, as they lie: left and right of each side in turn; None is a blank one.

    Four pages a sheet, for duplex printing turned on the short edge. Right to left is bound at the right.
    """
    whole = -(-pages // 4) * 4
    order: list[int] = []
    for n in range(whole // 2):
        pair = (whole - 1 - n, n) if (n % 2 == 0) is not right_to_left else (n, whole - 1 - n)
        order += pair
    return [page if page < pages else None for page in order]


def two_on_a_side(pdf: bytes, paper: str, *, right_to_left: bool = False) -> bytes:
    """Return ``pdf`` imposed, each page at its true size."""
    width, height = _SIZES[paper]
    with PDFIUM, closing(pypdfium2.PdfDocument(pdf)) as source, closing(pypdfium2.PdfDocument.new()) as ordered:
        order = folding_order(len(source), right_to_left=right_to_left)
        kept = [page for page in order if page is not None]
        # One call for all, so that what pages share (fonts) is copied once.
        pdfium.FPDF_ImportPagesByIndex(ordered.raw, source.raw, (ctypes.c_int * len(kept))(*kept), len(kept), 0)
        for at, page in enumerate(order):
            if page is None:
                ordered.new_page(width / 2, height, at)
        with closing(pypdfium2.PdfDocument(pdfium.FPDF_ImportNPagesToOne(ordered.raw, width, height, 2, 1))) as sheets:
            out = io.BytesIO()
            sheets.save(out)
            return out.getvalue()
