"""Runs every benchmark here and prints the README's table; each figure is a ratio to a floor of the same run."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
MIAMI = ROOT.parent / "shared/data/hsds/miami211_2019/datapackage-1566177582.zip"


def measure(name: str, *arguments: str) -> dict[str, float]:
    """Run one benchmark in a process of its own and return its figures."""
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    environment.setdefault("QT_QPA_PLATFORM", "offscreen")
    command = [sys.executable, str(HERE / f"{name}.py"), *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=True, env=environment)
    return json.loads(done.stdout.splitlines()[-1])


def large_catalog() -> Path:
    """Return a catalog of 4,089 real services where the team's data is at hand, else the starter catalog."""
    out = ROOT / "build/bench/large.db"
    if not MIAMI.exists():
        return ROOT / "resources.db"
    if not out.exists():
        out.parent.mkdir(parents=True, exist_ok=True)
        build = [sys.executable, "-m", "guide", "build", "--from", str(MIAMI), "-o", str(out)]
        subprocess.run(build, check=True, capture_output=True, cwd=ROOT)
    return out


def main() -> None:
    """Measure and print, with this machine's load beside the figures."""
    catalog = str(large_catalog())
    start, search = measure("start"), measure("search", catalog)
    apply, sheet = measure("verify_apply", catalog), measure("sheet")
    figures = {"start": start, "search": search, "verify_apply": apply, "sheet": sheet, "preview": measure("preview")}
    figures["hide"] = measure("hide")
    figures["back_and_forth"] = measure("back_and_forth", catalog)
    # Made-up catalogs; with --large also those of a hundred thousand services and a million (half an hour).
    counts = ["100", "10000", *(["100000", "1000000"] if "--large" in sys.argv else [])]
    figures |= {f"sizes_{count}": measure("sizes", count) for count in counts}
    figures |= {f"index_build_{count}": measure("index_build", count) for count in counts[1:]}
    figures |= {"differences": measure("differences"), "peers": measure("peers")} if "--large" in sys.argv else {}
    print(json.dumps(figures, indent=1))
    print(f"load {os.getloadavg()}, {os.cpu_count()} cores, Python {sys.version.split()[0]}")


if __name__ == "__main__":
    main()
