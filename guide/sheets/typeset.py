"""A sheet into a PDF/UA-1, by Typst, in memory: no file, no system font, no package from anywhere."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from guide.errors import TypesetError
from guide.records import Sheet, layout_of
from guide.sheets.data import entries_data, sheet_data
from guide.sheets.fonts import Fonts, fonts_for

_TEMPLATES = Path(__file__).with_name("templates")
# Layouts that pack entries into panels; only these can shorten an entry or find no room for it.
_PACKED = ("columns", "pocket", "cards", "poster", "trifold")


@dataclass(frozen=True)
class Typeset:
    """A PDF, and the entries (by their place on the sheet) that stand shortened or found no room at all."""

    pdf: bytes
    shortened: tuple[int, ...] = ()
    no_room: tuple[int, ...] = ()


def typeset(sheet: Sheet, own_fonts: Path | None = None) -> bytes:
    """Return ``sheet`` as a PDF that passes PDF/UA-1, with a neutral title and no dates or author (P4).

    Raises:
        TypesetError: with ``reason``: "characters" (``characters`` none of our fonts has) or "typst", what it said.
    """
    return typeset_told(sheet, own_fonts).pdf


def typeset_told(sheet: Sheet, own_fonts: Path | None = None) -> Typeset:
    """Return the same with what did not fit; ``own_fonts`` is the folder of the house's fonts."""
    layout = layout_of(sheet.options.layout)
    fonts = fonts_for(sheet.every_text(), sheet.options.languages, own_fonts)
    if fonts.missing:
        raise TypesetError("Some characters cannot be printed.", characters=fonts.missing, reason="characters")
    import typst

    files = {
        "main.typ": (_TEMPLATES / f"{layout.slug}.typ").read_bytes(),
        "lib.typ": (_TEMPLATES / "lib.typ").read_bytes(),
        "pack.typ": (_TEMPLATES / "pack.typ").read_bytes(),
        "data.json": json.dumps(sheet_data(sheet, fonts), ensure_ascii=False).encode(),
        "entries.json": json.dumps(entries_data(sheet), ensure_ascii=False).encode(),
    }
    try:
        pdf, _ = typst.compile_with_warnings(
            files, font_paths=_opened(fonts), ignore_system_fonts=True, pdf_standards=["ua-1"]
        )
        told = _told(files, fonts) if layout.slug in _PACKED else {}
    except typst.TypstError as error:
        raise TypesetError(reason="typst", detail=str(error)[:400]) from error
    return Typeset(bytes(pdf), tuple(told.get("shortened", ())), tuple(told.get("left out", ())))


def _told(files: dict[str, bytes], fonts: Fonts) -> dict[str, list[int]]:
    """Return what the template says did not fit. Typst remembers the pages it has just set, so this is quick."""
    import typst

    said = typst.query(files, "<told>", field="value", font_paths=_opened(fonts), ignore_system_fonts=True)
    return {one["what"]: one["entries"] for one in json.loads(said)}


@lru_cache(maxsize=4)
def _open(folders: tuple[Path, ...]) -> Any:
    import typst

    return typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(folder) for folder in folders]
    )


def _opened(fonts: Fonts) -> Any:
    return _open(fonts.folders)
