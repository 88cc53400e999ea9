"""The preview of a sheet of ten entries in a fresh process, and again with one entry more: CPU and peak memory.

Usage: preview.py [ROUNDS]. Each round is a process of its own on the starter catalog: the first sheet pays for imports
and fonts, as a person's first sheet does; then one entry is added, in the same process, and the first page drawn anew.
Peak memory is told over the process before its first sheet (``idle``), for ten entries and for a hundred.
"""

from __future__ import annotations

import json
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

_KILO = 1024


def measure() -> dict[str, float]:
    """Return one round, in this process."""
    from guide.app import Guide
    from guide.records import Audience, SheetOptions
    from guide.settings import Settings

    with tempfile.TemporaryDirectory() as folder:
        guide = Guide(Settings(data=Path(folder)))
        ids = [s.id for s in guide.services() if s.audience is Audience.VISITOR]

        def preview(count: int) -> float:
            began = time.process_time()
            paper = guide.sheet(ids[:count], SheetOptions(), Audience.VISITOR)
            guide.page_picture(paper.pdf, 0, 816)
            return (time.process_time() - began) * 1000

        idle = _peak()
        first = preview(10)
        ten = _peak()
        again = [preview(count) for count in range(11, 20)]
        preview(min(100, len(ids)))
        return {
            "first_ms": first,
            "one_more_ms": statistics.median(again),
            "idle_mb": idle,
            "ten_over_idle_mb": ten - idle,
            "all_over_idle_mb": _peak() - idle,
            "all": min(100, len(ids)),
        }


def main(rounds: int = 5) -> dict[str, float]:
    """Return the medians of some rounds, and how much of a first preview one entry more costs."""
    words = [sys.executable, __file__, "one"]
    found = [json.loads(subprocess.run(words, check=True, capture_output=True).stdout) for _ in range(rounds)]
    medians = {name: round(statistics.median(one[name] for one in found), 1) for name in found[0]}
    return medians | {"one_more_of_first": round(medians["one_more_ms"] / medians["first_ms"], 2)}


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / _KILO


if __name__ == "__main__":
    print(json.dumps(measure() if sys.argv[1:2] == ["one"] else main(*map(int, sys.argv[1:2]))))
