"""A publisher's recovery sheet: on paper, because it is needed when a computer or a stick is gone."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from guide.errors import TypesetError
from guide.sheets.fonts import families, fonts_for

_TEMPLATE = Path(__file__).with_name("templates") / "recovery.typ"
_PAPERS = {"letter": "us-letter", "a4": "a4"}
_PARTS = (
    ("If one key is lost or stolen", (
        "A key that signs editions: two root holders meet, or sign one after the other by stick. The key is replaced, and the next edition carries the change to every guide.",
        "A root key: the other two root holders replace it the same way. Do it the same week: with a second one lost, nothing can be changed any more.",
        "If a stick was stolen, do not wait: its passphrase holds off whoever has it for a long time, not for ever.",
    )),
    ("If two root keys are lost", (
        "No key can be changed any more. Editions can still be signed until the keys run out.",
        "Whoever packages the program has to ship it anew with a new publisher, to every shelter. Tell them now.",
    )),
    ("Keep this sheet", (
        "Nothing on it is secret. Keep one copy with each root holder, and one where neither the computer nor the sticks are.",
        "Passphrases never stand on this sheet. Each holder keeps theirs on paper, in another place than the stick.",
        "Shelters see the same six words of the publisher in their guide. If a shelter reads out other words, its updates do not come from you.",
    )),
)  # fmt: skip


@dataclass(frozen=True)
class HeldKey:
    """One key as the sheet names it; who holds it is written in by hand."""

    name: str
    may: str
    words: str


def recovery_sheet(title: str, about: Sequence[str], keys: Sequence[HeldKey], paper: str = "letter") -> bytes:
    """Return the sheet as a PDF/UA-1. Raises TypesetError."""
    import typst

    body: dict[str, Any] = {
        "paper": _PAPERS[paper],
        "title": title,
        "about": list(about),
        "keys_head": "The keys",
        "heads": ["Key", "What it may do", "Its six words", "Who holds it, and where (write by hand)"],
        "rows": [[key.name, key.may, key.words] for key in keys],
        "parts": [{"head": head, "lines": list(lines)} for head, lines in _PARTS],
        "fonts": families("en", ["en"]),
    }
    data = json.dumps(body, ensure_ascii=False)
    found = fonts_for([data], ("en",))
    for character in found.missing:  # a name somebody typed: what no font has is shown as missing
        data = data.replace(character, "?")
    fonts = typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(f) for f in found.folders]
    )
    files: Any = {"main.typ": _TEMPLATE.read_bytes(), "data.json": data.encode()}
    try:
        pdf, _ = typst.compile_with_warnings(files, font_paths=fonts, ignore_system_fonts=True, pdf_standards=["ua-1"])
    except typst.TypstError as error:
        raise TypesetError(reason="typst", detail=str(error)[:400]) from error
    return bytes(pdf)
