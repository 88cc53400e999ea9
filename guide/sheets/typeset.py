"""A sheet into a PDF/UA-1, by Typst, in memory: no file, no system font, no package from anywhere."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

from guide.errors import TypesetError
from guide.records import Sheet, SheetEntry
from guide.sheets.fonts import families, unprintable
from guide.sheets.qr import qr_svg
from guide.text import Language, font_folders

_TEMPLATES = Path(__file__).with_name("templates")
_LONG = 1000  # characters; a shorter entry is never taller than a page and need not be measured
_PAPERS = {"letter": "us-letter", "a4": "a4"}


def typeset(sheet: Sheet) -> bytes:
    """Return ``sheet`` as a PDF that passes PDF/UA-1, with a neutral title and no dates or author (P4).

    Raises:
        TypesetError: with ``characters`` none of our fonts has, or what Typst said.
    """
    missing = unprintable(sheet.every_text())
    if missing:
        raise TypesetError("Some characters cannot be printed.", characters=missing, reason="characters")
    import typst

    files = {
        "main.typ": (_TEMPLATES / f"{sheet.options.layout}.typ").read_bytes(),
        "data.json": json.dumps(_data(sheet), ensure_ascii=False).encode(),
    }
    try:
        pdf, _ = typst.compile_with_warnings(
            files, font_paths=_fonts(), ignore_system_fonts=True, pdf_standards=["ua-1"]
        )
    except typst.TypstError as error:
        raise TypesetError(reason="typst", detail=str(error)[:400]) from error
    return bytes(pdf)


@cache
def _fonts() -> Any:
    import typst

    return typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(f) for f in font_folders()]
    )


def _data(sheet: Sheet) -> dict[str, Any]:
    """Return what the template reads; every string is text to Typst, never markup."""
    codes = sheet.options.languages
    return {
        "paper": _PAPERS[sheet.options.paper],
        "languages": [
            {"code": code.split("-")[0], "dir": "rtl" if Language(code).right_to_left else "ltr"} for code in codes
        ],
        "fonts": families(codes),
        "title": sheet.title,
        "shelter": "" if sheet.options.discreet else sheet.options.shelter_name,
        "entries": [
            {
                "names": entry.names,
                "organization": entry.organization,
                "lines": [{"labels": line.labels, "number": line.number} for line in entry.lines],
                "texts": entry.texts,
                "checked": entry.checked,
                "overdue": entry.overdue,
                "long": _length(entry) > _LONG,
                "qr": qr_svg(entry.qr) if entry.qr else "",
                "qr_alt": entry.qr_alt,
            }
            for entry in sheet.entries
        ],
        "foot": sheet.foot,
        "page": sheet.page,
    }


def _length(entry: SheetEntry) -> int:
    """Return roughly how many characters' room an entry takes; a number's line counts as a whole line of text."""
    return sum(len(text) for texts in entry.texts for text in texts) + 90 * len(entry.lines)
