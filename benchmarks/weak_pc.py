"""The packaged program on an old PC: little memory, a slow disk, nothing in the cache. Linux with cgroups, as root.

A control group holds it to ``MEMORY`` bytes in all (a PC of 2 GB leaves so much beside its system and a browser) and to what
an old disk reads (MB/s and seeks a second). Needs: make package; python benchmarks/package.py (its program ends with
the first paint).
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
STARTS = ROOT / "build" / "packaging" / "bench" / "dist" / "resource-guide" / "resource-guide"
WHOLE = ROOT / "build" / "packaging" / "dist" / "resource-guide" / "resource-guide"
GROUPS = Path("/sys/fs/cgroup")
MEMORY = 512 << 20
DISKS = {
    "a disk without limits": (0, 0),
    "30 MB/s, 100 reads a second": (30 << 20, 100),
    "10 MB/s, 60 reads a second": (10 << 20, 60),
}
ROUNDS = 3


def group(kind: str) -> Path:
    """Return our control group of a kind (version 1), or of all kinds (version 2)."""
    base = GROUPS / kind if (GROUPS / kind).is_dir() else GROUPS
    made = base / "guide-benchmark"
    made.mkdir(exist_ok=True)
    return made


def hold(memory: int, read: int, seeks: int) -> tuple[Path, ...]:
    """Set the limits and return the groups a program is put into."""
    device = ROOT.stat().st_dev
    disk = f"{os.major(device)}:{os.minor(device) & ~0xF}"
    if not (GROUPS / "memory").is_dir():
        made = group("")
        (made / "memory.max").write_text(str(memory))
        (made / "io.max").write_text(f"{disk} rbps={read or 'max'} riops={seeks or 'max'}")
        return (made,)
    (group("memory") / "memory.limit_in_bytes").write_text(str(memory))
    (group("blkio") / "blkio.throttle.read_bps_device").write_text(f"{disk} {read}")
    (group("blkio") / "blkio.throttle.read_iops_device").write_text(f"{disk} {seeks}")
    return group("memory"), group("blkio")


def forget(program: Path) -> None:
    """Let the system drop what it holds of the program's files in memory, and nothing of anybody else's."""
    os.sync()
    for path in program.parent.rglob("*"):
        if path.is_file() and not path.is_symlink():
            handle = os.open(path, os.O_RDONLY)
            os.posix_fadvise(handle, 0, 0, os.POSIX_FADV_DONTNEED)
            os.close(handle)


def run(words: list[str], groups: tuple[Path, ...], data: str) -> tuple[float, subprocess.CompletedProcess[str]]:
    """Run a program inside the groups; return when it was begun (monotonic seconds), and what it said."""

    def enter() -> None:
        for one in groups:
            (one / "cgroup.procs").write_text(str(os.getpid()))

    env = {"QT_QPA_PLATFORM": "offscreen", "XDG_DATA_HOME": data, "HOME": data, "PATH": "/usr/bin:/bin"}
    began = time.clock_gettime(time.CLOCK_MONOTONIC)
    return began, subprocess.run(words, capture_output=True, text=True, check=False, env=env, preexec_fn=enter)


def main() -> int:
    """Print how long the first paint takes on each disk, cold, and whether all of it works in so little memory."""
    missing = [path for path in (STARTS, WHOLE) if not path.is_file()]
    if missing or os.getuid() or not GROUPS.is_dir():
        print(f"This needs root, cgroups, and: {', '.join(map(str, missing))}")
        return 77
    print(f"load {os.getloadavg()[0]:.1f}; {MEMORY >> 20} MB of memory, medians of {ROUNDS} cold starts")
    with tempfile.TemporaryDirectory() as data:
        for name, (read, seeks) in DISKS.items():
            groups = hold(MEMORY, read, seeks)
            took = []
            for _ in range(ROUNDS):
                forget(STARTS)
                began, done = run([str(STARTS)], groups, data)
                took.append(float(done.stdout.split()[1]) - began)
            began, warm = run([str(STARTS)], groups, data)
            again = float(warm.stdout.split()[1]) - began
            print(
                f"{name:<30} first paint {statistics.median(took):5.1f} s (from {min(took):.1f} to {max(took):.1f}), again {again:.1f} s"
            )
        groups = hold(MEMORY, *DISKS["30 MB/s, 100 reads a second"])
        forget(WHOLE)
        peak = next(
            (groups[0] / n for n in ("memory.max_usage_in_bytes", "memory.peak") if (groups[0] / n).is_file()), None
        )
        if peak is not None and peak.name.startswith("memory.max"):
            peak.write_text("0")
        began, done = run([str(WHOLE), "--self-test"], groups, data)
        took_all = time.clock_gettime(time.CLOCK_MONOTONIC) - began
        most = f", at most {int(peak.read_text()) / 1e6:.0f} MB with what the disk's cache took" if peak else ""
        print(f"the self test on 30 MB/s: ends with {done.returncode} after {took_all:.0f} s{most}")
        print(done.stdout.splitlines()[-1] if done.stdout else done.stderr[-300:])
    for kind in ("memory", "blkio"):
        group(kind).rmdir()
    return done.returncode


if __name__ == "__main__":
    sys.exit(main())
