"""A booklet's pages two on a side, in the order that folding in half puts right: for the printer alone.

The PDF that is read and saved keeps its pages in reading order, with its tags; paper needs none.
"""

from __future__ import annotations

import io
from contextlib import closing
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

from guide.sheets.preview import PDFIUM

_SIZES = {"letter": (792.0, 612.0), "a4": (841.89, 595.276)}  # landscape, in points


def folding_order(pages: int) -> list[tuple[int | None, int | None]]:
    """Return (left, right) pages, from 0, of each side of each sheet; None is a blank one. Four pages a sheet."""
    whole = -(-pages // 4) * 4
    sides: list[tuple[int | None, int | None]] = []
    for n in range(whole // 2):
        pair = (whole - 1 - n, n) if n % 2 == 0 else (n, whole - 1 - n)
        sides.append((pair[0] if pair[0] < pages else None, pair[1] if pair[1] < pages else None))
    return sides


def two_on_a_side(pdf: bytes, paper: str, *, right_to_left: bool = False) -> bytes:
    """Return ``pdf`` imposed for duplex printing turned on the short edge; bound at the right for right to left."""
    width, height = _SIZES[paper]
    with (
        PDFIUM,
        closing(pypdfium2.PdfDocument(pdf)) as source,
        closing(pypdfium2.PdfDocument.new()) as sheets,
    ):
        pages = [source[n] for n in range(len(source))]
        pictures = {n: page.get_size() for n, page in enumerate(pages)}
        captured = {n: _form(source, sheets, n) for n in pictures}
        for left, right in folding_order(len(pages)):
            side = sheets.new_page(width, height)
            for page, at in ((left, 0.0), (right, width / 2)):
                if page is not None:
                    across = width / 2 - at if right_to_left else at
                    _put(side, captured[page], across, (height - pictures[page][1]) / 2)
            side.gen_content()
            side.close()
        for page in pages:
            page.close()
        out = io.BytesIO()
        sheets.save(out)
        for one in captured.values():
            pdfium.FPDF_CloseXObject(one)
        return out.getvalue()


def _form(source: pypdfium2.PdfDocument, sheets: pypdfium2.PdfDocument, page: int) -> Any:
    """Return page ``page`` of ``source`` as a form that can be placed on pages of ``sheets``."""
    return pdfium.FPDF_NewXObjectFromPage(sheets.raw, source.raw, page)


def _put(side: pypdfium2.PdfPage, form: Any, across: float, up: float) -> None:
    placed = pdfium.FPDF_NewFormObjectFromXObject(form)
    matrix = pdfium.FS_MATRIX(1, 0, 0, 1, across, up)
    pdfium.FPDFPageObj_SetMatrix(placed, matrix)
    pdfium.FPDFPage_InsertObject(side.raw, placed)
