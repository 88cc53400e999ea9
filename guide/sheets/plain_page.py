"""Typesets a page for the team that holds no entries: a template, plain values, a PDF/UA-1 in memory."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from guide.errors import TypesetError
from guide.records import Paper
from guide.sheets.fonts import families, fonts_for
from guide.sheets.preview import page_count
from guide.text import Language

_TEMPLATES = Path(__file__).with_name("templates")
PAPERS = {"letter": "us-letter", "a4": "a4"}


def plain_page(template: str, values: dict[str, Any], _: Language, paper: str) -> Paper:
    """Return the PDF of ``template`` (a name in ``templates/``) with ``values``; every string is text, never markup.

    Raises:
        TypesetError.
    """
    import typst

    about = {
        "paper": PAPERS[paper], "language": _.code.split("-")[0], "dir": "rtl" if _.right_to_left else "ltr",
        "fonts": families(_.code, [_.code]), "page": _("Page {page} of {pages}", page="\0", pages="\0").split("\0"),
    }  # fmt: skip
    data = json.dumps(about | values, ensure_ascii=False)
    found = fonts_for([data], (_.code,))
    for character in found.missing:  # a name out of a file: what no font has is shown as missing
        data = data.replace(character, "?")
    files: Any = {"main.typ": (_TEMPLATES / f"{template}.typ").read_bytes(), "data.json": data.encode()}
    fonts = typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(f) for f in found.folders]
    )
    try:
        pdf, _warnings = typst.compile_with_warnings(
            files, font_paths=fonts, ignore_system_fonts=True, pdf_standards=["ua-1"]
        )
    except typst.TypstError as error:
        raise TypesetError(reason="typst", detail=str(error)[:400]) from error
    return Paper(bytes(pdf), page_count(bytes(pdf)), ())
