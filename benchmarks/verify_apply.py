"""Verify and apply a signed update, against the floor no importer can beat, in turns in the same run.

Usage: verify_apply.py [CATALOG [ROUNDS]]. The floor does with the same bytes what any safe importer must: sha256
of the packed data, unpack it to a file, fsync, rename. ``apply`` is the guide's whole import (signatures, bounds,
hashes, fitness, fsync, pointer); ``verify`` is the whole check without taking in. ``fitness``, a part of both, asks
SQLite whether every page and every row of the catalog can be used; ``trust_ratio`` is ``apply`` without it.
"""

from __future__ import annotations

import gc
import hashlib
import json
import os
import shutil
import sqlite3
import statistics
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

from backports.zstd import ZstdDecompressor

from guide.bundles.importer import apply, verify
from guide.catalog.fitness import check_fitness
from guide.clock import Clock
from guide.publish.keys import Cost
from guide.publish.release import TARGET, first_edition, publish
from guide.publish.repository import new_repository
from guide.settings import STARTER_CATALOG, Settings

_PIECE = 1 << 20
_START = datetime(2026, 11, 24, 15, 0, tzinfo=UTC)


def floor(bundle: Path, out: Path) -> None:
    """Do the least: hash what is packed, unpack, bring to the disk, rename."""
    fresh = out.with_suffix(".new")
    with zipfile.ZipFile(bundle) as archive, fresh.open("wb") as file:
        (name,) = (n for n in archive.namelist() if n.endswith(TARGET))
        digest, decompressor = hashlib.sha256(), ZstdDecompressor()
        with archive.open(name) as packed:
            while piece := packed.read(_PIECE):
                digest.update(piece)
                file.write(decompressor.decompress(piece))
        file.flush()
        os.fsync(file.fileno())
    if digest.hexdigest() != name.split("/")[1].split(".")[0]:
        raise ValueError("the bundle of this benchmark is damaged")
    fresh.replace(out)


def timed(act: Callable[[], object]) -> float:
    """Return how many seconds ``act`` took, with the garbage of the one before out of the way."""
    gc.collect()
    began = time.perf_counter()
    act()
    return time.perf_counter() - began


def made(folder: Path, catalog: Path) -> tuple[Settings, Path, Clock]:
    """Return a fresh guide that ships ``catalog`` of a throwaway publisher, and a bundle of the edition after it."""
    keys, next_one, later = folder / "keys", folder / "next.db", _START + timedelta(days=1)

    def ask(_: str) -> str:
        return "throwaway, for measuring"

    new_repository(keys, "Benchmark", ask, _START, cost=Cost(memory=8, passes=1))
    settings = Settings(data=folder / "data", catalog=catalog, trust=folder / "trust")
    first_edition(catalog, keys, settings.trust, ask, lambda: _START)
    shutil.copyfile(catalog, next_one)
    with closing(sqlite3.connect(next_one)) as db, db:
        db.execute("UPDATE edition SET number = number + 1, name = name || ' next'")
    bundle = folder / "update.guide"
    publish(next_one, keys, bundle, ask, lambda: later)
    return settings, bundle, lambda: later


def main(catalog: Path = STARTER_CATALOG, rounds: int = 15) -> dict[str, float]:
    """Return the medians, their ratio, and the ratio of the best of each; all take turns in every round."""
    seen: dict[str, list[float]] = {"floor": [], "apply": [], "verify": [], "fitness": []}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        settings, bundle, clock = made(folder, catalog)
        packed, plain = bundle.stat().st_size, catalog.stat().st_size
        for one in range(-2, rounds):  # the first two warm imports and caches up and are not counted
            took = {
                "floor": timed(lambda: floor(bundle, folder / "floor.db")),
                "verify": timed(lambda: verify(settings, bundle, clock)),
                "fitness": timed(lambda: check_fitness(catalog)),
                "apply": timed(lambda: apply(settings, bundle, clock)),
            }
            shutil.rmtree(settings.data)  # a fresh guide again
            if one >= 0:
                for kind, seconds in took.items():
                    seen[kind].append(seconds)
    middle = {kind: statistics.median(each) for kind, each in seen.items()}
    return {
        "apply_ratio": round(middle["apply"] / middle["floor"], 2),
        "apply_ratio_best": round(min(seen["apply"]) / min(seen["floor"]), 2),
        "trust_ratio": round((middle["apply"] - middle["fitness"]) / middle["floor"], 2),
        "verify_ratio": round(middle["verify"] / middle["floor"], 2),
        "floor_ms": round(middle["floor"] * 1000, 1),
        "apply_ms": round(middle["apply"] * 1000, 1),
        "fitness_ms": round(middle["fitness"] * 1000, 1),
        "verify_ms": round(middle["verify"] * 1000, 1),
        "bundle_mb": round(packed / 1e6, 2),
        "catalog_mb": round(plain / 1e6, 2),
        "rounds": rounds,
    }


if __name__ == "__main__":
    arguments = sys.argv[1:3]
    print(json.dumps(main(Path(arguments[0]) if arguments else STARTER_CATALOG, *(int(a) for a in arguments[1:]))))
