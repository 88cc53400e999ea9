"""Opening a round of number checks over made-up catalogs, with thousands of calls already made here.

Usage: check_round.py [COUNT] [OWN]. Two houses over one catalog, asked in turn: one that wrote nothing itself, one with
OWN services of its own and as many entries hidden. Seconds of wall and CPU time, the median of seven, warm; the aim is
0.3 s at 100,000.
"""

from __future__ import annotations

import json
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.made_up import made, services
from guide.app import Guide
from guide.records.checking import NumberCheck, Result
from guide.records.house import Edit
from guide.settings import Settings
from guide.shelter.facts import change
from guide.shelter.own import new_id, values_of
from guide.shelter.store import Store

NOW = datetime(2026, 11, 24, 15, 0, tzinfo=UTC)
CALLS = 5_000


def timed(acts: list[Callable[[], object]]) -> list[tuple[float, float]]:
    """Return median wall and CPU seconds of seven runs of each act, run in turn."""
    walls: list[list[float]] = [[] for _ in acts]
    cpus: list[list[float]] = [[] for _ in acts]
    for _ in range(7):
        for number, act in enumerate(acts):
            wall, cpu = time.perf_counter(), time.process_time()
            act()
            walls[number].append(time.perf_counter() - wall)
            cpus[number].append(time.process_time() - cpu)
    return [(statistics.median(w), statistics.median(c)) for w, c in zip(walls, cpus, strict=True)]


def filled(folder: Path, catalog: Path, own: int) -> Guide:
    """Return the guide of a house with ``own`` services of its own and as many entries hidden."""
    house = Guide(Settings(data=folder, catalog=catalog), lambda: NOW)
    edits: list[Edit] = []
    for number, one in enumerate(services(own, seed=7)):
        key = new_id(f"benchmark\n{number}")
        values = json.loads(json.dumps(values_of(one)))
        edits += [Edit("own", key, field, value) for field, value in values.items() if value is not None]
    with house._published() as opened:
        for _, key in zip(range(own), opened.digests(), strict=False):
            edits.append(Edit("word", key, "hidden", "answers nobody"))
    with Store(folder / "shelter.db", lambda: NOW) as store:
        change(store, lambda: NOW, edits)
    house.own.derive()
    return house


def main() -> None:
    """Print a line for each thing a person waits for."""
    count, own = (int(a) for a in [*sys.argv[1:3], *("100000", "1000")[len(sys.argv) - 1 :]])
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        catalog = made(folder, count)
        bare = Guide(Settings(data=folder / "data", catalog=catalog), lambda: NOW)
        houses = [bare, filled(folder / "own", catalog, own)] if own else [bare]
        for house in houses:
            some = house.checks.due_entries(limit=CALLS)
            house.checks.record([NumberCheck("", one.service, "", Result.REACHED, NOW.date(), "AB") for one in some])
        print(f"{count:,} services, {CALLS:,} called here, {own:,} own and as many hidden in the second house; "
              f"load {os.getloadavg()[0]:.2f}")  # fmt: skip
        for name, act in (("what is due", "due"), ("begin the next 25", "begin"), ("the open round", "round")):
            for whose, (wall, cpu) in zip(
                ("bare", "own"), timed([getattr(h.checks, act) for h in houses]), strict=False
            ):
                print(f"{name:<20} {whose:<5} {wall * 1000:8.1f} ms wall {cpu * 1000:8.1f} ms CPU")


if __name__ == "__main__":
    main()
