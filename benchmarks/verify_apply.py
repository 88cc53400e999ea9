"""Verify and apply a signed update, against the floor no importer can beat, in turns in the same run.

Usage: verify_apply.py [CATALOG [ROUNDS]]. The floor does with the same bytes what any safe importer must: sha256
of the packed data, unpack it to a file, fsync, rename, in pieces of the size that is fastest. ``apply`` is the
guide's whole import of a further edition (signatures, bounds, hashes, fitness, fsync, pointer); ``verify`` is the
whole check without taking in; ``glance`` reads the signed metadata alone. ``fitness``, a part of apply and verify,
asks SQLite whether every page and every row of the catalog can be used. ``cpu_ratio`` counts the time of all cores.
``peak_mb`` is the memory of one import over that of the idle program, measured in a process of its own.
"""

from __future__ import annotations

import gc
import hashlib
import json
import os
import shutil
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

from backports.zstd import ZstdDecompressor

from guide.bundles.archive import Archive
from guide.bundles.importer import apply, verify
from guide.bundles.offers import make_offer, trusting
from guide.catalog.fitness import check_fitness
from guide.clock import Clock
from guide.publish.keys import Cost
from guide.publish.lint.baseline import Baseline
from guide.publish.release import first_edition, publish
from guide.publish.repository import new_repository
from guide.publish.signing import TARGET
from guide.settings import STARTER_CATALOG, Settings

_READ, _PART = 1 << 18, 1 << 17  # larger pieces take longer here: fresh memory each time
ACCEPTED = Baseline(everything="made-up entries")
_START = datetime(2026, 11, 24, 15, 0, tzinfo=UTC)


def floor(bundle: Path, out: Path) -> None:
    """Do the least: hash what is packed, unpack, bring to the disk, rename."""
    fresh = out.with_suffix(".new")
    with zipfile.ZipFile(bundle) as archive, fresh.open("wb") as file:
        (name,) = (n for n in archive.namelist() if n.endswith(TARGET))
        digest, decompressor = hashlib.sha256(), ZstdDecompressor()
        with archive.open(name) as packed:
            while piece := packed.read(_READ):
                digest.update(piece)
                while True:
                    file.write(decompressor.decompress(piece, max_length=_PART))
                    if decompressor.needs_input or decompressor.eof:
                        break
                    piece = b""
        file.flush()
        os.fsync(file.fileno())
    if digest.hexdigest() != name.split("/")[1].split(".")[0]:
        raise ValueError("the bundle of this benchmark is damaged")
    fresh.replace(out)


def timed(act: Callable[[], object]) -> tuple[float, float]:
    """Return seconds by the clock and of all cores that ``act`` took, the garbage of the one before out of the way."""
    gc.collect()
    began, spent = time.perf_counter(), time.process_time()
    act()
    return time.perf_counter() - began, time.process_time() - spent


def made(folder: Path, catalog: Path) -> tuple[Settings, Path, Path, Clock]:
    """Return a guide that holds edition 2 of a throwaway publisher, the bundles of 2 and 3, and a clock."""
    keys = folder / "keys"

    def ask(_: str) -> str:
        return "throwaway, for measuring"

    new_repository(keys, "Benchmark", ask, _START, cost=Cost(memory=8, passes=1))
    settings = Settings(data=folder / "data", catalog=catalog, trust=folder / "trust")
    first_edition(catalog, keys, settings.trust, ask, lambda: _START, baseline=ACCEPTED)
    bundles = []
    for number in (1, 2):
        next_one, bundle = folder / "next.db", folder / f"update{number}.guide"
        shutil.copyfile(catalog, next_one)
        with closing(sqlite3.connect(next_one)) as db, db:
            db.execute("UPDATE edition SET number = number + ?, name = name || ' next'", (number,))
        publish(next_one, keys, bundle, ask, lambda number=number: _START + timedelta(days=number), baseline=ACCEPTED)
        bundles.append(bundle)
    return settings, bundles[0], bundles[1], lambda: _START + timedelta(days=2)


def main(catalog: Path = STARTER_CATALOG, rounds: int = 15) -> dict[str, float]:
    """Return the medians, their ratio, and the ratio of the best of each; all take turns in every round."""
    seen: dict[str, list[tuple[float, float]]] = {}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        settings, first, bundle, clock = made(folder, catalog)
        packed, plain = bundle.stat().st_size, catalog.stat().st_size
        for one in range(-2, rounds):  # the first two warm imports and caches up and are not counted
            took = {
                "floor": timed(lambda: floor(bundle, folder / "floor.db")),
                "first": timed(lambda: apply(settings, first, clock)),
                "glance": timed(lambda: glance(settings, bundle, clock)),
                "verify": timed(lambda: verify(settings, bundle, clock)),
                "fitness": timed(lambda: check_fitness(catalog)),
                "apply": timed(lambda: apply(settings, bundle, clock)),
            }
            shutil.rmtree(settings.data)  # a fresh guide again
            if one >= 0:
                for kind, seconds in took.items():
                    seen.setdefault(kind, []).append(seconds)
        peak = _peak(folder, catalog, first)
    middle = {kind: statistics.median(wall for wall, _ in each) for kind, each in seen.items()}
    best = {kind: min(wall for wall, _ in each) for kind, each in seen.items()}
    spent = {kind: min(cpu for _, cpu in each) for kind, each in seen.items()}
    return {
        "apply_ratio": round(middle["apply"] / middle["floor"], 2),
        "apply_ratio_best": round(best["apply"] / best["floor"], 2),
        "cpu_ratio": round(spent["apply"] / spent["floor"], 2),
        "verify_ratio": round(middle["verify"] / middle["floor"], 2),
        **{f"{kind}_ms": round(seconds * 1000, 1) for kind, seconds in middle.items()},
        **{f"{kind}_best_ms": round(seconds * 1000, 1) for kind, seconds in best.items()},
        "peak_mb": peak,
        "bundle_mb": round(packed / 1e6, 2),
        "catalog_mb": round(plain / 1e6, 2),
        "rounds": rounds,
    }


_IMPORT = """
import sys
from datetime import datetime, timedelta
from pathlib import Path
from guide.bundles import importer, payload, trust
from guide.catalog import fitness
from guide.settings import Settings

def memory(line):
    return int(next(l for l in open("/proc/self/status") if l.startswith(line)).split()[1])

data, catalog, own, bundle, now = sys.argv[1:]
settings = Settings(data=Path(data), catalog=Path(catalog), trust=Path(own))
idle = memory("VmRSS")
importer.apply(settings, Path(bundle), lambda: datetime.fromisoformat(now))
print((memory("VmHWM") - idle) / 1024)
"""


def glance(settings: Settings, bundle: Path, clock: Clock) -> None:
    """Judge the signed metadata, read no data: what a stick's bundle is, before staff ask for more."""
    with tempfile.TemporaryDirectory() as scratch, Archive(bundle) as archive:
        make_offer(*trusting(settings), archive, Path(scratch) / "tuf", clock)


def _peak(folder: Path, catalog: Path, bundle: Path) -> float:
    """Return how many MB one import takes over the idle program (its libraries loaded), 0 where nobody counts."""
    if not Path("/proc/self/status").exists():
        return 0.0
    now = (_START + timedelta(days=2)).isoformat()
    given = [str(part) for part in (folder / "peak", catalog, folder / "trust", bundle)]
    done = subprocess.run([sys.executable, "-c", _IMPORT, *given, now], capture_output=True, text=True, check=True)
    return round(float(done.stdout), 1)


if __name__ == "__main__":
    arguments = sys.argv[1:3]
    print(json.dumps(main(Path(arguments[0]) if arguments else STARTER_CATALOG, *(int(a) for a in arguments[1:]))))
