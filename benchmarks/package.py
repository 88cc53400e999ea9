"""Size and start of the package against the smallest PyInstaller PySide6 window, built here in the same minute.

Two such windows: as PyInstaller makes it, and cut down and stripped as ours is. Start is the CPU time of the whole process
to the first paint, offscreen, the median of interleaved rounds. Needs: sh packaging/setup.sh
"""

from __future__ import annotations

import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PYTHON = ROOT / "build" / "packaging" / "venv" / "bin" / "python"
BUILD = ROOT / "build" / "packaging" / "bench"
ROUNDS = 15
TRIMMED = """
import sys
sys.path.insert(0, {packaging!r})
import contents
a = Analysis([{script!r}], pathex=[{here!r}], excludes=[m for m in contents.EXCLUDED if m != "ui.tour"], optimize=1)
kept = lambda toc: [e for e in toc if contents.wanted(e[0], e[1] or "")]
a.binaries, a.datas = kept(a.binaries), kept(a.datas)
exe = EXE(PYZ(a.pure), a.scripts, name="bare", strip=True, exclude_binaries=True)
COLLECT(exe, a.binaries, a.datas, strip=True, name="trimmed")
"""


def pyinstaller(*words: str, **env: str) -> None:
    """Run PyInstaller; its own cache, so that builds of the package are not disturbed."""
    options = [
        "--noconfirm",
        "--log-level",
        "ERROR",
        "--distpath",
        str(BUILD / "dist"),
        "--workpath",
        str(BUILD / "work"),
    ]
    surroundings = os.environ | {"PYINSTALLER_CONFIG_DIR": str(BUILD / "cache"), **env}
    subprocess.run([PYTHON, "-m", "PyInstaller", *options, *words], check=True, cwd=BUILD, env=surroundings)


def size(folder: Path) -> float:
    """Return the bytes of a folder's files, in MB."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file() and not path.is_symlink()) / 1e6


def start(program: Path, data: str) -> tuple[float, float]:
    """Return CPU and wall milliseconds from the call to the first paint."""
    env = os.environ | {"QT_QPA_PLATFORM": "offscreen", "XDG_DATA_HOME": data}  # as every morning: no words to parse
    began = time.clock_gettime(time.CLOCK_MONOTONIC)
    done = subprocess.run([str(program)], capture_output=True, text=True, check=True, env=env)
    cpu, painted = done.stdout.split()
    return float(cpu), (float(painted) - began) * 1000


def main() -> int:
    """Build three packages, measure, print a table; ``--again`` measures those that are there."""
    if "--again" not in sys.argv:
        build()
    measure()
    return 0


def build() -> None:
    """Build the two smallest windows and the guide, which ends with its first paint."""
    shutil.rmtree(BUILD, ignore_errors=True)
    BUILD.mkdir(parents=True)
    here = Path(__file__).parent
    script = str(here / "package_bare.py")
    pyinstaller("--onedir", "--name", "bare", "--paths", str(here), "--specpath", str(BUILD), script)
    (BUILD / "trimmed.spec").write_text(
        TRIMMED.format(packaging=str(ROOT / "packaging"), script=script, here=str(here))
    )
    pyinstaller("trimmed.spec")
    pyinstaller(str(ROOT / "packaging" / "guide.spec"), GUIDE_START=str(here / "package_start.py"))


def measure() -> None:
    """Start each in turn, and print a table."""
    dist = BUILD / "dist"
    programs = {
        "the smallest window, as PyInstaller makes it": dist / "bare" / "bare",
        "the smallest window, cut down as ours": dist / "trimmed" / "bare",
        "the guide": dist / "resource-guide" / "resource-guide",
    }
    with tempfile.TemporaryDirectory() as data:
        rounds = [{name: start(path, data) for name, path in programs.items()} for _ in range(ROUNDS)]
    least = programs["the smallest window, cut down as ours"].parent
    print(f"load {os.getloadavg()[0]:.1f}, {ROUNDS} rounds, medians")
    for name, path in programs.items():
        cpu = statistics.median(one[name][0] for one in rounds)
        wall = statistics.median(one[name][1] for one in rounds)
        ratio = statistics.median(one[name][0] / one["the smallest window, cut down as ours"][0] for one in rounds)
        print(f"{name:<46} {size(path.parent):6.1f} MB ({size(path.parent) / size(least):.2f}x)  "
              f"start {cpu:4.0f} ms CPU ({ratio:.2f}x), {wall:4.0f} ms in all")  # fmt: skip


if __name__ == "__main__":
    sys.exit(main())
