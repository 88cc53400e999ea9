"""The changes of an update on paper, for the team: numbers first, then what is closed, gone, new or changed."""

from __future__ import annotations

from typing import Any

from guide.change_words import now_and_after, what_changes
from guide.records import Change, Paper, Preview
from guide.sheets.plain_page import plain_page
from guide.text import Language, right_way

_MOST = 600  # lines besides the numbers, which are all there: some thirty pages
_LONGEST = 240


def change_sheet(preview: Preview, language: str, paper: str = "letter") -> Paper:
    """Return the changes as a PDF/UA-1, in memory. Every changed number is on it; the rest ends after 600 lines.

    Raises:
        TypesetError.
    """
    _ = Language(language)
    return plain_page("changes", _data(preview, _), _, paper)


def _data(preview: Preview, _: Language) -> dict[str, Any]:
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
    }  # fmt: skip


def _row(change: Change, sheets: dict[str, tuple[str, ...]], _: Language) -> list[str]:
    names = sheets.get(change.service, ())
    note = _("on sheet “{names}”", names="”, “".join(names)) if names else ""
    return [change.name, note, what_changes(change, _), *now_and_after(change, _)]


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST else text[:_LONGEST] + "…"
