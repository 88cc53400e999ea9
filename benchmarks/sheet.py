"""A sheet of ten entries to PDF, against the floor: Typst on the same amount of plain text, in turns in one run.

Usage: sheet.py [ROUNDS]. ``sheet`` is all of it: compose, the check for characters no font has, codes to scan,
PDF/UA-1. The floor gives the same engine the same fonts and words with no layout, no codes and no tags' standard.
Typst remembers what it has set; each round has words of its own, so that neither side is answered from memory.
"""

from __future__ import annotations

import json
import statistics
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import date

import typst

from guide.publish.starter import read_starter
from guide.records import Audience, Service, SheetOptions, Words
from guide.sheets.compose import compose
from guide.sheets.preview import page_count, page_picture
from guide.sheets.typeset import typeset
from guide.text import font_folders

TODAY = date(2026, 11, 24)
STYLE = '#set text(font: "Atkinson Hyperlegible", size: 11pt)\n#set page(paper: "us-letter")\n#read("words.txt")\n'


def timed(act: Callable[[], object]) -> float:
    """Return the milliseconds ``act`` takes."""
    began = time.perf_counter()
    act()
    return (time.perf_counter() - began) * 1000


def main(rounds: int = 15) -> dict[str, float]:
    """Return the first sheet of a process, then medians of both and their ratio."""
    source = read_starter()
    ten = [s for s in source.services if s.audience is Audience.VISITOR and s.shown_phones()][:10]
    fonts = typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(f) for f in font_folders()]
    )

    def sheet(services: list[Service]) -> bytes:
        return typeset(compose(services, SheetOptions(), source.edition, TODAY))

    def plain(words: str) -> bytes:
        files = {"main.typ": STYLE.encode(), "words.txt": words.encode()}
        return bytes(typst.compile(files, font_paths=fonts, ignore_system_fonts=True))

    first = timed(lambda: sheet(ten))
    pdf = sheet(ten)
    plain("warm")
    ours: list[float] = []
    floor: list[float] = []
    for turn in range(rounds):
        fresh = [replace(s, description=Words(f"{s.description.text} Round {turn}.")) for s in ten]
        words = "\n".join(compose(fresh, SheetOptions(), source.edition, TODAY).every_text())
        sides = [(ours, lambda fresh=fresh: sheet(fresh)), (floor, lambda words=words: plain(words))]
        for kept, act in sides if turn % 2 else reversed(sides):
            kept.append(timed(act))
    sheet_ms, plain_ms = statistics.median(ours), statistics.median(floor)
    return {
        "entries": len(ten),
        "pages": page_count(pdf),
        "kilobytes": round(len(pdf) / 1000),
        "first_ms": round(first, 1),
        "sheet_ms": round(sheet_ms, 2),
        "plain_typst_ms": round(plain_ms, 2),
        "ratio": round(sheet_ms / plain_ms, 2),
        "preview_page_ms": round(statistics.median(timed(lambda: page_picture(pdf, 0, 816)) for _ in range(9)), 2),
    }


if __name__ == "__main__":
    print(json.dumps(main(*map(int, sys.argv[1:2]))))
