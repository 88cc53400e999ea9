"""Paper: the first preview, one entry more, a booklet against Qt's HTML engine, and memory; all in one run.

Usage: sheet.py [ROUNDS]. A preview is all a person waits for: compose, the check for characters no font has, codes to
scan, PDF/UA-1, the first page as a picture. CPU seconds throughout. Each round has words of its own, so that Typst
answers nothing from memory that it would not remember at a shelter's desk. Parts that must not share a process run in
one of their own (sheet_parts.py).
"""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
from pathlib import Path

from sheet_parts import many, preview, timed

PARTS = Path(__file__).with_name("sheet_parts.py")


def one_more(layout: str, rounds: int) -> dict[str, float]:
    """Return a cold build of 40 entries beside the same with one added, each pair in a process that knew neither."""
    pairs = [part("one_more", layout) for _turn in range(rounds)]
    cold_ms, warm_ms = (statistics.median(pair[name] for pair in pairs) for name in ("cold_ms", "one_more_ms"))
    return {"cold_ms": round(cold_ms, 1), "one_more_ms": round(warm_ms, 1), "ratio": round(warm_ms / cold_ms, 2)}


def part(name: str, *arguments: str) -> dict[str, float]:
    """Return what one part measured in a process of its own."""
    done = subprocess.run([sys.executable, str(PARTS), name, *arguments], capture_output=True, text=True, check=True)
    return json.loads(done.stdout.splitlines()[-1])


def against_qt(rounds: int) -> dict[str, float]:
    """Return CPU seconds of a 500-entry booklet, ours and Qt's on the same words, codes and sizes, in turns."""
    ours, theirs = [], []
    for turn in range(rounds):
        sides = [(ours, "booklet"), (theirs, "qt")]
        for kept, name in sides if turn % 2 else reversed(sides):
            kept.append(part(name)["cpu_s"])
    mine, qt = statistics.median(ours), statistics.median(theirs)
    return {"typst_s": round(mine, 2), "qt_html_s": round(qt, 2), "ratio": round(mine / qt, 2)}


def idle(rounds: int) -> dict[str, float]:
    """Return the private memory of the real window at rest before its first sheet, and of one that has no paper at all."""
    pairs = [(part("idle"), part("idle", "without")) for _turn in range(max(3, rounds // 2))]
    ours, bare = (statistics.median(pair[n]["idle_mb"] for pair in pairs) for n in (0, 1))
    loaded = max(pair[0]["libraries_loaded"] for pair in pairs)
    return {"idle_mb": ours, "without_paper_mb": bare, "libraries_loaded": loaded}


def main(rounds: int = 7) -> dict[str, object]:
    """Return every figure."""
    first = part("first")
    again = [timed(lambda t=turn: preview(many(10, f"ten {t}"), "list")) for turn in range(rounds + 1)][1:]
    memory = part("memory", "100")
    return {
        "first_in_process_ms": first["ms"],
        "ten_entries_ms": round(statistics.median(again), 1),
        "ten_entries_limit_ms": 250,
        "list_one_more": one_more("list", rounds),
        "columns_one_more": one_more("columns", rounds),
        "booklet_500": against_qt(max(3, rounds // 2)),
        "sheet_100_over_idle_mb": memory["over_idle_mb"],
        "sheet_100_limit_mb": 120,
        "idle_before_first_sheet": idle(rounds),
    }


if __name__ == "__main__":
    print(json.dumps(main(*map(int, sys.argv[1:2]))))
