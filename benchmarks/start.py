"""Start-up against an empty PySide6 window: first usable paint, longest freeze in two seconds, idle memory.

Usage: start.py [ROUNDS]. Rounds are interleaved; the figure that counts is the ratio of the medians.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def once(kind: str, data: str) -> dict[str, float]:
    """Start one window in a fresh process; return paint (ms since the process began), freeze (ms), rss (MB)."""
    environment = os.environ | {"GUIDE_BENCH_T0": str(time.monotonic_ns()), "PYTHONPATH": str(ROOT)}
    environment.setdefault("QT_QPA_PLATFORM", "offscreen")
    environment.pop("PYTHONDONTWRITEBYTECODE", None)  # an installed program has its bytecode beside it
    done = subprocess.run(
        [sys.executable, str(Path(__file__).with_name("start_probe.py")), kind, data],
        env=environment, capture_output=True, text=True, check=True, cwd=ROOT,
    )  # fmt: skip
    return json.loads(done.stdout.splitlines()[-1])


def main(rounds: int = 9) -> dict[str, float]:
    """Return the medians of both windows and their ratios."""
    seen: dict[str, list[dict[str, float]]] = {"empty": [], "guide": []}
    with tempfile.TemporaryDirectory() as data:
        once("guide", data)  # the first start builds the index; its own figure is not the daily one
        once("empty", data)
        for _ in range(rounds):
            for kind, results in seen.items():
                results.append(once(kind, data))
    middle = {k: {f: statistics.median(r[f] for r in v) for f in v[0]} for k, v in seen.items()}
    least = {k: {f: min(r[f] for r in v) for f in v[0]} for k, v in seen.items()}
    return {
        "paint_ms": round(middle["guide"]["paint"]),
        "paint_ratio": round(middle["guide"]["paint"] / middle["empty"]["paint"], 2),
        "paint_min_ratio": round(least["guide"]["paint"] / least["empty"]["paint"], 2),
        "cpu_ms": round(middle["guide"]["cpu"]),
        "cpu_ratio": round(middle["guide"]["cpu"] / middle["empty"]["cpu"], 2),
        "cpu_min_ratio": round(least["guide"]["cpu"] / least["empty"]["cpu"], 2),
        "freeze_ms": round(middle["guide"]["freeze"]),
        "freeze_empty_ms": round(middle["empty"]["freeze"]),
        "rss_mb": round(middle["guide"]["rss"], 1),
        "rss_ratio": round(middle["guide"]["rss"] / middle["empty"]["rss"], 2),
        "rounds": rounds,
    }


if __name__ == "__main__":
    print(json.dumps(main(*(int(a) for a in sys.argv[1:2]))))
