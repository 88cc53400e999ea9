"""Gathers the words of window and paper into gettext files, checks them, and compiles them."""

from __future__ import annotations

import sys
from pathlib import Path
from string import Formatter

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


def faults(catalog: Catalog) -> list[str]:
    """Return what is wrong in ``catalog``: texts without words, other placeholders than in English, too few plurals."""
    found = []
    for message in catalog:
        if not message.id:
            continue
        ids = message.id if isinstance(message.id, tuple) else (message.id,)
        texts = message.string if isinstance(message.string, (tuple, list)) else (message.string,)
        if isinstance(message.id, tuple) and len(texts) != catalog.num_plurals:
            found.append(f"plurals, {len(texts)} of {catalog.num_plurals}: {ids[0]}")
        elif not all(texts):
            found.append(f"no words yet: {ids[0]}")
        elif set().union(*map(_holes, ids)) != set().union(*map(_holes, texts)) or any(
            "{?" in _holes(t) for t in texts
        ):
            found.append(f"placeholders: {ids[0]}")
    return found


def _holes(text: str) -> set[str]:
    """Return the names in ``{braces}``; "{?" where a brace is open or empty."""
    try:
        return {name for _, name, _, _ in Formatter().parse(text) if name is not None}
    except ValueError:
        return {"{?"}


def check() -> None:
    """Say what is wrong in each language; end with 1 when anything is."""
    wrong = False
    for po in sorted(LOCALE.glob("*/LC_MESSAGES/guide.po")):
        with po.open("rb") as file:
            for fault in faults(read_po(file, locale=po.parts[-3])):
                print(f"{po.parts[-3]}: {fault}")
                wrong = True
    if wrong:
        raise SystemExit(1)


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
    {"update": update, "check": check, "compile": compile_all}[sys.argv[1]]()
