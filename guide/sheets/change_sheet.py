"""The changes of an update on paper, for the team: numbers first, then what is closed, gone, new or changed."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from guide.change_words import now_and_after, what_changes
from guide.errors import TypesetError
from guide.records import Change, Paper, Preview
from guide.sheets.fonts import families, fonts_for
from guide.sheets.isolate import right_way
from guide.sheets.preview import page_count
from guide.text import Language

_TEMPLATE = Path(__file__).with_name("templates") / "changes.typ"
_PAPERS = {"letter": "us-letter", "a4": "a4"}
_MOST = 600  # lines besides the numbers, which are all there: some thirty pages
_LONGEST = 240


def change_sheet(preview: Preview, language: str, paper: str = "letter") -> Paper:
    """Return the changes as a PDF/UA-1, in memory. Every changed number is on it; the rest ends after 600 lines.

    Raises:
        TypesetError.
    """
    import typst

    _ = Language(language)
    data = json.dumps(_data(preview, _, paper), ensure_ascii=False)
    found = fonts_for([data], (language,))
    for character in found.missing:  # a name out of a file: what no font has is shown as missing
        data = data.replace(character, "?")
    files: Any = {"main.typ": _TEMPLATE.read_bytes(), "data.json": data.encode()}
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


def _data(preview: Preview, _: Language, paper: str) -> dict[str, Any]:
    """Return what the template reads; every string is text to Typst, never markup."""
    offer, sheets = preview.offer, dict(preview.touched)
    numbers = [change for change in preview.changes if change.kind == "phone"]
    others = [change for change in preview.changes if change.kind != "phone"]
    rows = [*numbers, *others[:_MOST]]
    left = len(others) - _MOST
    closed = sum(change.kind == "closed" for change in preview.changes)
    counts = [
        (len(numbers), _("phone numbers changed")),
        (preview.added, _("new services")),
        (preview.changed, _("changed")),
        (preview.removed + closed, _("closed or removed")),
        *([(len(sheets), _("on your saved sheets"))] if sheets else []),
    ]

    def turn(text: str) -> str:
        return right_way(text, _)

    return {
        "paper": _PAPERS[paper],
        "language": _.code.split("-")[0],
        "dir": "rtl" if _.right_to_left else "ltr",
        "fonts": families(_.code, [_.code]),
        "title": turn(_("What changes with edition {name}", name=offer.edition_name)),
        "about": [
            turn(_("Signed by {name}", name=offer.publisher_name)),
            turn(_("{n} of {m} keys", n=offer.signed, m=offer.keys)),
            turn(_("Edition {name}", name=f"{offer.current_name} → {offer.edition_name}")),
        ],
        "counts": [[turn(f"{number:,}"), turn(words)] for number, words in counts],
        "heads": [_("Service"), _("What changes"), _("Now"), _("After update")],
        "rows": [[turn(_cut(text)) for text in _row(change, sheets, _)] for change in rows],
        "left": turn(_.count("{n} more change is in the guide's preview.",
                             "{n} more changes are in the guide's preview.", left)) if left > 0 else "",
        "page": _("Page {page} of {pages}", page="\0", pages="\0").split("\0"),
    }  # fmt: skip


def _row(change: Change, sheets: dict[str, tuple[str, ...]], _: Language) -> list[str]:
    names = sheets.get(change.service, ())
    note = _("on sheet “{names}”", names="”, “".join(names)) if names else ""
    return [change.name, note, what_changes(change, _), *now_and_after(change, _)]


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST else text[:_LONGEST] + "…"
