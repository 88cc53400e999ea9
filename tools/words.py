"""Gathers the words of window and paper into gettext files, checks them, and compiles them."""

from __future__ import annotations

import sys
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
LOCALE = ROOT / "guide" / "locale"
KEYWORDS = {"_": None, "mark": None, "count": (1, 2), "gettext": None}


def gather() -> Catalog:
    """Return every text of guide/ and ui/ that is shown to a person."""
    catalog = Catalog(project="Resource Guide", charset="utf-8", fuzzy=False)
    for folder in ("guide", "ui"):
        found = extract_from_dir(
            ROOT / folder, keywords=KEYWORDS, comment_tags=("Translators:",), strip_comment_tags=True
        )
        for name, _line, message, comments, context in found:
            catalog.add(message, locations=[(f"{folder}/{name}", 0)], auto_comments=comments, context=context)
    return catalog


def update() -> None:
    """Bring the .po files up to date with the code; new texts wait there untranslated."""
    template = gather()
    for po in sorted(LOCALE.glob("*/LC_MESSAGES/guide.po")):
        with po.open("rb") as file:
            catalog = read_po(file, locale=po.parts[-3])
        catalog.update(template, no_fuzzy_matching=True)
        catalog.obsolete.clear()
        with po.open("wb") as file:
            write_po(file, catalog, width=110, include_lineno=False, sort_output=True, omit_header=False)
        print(f"{po.parts[-3]}: {len(missing(catalog))} texts wait for words")


def missing(catalog: Catalog) -> list[str]:
    """Return the texts that have no translation in ``catalog``."""
    empty = []
    for message in catalog:
        if not message.id:
            continue
        words = message.string if isinstance(message.string, (tuple, list)) else (message.string,)
        if not all(words):
            empty.append(message.id if isinstance(message.id, str) else message.id[0])
    return empty


def compile_all() -> None:
    """Write the .mo files that the program reads."""
    for po in sorted(LOCALE.glob("*/LC_MESSAGES/guide.po")):
        with po.open("rb") as file:
            catalog = read_po(file, locale=po.parts[-3])
        mo = po.with_suffix(".mo")
        if mo.exists() and mo.stat().st_mtime >= po.stat().st_mtime:
            continue
        with mo.open("wb") as file:
            write_mo(file, catalog)


if __name__ == "__main__":
    {"update": update, "compile": compile_all}[sys.argv[1]]()
