"""A made-up language: every text of the program stands in ⟦brackets⟧ with marks on its vowels, so that what is not
translated can be told at a glance. It is data alone, as any language is (docs/translating.md).
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tools"))
from words import gather  # noqa: E402

CODE = "eo"
_MARKED = str.maketrans("aeiouAEIOU", "áéíóúÁÉÍÓÚ")


def marked(text: str) -> str:
    """Return ``text`` in the made-up language; placeholders stay as they are."""
    parts = re.split(r"(\{[^}]*\})", text)
    return "⟦" + "".join(p if p.startswith("{") else p.translate(_MARKED) for p in parts) + "⟧"


def made_up(locales: Path) -> None:
    """Write the made-up language into ``locales``, as a translator would."""
    template = gather()
    catalog = Catalog(locale=CODE, charset="utf-8")
    for message in template:
        if message.id:
            words = tuple(map(marked, message.id)) if isinstance(message.id, tuple) else marked(message.id)
            catalog.add(message.id, words, context=message.context)
    folder = locales / CODE / "LC_MESSAGES"
    folder.mkdir(parents=True)
    with (folder / "guide.mo").open("wb") as file:
        write_mo(file, catalog)
    (folder.parent / "about.txt").write_text("name: Esperanto\nreviewed: no\n", "utf-8")
