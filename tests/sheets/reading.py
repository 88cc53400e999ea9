"""Reads a finished PDF back for the tests: all its text, the text a screen reader hears and in which order, its tags."""

from __future__ import annotations

import ctypes
import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from pathlib import Path

import page as page_validation
import pypdfium2
import pypdfium2.raw as pdfium

from guide.publish.starter import read_starter
from guide.records import Audience, Paper, Service, Sheet, SheetOptions
from guide.sheets.compose import compose
from guide.sheets.papers import make_paper
from tests.makers import TODAY

SOURCE = read_starter()
VISITOR = tuple(s for s in SOURCE.services if s.audience is Audience.VISITOR)


def sheet_of(services: Sequence[Service], **options: object) -> Sheet:
    """Return the words of a sheet."""
    return compose(services, SheetOptions(**options), SOURCE.edition, TODAY, SOURCE.categories)  # type: ignore[arg-type]


def paper_of(services: Sequence[Service], house: Path | None = None, **options: object) -> Paper:
    """Return the finished paper."""
    return make_paper(
        services,
        SheetOptions(**options),  # type: ignore[arg-type]
        SOURCE.edition,
        TODAY,
        SOURCE.categories,
        house,
    )


def plain(text: str) -> str:
    """Return text as it is compared: without line ends, doubled blanks and marks of direction."""
    return re.sub(r"\s+", " ", re.sub("[\u2066-\u2069\ufffe\u00ad\x02\u200b]", "", text)).strip()


def text_of(pdf: bytes) -> str:
    """Return everything that can be read on the paper, copies and foot included."""
    with closing(pypdfium2.PdfDocument(pdf)) as document:
        return plain("\n".join(page.get_textpage().get_text_bounded() for page in document))


def metadata_of(pdf: bytes) -> str:
    """Return the document's own facts as one text, the raw XMP included."""
    with closing(pypdfium2.PdfDocument(pdf)) as document:
        return " ".join(document.get_metadata_dict().values()) + pdf.decode("latin-1")


def heard(pdf: bytes) -> str:
    """Return the text in the order of the tags: what a screen reader says. Artifacts (copies, foot) are not in it."""
    said = []
    with closing(pypdfium2.PdfDocument(pdf)) as document:
        for page in document:
            texts = dict(_marked(page))
            said += [texts.get(mcid, "") for mcid in _order(page)]
    return plain(" ".join(said))


def drawn(pdf: bytes) -> str:
    """Return the tagged text in the order it is drawn."""
    with closing(pypdfium2.PdfDocument(pdf)) as document:
        return plain(" ".join(text for page in document for _mcid, text in _marked(page)))


def passes_ua(pdf: bytes, folder: Path) -> bool:
    """Say whether the file passes PDF/UA-1 (ISO 14289-1)."""
    path = folder / "checked.pdf"
    path.write_bytes(pdf)
    return bool(page_validation.validate_pdf(str(path), profile="ua1").is_compliant)


def _marked(page: pypdfium2.PdfPage) -> Iterator[tuple[int, str]]:
    """Yield (mcid, text) of each marked piece of content, in drawing order; artifacts have no mcid."""
    textpage = page.get_textpage()
    found: dict[int, list[str]] = {}
    for one in page.get_objects(filter=(pdfium.FPDF_PAGEOBJ_TEXT,), max_depth=5):
        mcid = pdfium.FPDFPageObj_GetMarkedContentID(one.raw)
        if mcid < 0:
            continue
        size = pdfium.FPDFTextObj_GetText(one.raw, textpage.raw, None, 0)
        buffer = ctypes.create_string_buffer(size)
        pdfium.FPDFTextObj_GetText(one.raw, textpage.raw, ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ushort)), size)
        found.setdefault(mcid, []).append(buffer.raw.decode("utf-16-le").rstrip("\0"))
    textpage.close()
    yield from ((mcid, "".join(parts)) for mcid, parts in found.items())


def alternatives(pdf: bytes) -> list[str]:
    """Return the alternative texts of the pictures."""
    with closing(pypdfium2.PdfDocument(pdf)) as document:
        return [text for page in document for text in _said(page, pdfium.FPDF_StructElement_GetAltText) if text]


def languages(pdf: bytes) -> set[str]:
    """Return the tags (BCP 47) that parts of the document carry."""
    with closing(pypdfium2.PdfDocument(pdf)) as document:
        return {text for page in document for text in _said(page, pdfium.FPDF_StructElement_GetLang) if text}


def _said(page: pypdfium2.PdfPage, ask: Callable[..., int]) -> Iterator[str]:
    tree = pdfium.FPDF_StructTree_GetForPage(page.raw)
    try:
        waiting = [
            pdfium.FPDF_StructTree_GetChildAtIndex(tree, n) for n in range(pdfium.FPDF_StructTree_CountChildren(tree))
        ]
        while waiting:
            element = waiting.pop()
            size = ask(element, None, 0)
            buffer = ctypes.create_string_buffer(max(size, 2))
            ask(element, buffer, size)
            yield buffer.raw.decode("utf-16-le").rstrip("\0")
            below = range(pdfium.FPDF_StructElement_CountChildren(element))
            waiting += [c for n in below if (c := pdfium.FPDF_StructElement_GetChildAtIndex(element, n))]
    finally:
        pdfium.FPDF_StructTree_Close(tree)


def _order(page: pypdfium2.PdfPage) -> Iterator[int]:
    tree = pdfium.FPDF_StructTree_GetForPage(page.raw)
    try:
        for n in range(pdfium.FPDF_StructTree_CountChildren(tree)):
            yield from _below(pdfium.FPDF_StructTree_GetChildAtIndex(tree, n))
    finally:
        pdfium.FPDF_StructTree_Close(tree)


def _below(element: object) -> Iterator[int]:
    for n in range(pdfium.FPDF_StructElement_CountChildren(element)):
        child = pdfium.FPDF_StructElement_GetChildAtIndex(element, n)
        if child:
            yield from _below(child)
        else:
            mcid = pdfium.FPDF_StructElement_GetChildMarkedContentID(element, n)
            if mcid >= 0:
                yield mcid
