"""A sheet as the templates read it: plain values for one JSON file; every string of it stays text to Typst."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

from guide.records import Sheet, SheetEntry, SheetText
from guide.sheets.fonts import Fonts, families
from guide.sheets.qr import qr_svg

_LONG = 700  # characters; a shorter entry is never taller than a page and need not be measured
_PAPERS = {"letter": "us-letter", "a4": "a4"}
_REGIONS = {"hans": "CN", "hant": "TW"}
_TALL = ("ar", "fa", "ur", "zh", "ps")  # scripts that need more room between lines


def sheet_data(sheet: Sheet, fonts: Fonts) -> dict[str, Any]:
    """Return what the template reads besides the entries."""
    codes = sheet.options.languages
    return {
        "paper": _PAPERS[sheet.options.paper],
        "languages": [
            {**_tag(code), "dir": way, "fonts": families(code, codes, fonts.more)}
            for code, way in zip(codes, sheet.ways, strict=True)
        ],
        "leading": 0.62 if any(code.split("-")[0] in _TALL for code in codes) else 0.5,
        "title": " · ".join(title for title in sheet.titles if title),
        "titles": sheet.titles,
        "house": sheet.house,
        "footer": sheet.footer,
        "logo": "" if sheet.options.discreet or sheet.options.nameless else sheet.options.logo.decode(),
        "logo_alt": sheet.house or "Logo",
        "grouped": any(any(names) for names in sheet.groups),
        "overdue": any(entry.overdue for entry in sheet.entries),
        "foot": sheet.foot,
        "pages": sheet.pages,
        "words": [dict(words) for words in sheet.words],
        "notes": sheet.options.notes_lines,
    }


def entries_data(sheet: Sheet) -> list[dict[str, Any]]:
    """Return the entries as the template reads them; ``head`` is the heading where a group begins."""
    found = []
    for n, entry in enumerate(sheet.entries):
        begins = bool(sheet.groups) and (n == 0 or sheet.entries[n - 1].group != entry.group)
        head = sheet.groups[entry.group] if begins and any(sheet.groups[entry.group]) else None
        headed = bool(sheet.groups) and any(sheet.groups[entry.group])
        found.append(_entry(entry) | {"n": n, "head": head, "headed": headed})
    return found


def _entry(entry: SheetEntry) -> dict[str, Any]:
    return {
        "names": entry.names,
        "spoken": [_tag(code) for code in entry.spoken],
        "organization": entry.organization,
        "lines": [{"labels": line.labels, "number": line.number} for line in entry.lines],
        "main": entry.main,
        "texts": [[_text(text) for text in texts] for texts in entry.texts],
        "checked": entry.checked,
        "brief": entry.brief,
        "overdue": entry.overdue,
        "long": _length(entry) > _LONG,
        "neutral": entry.neutral,
        "bare": entry.bare,
        "qr": _code(entry.qr) if entry.qr else "",
        "qr_alt": entry.qr_alt,
    }


def _text(text: SheetText) -> dict[str, Any]:
    return {"text": text.text, "kind": text.kind, "label": text.label, **_tag(text.language)}


@lru_cache(maxsize=64)
def _tag(code: str) -> dict[str, str | None]:
    """Return Typst's language and region of a BCP 47 tag; what it could not take is left out."""
    language, *rest = code.split("-")
    region = next((_REGIONS.get(part.lower(), part.upper()) for part in rest if len(part) in (2, 4)), None)
    return {
        "lang": language if re.fullmatch("[a-z]{2,3}", language) else "en",
        "region": region if region and re.fullmatch("[A-Z]{2}", region) else None,
    }


@lru_cache(maxsize=2000)
def _code(text: str) -> str:
    return qr_svg(text)


def _length(entry: SheetEntry) -> int:
    """Return roughly how many characters' room an entry takes; a number's line counts as a whole line of text."""
    small = sum(len(text.text) for texts in entry.texts for text in texts)
    return small + sum(map(len, (*entry.names, entry.organization))) + sum(90 + len(x.number) for x in entry.lines)
